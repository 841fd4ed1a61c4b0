"""The events of a feed → notices: repaired, made plain, bounded; what cannot be is refused one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, cast
from zoneinfo import ZoneInfo

import icalendar
from msgspec import Struct

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.details import Occurrence, Place
from plugins.agenda.importing.cleaning import clean_address, clean_line, fold
from plugins.agenda.importing.expanding import RefusedError, Window, expand, read_once, read_value
from plugins.agenda.importing.repairing import Feed
from plugins.agenda.importing.zones import UnknownZoneError, find_zone, read_declared, rewrite_zones
from plugins.agenda.notices import Dates, Notice
from plugins.agenda.partners import Partner
from plugins.press.schema import SUMMARY_LENGTH

_TITLE, _PLACE, _UID = 200, 200, 200
_TOWN = re.compile(r"\b(\d{5})\s+([^,\d]+)")
_TIMES = re.compile("DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE|RRULE|DURATION", re.IGNORECASE)


class Refusal(Struct, frozen=True):
    """An event that was left out."""

    uid: str
    title: str
    reason: str


class Normalised(Struct, frozen=True):
    """What a feed gives; ``outside`` counts the events out of the window, ``filtered`` those without the words."""

    notices: tuple[Notice, ...]
    refusals: tuple[Refusal, ...] = ()
    outside: int = 0
    filtered: int = 0


def normalise(feed: Feed, partner: Partner, now: datetime) -> Normalised:
    """The notices of a feed, each event judged by itself."""
    return _Normaliser(feed, partner, Window.around(now)).run()


class _Normaliser:
    def __init__(self, feed: Feed, partner: Partner, window: Window) -> None:
        self.feed = feed
        self.partner = partner
        self.window = window
        self.words = [fold(word) for word in partner.words]
        self.feed_zone = find_zone(feed.timezone)
        self.zone = self.feed_zone or partner.timezone
        self.declared = read_declared(feed.zones, self.zone)
        self.refusals: list[Refusal] = []
        self.outside = self.filtered = 0

    def run(self) -> Normalised:
        notices: dict[str, Notice] = {}
        for uid, events in self._groups():
            try:
                notice = self._build(uid, events)
            except RefusedError as error:
                self.refusals.append(Refusal(uid, _title(events[0]), str(error)))
                continue
            except Exception as error:  # noqa: BLE001 - what one event from elsewhere holds must not cost the others
                self.refusals.append(Refusal(uid, _title(events[0]), f"illisible ({type(error).__name__})"))
                continue
            if notice is not None:
                notices.setdefault(uid, notice)
        return Normalised(tuple(notices.values()), tuple(self.refusals), self.outside, self.filtered)

    def _groups(self) -> Iterator[tuple[str, list[icalendar.Event]]]:
        """The events of one identity: an event, or a series with its changed occurrences."""
        groups: dict[str, list[icalendar.Event]] = {}
        for lines in self.feed.events:
            event = self._parse(lines)
            if event is not None:
                groups.setdefault(_uid(event), []).append(event)
        for uid, events in groups.items():
            yield from _split_group(uid, events)

    def _parse(self, lines: tuple[str, ...]) -> icalendar.Event | None:
        try:
            known = [rewrite_zones(line, self.declared) if _TIMES.match(line) else line for line in lines]
            event = cast(
                "icalendar.Event", icalendar.Event.from_ical("\r\n".join(["BEGIN:VEVENT", *known, "END:VEVENT", ""]))
            )
        except UnknownZoneError as error:
            self._refuse(lines, f"fuseau horaire inconnu (« {clean_line(str(error), 60)} »)")
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            self._refuse(lines, f"illisible ({type(error).__name__})")
        else:
            broken = {str(name) for name, _ in event.errors}
            if (wrong := next(filter(_TIMES.fullmatch, sorted(broken)), "")) == "":
                for name in broken:
                    event.pop(name, None)
                return event
            self._refuse(lines, f"{wrong} illisible (« {clean_line(str(_first(event, wrong)), 40)} »)")
        return None

    def _refuse(self, lines: tuple[str, ...], reason: str) -> None:
        values = {line.upper().partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in lines}
        uid, title = (clean_line(values.get(name, ""), 80) for name in ("UID", "SUMMARY"))
        self.refusals.append(Refusal(uid, title, reason))

    def _build(self, uid: str, events: Sequence[icalendar.Event]) -> Notice | None:
        """None when the event is out of the window, or is not one that was asked for."""
        main = events[0]
        title = _title(main)
        if not title:
            raise RefusedError("sans titre")
        if str(_first(main, "CLASS") or "").upper() in {"PRIVATE", "CONFIDENTIAL"}:
            raise RefusedError("privé")
        start = read_value(main, "DTSTART")
        zone = self._zone_of(start)
        all_day = not isinstance(start, datetime)
        dates = self._dates(events, zone, all_day=all_day)
        if not dates:
            self.outside += 1
            return None
        if not self._is_wanted(main):
            self.filtered += 1
            return None
        cancelled = str(_first(main, "STATUS") or "").upper() == "CANCELLED"
        place, online = _place(main)
        code = place.postcode[: 3 if place.postcode.startswith("97") else 2]
        return Notice(
            uid=uid,
            title=title,
            dates=tuple(Dates(each.start, each.end) for each in dates) if cancelled else dates,
            all_day=all_day,
            timezone="Europe/Paris" if all_day else zone,
            cancelled=cancelled,
            summary=clean_line(str(_first(main, "DESCRIPTION") or ""), SUMMARY_LENGTH),
            place=place,
            departments=(code,) if code in FRENCH_DEPARTMENTS else (),
            online=online,
            url=clean_address(str(_first(main, "URL") or "")),
            organiser=_organiser(main) if self.partner.aggregator else "",
        )

    def _zone_of(self, start: Any) -> str:
        """The event's own zone when it names one; a time in UTC is shown as people there read it."""
        key = getattr(getattr(start, "tzinfo", None), "key", "")
        return key if key and find_zone(key) and key not in {"UTC", "Etc/UTC", "GMT"} else self.zone

    def _dates(self, events: Sequence[icalendar.Event], zone: str, *, all_day: bool) -> tuple[Dates, ...]:
        main = events[0]
        if len(events) == 1 and "RRULE" not in main and "RDATE" not in main:
            once = read_once(main, zone)
            over = Occurrence(once.start, once.end, all_day).over.replace(tzinfo=ZoneInfo(zone))
            begins = once.start.replace(tzinfo=ZoneInfo(zone))
            return (once,) if over > self.window.start and begins < self.window.end else ()
        read_once(main, zone)  # what is wrong with the first date is wrong with all
        return expand(events, self.feed_zone, zone, self.window)

    def _is_wanted(self, event: icalendar.Event) -> bool:
        if not self.words:
            return True
        said = " ".join(str(_first(event, name) or "") for name in ("SUMMARY", "DESCRIPTION", "LOCATION"))
        categories = event.get("CATEGORIES")
        for group in categories if isinstance(categories, list) else [categories]:
            said += " ".join(["", *map(str, getattr(group, "cats", ()))])
        folded = fold(said)
        return any(word in folded for word in self.words)


def _split_group(uid: str, events: list[icalendar.Event]) -> Iterator[tuple[str, list[icalendar.Event]]]:
    """One series a group. Where several events share an identity, the latest version counts, else all do."""
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    changed = [event for event in events if "RECURRENCE-ID" in event]
    versions = {_sequence(event) for event in masters}
    if len(versions) > 1:
        masters = [max(masters, key=_sequence)]
    if len(masters) == 1:
        yield uid, [*masters, *changed]
        return
    for event in (*masters, *changed):
        value = getattr(event.get("DTSTART"), "dt", "")
        event.pop("RECURRENCE-ID", None)
        yield f"{uid} {value}"[: _UID + 40], [event]


def _sequence(event: icalendar.Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _first(event: icalendar.Event, name: str) -> Any:
    found = event.get(name)
    return found[0] if isinstance(found, list) and found else found


def _uid(event: icalendar.Event) -> str:
    """As given; a very long one, or one that is missing, is made of what the event says."""
    text = str(_first(event, "UID") or "")
    uid = clean_line(text, len(text) + 1)
    if uid and len(text) <= _UID:
        return uid
    said = text or f"{_first(event, 'SUMMARY')} {getattr(event.get('DTSTART'), 'dt', '')}"
    return f"sans-uid-{blake2b(said.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def _title(event: icalendar.Event) -> str:
    return clean_line(str(_first(event, "SUMMARY") or ""), _TITLE)


def _organiser(event: icalendar.Event) -> str:
    """The name, never an address: it may be a person's."""
    found = _first(event, "ORGANIZER")
    name = clean_line(str(getattr(found, "params", {}).get("CN", "")), _PLACE)
    return "" if "@" in name else name


def _place(event: icalendar.Event) -> tuple[Place, str]:
    """Where, as « name, address, postcode town », and where online when the place is an address of the web."""
    raw = str(_first(event, "LOCATION") or "")
    if address := clean_address(raw):
        return Place(), address
    said = clean_line(raw.replace("\n", ", "), 2 * _PLACE)
    parts = [part.strip() for part in said.split(",") if part.strip() and fold(part.strip()) != "france"]
    found = _TOWN.search(", ".join(parts))
    lat, lon = _geo(event)
    if found is None:
        name, *rest = parts or [""]
        city = rest[-1] if rest and not re.search(r"\d", rest[-1]) else ""
        address = ", ".join(part for part in rest if part != city)
        return Place(name=name[:_PLACE], address=address[:_PLACE], city=city[:_PLACE], lat=lat, lon=lon), ""
    before = [part.strip() for part in ", ".join(parts)[: found.start()].split(",") if part.strip()]
    name, address = (before[0], ", ".join(before[1:])) if before else ("", "")
    city = found[2].strip()
    return Place(name=name[:_PLACE], address=address[:_PLACE], postcode=found[1], city=city, lat=lat, lon=lon), ""


def _geo(event: icalendar.Event) -> tuple[float | None, float | None]:
    found = _first(event, "GEO")
    try:
        lat, lon = round(float(found.latitude), 6), round(float(found.longitude), 6)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None, None
    is_somewhere = -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)
    return (lat, lon) if is_somewhere else (None, None)
