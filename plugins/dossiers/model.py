"""A dossier gathers parts, in order, around one theme; an article of the blog may be one of its parts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal, Self
from unicodedata import normalize

from msgspec import Struct

from plugins.agenda.model import Department
from plugins.blog.model import Article
from plugins.press.documents import Document, Text, newest_first
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.schema import Address, AsList, CommonFields, Fields, Flag, Line, Moment
from plugins.press.site import Site
from plugins.press.views import Link, tag_links


class ResourceFields(Fields):
    """Something to read or see elsewhere."""

    title: Line
    url: Address
    note: Line = ""


class LaunchFields(Fields):
    """How the yearly report tells that the dossier came out."""

    title: Line = ""
    departments: Annotated[tuple[Department, ...], AsList] = ()
    category: Line | None = None


class DossierFields(CommonFields):
    """What an editor may write above a dossier."""

    date: Moment
    state: Literal["open", "complete"] = "open"
    resources: Annotated[tuple[ResourceFields, ...], AsList] = ()
    launch: LaunchFields = LaunchFields()
    key_date: Flag = True


class PartFields(CommonFields):
    """What an editor may write above a part."""

    date: Moment


class Resource(Struct, frozen=True, array_like=True, gc=False):
    """Something to read or see elsewhere."""

    title: str
    url: str
    note: str = ""


class Launch(Struct, frozen=True, array_like=True, gc=False):
    """The day a dossier came out, as a key date of its year."""

    title: str
    departments: tuple[str, ...] = ()
    category: str = ""


class Dossier(Document, frozen=True, kw_only=True, tag="dossier", gc=False):
    """A dossier: its own text is the editorial; ``launch`` is the key date of its year, unless it is to be none."""

    date: datetime
    state: str
    resources: tuple[Resource, ...] = ()
    launch: Launch | None = None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Part(Document, frozen=True, kw_only=True, tag="part", gc=False):
    """A part of a dossier; ``number`` gives its rank."""

    date: datetime
    folder: str
    number: int


class Rank(Struct, frozen=True, array_like=True, gc=False):
    """Where a text stands among the parts of a dossier: ``number`` counts from 1. ``slug`` draws the cover."""

    dossier: Link
    slug: str
    number: int
    parts: tuple[Link, ...]

    @property
    def previous(self) -> Link | None:
        return self.parts[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        return self.parts[self.number] if self.number < len(self.parts) else None


class Dossiers:
    """The dossiers, newest first, and the parts of each, in order."""

    def __init__(self, site: Site) -> None:
        self.dossiers = tuple(sorted(site.of(Dossier), key=newest_first))
        self._parts: dict[str, list[tuple[int, str, Part | Article]]] = defaultdict(list)
        for part in site.of(Part):
            self._parts[part.folder].append((part.number, part.path, part))
        for article in site.of(Article):
            if article.dossier:
                self._parts[f"dossiers/{article.dossier}"].append((article.part, article.path, article))
        self._ranks = {path: rank for dossier in self.dossiers for path, rank in self._rank(dossier)}
        self.by_tag: dict[str, list[Dossier]] = defaultdict(list)
        """By the address of each tag of theirs."""
        for dossier in self.dossiers:
            for tag in self.tags(dossier):
                self.by_tag[tag.url].append(dossier)

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def parts(self, dossier: Dossier) -> tuple[Part | Article, ...]:
        return tuple(part for _, _, part in self.numbered(dossier.folder))

    def texts(self, dossier: Dossier) -> tuple[Dossier | Part | Article, ...]:
        """The editorial, then the parts."""
        return (dossier, *self.parts(dossier))

    def numbered(self, folder: str) -> list[tuple[int, str, Part | Article]]:
        """Number, path and document of each part of a folder, in order."""
        return sorted(self._parts.get(folder, ()), key=lambda entry: entry[:2])

    def rank(self, document: Document) -> Rank | None:
        """Where a text stands in its dossier; None of one that is in none."""
        return self._ranks.get(document.path)

    def words(self, dossier: Dossier) -> int:
        """How long the whole dossier is."""
        return sum(text.text.words for text in self.texts(dossier))

    def modified(self, dossier: Dossier) -> datetime:
        """When the last of its texts came or changed."""
        return max(text.modified or text.date for text in self.texts(dossier))

    def contributors(self, dossier: Dossier) -> tuple[str, ...]:
        """Who wrote its texts: each once, in order of appearance, whatever the capitals or the form of accents."""
        names: dict[str, str] = {}
        for text in self.texts(dossier):
            for name in text.authors:
                names.setdefault(normalize("NFC", name).casefold(), name)
        return tuple(names.values())

    def tags(self, dossier: Dossier) -> tuple[Link, ...]:
        """The tags of its texts: each once, in order of appearance."""
        links: dict[str, Link] = {}
        for text in self.texts(dossier):
            for link in tag_links(text.tags):
                links.setdefault(link.url, link)
        return tuple(links.values())

    def folders(self) -> list[str]:
        return sorted(self._parts)

    def _rank(self, dossier: Dossier) -> Iterable[tuple[str, Rank]]:
        own, parts = Link(dossier.title, dossier.url), self.parts(dossier)
        links = tuple(Link(part.title, part.url) for part in parts)
        return ((part.path, Rank(own, dossier.slug, number, links)) for number, part in enumerate(parts, 1))


def build_dossier(draft: Draft, fields: DossierFields, text: Text) -> Dossier | None:
    folder = draft.match["slug"]
    if fields.slug and fields.slug != folder:
        draft.refuse(
            "slug",
            f"l'adresse d'un dossier est le nom de son dossier de fichiers : écrire « {folder} », ou le renommer.",
        )
    resources = tuple(Resource(r.title, r.url, r.note) for r in fields.resources)
    values = common(draft, fields, text) | {"state": fields.state, "resources": resources}
    return Dossier(**values, slug=folder, url=f"/dossiers/{folder}/", launch=_build_launch(draft, fields))


def _build_launch(draft: Draft, fields: DossierFields) -> Launch | None:
    """None when no report is to list it."""
    launch = fields.launch
    if launch.category and (message := draft.settings.refuse_category(launch.category)):
        draft.refuse("launch.category", message)
    title = launch.title or f"Lancement du dossier « {fields.title} »"
    return Launch(title, launch.departments, launch.category or "") if fields.key_date else None


def build_part(draft: Draft, fields: PartFields, text: Text) -> Part | None:
    slug = draft.slug(fields, draft.match["name"])
    folder, number = draft.match["slug"], int(draft.match["number"])
    values = common(draft, fields, text)
    return Part(**values, slug=slug, url=f"/dossiers/{folder}/{slug}/", folder=f"dossiers/{folder}", number=number)


_FOLDER = r"dossiers/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
_DOSSIER_STARTER = Starter(
    "dossiers/{slug}/index.md",
    (
        "title: {title}",
        "date: {date}",
        "state: open",
        "tags: []",
        "",
        "L'éditorial : pourquoi ce dossier, et ce qu'on y trouve.",
    ),
)
_PART_STARTER = Starter(
    "dossiers/{dossier}/{number}-{slug}.md",
    ("title: {title}", "date: {date}", "authors: []", "", "Le premier paragraphe sert de résumé."),
)
DOSSIER = Kind("dossier", rf"{_FOLDER}/index\.md", DossierFields, Dossier, build_dossier, _DOSSIER_STARTER)
PART = Kind("part", rf"{_FOLDER}/(?P<number>\d{{2}})-(?P<name>[^/]+)\.md", PartFields, Part, build_part, _PART_STARTER)
