"""Events as a build may find them: some settled in a catalogue, some edited or gone since, some in no catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

from plugins.agenda.details import Occurrence, Organiser, Place, Registration, Repeat
from plugins.agenda.filing import FILING, RECENT, find_settling
from plugins.agenda.model import Event
from plugins.press.catalogue import Catalogue, Packed, pack_records
from plugins.press.documents import Document, with_face
from plugins.press.filed import Filed
from plugins.press.sources import Stamp
from tests import sites, values

NOW = datetime(2026, 6, 1, 12)
BORDER = NOW - RECENT
"""What was over then is settled now."""


class Record(Struct, frozen=True):
    """What the read stage knows of a file."""

    path: str
    stamp: Stamp
    digest: bytes
    document: Any


def record(document: Document, stamp: Stamp = (1, 2, 3)) -> Record:
    return Record(document.path, stamp, document.whole, document)


def pack(events: Iterable[Event]) -> Packed:
    return pack_records(map(record, events), FILING, sites.settings())[0]


def catalogue(*events: Event) -> Catalogue:
    """The catalogue of these events, all plain; none is in memory, and it has been written and read."""
    packed = msgspec.msgpack.decode(msgspec.msgpack.encode(pack(events)), type=Packed)
    return Catalogue(packed, msgspec.msgpack.Decoder(Event))


def is_plain(event: Event) -> bool:
    return find_settling(event, sites.settings()) is not None


class Said(Struct, frozen=True):
    """Events, and how they came to be known: ``before`` is what was kept of them and of others, by path."""

    events: tuple[Event, ...]
    before: dict[str, Event]

    def whole(self, now: datetime = NOW) -> Filed:
        """All events looked at: there is no catalogue."""
        return Filed(FILING, self.events, now)

    def split(self, now: datetime = NOW) -> Filed:
        """The same events, of which a catalogue holds what it held before."""
        kept = catalogue(*self.before.values())
        still = {event.path for event in self.events if self.before.get(event.path) == event}
        gone = [row for path, row in kept.row_of.items() if path not in still]
        return Filed(FILING, [event for event in self.events if event.path not in still], now, kept, gone)


_ORGANISERS = (
    Organiser("CRESS", "cress"),
    Organiser("Cress", "cress"),
    Organiser("CRESS", "cress", "https://exemple.test/"),
    Organiser("Les Amis", "les-amis"),
)
_DAYS = (-3000, -2999, -1100, -760, -731, -100, -62, -45, -32, -31, -30, -9, -2, -1, 0, 1, 2, 20, 370, 395, 401, 430)
"""When events begin, in days from the border: long ago, around it, and to come."""
_LENGTHS = (None, None, timedelta(0), timedelta(hours=2), timedelta(hours=12), timedelta(days=2), timedelta(days=31))
_MINUTES = st.sampled_from([0, 0, 0, 1, -1, 600])


@st.composite
def _events(draw: st.DrawFn, name: str) -> Event:
    """An event that is often plain; ``name`` is the file's."""
    start = BORDER + timedelta(days=draw(st.sampled_from(_DAYS)), minutes=draw(_MINUTES))
    length, all_day = draw(st.sampled_from(_LENGTHS)), draw(st.booleans())
    if all_day:
        start, length = start.replace(hour=0, minute=0), length and timedelta(days=length.days)
    more = draw(st.sampled_from([{}, {}, {}, *_MORE]))
    pick = draw(st.integers(0, 2**12 - 1))  # one draw for many choices: examples are quickly made
    path = f"agenda/{start.year}/{name}.md"
    known: dict[str, Any] = {
        "title": "ABC"[pick % 3],
        "start": start,
        "end": None if length is None else start + length,
        "all_day": all_day,
        "path": path,
        "id": path.removesuffix(".md"),
        "url": f"/agenda/{start:%Y/%m}/{name}/",
        "slug": name,
        "text": values.text(f"<p>{pick % 2}</p>"),
        "tags": [(), ("ESS",), ("ess", "fête"), ("fête",)][pick // 4 % 4],
        "departments": [(), ("37",), ("37", "45"), ("45",)][pick // 16 % 4],
        "category": ["", "prestation"][pick // 64 % 2],
        "organisers": [(), _ORGANISERS[:1], _ORGANISERS[2:], _ORGANISERS[1:2]][pick // 128 % 4],
        "partners": [(), _ORGANISERS[3:], _ORGANISERS[1:3]][pick // 512 % 3],
        "event_status": ["scheduled", "cancelled"][pick // 2048],
    }
    if "aliases" in more:
        more = {"aliases": (f"/vieux/{name}/",)}
    if "weeks" in more:
        dates = [start + timedelta(weeks=week) for week in range(0, more["weeks"], 2)]
        more = {"repeat": Repeat("FREQ=WEEKLY", occurrences=tuple(Occurrence(d, None, all_day) for d in dates))}
        known["end"] = None
    return with_face(Event(**known | more))


_MORE: list[dict[str, Any]] = [
    {"weeks": 10},
    {"weeks": 70},
    {"timezone": "Asia/Tokyo"},
    {"id": "mon-id"},
    {"id": "agenda/2023/e0"},
    {"aliases": ()},
    {"registration": Registration(deadline=BORDER)},
    {"date": BORDER - timedelta(days=4000)},
    {"date": NOW},
    {"place": Place(city="Tours")},
    {"text": values.text("<p>Voir.</p>", links=(values.reference("x.md", "blog/2026/recit.md"),))},
]


@st.composite
def said(draw: st.DrawFn, largest: int = 7) -> Said:
    """Events of which some are in the catalogue as they are, some as they were, some not; and it has others."""
    events = [draw(_events(f"e{number}")) for number in range(draw(st.integers(0, largest)))]
    before: dict[str, Event] = {}
    for number, event in enumerate(events):
        kept = draw(st.sampled_from(["as it is", "as it is", "as it is", "as it was", "not"]))
        if kept == "as it was":
            was = draw(_events(f"e{number}"))
            event_was = msgspec.structs.replace(was, path=event.path, id=event.path.removesuffix(".md"))
            before[event.path] = with_face(event_was)
        elif kept == "as it is":
            before[event.path] = event
    deleted = [draw(_events(f"d{number}")) for number in range(draw(st.sampled_from([0, 0, 1, 2])))]
    before |= {event.path: event for event in deleted}
    return Said(tuple(events), {path: event for path, event in before.items() if is_plain(event)})


MOMENTS = st.sampled_from(
    [NOW, NOW, NOW + timedelta(minutes=1), NOW - timedelta(minutes=1), NOW + timedelta(days=31), NOW.replace(hour=0)]
)
"""When a site is built: around the moment at which many events settle."""


def plain(title: str = "Fête", start: str = "2019-07-05", end: str = "", **more: Any) -> Event:
    """An event of old that is in a catalogue."""
    found = values.event(title, start, end, **more)
    assert is_plain(found)
    return found


def paths(events: Sequence[Event]) -> list[str]:
    return [event.path for event in events]
