"""A rich agenda, built, then read back: by the strict checker, by icalendar, and by ical.js."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from lxml import html

from plugins.agenda.model import Agenda
from tests import icschecker, nodejs, sites, structured

SAMPLE = sites.ROOT / "tests/sample"
WHOLE = "agenda/agenda.ics"
PREFIXES = {"cancelled": "ANNULÉ – ", "postponed": "REPORTÉ – ", "full": "COMPLET – "}
YEARS = (2025, 2028)

Taking = tuple[str, str, str]
"""One time that something takes place: its title, its start and its end, in UTC or as days."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agenda")
    shutil.copytree(SAMPLE / "content", folder / "content")
    result = sites.build(folder)
    assert result.warnings == ()
    return folder


@pytest.fixture(scope="module")
def site(root):
    return sites.assemble(root)


def calendars(root: Path) -> dict[str, bytes]:
    output = root / "output"
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*.ics"))}


def told(moment: date) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def ours(site) -> dict[str, list[Taking]]:
    """What each event's file says, by identity."""
    agenda = site.get(Agenda)
    return {
        f"{agenda.identity(event)}@{site.settings.uid_domain}": sorted(
            (PREFIXES.get(occurrence.event_status, "") + event.title, *_span(occurrence, ZoneInfo(event.timezone)))
            for occurrence in event.occurrences
        )
        for event in agenda.events
    }


def _span(occurrence, zone: ZoneInfo) -> tuple[str, str]:
    if occurrence.all_day:
        return told(occurrence.start.date()), told(occurrence.last_day + timedelta(days=1))
    end = occurrence.end or occurrence.start + timedelta(hours=1)  # the hour that calendars need to show it
    return told(occurrence.start.replace(tzinfo=zone)), told(end.replace(tzinfo=zone))


def read_by_icalendar(data: bytes) -> dict[str, list[Taking]]:
    calendar = icalendar.Calendar.from_ical(data)
    found: dict[str, list[Taking]] = {}
    for event in recurring_ical_events.of(calendar).between(*(date(year, 1, 1) for year in YEARS)):
        taking = (str(event["SUMMARY"]), told(event["DTSTART"].dt), told(event["DTEND"].dt))
        found.setdefault(str(event["UID"]), []).append(taking)
    return {uid: sorted(takings) for uid, takings in found.items()}


def read_by_icaljs(data: bytes) -> dict[str, list[Taking]]:
    events = json.loads(nodejs.run("read.mjs", data, *map(str, YEARS)))
    return {
        event["uid"]: sorted(
            (found["title"], _when(found["start"]), _when(found["end"])) for found in event["occurrences"]
        )
        for event in events
    }


def _when(value: str | int) -> str:
    return value if isinstance(value, str) else told(datetime.fromtimestamp(value, UTC))


READERS = {"icalendar": read_by_icalendar, "ical.js": read_by_icaljs}


def test_nothing_is_against_any_of_its_calendars(root):
    found = {path: [str(finding) for finding in icschecker.check(data)] for path, data in calendars(root).items()}
    assert len(found) > 30
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_a_program_reads_is_what_the_files_say(root, site, reader):
    read = reader(calendars(root)[WHOLE])
    expected = ours(site)
    assert {uid: takings for uid, takings in expected.items() if read.get(uid) != takings} == {}
    assert read.keys() == expected.keys()
    assert sum(map(len, read.values())) > 45


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_each_event_is_read_alike_alone_and_with_all_others(root, reader):
    found = calendars(root)
    alone: dict[str, list[Taking]] = {}
    for path, data in found.items():
        if path.endswith("evenement.ics"):
            alone |= reader(data)
    assert alone == reader(found[WHOLE])


def paris(*local: str) -> list[str]:
    zone = ZoneInfo("Europe/Paris")
    return [told(datetime.fromisoformat(moment).replace(tzinfo=zone)) for moment in local]


DATES = {
    "atelier-velos": paris(
        *(f"2026-{day}T18:30" for day in ("09-15", "09-22", "09-29")),
        "2026-10-03T10:00",
        *(f"2026-{day}T18:30" for day in ("10-06", "10-13", "10-20")),
        "2026-10-28T19:00",  # instead of the 27th, two days after the clocks went back
        *(f"2026-{day}T18:30" for day in ("11-10", "11-17", "11-24", "12-01", "12-08", "12-15")),
    ),
    "dernier-vendredi": paris(
        *(f"2026-{day}T19:00" for day in ("06-26", "07-31", "08-28", "09-25", "10-30", "11-27", "12-25")),
        *(f"2027-{day}T19:00" for day in ("01-29", "02-26", "03-26", "04-30")),
    ),
    "marche-de-saison": ["2026-10-10", "2026-10-24", "2026-11-22", "2026-12-05"],
}
"""By hand, with the hours of Paris; both changes of 2026–2027 (25 October, 28 March) are in between."""


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("name", DATES)
def test_series_take_place_when_people_would_say(root, name, reader):
    read = reader(calendars(root)[WHOLE])
    assert sorted(start for _, start, _ in read[f"agenda/2026/{name}@agenda.cre-sol"]) == DATES[name]


HOURS = {
    "2026/festival-d-automne": 54,  # of the three days one has 25 hours
    "2027/festival-de-printemps": 52,  # 23
    "2027/trois-jours-entiers": 72,
    "2026/nuit-la-plus-longue": 5.5,
    "2026/reveillon": 6,
    "2026/minuit": 4,
    "2026/journee": 24,
    "2026/sans-fin-dite": 1,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_nights_and_festivals_last_as_long_as_they_do(root, reader):
    read = reader(calendars(root)[WHOLE])
    lengths = {}
    for name in HOURS:
        uid = "permanence-d-essai" if name.endswith("sans-fin-dite") else f"agenda/{name}"
        ((_, start, end),) = read[f"{uid}@agenda.cre-sol"]
        lengths[name] = (datetime.fromisoformat(end) - datetime.fromisoformat(start)) / timedelta(hours=1)
    assert lengths == HOURS


def test_every_page_tells_programs_what_it_is(root):
    """An Event on the page of each event, and nothing that the strict schema has something against."""
    found = {}
    for path in (root / "output").rglob("index.html"):
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        found[path.parent.name] = [node for node in structured.read(page) if node["@type"] == "Event"]
    events = {name: nodes[0] for name, nodes in found.items() if nodes}
    assert all(len(nodes) <= 1 for nodes in found.values())
    assert len(events) == 20
    assert {name: node["startDate"] for name, node in events.items() if name.startswith("festival")} == {
        "festival-d-automne": "2026-10-23T18:00:00+02:00",
        "festival-de-printemps": "2027-03-26T18:00:00+01:00",
    }
    assert events["festival-d-automne"]["endDate"] == "2026-10-25T23:00:00+01:00"
    assert events["conference-hybride"]["offers"]["description"] == "5 €, 3 € pour les adhérentes et adhérents"


def test_ical_js_forgives_what_the_checker_does_not(root):
    data = calendars(root)[WHOLE].replace(b"DTSTART;VALUE=DATE:20260919", b"DTSTART;VALUE=DATE:20261319")
    assert read_by_icaljs(data)
    assert any("20261319" in finding.sentence for finding in icschecker.check(data))
