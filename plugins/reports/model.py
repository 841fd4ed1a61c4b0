"""A yearly report: an introduction, numbered sections, figures, and the key dates that the agenda counts."""

from collections import defaultdict
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator

from plugins.agenda.model import Agenda, Event
from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.schema import (
    AsList,
    CommonFields,
    Day,
    Fields,
    Flag,
    Integer,
    Line,
    Lines,
    Number,
    Slug,
    refuse,
)
from plugins.press.site import Site
from plugins.reports.figures import Figure, fill, phrase


class PeriodFields(Fields):
    """From the first to the last day that the report covers."""

    start: Day
    end: Day


class ReportFields(CommonFields):
    """What an editor may write above a report."""

    year: Integer
    assembly: Day | None = None
    funders: Lines = ()
    period: PeriodFields | None = None
    frozen: Day | None = None


class SectionFields(CommonFields):
    """What an editor may write above a section."""

    axis: Flag = False
    level: Integer = 1


def _read_value(value: object) -> object:
    """``1 400`` is how one writes it in French, whatever the space."""
    return "".join(value.split()) if isinstance(value, str) else value


class FigureFields(Fields):
    """One figure of ``chiffres.yaml``."""

    id: Slug
    label: Line
    value: Annotated[Number, BeforeValidator(_read_value)]
    unit: Line = ""
    qualifier: Literal["exact", "at-least", "about"] = "exact"
    source: Line = ""
    history: dict[str, Annotated[Number, BeforeValidator(_read_value)]] = Field(default_factory=dict)
    computed: Literal["events", "articles", "dossiers"] | None = None

    @field_validator("history", mode="before")
    @classmethod
    def _years(cls, value: Any) -> Any:
        for year in value if isinstance(value, dict) else ():
            if not (year.isdigit() and len(year) == 4):
                raise refuse(f"« {year} » n'est pas une année. Écrire par exemple 2016: 13.")
        return value or {}


class FiguresFields(Fields):
    """The whole of ``chiffres.yaml``: a list of figures."""

    figures: Annotated[tuple[FigureFields, ...], AsList] = ()


class Report(Document, frozen=True, kw_only=True, tag="report", gc=False):
    """A report: its own text is the introduction."""

    year: int
    start: date
    end: date
    assembly: date | None = None
    funders: tuple[str, ...] = ()
    frozen: date | None = None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Section(Document, frozen=True, kw_only=True, tag="section", gc=False):
    """A section of a report; ``axis`` when the funder's agreement names it."""

    folder: str
    number: int
    axis: bool
    level: int


class Figures(Document, frozen=True, kw_only=True, tag="figures", gc=False):
    """The figures of a report, in the order of their file."""

    folder: str
    figures: tuple[Figure, ...]


class Reports:
    """The reports, latest year first, with their sections, figures and key dates."""

    def __init__(self, site: Site) -> None:
        self.reports = tuple(sorted(site.of(Report), key=lambda report: (-report.year, report.path)))
        self._sections: dict[str, list[Section]] = defaultdict(list)
        for section in sorted(site.of(Section), key=lambda section: (section.number, section.path)):
            self._sections[section.folder].append(section)
        self._figures = {figures.folder: figures for figures in site.of(Figures)}
        self._agenda = site.get(Agenda)

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def sections(self, report: Report) -> tuple[Section, ...]:
        return tuple(self._sections.get(report.folder, ()))

    def figures(self, report: Report) -> tuple[Figure, ...]:
        found = self._figures.get(report.folder)
        return found.figures if found else ()

    def figures_document(self, report: Report) -> Figures | None:
        return self._figures.get(report.folder)

    def phrases(self, report: Report) -> dict[str, str]:
        """Each figure of the report as it stands in a sentence."""
        return {figure.id: phrase(figure) for figure in self.figures(report)}

    def summary(self, report: Report) -> str:
        """The summary, its figures in words."""
        return fill(report.summary, self.phrases(report))

    def key_dates(self, report: Report) -> tuple[Event, ...]:
        """The events of the agenda that the report lists: those of its period marked as key dates, in order."""
        return tuple(e for e in self._agenda.events if e.key_date and report.start <= e.start.date() <= report.end)


def build_report(draft: Draft, fields: ReportFields, text: Text) -> Report | None:
    year = fields.year
    if str(year) != draft.match["year"]:
        draft.refuse(
            "year",
            f"l'année {year} ne va pas avec le dossier rapports/{draft.match['year']}/. Corriger l'une des deux.",
        )
        return None
    period = fields.period
    if period and period.end < period.start:
        draft.refuse("period", "la période finit avant de commencer.")
    return Report(
        **common(draft, fields, text),
        slug=str(year),
        url=f"/rapports/{year}/",
        year=year,
        start=period.start if period else date(year, 1, 1),
        end=period.end if period else date(year, 12, 31),
        assembly=fields.assembly,
        funders=fields.funders,
        frozen=fields.frozen,
    )


def build_section(draft: Draft, fields: SectionFields, text: Text) -> Section | None:
    slug = draft.slug(fields, draft.match["name"])
    return Section(
        **common(draft, fields, text),
        slug=slug,
        url=f"/rapports/{draft.match['year']}/#{slug}",
        folder=f"rapports/{draft.match['year']}",
        number=int(draft.match["number"]),
        axis=fields.axis,
        level=fields.level,
    )


def build_figures(draft: Draft, fields: FiguresFields, text: Text) -> Figures | None:
    year = draft.match["year"]
    first: dict[str, int] = {}
    figures = []
    for index, figure in enumerate(fields.figures):
        line = draft.front.marks[("figures", index)][0]
        if figure.id in first:
            draft.refuse(
                f"figures.{index}.id",
                f"le chiffre « {figure.id} » existe déjà ligne {first[figure.id]}. Donner un autre id.",
            )
        first.setdefault(figure.id, line)
        history = tuple(sorted((int(known), value) for known, value in figure.history.items()))
        figures.append(
            Figure(
                figure.id,
                figure.label,
                _whole(figure.value),
                figure.unit,
                figure.qualifier,
                figure.source,
                history,
                figure.computed or "",
                line,
            )
        )
    return Figures(
        path=draft.path,
        url="",
        title=f"Chiffres {year}",
        slug="",
        text=text,
        folder=f"rapports/{year}",
        figures=tuple(figures),
    )


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def published(report: Report) -> datetime:
    """When a report came out: its ``date``, else its assembly, else the day after its period."""
    day = report.assembly or report.end
    return report.date or datetime(day.year, day.month, day.day)


_FOLDER = r"rapports/(?P<year>\d{4})"
_STARTER = Starter(
    "rapports/{year}/index.md",
    (
        "title: {title}",
        "year: {year}",
        "date: {date}",
        "funders: []",
        "",
        "L'introduction : l'année en quelques phrases.",
    ),
)
REPORT = Kind("report", rf"{_FOLDER}/index\.md", ReportFields, Report, build_report, _STARTER)
SECTION = Kind("section", rf"{_FOLDER}/(?P<number>\d{{2}})-(?P<name>[^/]+)\.md", SectionFields, Section, build_section)
FIGURES = Kind("figures", rf"{_FOLDER}/chiffres\.yaml", FiguresFields, Figures, build_figures, data_key="figures")
