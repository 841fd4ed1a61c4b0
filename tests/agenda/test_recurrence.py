"""A rule of repetition as calendars get it: bounded, its end in the form of its start (RFC 5545 §3.3.10)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.recurrence import calendar_rule, refuse_rule
from tests.values import moment


def written(rule, start="2026-07-07T18:30", timezone="Europe/Paris"):
    return calendar_rule(rule, moment(start), timezone, all_day="T" not in start)


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("2026-07-07", "20261231", "20261231"),
        ("2026-07-07", "20261231T235959Z", "20270101"),  # already the next day in Paris
        ("2026-07-07", "20261231T120000", "20261231"),
        ("2026-07-07T18:30", "20261231", "20261231T225959Z"),  # the last day counts to its end, in winter
        ("2026-07-07T18:30", "20260714", "20260714T215959Z"),  # and in summer
        ("2026-07-07T18:30", "20261231T183000", "20261231T173000Z"),
        ("2026-07-07T18:30", "20261231T173000Z", "20261231T173000Z"),
    ],
)
def test_until_is_a_day_for_days_and_utc_for_hours(start, until, expected):
    assert written(f"FREQ=WEEKLY;UNTIL={until}", start) == f"FREQ=WEEKLY;UNTIL={expected}"


def test_until_is_understood_in_the_zone_of_the_event():
    assert written("FREQ=WEEKLY;UNTIL=20261231", timezone="America/New_York") == "FREQ=WEEKLY;UNTIL=20270101T045959Z"


def test_a_rule_without_end_ends_after_two_years():
    assert written("FREQ=WEEKLY;BYDAY=TU") == "FREQ=WEEKLY;UNTIL=20280707T163000Z;BYDAY=TU"
    assert written("FREQ=WEEKLY", "2026-07-07") == "FREQ=WEEKLY;UNTIL=20280707"


def test_a_counted_rule_needs_no_other_end():
    assert written("freq=weekly; count=10") == "FREQ=WEEKLY;COUNT=10"


def test_an_occurrence_on_the_last_day_counts():
    starts = moment("2026-07-07T18:30")
    assert refuse_rule("FREQ=WEEKLY;UNTIL=20260707", starts, "Europe/Paris") == ""
    assert "aucune date" in refuse_rule("FREQ=WEEKLY;UNTIL=20260707T182959", starts, "Europe/Paris")


STARTS = st.datetimes(datetime(1996, 1, 1), datetime(2200, 12, 31)).map(
    lambda start: start.replace(second=0, microsecond=0)
)


@given(
    STARTS,
    st.integers(0, 3000),
    st.booleans(),
    st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Tokyo"]),
)
def test_until_never_comes_before_the_last_day_that_was_written(start, days, all_day, zone):
    last = (start + timedelta(days=days)).date()
    rule = calendar_rule(f"FREQ=DAILY;UNTIL={last:%Y%m%d}", start, zone, all_day=all_day)
    written = rule.partition("UNTIL=")[2]
    if all_day:
        assert written == f"{last:%Y%m%d}"
    else:
        assert datetime.fromisoformat(written).astimezone(ZoneInfo(zone)).date() == last


@given(STARTS, st.sampled_from(["FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12", "FREQ=YEARLY;UNTIL=22001231"]))
def test_writing_a_rule_twice_changes_nothing(start, rule):
    once = calendar_rule(rule, start, "Europe/Paris", all_day=False)
    assert calendar_rule(once, start, "Europe/Paris", all_day=False) == once
