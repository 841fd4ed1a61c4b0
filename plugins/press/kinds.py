"""A Kind says which files are of it, what fields they may have, and what Document they become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from plugins.press import slugs
from plugins.press.catalogue import Filing
from plugins.press.documents import Document, Image, Text, resolve_path
from plugins.press.frontmatter import MAX_LENGTH, FrontMatter
from plugins.press.outputs import Function, Output
from plugins.press.pictures.facts import describes
from plugins.press.policy import Allowance
from plugins.press.problems import Problem, Severity
from plugins.press.schema import CommonFields, Fields

if TYPE_CHECKING:
    from plugins.press.bundles import Bundle
    from plugins.press.outputs import Batch, Output
    from plugins.press.reading import Reader
    from plugins.press.settings import Places, Settings
    from plugins.press.site import Site


_MARKED = (
    "id",
    "title",
    "slug",
    "aliases",
    "tags",
    "image",
    "dossier",
    "part",
    "start",
    "axis",
    "funder",
    "frozen",
    "summary",
)


class Draft(Struct):
    """A file on its way to becoming a Document: what was read, and where to report."""

    path: str
    shown_path: str
    match: re.Match[str]
    front: FrontMatter
    settings: Settings
    problems: list[Problem]

    def refuse(self, field: str | tuple[str | int, ...], message: str, *, warning: bool = False) -> None:
        """Report a problem at the place of ``field``: ``a.b`` for a field in a group, or its parts."""
        if isinstance(field, str):
            field = tuple(int(part) if part.isdigit() else part for part in field.split("."))
        place = field
        name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)  # people count from 1
        while place and place not in self.front.marks:
            place = place[:-1]
        line, column = self.front.marks.get(place) or (1, 1)
        severity: Severity = "warning" if warning else "error"
        self.problems.append(
            Problem(
                path=self.shown_path,
                line=line,
                column=column,
                field=name,
                message=message,
                severity=severity,
            )
        )

    def warn(self, message: str, line: int, column: int) -> None:
        """Report something doubtful at a place of the text (line 0: in the title)."""
        if not line:
            line, column = self.front.marks.get(("title",), (1, 1))
        self.problems.append(
            Problem(path=self.shown_path, line=line, column=column, message=message, severity="warning")
        )

    def slug(self, fields: CommonFields, default: str) -> str:
        """The file's own slug, else the one of ``default``; a text that gives none is a problem."""
        slug = fields.slug or slugs.build_slug(default)
        if not slug:
            self.refuse("title", f"« {default} » ne donne pas d'adresse. Ajouter un champ « slug: mon-adresse ».")
        return slug

    def marks(self) -> dict[str, tuple[int, int]]:
        """The places that problems between documents point at."""
        return {key: self.front.marks[key,] for key in _MARKED if (key,) in self.front.marks}


class Starter(Struct, frozen=True):
    """The file that ``./site new`` writes: where, and its lines, both with ``{title}``, ``{slug}``, ``{date}``…"""

    path: str
    lines: tuple[str, ...]


class Kind(Struct, frozen=True):
    """One kind of content file. ``build`` gives the Document, or reports to the draft and gives None."""

    name: str
    pattern: str
    schema: type[Fields]
    document: type[Document]
    build: Callable[[Draft, Any, Text], Document | None]
    starter: Starter | None = None
    meaning: Callable[[Any], bytes] | None = None
    """What of a Document matters to those who follow it, packed: its changes are looked up in git's history."""
    data_key: str = ""
    """For a file of YAML or CSV: the field under which its content stands. Empty for Markdown with front matter."""
    max_length: int = MAX_LENGTH
    """How many characters of YAML a file may have: what a program writes is longer than what people write."""
    filled: tuple[str, ...] | None = ()
    """The fields where a figure (``[[chiffre:…]]``) stands in words, as in the text; None for what others wrote."""
    filing: Filing | None = None
    """How its Documents are filed, when there may be tens of thousands of them."""


class BlockKind(Struct, frozen=True):
    """One kind of block: YAML between two fences in any text, that begins with ``schema: name``.

    ``build`` gives its value, a frozen struct, or reports to the draft and gives None. ``draw`` names the function
    that renders a ``blocks.Shown`` in a page, ``tell`` the one for those who see no drawing, as readers of feeds.
    """

    name: str
    word: str
    """Its name in addresses."""
    schema: type[Fields]
    value: type[Struct]
    build: Callable[[Draft, Any], Struct | None]
    draw: Function
    tell: Function


class Refresh(Struct, frozen=True):
    """What ``./site import`` asks of a subject; ``accepted`` are the names that people gave with ``--accept``."""

    reader: Reader
    places: Places
    now: datetime
    accepted: tuple[str, ...] = ()


class Refreshed(Struct, frozen=True):
    """What came in, as lines for people; ``tried`` sources, of which ``failed`` gave nothing."""

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    tried: int = 0
    failed: int = 0
    names: tuple[str, ...] = ()
    """The names that ``--accept`` may be given."""


class Frozen(Struct, frozen=True):
    """What ``./site freeze`` is to write (path → text) and to say; or why there is nothing to freeze."""

    files: Mapping[str, str] = MappingProxyType({})
    said: str = ""
    refusal: str = ""


class Subject(Struct, frozen=True):
    """What one folder of ``plugins/`` brings to the site; its ``__init__`` hands this to the press."""

    name: str
    build_outputs: Callable[[Site], Iterator[Output | Batch]]
    kinds: tuple[Kind, ...] = ()
    blocks: tuple[BlockKind, ...] = ()
    check: Callable[[Site], Iterable[Problem]] | None = None
    next_change: Callable[[Site], datetime | None] | None = None
    record: Callable[[Site, Mapping[str, str]], Mapping[str, str]] | None = None
    """What ``./site check`` must write into the content (path → text), given the files renamed and not committed."""
    advise: Callable[[Site, str], Iterable[Problem]] | None = None
    """What is worth a thought before announcing: of the file just made (its path), or with ``""`` of the whole site.

    Asked by ``./site check`` and ``./site new`` only: a build neither waits for it nor remembers it.
    """
    build_index: Callable[[Site, Sequence[Output], str], Iterator[Output | Batch]] | None = None
    """Outputs that can only be made when all others are known; also given the addresses of what stands, a line each."""
    build_bundle: Callable[[Site], Bundle] | None = None
    """Files that a program slower than a build makes, all at once."""
    freeze: Callable[[Site, str], Frozen] | None = None
    """What ``./site freeze NAME`` writes, so that later edits no longer change it."""
    allowances: tuple[Allowance, ...] = ()
    """What some of its pages need that the security policy of all others forbids."""
    refresh: Callable[[Refresh], Refreshed] | None = None
    """Brings what others publish into ``content/``: the one moment at which anything is fetched."""


def allowances_of(subjects: Iterable[Subject]) -> tuple[Allowance, ...]:
    """What all subjects need beyond the security policy."""
    return tuple(allowance for subject in subjects for allowance in subject.allowances)


def common(draft: Draft, fields: CommonFields, text: Text) -> dict[str, Any]:
    """The values of the fields that all Documents share, ready for the constructor."""
    if fields.image and not describes(fields.image_alt or ""):
        draft.refuse("image", "l'image n'a pas de texte de remplacement. Ajouter « image_alt: ce que l'on voit ».")
    if fields.image_alt and not fields.image:
        draft.refuse("image_alt", "ce texte décrit une image qui n'est pas donnée. Ajouter « image: … » ou le retirer.")
    image = None
    if fields.image:
        path = resolve_path(fields.image, draft.path)
        image = Image(fields.image, path, fields.image_alt or "", fields.image_credit)
    return {
        "path": draft.path,
        "title": fields.title,
        "text": text,
        "summary": fields.summary,
        "tags": fields.tags,
        "draft": fields.status == "draft",
        "date": fields.date.value if fields.date else None,
        "modified": fields.modified.value if fields.modified else None,
        "authors": fields.authors,
        "image": image,
        "aliases": fields.aliases,
        "lang": fields.lang,
        "marks": draft.marks(),
    }
