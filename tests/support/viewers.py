"""Who looks, as services take it, and several of them acting at the same moment."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from training.extensions import db, writing
from training.services.signing_in import Viewer
from training.store import people
from training.store.tables import Account


def viewer_of(session: Session, account: Account) -> Viewer:
    """Return an account as the services see it."""
    return Viewer(
        account_id=account.id,
        practice_id=account.practice_id,
        staff_id=account.staff_id,
        name=account.name,
        email=account.email,
        role=account.role,
        may_review=account.may_review,
        may_safeguard=account.may_safeguard,
        site_ids=people.scope_of(session, account.id),
    )


def race(
    app: Flask,
    act: Callable[[Session, int], object],
    people_racing: int = 4,
    *,
    told: tuple[type[Exception], ...],
) -> list[str]:
    """Let several threads act at once, each with a session of its own; return how each ended.

    Whoever is refused with one of `told` was told; any other failure fails the test.
    """
    ends: list[str] = []
    start = threading.Barrier(people_racing)

    def run(number: int) -> None:
        with app.app_context(), writing():
            start.wait()
            try:
                act(db.session(), number)
                ends.append("won")
            except told:
                ends.append("told")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(people_racing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)
