"""An event: something that takes place on days or at hours, somewhere, announced before and remembered after."""

from datetime import datetime

from plugins.agenda import fields
from plugins.agenda.details import (
    Contact,
    Occurrence,
    Organiser,
    Place,
    Registration,
    Repeat,
    Source,
)
from plugins.press.documents import Document

Department = fields.Department
"""The code of a department, as an editor writes it."""


class Event(Document, frozen=True, kw_only=True, tag="event", gc=False):
    """An event. ``start`` and ``end`` are local to ``timezone``; of an all-day one, ``end`` is its last day."""

    id: str
    start: datetime
    end: datetime | None = None
    all_day: bool
    timezone: str = "Europe/Paris"
    category: str = ""
    departments: tuple[str, ...] = ()
    place: Place = Place()
    online: str = ""
    organisers: tuple[Organiser, ...] = ()
    partners: tuple[Organiser, ...] = ()
    event_status: str = "scheduled"
    status_note: str = ""
    previous_start: datetime | None = None
    price: str = ""
    registration: Registration | None = None
    accessibility: tuple[str, ...] = ()
    accessibility_note: str = ""
    repeat: Repeat | None = None
    contact: Contact | None = None
    key_date: bool = True
    source: Source | None = None

    @property
    def has_page(self) -> bool:
        """Whether it has a page here: an imported event has it at its source, when that has an address."""
        return not (self.source and self.source.url)

    @property
    def address(self) -> str:
        """Its page: here, or at its source."""
        return self.source.url if self.source and self.source.url else self.url

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Each time that it takes place, by start: once, unless it repeats."""
        if self.repeat:
            return self.repeat.occurrences
        return (Occurrence(self.start, self.end, self.all_day, self.event_status, self.status_note),)

    def before_moved(self, occurrence: Occurrence) -> datetime | None:
        """When an occurrence that was moved should have begun (midnight: that day); None for the others."""
        if occurrence.event_status != "rescheduled":
            return None
        return self.previous_start if occurrence.original in {None, occurrence.start} else occurrence.original


def by_start(event: Event) -> tuple[datetime, bool, str, str]:
    """By start, whole days before hours; then title and path, so that the order is the same everywhere."""
    return (event.start, not event.all_day, event.title, event.path)
