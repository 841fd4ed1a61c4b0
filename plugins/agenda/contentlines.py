"""Content lines (RFC 5545 §3.1): a name, perhaps parameters, a value; escaped, and folded at 75 octets.

Written here and not by icalendar, which takes a millisecond for each event and a tenth of a second to be imported. That
both write the same is a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", ""))
_CARETS = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})
_LIMIT = 75
_QUOTED = frozenset(",;: '’")


def text(value: str) -> str:
    """A TEXT value (§3.3.11)."""
    for sign, escaped in _ESCAPES:
        value = value.replace(sign, escaped)
    return value


def line(name: str, value: str, parameters: Mapping[str, str] | None = None) -> str:
    """A line before it is folded. The value is one of the other functions', or an address, which is never escaped."""
    if not parameters:
        return f"{name}:{value}"
    written = ";".join(f"{key}={_parameter(parameters[key])}" for key in sorted(parameters))
    return f"{name};{written}:{value}"


def moment(name: str, local: datetime, zone: str) -> str:
    """A time on the clocks of a zone that has its VTIMEZONE in the calendar."""
    return f"{name};TZID={zone}:{local:%Y%m%dT%H%M%S}"


def utc(name: str, local: datetime, zone: str) -> str:
    """The same moment in UTC."""
    return f"{name}:{_in_utc(local, zone)}"


@lru_cache(maxsize=64)
def _in_utc(local: datetime, zone: str) -> str:
    """An event has its own moments in several lines."""
    return f"{local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def day(name: str, value: date) -> str:
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def component(name: str, lines: Iterable[str]) -> bytes:
    """A component, its lines folded and each ended by CRLF."""
    return fold((f"BEGIN:{name}", *lines, f"END:{name}"))


def fold(lines: Iterable[str]) -> bytes:
    """Lines as they stand in a file: of 75 octets at most, and never cut inside a character."""
    folded: list[bytes] = []
    for line in lines:
        data = line.encode()
        while len(data) > _LIMIT:
            cut = _LIMIT
            while data[cut] & 0xC0 == 0x80:  # a byte that goes on with a character
                cut -= 1
            folded.append(data[:cut])
            data = b" " + data[cut:]
        folded.append(data)
    folded.append(b"")
    return b"\r\n".join(folded)


def _parameter(value: str) -> str:
    """A parameter value (RFC 6868: what it could not hold otherwise)."""
    plain = value.translate(_CARETS)
    return plain if _QUOTED.isdisjoint(value) else f'"{plain}"'
