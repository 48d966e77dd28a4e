"""A mail server that takes messages: one connection for many of them, encrypted where it can be.

    smtp://user:password@mail.example:587     STARTTLS; a password never goes out unencrypted
    smtps://user:password@mail.example:465    encrypted from the first byte

What went wrong is told by the server's number alone: its text may repeat an address.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self
from urllib.parse import unquote, urlsplit

SECONDS = 20.0
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotSent(Exception):
    """A message did not go out; `for_good` says that trying again is useless.

    `code` is the server's number, 0 where it did not answer at all.
    """

    def __init__(self, code: int = 0, *, for_good: bool = False) -> None:
        super().__init__(f"the mail server answered {code}" if code else "no mail server answered")
        self.code = code
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Relay:
    """Where messages are handed in."""

    host: str
    port: int
    tls: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Self:
        """Read the address of a mail server, as the setting SMTP_URL gives it."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname or "",
            parts.port or (465 if tls else 587),
            tls,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )


class Courier:
    """Hands messages to a mail server over one connection, opened when the first is sent.

    A server that could not be reached is not tried again by the same courier.
    """

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._connection: smtplib.SMTP | None = None
        self._down: NotSent | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def send(self, message: EmailMessage) -> None:
        """Hand in one message; raise `NotSent`."""
        connection = self._opened()
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise NotSent(code, for_good=500 <= code < 600) from None
        except smtplib.SMTPResponseException as answer:
            raise NotSent(answer.smtp_code) from None
        except (smtplib.SMTPException, OSError):
            self._hang_up()  # the connection was lost: the next message opens another
            raise NotSent from None

    def _opened(self) -> smtplib.SMTP:
        if self._down is not None:
            raise NotSent(self._down.code)
        if self._connection is None:
            try:
                self._connection = _connected(self._relay)
            except (smtplib.SMTPException, OSError) as problem:
                self._down = NotSent(getattr(problem, "smtp_code", 0))
                raise self._down from None
        return self._connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()


def _connected(relay: Relay) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if relay.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, timeout=SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(relay.host, relay.port, timeout=SECONDS)
    try:
        _prepare(connection, relay, context)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: smtplib.SMTP, relay: Relay, context: ssl.SSLContext) -> None:
    connection.ehlo()
    safe = relay.tls or relay.host in HERE
    if not relay.tls and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
        safe = True
    if relay.user:
        if not safe:
            raise smtplib.SMTPNotSupportedError("the server offers no encryption")
        connection.login(relay.user, relay.password)
