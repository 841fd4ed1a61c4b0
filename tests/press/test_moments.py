"""Days and moments: ISO 8601 or a refusal that gives the form to write."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.press.moments import Moment, is_in_gap, midnight_after, read_day, read_moment

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MINUTES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def refusal(text: str) -> str:
    with pytest.raises(ValueError, match="«") as refused:
        read_day(text)
    return str(refused.value)


@given(DAYS)
def test_an_iso_day_is_read_as_it_stands(day):
    assert read_day(day.isoformat()) == day
    assert read_moment(day.isoformat()) == Moment(datetime(day.year, day.month, day.day), all_day=True)


@given(MINUTES)
def test_an_iso_minute_is_read_as_it_stands(minute):
    expected = Moment(minute, all_day=False)
    assert read_moment(f"{minute:%Y-%m-%dT%H:%M}".zfill(16)) == expected
    assert read_moment(f"{minute:%Y-%m-%dT%H:%M}:00".zfill(19)) == expected


def test_midnight_is_an_hour_and_not_a_whole_day():
    assert not read_moment("2026-02-28T00:00").all_day


@given(DAYS, st.sampled_from(["{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%d.%m.%Y}", "{0.day}/{0.month}/{0.year}"]))
def test_a_french_date_in_figures_is_answered_with_the_iso_one(day, form):
    text = form.format(day)
    assert refusal(text) == f"« {text} » n'est pas une date. Écrire {day} (année-mois-jour)."


@given(DAYS, st.sampled_from(["d MMMM y", "EEEE d MMMM y", "d MMM y", "EEE d MMM y", "dd MMMM y"]))
def test_a_french_date_in_words_is_answered_with_the_iso_one(day, form):
    text = format_date(day, form, locale="fr")
    assert f"Écrire {day} (année-mois-jour)." in refusal(text)


@pytest.mark.parametrize("text", ["1er mars 2026", "Dimanche 1ER MARS 2026"])
def test_the_first_of_the_month_may_be_an_ordinal(text):
    assert "Écrire 2026-03-01" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "10h30",
        "18:30",
        "",
        "demain",
        "2026-2-8",
        "2026/02/28",
        "31/02/2026",
        "12 ju 2026",
        "2 x 2026",
    ],
)
def test_what_may_mean_several_days_is_answered_with_the_form_alone(text):
    assert refusal(text) == f"« {text} » n'est pas une date. Écrire AAAA-MM-JJ, par exemple 2026-02-28."


@pytest.mark.parametrize("text", ["2026-02-28 18:30", "2026-02-28T18h30", "2026-02-28T18:30:15", "2026-02-28T18:30Z"])
def test_another_form_of_hour_is_answered_with_the_form_of_both(text):
    with pytest.raises(ValueError, match="Écrire AAAA-MM-JJ ou AAAA-MM-JJTHH:MM, par exemple 2026-02-28T18:30"):
        read_moment(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29"])
def test_a_day_that_no_calendar_has_is_refused_as_such(text):
    assert refusal(text).startswith(f"« {text} » n'est pas une date du calendrier.")
    with pytest.raises(ValueError, match="n'est pas une date du calendrier"):
        read_moment(f"{text}T10:00")


@pytest.mark.parametrize("text", ["2026-02-28T24:00", "2026-02-28T18:60"])
def test_an_hour_that_no_clock_shows_is_refused_as_such(text):
    with pytest.raises(ValueError, match=rf"l'heure {text[-5:]} n'existe pas"):
        read_moment(text)


@pytest.mark.parametrize("year", ["1899", "2201", "0026"])
def test_a_slip_in_the_year_is_seen(year):
    assert refusal(f"{year}-06-01") == f"« {year}-06-01 » : l'année {int(year)} est hors de 1900–2200."


def test_figures_of_other_scripts_are_no_iso_date():
    assert "n'est pas une date" in refusal("２０２６-０２-２８")


@given(st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?"))
def test_whatever_is_read_is_written_that_way(text):
    with suppress(ValueError):
        moment = read_moment(text)
        form = "%Y-%m-%d" if moment.all_day else "%Y-%m-%dT%H:%M"
        assert text.startswith(moment.value.strftime(form))


@pytest.mark.parametrize(
    ("local", "gap"),
    [
        ("2026-03-29T01:59", False),
        ("2026-03-29T02:00", True),
        ("2026-03-29T02:59", True),
        ("2026-03-29T03:00", False),
        ("2026-10-25T02:30", False),
    ],
)
def test_the_hour_that_spring_jumps_over_does_not_exist(local, gap):
    assert is_in_gap(datetime.fromisoformat(local), "Europe/Paris") is gap
    assert not is_in_gap(datetime.fromisoformat(local), "UTC")


@given(st.datetimes(datetime(1997, 1, 1), datetime(2030, 1, 1)))
def test_in_paris_only_a_last_sunday_of_march_lacks_an_hour(local):
    last_sunday = local.month == 3 and local.day > 24 and local.weekday() == 6
    assert is_in_gap(local, "Europe/Paris") is (last_sunday and local.hour == 2)


@given(
    MINUTES, st.sampled_from(["Europe/Paris", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Gaza"])
)
@example(datetime(2011, 12, 30, 12), "Pacific/Apia")  # a whole day that was jumped over
@example(datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe")  # half an hour
def test_a_local_time_in_a_gap_is_one_that_does_not_come_back_from_utc(local, timezone):
    zone = ZoneInfo(timezone)
    back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assert is_in_gap(local, timezone) is (back != local)


@given(MINUTES)
def test_the_next_day_begins_within_a_day(local):
    midnight = midnight_after(local)
    assert timedelta(0) < midnight - local <= timedelta(days=1)
    assert midnight.time() == datetime.min.time()
