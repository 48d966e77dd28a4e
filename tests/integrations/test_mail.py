"""The outbox: whole messages as files, and no header that a name could smuggle in."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.world import NOW
from training.integrations import mail


def send(folder: Path, **changes: str) -> Path:
    given = {
        "sender": "bedside@elder.example",
        "to": "ada@elder.example",
        "subject": "Hello",
        "text": "A line.",
    }
    return mail.post(folder, **{**given, **changes}, moment=NOW)  # type: ignore[arg-type]


def test_a_message_is_a_whole_file_that_a_mail_program_reads(tmp_path: Path) -> None:
    path = send(tmp_path / "outbox")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "ada@elder.example"
    assert message.get_content().strip() == "A line."
    assert [p.suffix for p in path.parent.iterdir()] == [".eml"]


def test_one_time_links_are_read_by_the_owner_of_the_outbox_alone(tmp_path: Path) -> None:
    path = send(tmp_path / "outbox")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_two_messages_of_one_second_are_two_files(tmp_path: Path) -> None:
    assert send(tmp_path) != send(tmp_path)


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b@c", "a@b.example\nBcc: all@elder.example", "a b@c.example"]
)
def test_a_bad_address_is_refused_and_nothing_is_written(tmp_path: Path, to: str) -> None:
    with pytest.raises(mail.BadAddress):
        send(tmp_path, to=to)
    assert list(tmp_path.iterdir()) == []


def test_a_subject_cannot_add_a_header(tmp_path: Path) -> None:
    path = send(tmp_path, subject="Hi\nBcc: all@elder.example")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    ("text", "fine"), [("ada@elder.example", True), ("ada@elder", False), ("@elder.example", False)]
)
def test_an_address_needs_a_name_and_a_domain(text: str, fine: bool) -> None:
    assert mail.is_address(text) is fine
