"""The documents of the benchmark, made up from a seed: the same for every tool and on every machine.

Half are articles (about 600 words), half are events (about 120 words), spread over 2016 to 2026.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from bench.documents import NOW, Block, Document, Event, Heading, Items, Kind, Link, Moment, Paragraph, Table
from bench.texts import paragraph, rich_sentence, sentence, words

FIRST_DAY = dt.datetime.fromisoformat("2016-01-04T09:00")
LAST_START = dt.datetime.fromisoformat("2026-12-18T09:00")

CATEGORIES = (
    "evenement-cresol",
    "reunion-de-travail",
    "on-y-etait",
    "vie-associative",
    "prestation",
    "communication",
)
REGION = ("18", "28", "36", "37", "41", "45")
ELSEWHERE = ("03", "13", "23", "31", "33", "35", "44", "49", "59", "69", "72", "75", "86", "89")
CITIES = ("Bourges", "Chartres", "Châteauroux", "Tours", "Blois", "Orléans", "Vierzon", "Montargis")
TAGS = tuple(f"thème {number:02d}" for number in range(1, 41))


def documents(n: int, seed: int = 1) -> list[Document]:
    """`n` documents, two at least: articles first, then events."""
    if n < 2:
        raise ValueError("the benchmark needs two documents at least")
    rng = random.Random(f"{seed}:{n}")  # noqa: S311 -- the figures must repeat; nothing is secret
    dates = list(_spread(FIRST_DAY, NOW - dt.timedelta(days=1), n // 2))
    starts = list(_spread(FIRST_DAY + dt.timedelta(days=60), LAST_START, n - n // 2))
    articles = [_article(rng, number, dates, starts) for number in range(1, len(dates) + 1)]
    events = [_event(rng, number, start) for number, start in enumerate(starts, 1)]
    return articles + events


def article_name(number: int) -> str:
    return f"article-{number:05d}"


def event_name(number: int) -> str:
    return f"evenement-{number:05d}"


def _spread(first: dt.datetime, last: dt.datetime, count: int) -> Iterator[dt.datetime]:
    """`count` moments from `first` to `last`, evenly, on whole minutes between 8:00 and 19:59."""
    minutes = int((last - first).total_seconds()) // 60
    for index in range(count):
        moment = first + dt.timedelta(minutes=index * minutes // max(count - 1, 1))
        yield moment.replace(hour=8 + moment.hour % 12)


def _article(rng: random.Random, number: int, dates: list[dt.datetime], starts: list[dt.datetime]) -> Document:
    return Document(
        name=article_name(number),
        title=f"{words(rng, 6).capitalize()} {number}",
        date=dates[number - 1],
        summary=sentence(rng, 18, 24),
        tags=tuple(sorted(rng.sample(TAGS, 3))),
        blocks=tuple(_article_blocks(rng, number, dates, starts)),
    )


def _article_blocks(
    rng: random.Random, number: int, dates: list[dt.datetime], starts: list[dt.datetime]
) -> Iterator[Block]:
    article, event = rng.randrange(len(dates)), rng.randrange(len(starts))
    extras: tuple[tuple[Block, ...], ...] = (
        (Paragraph("À lire aussi :", _link(rng, "article", article + 1, dates[article])),),
        (Items(tuple(rich_sentence(rng, 5, 12) for _ in range(5))),),
        (Table(tuple(_row(rng) for _ in range(6))),),
        (
            Items(tuple(rich_sentence(rng, 5, 10) for _ in range(4)), ordered=True),
            Paragraph("Pour s’inscrire :", _link(rng, "event", event + 1, starts[event])),
            Paragraph("Source :", Link("le document", url=f"https://exemple.test/{number}?a=1&b=2")),
        ),
    )
    for extra in extras:
        yield Heading(sentence(rng, 3, 6))
        yield Paragraph(paragraph(rng, 4))
        yield from extra
        yield Paragraph(paragraph(rng, 4))


def _event(rng: random.Random, number: int, moment: dt.datetime) -> Document:
    start, end = _span(rng, moment)
    announced = min(moment - dt.timedelta(days=rng.randint(10, 60)), NOW - dt.timedelta(days=rng.randint(1, 60)))
    pool = REGION if rng.random() < 0.7 else ELSEWHERE
    return Document(
        name=event_name(number),
        title=f"{words(rng, 5).capitalize()} {number}",
        date=announced,
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
        ),
    )


def _span(rng: random.Random, moment: dt.datetime) -> tuple[Moment, Moment]:
    """Three events in ten are whole days, from one to three; the others last one to three hours."""
    if rng.random() < 0.3:
        day = moment.date()
        return day, day + dt.timedelta(days=rng.choice((0, 0, 1, 2)))
    return moment, moment + dt.timedelta(hours=rng.randint(1, 3))


def _link(rng: random.Random, kind: Kind, number: int, filed: dt.datetime) -> Link:
    name = article_name(number) if kind == "article" else event_name(number)
    return Link(words(rng, 7), kind=kind, name=name, year=filed.year, month=filed.month)


def _row(rng: random.Random) -> tuple[str, ...]:
    return words(rng, 2), str(rng.randint(1, 9999)), f"{rng.random() * 100:.1f} %".replace(".", ",")
