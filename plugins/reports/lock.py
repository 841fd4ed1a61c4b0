"""``dates-cles.lock.csv``: the key dates as the assembly voted them, whatever the agenda becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import PlainValidator

from plugins.agenda.model import Agenda
from plugins.press.csvfiles import protect, write_csv
from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import AsList, Fields, Line, Moment
from plugins.press.site import Site
from plugins.reports.keydates import EVENT, KeyDate

NAME = "dates-cles.lock.csv"
_HEADER = ("start", "end", "title", "departments", "category", "kind", "identity", "url")


def _read_codes(value: object) -> tuple[str, ...]:
    return tuple(str(value).split())


class LockedFields(Fields):
    """One row: departments are codes apart by a space."""

    start: Moment
    end: Moment | None = None
    title: Line
    departments: Annotated[tuple[str, ...], PlainValidator(_read_codes)] = ()
    category: Line = ""
    kind: Literal["event", "dossier", "milestone"]
    identity: Line
    url: Line = ""


class LockFields(Fields):
    """The whole of the file."""

    dates: Annotated[tuple[LockedFields, ...], AsList]


class Lock(Document, frozen=True, kw_only=True, tag="locked-dates", gc=False):
    """The key dates of a report as they were frozen; ``lines`` gives the line of each."""

    folder: str
    dates: tuple[KeyDate, ...]
    lines: tuple[int, ...]


class Difference(Struct, frozen=True):
    """What an edit changed since the vote; of what is new, ``line`` is 0."""

    message: str
    line: int = 0


def build_lock(draft: Draft, fields: LockFields, text: Text) -> Lock:
    dates = tuple(map(_build_date, fields.dates))
    if not dates:
        draft.refuse("dates", f"aucune date. Effacer ce fichier, puis lancer ./site freeze {draft.match['year']}.")
    first: dict[str, int] = {}
    for index, one in enumerate(dates):
        line = draft.front.marks["dates", index][0]
        if one.identity in first:
            draft.refuse(f"dates.{index}.identity", f"cette date est déjà ligne {first[one.identity]}.")
        first.setdefault(one.identity, line)
    return Lock(
        path=draft.path,
        url="",
        title=f"Dates clés votées {draft.match['year']}",
        slug="",
        text=text,
        folder=f"rapports/{draft.match['year']}",
        dates=dates,
        lines=tuple(draft.front.marks["dates", index][0] for index in range(len(dates))),
    )


def _build_date(row: LockedFields) -> KeyDate:
    return KeyDate(
        row.kind,
        row.identity,
        row.title,
        row.start.value,
        row.end.value if row.end else None,
        row.start.all_day,
        row.departments,
        row.category,
        row.url,
    )


def render_lock(dates: Iterable[KeyDate]) -> str:
    """The text of the file, with the line ends of a file that is compared line by line."""
    rows = ([protect(cell) for cell in _write_row(one)] for one in dates)
    return write_csv(_HEADER, rows).replace("\r\n", "\n")


def _write_row(one: KeyDate) -> tuple[str, ...]:
    form = "%Y-%m-%d" if one.all_day else "%Y-%m-%dT%H:%M"
    end = one.end.strftime(form) if one.end and one.end != one.start else ""
    return (
        one.start.strftime(form),
        end,
        one.title,
        " ".join(one.departments),
        one.category,
        one.kind,
        one.identity,
        one.url,
    )


def resolve(lock: Lock, site: Site) -> tuple[KeyDate, ...]:
    """The dates as voted, each leading to where its page is now; to none when it is gone."""
    agenda = site.get(Agenda)
    addresses = (*site.changes, *(alias for document in site.open for alias in document.aliases))
    known = {address.partition("#")[0] for address in addresses}

    def find(one: KeyDate) -> str:
        event = agenda.find_identity(one.identity) if one.kind == EVENT else None
        if event is not None:
            return event.address
        return one.url if one.url.partition("#")[0] in known or not one.url.startswith("/") else ""

    return tuple(replace(one, url=find(one)) for one in lock.dates)


def compare(lock: Lock, live: Iterable[KeyDate]) -> Iterator[Difference]:
    """What the agenda, the dossiers and the milestones say now that the voted list does not."""
    now = {one.identity: one for one in live}
    for one, line in zip(lock.dates, lock.lines, strict=True):
        current = now.pop(one.identity, None)
        if current is None:
            yield Difference(f"« {one.title} » ({_when(one)}) n'y est plus.", line)
        else:
            for name, voted, said in _changes(one, current):
                message = f"« {one.title} » ({_when(one)}), {name} : « {voted} » au vote, « {said} » aujourd'hui."
                yield Difference(message, line)
    for current in now.values():
        yield Difference(f"« {current.title} » ({_when(current)}) y est en plus.")


def _changes(voted: KeyDate, now: KeyDate) -> Iterator[tuple[str, str, str]]:
    names = ("le début", "la fin", "le titre", "les départements", "la catégorie")
    for name, before, after in zip(names, _write_row(voted), _write_row(now), strict=False):
        if before != after:
            yield name, before or "–", after or "–"


def _when(one: KeyDate) -> str:
    return _write_row(one)[0]


LOCK = Kind(
    "locked-dates",
    r"rapports/(?P<year>\d{4})/dates-cles\.lock\.csv",
    LockFields,
    Lock,
    build_lock,
    data_key="dates",
)
