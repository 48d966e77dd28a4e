"""The columns of each kind of file, and the headings by which other programs call them.

    roster    Employee ID   First name   Surname       Job title       Branch
              staff_id      given_name   family_name   role            site
    comments  Response ID   Date submitted   Please tell us why you gave this answer   Location
              comment_id    left_on          text                                      site

A heading is compared without case, hyphens, brackets or question marks. Two headings of a file that
stand for one column are a fault: nothing says which of the two is meant.
"""

from collections.abc import Mapping

from training.services.import_text import Columns


def _called(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return (other heading, column) from the other headings of each column, parted by commas."""
    return tuple(
        ("_".join(heading.split()), column)
        for column, headings in names.items()
        for heading in headings.split(",")
    )


_SITE = (
    "location, branch, practice site, surgery, clinic, site name, branch name, practice location"
)

ROSTER = Columns(
    required=("staff_id", "given_name", "family_name", "role"),
    optional=(
        "preferred_name", "title", "pronouns", "aliases", "active_from", "active_to", "site",
        "email",
    ),
    renamed=_called({
        "staff_id": "id, employee id, employee number, employee no, staff number, staff no, payroll number",
        "given_name": "first name, forename, firstname",
        "family_name": "last name, surname, lastname",
        "role": "job, job title, job role, position, occupation",
        "preferred_name": "known as, preferred first name",
        "active_from": "start date, date started, hire date, joined, date joined",
        "active_to": "leaving date, end date, date left, leave date, last day, termination date",
        "site": f"{_SITE}, work location, base",
        "email": "e mail, email address, e mail address, work email",
    }),
    told=(
        ("staff_id", "an id that stays with a person", "Employee ID"),
        ("given_name", "first names", "First name"),
        ("family_name", "surnames", "Surname"),
        ("role", "what somebody works as", "Job title"),
    ),
)  # fmt: skip
VISITS = Columns(
    required=("visit_id", "occurred_at", "channel", "stage"),
    optional=("site", "sensitive", "email", "consent_to_contact"),
    renamed=_called({"visit_id": "visit ref", "site": _SITE}),
    told=(
        ("visit_id", "an id of each visit", "visit_id"),
        ("occurred_at", "when a visit was", "occurred_at"),
        ("channel", "whether a visit was in person, by phone, video, portal or letter", "channel"),
        ("stage", "the stage of the patient's journey", "stage"),
    ),
)
VISIT_STAFF = Columns(
    required=("visit_id", "staff_id"),
    optional=("part",),
    renamed=_called({"visit_id": "visit ref"}),
    told=(
        ("visit_id", "which visit it was", "visit_id"),
        ("staff_id", "who was on the visit, by the id of the roster", "staff_id"),
    ),
)
COMMENTS = Columns(
    required=("comment_id", "left_on", "text"),
    optional=("visit_id", "question", "rating", "site", "stage"),
    # never a “score”: the NHS's own question counts from 1 for very good, the other way round
    renamed=_called({
        "comment_id": "id, response id, responseid, respondent id, response number, response no, "
        "comment no, feedback id, submission id, reference",
        "left_on": "date, date submitted, submitted, submitted at, submitted on, submission date, "
        "response date, date of response, date completed, completed, completion time, end date, "
        "date received, received, timestamp, recorded date, recordeddate, feedback date, "
        "comment date, review date, survey date, created at",
        "text": "comment, comments, comment s, comment text, feedback, feedback text, free text, "
        "freetext, free text comment, free text comments, free text response, review, "
        "review text, verbatim, patient comment, patient comments, patient feedback, "
        "your comments, your feedback, any comments, please tell us why, "
        "please tell us why you gave this answer, please tell us why you gave your answer, "
        "please can you tell us why you gave your answer, why did you give this answer, "
        "why did you give that answer, reason for answer",
        "visit_id": "visit ref",
        "site": _SITE,
        "stage": "stage of visit, journey stage",
    }),
    told=(
        ("comment_id", "an id of each comment", "Response ID"),
        ("left_on", "when a comment was left", "Date"),
        ("text", "what the patient wrote", "Comment"),
    ),
)  # fmt: skip
KINDS: Mapping[str, Columns] = {
    "roster": ROSTER,
    "visits": VISITS,
    "visit_staff": VISIT_STAFF,
    "comments": COMMENTS,
}
