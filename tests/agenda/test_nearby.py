"""What takes place near an event: in one of its departments, within two weeks, nearest first."""

import pytest

from plugins.agenda.model import Agenda
from plugins.agenda.nearby import Nearby
from tests import values
from tests.values import event, weekly

MIDDLE = event("Milieu", "2026-07-15T12:00", departments=("37",))


def near(*others, of=MIDDLE, **site):
    found = values.site(of, *others, **site)
    return [one.event.title for one in found.get(Nearby).entries(found.get(Agenda).shown(of))]


def at(start, title="", **changes):
    title = title or start
    return event(title, start, **{"departments": ("37",)} | changes)


@pytest.mark.parametrize(
    ("start", "is_near"),
    [
        ("2026-07-01T12:00", True),
        ("2026-07-01T11:59", False),
        ("2026-07-29T12:00", True),
        ("2026-07-29T12:01", False),
        ("2026-07-15T12:00", True),
    ],
)
def test_two_weeks_on_either_side_are_near(start, is_near):
    assert bool(near(at(start))) is is_near


def test_another_department_is_not_near_and_nothing_is_near_what_has_none():
    assert near(at("2026-07-15", departments=("45",))) == []
    nowhere = event("Sans lieu", "2026-07-15")
    assert near(at("2026-07-15"), of=nowhere) == []


def test_the_four_nearest_are_told_by_date():
    days = ("2026-07-02", "2026-07-08", "2026-07-13", "2026-07-16", "2026-07-18", "2026-07-25")
    assert near(*map(at, days)) == ["2026-07-08", "2026-07-13", "2026-07-16", "2026-07-18"]


def test_an_event_that_comes_back_or_has_two_departments_is_told_once():
    both = event("Milieu", "2026-07-15T12:00", departments=("37", "45"))
    daily = weekly("2026-07-14", "2026-07-15", "2026-07-16", departments=("37", "45"))
    assert near(daily, of=both) == ["Atelier"]


def test_what_is_cancelled_is_not_near():
    assert near(at("2026-07-15", event_status="cancelled")) == []


def test_an_event_is_not_near_itself():
    assert near(of=weekly("2026-07-14", "2026-07-15", departments=("37",))) == []
