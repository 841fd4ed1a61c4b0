"""Dates, hours, numbers and lists in French. Babel knows the words, whatever the machine's locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, get_day_names, get_month_names

NARROW = "\N{NARROW NO-BREAK SPACE}"
SOLID = "\N{NO-BREAK SPACE}"


_VOWELS = "aeiouàâäéèêëîïôöùûüœæ"
_ASPIRATED = (
    *("hache", "hackathon", "hacker", "haie", "hall", "halte", "hamac", "hameau", "hamster", "hanche", "handball"),
    *("handicap", "hangar", "haras", "harcel", "harcèl", "haricot", "harpe", "hasard", "hausse", "haut", "hérisson"),
    *("hernie", "héros", "herse", "hêtre", "hibou", "hiérarch", "hip-hop", "hobby", "hockey", "homard", "hors", "houe"),
    *("houle", "housse", "houx", "hub", "huit", "hutte", "onz", "oui", "ululement", "uhlan"),
)
"""What begins with a vowel or an « h » and is not elided."""


@lru_cache(maxsize=64)
def _format(pattern: str, day: date) -> str:
    return format_date(day, pattern, locale="fr")


def _name_month(pattern: str, day: date) -> str:
    """The name of a month is that of any other year: one of twelve to remember."""
    return _format(pattern, date(2001, day.month, 1))


def _name_weekday(pattern: str, day: date) -> str:
    """January 2001 begins on a Monday."""
    return _format(pattern, date(2001, 1, 1 + day.weekday()))


def day_number(day: date) -> str:
    """« 1er », « 2 », « 31 »: only the first of the month is an ordinal."""
    return "1er" if day.day == 1 else str(day.day)


def month(day: date) -> str:
    """« mars »."""
    return _name_month("MMMM", day)


def short_month(day: date) -> str:
    """« janv. », « mars »."""
    return _name_month("MMM", day)


def weekday(day: date) -> str:
    """« jeudi »."""
    return _name_weekday("EEEE", day)


def short_weekday(day: date) -> str:
    """« jeu. »."""
    return _name_weekday("EEE", day)


def long_day(day: date) -> str:
    """« 1er mars 2017 »."""
    return f"{day_number(day)} {month(day)} {day.year}"


def full_day(day: date) -> str:
    """« jeudi 9 mars 2017 »."""
    return f"{weekday(day)} {long_day(day)}"


@lru_cache(maxsize=4096)
def month_year(day: date) -> str:
    """« mars 2017 »."""
    return f"{month(day)} {day.year}"


def days(start: date, end: date) -> str:
    """« jeudi 9 mars 2017 », « du 12 au 16 janvier 2017 », « du 30 avril au 2 mai 2017 »."""
    first, last = _plain(start), _plain(end)
    if first == last:
        return full_day(first)
    if (first.year, first.month) == (last.year, last.month):
        head = day_number(first)
    elif first.year == last.year:
        head = f"{day_number(first)} {month(first)}"
    else:
        head = long_day(first)
    return f"du {head} au {long_day(last)}"


def hour(moment: datetime | time) -> str:
    """« 18 h 30 », « 9 h »."""
    minutes = f"{SOLID}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{SOLID}h{minutes}"


@lru_cache(maxsize=256)
def period(start: datetime, end: datetime | None, *, all_day: bool) -> str:
    """When an event takes place, in one phrase: « jeudi 9 mars 2017, de 18 h 30 à 20 h »."""
    if all_day:
        return days(start, end or start)
    if end is None:
        return f"{full_day(start)}, à {hour(start)}"
    if end.date() == start.date() or (end - start < timedelta(hours=18) and end.hour < 6):
        return f"{full_day(start)}, de {hour(start)} à {hour(end)}"
    return f"du {full_day(start)} à {hour(start)} au {full_day(end)} à {hour(end)}"


def number(value: float) -> str:
    """« 1 400 », « 47,5 »: thousands apart by a narrow no-break space, a comma before decimals."""
    whole = f"{value:,}" if isinstance(value, int) else f"{value:,.6f}".rstrip("0").rstrip(".")
    return whole.replace(",", NARROW).replace(".", ",")


def money(value: float) -> str:
    """« 1 200 », « 1 200,50 »: cents are two or none."""
    return number(value) if value == int(value) else f"{value:,.2f}".replace(",", NARROW).replace(".", ",")


def plural(count: int, singular: str, several: str = "") -> str:
    """« 1 événement », « 47 événements »; in French zero and one are singular."""
    return f"{number(count)}{SOLID}{singular if abs(count) < 2 else several or singular + 's'}"


def of(words: str) -> str:
    """« d'acteurs », « de personnes », « d'heures », « de halles », « de yaourts »."""
    letters = words.lstrip("«» \N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}").lower()
    if letters.startswith("y"):
        elided = letters[1:2] not in _VOWELS or letters.startswith(("yeux", "yonne"))
    else:
        elided = letters[:1] in f"{_VOWELS}h" and not letters.startswith(_ASPIRATED)
    return f"d'{words}" if elided and letters else f"de {words}"


def enumerate_words(words: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def weekday_names() -> tuple[str, ...]:
    """From Monday to Sunday."""
    return tuple(str(get_day_names("wide", locale="fr")[index]) for index in range(7))


def month_names() -> tuple[str, ...]:
    """From January to December."""
    return tuple(str(get_month_names("wide", locale="fr")[index]) for index in range(1, 13))


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
