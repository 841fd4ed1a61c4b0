"""assemble: Records → Site, where everything is sorted, indexed, and every link leads somewhere."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Protocol, Self, TypeVar
from urllib.parse import unquote

from plugins.press.documents import Document, Mark, Reference
from plugins.press.filed import ByPath, Filed
from plugins.press.pictures.facts import MEDIA, Facts, Shown, Target, is_picture, show
from plugins.press.problems import Problem, Severity
from plugins.press.settings import Settings
from plugins.press.sources import Stamp, find_others
from plugins.press.versions import History


class Index(Protocol):
    """A view of the whole site that a subject needs often (``Agenda``, ``Blog``): built once a build."""

    @classmethod
    def build(cls, site: Site) -> Self: ...


D = TypeVar("D", bound=Document)
I = TypeVar("I", bound=Index)  # noqa: E741 - the usual name of an index


class Site:
    """All documents of one build, with the clock and the settings. Nothing changes once it is assembled.

    ``open`` are those that every build looks at. The others are settled, and only built when they are asked for
    (``catalogue``): whatever has a link, a drawing, a picture, an old address or a problem is open.
    """

    def __init__(  # noqa: PLR0913 - what one build knows, each by name
        self,
        documents: Iterable[Document],
        *,
        settings: Settings,
        now: datetime,
        files: Mapping[str, Stamp] | None = None,
        shown_root: str = "content",
        pictures: Mapping[str, Facts] | None = None,
        commit: str = "",
        history: History | None = None,
        broken: Collection[str] = (),
        filed: Mapping[type[Document], Filed] = MappingProxyType({}),
    ) -> None:
        self.settings = settings
        self.now = now
        self.files = files or {}
        self.pictures = pictures or {}
        self.shown_root = shown_root
        self.commit = commit
        self.history = history or History()
        self.broken = frozenset(broken)
        self.filed = filed
        known = sorted([*documents, *chain.from_iterable(each.open for each in filed.values())], key=attrgetter("path"))
        self.open = tuple(d for d in known if settings.drafts or not d.draft)
        self.by_path = ByPath({document.path: document for document in self.open}, filed.values())
        self.hidden = {d.path for d in known if len(known) > len(self.open) and d.path not in self.by_path}
        # most texts have none of these: thousands of them are looked at once
        rich = [d for d in self.open if d.text.links or d.text.blocks or d.image]
        self.linking = tuple(document for document in rich if document.text.links)
        self.drawing = tuple(document for document in rich if document.text.blocks)
        self.pictured = tuple(document for document in rich if document.image)
        self._of: dict[type[Document], list[Document]] = defaultdict(list)
        for document in self.open:
            self._of[type(document)].append(document)
        self._indexes: dict[type[Index], Index] = {}

    @property
    def local_now(self) -> datetime:
        """Now as people here read it on a clock: local and naive, comparable with the times of documents."""
        return self.now.replace(tzinfo=None)

    def of(self, kind: type[D]) -> tuple[D, ...]:
        """The documents of one kind, by path."""
        found = self._of.get(kind, [])
        if kind in self.filed:
            filed = self.filed[kind]
            found = sorted([*found, *filed.documents(filed.settled)], key=attrgetter("path"))
        return tuple(found)  # type: ignore[arg-type]

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All of them, by path: tens of thousands, where only few may be needed."""
        settled = (each.documents(each.settled) for each in self.filed.values())
        return tuple(sorted(chain(self.open, *settled), key=attrgetter("path")))

    def get(self, index: type[I]) -> I:
        """The site's one index of that type."""
        if index not in self._indexes:
            self._indexes[index] = index.build(self)
        return self._indexes[index]  # type: ignore[return-value]

    @cached_property
    def changes(self) -> dict[str, str]:
        """The day on which each document was last changed, or published, by its address (``Document.changed``)."""
        changes = {document.url: document.changed for document in self.open}
        for filed in self.filed.values():
            changes |= filed.changes()
        return changes

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many documents with a page of their own there are of each kind, by the kind's word (``events``)."""
        kinds = Counter(type(document) for document in self.open if document.url)
        kinds.update({kind: len(each.settled) for kind, each in self.filed.items()})
        tags = {str(kind.__struct_config__.tag): count for kind, count in kinds.items() if count}
        return {f"{tag}s": count for tag, count in sorted(tags.items()) if tag != "page"}

    def problem(
        self,
        document: Document,
        message: str,
        *,
        field: str = "",
        mark: Mark | None = None,
        warning: bool = False,
    ) -> Problem:
        """A problem of a document, at ``mark`` or at the place of ``field``."""
        line, column = mark or document.mark(field)
        severity: Severity = "warning" if warning else "error"
        path = f"{self.shown_root}/{document.path}"
        return Problem(path=path, line=line, column=column, field=field, message=message, severity=severity)

    def targets(self, document: Document) -> tuple[Target, ...]:
        """Where each link of the document's text leads (on the site or elsewhere), and each picture that it shows.

        Of a document that is a place on the page of another, the anchors stand there behind its own.
        """
        place = document.url.partition("#")[2]
        return tuple(
            f"#{place}-{link.target[1:]}" if place and link.target.startswith("#") else self._resolve(link)
            for link in document.text.links
        )

    def picture(self, document: Document) -> Shown | None:
        """The document's own picture."""
        image = document.image
        return show(image.path, self.pictures.get(image.path)) if image and image.path in self.files else None

    def image_url(self, document: Document) -> str:
        """The address of the document's picture, ``""`` without one."""
        shown = self.picture(document)
        return shown.url if shown else ""

    @cached_property
    def others(self) -> list[str]:
        """The files that are no texts (``find_others``)."""
        return find_others(self.files)

    @cached_property
    def assets(self) -> dict[str, str]:
        """The files that published documents refer to: address → path from ``content/``."""
        linked = {link.path for document in self.linking for link in document.text.links}
        pictures = {document.image.path for document in self.pictured if document.image}
        found = sorted(path for path in (linked | pictures) & self.files.keys() if path not in self.by_path)
        return {MEDIA + path: path for path in found if not path.endswith((".md", ".yaml"))}

    def check_links(self) -> Iterator[Problem]:
        """Every link and picture that leads nowhere, with the place where it is written."""
        for document in self.linking:
            for link in document.text.links:
                if message := self._refuse(link):
                    yield self.problem(document, message, mark=(link.line, link.column))
        for document in self.pictured:
            image = document.image
            if image and (message := self._refuse(Reference(image.target, image.path, 0, 0, image=True))):
                yield self.problem(document, message, field="image")

    def check_addresses(self, paths: Collection[str]) -> Iterator[Problem]:
        """Links written as addresses of the site (``/agenda/``) that are no page, once all pages are known."""
        for document in self.linking:
            for link in document.text.links:
                if link.target.startswith("/") and link.path not in self.by_path and link.path not in self.files:
                    file = link.path + ("index.html" if link.path.endswith("/") or not link.path else "")
                    if file not in paths:
                        remedy = (
                            f"Écrire /{link.path}/."
                            if f"{link.path}/index.html" in paths
                            else "Vérifier l'adresse, ou viser le fichier .md."
                        )
                        message = f"le lien « {link.target} » ne mène à aucune page du site. {remedy}"
                        yield self.problem(document, message, mark=(link.line, link.column))

    def _resolve(self, link: Reference) -> Target:
        """Where a link leads; what leads nowhere keeps what was typed, and ``check_links`` refuses it.

        Of a document that is a place on the page of another, the anchors stand there behind its own.
        """
        target, path = link.target, link.path
        if not path or target.startswith("#"):
            return target
        mark, anchor = target.partition("#")[1:]
        if path in self.by_path:
            page, _, place = (url := self.by_path[path].url).partition("#")
            return f"{page}#{place}{'-' * bool(place)}{anchor}" if anchor else url
        if path not in self.files:
            return target
        shown = show(path, self.pictures.get(path))
        return shown if link.image else shown.url + mark + anchor

    def _refuse(self, link: Reference) -> str:
        target, path = link.target, link.path
        facts = self.pictures.get(path)
        if facts and facts.refusal:
            return f"l'image « {target} » est refusée : {facts.refusal}"
        if link.image:
            if path in self.files and is_picture(path):
                return ""
            return (
                f"l'image « {target} » n'existe pas. Vérifier son nom, ou déposer le fichier à côté de ce texte "
                "(png, jpg, webp, avif, svg)."
            )
        if path in self.by_path:
            return self._refuse_anchor(self.by_path[path], target) if "#" in target else ""
        if path in self.hidden:
            return (
                f"le lien « {target} » mène à un brouillon, qui ne sera pas publié. Retirer le lien ou publier la page."
            )
        if not path or path in self.files or target.startswith("/"):
            # elsewhere, a file (or a text whose own problems are reported), or a page: checked when all are known
            return ""
        return f"le lien « {target} » mène à un fichier qui n'existe pas. {self._nearest(path)}"

    def _refuse_anchor(self, document: Document, target: str) -> str:
        anchor = unquote(target.partition("#")[2])
        if not anchor or anchor in document.text.anchors:
            return ""
        known = ", ".join(f"#{name}" for name in document.text.anchors[:8])
        remedy = f"Repères de cette page : {known}." if known else "Cette page n'a pas de repère : retirer le « # »."
        return f"le lien « {target} » vise un repère qui n'existe pas. {remedy}"

    def _nearest(self, path: str) -> str:
        from difflib import get_close_matches

        names = {posixpath.basename(other): other for other in self.by_path}
        near = get_close_matches(posixpath.basename(path), names, n=1, cutoff=0.7)
        return (
            f"Le fichier au nom le plus proche est {self.shown_root}/{names[near[0]]}."
            if near
            else "Vérifier le nom du fichier."
        )
