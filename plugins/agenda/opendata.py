"""agenda.json, the dates to come for partner sites, and the schema that says its form (see ``dataform``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.agenda import details
from plugins.agenda.dataform import AgendaData, Category, Contact, Date, Department, Image, Named, Place, Registration
from plugins.agenda.details import is_free
from plugins.agenda.links import department_name
from plugins.agenda.model import Agenda, Entry, Event
from plugins.press.moments import day_or_stamp, stamp
from plugins.press.outputs import Function, Output
from plugins.press.site import Site
from plugins.press.views import Link

if TYPE_CHECKING:
    from plugins.press.rendering import Press

LIMIT = 100
"""How many dates it holds: who wants more takes the calendars."""
URL, SCHEMA = "/agenda/agenda.json", "/agenda/agenda.schema.json"


def build_outputs(site: Site) -> Iterator[Output]:
    yield Output(URL, Function("plugins.agenda.opendata:render_data"), build_data(site), "l'agenda")
    form = Link(f"agenda.json – {site.settings.name}", SCHEMA)
    yield Output(SCHEMA, Function("plugins.agenda.opendata:render_schema"), form, "l'agenda")


def build_data(site: Site) -> AgendaData:
    settings, agenda = site.settings, site.get(Agenda)
    coming = agenda.coming(agenda.entries)
    return AgendaData(
        schema=settings.absolute(SCHEMA),
        title=f"Agenda {settings.name}",
        url=settings.absolute("/agenda/"),
        licence=Named(settings.licence.label, settings.licence.url),
        limit=LIMIT,
        total=len(coming),
        dates=tuple(_build_date(site, agenda, entry) for entry in coming[:LIMIT]),
    )


def _build_date(site: Site, agenda: Agenda, entry: Entry) -> Date:
    settings, event, found = site.settings, entry.event, entry.occurrence
    uid, place = agenda.uid(event), found.place or event.place
    return Date(
        id=f"{uid}#{(found.original or found.start).isoformat(timespec='minutes')}" if event.repeat else uid,
        event=uid,
        url=settings.absolute(event.address),
        calendar=settings.absolute(f"{event.url}evenement.ics") if event.has_page else None,
        title=event.title,
        summary=event.summary or None,
        lang=event.lang,
        all_day=event.all_day,
        start=day_or_stamp(found.start, event.timezone, all_day=event.all_day),
        end=day_or_stamp(found.end, event.timezone, all_day=event.all_day) if found.end else None,
        timezone=event.timezone,
        over=stamp(entry.over, settings.timezone),
        status=found.event_status,
        status_note=found.status_note or None,
        previous_start=_previous(event, found),
        place=Place(**_known(place)) if place != _NOWHERE else None,
        online=event.online or None,
        departments=tuple(Department(code, department_name(code, site)) for code in event.departments),
        category=Category(event.category, settings.category_label(event.category)) if event.category else None,
        tags=event.tags,
        organisers=_named(event.organisers),
        partners=_named(event.partners),
        price=event.price or None,
        free=is_free(event.price),
        registration=_registration(event),
        accessibility=event.accessibility,
        accessibility_note=event.accessibility_note or None,
        contact=Contact(**_known(event.contact)) if event.contact else None,
        image=_image(site, event),
        sources=_sources(agenda, event),
    )


_NOWHERE = details.Place()


def _previous(event: Event, found: details.Occurrence) -> str | None:
    before = event.before_moved(found)
    if before is None:
        return None
    return day_or_stamp(before, event.timezone, all_day=event.all_day or before.time() == time.min)


def _known(value: Struct) -> dict[str, Any]:
    """What is said of a place or a contact; None for the rest."""
    return {name: None if found == "" else found for name, found in msgspec.structs.asdict(value).items()}


def _named(groups: Iterable[details.Organiser]) -> tuple[Named, ...]:
    return tuple(Named(group.name, group.url or None) for group in groups)


def _registration(event: Event) -> Registration | None:
    sign = event.registration
    if sign is None:
        return None
    until = sign.deadline
    return Registration(
        required=sign.required,
        deadline=day_or_stamp(until, event.timezone, all_day=sign.deadline_all_day) if until else None,
        url=sign.url or None,
        email=sign.email or None,
        phone=sign.phone or None,
    )


def _image(site: Site, event: Event) -> Image | None:
    if event.image is None:
        return None
    return Image(site.settings.absolute(site.image_url(event)), event.image.alt, event.image.credit or None)


def _sources(agenda: Agenda, event: Event) -> tuple[Named, ...]:
    own = (event.source,) if event.source else ()
    return tuple(Named(source.calendar, source.url or None) for source in (*own, *agenda.also.get(event.path, ())))


def render_data(view: AgendaData, press: Press) -> bytes:  # noqa: ARG001
    return msgspec.json.encode(view) + b"\n"


def render_schema(view: Link, press: Press) -> bytes:
    """The form of agenda.json (JSON Schema, draft 2020-12)."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": press.absolute(view.url)}
    schema = head | {"title": view.label} | msgspec.json.schema(AgendaData)
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
