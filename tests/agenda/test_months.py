"""The grid of a month: whole weeks from Monday on, each event on each of its days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.model import Agenda
from plugins.agenda.months import build_weeks, days_of
from tests import values
from tests.values import event


def weeks(year, month, *events):
    agenda = values.site(*events).get(Agenda)
    found = days_of(agenda, (year, month))
    return build_weeks((year, month), {day: agenda.cards(entries) for day, entries in found.items()})


def busy(year, month, *events):
    """The days of the grid that carry events, each with their titles."""
    days = [day for week in weeks(year, month, *events) for day in week]
    return {day.date.isoformat(): [card.title for card in day.events] for day in days if day.events}


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_a_grid_is_whole_weeks_from_monday_with_all_days_of_the_month(year, month):
    days = [day for week in weeks(year, month) for day in week]
    assert [day.date for day in days] == [days[0].date + timedelta(n) for n in range(len(days))]
    assert days[0].date.weekday() == 0
    assert len(days) % 7 == 0
    inside = [day.date for day in days if day.inside]
    assert inside[0] == date(year, month, 1)
    assert (inside[-1] + timedelta(1)).day == 1
    assert {(day.year, day.month) for day in inside} == {(year, month)}
    assert len(days) - len(inside) < 13  # no week without a day of the month


def test_an_event_of_several_days_stands_on_each():
    found = event("Salon", "2026-06-29", "2026-07-02")
    assert busy(2026, 6, found) == {"2026-06-29": ["Salon"], "2026-06-30": ["Salon"]}
    assert busy(2026, 7, found) == {"2026-07-01": ["Salon"], "2026-07-02": ["Salon"]}


def test_only_days_of_the_month_carry_events():
    assert busy(2026, 7, event("Hors du mois", "2026-06-30")) == {}


@pytest.mark.parametrize("hour", ["T00:00", "T03:00"])
def test_an_evening_until_midnight_is_one_day_and_a_night_two(hour):
    last = {} if hour == "T00:00" else {"2026-07-06": ["Bal"]}
    assert busy(2026, 7, event("Bal", "2026-07-05T20:00", f"2026-07-06{hour}")) == {
        "2026-07-05": ["Bal"],
        **last,
    }


def test_of_one_day_whole_days_come_first_then_hours():
    events = [
        event("Soir", "2026-07-05T20:00"),
        event("Matin", "2026-07-05T09:00"),
        event("Zoo", "2026-07-05"),
    ]
    assert busy(2026, 7, *events) == {"2026-07-05": ["Zoo", "Matin", "Soir"]}


def test_asking_for_a_month_without_events_leaves_the_agenda_as_it_was():
    agenda = values.site(event(start="2026-07-05")).get(Agenda)
    assert days_of(agenda, (2026, 8)) == {}
    assert list(agenda.by_month) == [(2026, 7)]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.timedeltas(timedelta(0), timedelta(days=80)))
def test_the_grids_together_show_exactly_the_days_of_an_event(start, length):
    start, end = (found.replace(second=0, microsecond=0).isoformat() for found in (start, start + length))
    found = event(start=start, end=end)
    shown = [day for year, month in found.occurrences[0].months() for day in busy(year, month, found)]
    assert shown == [day.isoformat() for day in found.occurrences[0].days()]
