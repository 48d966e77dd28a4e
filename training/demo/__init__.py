"""A fictional practice and a year of its patients' words, for `make demo` and for trying imports.

    data = generate(date(2026, 3, 2))
    data.practice.name              'Hollowbank Surgery'
    data.comments[0].answers        (('could_be_better', "…"),)
    data.truth[data.comments[0].comment_ref]     what each sentence is really about

The same day and seed make the same data. No reading is stored: Bedside reads the comments itself.
"""

from training.demo.data import (
    DONT_KNOW,
    Account,
    Annotation,
    Comment,
    DemoData,
    Invitation,
    Practice,
    StaffMember,
    Statement,
    Visit,
    VisitStaff,
)
from training.demo.files import write_files
from training.demo.generate import SEED, generate
from training.demo.reviewer import Decision, decide

__all__ = [
    "DONT_KNOW",
    "SEED",
    "Account",
    "Annotation",
    "Comment",
    "Decision",
    "DemoData",
    "Invitation",
    "Practice",
    "StaffMember",
    "Statement",
    "Visit",
    "VisitStaff",
    "decide",
    "generate",
    "write_files",
]
