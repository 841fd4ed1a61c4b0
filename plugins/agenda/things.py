"""What the page of an event says to programs: one schema.org Event, of the date that the page shows.

schema.org has ``eventSchedule`` for events that come back, but an Event with a schedule must have no ``startDate``,
which those who show events ask for; and a schedule cannot say that one date was moved or cancelled. The whole
series is in the event's calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from textwrap import shorten
from typing import TYPE_CHECKING

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.details import Organiser, is_free
from plugins.press import french
from plugins.press.moments import day_or_stamp, stamp
from plugins.press.schemaorg import ROOT, Here, Organization, Some, Thing, some

if TYPE_CHECKING:
    from plugins.agenda.eventviews import EventView
    from plugins.agenda.model import Entry

_STATUS = {
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved-online": "EventMovedOnline",
}
_OFF = {"cancelled", "postponed"}
DESCRIPTION = 300
"""How long a description is at most, in characters, as for summaries: nobody shows more of it."""
_AMOUNT = re.compile(r"(\d+)(?:[,.](\d{1,2}))?\s*(?:€|euros?)")


class PostalAddress(Thing, frozen=True):
    """https://schema.org/PostalAddress"""

    street_address: str = ""
    postal_code: str = ""
    address_locality: str = ""
    address_region: str = ""
    address_country: str = ""


class GeoCoordinates(Thing, frozen=True):
    """https://schema.org/GeoCoordinates"""

    latitude: float
    longitude: float


class Place(Thing, frozen=True):
    """https://schema.org/Place"""

    address: PostalAddress | None = None
    geo: GeoCoordinates | None = None


class VirtualLocation(Thing, frozen=True):
    """https://schema.org/VirtualLocation"""


class Offer(Thing, frozen=True):
    """https://schema.org/Offer"""

    price: str = ""
    price_currency: str = ""
    availability: str = ""
    valid_through: str = ""


class Event(Thing, frozen=True):
    """https://schema.org/Event"""

    start_date: str
    event_status: str
    end_date: str = ""
    previous_start_date: str = ""
    event_attendance_mode: str = ""
    location: Some[Place | VirtualLocation] = None
    organizer: Some[Organization] = None
    contributor: Some[Organization] = None
    is_accessible_for_free: bool | None = None
    offers: Offer | None = None
    keywords: tuple[str, ...] = ()
    in_language: str = ""


class _Page:
    """The page of an event, on its way to an Event."""

    def __init__(self, view: EventView, here: Here) -> None:
        self.view = view
        self.here = here

    def run(self) -> Event:
        view, card = self.view, self.view.card
        locations = tuple(self._locations())
        return Event(
            id=self.here.address,
            identifier=view.uid,
            name=card.title,
            description=card.summary,
            url=self.here.address,
            image=self.here.site.absolute(view.head.image),
            start_date=self._time(card.start),
            end_date=self._end(),
            previous_start_date=self._previous(),
            event_status=ROOT + _STATUS.get(card.status, "EventScheduled"),
            event_attendance_mode=self._attendance({*map(type, locations)}),
            location=some(locations),
            organizer=some(map(self._group, view.organisers)),
            contributor=some(map(self._group, view.partners)),
            is_accessible_for_free=True if is_free(view.price) else None,
            offers=self._offer(),
            keywords=tuple(link.label for link in (*filter(None, [view.category]), *view.tags)),
            in_language=self.here.language(view.head),
        )

    def _time(self, moment: datetime) -> str:
        """A day, or a moment with the offset that the clocks of the event have then."""
        return day_or_stamp(moment, self.view.timezone, all_day=self.view.card.all_day)

    def _end(self) -> str:
        """The last day, which schema.org includes; or the stated end."""
        card = self.view.card
        end = card.end or (card.start if card.all_day else None)
        return self._time(end) if end else ""

    def _previous(self) -> str:
        """When it was to take place; of a postponed event that is the only date known."""
        card = self.view.card
        if card.status == "postponed":
            return self._time(card.start)
        before = self.view.previous_start
        if before is None:
            return ""
        return day_or_stamp(before, self.view.timezone, all_day=card.all_day or before.time() == time.min)

    def _locations(self) -> Iterator[Place | VirtualLocation]:
        place = self.view.place
        if self.view.online:
            yield VirtualLocation(url=self.view.online)
        if self.view.card.status == "moved-online":
            return
        if place.lines:
            yield Place(
                name=place.name or place.city or place.address,
                address=self._address(place.address, place.postcode, place.city),
                geo=GeoCoordinates(latitude=place.lat, longitude=place.lon)
                if place.lat is not None and place.lon is not None
                else None,
            )
        elif not self.view.online:
            for code in self.view.card.departments:
                name = self.here.site.departments.get(code) or FRENCH_DEPARTMENTS[code]
                yield Place(name=name, address=self._address("", "", ""))

    def _address(self, street: str, postcode: str, city: str) -> PostalAddress | None:
        """The region and the country follow from the departments; without one they are not known."""
        codes = self.view.card.departments
        known = bool(codes) and all(code in self.here.site.departments for code in codes)
        address = PostalAddress(
            street_address=street,
            postal_code=postcode,
            address_locality=city,
            address_region=self.here.site.region if known else "",
            address_country="FR" if codes else "",
        )
        return None if address == PostalAddress() else address

    def _attendance(self, kinds: set[type[Place | VirtualLocation]]) -> str:
        if self.view.card.status == "moved-online" or kinds == {VirtualLocation}:
            return f"{ROOT}OnlineEventAttendanceMode"
        if not kinds:
            return ""
        return f"{ROOT}{'Mixed' if len(kinds) > 1 else 'Offline'}EventAttendanceMode"

    def _group(self, group: Organiser) -> Organization:
        """Who organises or takes part: with their own site, else their page here."""
        if group.name == self.here.site.name:
            return self.here.association
        page = self.here.site.absolute(f"/agenda/organisateur/{group.slug}/")
        return Organization(name=group.name, url=group.url or page)

    def _offer(self) -> Offer | None:
        """What it costs and where one signs up; nothing when neither is known and it is not full."""
        view = self.view
        sign = view.registration
        if not (view.price or sign or view.card.status == "full"):
            return None
        amount = "0" if is_free(view.price) else _read_amount(view.price)
        return Offer(
            description="" if amount else view.price,
            url=(sign.url if sign else "") or self.here.address,
            price=amount,
            price_currency="EUR" if amount else "",
            availability=self._availability(),
            valid_through=stamp(sign.closes, view.timezone) if sign and sign.closes else "",
        )

    def _availability(self) -> str:
        view = self.view
        if view.card.status == "full":
            return f"{ROOT}SoldOut"
        return "" if view.past or view.registration_closed or view.card.status in _OFF else f"{ROOT}InStock"


def build_event(view: EventView, here: Here) -> Event:
    """The Event of an event's page."""
    return _Page(view, here).run()


def tell(shown: Entry) -> str:
    """The description of an event's page: when, where and what. No two events say the same."""
    event, found = shown.event, shown.occurrence
    when = french.period(found.start, found.end, all_day=found.all_day)
    place = (found.place or event.place).city
    lead = ", ".join(filter(None, (when[0].upper() + when[1:], place)))
    said = " ".join(f"{lead}. {event.summary}".split())
    return said if len(said) <= DESCRIPTION else shorten(said, DESCRIPTION, placeholder="…")


def _read_amount(price: str) -> str:
    """« 10 € » → ``10.00``; ``""`` for what is not one amount (« 5 €, 3 € pour les adhérents »)."""
    found = _AMOUNT.fullmatch(price.strip())
    return f"{found[1]}.{(found[2] or '0'):0<2}" if found else ""
