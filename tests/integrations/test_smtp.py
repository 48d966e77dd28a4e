"""Handing messages to a real mail server on this machine, and what is told where that fails."""

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.mail_server import Post, mail_server
from tests.support.world import NOW
from training.integrations import mail
from training.integrations.smtp import Courier, NotSent, Relay


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as found:
        yield found


def letter(to: str = "ada@elder.example", text: str = "A line.") -> EmailMessage:
    return mail.compose(
        sender="bedside@elder.example", to=to, subject="Hello", text=text, moment=NOW
    )


def test_the_address_of_a_server_is_read_with_its_password() -> None:
    relay = Relay.of("smtp://bed%40side:a%2Fb@mail.example:587")
    assert (relay.host, relay.port, relay.tls) == ("mail.example", 587, False)
    assert (relay.user, relay.password) == ("bed@side", "a/b")
    assert Relay.of("smtps://mail.example").port == 465
    assert "a/b" not in repr(relay)


def test_a_message_arrives_whole_dots_and_accents_too(post: Post) -> None:
    text = "Żaneta said:\n.\n..two dots\nthank you"
    with Courier(Relay.of(post.url)) as courier:
        courier.send(letter(text=text))
    ((address, message),) = post.taken
    assert address == "ada@elder.example"
    assert message["From"] == "bedside@elder.example"
    assert message.get_content().splitlines() == text.splitlines()


def test_many_messages_go_over_one_connection(post: Post) -> None:
    with Courier(Relay.of(post.url)) as courier:
        for n in range(3):
            courier.send(letter(f"p{n}@elder.example"))
    assert [to for to, _ in post.taken] == [f"p{n}@elder.example" for n in range(3)]
    assert post.connections == 1
    assert post.commands[-1] == "QUIT"


def test_a_user_signs_in_with_the_password(post: Post) -> None:
    post.password = "three plain words"
    url = f"smtp://bed:three%20plain%20words@127.0.0.1:{post.port}"
    with Courier(Relay.of(url)) as courier:
        courier.send(letter())
    assert len(post.taken) == 1


def test_a_wrong_password_is_told_by_its_number(post: Post) -> None:
    post.password = "another"
    with Courier(Relay.of(f"smtp://bed:wrong@127.0.0.1:{post.port}")) as courier:
        with pytest.raises(NotSent, match="535") as told:
            courier.send(letter())
        assert not told.value.for_good
    assert post.taken == []


def test_a_password_is_never_sent_unencrypted_to_another_machine(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same server under a name that is not this machine's."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *more, **named: real(
            "127.0.0.1" if host == "mail.example" else host, *more, **named
        ),
    )
    post.password = "secret"
    with (
        Courier(Relay.of(f"smtp://bed:secret@mail.example:{post.port}")) as courier,
        pytest.raises(NotSent),
    ):
        courier.send(letter())
    assert "AUTH" not in post.commands


def test_a_recipient_that_does_not_exist_is_given_up_and_one_that_is_busy_is_not(
    post: Post,
) -> None:
    with Courier(Relay.of(post.url)) as courier:
        for answer, for_good in (
            ("550 no such user ada@elder.example", True),
            ("450 later", False),
        ):
            post.answers = {"RCPT": answer}
            with pytest.raises(NotSent) as told:
                courier.send(letter())
            assert told.value.for_good is for_good
            assert "ada" not in str(told.value)
        post.answers = {}
        courier.send(letter())
    assert len(post.taken) == 1


def test_a_lost_connection_costs_one_message_and_the_next_opens_another(post: Post) -> None:
    post.hang_up_after = 1
    with Courier(Relay.of(post.url)) as courier:
        courier.send(letter())
        with pytest.raises(NotSent):
            courier.send(letter())
        courier.send(letter())
    assert (len(post.taken), post.connections) == (2, 2)


def test_a_server_that_is_not_there_is_asked_once_a_round() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # a port where nobody listens
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
        with Courier(Relay.of(url)) as courier:
            for _ in range(2):
                with pytest.raises(NotSent, match="no mail server answered"):
                    courier.send(letter())


def test_a_message_of_the_outbox_is_delivered_and_deleted_or_set_aside(
    post: Post, tmp_path: Path
) -> None:
    good, bad = (mail.put(tmp_path, letter(f"{name}@elder.example"), moment=NOW) for name in "ab")
    with Courier(Relay.of(post.url)) as courier:
        mail.deliver(good, courier)
        post.answers = {"RCPT": "550 no"}
        with pytest.raises(NotSent):
            mail.deliver(bad, courier)
    assert [p.suffix for p in tmp_path.iterdir()] == [".refused"]
    assert mail.waiting(tmp_path) == []


def test_a_message_can_be_ended_in_one_click() -> None:
    message = mail.compose(
        sender="b@elder.example", to="a@elder.example", subject="How was it?", text="…", moment=NOW,
        stop=f"https://{'elder' * 20}.example/stop/abc",
    )  # fmt: skip
    written = message.as_bytes().decode()
    assert f"List-Unsubscribe: <https://{'elder' * 20}.example/stop/abc>\r\n" in written
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter()["List-Unsubscribe"] is None
