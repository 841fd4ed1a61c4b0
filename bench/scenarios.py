"""What an editor does between two builds, and what must be seen afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.documents import NOW, Document, Event, Moment, Paragraph
from bench.sites import HUGO, PELICAN, PRESS, Expected, Listed, Site

Edit = Callable[[Site, str], tuple[Expected, ...]]
"""Change the sources, using a word that no page holds yet, and say what the next build must show."""

LAST = "article-99999"


@dataclass(frozen=True)
class Scenario:
    """`goal` is the wall time allowed, as a share of Hugo's full build (of the agenda: in seconds).

    `aim` is what we would like.
    """

    name: str
    label: str
    edit: Edit
    tools: tuple[str, ...] = (PRESS,)
    goal: float | None = None
    aim: float | None = None
    cold: bool = False


def _nothing(_site: Site, _word: str) -> tuple[Expected, ...]:
    return ()


def _article_text(site: Site, word: str) -> tuple[Expected, ...]:
    """The latest article: the one that the first pages and the feeds show too."""
    return _text(site, latest_article(site), word)


def _event_text(site: Site, word: str) -> tuple[Expected, ...]:
    return _text(site, movable_events(site)[1], word)


def _text(site: Site, document: Document, word: str) -> tuple[Expected, ...]:
    *blocks, last = document.blocks
    if not isinstance(last, Paragraph):
        raise TypeError("the documents end with a paragraph")
    changed = replace(document, blocks=(*blocks, replace(last, text=f"{last.text} {word}")))
    site.put(changed)
    return (Expected(site.page(changed), word),)


def _event_title(site: Site, word: str) -> tuple[Expected, ...]:
    event = movable_events(site)[0]
    changed = replace(event, title=f"{word} {_first(site, event).title}")
    site.put(changed)
    page = site.page(changed)
    month, year = page.parent.parent, page.parent.parent.parent
    seen = (page, page.with_name("evenement.ics"), year / "agenda.ics")
    return (*(Expected(path, word) for path in seen), Listed(month / "index.html", word))


def _event_date(site: Site, _word: str) -> tuple[Expected, ...]:
    """A month later, or back."""
    event = movable_events(site)[-1]
    first = _first(site, event).event
    changed = replace(event, event=_month_later(first) if event.event == first else first)
    old, new = site.page(event), site.page(changed)
    site.put(changed)
    listed = Listed(new.parent.parent / "index.html", f"/{changed.name}/")
    return Expected(old, present=False), Expected(new), listed


def _article_added(site: Site, word: str) -> tuple[Expected, ...]:
    if LAST in site.documents:
        site.remove(LAST)
        site.build()
    added = replace(latest_article(site), name=LAST, title=f"{word} ajouté", date=NOW.replace(hour=8))
    site.put(added)
    return Expected(site.page(added), word), Expected(site.output / "blog" / "index.html", word)


def _article_deleted(site: Site, word: str) -> tuple[Expected, ...]:
    if LAST not in site.documents:
        _article_added(site, word)
        site.build()
    page = site.page(site.documents[LAST])
    site.remove(LAST)
    return (Expected(page, present=False),)


def _series_date(site: Site, _word: str) -> tuple[Expected, ...]:
    """One date of a series to come takes place some days later; the next time, on yet another day."""
    document = site.documents[_first_series(site).name]
    event = document.event
    if event is None or event.series is None:
        raise TypeError("a series is wanted")
    day, before = event.series.moved or (event.start, event.start)
    moved = day + dt.timedelta(days=1 if before != day + dt.timedelta(days=1) else 2)
    changed = replace(document, event=replace(event, series=replace(event.series, moved=(day, moved))))
    site.put(changed)
    page = site.page(changed)
    month = page.parent.parent.parent / f"{moved:%m}" / "index.html"
    calendars = (page.with_name("evenement.ics"), page.parents[2] / "agenda.ics")
    return (
        *(Expected(path, f":{moved:%Y%m%dT%H%M%S}") for path in calendars),
        Listed(month, f"/{changed.name}/"),
    )


def _first_series(site: Site) -> Document:
    """The first series that begins after now, at an hour."""
    for item in site.first:
        start = item.event.start if item.event and item.event.series else None
        if isinstance(start, dt.datetime) and start > NOW:
            return item
    raise ValueError("too few events: no series to come")


SCENARIOS = (
    Scenario("cold", "cold", _nothing, (PRESS, HUGO, PELICAN), goal=2.5, aim=1.0, cold=True),
    Scenario("unchanged", "nothing changed", _nothing, goal=0.10),
    Scenario("text", "an article’s text changed", _article_text, (PRESS, HUGO, PELICAN), goal=0.15),
    Scenario("title", "an event’s title changed", _event_title, goal=0.20),
    Scenario("date", "an event moved by a month", _event_date, goal=0.20),
    Scenario("added", "an article added", _article_added),
    Scenario("deleted", "an article deleted", _article_deleted),
)


AGENDA_SCENARIOS = (
    Scenario("cold", "cold", _nothing, (PRESS, HUGO), goal=60, cold=True),
    Scenario("unchanged", "nothing changed", _nothing, goal=3),
    Scenario("event-text", "an event’s text changed", _event_text, goal=3),
    Scenario("title", "an event’s title changed", _event_title, goal=3),
    Scenario("date", "an event moved by a month", _event_date, goal=3),
    Scenario("series", "one date of a series moved", _series_date, goal=3),
)


def latest_article(site: Site) -> Document:
    articles = (item for item in site.documents.values() if not item.event and item.name != LAST)
    return max(articles, key=lambda item: item.date)


def movable_events(site: Site) -> list[Document]:
    """Events to come, which stand in most lists, and that fit in the next month of the same year."""
    single = (item for item in site.first if item.event and not item.event.series)
    movable = [item for item in single if item.event and _fits_a_month_later(item.event)]
    if not movable:
        raise ValueError("too few documents: no event can be moved by a month")
    coming = [item for item in movable if item.filed.isoformat() > NOW.isoformat()]
    return [site.documents[item.name] for item in coming or movable]


def _first(site: Site, document: Document) -> Document:
    return next(item for item in site.first if item.name == document.name)


def _fits_a_month_later(event: Event) -> bool:
    start, end = event.start, event.end
    return start.month == end.month < 12 and start.year == end.year and end.day <= 28


def _month_later(event: Event | None) -> Event:
    if event is None:
        raise TypeError("an event is wanted")
    return replace(event, start=_next_month(event.start), end=_next_month(event.end))


def _next_month(moment: Moment) -> Moment:
    return moment.replace(month=moment.month + 1)
