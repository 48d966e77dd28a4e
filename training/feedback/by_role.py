"""Whom a role or a description means: the only one on the visit it fits, else a question.

on the visit: one nurse (he/him), two receptionists (she/her, he/him)
"the nurse"                        → the nurse, .94
"the receptionist … she"           → the one who is she/her, .94
"the receptionist"                 → two candidates, .5 each
"the lady who took my blood"       → nobody: the nurse is he/him
"""

from collections.abc import Sequence

from training.feedback.by_name import Setting
from training.feedback.comment import Person
from training.feedback.matches import MOST_CANDIDATES, Match, Reference, fits, settled
from training.feedback.page import DESCRIBED, ROLE, Mention

_STANDS_IN: dict[str, tuple[str, ...]] = {
    "call_handler": ("receptionist",),
    "receptionist": ("call_handler",),
    "phlebotomist": ("nurse", "healthcare_assistant"),
    "nurse": ("nurse_practitioner", "healthcare_assistant", "phlebotomist"),
    "healthcare_assistant": ("nurse", "phlebotomist"),
    "physician": ("nurse_practitioner",),
    "nurse_practitioner": ("nurse",),
    "billing_clerk": ("receptionist",),
}


def by_role(setting: Setting, mention: Mention) -> Reference:
    """Return whom a role or a description means: the one person on the visit it fits."""
    basis = "role_on_visit" if mention.kind == ROLE else "description"
    if not setting.visit.known:
        return _off_visit(setting, mention, basis)
    here = [setting.people[one] for one in setting.visit.on_visit if one in setting.people]
    fitting = [one for one in here if not mention.roles or one.role in mention.roles]
    sure = 0.94 if mention.kind == ROLE else 0.92
    if not fitting and mention.roles:
        others = {other for role in mention.roles for other in _STANDS_IN.get(role, ())}
        fitting = [one for one in here if one.role in others]
        sure = 0.9 if _stand_in_is_sure(setting, mention) else 0.75
    return among(setting, mention, fitting, basis, sure)


def _stand_in_is_sure(setting: Setting, mention: Mention) -> bool:
    desk = {"receptionist", "call_handler"}
    if desk & set(mention.roles):
        return setting.visit.channel == "phone"
    return mention.kind == DESCRIBED and "phlebotomist" in mention.roles


def among(
    setting: Setting, mention: Mention, fitting: Sequence[Person], basis: str, sure: float
) -> Reference:
    """Settle on one of those a role or description fits, if their pronouns leave one."""
    possible = [one for one in fitting if fits(one, mention.gender) is not False]
    tapped = [one for one in possible if one.staff_id in setting.visit.tapped]
    if len(tapped) == 1 and len(possible) > 1:
        chosen = Match(tapped[0].staff_id, 0.93, (basis, "on_visit", "chosen_by_patient"))
        return settled(mention, chosen)
    if len(possible) == 1:
        person = possible[0]
        evidence = (basis, "on_visit")
        if len(fitting) > 1 and not fits(person, mention.gender):
            sure -= 0.1
        return settled(mention, Match(person.staff_id, min(sure, 0.94), evidence))
    share = round(min(0.8, 1 / max(1, len(possible))), 2)
    matches = tuple(Match(one.staff_id, share, (basis, "on_visit")) for one in possible)
    return Reference(mention, candidates=matches[:MOST_CANDIDATES])


def _off_visit(setting: Setting, mention: Mention, basis: str) -> Reference:
    if not mention.roles:
        return Reference(mention)
    fitting = [
        one
        for one in setting.people.values()
        if one.role in mention.roles
        and one.works_on(setting.day)
        and fits(one, mention.gender) is not False
        and (not setting.visit.site or one.site in {"", setting.visit.site})
    ]
    tapped = [one for one in fitting if one.staff_id in setting.visit.tapped]
    if len(tapped) == 1:
        chosen = Match(tapped[0].staff_id, 0.92, (basis, "chosen_by_patient"))
        return settled(mention, chosen)
    if not 0 < len(fitting) <= MOST_CANDIDATES:
        return Reference(mention)
    share = round(min(0.6, 1 / len(fitting)), 2)
    return Reference(
        mention, candidates=tuple(Match(one.staff_id, share, (basis,)) for one in fitting)
    )
