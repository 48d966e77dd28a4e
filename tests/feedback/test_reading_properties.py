"""What holds for every answer, whatever was typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feedback.cast import PEOPLE, ROSTER
from training.feedback.comment import Answer, Visit
from training.feedback.reading import read

BITS = (
    "Grace", "Dr", "Best", "Patel", "she", "he", "they", "the", "nurse", "doctor", "receptionist",
    "lady", "was", "not", "never", "rude", "kind", "lovely", "late", "but", "and", "unlike", "my",
    "daughter", "waited", "hours", "listened", "explained", "on", "reception", ".", ",", "!", "...",
    "didn't", "nothing", "only", "😡", "👍", "\n", "wrong", "tablets", "who", "took", "blood", "I",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(BITS), max_size=40).map(" ".join))
VISITS = st.lists(st.sampled_from([one.staff_id for one in PEOPLE]), max_size=4, unique=True).map(
    lambda ids: Visit(on_visit=tuple(ids), known=bool(ids))
)
ANSWERS = st.builds(
    Answer,
    TEXTS,
    st.sampled_from(["general", "went_well", "could_be_better"]),
    st.one_of(st.none(), st.integers(1, 5)),
)


@settings(max_examples=100, deadline=None)
@given(ANSWERS, VISITS)
def test_every_answer_is_read_the_same_way_twice(answer: Answer, visit: Visit) -> None:
    assert read(answer, ROSTER, visit) == read(answer, ROSTER, visit)


@settings(max_examples=100, deadline=None)
@given(ANSWERS, VISITS)
def test_remarks_stand_in_order_inside_the_text(answer: Answer, visit: Visit) -> None:
    end = 0
    for remark in read(answer, ROSTER, visit).remarks:
        assert end <= remark.start < remark.end <= len(answer.text)
        assert answer.text[remark.start : remark.end] == remark.text
        end = remark.end


@settings(max_examples=100, deadline=None)
@given(ANSWERS, VISITS)
def test_values_keep_to_their_ranges(answer: Answer, visit: Visit) -> None:
    reading = read(answer, ROSTER, visit)
    assert reading.sentiment in {"positive", "neutral", "negative", "mixed"}
    assert -1.0 <= reading.score <= 1.0
    assert 0 <= reading.severity <= 3
    for remark in reading.remarks:
        assert -1.0 <= remark.score <= 1.0
        assert len(remark.candidates) <= 3
        assert not {m.staff_id for m in remark.staff} & {m.staff_id for m in remark.candidates}
        assert remark.cause == "person" or not remark.staff


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=25), st.sampled_from(["black", "old", "gay"]))
def test_an_identity_word_before_a_role_never_moves_the_score(bits: list[str], word: str) -> None:
    def scored(adjective: str) -> float:
        words = [f"{adjective} {bit}" if bit in {"nurse", "doctor"} else bit for bit in bits]
        return read(Answer(" ".join(words)), ROSTER, Visit()).score

    assert scored(word) == scored("white")
