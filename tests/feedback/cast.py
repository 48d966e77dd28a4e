"""The people of a made-up practice, and a short way to read a comment about them."""

from datetime import date

from training.feedback.comment import Answer, Person, Visit
from training.feedback.reading import Reading, Remark, Roster, read

GRACE = Person("s01", "Grace", "Oduya", title="Ms", role="receptionist", pronouns="she/her")
TOM = Person("s02", "Tomas", "Lind", "Tom", "Mr", "receptionist", "he/him")
ANJALI = Person("s03", "Anjali", "Patel", "", "Dr", "physician", "she/her", ("Dr P",))
ROHAN = Person("s04", "Rohan", "Patel", "", "Mr", "nurse", "he/him")
BEST = Person("s05", "William", "Best", "Will", "Dr", "physician", "he/him")
MARIA = Person("s06", "Maria", "Sousa", "", "Sister", "nurse", "she/her")
OTHER_MARIA = Person("s07", "Maria", "Novak", "", "", "phlebotomist", "she/her")
ROBIN = Person("s08", "Robin", "Ashgrove", "", "Mx", "social_prescriber", "they/them")
SIOBHAN = Person("s09", "Siobhán", "O'Kelly", "", "Mrs", "practice_manager", "she/her")
HOPE = Person("s10", "Hope", "Weller", role="receptionist", active_to=date(2025, 6, 30))
SAM = Person("s11", "Samuel", "Achebe", "Sam", "Mr", "pharmacist", "he/him")
CALLER = Person("s12", "Ines", "Duarte", role="call_handler", pronouns="she/her")

PEOPLE = (
    GRACE, TOM, ANJALI, ROHAN, BEST, MARIA, OTHER_MARIA, ROBIN, SIOBHAN, HOPE, SAM, CALLER,
)  # fmt: skip
ROSTER = Roster(PEOPLE)
TODAY = date(2026, 3, 2)


def visit(*people: Person, channel: str = "in_person", tapped: tuple[Person, ...] = ()) -> Visit:
    """Return the record of a visit with these people on it."""
    return Visit(
        on_visit=tuple(one.staff_id for one in people),
        tapped=tuple(one.staff_id for one in tapped),
        channel=channel,
        known=bool(people),
    )


def reading(
    text: str,
    *people: Person,
    question: str = "general",
    rating: int | None = None,
    channel: str = "in_person",
    tapped: tuple[Person, ...] = (),
) -> Reading:
    """Return the reading of a comment about a visit with these people on it."""
    answer = Answer(text, question, rating, TODAY)
    return read(answer, ROSTER, visit(*people, channel=channel, tapped=tapped))


def only(read_: Reading) -> Remark:
    """Return the one remark of a reading."""
    (remark,) = read_.remarks
    return remark


def staff(read_: Reading) -> set[str]:
    """Return the ids of those who are surely meant anywhere in a reading."""
    return {match.staff_id for remark in read_.remarks for match in remark.staff}


def offered(read_: Reading) -> set[str]:
    """Return the ids a reviewer would be asked about."""
    return {match.staff_id for remark in read_.remarks for match in remark.candidates}


def feelings(read_: Reading, person: Person) -> set[str]:
    """Return the sentiments of the remarks surely about somebody."""
    return {
        remark.sentiment
        for remark in read_.remarks
        if any(match.staff_id == person.staff_id for match in remark.staff)
    }
