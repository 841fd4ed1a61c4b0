"""read: source files → Records. Unchanged stamps come from the cache; the rest is read, in workers when worth it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path as Folder
from typing import Any

import msgspec
from msgspec import Struct

from plugins.press import workers
from plugins.press.blocks import read_blocks
from plugins.press.csvfiles import read_csv
from plugins.press.documents import Block, Document, Reference, Text, resolve_path, with_face
from plugins.press.frontmatter import FrontMatter, read_front_matter, read_yaml
from plugins.press.kinds import Draft, Kind, Subject
from plugins.press.markdown import Body, Fence, render_body
from plugins.press.markdown.figuremarks import FIGURE_START
from plugins.press.problems import Problem
from plugins.press.schema import read_fields
from plugins.press.settings import Settings
from plugins.press.simpleyaml import Path
from plugins.press.sources import Stamp, decode, digest, read_source
from plugins.press.typography import french

WORTH_WORKERS = 300
"""Below this many files one process is faster than starting a second one."""


class Record(Struct, frozen=True, gc=False):
    """What is remembered of a source. ``document`` is any kind's; None when the file has errors or is no document."""

    path: str
    stamp: Stamp
    digest: bytes
    document: Any
    problems: tuple[Problem, ...] = ()


class Reader:
    """Reads files of the registered kinds with the given settings."""

    def __init__(self, subjects: Sequence[Subject], settings: Settings, root: Folder, shown_root: str) -> None:
        self.blocks = {kind.name: kind for subject in subjects for kind in subject.blocks}
        self.filings = {kind.document: kind.filing for subject in subjects for kind in subject.kinds if kind.filing}
        self.kinds = [(re.compile(kind.pattern), kind) for subject in subjects for kind in subject.kinds]
        self.settings = settings
        self.root = root
        self.shown_root = shown_root

    @cached_property
    def _document_type(self) -> Any:
        documents = tuple(kind.document for _, kind in self.kinds)
        union = documents[0]
        for document in documents[1:]:
            union = union | document  # type: ignore[assignment]
        return union

    @cached_property
    def record_type(self) -> Any:
        return msgspec.defstruct(
            "Record",
            [*_RECORD_FIELDS, ("document", self._document_type | None), ("problems", tuple[Problem, ...])],
            frozen=True,
            gc=False,
        )

    @cached_property
    def decoder(self) -> msgspec.msgpack.Decoder[Any]:
        return msgspec.msgpack.Decoder(list[self.record_type])  # type: ignore[name-defined]

    @cached_property
    def document_decoder(self) -> msgspec.msgpack.Decoder[Any]:
        return msgspec.msgpack.Decoder(self._document_type)

    def read_all(self, paths: Sequence[str], processes: int) -> Iterable[tuple[Record, str]]:
        """The record and the HTML of each path, in no particular order."""
        if processes < 2 or len(paths) < WORTH_WORKERS:
            for path in paths:
                yield self.read(path)
            return
        yield self.read(paths[0])  # here: what it imports is then there in all processes
        paths = paths[1:]
        chunk = max(20, min(100, len(paths) // (processes * 8)))
        chunks = [paths[start : start + chunk] for start in range(0, len(paths), chunk)]
        for packed, bodies in workers.run(self._read_chunk, chunks, processes):
            yield from zip(self.decoder.decode(packed), bodies, strict=True)

    def _read_chunk(self, paths: Sequence[str]) -> tuple[bytes, list[str]]:
        read = [self.read(path) for path in paths]
        return msgspec.msgpack.encode([record for record, _ in read]), [html for _, html in read]

    def read(self, path: str) -> tuple[Record, str]:
        """Read one file: its record (without stamp) and the HTML of its body."""
        data = read_source(self.root, path)
        shown = f"{self.shown_root}/{path}"
        text, problems = decode(data, shown)
        document, html = (None, "") if problems else self._read_text(path, shown, text, problems)
        return Record(path, (0, 0, 0), digest(data), document, tuple(problems)), html

    def _read_text(self, path: str, shown: str, source: str, problems: list[Problem]) -> tuple[Document | None, str]:
        kind, match = self.kind_of(path)
        if kind is None or match is None:
            problems.append(Problem(path=shown, message=_NO_KIND))
            return None, ""
        front, found = _read_front(kind, source, shown)
        problems.extend(found)
        if front is None:
            return None, ""
        is_readable = not found
        fences: list[Fence] = []
        body, found = render_body(front.body, path=shown, first_line=front.body_line, blocks=fences)
        problems.extend(found)
        html = french(body.html) if body else ""
        draft = Draft(path, shown, match, front, self.settings, problems)
        blocks = read_blocks(fences, self.blocks, draft)
        if FIGURE_START in source and kind.filled is not None:
            _refuse_figures(draft, kind.filled)
        document = None
        if is_readable:
            # every problem in one run: the rules between fields are asked even when a field or the text is wrong
            fields, found = read_fields(kind.schema, front, shown)
            problems.extend(found)
            text = _build_text(body or _NO_BODY, html, path, blocks)
            document = kind.build(draft, fields, text) if fields else None
        if document is None or body is None or any(problem.is_error for problem in problems):
            return None, ""
        return with_face(_with_summary(document, body)), html

    def is_document(self, path: str) -> bool:
        """Whether the file is read as a document; the others are files to copy when a document refers to them."""
        return (path.endswith(".md") and not path.startswith("static/")) or self.kind_of(path)[0] is not None

    def is_tracked(self, path: str) -> bool:
        """Whether the history of the file matters (``Kind.meaning``)."""
        kind = self.kind_of(path)[0]
        return kind is not None and kind.meaning is not None

    def read_meaning(self, path: str, text: str) -> bytes:
        """What matters in the front matter of a file of a tracked kind, ``b""`` when it cannot be read as one."""
        kind, match = self.kind_of(path)
        front, found = read_front_matter(text, path)
        if kind is None or match is None or kind.meaning is None or front is None or found:
            return b""
        fields, problems = read_fields(kind.schema, front, path)
        draft = Draft(path, path, match, front, self.settings, problems)
        document = kind.build(draft, fields, _build_text(_NO_BODY, "", path)) if fields else None
        return kind.meaning(document) if document else b""

    def kind_of(self, path: str) -> tuple[Kind | None, re.Match[str] | None]:
        for pattern, kind in self.kinds:
            if match := pattern.fullmatch(path):
                return kind, match
        return None, None


_RECORD_FIELDS: list[tuple[str, Any]] = [("path", str), ("stamp", Stamp), ("digest", bytes)]
_NO_KIND = (
    "ce fichier n'est dans le dossier d'aucun genre. Le ranger dans blog/<année>/, agenda/<année>/, "
    "dossiers/<nom>/, rapports/<année>/ ou pages/."
)


def _read_front(kind: Kind, text: str, shown: str) -> tuple[FrontMatter | None, list[Problem]]:
    if kind.data_key and shown.endswith(".csv"):
        return read_csv(text, shown, kind.data_key)
    if kind.data_key:
        return read_yaml(text, shown, kind.data_key, kind.max_length)
    return read_front_matter(text, shown)


def _refuse_figures(draft: Draft, filled: Collection[str]) -> None:
    """A figure that nothing puts in words would stand there as it was typed."""
    for place, value in _find_texts(draft.front.values, ()):
        if FIGURE_START in value and place[0] not in filled:
            draft.refuse(place, "un chiffre ([[chiffre:…]]) n'est pas lu ici. Écrire le nombre.")


def _find_texts(value: object, place: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _find_texts(inner, (*place, key))


_NO_BODY = Body(html="", text="", words=0, headings=(), anchors=(), links=(), figures=())


def _build_text(body: Body, html: str, path: str, blocks: tuple[Block, ...] = ()) -> Text:
    headings = {heading.id for heading in body.headings}
    return Text(
        digest=digest(html.encode()),
        words=body.words,
        headings=body.headings,
        other_anchors=tuple(anchor for anchor in body.anchors if anchor not in headings),
        links=tuple(
            Reference(link.target, resolve_path(link.target, path), link.line, link.column, link.image)
            for link in body.links
        ),
        figures=tuple(Reference(figure.target, "", figure.line, figure.column) for figure in body.figures),
        blocks=blocks,
    )


def _with_summary(document: Document, body: Body) -> Document:
    return document if document.summary else msgspec.structs.replace(document, summary=body.text)
