"""A portfolio holds what its person ticked, and no patient."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.services.test_review import viewer_of
from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training.scenarios import catalogue
from training.services import portfolio
from training.services.people import NotFound
from training.services.portfolio import PARTS, Portfolio, Thought
from training.services.signing_in import Viewer
from training.store.tables import (
    Account,
    Answer,
    Mask,
    Play,
    Reflection,
    Remark,
    ScenarioCopy,
    Staff,
)

SignIn = Callable[[Account], Pages]
SAID = "Ada was rude to my wife Rosa about the late prescription on Tuesday."


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def account(world: World, nurse: Staff) -> Account:
    return world.account(staff=nurse)


@pytest.fixture
def me(session: Session, account: Account) -> Viewer:
    return viewer_of(session, account)


def reflect(world: World, who: Staff, words: str, text: str = SAID, **more: Any) -> str:
    """Leave a remark that the person is shown and has written about; return what is ticked."""
    given = {"state": "confirmed", "match_state": "confirmed", "shown_at": NOW, **more}
    _, remark, _ = world.read_comment(text, about=who, **given)
    world.session.add(
        Reflection(
            practice_id=who.practice_id, staff_id=who.id, remark_id=remark.id, words=words,
            written_at=NOW,
        )
    )  # fmt: skip
    world.session.commit()
    return f"r-{remark.public_id}"


def thank(world: World, who: Staff, count: int, skill: str | None = "empathy") -> None:
    for n in range(count):
        world.read_comment(
            f"Ada was kind to Rosa {n}.", about=who, sentiment="positive", state="settled",
            shown_at=NOW, skill=skill,
        )  # fmt: skip


def play(session: Session, who: Staff, **more: Any) -> Play:
    scenario = catalogue.load().get("show-me-at-home")
    session.merge(ScenarioCopy(digest=scenario.digest, slug=scenario.slug, body=scenario.text))
    session.flush()
    given = {"started_at": NOW - timedelta(hours=1), "finished_at": NOW, **more}
    row = Play(
        practice_id=who.practice_id, staff_id=who.id, slug=scenario.slug,
        digest=scenario.digest, seed=1, **given,
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def make(session: Session, who: Viewer, *ticked: str, parts: Any = tuple(PARTS)) -> Portfolio:
    return portfolio.make(
        session, viewer=who, catalogue=catalogue.load(), parts=parts, ticked=ticked, today=TODAY
    )


def thoughts(session: Session, who: Viewer) -> tuple[Thought, ...]:
    return portfolio.thoughts(session, viewer=who, catalogue=catalogue.load())


def test_it_holds_the_parts_that_are_ticked_and_no_other(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    thank(world, nurse, 3)
    thank(world, nurse, 1, skill=None)
    play(session, nurse)
    play(session, nurse)
    whole = make(session, me)
    (rehearsal,) = whole.rehearsals
    assert (rehearsal.title, rehearsal.times) == ("Show me how you'd do it at home", 2)
    assert rehearsal.last == TODAY.replace(day=1)
    assert [(one.skill, one.remarks) for one in whole.thanks] == [("empathy", 3), ("other", 1)]
    assert whole.thanked == 4
    nothing = make(session, me, parts=())
    assert (nothing.rehearsals, nothing.thanks, nothing.thanked, nothing.thoughts) == (
        (),
        (),
        0,
        (),
    )


def test_no_reflection_goes_in_unless_it_is_ticked(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    first = reflect(world, nurse, "I shall sit down first.")
    reflect(world, nurse, "I was tired.", "Ada was short.")
    assert make(session, me).thoughts == ()
    assert [one.words for one in make(session, me, first).thoughts] == ["I shall sit down first."]


def test_what_is_quoted_of_a_patient_and_whom_they_named_is_blocked_out(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    key = reflect(world, nurse, "He wrote: rude to my wife Rosa. Rosa rang on 07700 900123.")
    (one,) = make(session, me, key).thoughts
    assert "wife" not in one.words
    assert "07700" not in one.words


def test_a_name_that_a_reviewer_hid_is_hidden_in_the_persons_own_words_too(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    key = reflect(world, nurse, "I think of Rosa still.")
    assert "Rosa" in make(session, me, key).thoughts[0].words
    _mask(session, world, "Rosa")
    assert "Rosa" not in make(session, me, key).thoughts[0].words


def _mask(session: Session, world: World, name: str) -> None:
    reviewer = world.account("manager", review=True)
    row = session.query(Reflection).one()
    answer = session.get_one(Answer, session.get_one(Remark, row.remark_id).answer_id)
    start = answer.text.index(name)
    session.add(
        Mask(
            practice_id=world.practice.id, comment_id=answer.comment_id, answer_id=answer.id, start=start,
            stop=start + len(name), reason="third_party", account_id=reviewer.id, at=NOW,
        )
    )  # fmt: skip
    session.commit()


def test_what_was_written_after_a_conversation_can_be_ticked_too(
    session: Session, nurse: Staff, me: Viewer
) -> None:
    row = play(session, nurse, reflection="I rushed.", intention="Ask first.")
    found = {one.key: one.words for one in thoughts(session, me)}
    assert found == {f"w-{row.public_id}": "I rushed.", f"p-{row.public_id}": "Ask first."}


def test_nobody_can_tick_what_a_colleague_wrote(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    colleague = world.staff("Ben")
    theirs = reflect(world, colleague, "Mine alone.")
    assert thoughts(session, me) == ()
    assert make(session, me, theirs).thoughts == ()
    with pytest.raises(NotFound):
        make(session, viewer_of(session, world.account("manager")))


def test_a_reflection_about_a_remark_that_is_no_longer_theirs_stays_out(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    reflect(world, nurse, "Not me.", match_state="rejected", state="rejected")
    assert thoughts(session, me) == ()


def test_the_pages_and_the_table_name_no_patient(
    session: Session, world: World, nurse: Staff, account: Account, sign_in: SignIn
) -> None:
    thank(world, nurse, 2)
    play(session, nurse)
    key = reflect(world, nurse, "=I shall not be rude to my wife Rosa about it.")
    pages = sign_in(account)
    assert "None goes in unless you tick it" in pages.get("/portfolio").text
    query = "?part=rehearsals&part=skills&part=thanks&reflection=" + key
    page = pages.get("/portfolio/made" + query)
    assert "Portfolio of Ada Moss" in page.headings
    assert "2 remarks of patients thanked them." in page.text
    file = pages.client.get("/portfolio/portfolio.csv" + query)
    text = file.data.decode("utf-8-sig")
    for words in ("Rosa", "kind to", "prescription"):
        assert words not in page.text
        assert words not in text
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["part", "what", "number", "month", "words"]
    assert {row[0] for row in rows[1:]} >= {"rehearsal", "thanks", "reflection"}
    assert rows[-1][4].startswith("'=")


def test_an_empty_portfolio_says_so_and_one_of_a_new_person_too(
    account: Account, sign_in: SignIn
) -> None:
    pages = sign_in(account)
    assert "You have written no reflections yet" in pages.get("/portfolio").text
    assert "Nothing was ticked" in pages.get("/portfolio/made").text
    every = "?part=rehearsals&part=skills&part=thanks"
    page = pages.get("/portfolio/made" + every)
    for words in ("None finished yet", "Nothing practised yet", "None shown yet"):
        assert words in page.text
