"""Days and moments as editors write them: ISO 8601 only, because every guess is wrong for somebody."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::00)?)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_FRENCH = re.compile(r"(?:[a-zé]+\.?\s+)?(\d{1,2})(?:er)?\s+([a-zéûô]+)\.?\s+(\d{4})", re.IGNORECASE)
_MONTHS = ("janv", "févr", "mars", "avri", "mai", "juin", "juil", "août", "sept", "octo", "nove", "déce")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_FORM = "AAAA-MM-JJ, par exemple 2026-02-28"
_MOMENT_FORM = "AAAA-MM-JJ ou AAAA-MM-JJTHH:MM, par exemple 2026-02-28T18:30"


class Moment(Struct, frozen=True, gc=False):
    """A day, or a minute of a day: naive local time; ``all_day`` when no hour was given."""

    value: datetime
    all_day: bool


def read_day(text: str) -> date:
    """``2026-02-28``. Raises ``ValueError`` with a French sentence that gives the form to write."""
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(_refusal(text, _FORM))
    return _build_date(text, *map(int, found.groups()))


def read_moment(text: str) -> Moment:
    """``2026-02-28`` or ``2026-02-28T18:30`` (local time). Raises ``ValueError`` in French."""
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError(_refusal(text, _MOMENT_FORM))
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_refuse_moment(text, found)) from None
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(_refuse_moment(text, found))
    return Moment(value, all_day=not found[2])


def _refuse_moment(text: str, found: re.Match[str]) -> str:
    """Why a moment of the right form is none: its day, or else its hour."""
    try:
        read_day(found[1])
    except ValueError as error:
        return str(error)
    return f"« {text} » : l'heure {found[2]}:{found[3]} n'existe pas. Écrire de 00:00 à 23:59."


def is_in_gap(local: datetime, timezone: str) -> bool:
    """Whether this local time is jumped over when clocks go forward (RFC 5545 §3.3.5 leaves it undefined).

    There, the clock before the jump and the clock after it disagree (PEP 495), as they do for an hour that comes twice.
    """
    aware = local.replace(tzinfo=ZoneInfo(timezone))
    before, after = aware.utcoffset(), aware.replace(fold=1).utcoffset()
    return before is not None and after is not None and before < after


def stamp(local: datetime, timezone: str) -> str:
    """A local moment with its offset, as programs compare them: ``2026-02-28T18:30:00+01:00`` (xsd:dateTime)."""
    return local.replace(tzinfo=ZoneInfo(timezone)).isoformat(timespec="seconds")


def day_or_stamp(local: datetime, timezone: str, *, all_day: bool) -> str:
    """A day as ``2026-02-28``, an hour with its offset."""
    return local.date().isoformat() if all_day else stamp(local, timezone)


def midnight_after(local: datetime) -> datetime:
    """The first moment of the next day."""
    return datetime(local.year, local.month, local.day) + timedelta(days=1)


def _build_date(text: str, year: int, month: int, day: int) -> date:
    try:
        built = date(year, month, day)
    except ValueError:
        raise ValueError(f"« {text} » n'est pas une date du calendrier. Écrire {_FORM}.") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"« {text} » : l'année {year} est hors de {_FIRST_YEAR}–{_LAST_YEAR}.")
    return built


def _refusal(text: str, form: str) -> str:
    suggestion = _suggest(text)
    remedy = f"Écrire {suggestion} (année-mois-jour)" if suggestion else f"Écrire {form}"
    return f"« {text} » n'est pas une date. {remedy}."


def _suggest(text: str) -> str:
    """The ISO form of a French date (day first), when the text is one that exists."""
    numeric, french = _NUMERIC.fullmatch(text), _FRENCH.fullmatch(text)
    if numeric:
        day, month, year = map(int, numeric.groups())
    elif french:
        name = french[2].lower()
        months = [i for i, month in enumerate(_MONTHS, 1) if name.startswith(month) or month.startswith(name)]
        if len(months) != 1:
            return ""
        day, month, year = int(french[1]), months[0], int(french[3])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
