"""The strict checker of calendars finds what it is for: each row of the table breaks one rule of a good calendar."""

from __future__ import annotations

import ast
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tests import icschecker
from tests.icschecker.moments import Moment
from tests.icschecker.rules import expand, is_well_formed

GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//exemple//essai//FR
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Agenda d'essai
REFRESH-INTERVAL;VALUE=DURATION:PT12H
SOURCE;VALUE=URI:https://exemple.fr/agenda.ics
URL:https://exemple.fr/agenda/
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:atelier@exemple.fr
DTSTAMP:20260302T090000Z
LAST-MODIFIED:20260302T090000Z
CREATED:20260105T110000Z
SEQUENCE:2
DTSTART;TZID=Europe/Paris:20261006T183000
DTEND;TZID=Europe/Paris:20261006T200000
RRULE:FREQ=WEEKLY;UNTIL=20261103T225959Z
EXDATE;TZID=Europe/Paris:20261013T183000
RDATE;TZID=Europe/Paris:20261015T183000
SUMMARY:Atelier vélo\\, « café \\; thé » 🎉
STATUS:CONFIRMED
TRANSP:OPAQUE
CATEGORIES:Ateliers,Vélo\\, marche
GEO:47.39;0.69
ORGANIZER;CN="Cercle: essai":mailto:accueil@exemple.fr
IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/jpeg:https://exemple.fr/a.jpg
END:VEVENT
BEGIN:VEVENT
UID:atelier@exemple.fr
RECURRENCE-ID;TZID=Europe/Paris:20261027T183000
DTSTAMP:20260302T090000Z
LAST-MODIFIED:20260302T090000Z
SEQUENCE:2
DTSTART;TZID=Europe/Paris:20261028T190000
DTEND;TZID=Europe/Paris:20261028T203000
SUMMARY:ANNULÉ – Atelier vélo
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:fete@exemple.fr
DTSTAMP:20260302T090000Z
LAST-MODIFIED:20260302T090000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20260718
DTEND;VALUE=DATE:20260721
SUMMARY:Fête
STATUS:TENTATIVE
URL:https://exemple.fr/fete/?a=%C3%A9
DESCRIPTION:Une première ligne.\\nUne seconde\\, assez longue pour être
  pliée : « fi
 n ».
END:VEVENT
END:VCALENDAR
"""
FETE = "DTSTART;VALUE=DATE:20260718"
SHORT = "BEGIN:VEVENT\nUID:fete"


def calendar(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def findings(data: bytes) -> list[str]:
    return [str(found) for found in icschecker.check(data)]


def line_of(text: str, words: str) -> int:
    assert text.count(words) == 1, words
    return text.count("\n", 0, text.index(words)) + 1


def test_a_good_calendar_has_nothing_against_it():
    assert findings(calendar(GOOD)) == []


def test_dates_without_a_rule_are_good():
    assert findings(calendar(GOOD.replace(FETE, f"RDATE;VALUE=DATE:20260718,20260801\n{FETE}"))) == []


def test_a_calendar_without_events_is_good():
    head, rest = GOOD.split("BEGIN:VTIMEZONE")
    zone = rest.split("BEGIN:VEVENT")[0]
    assert findings(calendar(f"{head}BEGIN:VTIMEZONE{zone}END:VCALENDAR\n")) == []
    assert findings(calendar(f"{head}END:VCALENDAR\n")) == []


# Octets


@pytest.mark.parametrize("data", [b"", b"\r\n", b"<!doctype html>", b"\xff\x00" * 99, b"END:VCALENDAR\r\n", b" a\r\n"])
def test_what_is_no_calendar_is_said_to_be_none(data):
    assert findings(data) != []


def test_a_calendar_that_is_cut_anywhere_is_found():
    data = calendar(GOOD)
    assert all(findings(data[:end]) for end in range(0, len(data), 7))


BROKEN_BYTES = [
    (b"VERSION:2.0\r\n", b"VERSION:2.0\n", 2, "a line does not end with CR LF"),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r", 2, "a line does not end with CR LF"),
    (b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\r\n", 61, "a line does not end with CR LF"),
    (b"END:VCALENDAR\r\n", b"END:VCALENDAR", 71, "the last line does not end with CR LF"),
    (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", 1, "the file begins with a byte order mark"),
    (b"SUMMARY:F", b"SUMMARY:" + b"F" * 68, 64, "a line is longer than 75 octets"),
    (b"CALSCALE", b"\r\nCALSCALE", 4, "a line is empty"),
    ("ê".encode(), "ê".encode("latin-1"), 64, "a line is not UTF-8 by itself"),
    ("ê".encode(), "ê".encode()[:1] + b"\r\n " + "ê".encode()[1:], 64, "a line is not UTF-8 by itself"),
    ("Fê".encode(), "F\x07ê".encode(), 64, "a character that no text may hold (U+0007)"),
    ("Fê".encode(), "F\tê".encode(), 64, "a character that no text may hold (U+0009)"),
    ("Fê".encode(), "F\x85ê".encode(), 64, "a character that no text may hold (U+0085)"),
    ("Fê".encode(), "F\ufffeê".encode(), 64, "a character that no text may hold (U+FFFE)"),
    (b"VERSION:2.0", b"VERSION 2.0", 2, "this is no content line: NAME;PARAMETER=value:value"),
    (b"VERSION:2.0", b"version:2.0", 2, "this is no content line: NAME;PARAMETER=value:value"),
    (b'"Cercle: essai"', b'Cercle"essai', 43, "this is no content line: NAME;PARAMETER=value:value"),
    (b"DISPLAY=BADGE", b"VALUE=URI", 44, "a parameter is given twice"),
]


@pytest.mark.parametrize(("old", "new", "number", "sentence"), BROKEN_BYTES, ids=lambda value: str(value)[:30])
def test_a_broken_line_is_found(old, new, number, sentence):
    data = calendar(GOOD)
    assert old in data
    found = icschecker.check(data.replace(old, new, 1))
    assert (number, sentence) in [tuple(finding) for finding in found]


# Components, properties, values: old text, new text, what is said, and, where it is not `new`, the line it is said of

NONE = "has not the property it must have"
TWICE = "stands more than once"
NO_MOMENT = "is no moment that exists"
VALUE = "is not one of the values that there are"
UNESCAPED = "has a sign that is not escaped, or a wrong escape"
PARIS = "is not the rule of Europe/Paris since 1996"
UNLIKE = "is not of the type and zone of DTSTART"
ATELIER = "BEGIN:VEVENT\nUID:atelier@exemple.fr\nDTSTAMP"
OTHER_ZONE = "BEGIN:VTIMEZONE\nTZID:{}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\n"
OTHER_ZONE += "TZOFFSETTO:+0000\n{}END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:fete"
BROKEN = [
    # components
    ("END:VEVENT\nEND:VCALENDAR", "END:VCALENDAR", "END: ends another component than the open one (VCALENDAR)"),
    ("END:VEVENT\nEND:VCALENDAR\n", "END:VEVENT\n", "VCALENDAR: is never ended", "BEGIN:VCALENDAR"),
    ("END:VCALENDAR\n", "END:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", "the file is not one VCALENDAR", 1),
    ("END:VCALENDAR\n", "END:VCALENDAR\nNAME:Deux\n", "NAME: stands outside of every component"),
    (SHORT, f"BEGIN:VALARM\nEND:VALARM\n{SHORT}", "BEGIN: there is no such component here (VALARM)"),
    (
        SHORT,
        f"BEGIN:STANDARD\nEND:STANDARD\n{SHORT}",
        "BEGIN: a component stands where it may not (STANDARD in VCALENDAR)",
    ),
    ("END:VEVENT\nEND:VCALENDAR", "END:VEVENT\nX-FIN:1\nEND:VCALENDAR", "X-FIN: stands after a component", "X-FIN"),
    # properties
    ("VERSION:2.0\n", "", f"VCALENDAR: {NONE} (VERSION)", "BEGIN:VCALENDAR"),
    ("PRODID:-//exemple//essai//FR\n", "", f"VCALENDAR: {NONE} (PRODID)", "BEGIN:VCALENDAR"),
    ("CALSCALE:GREGORIAN\n", "", f"VCALENDAR: {NONE} (CALSCALE)", "BEGIN:VCALENDAR"),
    ("METHOD:PUBLISH\n", "", f"VCALENDAR: {NONE} (METHOD)", "BEGIN:VCALENDAR"),
    ("CALSCALE:", "VERSION:2.0\nCALSCALE:", f"VERSION: {TWICE}", 4),
    ("CALSCALE:GREGORIAN", "CALSCALE:JULIAN", f"CALSCALE: {VALUE} (JULIAN)"),
    ("METHOD:PUBLISH", "METHOD:REQUEST", f"METHOD: {VALUE} (REQUEST)"),
    ("VERSION:2.0", "VERSION:1.0", f"VERSION: {VALUE} (1.0)"),
    ("UID:fete@exemple.fr\n", "", f"VEVENT: {NONE} (UID)", 57),
    ("STATUS:TENTATIVE\n", "", f"VEVENT: {NONE} (STATUS)", 57),
    ("SEQUENCE:0\n", "", f"VEVENT: {NONE} (SEQUENCE)", 57),
    ("SUMMARY:Fête\n", "", f"VEVENT: {NONE} (SUMMARY)", 57),
    (FETE, f"DTSTAMP:20260302T090000Z\n{FETE}", f"DTSTAMP: {TWICE}", 62),
    ("SUMMARY:Fête", "SUMMARY:Fête\nSUMMARY:Foire", f"SUMMARY: {TWICE}", "SUMMARY:Foire"),
    ("GEO:", "GEO:1;2\nGEO:", f"GEO: {TWICE}", "GEO:47"),
    (
        "SEQUENCE:0",
        "SEQUENCE:0\nCOMPLETED:20260302T090000Z",
        "COMPLETED: is no property of its component (VEVENT)",
        "COMPLETED",
    ),
    ("TZNAME:CET", "TZNAME:CET\nSUMMARY:Hiver", "SUMMARY: is no property of its component (STANDARD)", "SUMMARY:Hiver"),
    # parameters
    ("SUMMARY:Fête", "SUMMARY;TZID=Europe/Paris:Fête", "SUMMARY: is given a parameter that it cannot have (TZID)"),
    (
        "URL:https://exemple.fr/fete",
        "URL;VALUE=TEXT:https://exemple.fr/fete",
        "URL: is given a type that it cannot have (TEXT)",
    ),
    ("SOURCE;VALUE=URI", "SOURCE", "SOURCE: must say the type of its value (VALUE=URI)", "SOURCE"),
    ("IMAGE;VALUE=URI;", "IMAGE;", "IMAGE: must say the type of its value (VALUE=URI)", "IMAGE"),
    (
        "REFRESH-INTERVAL;VALUE=DURATION",
        "REFRESH-INTERVAL",
        "REFRESH-INTERVAL: must say the type of its value (VALUE=DURATION)",
    ),
    ("FMTTYPE=image/jpeg", "FMTTYPE=jpeg", "IMAGE: FMTTYPE is no media type (jpeg)"),
    ("DISPLAY=BADGE", "DISPLAY=LOGO", "IMAGE: DISPLAY is not one of the values that there are (LOGO)"),
    # texts
    ("SUMMARY:Fête", "SUMMARY:Fête, foire", f"SUMMARY: {UNESCAPED}"),
    ("SUMMARY:Fête", "SUMMARY:Fête; foire", f"SUMMARY: {UNESCAPED}"),
    ("SUMMARY:Fête", "SUMMARY:Fête \\ foire", f"SUMMARY: {UNESCAPED}"),
    ("SUMMARY:Fête", "SUMMARY:Fête\\: foire", f"SUMMARY: {UNESCAPED}"),
    ("SUMMARY:Fête", "SUMMARY:Fête\\\\, foire", f"SUMMARY: {UNESCAPED}"),
    ("SUMMARY:Fête", "SUMMARY:", "SUMMARY: is an empty text", 64),
    ("Ateliers,Vélo", "Ateliers;Vélo", f"CATEGORIES: {UNESCAPED}"),
    (
        "Vélo\\, marche",
        "Vélo, marche",
        "CATEGORIES: has an item that begins or ends with a space: its comma was not escaped",
    ),
    ("CATEGORIES:Ateliers,", "CATEGORIES:,", "CATEGORIES: has an empty item"),
    # other values
    ("URL:https://exemple.fr/fete/?a=%C3%A9", "URL:exemple.fr/fete", "URL: is no URI (exemple.fr/fete)"),
    ("?a=%C3%A9", "?a=é", "URL: is no URI (https://exemple.fr/fete/?a=é)"),
    ("?a=%C3%A9", "?a=%C", "URL: is no URI (https://exemple.fr/fete/?a=%C)"),
    ("URL:https://exemple.fr/fete/?a=%C3%A9", "URL:https:///fete", "URL: is no URI (https:///fete)"),
    ("VALUE=URI:https://exemple.fr/agenda.ics", "VALUE=URI:/agenda.ics", "SOURCE: is no URI (/agenda.ics)"),
    ("https://exemple.fr/a.jpg", "https://exemple.fr/a b.jpg", "IMAGE: is no URI (https://exemple.fr/a b.jpg)"),
    ("mailto:accueil@", "accueil@", "ORGANIZER: is no mailto: address (accueil@exemple.fr)"),
    ("DURATION:PT12H", "DURATION:12H", "REFRESH-INTERVAL: is no duration (12H)"),
    ("DURATION:PT12H", "DURATION:PT0S", "REFRESH-INTERVAL: is no duration (PT0S)"),
    ("DURATION:PT12H", "DURATION:PT1H5S", "REFRESH-INTERVAL: is no duration (PT1H5S)"),
    ("SEQUENCE:0", "SEQUENCE:-1", "SEQUENCE: is no whole number from 0 (-1)"),
    ("SEQUENCE:0", "SEQUENCE:1.0", "SEQUENCE: is no whole number from 0 (1.0)"),
    ("GEO:47.39;0.69", "GEO:47.39,0.69", "GEO: is no latitude;longitude (47.39,0.69)"),
    ("GEO:47.39;0.69", "GEO:97.39;0.69", "GEO: is no latitude;longitude (97.39;0.69)"),
    ("GEO:47.39;0.69", "GEO:47.39;1e-05", "GEO: is no latitude;longitude (47.39;1e-05)"),
    ("TZOFFSETFROM:+0100", "TZOFFSETFROM:0100", "TZOFFSETFROM: is no offset from UTC (0100)"),
    ("STATUS:TENTATIVE", "STATUS:POSTPONED", f"STATUS: {VALUE} (POSTPONED)"),
    ("TRANSP:OPAQUE", "TRANSP:BUSY", f"TRANSP: {VALUE} (BUSY)"),
    # moments
    ("DATE:20260718", "DATE:20261318", f"DTSTART: {NO_MOMENT} (20261318)"),
    ("DATE:20260718", "DATE:00010101", f"DTSTART: {NO_MOMENT} (00010101)"),
    ("DATE:20260718", "DATE:20260631", f"DTSTART: {NO_MOMENT} (20260631)"),
    ("DATE:20260718", "DATE:2026-07-18", f"DTSTART: {NO_MOMENT} (2026-07-18)"),
    ("20261006T200000", "20261006T240000", f"DTEND: {NO_MOMENT} (20261006T240000)"),
    ("CREATED:20260105T110000Z", "CREATED:20260230T110000Z", f"CREATED: {NO_MOMENT} (20260230T110000Z)"),
    ("DTSTART:19961027T030000", "DTSTART:19961027", "DTSTART: must be a local time (19961027)", "DTSTART:19961027"),
    ("DTSTART:19961027T030000", "DTSTART:19961327T030000", f"DTSTART: {NO_MOMENT} (19961327T030000)"),
    ("CREATED:20260105T110000Z", "CREATED:20260105T110000", "CREATED: must be in UTC (20260105T110000)", "CREATED"),
    ("CREATED:20260105T110000Z", "CREATED:20260105", "CREATED: must be in UTC (20260105)", "CREATED"),
    (
        "DTSTART;VALUE=DATE:",
        "DTSTART:",
        "DTSTART: is not of the type that it says (20260718, DATE-TIME)",
        "DTSTART:20260718",
    ),
    (
        "DTSTART;VALUE=DATE:20260718",
        "DTSTART;VALUE=DATE:20260718T080000Z",
        "DTSTART: is not of the type that it says (20260718T080000Z, DATE)",
    ),
    ("DTSTART;VALUE=DATE:", "DTSTART;TZID=Europe/Paris;VALUE=DATE:", "DTSTART: has a TZID, and needs none (20260718)"),
    ("20261028T203000", "20261028T203000Z", "DTEND: has a TZID, and needs none (20261028T203000Z)"),
    ("DTEND;TZID=Europe/Paris:20261028", "DTEND:20261028", "DTEND: is a local time without a zone (20261028T203000)"),
    (
        "RDATE;TZID=Europe/Paris:20261015T183000",
        "RDATE;TZID=Europe/Paris:20270328T023000",
        "RDATE: is in the hour that is left out in spring (20270328T023000)",
    ),
    ("DATE:20260718", "DATE:20260718,20260719", "DTSTART: is more than one moment"),
    # zones
    ("TZID:Europe/Paris", "TZID:Europe/Lisbon", "VTIMEZONE: tells a zone that nothing uses (Europe/Lisbon)", 10),
    ("TZID:Europe/Paris", "TZID:Paris", "EXDATE: names a zone that the file does not tell (Europe/Paris)", "EXDATE"),
    (SHORT, OTHER_ZONE.format("Europe/Paris", ""), "VTIMEZONE: tells a zone again (Europe/Paris)", 57),
    (SHORT, OTHER_ZONE.format("Africa/Dakar", ""), "VTIMEZONE: tells a zone that nothing uses (Africa/Dakar)", 57),
    (
        SHORT,
        OTHER_ZONE.format("Africa/Dakar", "RDATE:20270101T000000\n"),
        "RDATE: lists the changes of a zone one by one",
        "RDATE:2027",
    ),
    ("BYMONTH=10", "BYMONTH=11", f"STANDARD: {PARIS}", "BEGIN:STANDARD"),
    ("BYDAY=-1SU;BYMONTH=3", "BYDAY=4SU;BYMONTH=3", f"DAYLIGHT: {PARIS}", "BEGIN:DAYLIGHT"),
    ("19961027T030000", "19961028T030000", f"STANDARD: {PARIS}", "BEGIN:STANDARD"),
    ("19961027T030000", "19961027T020000", f"STANDARD: {PARIS}", "BEGIN:STANDARD"),
    ("19961027T030000", "19951029T030000", f"STANDARD: {PARIS}", "BEGIN:STANDARD"),
    ("TZOFFSETTO:+0200", "TZOFFSETTO:+0100", f"DAYLIGHT: {PARIS}", "BEGIN:DAYLIGHT"),
    (
        "BEGIN:STANDARD",
        "BEGIN:DAYLIGHT",
        "VTIMEZONE: is not made of one DAYLIGHT and one STANDARD",
        10,
        "END:STANDARD",
        "END:DAYLIGHT",
    ),
    ("BEGIN:STANDARD", "BEGIN:DAYLIGHT", "VTIMEZONE: has no STANDARD", 10, "END:STANDARD", "END:DAYLIGHT"),
    ("Paris:20261028T190000", "Paris:19951028T190000", "DTSTART: is before the first rule of its zone"),
    # one event
    ("DTEND;VALUE=DATE:20260721\n", "", "VEVENT: says neither DTEND nor DURATION", 57),
    ("SEQUENCE:0", "DURATION:P3D\nSEQUENCE:0", "DURATION: stands beside DTEND", "DURATION:P3D"),
    ("DTEND;VALUE=DATE:20260721", "DTEND;TZID=Europe/Paris:20260721T000000", "DTEND: is not of the type of DTSTART"),
    (
        "DTEND;VALUE=DATE:20260721",
        "DTEND;VALUE=DATE:20260718",
        "DTEND: is not after DTSTART (of whole days, it is the first that is free again)",
    ),
    (
        "DTEND;TZID=Europe/Paris:20261028T203000",
        "DTEND;TZID=Europe/Paris:20261028T190000",
        "DTEND: is not after DTSTART (of whole days, it is the first that is free again)",
    ),
    (
        "CREATED:20260105T110000Z",
        "CREATED:20260305T110000Z",
        "CREATED: is later than what must follow it: CREATED, LAST-MODIFIED, DTSTAMP",
    ),
    (
        "LAST-MODIFIED:20260302T090000Z\nSEQUENCE:0",
        "LAST-MODIFIED:20260302T090001Z\nSEQUENCE:0",
        "LAST-MODIFIED: is later than what must follow it: CREATED, LAST-MODIFIED, DTSTAMP",
    ),
    (
        "STATUS:TENTATIVE",
        "STATUS:CANCELLED",
        "SUMMARY: a title says « ANNULÉ – » when the event is cancelled, and only then",
        "SUMMARY:Fête",
    ),
    (
        "SUMMARY:Fête",
        "SUMMARY:ANNULÉ – Fête",
        "SUMMARY: a title says « ANNULÉ – » when the event is cancelled, and only then",
    ),
    # rules
    (
        "FREQ=WEEKLY;UNTIL=20261103T225959Z",
        "FREQ=HOURLY;COUNT=3",
        "RRULE: is no rule of a day or coarser (FREQ=HOURLY;COUNT=3)",
    ),
    (
        "FREQ=WEEKLY;UNTIL=20261103T225959Z",
        "FREQ=WEEKLY;COUNT=5;BYMONTHDAY=6",
        "RRULE: is no rule of a day or coarser (FREQ=WEEKLY;COUNT=5;BYMONTHDAY=6)",
    ),
    (
        "FREQ=WEEKLY;UNTIL=20261103T225959Z",
        "FREQ=WEEKLY;COUNT=5;COUNT=6",
        "RRULE: is no rule of a day or coarser (FREQ=WEEKLY;COUNT=5;COUNT=6)",
    ),
    ("UNTIL=20261103T225959Z", "UNTIL=20261303T225959Z", "RRULE: UNTIL is no moment that exists (20261303T225959Z)"),
    ("UNTIL=20261103T225959Z", "COUNT=5;UNTIL=20261103T225959Z", "RRULE: has both COUNT and UNTIL"),
    (";UNTIL=20261103T225959Z", "", "RRULE: has no end: neither COUNT nor UNTIL", "RRULE:FREQ=WEEKLY\n"),
    (
        "UNTIL=20261103T225959Z",
        "UNTIL=20261103",
        "RRULE: UNTIL must be a day when DTSTART is one, else in UTC (20261103)",
    ),
    (
        "UNTIL=20261103T225959Z",
        "UNTIL=20261103T225959",
        "RRULE: UNTIL must be a day when DTSTART is one, else in UTC (20261103T225959)",
        "UNTIL",
    ),
    (
        FETE,
        f"RRULE:FREQ=DAILY;UNTIL=20260720T000000Z\n{FETE}",
        "RRULE: UNTIL must be a day when DTSTART is one, else in UTC (20260720T000000Z)",
        "RRULE:FREQ=DAILY",
    ),
    ("FREQ=WEEKLY;", "FREQ=WEEKLY;BYDAY=WE;", "RRULE: does not give DTSTART as its first date"),
    # series
    ("EXDATE;TZID=Europe/Paris:20261013T183000", "EXDATE;VALUE=DATE:20261013", f"EXDATE: {UNLIKE}"),
    ("EXDATE;TZID=Europe/Paris:20261013T183000", "EXDATE:20261013T163000Z", f"EXDATE: {UNLIKE}"),
    ("RDATE;TZID=Europe/Paris:20261015T183000", "RDATE:20261015T163000Z", f"RDATE: {UNLIKE}"),
    (
        "20261027T183000",
        "20261027T173000Z",
        f"RECURRENCE-ID: {UNLIKE}",
        None,
        "RECURRENCE-ID;TZID=Europe/Paris",
        "RECURRENCE-ID",
    ),
    ("Paris:20261013T183000", "Paris:20261013T190000", "EXDATE: excepts a date that there is not"),
    ("Paris:20261013T183000", "Paris:20261110T183000", "EXDATE: excepts a date that there is not"),
    ("20261013T183000", "20261013T183000,20261013T183000", "EXDATE: lists a date twice"),
    ("20261015T183000", "20261020T183000", "RDATE: adds a date that there is already"),
    (FETE, f"EXDATE;VALUE=DATE:20260718\n{FETE}", "VEVENT: has no date left", 57),
    (
        FETE,
        f"RDATE;VALUE=DATE:20260801\n{FETE}",
        "VEVENT: has dates without a rule, and not DTSTART among them: ical.js leaves it out",
        57,
    ),
    (
        FETE,
        "RRULE:FREQ=WEEKLY;COUNT=2\nDTSTART;TZID=Europe/Paris:20270321T023000",
        "VEVENT: comes back in the hour that is left out in spring",
        57,
        "DTEND;VALUE=DATE:20260721",
        "DTEND;TZID=Europe/Paris:20270321T040000",
    ),
    (
        "ID;TZID=Europe/Paris:20261027T183000",
        "ID;TZID=Europe/Paris:20261028T183000",
        "RECURRENCE-ID: names a date that its event has not",
    ),
    (
        "ID;TZID=Europe/Paris:20261027T183000",
        "ID;TZID=Europe/Paris:20261013T183000",
        "RECURRENCE-ID: names a date that its event has not",
    ),
    (
        "atelier@exemple.fr\nRECURRENCE",
        "autre@exemple.fr\nRECURRENCE",
        "VEVENT: differs from an event that is not there (autre@exemple.fr)",
        46,
    ),
    ("UID:fete@", "UID:atelier@", "VEVENT: has the identity of another event (atelier@exemple.fr)", 57),
    (
        "UID:fete@exemple.fr\n",
        "UID:atelier@exemple.fr\nRECURRENCE-ID;TZID=Europe/Paris:20261027T183000\n",
        "RECURRENCE-ID: names an occurrence again",
        59,
    ),
    (
        "SUMMARY:ANNULÉ",
        "RRULE:FREQ=DAILY;COUNT=2\nSUMMARY:ANNULÉ",
        "RRULE: stands in an occurrence that differs",
        "RRULE:FREQ=DAILY",
    ),
    (
        "DTSTART;TZID=Europe/Paris:20261028T190000",
        "DTSTART;VALUE=DATE:20261028",
        "VEVENT: is of days where its event is of hours, or the other way",
        46,
        "DTEND;TZID=Europe/Paris:20261028T203000",
        "DTEND;VALUE=DATE:20261029",
    ),
]


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: row[2])
def test_a_broken_rule_is_found_where_it_is_broken(row):
    old, new, sentence, place, *more = (*row, None)[: max(4, len(row))]
    text = GOOD
    for before, after in ((old, new), *zip(more[::2], more[1::2], strict=True)):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    number = place if isinstance(place, int) else line_of(text, place or new)
    height = 1 if place else new.rstrip("\n").count("\n") + 1  # any of the new lines
    found = findings(calendar(text))
    assert {f"{number + further}: {sentence}" for further in range(height)} & {*found}, found


def sentences() -> set[str]:
    """Every sentence that the checker knows, as its code has it."""
    found = set()
    for path in Path(icschecker.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "find":
                said = node.args[-1] if isinstance(node.func, ast.Name) else node.args[0]
                found.add(said.value if isinstance(said, ast.Constant) else said.values[0].value)
    return found


def test_every_rule_has_a_row():
    known = [row[2] for row in BROKEN] + [row[3] for row in BROKEN_BYTES]
    assert len(sentences()) > 50
    assert sorted(rule for rule in sentences() if not any(rule in sentence for sentence in known)) == []


# Recurrence rules: found day by day, and as the usual library finds them

START = datetime(2026, 3, 31, 18, 30)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["2026-03-27", "2026-04-24", "2026-05-29"]),
        ("FREQ=MONTHLY;COUNT=3", ["2026-03-31", "2026-05-31", "2026-07-31"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=3", ["2026-03-31", "2026-04-12", "2026-04-14"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=3", ["2026-03-31", "2026-04-05", "2026-04-14"]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=2SA;COUNT=2", ["2026-11-14", "2027-11-13"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-03-31", "2026-04-30"]),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2", ["2026-05-11", "2027-05-17"]),
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=2", ["2026-05-13", "2027-05-19"]),  # the weekday of the start
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH;COUNT=2", ["2026-12-31", "2027-12-30"]),
        ("FREQ=DAILY;UNTIL=20260402T163000Z", ["2026-03-31", "2026-04-01", "2026-04-02"]),
        ("FREQ=DAILY;UNTIL=20260402T162959Z", ["2026-03-31", "2026-04-01"]),
    ],
)
def test_the_dates_of_a_rule(rule, days):
    found = expand(rule, Moment(datetime.fromisoformat(f"{days[0]}T18:30"), "Europe/Paris"))
    assert [f"{moment.local:%Y-%m-%d}" for moment in found] == days
    assert {moment.local.hour for moment in found} == {18}


WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKDAY = st.sampled_from(WEEKDAYS)
RANKED = st.tuples(st.sampled_from(["1", "2", "4", "-1", "-2"]), WEEKDAY).map("".join)
NUMBER = st.integers(-28, 28).filter(bool)


def listed(items):
    return st.lists(items, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


PARTS = {
    "INTERVAL": st.integers(1, 4),
    "BYMONTH": listed(st.integers(1, 12)),
    "BYMONTHDAY": listed(NUMBER),
    "BYDAY": listed(WEEKDAY) | listed(RANKED),
    "BYYEARDAY": listed(st.integers(-300, 300).filter(bool)),
    "BYSETPOS": listed(st.integers(-3, 3).filter(bool)),
    "WKST": WEEKDAY,
}
RULES = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.fixed_dictionaries({}, optional=PARTS)
).map(lambda pair: ";".join([f"FREQ={pair[0]}", *(f"{name}={value}" for name, value in pair[1].items())]))
GOOD_RULES = RULES.filter(is_well_formed)


@given(GOOD_RULES, st.dates(datetime(2024, 1, 1).date(), datetime(2027, 12, 31).date()))
def test_the_dates_are_those_of_the_usual_library(rule, day):
    if "WEEKLY" in rule and "BYSETPOS" in rule:  # the library takes the days of the first week from the start on
        first = rule.partition("WKST=")[2][:2] or "MO"
        day -= timedelta(days=(day.weekday() - WEEKDAYS.index(first)) % 7)
    start = datetime.combine(day, START.time())
    last = start + timedelta(days=900)
    bounded = f"{rule};UNTIL={last:%Y%m%dT%H%M%S}"
    found = [moment.local for moment in expand(f"{rule};UNTIL={last:%Y%m%dT%H%M%S}Z", Moment(start, "UTC"))]
    assert found == list(rrulestr(bounded, dtstart=start))
