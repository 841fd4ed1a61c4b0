"""``jalons.yaml``: the key dates of a year that are no event of the agenda – a hiring, a file that was sent."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from plugins.agenda.model import Department
from plugins.press.documents import Document, Reference, Text, resolve_path
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import AsList, Day, Fields, Line
from plugins.press.slugs import build_slug


class MilestoneFields(Fields):
    """One key date of ``jalons.yaml``; ``link`` leads to a page, written as in a text."""

    start: Day
    end: Day | None = None
    title: Line
    departments: Annotated[tuple[Department, ...], AsList] = ()
    category: Line | None = None
    link: Line | None = None


class MilestonesFields(Fields):
    """The whole of ``jalons.yaml``: a list of key dates."""

    dates: Annotated[tuple[MilestoneFields, ...], AsList] = ()


class Milestone(Struct, frozen=True, array_like=True, gc=False):
    """A key date given in the report itself. ``link`` is the rank of its link in the text of its file, or None."""

    start: date
    end: date | None
    title: str
    departments: tuple[str, ...]
    category: str
    identity: str
    line: int
    link: int | None = None


class Milestones(Document, frozen=True, kw_only=True, tag="milestones", gc=False):
    """The milestones of a report; their links are those of its text."""

    folder: str
    milestones: tuple[Milestone, ...]


def build_milestones(draft: Draft, fields: MilestonesFields, text: Text) -> Milestones:
    year = draft.match["year"]
    folder = f"rapports/{year}"
    found: list[Milestone] = []
    links: list[Reference] = []
    for index, entry in enumerate(fields.dates):
        _check(draft, index, entry)
        if entry.link:
            mark = draft.front.marks["dates", index, "link"]
            links.append(Reference(entry.link, resolve_path(entry.link, draft.path), *mark))
        identity = f"{folder}/jalons/{entry.start}-{build_slug(entry.title)}"
        line = draft.front.marks["dates", index][0]
        found.append(
            Milestone(
                entry.start,
                entry.end,
                entry.title,
                entry.departments,
                entry.category or "",
                identity,
                line,
                len(links) - 1 if entry.link else None,
            )
        )
    _refuse_twice(draft, found)
    return Milestones(
        path=draft.path,
        url="",
        title=f"Jalons {year}",
        slug="",
        text=replace(text, links=tuple(links)),
        folder=folder,
        milestones=tuple(found),
    )


def _check(draft: Draft, index: int, entry: MilestoneFields) -> None:
    if entry.end and entry.end < entry.start:
        draft.refuse(f"dates.{index}.end", "la fin vient avant le début. Corriger l'une des deux.")
    if entry.category and (message := draft.settings.refuse_category(entry.category)):
        draft.refuse(f"dates.{index}.category", message)


def _refuse_twice(draft: Draft, found: list[Milestone]) -> None:
    first: dict[str, int] = {}
    for index, one in enumerate(found):
        if one.identity in first:
            message = f"cette date est déjà ligne {first[one.identity]}. N'en garder qu'une."
            draft.refuse(f"dates.{index}.title", message)
        first.setdefault(one.identity, one.line)


MILESTONES = Kind(
    "milestones",
    r"rapports/(?P<year>\d{4})/jalons\.yaml",
    MilestonesFields,
    Milestones,
    build_milestones,
    data_key="dates",
)
