"""A small SMTP server (RFC 5321) on this machine, that keeps what it is handed."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What the server was handed, and how it is to answer: {"RCPT": "550 no such user"}."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    password: str = ""
    hang_up_after: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        """The address of the server as a setting."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages it took."""
        return [message for _, message in self.taken]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    post: Post

    def handle(self) -> None:
        self.post.connections += 1
        self.recipient = ""
        self._say("220 mail.example ESMTP")
        for raw in self.rfile:
            line = raw.decode().strip()
            verb, _, rest = line.partition(" ")
            self.post.commands.append(verb.upper())
            if not self._answer(verb.upper(), rest):
                return

    def _answer(self, verb: str, rest: str) -> bool:
        if verb in self.post.answers:
            self._say(self.post.answers[verb])
        elif verb == "EHLO":
            self._say(
                "250-mail.example",
                *(["250-AUTH PLAIN"] if self.post.password else []),
                "250 8BITMIME",
            )
        elif verb == "AUTH":
            given = base64.b64decode(rest.split()[-1]).split(b"\0")[-1].decode()
            self._say("235 welcome" if given == self.post.password else "535 who are you")
        elif verb == "DATA":
            return self._take()
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self.recipient = rest if verb == "RCPT" else self.recipient
            self._say("250 fine")
        return True

    def _take(self) -> bool:
        self._say("354 go on")
        body = b""
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            body += raw.removeprefix(b".")
        address = self.recipient.partition("<")[2].partition(">")[0]
        self.post.taken.append((address, message_from_bytes(body, policy=policy.default)))
        self._say("250 taken")
        return len(self.post.taken) != self.post.hang_up_after

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class Server(socketserver.ThreadingTCPServer):
    """A server whose threads end with the test."""

    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[Post]:
    """Run a mail server on a free port."""
    post = Post()
    with Server(("127.0.0.1", 0), type("OneTalk", (Talk,), {"post": post})) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
