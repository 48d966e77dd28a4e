"""Messages to people, as files in a folder: the outbox; `smtp` hands them to a mail server.

    outbox/20260301T093000-3f9c.eml      one message a file, readable by any mail program
    outbox/20260301T093000-3f9c.refused  a mail server will never take this one

Where a mail server is set, `deliver` empties the folder into it; where none is, the practice's own
takes the files from there, or an admin reads them. No message ever holds a patient's words.
"""

import secrets
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from training.integrations.smtp import NotSent

# Python encodes a header longer than the 78 characters of old, and no mail program finds a link in
# that; 998 is the limit that servers keep to.
LONG_LINES = policy.SMTP.clone(max_line_length=990)


class BadAddress(ValueError):
    """An e-mail address cannot be used."""


class Carrier(Protocol):
    """Whatever takes a composed message: the outbox, or a mail server's courier."""

    def send(self, message: EmailMessage) -> None:
        """Take one message; raise `NotSent`."""


class Outbox:
    """Takes messages as files in a folder."""

    def __init__(self, folder: Path, moment: datetime) -> None:
        self._folder = folder
        self._moment = moment

    def send(self, message: EmailMessage) -> None:
        """Write one message to the folder."""
        put(self._folder, message, moment=self._moment)


def compose(
    *, sender: str, to: str, subject: str, text: str, moment: datetime, stop: str = ""
) -> EmailMessage:
    """Return a message; raise `BadAddress`.

    `stop` is an address at which whoever gets it can end such messages, in one click.
    """
    message = EmailMessage(policy=LONG_LINES)
    message["From"] = sender
    message["To"] = _address(to)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = moment
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2] or 'localhost'}>"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    return message


def post(outbox: Path, *, sender: str, to: str, subject: str, text: str, moment: datetime) -> Path:
    """Write a message to the outbox and return its file; raise `BadAddress`."""
    message = compose(sender=sender, to=to, subject=subject, text=text, moment=moment)
    return put(outbox, message, moment=moment)


def put(outbox: Path, message: EmailMessage, *, moment: datetime) -> Path:
    """Write a composed message to the outbox and return its file.

    Written under another name first, so that whoever collects the folder never sees half a message;
    one-time links are in it, so nobody else on the machine may read it.
    """
    outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = outbox / f"{moment:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_bytes(message.as_bytes())
    return part.rename(path)


def waiting(outbox: Path) -> list[Path]:
    """Return the messages in the outbox, oldest first."""
    return sorted(outbox.glob("*.eml"))


def deliver(path: Path, carrier: Carrier) -> None:
    """Hand a message of the outbox to a mail server and delete it; raise `NotSent`.

    One that the server will never take is set aside under another name.
    """
    message = message_from_bytes(path.read_bytes(), policy=LONG_LINES)
    try:
        carrier.send(message)
    except NotSent as problem:
        if problem.for_good:
            path.rename(path.with_suffix(".refused"))
        raise
    path.unlink()


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress(text) from error


def is_address(text: str) -> bool:
    """Return whether a text looks like an e-mail address."""
    try:
        address = _address(text)
    except BadAddress:
        return False
    return bool(address.username and "." in address.domain)
