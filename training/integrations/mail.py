"""Messages to people, as files in a folder: the outbox.

    outbox/20260301T093000-3f9c.eml      one message a file, readable by any mail program

A practice's own mail server takes them from there, or an admin reads them. No message ever holds a
patient's words.
"""

import secrets
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path


class BadAddress(ValueError):
    """An e-mail address cannot be used."""


def post(outbox: Path, *, sender: str, to: str, subject: str, text: str, moment: datetime) -> Path:
    """Write a message to the outbox and return its file; raise `BadAddress`.

    Written under another name first, so that whoever collects the folder never sees half a message.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _address(to)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = moment
    message.set_content(text)
    outbox.mkdir(parents=True, exist_ok=True)
    path = outbox / f"{moment:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
    part = path.with_suffix(".part")
    part.write_bytes(message.as_bytes())
    return part.rename(path)


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
