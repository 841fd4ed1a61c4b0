"""A yearly report: an introduction, numbered sections, figures, finances, and the key dates of its period."""

from collections import defaultdict
from datetime import date, datetime
from typing import Self

from msgspec.structs import replace

from plugins.blog.model import Article
from plugins.dossiers.model import Dossier
from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.schema import CommonFields, Day, Fields, Flag, Integer, Lines
from plugins.press.site import Site
from plugins.press.slugs import build_slug
from plugins.reports.figurefile import Figures, Funders
from plugins.reports.figures import EVOLUTION, Figure, Past, evolution, fill, phrase
from plugins.reports.finances import Finances
from plugins.reports.keydates import EVENT, KeyDate, find_key_dates
from plugins.reports.lock import Lock, resolve
from plugins.reports.milestones import Milestones


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
    annex: Flag = False
    level: Integer = 1
    funder: Funders = ()


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
    """A section of a report; ``axis`` when the funder's agreement names it, ``annex`` when it comes at the end."""

    folder: str
    number: int
    axis: bool
    level: int
    annex: bool = False
    funders: tuple[str, ...] = ()


class Reports:
    """The reports, latest year first, with their sections, figures, finances and key dates."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.reports = tuple(sorted(site.of(Report), key=lambda report: (-report.year, report.path)))
        self._sections: dict[str, list[Section]] = defaultdict(list)
        for section in sorted(site.of(Section), key=lambda section: (section.number, section.path)):
            self._sections[section.folder].append(section)
        self._documents = {figures.folder: figures for figures in site.of(Figures)}
        self._figures: dict[str, dict[str, Figure]] = {}
        self._finances = {finances.folder: finances for finances in site.of(Finances)}
        self._milestones = {milestones.folder: milestones for milestones in site.of(Milestones)}
        self._locks = {lock.folder: lock for lock in site.of(Lock)}
        self._dates: dict[str, tuple[KeyDate, ...]] = {}

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def sections(self, report: Report) -> tuple[Section, ...]:
        return tuple(self._sections.get(report.folder, ()))

    def finances(self, report: Report) -> Finances | None:
        return self._finances.get(report.folder)

    def milestones(self, report: Report) -> Milestones | None:
        return self._milestones.get(report.folder)

    def figures(self, report: Report) -> tuple[Figure, ...]:
        """The figures of the report; those that only the site counts have its count for value."""
        return tuple(self._figures_by_id(report).values())

    def _figures_by_id(self, report: Report) -> dict[str, Figure]:
        if report.path not in self._figures:
            document = self.figures_document(report)
            self._figures[report.path] = {
                figure.id: figure
                if figure.value is not None
                else replace(figure, value=self.count(figure.computed, report))
                for figure in (document.figures if document else ())
            }
        return self._figures[report.path]

    def figures_document(self, report: Report) -> Figures | None:
        return self._documents.get(report.folder)

    def count(self, kind: str, report: Report) -> int:
        """What the site itself counts for a report: its key dates, or what was published in its period."""
        if kind in {"events", "key-dates"}:
            return sum(kind != "events" or one.kind == EVENT for one in self.key_dates(report))
        documents: tuple[Article, ...] | tuple[Dossier, ...] = (
            self._site.of(Article) if kind == "articles" else self._site.of(Dossier)
        )
        return sum(report.start <= document.date.date() <= report.end for document in documents)

    def past(self, report: Report, figure: Figure) -> tuple[Past, ...]:
        """The figure in the years before, oldest first: as its history says, else as the reports of those years do."""
        found = {year: Past(year, value) for year, value in figure.history}
        for other in self.reports:
            same = self._figures_by_id(other).get(figure.id) if other.year < report.year else None
            if same and same.unit == figure.unit:
                found.setdefault(other.year, Past(other.year, same.amount, same.qualifier))
        return tuple(found[year] for year in sorted(found))

    def before(self, report: Report, figure: Figure) -> Past | None:
        """The figure in the last year before that knows it."""
        return next(reversed(self.past(report, figure)), None)

    def phrases(self, report: Report) -> dict[str, str]:
        """Each figure of the report as it stands in a sentence, alone and with how it changed."""
        figures = self.figures(report)
        changed = {f"{figure.id}{EVOLUTION}": evolution(figure, self.before(report, figure)) for figure in figures}
        return {figure.id: phrase(figure) for figure in figures} | changed

    def summary(self, report: Report) -> str:
        """The summary, its figures in words."""
        return fill(report.summary, self.phrases(report)) if "[[" in report.summary else report.summary

    def lock(self, report: Report) -> Lock | None:
        return self._locks.get(report.folder)

    def is_frozen(self, report: Report) -> bool:
        """Whether the key dates are those that were voted."""
        return report.frozen is not None and report.frozen <= self._site.local_now.date()

    def live_dates(self, report: Report) -> tuple[KeyDate, ...]:
        """The key dates as the agenda, the dossiers and the milestones have them now."""
        return find_key_dates(self._site, report.start, report.end, self.milestones(report))

    def key_dates(self, report: Report) -> tuple[KeyDate, ...]:
        """The key dates that the report lists: as voted once it is frozen, else as they are."""
        if report.path not in self._dates:
            lock = self.lock(report) if self.is_frozen(report) else None
            self._dates[report.path] = resolve(lock, self._site) if lock else self.live_dates(report)
        return self._dates[report.path]


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
    _check_funders(draft, fields.funders)
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


def _check_funders(draft: Draft, funders: tuple[str, ...]) -> None:
    """Each has a page of its own."""
    first: dict[str, str] = {}
    for index, funder in enumerate(funders):
        slug = build_slug(funder)
        if not slug:
            draft.refuse(f"funders.{index}", f"« {funder} » ne donne pas d'adresse. Écrire le nom en lettres.")
        elif slug in first:
            message = f"« {funder} » et « {first[slug]} » auraient la même adresse. N'en garder qu'un."
            draft.refuse(f"funders.{index}", message)
        first.setdefault(slug, funder)


def build_section(draft: Draft, fields: SectionFields, text: Text) -> Section | None:
    slug = draft.slug(fields, draft.match["name"])
    if fields.axis and fields.annex:
        draft.refuse("annex", "un axe de la convention n'est pas une annexe. Retirer « axis » ou « annex ».")
    return Section(
        **common(draft, fields, text),
        slug=slug,
        url=f"/rapports/{draft.match['year']}/#{slug}",
        folder=f"rapports/{draft.match['year']}",
        number=int(draft.match["number"]),
        axis=fields.axis,
        level=fields.level,
        annex=fields.annex,
        funders=fields.funder,
    )


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
REPORT = Kind("report", rf"{_FOLDER}/index\.md", ReportFields, Report, build_report, _STARTER, filled=("summary",))
SECTION = Kind("section", rf"{_FOLDER}/(?P<number>\d{{2}})-(?P<name>[^/]+)\.md", SectionFields, Section, build_section)
