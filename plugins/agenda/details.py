"""What an event is made of: who, where, how to sign up, on which dates, where it comes from."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from plugins.press.moments import midnight_after


class Organiser(Struct, frozen=True, array_like=True, gc=False):
    """Who organises, or takes part; ``slug`` finds their page."""

    name: str
    slug: str
    url: str = ""


class Place(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where; every part may be empty."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    access: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """As on an envelope: name, address, postcode and town."""
        town = " ".join(filter(None, (self.postcode, self.city)))
        return tuple(filter(None, (self.name, self.address, town)))


def is_free(price: str) -> bool:
    """« gratuit » is the one word that says so: of any other text, nothing follows."""
    return price.strip(" .!").casefold() == "gratuit"


class Registration(Struct, frozen=True, omit_defaults=True, gc=False):
    """How to sign up."""

    url: str = ""
    email: str = ""
    phone: str = ""
    deadline: datetime | None = None
    deadline_all_day: bool = True
    required: bool = False

    @property
    def closes(self) -> datetime | None:
        """The first moment at which it is too late: a day counts to its end."""
        return midnight_after(self.deadline) if self.deadline and self.deadline_all_day else self.deadline


class Contact(Struct, frozen=True, omit_defaults=True, gc=False):
    """Whom to ask."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


class Occurrence(Struct, frozen=True, array_like=True, gc=False):
    """One time that an event takes place. Times as in ``Event``; ``place`` only when it is not the usual one.

    ``original`` is when the rule has it (RFC 5545 RECURRENCE-ID), of one that was changed; else None.
    """

    start: datetime
    end: datetime | None
    all_day: bool
    event_status: str = "scheduled"
    status_note: str = ""
    place: Place | None = None
    original: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it takes place: what ends at midnight is over that evening."""
        end = self.end or self.start
        ends_at_midnight = not self.all_day and end > self.start and end.time() == datetime.min.time()
        return (end - timedelta(days=1) if ends_at_midnight else end).date()

    @property
    def over(self) -> datetime:
        """The first moment at which it is past: its end, or the midnight after its last day when no hour is stated."""
        return midnight_after(self.end or self.start) if self.all_day or self.end is None else self.end

    def days(self) -> Iterator[date]:
        """Each day on which it takes place."""
        first = self.start.date()
        for offset in range((self.last_day - first).days + 1):
            yield first + timedelta(days=offset)

    def months(self) -> Iterator[tuple[int, int]]:
        """Each month that it touches."""
        year, month = self.start.year, self.start.month
        if self.end is None or (self.end.year, self.end.month) == (year, month):
            yield (year, month)
            return
        last = self.last_day
        while (year, month) <= (last.year, last.month):
            yield (year, month)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)


class Repeat(Struct, frozen=True, array_like=True, gc=False):
    """How an event comes back (RFC 5545 RRULE, EXDATE, RDATE), and the dates that this gives, by start."""

    rule: str
    exceptions: tuple[datetime, ...] = ()
    also: tuple[datetime, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()

    @property
    def changes(self) -> tuple[Occurrence, ...]:
        """The occurrences that are not as the rule has them."""
        return tuple(occurrence for occurrence in self.occurrences if occurrence.original is not None)


class Source(Struct, frozen=True, array_like=True, gc=False):
    """Where an imported event comes from; an ``aggregator`` repeats what others announce."""

    calendar: str
    uid: str
    url: str = ""
    aggregator: bool = False
