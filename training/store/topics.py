"""Named queries about what remarks are about: skills that people can practise, matters of the system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, literal, select, union_all
from sqlalchemy.orm import Session

from training.store.tables import Remark, RemarkSkill, RemarkTheme


@dataclass(frozen=True, slots=True)
class Topics:
    """The skills and the themes of a remark, by slug, as they were read or corrected."""

    skills: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The skills, then the themes."""
        return (*self.skills, *self.themes)


def of(session: Session, remark_ids: Iterable[int]) -> dict[int, Topics]:
    """Return what each of some remarks is about; every id has its row, also with nothing in it."""
    ids = list(remark_ids)
    found: dict[int, tuple[list[str], list[str]]] = {one: ([], []) for one in ids}
    rows = union_all(
        select(RemarkSkill.remark_id, literal(0).label("kind"), RemarkSkill.skill, RemarkSkill.id)
        .where(RemarkSkill.remark_id.in_(ids)),
        select(RemarkTheme.remark_id, literal(1), RemarkTheme.theme, RemarkTheme.id)
        .where(RemarkTheme.remark_id.in_(ids)),
    )  # fmt: skip
    for remark_id, kind, slug, _ in sorted(session.execute(rows), key=lambda row: row.id):
        found[remark_id][kind].append(slug)
    return {one: Topics(tuple(skills), tuple(themes)) for one, (skills, themes) in found.items()}


def set_skills(session: Session, remark: Remark, wanted: Sequence[str]) -> None:
    """Make these the skills of a remark."""
    session.execute(delete(RemarkSkill).where(RemarkSkill.remark_id == remark.id))
    session.add_all(
        RemarkSkill(practice_id=remark.practice_id, remark_id=remark.id, skill=skill)
        for skill in dict.fromkeys(wanted)
    )


def set_themes(session: Session, remark: Remark, wanted: Sequence[str]) -> None:
    """Make these the themes of a remark."""
    session.execute(delete(RemarkTheme).where(RemarkTheme.remark_id == remark.id))
    session.add_all(
        RemarkTheme(practice_id=remark.practice_id, remark_id=remark.id, theme=theme)
        for theme in dict.fromkeys(wanted)
    )
