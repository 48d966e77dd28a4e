"""One-time links: put into the outbox as a message, and given back to be shown once."""

from flask import render_template, url_for

from training import clock
from training.extensions import bedside, wake
from training.integrations import mail


def post_link(address: str, token: str, *, subject: str) -> str:
    """Put a one-time link into the outbox and return it."""
    settings = bedside().config
    link = settings.base_url + url_for("account.link", token=token)
    mail.post(
        settings.outbox, sender=settings.mail_from, to=address, subject=subject,
        text=render_template("account/link.txt", link=link), moment=clock.now(),
    )  # fmt: skip
    wake("outbox", 0)
    return link
