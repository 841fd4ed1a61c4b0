"""What came in against what was there: the same event keeps its identity, past ones stay, changes are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
from msgspec import Struct

from plugins.agenda.importing.normalising import Normalised
from plugins.agenda.notices import MAX_EVENTS, Calendar, Dates, Notice, by_start
from plugins.agenda.partners import Partner
from plugins.agenda.recurrence import MAX_OCCURRENCES
from plugins.press.slugs import build_slug

ENOUGH = 6
"""From this many coming events on, losing more than half of them at once is more likely a mistake than a choice."""
_MAX_KEY_SLUG = 80


class Comparison(Struct, frozen=True):
    """The calendar as it becomes, and what that changes; ``moved`` pairs the notice that was with the one that is."""

    calendar: Calendar
    new: tuple[Notice, ...] = ()
    moved: tuple[tuple[Notice, Notice], ...] = ()
    changed: tuple[Notice, ...] = ()
    gone: tuple[Notice, ...] = ()
    left_out: int = 0


def is_suspicious(before: Sequence[Notice], after: Sequence[Notice], now: datetime) -> bool:
    """Whether far fewer events are coming than before: none at all, or less than half of six and more."""
    had = sum(notice.is_coming(now) for notice in before)
    has = sum(notice.is_coming(now) for notice in after)
    return bool(had) and (not after or (had >= ENOUGH and has * 2 < had))


def compare(before: Calendar | None, found: Normalised, partner: Partner, now: datetime) -> Comparison:
    """Pure: the same calendar twice gives the same file, byte for byte."""
    pairs, gone = _match(before.notices if before else (), found.notices, now)
    keys = {old.key for old in before.notices} if before else set()
    notices, new, moved, changed = [], [], [], []
    for old, notice in pairs:
        if old is None:
            added = _add(notice, partner, keys, now)
            keys.add(added.key)
            new.append(added)
            notices.append(added)
            continue
        kept = _keep(old, notice, now)
        notices.append(kept)
        if kept != old:
            if _is_moved(old, kept):
                moved.append((old, kept))
            elif msgspec.structs.replace(kept, dates=old.dates, modified=old.modified) != old:
                changed.append(kept)
    removed = []
    for old in gone:
        rest = _past_of(old, now)
        notices += [rest] if rest else []
        removed += [old] if old.is_coming(now) else []
    kept_notices = _bound(notices, now)
    calendar = Calendar(
        name=partner.name,
        address=partner.url or partner.file,
        trusted=partner.trusted,
        aggregator=partner.aggregator,
        department=partner.department,
        category=partner.category,
        changed=before.changed if before else None,
        refused=len(found.refusals),
        notices=tuple(sorted(kept_notices, key=by_start)),
    )
    if calendar != before:
        calendar = msgspec.structs.replace(calendar, changed=_local(now))
    left_out = len(notices) - len(kept_notices)
    return Comparison(calendar, tuple(new), tuple(moved), tuple(changed), tuple(removed), left_out)


def _match(
    before: Sequence[Notice], after: Sequence[Notice], now: datetime
) -> tuple[list[tuple[Notice | None, Notice]], list[Notice]]:
    """Each notice with the one that it was: by UID, else by title, first day and town; and those that are gone.

    The same event twice in one calendar is one.
    """
    by_uid = {notice.uid: notice for notice in sorted(before, key=by_start)}
    pairs: list[tuple[Notice | None, Notice]] = []
    taken: set[str] = set()
    unknown = []
    for notice in after:
        old = by_uid.get(notice.uid)
        if old is None or _took_place(old, notice, now):
            unknown.append(notice)
        else:
            taken.add(old.key)
            pairs.append((old, notice))
    by_likeness = _by_likeness(old for old in before if old.key not in taken)
    seen = {notice.likeness for _, notice in pairs}
    for notice in sorted(unknown, key=lambda notice: (by_start(notice), notice.uid)):
        old = next((old for old in by_likeness.get(notice.likeness, ()) if old.key not in taken), None)
        if old is None and notice.likeness in seen:
            continue
        seen.add(notice.likeness)
        if old is not None:
            taken.add(old.key)
        pairs.append((old, notice))
    return pairs, [old for old in before if old.key not in taken]


Likeness = tuple[str, date, str]


def _by_likeness(notices: Iterable[Notice]) -> dict[Likeness, list[Notice]]:
    """Each under the likeness of all its dates: the first one of a series leaves the calendar with time."""
    found: dict[Likeness, list[Notice]] = {}
    for notice in notices:
        title, _, town = notice.likeness
        for day in dict.fromkeys(dates.start.date() for dates in notice.dates):
            found.setdefault((title, day, town), []).append(notice)
    return found


def _took_place(old: Notice, notice: Notice, now: datetime) -> bool:
    """Whether a calendar uses the identity of what is past for something that is to come: next year's fair."""
    return not old.is_coming(now) and notice.start > _local(now)


def _add(notice: Notice, partner: Partner, keys: set[str], now: datetime) -> Notice:
    """A new notice gets the key that it keeps for ever."""
    room = _MAX_KEY_SLUG - len(partner.slug) - 5
    stem = (build_slug(notice.title) or "evenement")[:room].rstrip("-")
    key = base = f"{notice.start:%Y/%m}/{stem}-{partner.slug}"
    number = 2
    while key in keys:
        key, number = f"{base}-{number}", number + 1
    return msgspec.structs.replace(notice, key=key, seen=_local(now).date())


def _keep(old: Notice, notice: Notice, now: datetime) -> Notice:
    """What the calendar says now, under the identity that the event has here, with the past of its series."""
    kept = msgspec.structs.replace(
        notice,
        uid=old.uid,
        key=old.key,
        seen=old.seen,
        shown=old.shown,
        modified=old.modified,
        dates=_with_past(old, notice, now),
    )
    return kept if kept == old else msgspec.structs.replace(kept, modified=_local(now))


def _with_past(old: Notice, notice: Notice, now: datetime) -> tuple[Dates, ...]:
    """The past of a series is what took place, whatever its calendar says of it now."""
    past = _past_of(old, now)
    is_corrected = len(old.dates) == len(notice.dates) == 1 and old.start.date() == notice.start.date()
    if past is None or is_corrected or old.all_day != notice.all_day:
        return notice.dates
    last = past.dates[-1].start
    later = (each for each in notice.dates if notice.over(each) > now or each.start.date() > last.date())
    return (*past.dates, *(each for each in later if each not in past.dates))[-MAX_OCCURRENCES:]


def _past_of(old: Notice, now: datetime) -> Notice | None:
    """Of an event that is gone, what has taken place stays."""
    past = tuple(dates for dates in old.dates if old.over(dates) <= now)
    return msgspec.structs.replace(old, dates=past) if past else None


def _is_moved(old: Notice, notice: Notice) -> bool:
    before = [dates for dates in old.dates if dates in notice.dates]
    return (
        len(before) < len(old.dates)
        or old.place.lines != notice.place.lines
        or old.cancelled != notice.cancelled
        or old.timezone != notice.timezone
    )


def _bound(notices: list[Notice], now: datetime) -> list[Notice]:
    """The nearest: what is coming, by start, then what is past, latest first."""
    if len(notices) <= MAX_EVENTS:
        return notices
    local = _local(now)
    return sorted(notices, key=lambda each: (not each.is_coming(now), abs(each.start - local), each.key))[:MAX_EVENTS]


def _local(now: datetime) -> datetime:
    return now.replace(tzinfo=None, second=0, microsecond=0)
