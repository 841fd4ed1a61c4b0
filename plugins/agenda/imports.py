"""``agenda/imports/<partner>.yaml`` → the events of a partner. What is wrong there is a warning: others are kept."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AfterValidator, BeforeValidator

from plugins.agenda.details import Occurrence, Organiser, Place, Repeat, Source
from plugins.agenda.fields import MAX_LENGTH, Department, PlaceFields, Zone
from plugins.agenda.model import Event, ImportedCalendar
from plugins.agenda.notices import MAX_EVENTS, Calendar, Dates, Notice
from plugins.agenda.notices import MAX_LENGTH as MAX_FILE_LENGTH
from plugins.press.documents import Text, with_face
from plugins.press.frontmatter import FrontMatter
from plugins.press.kinds import Draft, Kind
from plugins.press.moments import Moment as MomentValue
from plugins.press.moments import read_moment
from plugins.press.problems import Problem
from plugins.press.schema import Address, AsList, Day, Fields, Flag, Line, Moment, Summary, read_fields, refuse
from plugins.press.slugs import build_slug

_KEY = re.compile(r"\d{4}/\d{2}/[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _read_key(text: str) -> str:
    if not _KEY.fullmatch(text) or len(text) > 100:
        raise refuse(f"« {text} » n'est pas une fin d'adresse, par exemple 2026/07/fete-du-port.")
    return text


def _read_interval(value: object) -> object:
    if not isinstance(value, str):
        raise refuse("une date est attendue : 2026-07-05T09:00/2026-07-05T11:00.")
    start, slash, end = value.partition("/")
    try:
        return (read_moment(start), read_moment(end) if slash else None)
    except ValueError as error:
        raise refuse(str(error)) from error


class NoticeFields(Fields):
    """One event of the file."""

    key: Annotated[Line, AfterValidator(_read_key)]
    uid: Line
    title: Line
    shown: Flag | None = None
    start: Moment
    end: Moment | None = None
    dates: Annotated[
        tuple[Annotated[tuple[MomentValue, MomentValue | None], BeforeValidator(_read_interval)], ...], AsList
    ] = ()
    cancelled_dates: Annotated[tuple[Moment, ...], AsList] = ()
    timezone: Zone = "Europe/Paris"
    event_status: Literal["scheduled", "cancelled"] = "scheduled"
    summary: Summary = ""
    place: PlaceFields | None = None
    departments: Annotated[tuple[Department, ...], AsList] = ()
    online: Address | None = None
    url: Address | None = None
    organiser: Line = ""
    seen: Day | None = None
    modified: Moment | None = None


class CalendarFields(Fields):
    """The whole file: where it comes from, and its events, each read by itself."""

    name: Line
    address: Line
    changed: Moment | None = None
    count: Line = ""
    refused: Line = "0"
    trusted: Flag = False
    aggregator: Flag = False
    department: Department | None = None
    category: Line | None = None
    events: Annotated[tuple[Any, ...], AsList] = ()


class ImportedFields(Fields):
    """What stands under the file's one key."""

    calendar: CalendarFields


def build_imported(draft: Draft, fields: ImportedFields, text: Text) -> ImportedCalendar:
    calendar = read_calendar(draft, fields)
    shown = [notice for notice in calendar.notices if is_shown(notice, calendar)]
    return ImportedCalendar(
        path=draft.path,
        url="",
        title=calendar.name,
        slug="",
        text=text,
        events=tuple(build_event(notice, calendar, draft, text) for notice in shown),
        waiting=sum(notice.shown is None for notice in calendar.notices) if not calendar.trusted else 0,
    )


def is_shown(notice: Notice, calendar: Calendar) -> bool:
    return calendar.trusted if notice.shown is None else notice.shown


def read_calendar(draft: Draft, fields: ImportedFields) -> Calendar:
    """The file as a value; each event that is wrong becomes a warning and is left out."""
    head = fields.calendar
    marks = _marks_by_event(draft.front)
    notices: dict[str, Notice] = {}
    for index, values in enumerate(head.events[:MAX_EVENTS]):
        notice, problems = _read_notice(values, marks.get(index, {}), draft)
        if notice and notice.key in notices:
            problems.append(_problem(draft, marks[index], f"« {notice.key} » est déjà pris par un autre événement."))
        elif notice and not problems:
            notices[notice.key] = notice
        draft.problems += [_soften(problem, values) for problem in problems]
    return Calendar(
        name=head.name,
        address=head.address,
        trusted=head.trusted,
        aggregator=head.aggregator,
        department=head.department or "",
        category=head.category or "",
        changed=head.changed.value if head.changed else None,
        refused=int(head.refused) if head.refused.isdecimal() else 0,
        notices=tuple(notices.values()),
    )


def _marks_by_event(front: FrontMatter) -> dict[int, dict[tuple[str | int, ...], tuple[int, int]]]:
    found: dict[int, dict[tuple[str | int, ...], tuple[int, int]]] = {}
    for path, mark in front.marks.items():
        if path[:2] == ("calendar", "events") and len(path) > 2:
            found.setdefault(int(path[2]), {})[path[3:]] = mark
    return found


def _read_notice(
    values: object, marks: dict[tuple[str | int, ...], tuple[int, int]], draft: Draft
) -> tuple[Notice | None, list[Problem]]:
    if not isinstance(values, dict):
        return None, [_problem(draft, marks, "un événement est un groupe de champs.")]
    front = FrontMatter(values=values, keys=marks, marks=marks, body="", body_line=1)
    fields, problems = read_fields(NoticeFields, front, draft.shown_path)
    if fields is None or problems:
        return None, problems
    message = _refuse_dates(fields)
    return (None, [_problem(draft, marks, message)]) if message else (_build_notice(fields), [])


def _refuse_dates(fields: NoticeFields) -> str:
    for start, end in ((fields.start, fields.end), *fields.dates):
        if start.all_day != fields.start.all_day or (end and end.all_day != start.all_day):
            return "les dates mêlent des jours et des heures."
        if end and end.value < start.value:
            return f"la fin ({end.value:%Y-%m-%d}) vient avant le début ({start.value:%Y-%m-%d})."
        if end and end.value - start.value > MAX_LENGTH:
            return "cet événement dure plus de deux ans."
    return ""


def _build_notice(fields: NoticeFields) -> Notice:
    cancelled = {moment.value for moment in fields.cancelled_dates}
    dates = [
        Dates(start.value, end.value if end else None, start.value in cancelled)
        for start, end in ((fields.start, fields.end), *fields.dates)
    ]
    return Notice(
        key=fields.key,
        uid=fields.uid,
        title=fields.title,
        dates=tuple(dates),
        all_day=fields.start.all_day,
        timezone=fields.timezone,
        cancelled=fields.event_status == "cancelled",
        summary=fields.summary,
        place=Place(**fields.place.model_dump()) if fields.place else Place(),
        departments=fields.departments,
        online=fields.online or "",
        url=fields.url or "",
        organiser=fields.organiser,
        seen=fields.seen,
        modified=fields.modified.value if fields.modified else None,
        shown=fields.shown,
    )


def build_event(notice: Notice, calendar: Calendar, draft: Draft, text: Text) -> Event:
    """The event of the agenda. A series is its dates: the partner's rule was expanded when it came in."""
    organiser = notice.organiser or ("" if calendar.aggregator else calendar.name)
    slug = build_slug(organiser)
    department = (calendar.department,) if calendar.department else ()
    status = "cancelled" if notice.cancelled else "scheduled"
    known = {category.slug for category in draft.settings.categories}
    event = Event(
        path=f"{draft.path}#{notice.key}",
        url=f"/agenda/{notice.key}/",
        title=notice.title,
        slug=notice.key.rpartition("/")[2],
        text=text,
        summary=notice.summary,
        date=min(datetime.combine(notice.seen, time.min), notice.start) if notice.seen else None,
        modified=notice.modified,
        id=f"agenda/imports/{notice.key}",
        start=notice.start,
        end=notice.dates[0].end,
        all_day=notice.all_day,
        timezone=notice.timezone,
        category=calendar.category if calendar.category in known else "",
        departments=notice.departments or department,
        place=notice.place,
        online=notice.online,
        organisers=(Organiser(organiser, slug),) if slug else (),
        event_status=status,
        repeat=_build_repeat(notice, status) if len(notice.dates) > 1 else None,
        key_date=False,
        source=Source(calendar.name, notice.uid, notice.url, calendar.aggregator),
    )
    return with_face(event)


def _build_repeat(notice: Notice, status: str) -> Repeat:
    """Without a rule: the extra dates are all there is (RFC 5545 RDATE)."""
    occurrences = tuple(
        Occurrence(
            start=dates.start,
            end=dates.end,
            all_day=notice.all_day,
            event_status="cancelled" if dates.cancelled else status,
            original=dates.start if dates.cancelled else None,
        )
        for dates in notice.dates
    )
    return Repeat(rule="", also=tuple(dates.start for dates in notice.dates[1:]), occurrences=occurrences)


def _problem(draft: Draft, marks: dict[tuple[str | int, ...], tuple[int, int]], message: str) -> Problem:
    line, column = marks.get((), (1, 1))
    return Problem(path=draft.shown_path, line=line, column=column, message=message)


def _soften(problem: Problem, values: object) -> Problem:
    """A warning that names the event."""
    uid = values.get("uid") if isinstance(values, dict) else None
    message = f"{problem.message} Événement importé laissé de côté (uid : {uid or 'inconnu'})."
    return msgspec.structs.replace(problem, message=message, severity="warning")


IMPORTED = Kind(
    "imported-calendar",
    r"agenda/imports/(?P<name>[a-z0-9-]+)\.yaml",
    ImportedFields,
    ImportedCalendar,
    build_imported,
    data_key="calendar",
    max_length=MAX_FILE_LENGTH,
    filled=None,
)
