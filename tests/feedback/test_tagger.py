import pytest

from training.feedback.language_files import tables
from training.feedback.tagger import Topics, topics
from training.feedback.words import words


def about(text: str, *, at_desk: bool = False) -> Topics:
    return topics(tables().book.find(words(text)), at_desk=at_desk)


def test_skills_and_themes_of_five_remarks() -> None:
    assert about("she explained everything clearly").skills == ("explaining",)
    waited = about("nobody told us we would wait an hour")
    assert (waited.skills, waited.theme) == (("keeping_informed",), "wait_length")
    assert about("so helpful on the phone", at_desk=True).skills == ("access",)
    assert about("so helpful on the phone").skills == ()
    assert about("dirty toilets and nowhere to park").themes == ("parking_transport", "cleanliness")
    assert about("waited an hour on hold").themes == ("phone_system",)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("greeted me with a smile", "welcome"),
        ("put me at ease and held my hand", "empathy"),
        ("he kept interrupting me", "listening"),
        ("talked me through it in plain English", "explaining"),
        ("gave me options and let me decide", "shared_decisions"),
        ("found me an appointment the same day", "access"),
        ("rang back when she said she would", "keeping_informed"),
        ("apologised and put it right", "service_recovery"),
        ("stayed calm while a man shouted", "de_escalation"),
        ("kept misgendering me", "inclusion"),
        ("drew the curtain and asked before touching me", "dignity"),
        ("one says yes and another says no", "teamwork"),
    ],
)
def test_each_skill_is_known_by_what_patients_say(text: str, skill: str) -> None:
    assert skill in about(text).skills


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("waited two hours", "wait_length"),
        ("no appointments for three weeks", "appointment_availability"),
        ("on hold for forty minutes", "phone_system"),
        ("charged twice", "cost_billing_rules"),
        ("nowhere to park", "parking_transport"),
        ("the chairs are broken and it is freezing", "building_environment"),
        ("filthy toilets", "cleanliness"),
        ("short staffed", "staffing"),
        ("closed at lunch, never open on Saturdays", "opening_hours"),
        ("the app keeps crashing", "website_app"),
        ("the tablets did not work", "clinical_outcome"),
        ("my prescription was out of stock", "medicines_supply"),
        ("too much paperwork", "other_system"),
        ("I cannot see my records", "records_access"),
    ],
)
def test_each_theme_is_known_by_what_patients_say(text: str, theme: str) -> None:
    assert about(text).theme == theme


def test_the_longer_phrase_decides_between_two_skills() -> None:
    assert about("told us how long it would be").skills == ("keeping_informed",)
    assert about("told me how to use it").skills == ("explaining",)


def test_a_matter_that_is_only_mentioned_gives_way_to_one_that_is_judged() -> None:
    assert about("the waiting room was filthy").themes == ("cleanliness",)
    assert about("the waiting room").themes == ("building_environment",)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("waited three weeks for an appointment", "appointment_availability"),
        ("waiting for my prescription for days", "medicines_supply"),
    ],
)
def test_a_wait_for_something_is_a_matter_of_that_thing(text: str, theme: str) -> None:
    assert about(text).themes == (theme,)
