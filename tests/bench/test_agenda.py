"""The agenda of the benchmark is the same everywhere, has what large ones have, and the project takes it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from bench import corpus
from bench.agenda import FIRST_YEAR, LAST_YEAR, ORGANISERS, STATUSES, TAGS, agenda
from bench.documents import NOW, Document
from bench.generator import CATEGORIES, ELSEWHERE, REGION
from bench.scenarios import AGENDA_SCENARIOS
from bench.sites import Site, press
from tests import sites


@pytest.fixture(scope="module")
def items() -> list[Document]:
    return agenda(5000)


def test_the_same_seed_gives_the_same_events_and_another_seed_gives_others(items: list[Document]) -> None:
    assert agenda(5000) == items
    assert agenda(5000, seed=2) != items


def test_there_are_as_many_events_as_asked_for_in_twenty_years_one_in_a_hundred_a_series(items: list[Document]) -> None:
    events = [item.event for item in items if item.event]
    assert len({item.name for item in items}) == len(events) == 5000
    assert sum(event.series is not None for event in events) == 50
    assert {item.filed.year for item in items} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    assert len(range(FIRST_YEAR, LAST_YEAR + 1)) == 20


def test_there_are_all_categories_departments_tags_and_states_and_one_large_organiser(items: list[Document]) -> None:
    events = [item.event for item in items if item.event]
    assert {event.category for event in events} == set(CATEGORIES)
    assert {code for event in events for code in event.departments} == {*REGION, *ELSEWHERE}
    assert {tag for item in items for tag in item.tags} == set(TAGS)
    assert {event.status for event in events} == {"", *STATUSES}
    organisers = Counter(name for event in events for name in event.organisers)
    assert set(organisers) == set(ORGANISERS)
    assert organisers[ORGANISERS[0]] / len(events) == pytest.approx(0.2, abs=0.02)


def test_some_days_have_many_events_and_some_months_few(items: list[Document]) -> None:
    days = Counter(dt.date(item.filed.year, item.filed.month, item.filed.day) for item in items)
    (busiest, _), *_ = days.most_common()
    assert (busiest.month, busiest.weekday()) == (9, 5)
    months = Counter(item.filed.month for item in items)
    assert months[6] > 3 * months[8]


def test_fewer_than_a_hundred_events_are_no_agenda() -> None:
    with pytest.raises(ValueError, match="100 events"):
        agenda(99)


def test_the_project_takes_every_event_and_shows_what_is_edited(tmp_path: Path) -> None:
    site = Site(press(), tmp_path, agenda(300))
    assert site.documents.keys() == {f"evenement-{number:05d}" for number in range(1, 301)}
    where = {"places": sites.places(tmp_path), "now": NOW.replace(tzinfo=sites.PARIS)}
    result = sites.build(tmp_path, processes=2, **where)
    assert result.counts["events"] == 300
    for scenario in AGENDA_SCENARIOS:
        expected = scenario.edit(site, f"mot{scenario.name}")
        result = sites.build(tmp_path, **where)
        assert result.read == (0 if scenario.name in {"cold", "unchanged"} else 1)
        site.check(expected)


def test_the_front_matter_says_what_only_this_project_is_given() -> None:
    weekly = next(item for item in agenda(5000) if item.event and item.event.series and item.event.series.moved)
    text = corpus.press_text(weekly)
    assert "organisers: [" in text
    assert "repeat:\n  rule: FREQ=WEEKLY;COUNT=40\n  except: [" in text
    assert "\n  changes:\n    - on: " in text
