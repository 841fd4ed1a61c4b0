"""Documents made by hand, the site they make, and its bytes, without a file: all with good defaults."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

from plugins.agenda.details import Occurrence, Organiser, Place, Repeat
from plugins.agenda.model import Event
from plugins.blog.model import Article
from plugins.dossiers.model import Dossier, Launch, Part
from plugins.pages.model import Page
from plugins.press.documents import Document, Reference, Text, with_face
from plugins.press.manifest import Manifest, Shelves
from plugins.press.markdown import Heading
from plugins.press.outputs import Output
from plugins.press.problems import Problem, render_text
from plugins.press.reading import Reader
from plugins.press.rendering import Press
from plugins.press.settings import Settings
from plugins.press.site import Site
from plugins.press.slugs import build_slug
from plugins.press.sources import digest
from plugins.press.store import Pieces
from plugins.press.theme import Theme
from plugins.press.versions import History, Version
from plugins.reports.figurefile import Figures
from plugins.reports.figures import Figure
from plugins.reports.finances import Entry, Finances, Side
from plugins.reports.keydates import KeyDate
from plugins.reports.lock import Lock
from plugins.reports.milestones import Milestone, Milestones
from plugins.reports.model import Report, Section
from tests import sites

SCRIPT = "<script>alert(1)</script>"
"""What must be a text wherever an editor writes it."""


class _Memory(Pieces):
    """Pieces that never go to disk."""

    def find(self, key: bytes) -> bytes | None:
        return self._memory.get(key)


_PIECES = _Memory(Path())

# Documents


def moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def text(body: str = "<p>Un texte.</p>", words: int = 2, **values: Any) -> Text:
    """The text of a document, given as the HTML that Markdown made of it."""
    key = digest(body.encode())
    _PIECES.add(key, body.encode())
    return Text(digest=key, words=words, **values)


def heading(anchor: str, level: int = 2) -> Heading:
    return Heading(level, anchor, anchor.capitalize())


def reference(target: str, path: str) -> Reference:
    """A link of a text, as typed, and the file that it means."""
    return Reference(target, path, 1, 1)


def _document(title: str, path: str, url: str, values: dict[str, Any]) -> dict[str, Any]:
    stem = build_slug(title) or "essai"
    slug = values.pop("slug", stem)
    shown = {"slug": slug, "stem": stem}
    defaults = {"path": path.format(**shown), "url": url.format(**shown), "title": title, "slug": slug}
    for name in ("date", "modified"):
        if isinstance(values.get(name), str):
            values[name] = moment(values[name])
    return {"text": text(), **defaults, **values}


def event(title: str = "Fête", start: str = "2026-07-05", end: str = "", **values: Any) -> Event:
    """An event: of whole days when ``start`` has no hour."""
    values = {"end": moment(end) if end else None, **values}
    for name in ("organisers", "partners"):
        if name in values:
            values[name] = tuple(map(organiser, values[name]))
    if "city" in values:
        values["place"] = Place(city=values.pop("city"))
    if isinstance(values.get("previous_start"), str):
        values["previous_start"] = moment(values["previous_start"])
    fields = _document(title, f"agenda/{start[:4]}/{{stem}}.md", f"/agenda/{start[:4]}/{start[5:7]}/{{slug}}/", values)
    fields.setdefault("id", fields["path"].removesuffix(".md"))
    return with_face(Event(**{"start": moment(start), "all_day": "T" not in start} | fields))


def weekly(*starts: str, title: str = "Atelier", changes: tuple[Occurrence, ...] = (), **values: Any) -> Event:
    """An event that comes back on these dates, and as these ``changes`` have it."""
    regular = [Occurrence(moment(start), None, "T" not in start) for start in starts]
    known = tuple(sorted([*regular, *changes], key=lambda occurrence: occurrence.start))
    return event(title, starts[0], repeat=Repeat("FREQ=WEEKLY;COUNT=52", occurrences=known), **values)


def organiser(name: str | Organiser) -> Organiser:
    return name if isinstance(name, Organiser) else Organiser(name, build_slug(name))


def article(title: str = "Un article", day: str = "2026-01-05", **values: Any) -> Article:
    return Article(**_document(title, f"blog/{day[:4]}/{{stem}}.md", "/blog/{slug}/", {"date": day, **values}))


def dossier(title: str = "Un dossier", day: str = "2026-01-05", **values: Any) -> Dossier:
    values = {"date": day, "state": "open", "launch": Launch(f"Lancement du dossier « {title} »"), **values}
    return Dossier(**_document(title, "dossiers/{slug}/index.md", "/dossiers/{slug}/", values))


def part(number: int, title: str = "", day: str = "2026-01-05", of: str = "un-dossier", **values: Any) -> Part:
    values = {"date": day, "folder": f"dossiers/{of}", "number": number, **values}
    path, url = f"dossiers/{of}/{number:02}-{{stem}}.md", f"/dossiers/{of}/{{slug}}/"
    return Part(**_document(title or f"Partie {number}", path, url, values))


def report(year: int = 2025, title: str = "", **values: Any) -> Report:
    values = {"slug": str(year), "start": date(year, 1, 1), "end": date(year, 12, 31), "year": year, **values}
    path, url = f"rapports/{year}/index.md", f"/rapports/{year}/"
    return Report(**_document(title or f"Rapport d'activité {year}", path, url, values))


def section(number: int, title: str = "", year: int = 2025, **values: Any) -> Section:
    values = {"folder": f"rapports/{year}", "number": number, "axis": False, "level": 1, **values}
    path, url = f"rapports/{year}/{number:02}-{{stem}}.md", f"/rapports/{year}/#{{slug}}"
    return Section(**_document(title or f"Section {number}", path, url, values))


def figure(name: str = "adherents", value: float = 12, **values: Any) -> Figure:
    empty = {"unit": "", "qualifier": "exact", "source": "", "history": (), "computed": "", "line": 1}
    return Figure(**{"id": name, "label": name.capitalize(), "value": value, **empty, **values})


def figures(*found: Figure, year: int = 2025) -> Figures:
    folder = f"rapports/{year}"
    title = f"Chiffres {year}"
    return Figures(
        path=f"{folder}/chiffres.yaml",
        url="",
        title=title,
        slug="",
        text=text(""),
        folder=folder,
        figures=found,
    )


def milestones(*found: tuple[str, str], year: int = 2025) -> Milestones:
    """The milestones of a year, each given as day and title."""
    folder = f"rapports/{year}"
    made = tuple(
        Milestone(date.fromisoformat(day), None, title, (), "", f"{folder}/jalons/{day}-{build_slug(title)}", line)
        for line, (day, title) in enumerate(found, 1)
    )
    return Milestones(
        path=f"{folder}/jalons.yaml", url="", title="Jalons", slug="", text=text(""), folder=folder, milestones=made
    )


def locked(*dates: KeyDate, year: int = 2025) -> Lock:
    """The key dates of a year as they were voted; the first is on line 2."""
    folder = f"rapports/{year}"
    lines = tuple(range(2, len(dates) + 2))
    path = f"{folder}/dates-cles.lock.csv"
    return Lock(path=path, url="", title="Votées", slug="", text=text(""), folder=folder, dates=dates, lines=lines)


def finances(income: Sequence[Entry] = (), expenses: Sequence[Entry] = (), year: int = 2025, **values: str) -> Finances:
    folder = f"rapports/{year}"
    return Finances(
        path=f"{folder}/finances.yaml",
        url="",
        title="Finances",
        slug="",
        text=text(""),
        folder=folder,
        income=Side(tuple(income)),
        expenses=Side(tuple(expenses)),
        **values,
    )


def page(title: str = "Une page", **values: Any) -> Page:
    return Page(**_document(title, "pages/{slug}.md", "/{slug}/", values))


# The site, and what it gives


def site(
    *documents: Document,
    now: str = "2026-06-01T12:00",
    announced: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    **values: Any,
) -> Site:
    """A site of these documents; ``announced`` gives when the files of some were first committed."""
    commits = {path: moment(iso) for path, iso in (announced or {}).items()}
    here = moment(now).replace(tzinfo=sites.PARIS)
    values.setdefault("history", History(added=commits))
    return Site(documents, settings=settings or sites.settings(), now=here, **values)


def outputs(of: Site) -> dict[str, Output]:
    """All outputs of all subjects, by address."""
    shelves = Shelves(Manifest(), b"")
    found = [output for subject in sites.SUBJECTS for output in shelves.take(subject.build_outputs(of))]
    for subject in sites.SUBJECTS:
        if subject.build_bundle:
            found += subject.build_bundle(of).outputs(is_there=False)
    for subject in sites.SUBJECTS:
        if subject.build_index:
            found += shelves.take(subject.build_index(of, tuple(found), ""))
    addresses = [output.url for output in found]
    assert len(addresses) == len(set(addresses)), "two outputs have one address"
    return {output.url: output for output in found}


def problems(of: Site) -> list[str]:
    """What all subjects have to say of a site, a line each, with its place."""
    found: list[Problem] = []
    for subject in sites.SUBJECTS:
        found += subject.check(of) if subject.check else ()
    return [render_text(problem) for problem in found]


def read(path: str, source: str) -> tuple[Any, list[str]]:
    """A content file as the press reads it: its document, or None, and its problems, a line each."""
    found: list[Problem] = []
    reader = Reader(sites.SUBJECTS, sites.settings(), Path(), "content")
    document, body = reader._read_text(path, f"content/{path}", source, found)
    _PIECES.add(digest(body.encode()), body.encode())
    return document, [render_text(problem) for problem in found]


@cache
def _theme() -> Theme:
    return Theme(sites.ROOT / "themes/cresol")


def press(settings: Settings | None = None, paths: Collection[str] = frozenset()) -> Press:
    """A press with the real theme. Compiled templates are kept as long as the tests run."""
    return Press(
        settings or sites.settings(),
        _theme(),
        places=sites.places(_state()),
        pieces=_PIECES,
        code=b"",
        paths=paths,
        kinds={kind.name: kind for subject in sites.SUBJECTS for kind in subject.blocks},
    )


@cache
def _state() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _first_press() -> Press:
    return press()


def render(of: Site, url: str) -> bytes:
    """The bytes at an address of the site."""
    return _press_for(of).render(outputs(of)[url])


def render_all(of: Site) -> dict[str, bytes]:
    """The bytes of the whole site but what is printed, by address."""
    machine = _press_for(of)
    return {url: machine.render(output) for url, output in outputs(of).items() if not url.endswith(".pdf")}


def _press_for(of: Site) -> Press:
    return _first_press() if of.settings == sites.settings() else press(of.settings)


# What pages say


def tree(of: Site, url: str) -> html.HtmlElement:
    """The page at an address of the site."""
    return html.document_fromstring(render(of, url).decode())


def words(element: html.HtmlElement) -> str:
    """The text of an element that is not hidden, its spaces (narrow ones too) made plain."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::*[@hidden])]")).split())


def titles(of: html.HtmlElement, selector: str) -> list[str]:
    return [words(element) for element in of.cssselect(selector)]


def under(of: html.HtmlElement, title: str) -> html.HtmlElement:
    """The part of a page under that heading."""
    return once([h.xpath("ancestor::section[1]")[0] for h in of.cssselect("h2") if words(h) == title])


def event_links(element: html.HtmlElement) -> list[str]:
    """The addresses of the events that an element links to, in order."""
    found = links(element, "a[href^='/agenda/']")
    return [url for url in found if url.split("/")[2].isdigit() and len(url.split("/")) == 6]


def links(of: html.HtmlElement, selector: str = "main a[href]") -> list[str]:
    return [element.get("href") for element in of.cssselect(selector)]


def history(path: str, *commits: tuple[datetime, bytes]) -> History:
    """A file that was committed at these moments with these meanings, one after the other."""
    moments, meanings = zip(*commits, strict=True)
    before = ((), *((meaning,) for meaning in meanings))
    versions = tuple(Version(*commit) for commit in zip(moments, before, meanings, strict=False))
    changed = len(commits) > 1
    return History(
        added={path: moments[0]},
        modified={path: moments[-1]} if changed else {},
        versions={path: versions} if changed else {},
    )


def once(found: Sequence[Any]) -> Any:
    """The one thing found."""
    assert len(found) == 1, found
    return found[0]
