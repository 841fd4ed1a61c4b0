"""The papers of a general assembly: its agenda, the reports that are read there, the resolutions to vote on."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from msgspec import Struct
from msgspec.structs import replace
from pydantic import model_validator

from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import AsList, Fields, Flag, Integer, Line, Lines, Moment
from plugins.press.site import Site

ORDER = ("ordre-du-jour", "rapport-moral", "rapport-financier")
"""The texts that an assembly may have, by the names of their files."""
AGENDA = ORDER[0]
MOST_ROWS = 500
RESULTS = {"": "", "adopted": "Adoptée", "rejected": "Rejetée"}


class PaperFields(Fields):
    """What an editor may write above a report that is read at the assembly."""

    title: Line
    authors: Lines = ()
    status: Literal["published", "draft"] = "published"


class AgendaFields(PaperFields):
    """What an editor may write above ``ordre-du-jour.md``."""

    start: Moment | None = None
    place: Line = ""
    proxy: Flag = False
    attendance: Integer = 0


class VotesFields(Fields):
    """How a resolution was voted."""

    for_: Integer
    against: Integer
    abstention: Integer = 0

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, values: Any) -> Any:
        """``for`` is a word of Python's."""
        if not isinstance(values, dict):
            return values
        return {"for_" if key == "for" else key: value for key, value in values.items()}


class ResolutionFields(Fields):
    """One resolution of ``resolutions.yaml``."""

    title: Line
    text: Line
    majority: Line = ""
    votes: VotesFields | None = None
    result: Literal["adopted", "rejected"] | None = None


class ResolutionsFields(Fields):
    """The whole of ``resolutions.yaml``: a list of resolutions."""

    resolutions: Annotated[tuple[ResolutionFields, ...], AsList] = ()


class AssemblyPaper(Document, frozen=True, kw_only=True, tag="assembly-paper", gc=False):
    """One text of an assembly; ``name`` is that of its file.

    Only the agenda says when and where, whether to print a form of proxy, and for how many to print a list of who is
    there.
    """

    folder: str
    name: str
    start: datetime | None = None
    has_hour: bool = False
    place: str = ""
    proxy: bool = False
    attendance: int = 0


class Resolution(Struct, frozen=True, array_like=True, gc=False):
    """What is voted on. ``votes`` are for, against, abstention; None before the assembly, as ``result`` is then ""."""

    title: str
    text: str
    majority: str = ""
    votes: tuple[int, int, int] | None = None
    result: str = ""


class Resolutions(Document, frozen=True, kw_only=True, tag="resolutions", gc=False):
    """The resolutions of an assembly, in order."""

    folder: str
    resolutions: tuple[Resolution, ...]


class Assembly(Struct, frozen=True):
    """The papers of one assembly, by name; ``resolutions`` may be none."""

    papers: dict[str, AssemblyPaper]
    resolutions: Resolutions | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """All its files, by path."""
        return (*self.papers.values(), *([self.resolutions] if self.resolutions else []))

    @property
    def agenda(self) -> AssemblyPaper | None:
        """When and where."""
        return self.papers.get(AGENDA)


class Assemblies:
    """The papers of each assembly, by the folder of its report."""

    def __init__(self, site: Site) -> None:
        papers: dict[str, dict[str, AssemblyPaper]] = defaultdict(dict)
        for paper in site.of(AssemblyPaper):
            papers[paper.folder][paper.name] = paper
        resolutions = {found.folder: found for found in site.of(Resolutions)}
        self.by_folder = {
            folder: Assembly(papers.get(folder, {}), resolutions.get(folder))
            for folder in sorted(papers.keys() | resolutions.keys())
        }

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)


def build_paper(draft: Draft, fields: PaperFields, text: Text) -> AssemblyPaper:
    year, name = draft.match["year"], draft.match["name"]
    found = AssemblyPaper(
        path=draft.path,
        url=f"/rapports/{year}/ag/#{name}",
        title=fields.title,
        slug=name,
        text=text,
        draft=fields.status == "draft",
        authors=fields.authors,
        marks=draft.marks(),
        folder=f"rapports/{year}",
        name=name,
    )
    return _add_practical(draft, fields, found) if isinstance(fields, AgendaFields) else found


def _add_practical(draft: Draft, fields: AgendaFields, paper: AssemblyPaper) -> AssemblyPaper:
    if not 0 <= fields.attendance <= MOST_ROWS:
        draft.refuse("attendance", f"écrire combien de lignes imprimer pour les présents, de 1 à {MOST_ROWS}.")
    return replace(
        paper,
        start=fields.start.value if fields.start else None,
        has_hour=bool(fields.start and not fields.start.all_day),
        place=fields.place,
        proxy=fields.proxy,
        attendance=fields.attendance,
    )


def build_resolutions(draft: Draft, fields: ResolutionsFields, text: Text) -> Resolutions:
    year = draft.match["year"]
    made = []
    for index, found in enumerate(fields.resolutions):
        votes = (found.votes.for_, found.votes.against, found.votes.abstention) if found.votes else None
        if votes and min(votes) < 0:
            draft.refuse(f"resolutions.{index}.votes", "un nombre de voix ne peut pas être négatif.")
        made.append(Resolution(found.title, found.text, found.majority, votes, found.result or ""))
    return Resolutions(
        path=draft.path,
        url=f"/rapports/{year}/ag/#resolutions",
        title=f"Résolutions {year}",
        slug="resolutions",
        text=text,
        folder=f"rapports/{year}",
        resolutions=tuple(made),
    )


_FOLDER = r"rapports/(?P<year>\d{4})/ag"
_REPORTS = "|".join(ORDER[1:])
KINDS = (
    Kind("assembly-agenda", rf"{_FOLDER}/(?P<name>{AGENDA})\.md", AgendaFields, AssemblyPaper, build_paper),
    Kind("assembly-paper", rf"{_FOLDER}/(?P<name>{_REPORTS})\.md", PaperFields, AssemblyPaper, build_paper),
    Kind(
        "resolutions",
        rf"{_FOLDER}/resolutions\.yaml",
        ResolutionsFields,
        Resolutions,
        build_resolutions,
        data_key="resolutions",
    ),
)
