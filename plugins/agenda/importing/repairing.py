"""The bytes of a calendar → its events as lines, whatever the encoding; a whole that is no calendar is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from plugins.agenda.importing.failures import SourceError

MAX_BLOCKS = 50_000
_FOLD = re.compile(rb"\n[ \t]")
_KNOWN = re.compile(
    "(?:UID|SUMMARY|DESCRIPTION|LOCATION|URL|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|ORGANIZER"
    "|GEO|CLASS|SEQUENCE|CATEGORIES)[;:]",
    re.IGNORECASE,
)
_TRUNCATED = "le fichier s'arrête au milieu (il manque END:VCALENDAR). Réessayer plus tard."


class Feed(Struct, frozen=True):
    """A calendar in lines: its events, its time zones as it declares them, and the zone of times without one."""

    events: tuple[tuple[str, ...], ...]
    zones: tuple[tuple[str, ...], ...]
    timezone: str = ""


def read_feed(data: bytes) -> Feed:
    """Raises ``SourceError`` when this is no calendar, or not a whole one."""
    text = _decode(data)
    start = text[:2000].lstrip().lower()
    if not text.strip():
        raise SourceError("le fichier est vide. Réessayer plus tard, ou vérifier l'adresse.")
    if "BEGIN:VCALENDAR" not in text.upper():
        if start.startswith("<"):
            raise SourceError("c'est une page web, pas un calendrier. Demander l'adresse du fichier .ics.")
        raise SourceError("ce n'est pas un calendrier (iCalendar). Vérifier l'adresse.")
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if lines[-1].upper() != "END:VCALENDAR":
        raise SourceError(_TRUNCATED)
    events = tuple(_blocks(lines, "VEVENT"))
    if len(events) > MAX_BLOCKS:
        raise SourceError(f"plus de {MAX_BLOCKS} événements. Demander au partenaire un calendrier plus court.")
    zones = tuple(_blocks(lines, "VTIMEZONE"))
    zone = next((line.partition(":")[2] for line in lines if line.upper().startswith("X-WR-TIMEZONE")), "")
    return Feed(tuple(tuple(filter(_KNOWN.match, event)) for event in events), zones, zone.strip())


def _decode(data: bytes) -> str:
    """UTF-8, else UTF-16 by its mark, else what Windows writes in western Europe; lines unfolded.

    Unfolded as bytes: some programs fold in the middle of a character.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode()
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = _FOLD.sub(b"", data).replace(b"\0", b"")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _blocks(lines: list[str], name: str) -> Iterator[tuple[str, ...]]:
    """The lines of each component of this name; for events without the components in them (alarms)."""
    block: list[str] | None = None
    depth = 0
    for line in lines:
        word = line.upper()
        if word == f"BEGIN:{name}":
            block, depth = [], 0
        elif block is not None and word == f"END:{name}":
            yield tuple(block)
            block = None
        elif block is not None:
            depth += word.startswith("BEGIN:")
            if depth == 0 or name == "VTIMEZONE":
                block.append(line)
            depth -= word.startswith("END:")
