"""A dossier gathers parts, in order, around one theme; an article of the blog may be one of its parts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, Self

from msgspec import Struct

from plugins.agenda.model import Department
from plugins.blog.model import Article
from plugins.press.documents import Document, Text, newest_first
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.problems import Problem
from plugins.press.schema import Address, AsList, CommonFields, Fields, Flag, Line, Moment
from plugins.press.site import Site


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

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def parts(self, dossier: Dossier) -> tuple[Part | Article, ...]:
        return tuple(part for _, _, part in self.numbered(dossier.folder))

    def numbered(self, folder: str) -> list[tuple[int, str, Part | Article]]:
        """Number, path and document of each part of a folder, in order."""
        return sorted(self._parts.get(folder, ()), key=lambda entry: entry[:2])

    def words(self, dossier: Dossier) -> int:
        """How long the whole dossier is."""
        return dossier.text.words + sum(part.text.words for part in self.parts(dossier))

    def folders(self) -> list[str]:
        return sorted(self._parts)


def check(site: Site) -> Iterator[Problem]:
    """Parts count from 1 without gap nor repeat, and belong to a dossier that exists."""
    dossiers = site.get(Dossiers)
    known = {dossier.folder for dossier in dossiers.dossiers}
    for folder in dossiers.folders():
        index = f"{folder}/index.md"
        for rank, (number, path, part) in enumerate(dossiers.numbered(folder), 1):
            if folder not in known and index not in site.broken:
                yield site.problem(
                    part,
                    f"le dossier « {folder.rpartition('/')[2]} » n'existe pas. Créer {site.shown_root}/{index}.",
                    field="dossier",
                )
            if number != rank:
                yield site.problem(part, _refuse_number(number, rank, path, dossiers, folder), field="part")
                break


def _refuse_number(number: int, rank: int, path: str, dossiers: Dossiers, folder: str) -> str:
    twins = [other for n, other, _ in dossiers.numbered(folder) if n == number and other != path]
    if twins:
        return f"la partie {number} existe déjà : content/{twins[0]}. Donner à l'une des deux un autre numéro."
    return (
        f"la partie {rank} manque : celle-ci porte le numéro {number}. Numéroter les parties sans trou, à partir de 1."
    )


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
