"""A document of the benchmark, in a form that no tool reads: every tool's own is written from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

NOW = dt.datetime.fromisoformat("2026-06-01T12:00")
"""The moment of every build of the benchmark: what comes later is an upcoming event."""

Kind = Literal["article", "event"]
Moment = dt.date | dt.datetime


@dataclass(frozen=True)
class Link:
    """A link to another document (`name`, in the folder of `year` and `month`) or, with `url`, elsewhere."""

    text: str
    url: str = ""
    kind: Kind = "article"
    name: str = ""
    year: int = 0
    month: int = 0


@dataclass(frozen=True)
class Heading:
    """A heading of the second level."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A text and, after it, a link. It may hold Markdown, as may the entries of a list."""

    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Items:
    """A list, with numbers or without."""

    entries: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of three cells; every table has the same head."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Series:
    """How an event comes back: a rule of RFC 5545, dates left out, and one that is moved to another."""

    rule: str
    left_out: tuple[Moment, ...] = ()
    moved: tuple[Moment, Moment] | None = None


@dataclass(frozen=True)
class Event:
    """What only events have. Both ends are days (the last one included) or both are local times."""

    start: Moment
    end: Moment
    category: str
    departments: tuple[str, ...]
    place: str
    city: str
    organisers: tuple[str, ...] = ()
    status: str = ""
    series: Series | None = None


@dataclass(frozen=True)
class Document:
    """`date` is the first publication; for an event, the announcement, which comes before its start."""

    name: str
    title: str
    date: dt.datetime
    summary: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    event: Event | None = None

    @property
    def kind(self) -> Kind:
        return "event" if self.event else "article"

    @property
    def filed(self) -> Moment:
        """The day that decides the folder: the start of an event, the date of an article."""
        return self.event.start if self.event else self.date
