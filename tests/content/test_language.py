"""The language tables as they are shipped."""

import pytest
import yaml

from training.feedback.comment import Answer, Visit
from training.feedback.language_files import FOLDER, check, phrases, tables
from training.feedback.phrases import written_out
from training.feedback.reading import Roster, read
from training.skills import ROLES, SKILLS, THEMES

DANGER = yaml.safe_load((FOLDER / "danger.yaml").read_text(encoding="utf-8"))
NOBODY = Roster([])


def test_every_language_file_is_in_order() -> None:
    assert check() == []


def test_every_skill_theme_and_role_has_phrases() -> None:
    def names(file: str) -> set[str]:
        return set(yaml.safe_load((FOLDER / file).read_text(encoding="utf-8")))

    assert names("skills.yaml") == set(SKILLS)
    assert names("themes.yaml") == set(THEMES)
    assert names("roles.yaml") == set(ROLES)


def said(pattern: str) -> str:
    """Return a sentence that holds a pattern's first form."""
    classes = yaml.safe_load((FOLDER / "classes.yaml").read_text(encoding="utf-8"))
    words = (
        phrases(classes[slot[1:-1]])[0] if slot.startswith("<") else slot.rstrip("*")
        for slot in written_out(pattern)[0]
        if slot != "..."
    )
    return " ".join(words)


@pytest.mark.parametrize("label", sorted(DANGER))
def test_every_phrase_of_danger_is_read_as_severity_three(label: str) -> None:
    missed = [
        pattern
        for pattern in phrases(DANGER[label]["phrases"])
        if read(Answer(f"{said(pattern)}. It was awful."), NOBODY, Visit()).severity < 3
    ]
    assert missed == []


@pytest.mark.parametrize("label", sorted(set(DANGER) - {"emergency"}))
def test_what_is_disclosed_counts_beside_praise_too(label: str) -> None:
    missed = [
        pattern
        for pattern in phrases(DANGER[label]["phrases"])
        if read(Answer(f"Lovely staff. {said(pattern)}."), NOBODY, Visit()).severity < 3
    ]
    assert missed == []


def test_words_that_hide_identity_have_no_weight_of_their_own() -> None:
    scores = {
        word: read(Answer(f"The {word} nurse saw me."), NOBODY, Visit()).score
        for word in tables().identity
    }
    assert len(set(scores.values())) == 1, scores
