"""Write the benchmark's documents for each tool, every one with the front matter and folders it expects.

    python -m bench.corpus --n 10000 --out DIR

makes `DIR/press/`, `DIR/hugo/` and `DIR/pelican/`, each ready to be built. Titles, bodies and dates are
the same; only the front matter and the way a link names its target differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from bench.documents import Block, Document, Event, Heading, Items, Link, Moment, Paragraph, Table
from bench.generator import documents

THEMES = Path(__file__).parent / "themes"
SECTIONS = {"article": "blog", "event": "agenda"}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

Target = Callable[[Link], str]
"""How a tool writes the address of another document."""


# What is common to all tools


def markdown(document: Document, target: Target) -> str:
    return "\n\n".join(_block(block, target) for block in document.blocks) + "\n"


def _block(block: Block, target: Target) -> str:
    match block:
        case Heading(text):
            return f"## {text}"
        case Paragraph(text, None):
            return text
        case Paragraph(text, Link() as link):
            return f"{text} [{link.text}]({link.url or target(link)})."
        case Items(entries, True):
            return "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))
        case Items(entries, False):
            return "\n".join(f"- {entry}" for entry in entries)
        case Table(rows):
            lines = (f"| {' | '.join(row)} |" for row in rows)
            return "\n".join(("| Poste | Montant | Part |", "|---|---|---|", *lines))
    raise TypeError(f"unknown block {block!r}")


def _moment(moment: Moment) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if isinstance(moment, dt.datetime) else f"{moment:%Y-%m-%d}"


def _quoted(value: str | Sequence[str]) -> str:
    """JSON strings and lists are YAML too."""
    return json.dumps(value, ensure_ascii=False)


def _front_matter(lines: Iterable[str]) -> str:
    return "\n".join(("---", *lines, "---", "", ""))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# This project


def press_path(document: Document) -> Path:
    return Path("content", SECTIONS[document.kind], f"{document.filed:%Y}", f"{document.name}.md")


def press_text(document: Document) -> str:
    target = partial(_press_target, SECTIONS[document.kind])
    return _front_matter(_press_fields(document)) + markdown(document, target)


def _press_target(section: str, link: Link) -> str:
    across = "" if SECTIONS[link.kind] == section else f"../{SECTIONS[link.kind]}/"
    return f"../{across}{link.year}/{link.name}.md"


def _press_fields(document: Document) -> Iterable[str]:
    yield f"title: {_quoted(document.title)}"
    yield f"slug: {document.name}"
    yield f"date: {_moment(document.date)}"
    if document.event:
        yield from _event_fields(document.event)
        yield from ("place:", f"  name: {_quoted(document.event.place)}", f"  city: {document.event.city}")
        yield from _press_event_fields(document.event)
    yield f"tags: {_quoted(document.tags)}"
    yield f"summary: {_quoted(document.summary)}"


def _event_fields(event: Event) -> Iterable[str]:
    yield f"start: {_moment(event.start)}"
    yield f"end: {_moment(event.end)}"
    yield f"category: {event.category}"
    yield f"departments: {_quoted(event.departments)}"


def _press_event_fields(event: Event) -> Iterable[str]:
    """What only this project is given."""
    if event.organisers:
        yield f"organisers: {_quoted(event.organisers)}"
    if event.status:
        yield f"event_status: {event.status}"
    if event.series:
        yield from ("repeat:", f"  rule: {event.series.rule}")
        if event.series.left_out:
            yield f"  except: {_quoted([_moment(moment) for moment in event.series.left_out])}"
        if event.series.moved:
            day, start = event.series.moved
            yield from ("  changes:", f"    - on: {_moment(day)}", f"      start: {_moment(start)}")


def write_press(root: Path, items: Iterable[Document]) -> None:
    for document in items:
        write(root / press_path(document), press_text(document))


# Hugo: years and months are sections of their own, its way of having a page for each


def hugo_path(document: Document) -> Path:
    month = f"{document.filed:%m}" if document.event else ""
    return Path("content", SECTIONS[document.kind], f"{document.filed:%Y}", month, f"{document.name}.md")


def hugo_text(document: Document) -> str:
    return _front_matter(_hugo_fields(document)) + markdown(document, _hugo_target)


def _hugo_target(link: Link) -> str:
    month = f"{link.month:02d}/" if link.kind == "event" else ""
    return f"/{SECTIONS[link.kind]}/{link.year}/{month}{link.name}.md"


def _hugo_fields(document: Document) -> Iterable[str]:
    yield f"title: {_quoted(document.title)}"
    yield f"slug: {document.name}"
    yield f"date: {document.date:%Y-%m-%dT%H:%M:%S}"
    if document.event:
        yield from _hugo_event_fields(document.event)
    yield f"tags: {_quoted(document.tags)}"
    yield f"summary: {_quoted(document.summary)}"


def _hugo_event_fields(event: Event) -> Iterable[str]:
    timed = isinstance(event.start, dt.datetime)
    form = "%Y-%m-%dT%H:%M:%S" if timed else "%Y-%m-%d"
    yield f"start: {event.start.strftime(form)}"
    yield f"end: {event.end.strftime(form)}"
    yield f"day: {_quoted(event.start.strftime('%Y-%m-%d'))}"
    yield f"allday: {'false' if timed else 'true'}"
    yield f"categories: [{event.category}]"
    yield f"departments: {_quoted(event.departments)}"
    yield f"place: {_quoted(event.place)}"
    yield f"city: {event.city}"


def write_hugo(root: Path, items: Iterable[Document]) -> None:
    shutil.copytree(THEMES / "hugo", root)
    months = set()
    for document in items:
        write(root / hugo_path(document), hugo_text(document))
        if document.event:
            months.add((document.filed.year, document.filed.month))
    for year in {year for year, _ in months}:
        fields = (f'title: "{year}"', "layout: year", "outputs: [html, yearics]")
        write(root / f"content/agenda/{year}/_index.md", _front_matter(fields))
    for year, month in months:
        fields = (f"title: {MONTHS[month - 1]} {year}", "layout: month", f"weight: {month}")
        write(root / f"content/agenda/{year}/{month:02d}/_index.md", _front_matter(fields))


# Stock Pelican: an event is an article with more metadata


def pelican_path(document: Document) -> Path:
    return Path("content", SECTIONS[document.kind], f"{document.filed:%Y}", f"{document.name}.md")


def pelican_text(document: Document) -> str:
    return "\n".join((*_pelican_fields(document), "", "")) + markdown(document, _pelican_target)


def _pelican_target(link: Link) -> str:
    return f"{{filename}}/{SECTIONS[link.kind]}/{link.year}/{link.name}.md"


def _pelican_fields(document: Document) -> Iterable[str]:
    yield f"Title: {document.title}"
    yield f"Slug: {document.name}"
    yield f"Date: {_moment(document.date)}"
    yield f"Section: {_pelican_section(document)}"
    yield f"Category: {document.event.category if document.event else 'blog'}"
    if document.event:
        yield f"Start: {_moment(document.event.start)}"
        yield f"End: {_moment(document.event.end)}"
        yield f"Departments: {', '.join(document.event.departments)}"
        yield f"Place: {document.event.place}, {document.event.city}"
    yield f"Tags: {', '.join(document.tags)}"
    yield f"Summary: {document.summary}"


def _pelican_section(document: Document) -> str:
    return f"agenda/{document.filed:%Y/%m}" if document.event else "blog"


def write_pelican(root: Path, items: Iterable[Document]) -> None:
    shutil.copytree(THEMES / "pelican", root)
    for document in items:
        write(root / pelican_path(document), pelican_text(document))


WRITERS = {"press": write_press, "hugo": write_hugo, "pelican": write_pelican}


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.corpus", description="Write the documents for each tool")
    parser.add_argument("--n", type=int, required=True, help="how many documents")
    parser.add_argument("--out", type=Path, required=True, help="an empty or missing folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    items = documents(options.n, options.seed)
    for tool, writer in WRITERS.items():
        writer(options.out / tool, items)
    words = sum(len(markdown(item, lambda _: "").split()) for item in items)
    print(f"{len(items)} documents, {words} words: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
