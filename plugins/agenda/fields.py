"""What an editor may write above an event, and the rules between the fields."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, model_validator

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.recurrence import refuse_rule
from plugins.press.kinds import Draft
from plugins.press.moments import is_in_gap
from plugins.press.schema import (
    Address,
    AsList,
    CommonFields,
    Email,
    Fields,
    Flag,
    Line,
    Moment,
    Number,
    refuse,
)

MAX_LENGTH = timedelta(days=731)
"""How long one event may last: each month that it touches has a page."""

Status = Literal["scheduled", "cancelled", "postponed", "rescheduled", "moved-online", "full"]
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_SPOKEN = re.compile(
    rf"\b({'|'.join(_WEEKDAYS)})\s+(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(rf"\d(?:er)?\s+(?:{'|'.join(_MONTHS)})", re.IGNORECASE)
"""What stands in every spoken date, and is found three times faster: its first sign is a digit."""


def _read_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(f"« {name} » n'est pas un fuseau horaire connu. Écrire par exemple Europe/Paris.") from None
    return name


def _read_department(code: str) -> str:
    if code.upper() not in FRENCH_DEPARTMENTS:
        padded = code.zfill(2)
        hint = f' Écrire "{padded}".' if padded in FRENCH_DEPARTMENTS else ' Écrire son numéro, par exemple "37".'
        raise refuse(f"« {code} » n'est pas un département français.{hint}")
    return code.upper()


def _as_group(value: object) -> object:
    """An organiser may be a bare name."""
    return {"name": value} if isinstance(value, str) else value


def _read_latitude(value: float) -> float:
    if not -90 <= value <= 90:
        raise refuse(f"{value} n'est pas une latitude (de -90 à 90).")
    return value


def _read_longitude(value: float) -> float:
    if not -180 <= value <= 180:
        raise refuse(f"{value} n'est pas une longitude (de -180 à 180).")
    return value


Zone = Annotated[Line, AfterValidator(_read_zone)]
Department = Annotated[Line, AfterValidator(_read_department)]


class OrganiserFields(Fields):
    """Who organises: a name, and a site when there is one."""

    name: Line
    url: Address | None = None


class PlaceFields(Fields):
    """Where: from the name of the place to how to get there."""

    name: Line = ""
    address: Line = ""
    postcode: Line = ""
    city: Line = ""
    lat: Annotated[Number, AfterValidator(_read_latitude)] | None = None
    lon: Annotated[Number, AfterValidator(_read_longitude)] | None = None
    access: Line = ""


class RegistrationFields(Fields):
    """How to sign up, and until when."""

    url: Address | None = None
    email: Email | None = None
    phone: Line = ""
    deadline: Moment | None = None
    required: Flag = False


class ContactFields(Fields):
    """Whom to ask."""

    name: Line = ""
    email: Email | None = None
    phone: Line = ""
    url: Address | None = None


class ChangeFields(Fields):
    """One occurrence that is not like the others."""

    on: Moment
    start: Moment | None = None
    end: Moment | None = None
    place: PlaceFields | None = None
    event_status: Status | None = None
    status_note: Line = ""


class RepeatFields(Fields):
    """RFC 5545 §3.3.10, a day or coarser, bounded."""

    rule: Line
    except_: Annotated[tuple[Moment, ...], AsList] = ()
    also: Annotated[tuple[Moment, ...], AsList] = ()
    changes: Annotated[tuple[ChangeFields, ...], AsList] = ()

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, values: Any) -> Any:
        """``except`` is a word of Python's."""
        return (
            {"except_" if key == "except" else key: value for key, value in values.items()}
            if isinstance(values, dict)
            else values
        )


class SourceFields(Fields):
    """Where an imported event comes from."""

    calendar: Line
    uid: Line
    url: Address | None = None
    seen: Moment | None = None


Organisers = Annotated[tuple[Annotated[OrganiserFields, BeforeValidator(_as_group)], ...], AsList]


class EventFields(CommonFields):
    """The fields of content-model « Event »."""

    id: Line | None = None
    start: Moment
    end: Moment | None = None
    timezone: Zone = "Europe/Paris"
    category: Line | None = None
    departments: Annotated[tuple[Department, ...], AsList] = ()
    place: PlaceFields | None = None
    online: Address | None = None
    organisers: Organisers = ()
    partners: Organisers = ()
    event_status: Status = "scheduled"
    status_note: Line = ""
    previous_start: Moment | None = None
    price: Line = ""
    registration: RegistrationFields | None = None
    accessibility: Annotated[
        tuple[Literal["wheelchair", "hearing-loop", "sign-language", "visual", "cognitive"], ...], AsList
    ] = ()
    accessibility_note: Line = ""
    repeat: RepeatFields | None = None
    contact: ContactFields | None = None
    key_date: Flag | None = None
    source: SourceFields | None = None


def check_fields(draft: Draft, fields: EventFields) -> None:
    """The rules that no single field can tell."""
    typed = draft.front.values  # a value that is wrong is refused already: it is not missing too
    _check_times(draft, fields)
    if fields.category is not None and (message := draft.settings.refuse_category(fields.category)):
        draft.refuse("category", message)
    if fields.event_status == "rescheduled" and typed.get("previous_start") is None:
        draft.refuse(
            "event_status",
            "un événement déplacé dit sa date d'avant. Ajouter « previous_start: AAAA-MM-JJ ».",
        )
    if fields.event_status == "moved-online" and typed.get("online") is None:
        draft.refuse("event_status", "un événement passé en ligne donne son adresse. Ajouter « online: https://… ».")
    if fields.repeat and (message := refuse_rule(fields.repeat.rule, fields.start.value, fields.timezone)):
        draft.refuse("repeat.rule", message)
    _check_spoken_dates(draft, fields)


def _check_times(draft: Draft, fields: EventFields) -> None:
    start, end = fields.start, fields.end
    if end is not None and end.all_day != start.all_day:
        draft.refuse("end", "début et fin doivent avoir la même forme : deux jours, ou deux jours avec l'heure.")
    elif end is not None and end.value < start.value:
        draft.refuse(
            "end",
            f"la fin ({end.value:%Y-%m-%d}) vient avant le début ({start.value:%Y-%m-%d}). Corriger l'une des deux.",
        )
    elif end is not None and end.value - start.value > MAX_LENGTH:
        draft.refuse("end", "cet événement dure plus de deux ans. Vérifier l'année de la fin.")
    for name, moment in (("start", start), ("end", end)):
        if moment and not moment.all_day and is_in_gap(moment.value, fields.timezone):
            draft.refuse(
                name,
                f"{moment.value:%H:%M} n'existe pas ce jour-là : on passe à l'heure d'été. "
                "Choisir une heure avant ou après.",
            )


def _check_spoken_dates(draft: Draft, fields: EventFields) -> None:
    """« jeudi 10 mars » in the text of an event on another weekday: one of the two is wrong."""
    if not any(map(_DAY_AND_MONTH.search, (fields.title, fields.summary, draft.front.body))):
        return
    lines = draft.front.body.split("\n")
    for number, line in [(0, fields.title), (0, fields.summary), *enumerate(lines, draft.front.body_line)]:
        for found in _SPOKEN.finditer(line):
            name, day, month, year = found.groups()
            try:
                said = datetime(int(year or fields.start.value.year), _MONTHS.index(month.lower()) + 1, int(day))
            except ValueError:
                draft.warn(
                    f"« {found[0]} » n'existe pas dans le calendrier. Vérifier la date.",
                    number,
                    found.start() + 1,
                )
                continue
            right = _WEEKDAYS[said.weekday()]
            if right != name.lower():
                draft.warn(
                    f"« {found[0]} » : ce jour-là est un {right}. Vérifier le jour ou la date.",
                    number,
                    found.start() + 1,
                )
