"""Timelines: entries of open events and of settled ones are one row of them, whatever is asked."""

from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.model import Agenda, Event
from plugins.agenda.timeline import NOTHING, Settled, Timeline, Timelines, by_occurrence, events_of
from tests import filings, values
from tests.filings import BORDER, MOMENTS, NOW
from tests.values import event, moment

LONG_AGO = timedelta(days=4000)
MOMENT = st.builds(
    lambda days, minutes: BORDER + timedelta(days=days, minutes=minutes),
    st.integers(-3010, 440),
    st.sampled_from([0, 0, 1, -1, 600, -720]),
)
"""A moment long ago, around the border, or to come."""
REACH = st.sampled_from([timedelta(0), timedelta(hours=5), timedelta(days=14), timedelta(days=31), timedelta(days=900)])


def agenda_of(filed, now) -> Agenda:
    return values.site(now=now.isoformat(), filed={Event: filed}).get(Agenda)


@st.composite
def timelines(draw):
    """A timeline of the agenda (all, of a department, of a month…), and all its entries in order."""
    said, now = draw(filings.said(largest=10)), draw(MOMENTS)
    split, whole = agenda_of(said.split(now), now), agenda_of(said.whole(now), now)
    return draw(st.sampled_from([*zip(shelves(split), shelves(whole), strict=True)]))


def shelves(agenda):
    groups = (agenda.by_year, agenda.by_month, agenda.by_department, agenda.by_category, agenda.by_organiser)
    return [agenda.entries, *chain.from_iterable(group.values() for group in groups)]


@given(timelines())
def test_a_timeline_is_in_order_from_both_ends(pair):
    split, whole = pair
    naive = [*whole.open]
    assert naive == sorted(naive, key=by_occurrence)
    assert [*split] == [*whole] == naive
    assert [*reversed(split)] == [*reversed(whole)] == naive[::-1]
    assert len(split) == len(whole) == len(naive)
    assert split[:2] == whole[:2] == naive[:2]
    assert split[-1:] == whole[-1:] == naive[-1:]
    assert bool(split) == bool(naive)


@given(timelines(), MOMENT)
def test_what_is_not_over_is_found_at_any_moment(pair, at):
    split, whole = pair
    expected = [entry for entry in whole.open if entry.over > at]
    assert split.since(at, LONG_AGO) == whole.since(at, LONG_AGO) == expected


@given(timelines(), st.data())
def test_what_is_not_over_is_found_around_the_ends_of_settled_events(pair, data):
    split, whole = pair
    over = data.draw(st.sampled_from([entry.over for entry in whole] or [NOW]))
    at = over + data.draw(st.sampled_from([timedelta(0), timedelta(minutes=1), timedelta(minutes=-1)]))
    expected = [entry for entry in whole.open if entry.over > at]
    assert split.since(at, LONG_AGO) == expected
    longest = max((entry.over - entry.begins for entry in whole), default=LONG_AGO)
    assert split.since(at, longest) == whole.since(at, longest) == expected


def test_what_lasts_longest_is_found_until_it_is_over():
    """A plain event lasts 31 days: it is looked for that far back."""
    long = filings.plain("Longue", "2019-07-05T10:00", "2019-08-05T10:00")
    others = [filings.plain(f"Le {day}", f"2019-07-{day:02}T10:00", f"2019-07-{day:02}T11:00") for day in (1, 20, 30)]
    said = filings.Said((long, *others), {found.path: found for found in (long, *others)})
    entries = agenda_of(said.split(), NOW).entries
    assert not entries.open
    assert events_of(entries.since(moment("2019-08-05T09:59"), timedelta(0))) == [long]
    assert events_of(entries.since(moment("2019-08-05T10:00"), timedelta(0))) == []


@given(timelines(), MOMENT, REACH)
def test_what_begins_near_a_moment_is_found(pair, at, reach):
    split, whole = pair
    expected = [entry for entry in whole.open if abs(entry.begins - at) <= reach]
    assert split.around(at, reach) == whole.around(at, reach) == expected


@given(timelines(), st.data())
def test_what_begins_just_as_far_is_found_too(pair, data):
    split, whole = pair
    found = data.draw(st.sampled_from([*whole] or [None]))
    for reach in (timedelta(0), timedelta(days=14)) if found else ():
        for at in (found.begins - reach, found.begins + reach):
            assert found in split.around(at, reach)


@given(timelines(), MOMENT, st.integers(0, 4))
def test_what_is_over_goes_backwards_and_may_be_cut(pair, at, limit):
    split, whole = pair
    expected = [entry for entry in reversed(whole.open) if entry.over <= at]
    assert split.before(at, limit) == whole.before(at, limit) == expected[: limit or None]


def test_only_the_latest_past_is_looked_at():
    asked = []
    found = agenda_of(filings.Said((), {}).split(), NOW)
    entries = [
        agenda_of(filings.Said((event(f"{n}", f"2019-07-0{n}"),), {}).whole(), NOW).entries[0] for n in (1, 2, 3)
    ]
    settled = Settled(range(3), lambda row: asked.append(row) or entries[row], BORDER)
    assert events_of(Timeline((), settled).before(NOW, 1)) == [entries[2].event]
    assert asked == [2]
    assert Timeline((), settled).since(NOW, LONG_AGO) == []
    assert asked == [2]
    assert found.entries.settled.since == BORDER


def test_nothing_has_nothing():
    assert (len(NOTHING), [*NOTHING], NOTHING.before(NOW), NOTHING.since(NOW, LONG_AGO)) == (0, [], [], [])
    assert NOTHING.around(NOW, timedelta(days=9)) == []


# Timelines by key


def test_timelines_are_in_order_whether_settled_or_not_and_each_is_made_once():
    asked = []

    def find(term):
        asked.append(term)
        return Settled((), lambda _: pytest.fail("no row to look at"), moment("2025-04-27"))

    entry = agenda_of(filings.Said((event(),), {}).whole(), NOW).entries[0]
    found = Timelines({2026: [entry]}, {2019: "year 2019", 2018: "year 2018"}, find)
    assert [*found] == [2018, 2019, 2026]
    assert len(found) == 3
    assert asked == []
    assert found[2019] is found[2019]
    assert asked == ["year 2019"]
    assert [*found[2026]] == [entry]
    assert 2020 not in found
    assert found.get(2020, NOTHING) is NOTHING
