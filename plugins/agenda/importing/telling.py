"""What an import did, in French, calendar by calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from plugins.agenda.importing.comparing import Comparison
from plugins.agenda.importing.normalising import Normalised, Refusal
from plugins.agenda.notices import Calendar, Notice
from plugins.press.reporting import count

_SHOWN = 20


def describe(comparison: Comparison, found: Normalised, now: datetime) -> Iterator[str]:
    """The lines of one calendar: what it holds, then what is new, moved, gone, refused and why."""
    calendar = comparison.calendar
    coming = sum(notice.is_coming(now) for notice in calendar.notices)
    yield f"{calendar.name} : {count(len(calendar.notices), 'événement', 'événements')}, dont {coming} à venir."
    yield from _list("nouveau", (_name(notice) for notice in comparison.new))
    yield from _list("déplacé", (_move(old, notice) for old, notice in comparison.moved))
    yield from _list("modifié", (_name(notice) for notice in comparison.changed))
    yield from _list("disparu", (_name(notice) for notice in comparison.gone))
    yield from _list("refusé", map(_refusal, found.refusals))
    if found.filtered:
        yield f"  sans les mots cherchés : {found.filtered}"
    if found.outside:
        yield f"  trop anciens ou trop lointains : {found.outside}"
    if comparison.left_out:
        yield f"  de trop, les plus éloignés : {comparison.left_out}"
    if waiting := waiting_of(calendar):
        yield f"  à relire : {waiting} (ajouter « shown: true » à chaque événement à montrer)"


def waiting_of(calendar: Calendar) -> int:
    """How many events nobody has decided to show or to hide."""
    return 0 if calendar.trusted else sum(notice.shown is None for notice in calendar.notices)


def _list(word: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    for line in found[:_SHOWN]:
        yield f"  {word} : {line}"
    if len(found) > _SHOWN:
        yield f"  {word} : et {len(found) - _SHOWN} autres"


def _name(notice: Notice) -> str:
    return f"{notice.title} ({_when(notice)})"


def _when(notice: Notice) -> str:
    day = f"{notice.start:%Y-%m-%d}" if notice.all_day else f"{notice.start:%Y-%m-%d %H:%M}"
    return f"{day}, {len(notice.dates)} dates" if len(notice.dates) > 1 else day


def _move(old: Notice, notice: Notice) -> str:
    said = []
    if notice.cancelled != old.cancelled:
        said.append("annulé" if notice.cancelled else "rétabli")
    if _when(old) != _when(notice):
        said.append(f"{_when(old)} → {_when(notice)}")
    elif old.dates != notice.dates:
        said.append(f"{_when(notice)}, autres heures ou autres dates")
    if old.place.lines != notice.place.lines:
        said.append(f"{', '.join(old.place.lines) or 'sans lieu'} → {', '.join(notice.place.lines) or 'sans lieu'}")
    return f"{notice.title} ({' ; '.join(said) or _when(notice)})"


def _refusal(refusal: Refusal) -> str:
    return f"{refusal.title or 'sans titre'} : {refusal.reason} (uid : {refusal.uid or 'inconnu'})"
