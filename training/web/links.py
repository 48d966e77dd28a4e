"""One-time links: put into the outbox as a message, and given back to be shown once."""

from flask import render_template, url_for

from training import clock
from training.extensions import bedside, db, wake
from training.integrations import mail
from training.services import practices
from training.services.signing_in import FORGOTTEN_LASTS, INVITATION_LASTS, Viewer


def post_invitation(address: str, token: str, *, by: Viewer) -> str:
    """Put an invitation into the outbox, in the name of an admin, and return its link."""
    link = _address_of(token)
    practice = practices.words(db.session(), practice_id=by.practice_id).name
    text = render_template(
        "account/invitation.txt", link=link, by=by.name, practice=practice,
        days=INVITATION_LASTS.days,
    )  # fmt: skip
    _post(address, f"{by.name} invites you to Bedside", text)
    return link


def post_link(address: str, token: str, *, subject: str) -> str:
    """Put a link for a new password into the outbox and return it."""
    link = _address_of(token)
    minutes = int(FORGOTTEN_LASTS.total_seconds() // 60)
    _post(address, subject, render_template("account/link.txt", link=link, minutes=minutes))
    return link


def _address_of(token: str) -> str:
    return bedside().config.base_url + url_for("account.link", token=token)


def _post(address: str, subject: str, text: str) -> None:
    settings = bedside().config
    mail.post(
        settings.outbox, sender=settings.mail_from, to=address, subject=subject, text=text,
        moment=clock.now(),
    )  # fmt: skip
    wake("outbox", 0)
