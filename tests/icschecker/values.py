"""The value of one property, by its type (RFC 5545 §3.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.icschecker.grammar import PROPERTIES
from tests.icschecker.lines import Finding, Line
from tests.icschecker.moments import moments, read_moment
from tests.icschecker.rules import check_rule

_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?:[\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_WEB = re.compile(r"https?://[^/?#@:]+(:\d+)?([/?#].*)?")
_ADDRESS = re.compile(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+")
_CLOCK = r"T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)"
_DURATION = re.compile(rf"\+?P(\d+W|\d+D({_CLOCK})?|{_CLOCK})", re.ASCII)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d(?:[0-5]\d)?", re.ASCII)
_GEO = re.compile(r"(-?\d{1,2}(?:\.\d+)?);(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*")
_DISPLAY = {"BADGE", "GRAPHIC", "FULLSIZE", "THUMBNAIL"}


def check_values(component: str, line: Line) -> Iterator[Finding]:
    rule = PROPERTIES.get(component, {}).get(line.name)
    if rule is None:
        return
    if rule.type in _CHECKS:
        yield from _CHECKS[rule.type](line)
    elif line.value not in rule.type.split():
        yield line.find("is not one of the values that there are", line.value)
    media_type, display = line.parameter("FMTTYPE"), line.parameter("DISPLAY")
    if media_type and not _MEDIA_TYPE.fullmatch(media_type):
        yield line.find("FMTTYPE is no media type", media_type)
    if not set(filter(None, display.split(","))) <= _DISPLAY:
        yield line.find("DISPLAY is not one of the values that there are", display)


def _text(line: Line) -> Iterator[Finding]:
    if not line.value:
        yield line.find("is an empty text")
    if not _TEXT.fullmatch(line.value):
        yield line.find("has a sign that is not escaped, or a wrong escape")


def _texts(line: Line) -> Iterator[Finding]:
    for item in _items(line.value):
        if not item.strip():
            yield line.find("has an empty item")
        elif item != item.strip():
            yield line.find("has an item that begins or ends with a space: its comma was not escaped")
        elif not _TEXT.fullmatch(item):
            yield line.find("has a sign that is not escaped, or a wrong escape")


def _items(value: str) -> Iterator[str]:
    """The items of a list; an escaped comma is of an item."""
    masked = re.sub(r"\\.", "__", value)
    commas = [at for at, sign in enumerate(masked) if sign == ","]
    for before, after in pairwise([-1, *commas, len(value)]):
        yield value[before + 1 : after]


def _uri(line: Line) -> Iterator[Finding]:
    value = line.value
    if not _URI.fullmatch(value) or (value.lower().startswith("http") and not _WEB.fullmatch(value)):
        yield line.find("is no URI", value)


def _address(line: Line) -> Iterator[Finding]:
    if not _URI.fullmatch(line.value) or not _ADDRESS.fullmatch(line.value):
        yield line.find("is no mailto: address", line.value)


def _duration(line: Line) -> Iterator[Finding]:
    if not _DURATION.fullmatch(line.value) or not re.search("[1-9]", line.value):
        yield line.find("is no duration", line.value)


def _integer(line: Line) -> Iterator[Finding]:
    if not re.fullmatch(r"0|[1-9]\d{0,8}", line.value, re.ASCII):
        yield line.find("is no whole number from 0", line.value)


def _geo(line: Line) -> Iterator[Finding]:
    found = _GEO.fullmatch(line.value)
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        yield line.find("is no latitude;longitude", line.value)


def _offset(line: Line) -> Iterator[Finding]:
    if not _OFFSET.fullmatch(line.value) or line.value.startswith("-0000"):
        yield line.find("is no offset from UTC", line.value)


def _utc(line: Line) -> Iterator[Finding]:
    read = read_moment(line.value)
    if read is None:
        yield line.find("is no moment that exists", line.value)
    elif read[1] != "UTC":
        yield line.find("must be in UTC", line.value)


def _local(line: Line) -> Iterator[Finding]:
    read = read_moment(line.value)
    if read is None:
        yield line.find("is no moment that exists", line.value)
    elif read[1]:
        yield line.find("must be a local time", line.value)


def _time(line: Line) -> Iterator[Finding]:
    if "," in line.value:
        yield line.find("is more than one moment")
    yield from _times(line)


def _times(line: Line) -> Iterator[Finding]:
    """Days say so and have no zone; times are in UTC or of a zone; none is in the hour that is left out in spring."""
    value_type, zone = line.parameter("VALUE") or "DATE-TIME", line.parameter("TZID")
    for text in line.value.split(","):
        read = read_moment(text)
        if read is None:
            yield line.find("is no moment that exists", text)
            continue
        form = read[1]
        if (form == "DATE") != (value_type == "DATE"):
            yield line.find("is not of the type that it says", f"{text}, {value_type}")
        elif form and zone:
            yield line.find("has a TZID, and needs none", text)
        elif not form and not zone:
            yield line.find("is a local time without a zone", text)
    for moment in moments(line):
        if moment.is_in_gap:
            yield line.find("is in the hour that is left out in spring", f"{moment.local:%Y%m%dT%H%M%S}")


_CHECKS: dict[str, Callable[[Line], Iterator[Finding]]] = {
    "text": _text,
    "texts": _texts,
    "uri": _uri,
    "address": _address,
    "duration": _duration,
    "integer": _integer,
    "geo": _geo,
    "offset": _offset,
    "utc": _utc,
    "local": _local,
    "time": _time,
    "times": _times,
    "rule": check_rule,
}
