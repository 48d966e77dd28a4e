"""The reasons of a suggestion in words, always with the numbers, for its person alone.

    6 of 15 negative, usual 1 in 5     "6 of your 15 comments about plain explanation … were negative
                                        (colleagues in similar roles: about 1 in 5). Allowing for the
                                        small number, likely 3–9 in 20."

Where all that was said of a person moves what is expected, that is said too.
"""

from training.feedback.suggestion import Basis, Reasons, Usual
from training.rates import about, likely
from training.skills import SKILLS

_WORTH_A_WORD = 0.02


def sentence(reasons: Reasons) -> str:
    """The reasons in words, for the person alone, always with the numbers.

    "6 of your 15 comments about plain explanation and teach-back were negative (colleagues in
    similar roles: about 1 in 5). Allowing for the small number, likely 3–9 in 20."
    """
    topic = _skill_name(reasons.skill)
    if not reasons.comments:
        return f"You have no comments about {topic} yet ({_compared(reasons.usual)})."
    comments = "comment" if reasons.comments == 1 else "comments"
    verb = "was" if reasons.negatives == 1 else "were"
    return (
        f"{reasons.negatives or 'None'} of your {reasons.comments} {comments} about {topic} {verb} "
        f"negative ({_compared(reasons.usual)}). "
        f"Allowing for the small number, {likely(reasons.low, reasons.high)}{_drawn(reasons)}."
        f"{_leaning(reasons.usual)}"
    )


def _drawn(reasons: Reasons) -> str:
    """Say why the likely share is not that of the comments, where a reader would stumble over it."""
    own = reasons.negatives / reasons.comments
    return "" if reasons.low <= own <= reasons.high else ", drawn towards what is usual"


def _leaning(usual: Usual) -> str:
    """How all that was said of a person moves what is expected, where that is worth a word."""
    if usual.expected is None or abs(usual.expected - usual.mean) < _WORTH_A_WORD:
        return ""
    more = "more" if usual.expected > usual.mean else "less"
    return (
        f" Over all skills together your comments hold {more} criticism than usual, so "
        f"{about(usual.expected)} was expected before these were counted."
    )


def _compared(usual: Usual) -> str:
    return {
        Basis.ROLE: "colleagues in similar roles: ",
        Basis.PRACTICE: "across the practice: ",
        Basis.DEFAULT: "until there is enough to compare with, we assume ",
    }[usual.basis] + about(usual.mean)


def _skill_name(slug: str) -> str:
    if slug not in SKILLS:  # renamed since the reasons were stored
        return slug.replace("_", " ")
    name = SKILLS[slug].name
    return name[0].lower() + name[1:]
