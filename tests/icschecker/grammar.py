"""Which properties and parameters there are, how often, and of which type (RFC 5545 §3.6 to §3.8, RFC 7986 §5)."""

from __future__ import annotations

from typing import NamedTuple

MANY = 1000
_TEXT = "ALTREP LANGUAGE"
_TIME = "VALUE TZID"


class Property(NamedTuple):
    """How often a property may stand in its component, the type of its value, its parameters."""

    least: int
    most: int
    type: str
    parameters: frozenset[str] = frozenset()


def _once(type_: str, parameters: str = "") -> Property:
    return Property(1, 1, type_, frozenset(parameters.split()))


def _perhaps(type_: str, parameters: str = "") -> Property:
    return Property(0, 1, type_, frozenset(parameters.split()))


def _many(type_: str, parameters: str = "") -> Property:
    return Property(0, MANY, type_, frozenset(parameters.split()))


_IMAGE = _many("uri", "VALUE FMTTYPE ALTREP DISPLAY")

_CALENDAR = {
    "VERSION": _once("2.0"),
    "PRODID": _once("text"),
    "CALSCALE": _once("GREGORIAN"),
    "METHOD": _once("PUBLISH"),
    "UID": _perhaps("text"),
    "LAST-MODIFIED": _perhaps("utc"),
    "URL": _perhaps("uri", "VALUE"),
    "REFRESH-INTERVAL": _perhaps("duration", "VALUE"),
    "SOURCE": _perhaps("uri", "VALUE"),
    "COLOR": _perhaps("text"),
    "NAME": _perhaps("text", _TEXT),
    "DESCRIPTION": _perhaps("text", _TEXT),
    "CATEGORIES": _many("texts", "LANGUAGE"),
    "IMAGE": _IMAGE,
    "X-WR-CALNAME": _perhaps("text"),
    "X-WR-CALDESC": _perhaps("text"),
    "X-WR-TIMEZONE": _perhaps("text"),
    "X-PUBLISHED-TTL": _perhaps("duration"),
}
_EVENT = {
    # RFC 5545 leaves SEQUENCE, LAST-MODIFIED, SUMMARY and STATUS open; who subscribes needs them
    "UID": _once("text"),
    "DTSTAMP": _once("utc"),
    "LAST-MODIFIED": _once("utc"),
    "SEQUENCE": _once("integer"),
    "DTSTART": _once("time", _TIME),
    "SUMMARY": _once("text", _TEXT),
    "STATUS": _once("TENTATIVE CONFIRMED CANCELLED"),
    "CREATED": _perhaps("utc"),
    "DTEND": _perhaps("time", _TIME),
    "DURATION": _perhaps("duration"),
    "RECURRENCE-ID": _perhaps("time", _TIME),
    "RRULE": _perhaps("rule"),
    "EXDATE": _many("times", _TIME),
    "RDATE": _many("times", _TIME),
    "TRANSP": _perhaps("OPAQUE TRANSPARENT"),
    "CLASS": _perhaps("PUBLIC PRIVATE CONFIDENTIAL"),
    "PRIORITY": _perhaps("integer"),
    "DESCRIPTION": _perhaps("text", _TEXT),
    "LOCATION": _perhaps("text", _TEXT),
    "GEO": _perhaps("geo"),
    "URL": _perhaps("uri", "VALUE"),
    "ORGANIZER": _perhaps("address", "CN DIR SENT-BY LANGUAGE"),
    "CONTACT": _many("text", _TEXT),
    "COMMENT": _many("text", _TEXT),
    "CATEGORIES": _many("texts", "LANGUAGE"),
    "RESOURCES": _many("texts", _TEXT),
    "ATTACH": _many("uri", "VALUE FMTTYPE"),
    "COLOR": _perhaps("text"),
    "IMAGE": _IMAGE,
    "CONFERENCE": _many("uri", "VALUE FEATURE LABEL LANGUAGE"),
}
_ZONE = {"TZID": _once("text"), "LAST-MODIFIED": _perhaps("utc"), "TZURL": _perhaps("uri")}
_OBSERVANCE = {
    "DTSTART": _once("local"),
    "TZOFFSETFROM": _once("offset"),
    "TZOFFSETTO": _once("offset"),
    "RRULE": _perhaps("rule"),
    "RDATE": _many("times"),
    "TZNAME": _perhaps("text", "LANGUAGE"),
    "COMMENT": _many("text", _TEXT),
}
PROPERTIES = {
    "VCALENDAR": _CALENDAR,
    "VEVENT": _EVENT,
    "VTIMEZONE": _ZONE,
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
}
PARENTS = {
    "VCALENDAR": "",
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
NO_DEFAULT = {"SOURCE": "URI", "IMAGE": "URI", "CONFERENCE": "URI", "REFRESH-INTERVAL": "DURATION"}
"""What must say its type, for RFC 7986 gives it none."""
VALUE_TYPES = {"uri": {"URI"}, "duration": {"DURATION"}, "time": {"DATE", "DATE-TIME"}, "times": {"DATE", "DATE-TIME"}}
