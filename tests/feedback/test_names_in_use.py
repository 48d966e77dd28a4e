"""Names as patients use them, on a roster whose names are words, rare, or hard to spell."""

import pytest

from training.feedback.comment import Answer, Person, Visit
from training.feedback.reading import Roster, read

PEOPLE = (
    Person("joy", "Joy", "Barton", title="Mrs", role="healthcare_assistant", pronouns="she/her"),
    Person("faith", "Faith", "Mensah", role="call_handler"),
    Person("rose", "Alex", "Rose", role="receptionist"),
    Person("price", "Linda", "Price", title="Mrs", role="billing_clerk", pronouns="she/her"),
    Person("dawn", "Dawn", "Hughes", title="Mrs", role="practice_manager", pronouns="she/her"),
    Person("mark", "Mark", "Ellis", title="Mr", role="nurse_practitioner", pronouns="he/him"),
    Person("bill", "Bill", "May", title="Dr", role="physician", pronouns="he/him"),
    Person("april", "April", "Wong", role="nurse", pronouns="she/her"),
    Person("kobby", "Kwabena", "Ofori", "", "Mr", "healthcare_assistant", "he/him", ("Kobby",)),
    Person("aoife", "Aoife", "Brennan", title="Dr", role="physician", pronouns="she/her"),
    Person("hanh", "Hanh", "Nguyen", role="pharmacist"),
    Person("wojtek", "Wojciech", "Szczepanski", title="Mr", role="physiotherapist"),
    Person("pat", "Patricia", "O'Shea", "Pat", role="receptionist", pronouns="she/her"),
    Person("gupta", "Rajesh", "Gupta", title="Dr", role="physician", pronouns="he/him"),
    Person("sunny", "Sunny", "Gill", role="phlebotomist", pronouns="he/him"),
)
ROSTER = Roster(PEOPLE)

# who was on the visit | who is meant | what was written
USES = """\
joy kobby   | joy       | Joy did my bloods and I felt nothing.
joy kobby   | joy       | Joy!!! What a star.
joy kobby   | joy       | joy was lovely
joy kobby   |           | What a joy to visit.
joy kobby   | joy       | Big thanks to Joy for looking after my mum.
joy kobby   | joy       | JOY IS AMAZING
joy         | joy       | Joy was kind, unlike the doctor at the hospital.
faith       | faith     | Spoke to Faith, who was really helpful.
faith       |           | I have lost all faith in this surgery.
faith       | faith     | faith on the phones was great
faith       | faith     | The girl who answered was lovely.
faith       | faith     | Whoever answered the phone was lovely.
rose        | rose      | Alex sorted me out.
rose        |           | My temperature rose overnight.
rose gupta  | rose      | The person on the front desk was rude.
price       | price     | Mrs Price explained my bill.
price       |           | The price was far too high.
price       | price     | Linda in billing was rude.
dawn        | dawn      | It was Dawn who sorted it.
dawn        |           | I was up at dawn to ring.
dawn        | dawn      | Your manager Dawn could not have been nicer.
mark        | mark      | Mark was brilliant. On your marks!
mark        |           | Please mark this as urgent.
bill        | bill      | Dr May listened to me.
bill        |           | You may want to fix the bill.
april       | april     | April gave me my jab.
april       |           | I came in April for my jab.
kobby       | kobby     | Kwabana took my blood pressure and was lovely.
kobby       | kobby     | The HCA, Kwabena, was great.
kobby       | kobby     | Oforri weighed me and was so kind.
aoife       | aoife     | Dr Eefa was so kind.
aoife       | aoife     | Dr Brennen was so kind.
aoife gupta | aoife     | Dr Aiofe was so kind.
aoife gupta | aoife     | The lady doctor was kind.
aoife gupta | gupta     | The doctor was great, he really listened.
hanh        | hanh      | Pharmacist Win explained my tablets.
wojtek      | wojtek    | Wojtek fixed my back.
wojtek      | wojtek    | Mr Szczepansky showed me the exercises.
pat         | pat       | Pat on the desk was lovely.
pat         |           | A pat on the back for everyone.
pat         | pat       | Patsy at reception sorted me out.
pat         | pat       | Mrs O Shea helped me.
gupta       | gupta     | Dr. Gupta's advice was spot on.
gupta       | gupta     | I saw Dr G and he listened.
gupta       | gupta     | Raj was brilliant.
gupta       |           | My old doctor was better than Dr Smith.
gupta joy   | joy       | The lady who weighed me was kind.
gupta joy   |           | The lady on reception was rude.
gupta joy   | gupta joy | Dr Gupta and Joy were both brilliant.
sunny       | sunny     | thank you sunny for the painless blood test
sunny       |           | It was a sunny day and the waiting room was hot.
sunny       | sunny     | The nurse who took my blood was quick and painless.
"""
CASES = [[part.strip() for part in line.split("|")] for line in USES.splitlines()]


@pytest.mark.parametrize(("on_visit", "meant", "text"), CASES, ids=[case[2] for case in CASES])
def test_who_is_meant(on_visit: str, meant: str, text: str) -> None:
    channel = "phone" if on_visit == "faith" else "in_person"
    visit = Visit(on_visit=tuple(on_visit.split()), channel=channel, known=True)
    reading = read(Answer(text), ROSTER, visit)
    found = {match.staff_id for remark in reading.remarks for match in remark.staff}
    assert found == set(meant.split())
