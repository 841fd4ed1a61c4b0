"""The agenda of a whole region over twenty years, made up from a seed: the same on every machine.

One event in a hundred is a series. The year has its seasons, the week its Saturdays, and one Saturday of September its
open doors, when dozens of events take place at once. One organiser in three hundred has a fifth of all events.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from bench.documents import NOW, Document, Event, Items, Moment, Paragraph, Series
from bench.generator import CATEGORIES, CITIES, ELSEWHERE, REGION
from bench.texts import paragraph, rich_sentence, sentence, words

FIRST_YEAR, LAST_YEAR = 2007, 2026
SERIES = 100
"""One event in so many is a series."""
TAGS = tuple(f"thème {number:02d}" for number in range(1, 81))
ORGANISERS = tuple(f"Collectif {number:03d}" for number in range(1, 301))
SEASONS = (0.7, 0.8, 1.1, 1.1, 1.4, 1.6, 0.8, 0.4, 1.3, 1.3, 1.1, 0.6)
WEEK = (0.6, 0.8, 0.9, 0.9, 1.0, 1.6, 1.0)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OPEN_DOORS = 3
STATUSES = ("cancelled", "postponed", "full")


def agenda(n: int, seed: int = 1) -> list[Document]:
    """`n` events by start, a hundred at least."""
    if n < SERIES:
        raise ValueError(f"the agenda needs {SERIES} events at least")
    rng = random.Random(f"{seed}:{n}")  # noqa: S311 -- the figures must repeat; nothing is secret
    days = [dt.date(FIRST_YEAR, 1, 1) + dt.timedelta(number) for number in range(_DAYS)]
    weights = [SEASONS[day.month - 1] * WEEK[day.weekday()] * _doors(day) for day in days]
    return [_event(rng, number, day) for number, day in enumerate(sorted(rng.choices(days, weights, k=n)), 1)]


_DAYS = (dt.date(LAST_YEAR + 1, 1, 1) - dt.date(FIRST_YEAR, 1, 1)).days


def _doors(day: dt.date) -> int:
    """The third Saturday of September."""
    return OPEN_DOORS if day.month == 9 and day.weekday() == 5 and 15 <= day.day <= 21 else 1


def _event(rng: random.Random, number: int, day: dt.date) -> Document:
    start, end = _span(rng, day)
    midnight = dt.datetime.combine(day, dt.time())
    pool = REGION if rng.random() < 0.8 else ELSEWHERE
    return Document(
        name=f"evenement-{number:05d}",
        title=f"{words(rng, 5).capitalize()} {number}",
        date=min(midnight - dt.timedelta(days=rng.randint(10, 60)), NOW - dt.timedelta(days=rng.randint(1, 60))),
        summary=sentence(rng, 18, 24),
        tags=tuple(sorted(rng.sample(TAGS, 2))),
        blocks=(
            Paragraph(paragraph(rng, 4)),
            Items(tuple(rich_sentence(rng, 4, 8) for _ in range(3))),
            Paragraph(paragraph(rng, 3)),
        ),
        event=Event(
            start=start,
            end=end,
            category=rng.choice(CATEGORIES),
            departments=tuple(sorted(rng.sample(pool, 2 if rng.random() < 0.1 else 1))),
            place=words(rng, 3).capitalize(),
            city=rng.choice(CITIES),
            organisers=tuple(_organisers(rng)),
            status=rng.choice(STATUSES) if rng.random() < 0.05 and number % SERIES else "",
            series=None if number % SERIES else _series(number // SERIES, start),
        ),
    )


def _span(rng: random.Random, day: dt.date) -> tuple[Moment, Moment]:
    """Two events in ten are whole days, from one to three; the others last one to three hours."""
    if rng.random() < 0.2:
        return day, day + dt.timedelta(days=rng.choice((0, 0, 1, 2)))
    start = dt.datetime.combine(day, dt.time(rng.randint(9, 20), rng.choice((0, 30))))
    return start, start + dt.timedelta(hours=rng.randint(1, 3))


def _organisers(rng: random.Random) -> Iterator[str]:
    """The first one for a fifth of all events, and for the others one of the many or, for some, two."""
    if rng.random() < 0.2:
        yield ORGANISERS[0]
    else:
        yield from rng.sample(ORGANISERS[1:], rng.choice((1, 1, 1, 2)))


def _series(number: int, start: Moment) -> Series:
    """Weekly, every other week, monthly or daily by turns; the weekly ones leave out a date and move another."""
    rule = (
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=40",
        f"FREQ=MONTHLY;BYDAY={_rank(start)}{WEEKDAYS[start.weekday()]};COUNT=12",
        "FREQ=DAILY;COUNT=12",
    )[number % 4]
    if number % 4:
        return Series(rule)
    third, fifth = start + dt.timedelta(weeks=2), start + dt.timedelta(weeks=4)
    return Series(rule, left_out=(third,), moved=(fifth, fifth + dt.timedelta(days=1)))


def _rank(day: Moment) -> int:
    """Which one of its weekday in the month: the first to the fourth, else the last."""
    rank = (day.day - 1) // 7 + 1
    return rank if rank < 5 else -1
