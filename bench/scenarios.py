"""What an editor does between two builds, and what must be seen afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.documents import NOW, Document, Event, Moment, Paragraph
from bench.sites import HUGO, PELICAN, PRESS, Expected, Site

Edit = Callable[[Site, str], tuple[Expected, ...]]
"""Change the sources, using a word that no page holds yet, and say what the next build must show."""

LAST = "article-99999"


@dataclass(frozen=True)
class Scenario:
    """`goal` is the wall time allowed, as a share of Hugo's full build; `aim` is what we would like."""

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
    article = latest_article(site)
    *blocks, last = article.blocks
    if not isinstance(last, Paragraph):
        raise TypeError("the articles end with a paragraph")
    changed = replace(article, blocks=(*blocks, replace(last, text=f"{last.text} {word}")))
    site.put(changed)
    return (Expected(site.page(changed), word),)


def _event_title(site: Site, word: str) -> tuple[Expected, ...]:
    event = movable_events(site)[0]
    changed = replace(event, title=f"{word} {_first(site, event).title}")
    site.put(changed)
    page = site.page(changed)
    month, year = page.parent.parent, page.parent.parent.parent
    seen = (page, page.with_name("evenement.ics"), month / "index.html", year / "agenda.ics")
    return tuple(Expected(path, word) for path in seen)


def _event_date(site: Site, _word: str) -> tuple[Expected, ...]:
    """A month later, or back."""
    event = movable_events(site)[-1]
    first = _first(site, event).event
    changed = replace(event, event=_month_later(first) if event.event == first else first)
    old, new = site.page(event), site.page(changed)
    site.put(changed)
    listed = Expected(new.parent.parent / "index.html", f"/{changed.name}/")
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


SCENARIOS = (
    Scenario("cold", "cold", _nothing, (PRESS, HUGO, PELICAN), goal=2.5, aim=1.0, cold=True),
    Scenario("unchanged", "nothing changed", _nothing, goal=0.10),
    Scenario("text", "an article’s text changed", _article_text, (PRESS, HUGO, PELICAN), goal=0.15),
    Scenario("title", "an event’s title changed", _event_title, goal=0.20),
    Scenario("date", "an event moved by a month", _event_date, goal=0.20),
    Scenario("added", "an article added", _article_added),
    Scenario("deleted", "an article deleted", _article_deleted),
)


def latest_article(site: Site) -> Document:
    articles = (item for item in site.documents.values() if not item.event and item.name != LAST)
    return max(articles, key=lambda item: item.date)


def movable_events(site: Site) -> list[Document]:
    """Events to come, which stand in most lists, and that fit in the next month of the same year."""
    movable = [item for item in site.first if item.event and _fits_a_month_later(item.event)]
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
