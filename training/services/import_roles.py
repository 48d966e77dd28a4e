"""The thirteen roles, by the words that practices in the UK and the US use for them.

    role_of("GP Partner")              ──►  "physician"
    role_of("Telephone Receptionist")  ──►  "call_handler"
    role_of("Paramedic")               ──►  ""     no role of ours: `NEAREST` says what to ask about

A role decides with whom somebody is compared and which conversations they are offered, so a word
stands here only where it means the role itself.
"""

from collections.abc import Mapping

from training import skills
from training.services.import_cells import plain

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "receptionist": (
        "reception", "senior receptionist", "medical receptionist", "senior medical receptionist",
        "head receptionist", "lead receptionist", "gp receptionist", "receptionist/administrator",
        "receptionist administrator", "care navigator", "front desk", "front desk receptionist",
        "patient services representative", "patient service representative",
    ),
    "call_handler": (
        "telephone receptionist", "telephonist", "phone receptionist", "telephone operator",
        "switchboard operator", "call centre agent", "call center agent", "contact centre adviser",
    ),
    "nurse": (
        "practice nurse", "general practice nurse", "senior practice nurse", "lead nurse",
        "senior nurse", "staff nurse", "treatment room nurse", "triage nurse", "registered nurse",
        "rn", "licensed practical nurse", "lpn",
    ),
    "healthcare_assistant": (
        "hca", "health care assistant", "senior hca", "senior healthcare assistant",
        "healthcare support worker", "medical assistant", "certified medical assistant",
    ),
    "phlebotomist": ("senior phlebotomist", "phlebotomy technician"),
    "physician": (
        "gp", "gp partner", "senior gp partner", "senior partner", "salaried gp", "locum gp",
        "general practitioner", "registrar", "gp registrar", "gp trainee", "doctor", "dr",
        "consultant", "family doctor", "family physician", "primary care physician",
        "attending physician", "resident physician",
    ),
    "nurse_practitioner": (
        "anp", "advanced nurse practitioner", "np", "family nurse practitioner",
        "advanced practice nurse", "advanced practice registered nurse",
    ),
    "physiotherapist": ("physio", "first contact physiotherapist", "physical therapist"),
    "pharmacist": (
        "clinical pharmacist", "practice pharmacist", "senior clinical pharmacist",
        "prescribing pharmacist",
    ),
    "billing_clerk": (
        "biller", "billing", "medical biller", "billing assistant", "billing specialist",
        "billing coordinator", "medical coder",
    ),
    "practice_manager": (
        "manager", "office manager", "deputy practice manager", "assistant practice manager",
        "operations manager", "business manager", "reception manager", "clinic manager",
        "practice administrator",
    ),
    "interpreter": ("medical interpreter", "sign language interpreter", "bsl interpreter"),
    "social_prescriber": ("social prescribing link worker", "link worker"),
}  # fmt: skip
# Other work that practices have: only asked about, never taken for the role that is nearest.
NEAREST: Mapping[str, str] = {
    "paramedic": "nurse_practitioner", "physician associate": "nurse_practitioner",
    "physician assistant": "nurse_practitioner", "nursing associate": "nurse",
    "pharmacy technician": "pharmacist", "administrator": "receptionist",
    "medical secretary": "receptionist", "secretary": "receptionist",
    "practice secretary": "receptionist", "health visitor": "nurse", "midwife": "nurse",
    "health and wellbeing coach": "social_prescriber",
}  # fmt: skip
OWN: Mapping[str, str] = {plain(slug): slug for slug in skills.ROLES} | {
    plain(role.name): slug for slug, role in skills.ROLES.items()
}
ROLES: Mapping[str, str] = {
    word: role for role, words in ALSO_CALLED.items() for word in words
} | dict(OWN)


def role_of(word: str) -> str:
    """Return the role a word means, or "" for one that is no role we know."""
    return ROLES.get(plain(word), "")


def told(words: list[str]) -> str:
    """Return how the words of a roster that are not our own were understood, "" where all are."""
    taken = {
        " ".join(word.split()): role_of(word)
        for word in words
        if plain(word) not in OWN and role_of(word)
    }
    return ", ".join(f"{word} as {role}" for word, role in taken.items())
