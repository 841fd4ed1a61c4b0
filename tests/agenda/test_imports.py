"""The files of ``agenda/imports/``: what is written is read back; what is wrong there costs one event, no build."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.details import Occurrence, Organiser, Place, Source
from plugins.agenda.importing.cleaning import clean_line
from plugins.agenda.imports import ImportedFields, read_calendar
from plugins.agenda.notices import Calendar, Dates, Notice, dump
from plugins.press.frontmatter import read_yaml
from plugins.press.kinds import Draft
from plugins.press.problems import render_text
from plugins.press.reading import Reader, Record
from plugins.press.schema import read_fields
from tests import sites

PATH = "agenda/imports/les-amis.yaml"
GOOD = """\
name: Les Amis
address: https://exemple.fr/agenda.ics
trusted: true
department: '37'
category: prestation
events:
- key: 2026/07/fete-les-amis
  uid: 1@exemple.fr
  title: Fête
  start: 2026-07-05T18:00
  end: 2026-07-05T20:00
  seen: 2026-05-01
"""
SERIES = """\
- key: 2026/07/atelier-les-amis
  uid: 2@exemple.fr
  title: Atelier
  start: 2026-07-06T18:00
  dates: [2026-07-13T18:00, 2026-07-20T18:00/2026-07-20T19:00]
  cancelled_dates: [2026-07-13T18:00]
  url: https://exemple.fr/atelier
"""


def read(tmp_path: Path, text: str) -> Record:
    sites.write(tmp_path, {PATH: text})
    return Reader(sites.SUBJECTS, sites.settings(), tmp_path, "content").read(PATH)[0]


def warnings(found: Record) -> list[str]:
    assert found.document is not None
    return [render_text(problem).removeprefix(f"content/{PATH}:") for problem in found.problems]


def test_an_event_of_a_partner_is_one_of_the_agenda(tmp_path):
    document = read(tmp_path, GOOD).document
    assert (document.url, document.title, document.waiting) == ("", "Les Amis", 0)
    (event,) = document.events
    assert event.path == f"{PATH}#2026/07/fete-les-amis"
    assert event.url == "/agenda/2026/07/fete-les-amis/"
    assert event.id == "agenda/imports/2026/07/fete-les-amis"
    assert (event.start, event.end) == (datetime(2026, 7, 5, 18), datetime(2026, 7, 5, 20))
    assert (event.departments, event.category, event.key_date) == (("37",), "prestation", False)
    assert event.organisers == (Organiser("Les Amis", "les-amis"),)
    assert event.source == Source("Les Amis", "1@exemple.fr")
    assert event.date == datetime(2026, 5, 1)
    assert event.text == document.text
    assert document.text.words == 0
    (other,) = read(tmp_path, GOOD.replace("20:00", "21:00")).document.events
    assert event.face != other.face, "what shows an event is keyed by its face"


def test_a_series_is_its_dates(tmp_path):
    event = read(tmp_path, GOOD + SERIES).document.events[1]
    first, second, third = (datetime(2026, 7, day, 18) for day in (6, 13, 20))
    assert event.repeat is not None
    assert (event.repeat.rule, event.repeat.also) == ("", (second, third))
    assert event.occurrences == (
        Occurrence(first, None, all_day=False),
        Occurrence(second, None, all_day=False, event_status="cancelled", original=second),
        Occurrence(third, third + timedelta(hours=1), all_day=False),
    )
    assert event.source.url == "https://exemple.fr/atelier"


def test_an_aggregator_announces_for_others(tmp_path):
    (event,) = read(tmp_path, GOOD.replace("trusted:", "aggregator: true\ntrusted:")).document.events
    assert event.source.aggregator
    assert event.organisers == ()


def test_a_partner_without_trust_waits_for_somebody_s_decision(tmp_path):
    text = GOOD.replace("trusted: true", "trusted: false") + SERIES
    document = read(tmp_path, text).document
    assert (document.events, document.waiting) == ((), 2)
    document = read(tmp_path, text.replace("title: Atelier", "title: Atelier\n  shown: true")).document
    assert ([event.title for event in document.events], document.waiting) == (["Atelier"], 1)
    document = read(tmp_path, GOOD.replace("title: Fête", "title: Fête\n  shown: false")).document
    assert (document.events, document.waiting) == ((), 0)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("title: Atelier", "titre: Atelier", "13:3: avertissement : title : ce champ est obligatoire"),
        ("start: 2026-07-06T18:00", "start: demain", "16:10: avertissement : start : « demain » n'est pas une date"),
        ("start: 2026-07-06T18:00", "start: 2026-07-06", "13:3: avertissement : les dates mêlent des jours et des heu"),
        ("07-20T19:00", "07-20T17:00", "13:3: avertissement : la fin (2026-07-20) vient avant le début"),
        ("07-20T19:00", "07-20T19:00/x", "17:29: avertissement : dates.2 : "),
        ("url: https:", "url: javascript:", "19:8: avertissement : url : "),
        ("key: 2026/07/atelier", "key: ../atelier", "13:8: avertissement : key : « ../atelier-les-amis » n'est pas"),
        ("key: 2026/07/atelier", "key: 2026/07/fete", "13:3: avertissement : « 2026/07/fete-les-amis » est déjà pris"),
        (SERIES, "- atelier\n", "13:3: avertissement : un événement est un groupe de champs."),
    ],
)
def test_a_bad_entry_is_left_out_with_a_warning_that_names_it(tmp_path, before, after, message):
    found = read(tmp_path, GOOD + SERIES.replace(before, after))
    assert [event.title for event in found.document.events] == ["Fête"]
    said = " ".join(warnings(found))
    assert said.startswith(message)
    uid = "inconnu" if before == SERIES else "2@exemple.fr"
    assert said.endswith(f"Événement importé laissé de côté (uid : {uid}).")


def test_a_category_that_is_no_more_is_none(tmp_path):
    (event,) = read(tmp_path, GOOD.replace("prestation", "ancienne")).document.events
    assert event.category == ""


def test_a_file_that_was_broken_by_hand_is_an_error(tmp_path):
    """A calendar that vanished in silence would be worse than a build that says where the mistake is."""
    found = read(tmp_path, GOOD + "<<<<<<< HEAD\n")
    assert found.document is None
    assert found.problems[0].is_error


def test_a_build_shows_what_is_right_and_tells_what_is_not(tmp_path):
    sites.write(tmp_path / "content", {PATH: GOOD + SERIES.replace("title", "titre")})
    result = sites.build(tmp_path)
    assert [problem.severity for problem in result.warnings if PATH in problem.path] == ["warning", "warning"]


def test_the_next_build_remembers_imported_events(tmp_path):
    sites.write(tmp_path / "content", {PATH: GOOD + SERIES})
    sites.build(tmp_path)
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un")})
    assert sites.build(tmp_path).read == 1


def test_thousands_of_events_are_read(tmp_path):
    entry = GOOD.partition("events:\n")[2]
    entries = "".join(entry.replace("fete", f"fete-{number}") for number in range(5000))
    found = read(tmp_path, GOOD.partition("- key")[0] + entries)
    assert (len(found.document.events), found.problems) == (5000, ())


# What is written is read back

LINES = st.text(max_size=40).map(lambda text: clean_line(text, 60))
TITLES = LINES.filter(bool)
DAYS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda day: day.replace(second=0, microsecond=0))
PLACES = st.builds(
    Place,
    name=LINES,
    city=LINES,
    lat=st.none() | st.floats(-90, 90).map(lambda value: round(value, 6)),
)


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    all_day = draw(st.booleans())
    starts = draw(st.lists(DAYS, min_size=1, max_size=4, unique=True))
    if all_day:
        starts = list(dict.fromkeys(datetime.combine(start.date(), datetime.min.time()) for start in starts))
    length = draw(st.none() | st.integers(1, 30).map(lambda days: timedelta(days=days)))
    dates = tuple(Dates(s, s + length if length else None, draw(st.booleans())) for s in sorted(starts))
    return Notice(
        uid=draw(TITLES),
        title=draw(TITLES),
        dates=dates,
        all_day=all_day,
        cancelled=draw(st.booleans()),
        summary=draw(LINES),
        place=draw(PLACES),
        departments=draw(st.sampled_from([(), ("37",)])),
        seen=draw(st.none() | st.just(date(2026, 5, 1))),
        modified=draw(st.none() | DAYS),
        shown=draw(st.sampled_from([None, True, False])),
    )


@given(st.lists(notices(), max_size=4), st.booleans())
def test_a_calendar_is_read_back_as_it_was_written(found, trusted):
    keyed = [msgspec.structs.replace(notice, key=f"2026/07/x-{n}") for n, notice in enumerate(found)]
    calendar = Calendar("Les Amis", "amis.ics", trusted, changed=datetime(2026, 6, 1, 12), notices=tuple(keyed))
    front, problems = read_yaml(dump(calendar), PATH, "calendar")
    assert front is not None, problems
    fields, problems = read_fields(ImportedFields, front, PATH)
    assert fields is not None, problems
    draft = Draft(PATH, PATH, None, front, sites.settings(), [])
    back = read_calendar(draft, fields)
    assert draft.problems == []
    assert sorted(back.notices, key=lambda notice: notice.key) == keyed
    assert dump(back) == dump(calendar)
