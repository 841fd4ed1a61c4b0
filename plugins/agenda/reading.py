"""Front matter → Event: what an editor wrote becomes what the agenda holds, its dates counted."""

from plugins.agenda.changes import read_meaning
from plugins.agenda.details import Contact, Organiser, Registration, Source
from plugins.agenda.event import Event
from plugins.agenda.fields import ContactFields, EventFields, RegistrationFields, check_fields
from plugins.agenda.filing import FILING
from plugins.agenda.repeating import build_place, build_repeat
from plugins.press.documents import Text
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.moments import Moment
from plugins.press.schema import Fields
from plugins.press.slugs import build_slug


def build_event(draft: Draft, fields: EventFields, text: Text) -> Event | None:
    check_fields(draft, fields)
    slug = draft.slug(fields, draft.match["name"])
    values = common(draft, fields, text)
    values |= {
        "slug": slug,
        "url": f"/agenda/{fields.start.value:%Y/%m}/{slug}/",
        "id": fields.id or draft.path.removesuffix(".md"),
        "start": fields.start.value,
        "end": fields.end.value if fields.end else None,
        "all_day": fields.start.all_day,
        "timezone": fields.timezone,
        "category": fields.category or "",
        "departments": tuple(dict.fromkeys(fields.departments)),
        "place": build_place(fields.place),
        "online": fields.online or "",
        "organisers": tuple(Organiser(o.name, build_slug(o.name), o.url or "") for o in fields.organisers),
        "partners": tuple(Organiser(o.name, build_slug(o.name), o.url or "") for o in fields.partners),
        "event_status": fields.event_status,
        "status_note": fields.status_note,
        "previous_start": fields.previous_start.value if fields.previous_start else None,
        "price": fields.price,
        "registration": _build_registration(fields.registration),
        "accessibility": fields.accessibility,
        "accessibility_note": fields.accessibility_note,
        "repeat": build_repeat(draft, fields),
        "contact": _build_contact(fields.contact),
        "key_date": fields.source is None if fields.key_date is None else fields.key_date,
        "source": Source(fields.source.calendar, fields.source.uid, fields.source.url or "") if fields.source else None,
    }
    for name, organisers in (("organisers", values["organisers"]), ("partners", values["partners"])):
        for index, organiser in enumerate(organisers):
            if not organiser.slug:
                draft.refuse(
                    f"{name}.{index}",
                    f"« {organiser.name} » ne donne pas d'adresse. Écrire le nom en lettres.",
                )
    return Event(**values)


def _build_registration(fields: RegistrationFields | None) -> Registration | None:
    if fields is None:
        return None
    deadline: Moment | None = fields.deadline
    return Registration(
        url=fields.url or "",
        email=fields.email or "",
        phone=fields.phone,
        deadline=deadline.value if deadline else None,
        deadline_all_day=deadline.all_day if deadline else True,
        required=fields.required,
    )


def _build_contact(fields: ContactFields | None) -> Contact | None:
    return Contact(**_filled(fields)) if fields else None


def _filled(fields: Fields) -> dict[str, str]:
    return {key: value or "" for key, value in fields}


_STARTER = Starter(
    "agenda/{start_year}/{slug}.md",
    (
        "title: {title}",
        "date: {date}  # le jour de l'annonce",
        "start: {start}  # un jour, ou un jour et une heure : 2026-02-28T18:30",
        "category: {category}",
        'departments: []  # par exemple ["37"]',
        "place:",
        "  name: À compléter",
        "  city: À compléter",
        "",
        "Ce qui se passera, pour qui, comment venir.",
    ),
)
EVENT = Kind(
    "event",
    r"agenda/(?P<year>\d{4})/(?P<name>[^/]+)\.md",
    EventFields,
    Event,
    build_event,
    _STARTER,
    meaning=read_meaning,
    filing=FILING,
)
