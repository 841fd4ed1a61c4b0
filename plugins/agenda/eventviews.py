"""What the page of an event is made of (templates/event.html)."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from msgspec import Struct

from plugins.agenda.details import Contact, Organiser, Place, Registration
from plugins.agenda.eventcards import EventCard
from plugins.agenda.nearby import Near
from plugins.agenda.things import build_event
from plugins.press import french, schemaorg
from plugins.press.documents import Text
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.views import Head, Link, Picture


class EventDate(Struct, frozen=True, array_like=True, gc=False):
    """One of the dates of an event that comes back.

    ``original`` is when the rule has it, of one that was moved; ``where`` its place, when it is not the usual one.
    """

    start: datetime
    end: datetime | None
    all_day: bool
    status: str
    note: str
    where: str
    original: datetime | None
    over: str

    @property
    def when(self) -> str:
        return french.period(self.start, self.end, all_day=self.all_day)


class EventView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/event.html. ``card`` is of the date that stands for the event: of one that comes back, the next.

    ``status`` is of the whole event. Of one that comes back, ``dates`` are the next ones, ``later`` how many come after
    them; ``past_dates`` the last ones, latest first, ``earlier`` how many there were before. ``over`` and ``closes``
    are when its last date is over, and when it is too late to sign up, in ISO 8601 with the offset.
    """

    head: Head
    uid: str
    card: EventCard
    status: str
    status_note: str
    category: Link | None
    departments: tuple[Link, ...]
    place: Place
    online: str
    organisers: tuple[Organiser, ...]
    partners: tuple[Organiser, ...]
    previous_start: datetime | None
    timezone: str
    dates: tuple[EventDate, ...]
    past_dates: tuple[EventDate, ...]
    later: int = 0
    earlier: int = 0
    past: bool
    over: str
    price: str
    registration: Registration | None
    registration_closed: bool
    closes: str
    accessibility: tuple[str, ...]
    accessibility_note: str
    contact: Contact | None
    source: str
    also: tuple[Link, ...]
    tags: tuple[Link, ...]
    picture: Picture | None
    text: Text
    targets: tuple[Target, ...]
    near: tuple[Near, ...]
    mentions: tuple[Link, ...]
    dossiers: tuple[Link, ...]
    history: tuple[tuple[datetime, str], ...]
    month: Link
    calendar: str
    previous: Link | None
    next: Link | None

    @property
    def when(self) -> str:
        """« jeudi 9 mars 2017, de 18 h 30 à 20 h »; written when the page is, not for every build."""
        return french.period(self.card.start, self.card.end, all_day=self.card.all_day)

    def google(self, page_url: str) -> str:
        """The address at which Google Agenda takes one event; a whole day ends where the next one begins."""
        card, form = self.card, "%Y%m%d" if self.card.all_day else "%Y%m%dT%H%M%S"
        end = (card.end or card.start) + timedelta(days=card.all_day)
        fields = {
            "action": "TEMPLATE",
            "text": card.title,
            "dates": f"{card.start:{form}}/{end:{form}}",
            "ctz": self.timezone,
            "location": ", ".join(self.place.lines),
            "details": "\n\n".join(filter(None, (card.summary, page_url))),
        }
        return "https://calendar.google.com/calendar/render?" + urlencode({k: v for k, v in fields.items() if v})

    def describe(self, here: Here) -> tuple[schemaorg.Thing]:
        return (build_event(self, here),)
