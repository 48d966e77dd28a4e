"""Passwords, one-time links, and who is looking."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.world import NOW, PASSWORD, World
from training.extensions import bedside
from training.services import signing_in
from training.services.signing_in import (
    BadPassword,
    LinkGone,
    TooManyTries,
    Viewer,
    WrongPassword,
)
from training.store.tables import Account, AccountLink, SignIn, SignInAttempt

MINUTE = timedelta(minutes=1)


def enter(session: Session, email: str, password: str = PASSWORD, moment: object = NOW) -> str:
    return signing_in.sign_in(
        session,
        email=email,
        password=password,
        hasher=bedside().hasher,
        moment=moment,  # type: ignore[arg-type]
    )


def seen_by(session: Session, token: str, moment: object = NOW) -> Viewer | None:
    found = signing_in.viewer_of(session, token=token, moment=moment)  # type: ignore[arg-type]
    return found[0] if found else None


@pytest.fixture
def who(world: World) -> Account:
    return world.account(
        "manager", staff=world.staff("Ada", "Moss"), review=True, sites=[world.site_one]
    )


def test_a_password_opens_a_sign_in_that_knows_its_viewer(
    session: Session, world: World, who: Account
) -> None:
    viewer = seen_by(session, enter(session, f" {who.email.upper()} "))
    assert viewer == Viewer(
        who.id, world.practice.id, who.staff_id, "Ada Moss", who.email, "manager", True, False,
        (world.site_one.id,),
    )  # fmt: skip
    assert viewer.initials == "AM"


def test_only_the_hash_of_a_sign_in_is_kept(session: Session, who: Account) -> None:
    token = enter(session, who.email)
    assert session.scalars(select(SignIn.token_hash)).one() == signing_in.digest(token) != token


@pytest.mark.parametrize("password", ["", "three plain word", "x" * 1_000_000, "\0"])
def test_a_wrong_password_opens_nothing(session: Session, who: Account, password: str) -> None:
    with pytest.raises(WrongPassword):
        enter(session, who.email, password)


def test_a_name_that_does_not_exist_gets_the_same_answer(session: Session, who: Account) -> None:
    with pytest.raises(WrongPassword):
        enter(session, "nobody@elder.example")


def test_a_disabled_account_gets_the_same_answer(session: Session, who: Account) -> None:
    who.disabled_at = NOW
    session.commit()
    with pytest.raises(WrongPassword):
        enter(session, who.email)


@pytest.mark.parametrize("known", [True, False])
def test_after_five_failures_a_name_waits_a_quarter_of_an_hour(
    session: Session, who: Account, known: bool
) -> None:
    email = who.email if known else "nobody@elder.example"
    for _ in range(5):
        with pytest.raises(WrongPassword):
            enter(session, email, "guess")
    with pytest.raises(TooManyTries):
        enter(session, email)
    later = NOW + 15 * MINUTE + timedelta(seconds=1)
    if known:
        assert enter(session, email, moment=later)
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 5


def test_a_name_is_counted_without_being_kept(session: Session, who: Account) -> None:
    with pytest.raises(WrongPassword):
        enter(session, "somebody@elder.example", "guess")
    assert session.scalars(select(SignInAttempt.name_hash)).one() == signing_in.digest(
        "somebody@elder.example"
    )


def test_signing_out_ends_that_sign_in_alone(session: Session, who: Account) -> None:
    here, there = enter(session, who.email), enter(session, who.email)
    signing_in.sign_out(session, token=here)
    assert seen_by(session, here) is None
    assert seen_by(session, there) is not None


def test_an_idle_sign_in_ends_after_twelve_hours(session: Session, who: Account) -> None:
    token = enter(session, who.email)
    assert seen_by(session, token, NOW + timedelta(hours=12) - MINUTE)
    assert seen_by(session, token, NOW + timedelta(hours=12) + MINUTE) is None


def test_a_busy_sign_in_ends_after_seven_days(session: Session, who: Account) -> None:
    token = enter(session, who.email)
    moment = NOW
    while moment < NOW + timedelta(days=7):
        assert seen_by(session, token, moment)
        signing_in.seen(session, token=token, moment=moment)
        moment += timedelta(hours=11)
    assert seen_by(session, token, moment) is None


def test_being_seen_is_due_once_a_minute(session: Session, who: Account) -> None:
    token = enter(session, who.email)

    def due(moment: object) -> bool:
        found = signing_in.viewer_of(session, token=token, moment=moment)  # type: ignore[arg-type]
        assert found is not None
        return found[1]

    assert not due(NOW + timedelta(seconds=59))
    assert due(NOW + timedelta(seconds=61))
    signing_in.seen(session, token=token, moment=NOW + timedelta(seconds=61))
    assert not due(NOW + timedelta(seconds=62))


def test_rights_count_from_the_next_request(session: Session, who: Account) -> None:
    token = enter(session, who.email)
    who.role = "staff"
    session.commit()
    viewer = seen_by(session, token)
    assert viewer is not None
    assert viewer.role == "staff"


# ---- One-time links ----


def link(session: Session, who: Account) -> str:
    found = signing_in.forgotten(session, email=who.email, moment=NOW)
    assert found is not None
    assert found[0] == who.email
    return found[1]


def choose(session: Session, token: str, password: str = "four other plain words") -> str:
    return signing_in.choose_password(
        session, token=token, password=password, hasher=bedside().hasher, moment=NOW
    )


def test_a_forgotten_password_is_replaced_and_every_other_sign_in_ends(
    session: Session, who: Account
) -> None:
    old = enter(session, who.email)
    new = choose(session, link(session, who))
    assert seen_by(session, old) is None
    assert seen_by(session, new) is not None
    with pytest.raises(WrongPassword):
        enter(session, who.email)
    assert enter(session, who.email, "four other plain words")


def test_a_link_works_once(session: Session, who: Account) -> None:
    token = link(session, who)
    choose(session, token)
    with pytest.raises(LinkGone):
        choose(session, token, "yet another password")


def test_looking_at_a_link_spends_nothing(session: Session, who: Account) -> None:
    token = link(session, who)
    for _ in range(100):
        assert signing_in.link_owner(session, token=token, moment=NOW) == who.name
    choose(session, token)


@pytest.mark.parametrize(("purpose", "hours"), [("forgotten", 1), ("invitation", 7 * 24)])
def test_a_link_ends_by_itself(session: Session, who: Account, purpose: str, hours: int) -> None:
    token = signing_in.make_link(session, account_id=who.id, purpose=purpose, moment=NOW)
    end = NOW + timedelta(hours=hours)
    assert signing_in.link_owner(session, token=token, moment=end - MINUTE)
    with pytest.raises(LinkGone):
        signing_in.link_owner(session, token=token, moment=end)


def test_only_the_hash_of_a_link_is_kept(session: Session, who: Account) -> None:
    token = link(session, who)
    assert session.scalars(select(AccountLink.token_hash)).one() == signing_in.digest(token)


def test_an_unknown_link_opens_nothing(session: Session, who: Account) -> None:
    with pytest.raises(LinkGone):
        choose(session, "guess")


@pytest.mark.parametrize("email", ["nobody@elder.example", "", "\0"])
def test_a_stranger_who_forgot_gets_no_link(session: Session, who: Account, email: str) -> None:
    assert signing_in.forgotten(session, email=email, moment=NOW) is None


def test_somebody_invited_or_disabled_gets_no_link_by_forgetting(
    session: Session, who: Account
) -> None:
    hashed, who.password_hash = who.password_hash, None
    session.commit()
    assert signing_in.forgotten(session, email=who.email, moment=NOW) is None
    who.password_hash, who.disabled_at = hashed, NOW
    session.commit()
    assert signing_in.forgotten(session, email=who.email, moment=NOW) is None


@pytest.mark.parametrize(
    "password", ["short", "x" * 129, "aaaaaaaaaaaa", "Ada Moss The", "  ", "manager@elder"]
)
def test_a_poor_password_is_refused_in_words(password: str) -> None:
    with pytest.raises(BadPassword, match=r"\."):
        signing_in.check_password(password, name="Ada Moss The", email="manager@elder")


def test_a_poor_password_leaves_the_link_as_it_was(session: Session, who: Account) -> None:
    token = link(session, who)
    with pytest.raises(BadPassword):
        choose(session, token, "short")
    choose(session, token)
