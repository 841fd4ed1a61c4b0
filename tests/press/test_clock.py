"""The clock: what the caller decided first, else the machine's, always in the site's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.clock import ClockError, is_pinned, read_now
from tests.sites import PARIS

OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS)


def now(**environ: str) -> datetime:
    return read_now(environ, "Europe/Paris")


def test_site_now_without_offset_is_local_time():
    assert now(SITE_NOW="2026-06-01T12:00") == datetime(2026, 6, 1, 12, tzinfo=PARIS)
    assert now(SITE_NOW="2026-12-24") == datetime(2026, 12, 24, tzinfo=PARIS)


def test_site_now_with_an_offset_is_brought_home():
    found = now(SITE_NOW="2026-06-01T23:30:15.999-04:00")
    assert found.isoformat() == "2026-06-02T05:30:15+02:00"


def test_source_date_epoch_counts_seconds_since_1970():
    assert now(SOURCE_DATE_EPOCH="1700000000").isoformat() == "2023-11-14T23:13:20+01:00"


def test_site_now_wins_over_source_date_epoch():
    found = now(SITE_NOW="2026-06-01", SOURCE_DATE_EPOCH="1700000000")
    assert found.year == 2026


def test_without_either_the_machine_s_clock_is_read_to_the_second():
    before = datetime.now(UTC) - timedelta(seconds=1)
    found = now(SITE_NOW="", SOURCE_DATE_EPOCH="")
    assert before <= found <= datetime.now(UTC)
    assert found.microsecond == 0
    assert found.tzinfo is PARIS


@given(INSTANTS)
def test_the_same_instant_is_the_same_now_however_it_is_written(instant):
    whole = instant.replace(microsecond=0)
    written = now(SITE_NOW=instant.isoformat())
    counted = now(SOURCE_DATE_EPOCH=str(int(whole.timestamp())))
    assert written == counted == whole
    assert written.isoformat() == counted.isoformat()


@pytest.mark.parametrize("text", ["demain", "2026-13-01", "2026-06-01T25:00", "9999-12-31T23:59-12:00"])
def test_a_site_now_that_is_no_date_is_refused_with_the_form_to_write(text):
    with pytest.raises(ClockError) as refusal:
        now(SITE_NOW=text)
    assert str(refusal.value) == f"SITE_NOW : « {text} » n'est pas une date. Écrire par exemple 2026-06-01T12:00."


@pytest.mark.parametrize("text", ["hier", "1.5", "9" * 30, "253402300799"])
def test_an_epoch_that_is_no_number_of_seconds_is_refused(text):
    with pytest.raises(ClockError, match=f"SOURCE_DATE_EPOCH : « {text} » n'est pas un nombre de secondes"):
        now(SOURCE_DATE_EPOCH=text)


def test_only_a_caller_who_said_what_time_it_is_pins_the_clock():
    assert is_pinned({"SITE_NOW": "2026-06-01"})
    assert is_pinned({"SOURCE_DATE_EPOCH": "0"})
    assert not is_pinned({"SITE_NOW": "", "TZ": "UTC"})
