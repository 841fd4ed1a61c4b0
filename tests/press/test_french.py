"""French: dates, hours, numbers and lists as one writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press import french

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
S, N = french.SOLID, french.NARROW


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


# Days


def test_only_the_first_of_a_month_is_an_ordinal():
    numbers = [french.day_number(date(2017, 3, n)) for n in range(1, 32)]
    assert numbers == ["1er", *map(str, range(2, 32))]


def test_a_day_is_told_by_its_words():
    march = day("2017-03-09")
    assert french.month(march) == french.short_month(march) == "mars"
    assert french.short_month(day("2017-01-01")) == "janv."
    assert (french.weekday(march), french.short_weekday(march)) == ("jeudi", "jeu.")
    assert french.long_day(march) == "9 mars 2017"
    assert french.full_day(march) == "jeudi 9 mars 2017"
    assert french.month_year(march) == "mars 2017"
    assert french.full_day(day("2018-08-01")) == "mercredi 1er août 2018"


def test_a_moment_has_the_words_of_its_day():
    at = moment("2017-03-09T18:30")
    for tell in (
        french.month,
        french.short_month,
        french.weekday,
        french.short_weekday,
        french.long_day,
        french.full_day,
    ):
        assert tell(at) == tell(at.date())
    assert french.month_year(at) == "mars 2017"
    assert french.days(at, at) == "jeudi 9 mars 2017"


def test_the_names_of_the_calendar():
    assert french.weekday_names() == ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    names = french.month_names()
    assert names == (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    )


@given(DAYS)
def test_the_names_are_those_of_the_calendar(any_day):
    weekday, number, month, year = french.full_day(any_day).split(" ")
    assert french.weekday_names().index(weekday) == any_day.weekday()
    assert french.month_names().index(month) == any_day.month - 1
    assert (int(number.removesuffix("er")), int(year)) == (any_day.day, any_day.year)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2017-03-09", "2017-03-09", "jeudi 9 mars 2017"),
        ("2017-01-12", "2017-01-16", "du 12 au 16 janvier 2017"),
        ("2017-04-01", "2017-04-02", "du 1er au 2 avril 2017"),
        ("2017-04-30", "2017-05-02", "du 30 avril au 2 mai 2017"),
        ("2017-04-30", "2017-05-01", "du 30 avril au 1er mai 2017"),
        ("2016-12-31", "2017-01-01", "du 31 décembre 2016 au 1er janvier 2017"),
        ("2016-03-01", "2017-03-02", "du 1er mars 2016 au 2 mars 2017"),
    ],
)
def test_days_say_what_differs_and_no_more(start, end, said):
    assert french.days(day(start), day(end)) == said


@given(DAYS, st.integers(1, 400))
def test_both_ends_of_days_are_told(start, length):
    end = start + timedelta(days=length)
    said = french.days(start, end)
    assert said.startswith(f"du {french.day_number(start)} ")
    assert said.endswith(f" au {french.long_day(end)}")


# Hours


@pytest.mark.parametrize(
    ("at", "said"), [("18:30", "18 h 30"), ("09:00", "9 h"), ("09:05", "9 h 05"), ("00:00", "0 h"), ("00:01", "0 h 01")]
)
def test_hours_have_no_minutes_on_the_hour(at, said):
    assert french.hour(time.fromisoformat(at)) == said.replace(" ", S)
    assert french.hour(moment(f"2017-03-09T{at}")) == said.replace(" ", S)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("09T18:30", None, "jeudi 9 mars 2017, à 18 h 30"),
        ("09T18:30", "09T20:00", "jeudi 9 mars 2017, de 18 h 30 à 20 h"),
        ("09T20:00", "10T02:00", "jeudi 9 mars 2017, de 20 h à 2 h"),
        ("09T20:00", "10T00:00", "jeudi 9 mars 2017, de 20 h à 0 h"),
        ("09T20:00", "10T06:00", "du jeudi 9 mars 2017 à 20 h au vendredi 10 mars 2017 à 6 h"),
        ("09T09:00", "10T05:00", "du jeudi 9 mars 2017 à 9 h au vendredi 10 mars 2017 à 5 h"),
        ("09T18:00", "11T12:00", "du jeudi 9 mars 2017 à 18 h au samedi 11 mars 2017 à 12 h"),
    ],
)
def test_an_evening_may_end_after_midnight(start, end, said):
    first, last = moment(f"2017-03-{start}"), moment(f"2017-03-{end}") if end else None
    assert french.period(first, last, all_day=False).replace(S, " ") == said


def test_whole_days_have_no_hours():
    start, end = moment("2017-01-12T00:00"), moment("2017-01-16T00:00")
    assert french.period(start, None, all_day=True) == "jeudi 12 janvier 2017"
    assert french.period(start, end, all_day=True) == "du 12 au 16 janvier 2017"


# Numbers and lists


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (999, "999"),
        (1400, "1 400"),
        (-1234567, "-1 234 567"),
        (47.5, "47,5"),
        (1400.25, "1 400,25"),
        (0.1 + 0.2, "0,3"),
        (47.0, "47"),
        (12345678901.5, "12 345 678 901,5"),
    ],
)
def test_numbers_have_a_comma_and_narrow_spaces(value, said):
    assert french.number(value) == said.replace(" ", N)


@given(st.integers(-(10**18), 10**18))
def test_a_number_is_read_back_whole(value):
    said = french.number(value)
    assert int(said.replace(N, "")) == value
    assert [len(group) for group in said.lstrip("-").split(N)[1:]] == [3] * said.count(N)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 événement"), (1, "1 événement"), (2, "2 événements"), (1400, f"1{N}400 événements"), (-1, "-1 événement")],
)
def test_zero_and_one_are_singular(count, said):
    assert french.plural(count, "événement") == said.replace(" ", S)


def test_a_plural_of_its_own_is_given():
    assert french.plural(1, "journal", "journaux") == f"1{S}journal"
    assert french.plural(2, "journal", "journaux") == f"2{S}journaux"


@pytest.mark.parametrize(
    ("value", "said"),
    [(1200, "1 200"), (1200.0, "1 200"), (1200.5, "1 200,50"), (0, "0"), (-0.05, "-0,05"), (12345.678, "12 345,68")],
)
def test_cents_are_two_or_none(value, said):
    assert french.money(value) == said.replace(" ", N)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("personnes", "de personnes"),
        ("acteurs", "d'acteurs"),
        ("Écoles", "d'Écoles"),
        ("œuvres", "d'œuvres"),
        ("heures", "d'heures"),
        ("halles", "de halles"),
        ("yaourts", "de yaourts"),
        ("Yvetot", "d'Yvetot"),
        ("« amis »", "d'« amis »"),
        ("", "de "),
    ],
)
def test_de_loses_its_vowel_before_another_one(words, said):
    assert french.of(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [((), ""), (("a",), "a"), (("a", "b"), "a et b"), (("a", "b", "c"), "a, b et c"), (["a", "b"], "a et b")],
)
def test_the_last_word_of_a_list_comes_after_and(words, said):
    assert french.enumerate_words(words) == said
