"""The theme: each template with everything and with nothing, what a page owes its readers, what it weighs."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html
from markupsafe import Markup

from plugins.agenda.calendars import CalendarLink
from plugins.agenda.details import Contact, Organiser, Place, Registration
from plugins.agenda.eventviews import EventDate, EventView
from plugins.agenda.extracts import Extract
from plugins.agenda.lists import AgendaView, Filter
from plugins.agenda.model import EventCard
from plugins.agenda.monthpages import ListedDay, MonthView
from plugins.agenda.months import Day
from plugins.agenda.nearby import Near
from plugins.agenda.periods import MonthOfYear, YearView
from plugins.agenda.sharing import SharingView
from plugins.agenda.subscriptions import SubscriptionsView
from plugins.agenda.upcoming import Group
from plugins.blog.model import ArticleCard
from plugins.blog.outputs import ArticleView, BlogView
from plugins.charts.figure import render_figure
from plugins.charts.model import Chart
from plugins.dossiers.book import Book, Chapter
from plugins.dossiers.model import Rank, Resource
from plugins.dossiers.outputs import DossierCard, DossiersView, DossierView, PartCard, PartView, PrintView, Takeaway
from plugins.feeds.outputs import FeedCard, FeedsView
from plugins.home.outputs import HomeView, NotFoundView
from plugins.pages.outputs import PageView
from plugins.press import blocks
from plugins.press.documents import Text
from plugins.press.gallery import GalleryView, read_components
from plugins.press.markdown import Heading
from plugins.press.pictures.facts import Shown
from plugins.press.rendering import build_environment
from plugins.press.settings import Category, MenuItem, Settings
from plugins.press.theme import Theme
from plugins.press.views import ATOM, Feed, Head, Link, Picture
from plugins.reports.assembly import Resolution
from plugins.reports.charts import NamedChart
from plugins.reports.finances import Entry, Side
from plugins.reports.funders import FunderView
from plugins.reports.keydates import KeyDate
from plugins.reports.kit import KitView, PaperView
from plugins.reports.listing import FigureRow, ReportCard, ReportsView
from plugins.reports.pages import FigureCard, FinancesView, ReportView, SectionView
from plugins.reports.timeline import DateFilter, DateMonth, DateRow, DatesView
from plugins.search.outputs import Choice, SearchView
from plugins.sitemap.outputs import PlanView, RedirectView
from plugins.tags.outputs import TagCard, TaggedCard, TagsView, TagView

THEME_FOLDER = Path(__file__).parents[1] / "themes" / "cresol"
THEME = Theme(THEME_FOLDER)
THEME_TOKENS = (THEME_FOLDER / "css/tokens.css").read_text(encoding="utf-8")
FAVICON = (THEME_FOLDER / "static/favicon.svg").read_text(encoding="utf-8")
URL = "https://exemple.test"
DAY = datetime(2017, 3, 9)
PHOTO = Shown("/media/photo.jpg", "/media/photo.jpg", 1600, 1067, (480, 800, 1200, 1600))
TRAP = '<b>Gras</b> & « l\'autre » : "fin"'

SETTINGS = Settings(
    name="Cré-Sol",
    url=URL,
    description="Un réseau de l'économie solidaire.",
    tagline="L'économie solidaire près de chez vous.",
    lang="fr",
    timezone="Europe/Paris",
    region="Centre-Val de Loire",
    departments={"18": "Cher", "37": "Indre-et-Loire"},
    categories=(
        Category("evenement-cresol", "Événement Cré-Sol", "É"),
        Category("reunion-de-travail", "Réunion de travail", "R"),
        Category("on-y-etait", "On y était", "O"),
        Category("vie-associative", "Vie associative", "V"),
        Category("prestation", "Prestation", "P"),
        Category("communication", "Communication", "C"),
    ),
    menu=(
        MenuItem("Agenda", "/agenda/"),
        MenuItem("Blog", "/blog/"),
        MenuItem("L'association", "/association/"),
    ),
    footer=(MenuItem("Plan du site", "/plan-du-site/"), MenuItem("Contact", "/contact/")),
    uid_domain="exemple",
    licence=MenuItem("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"),
)

# Builders: what is not said has a good default


def head(title: str = "Un titre", **values: Any) -> Head:
    values = {"description": "Une description.", "crumbs": (Link("Agenda", "/agenda/"),)} | values
    return Head(title, **values)


def text(words: int = 230, headings: tuple[str, ...] = ()) -> Text:
    return Text(b"", words, tuple(Heading(2, f"h-{n}", title) for n, title in enumerate(headings)))


def event(start: str = "2017-03-09T18:30", end: str = "", **values: Any) -> EventCard:
    defaults = {
        "url": "/agenda/2017/03/une-rencontre/",
        "title": "Une rencontre",
        "summary": "",
        "start": datetime.fromisoformat(start),
        "end": datetime.fromisoformat(end) if end else None,
        "all_day": "T" not in start,
        "city": "",
        "departments": (),
        "category": "",
        "status": "scheduled",
        "status_note": "",
        "past": False,
        "over": "2017-03-10T00:00+01:00",
        "source": "",
        "begins": f"{start}+01:00",
    }
    return EventCard(**defaults | values)


def full_event(**values: Any) -> EventCard:
    return event(
        "2017-03-09T18:30",
        "2017-03-09T20:00",
        **{
            "summary": "Ce que l'on y fera : parler.",
            "city": "Tours",
            "departments": ("37", "18"),
            "category": "evenement-cresol",
            "status": "cancelled",
            "status_note": "La salle est fermée.",
        }
        | values,
    )


def event_view(**values: Any) -> EventView:
    """An event of which nothing is known but its title and its day."""
    defaults = {
        "head": head("Une rencontre"),
        "uid": "agenda/2017/une-rencontre@exemple",
        "card": event("2017-03-09"),
        "status": values["card"].status if "card" in values else "scheduled",
        "status_note": "",
        "timezone": "Europe/Paris",
        "dates": (),
        "past_dates": (),
        "past": False,
        "over": "2017-03-10T00:00+01:00",
        "closes": "",
        "near": (),
        "mentions": (),
        "dossiers": (),
        "history": (),
        "category": None,
        "departments": (),
        "place": Place(),
        "online": "",
        "organisers": (),
        "partners": (),
        "previous_start": None,
        "price": "",
        "registration": None,
        "registration_closed": False,
        "accessibility": (),
        "accessibility_note": "",
        "contact": None,
        "source": "",
        "also": (),
        "tags": (),
        "picture": None,
        "text": text(0),
        "targets": (),
        "month": Link("mars 2017", "/agenda/2017/03/"),
        "calendar": "/agenda/2017/03/une-rencontre/evenement.ics",
        "previous": None,
        "next": None,
    }
    return EventView(**defaults | values)


def full_event_view(**values: Any) -> EventView:
    return event_view(
        **{
            "card": full_event(),
            "category": Link("Événement Cré-Sol", "/agenda/categorie/evenement-cresol/"),
            "departments": (
                Link("Indre-et-Loire (37)", "/agenda/departement/37/"),
                Link("Cher (18)", "/agenda/departement/18/"),
            ),
            "place": Place("Start In Box", "1 rue de l'Exemple", "37000", "Tours", 47.39, 0.69, "De plain-pied."),
            "online": "https://exemple.test/salle",
            "organisers": (
                Organiser("Cré-Sol", "cre-sol"),
                Organiser("Coopaxis", "coopaxis"),
                Organiser("Tours Plus", "tours-plus"),
            ),
            "partners": (Organiser("CRESS", "cress", "https://exemple.test/cress"),),
            "previous_start": datetime(2017, 3, 1),
            "price": "gratuit",
            "registration": Registration(
                "https://exemple.test/venir",
                "a@exemple.test",
                "02 47 00 00 00",
                datetime(2017, 3, 5),
                required=True,
            ),
            "accessibility": ("wheelchair", "hearing-loop", "sign-language", "visual", "cognitive"),
            "accessibility_note": "Sonner à l'entrée.",
            "contact": Contact("Une personne", "b@exemple.test", "02 47 00 00 01", "https://exemple.test/contact"),
            "source": "Archipel",
            "closes": "2017-03-06T00:00+01:00",
            "near": (
                Near(datetime(2017, 3, 10), "Une fête", "/agenda/2017/03/une-fete/"),
                Near(datetime(2017, 3, 1), "Un bal", "https://exemple.test/bal"),
            ),
            "mentions": (Link("Un article", "/blog/un/"),),
            "dossiers": (Link("Un article", "/blog/un/"),),
            "history": ((datetime(2017, 3, 1, 9), "Déplacé : c'était mercredi 1er mars 2017."),),
            "tags": (Link("ESS", "/mots-cles/ess/"),),
            "picture": Picture(PHOTO, "Une salle pleine", "Une photographe"),
            "text": text(230),
            "previous": Link("Avant", "/agenda/2017/02/avant/"),
            "next": Link("Après", "/agenda/2017/04/apres/"),
        }
        | values
    )


def sharing_view(**values: Any) -> SharingView:
    cher = Extract("department", "Cher (18)", "/agenda/extrait/departement-18/", "/agenda/departement/18/")
    paris = Extract("elsewhere", "Paris (75)", "/agenda/extrait/departement-75/", "/agenda/departement/75/")
    defaults = {
        "head": head("Reprendre l'agenda"),
        "groups": (
            ("Tout l'agenda", (Extract("whole", "", "/agenda/extrait/tout/", "/agenda/"),)),
            (
                "Par département",
                (cher,),
            ),
        ),
        "elsewhere": (paris,),
        "shown": 10,
        "data": "/agenda/agenda.json",
        "schema": "/agenda/agenda.schema.json",
        "limit": 100,
        "changes": "/flux/agenda-changements.atom.xml",
    }
    return SharingView(**defaults | values)


def event_date(start: str, end: str = "", **values: Any) -> EventDate:
    defaults = {
        "start": datetime.fromisoformat(start),
        "end": datetime.fromisoformat(end) if end else None,
        "all_day": False,
        "status": "scheduled",
        "note": "",
        "where": "",
        "original": None,
        "over": f"{start[:10]}T22:00+01:00",
    }
    return EventDate(**defaults | values)


def repeated_view(**values: Any) -> EventView:
    """An event that comes back: a date that was, and three to come, of which two changed."""
    return full_event_view(
        **{
            "card": full_event(status="scheduled", status_note=""),
            "dates": (
                event_date("2017-03-09T18:30", "2017-03-09T20:00"),
                event_date("2017-03-16T18:30", status="cancelled", note="La salle est fermée."),
                event_date(
                    "2017-03-24T18:30", status="rescheduled", where="Ailleurs", original=datetime(2017, 3, 23, 18, 30)
                ),
            ),
            "past_dates": (event_date("2017-03-02T18:30"),),
        }
        | values
    )


def group(key: str, *cards: EventCard, **values: Any) -> Group:
    return Group(**{"key": key, "label": "Aujourd'hui", "days": "", "url": "", "cards": cards, "brief": False} | values)


def agenda_view(**values: Any) -> AgendaView:
    defaults = {
        "head": head("Agenda", crumbs=(), feeds=(Feed("L'agenda", "/flux/agenda.atom.xml", ATOM),)),
        "title": "Agenda",
        "lead": "Les rendez-vous.",
        "groups": (),
        "months": (),
        "past": (),
        "departments": (
            Filter("18 Cher", "/agenda/departement/18/", 0, code="18"),
            Filter("37 Indre-et-Loire", "/agenda/departement/37/", 2, code="37"),
        ),
        "categories": (Filter("Prestation", "/agenda/categorie/prestation/", 1, current=True),),
        "years": (Link("2017", "/agenda/2017/"),),
        "calendar": "/agenda/agenda.ics",
        "website": "",
        "built": date(2017, 3, 1),
    }
    return AgendaView(**defaults | values)


def month_view(**values: Any) -> MonthView:
    days = [date(2017, 2, 27), date(2017, 2, 28), *(date(2017, 3, n) for n in range(1, 6))]
    defaults = {
        "head": head("Agenda de mars 2017"),
        "title": "mars 2017",
        "first": date(2017, 3, 1),
        "weeks": (tuple(Day(day, day.month == 3) for day in days),),
        "count": 0,
        "events": (),
        "previous": None,
        "next": None,
        "year": Link("2017", "/agenda/2017/"),
        "today": None,
        "goes_by": False,
        "posters": (),
    }
    return MonthView(**defaults | values)


def full_month_view() -> MonthView:
    view = month_view()
    week = tuple(
        Day(
            day.date,
            day.inside,
            (full_event(), event("2017-02-28", "2017-03-03", category="ailleurs")) if day.inside else (),
        )
        for day in view.weeks[0]
    )
    return month_view(
        weeks=(week,),
        events=(full_event(),),
        previous=Link("février 2017", "/agenda/2017/02/"),
        next=Link("avril 2017", "/agenda/2017/04/"),
        today=date(2017, 3, 2),
        posters=(Link("Indre-et-Loire (37)", "/agenda/2017/03/affiche-37.pdf"),),
    )


def crowded_month_view() -> MonthView:
    view = month_view()
    links = {
        day.date: Link("2 rendez-vous", f"/agenda/2017/03/#_le-{day.date.day}") for day in view.weeks[0] if day.inside
    }
    return month_view(
        title="mars 2017, page 2 sur 3",
        weeks=(tuple(Day(day.date, day.inside, (), links.get(day.date)) for day in view.weeks[0]),),
        count=200,
        days=(
            ListedDay(date(2017, 3, 1), (full_event(),), goes_on=True),
            ListedDay(date(2017, 3, 2), (event("2017-02-28", "2017-03-03"), event("2017-03-02T18:30")), goes_on=False),
        ),
        older=Link("Page 1", "/agenda/2017/03/"),
        newer=Link("Page 3", "/agenda/2017/03/page/3/"),
    )


def dossier_card(**values: Any) -> DossierCard:
    defaults = {
        "url": "/dossiers/un/",
        "slug": "un",
        "title": "Un dossier",
        "summary": "",
        "state": "complete",
        "parts": 0,
        "words": 0,
    }
    return DossierCard(**defaults | values)


def rank(number: int, total: int) -> Rank:
    parts = tuple(Link(f"La partie {n}", f"/dossiers/un/{n}/") for n in range(1, total + 1))
    return Rank(Link("Un dossier", "/dossiers/un/"), "un", number, parts)


def chapter(number: int, **values: Any) -> Chapter:
    defaults = {
        "key": f"partie-{number}" if number else "editorial",
        "path": f"dossiers/un/{number:02}.md",
        "number": number,
        "url": f"/dossiers/un/{number}/",
        "title": f"Partie {number}",
        "summary": "",
        "date": DAY,
        "authors": (),
        "lang": "fr",
        "picture": None,
        "text": text(),
        "targets": (),
    }
    return Chapter(**defaults | values)


def book(editorial: Chapter, *parts: Chapter, **values: Any) -> Book:
    defaults = {
        "slug": "un",
        "url": "/dossiers/un/",
        "title": "Un dossier",
        "summary": "",
        "state": "open",
        "date": DAY,
        "modified": DAY,
        "lang": "fr",
        "authors": (),
        "tags": (),
        "editorial": editorial,
        "parts": parts,
        "resources": (),
        "pictures": (),
    }
    return Book(**defaults | values)


def article_card(**values: Any) -> ArticleCard:
    return ArticleCard(**{"url": "/blog/un/", "title": "Un article", "summary": "", "date": DAY, "words": 0} | values)


FIGURES = tuple(
    FigureCard(
        f"f{n}",
        f"Personnes venues le jour {n}",
        "1 400",
        "plus de" if n % 2 else "",
        "heures" if n % 3 else "",
        "Une source",
        "deux de moins qu'en 2016" if n % 2 else "",
    )
    for n in range(12)
)
NO_FIGURE = FigureCard("vide", "", "3", "", "", "")


def report_view(**values: Any) -> ReportView:
    defaults = {
        "head": head("Rapport d'activité 2017"),
        "url": "/rapports/2017/",
        "pdf": "/rapports/2017/rapport.pdf",
        "large_pdf": "/rapports/2017/rapport-grand.pdf",
        "kit": "",
        "year": 2017,
        "title": "Rapport d'activité 2017",
        "summary": "",
        "assembly": None,
        "funders": (),
        "text": text(0),
        "targets": (),
        "figures": (),
        "phrases": {},
        "axes": (),
        "others": (),
        "annexes": (),
        "dates": None,
        "finances": None,
        "date_charts": (),
        "figure_charts": (),
        "finance_charts": (),
        "published": datetime(2018, 5, 19),
        "period": (date(2017, 1, 1), date(2017, 12, 31)),
    }
    return ReportView(**defaults | values)


def chart(name: str) -> NamedChart:
    rows = (("janvier", (3,)), ("Une ligne dont le nom est long", (0,)))
    made = Chart(kind="bars", title="Dates clés", header=("Mois", "Dates"), rows=rows, unit="dates", note="Une note.")
    return NamedChart(name, made, f"/rapports/2017/{name}.csv")


def key_date(start: str, end: str = "", **values: Any) -> KeyDate:
    day = datetime.fromisoformat
    defaults = {"kind": "event", "identity": start, "title": "Une rencontre", "url": "/agenda/2017/03/une-rencontre/"}
    return KeyDate(**defaults | {"start": day(start), "end": day(end) if end else None} | values)


DATES = DatesView(
    months=tuple(
        DateMonth(
            name,
            (
                DateRow(
                    key_date("2017-04-30", "2017-05-02", category="prestation", departments=("37",)), ("c4", "d37")
                ),
                DateRow(key_date("2017-03-01", category="ailleurs", url="https://exemple.test/"), ("c6",)),
                DateRow(key_date("2017-03-02", url=""), ()),
            ),
            ("c4", "c6", "d37"),
        )
        for name in ("janvier", "mars")
    ),
    total=47,
    departments=5,
    filters=(
        (
            "Par catégorie",
            "Toutes",
            (DateFilter("c4", "Prestation", 2, "prestation"), DateFilter("c6", "ailleurs", 2, "ailleurs")),
        ),
        ("Par département", "Tous", (DateFilter("d37", "37 Indre-et-Loire", 2), DateFilter("d75", "75", 1))),
    ),
)
ENTRIES = (Entry("Une subvention", 30000, 28000, "Conseil régional"), Entry("Des ventes", 1200.5))
FINANCES = FinancesView(
    (("Produits", Side(ENTRIES)), ("Charges", Side((Entry("Des achats", 31000, 28100),)))),
    has_before=True,
    result=200.5,
    result_before=-100,
    note="Une note.",
    source="Les comptes",
)


def section(slug: str, *, axis: bool, level: int = 1) -> SectionView:
    return SectionView(slug, f"Section {slug}", axis, level, text(), ())


EVENTS = (
    event("2016-12-30", "2017-01-02", title="D'une année à l'autre"),
    event("2017-04-30", "2017-05-02", category="prestation", departments=("37",)),
    event("2017-01-12", "2017-01-16", past=True, category="ailleurs"),
    event("2017-03-01T20:00", "2017-03-02T02:00", status="full", city="Tours"),
    full_event(),
)

PAGES: list[tuple[str, str, str, Any]] = [
    (
        "home.html",
        "nothing",
        "/",
        HomeView(
            head=Head(""),
            coming=(),
            past=(),
            departments=(),
            articles=(),
            dossiers=(),
            report=None,
            built=date(2017, 3, 1),
        ),
    ),
    (
        "home.html",
        "everything",
        "/",
        HomeView(
            head=Head("", "La description.", (Feed("Le blog", "/flux/blog.atom.xml", ATOM),)),
            coming=EVENTS,
            past=(),
            departments=(Filter("37 Indre-et-Loire", "/agenda/departement/37/", 0),),
            articles=(article_card(summary="Un résumé."), article_card()),
            dossiers=(dossier_card(parts=3, words=2300, state="open"), dossier_card()),
            report=ReportCard("/rapports/2017/", 2017, "Rapport", "", None, FIGURES[:4]),
            built=date(2017, 3, 1),
        ),
    ),
    (
        "home.html",
        "nothing coming",
        "/",
        HomeView(
            head=Head(""),
            coming=(),
            past=EVENTS,
            departments=(),
            articles=(),
            dossiers=(dossier_card(),),
            report=ReportCard("/rapports/2017/", 2017, "Rapport", "Le résumé.", None, ()),
            built=date(2017, 3, 1),
        ),
    ),
    (
        "components.html",
        "everything",
        "/composants/",
        GalleryView(Head("Composants", noindex=True), tuple(read_components(THEME))),
    ),
    ("404.html", "always", "/404.html", NotFoundView(head=Head("Page introuvable", noindex=True))),
    (
        "redirect.html",
        "always",
        "/ancien/",
        RedirectView(head=Head("Une page", noindex=True), target="/blog/un/"),
    ),
    (
        "page.html",
        "nothing",
        "/association/",
        PageView(head=Head("Une page"), title="Une page", text=text(0), targets=(), picture=None),
    ),
    (
        "page.html",
        "everything",
        "/association/",
        PageView(
            head=Head("Une page"),
            title="Une page",
            text=text(900, ("Un", "Deux", "Trois")),
            targets=(),
            picture=Picture(PHOTO, "", ""),
        ),
    ),
    (
        "blog.html",
        "nothing",
        "/blog/",
        BlogView(head=Head("Blog"), articles=(), number=1, total=1, newer="", older=""),
    ),
    (
        "blog.html",
        "everything",
        "/blog/page/2/",
        BlogView(
            head=Head("Blog, page 2 sur 3"),
            articles=(article_card(summary="Oui."), article_card()),
            number=2,
            total=3,
            newer="/blog/",
            older="/blog/page/3/",
        ),
    ),
    (
        "article.html",
        "nothing",
        "/blog/un/",
        ArticleView(
            head=head(),
            rank=None,
            title="Un article",
            summary="",
            date=DAY,
            modified=None,
            authors=(),
            tags=(),
            words=0,
            picture=None,
            text=text(0),
            targets=(),
            newer=None,
            older=None,
        ),
    ),
    (
        "article.html",
        "everything",
        "/blog/un/",
        ArticleView(
            head=head(image="/media/a.jpg"),
            rank=rank(2, 5),
            title="Un article",
            summary="Un résumé.",
            date=DAY,
            modified=datetime(2018, 1, 1),
            authors=("A", "B", "C"),
            tags=(Link("ESS", "/mots-cles/ess/"),),
            words=900,
            picture=Picture(PHOTO, "Ce que l'on voit", "Quelqu'un"),
            text=text(900, ("Un", "Deux", "Trois")),
            targets=(),
            newer=Link("Suivant", "/blog/suivant/"),
            older=Link("Précédent", "/blog/precedent/"),
        ),
    ),
    ("agenda.html", "nothing", "/agenda/", agenda_view(departments=(), categories=(), years=())),
    (
        "agenda.html",
        "everything",
        "/agenda/",
        agenda_view(
            groups=(
                group("now", *EVENTS[:1]),
                group("today", days="mercredi 1er mars 2017"),
                group("week"),
                group("next"),
                group("2017-03", *EVENTS[1:], label="mars", url="/agenda/2017/03/"),
                group("2017-04", *EVENTS, label="avril", url="/agenda/2017/04/", brief=True),
            ),
            months=(Link("mai 2017", "/agenda/2017/05/"),),
            past=EVENTS,
            website="https://exemple.test/cress",
        ),
    ),
    ("agenda.html", "nothing coming", "/agenda/categorie/prestation/", agenda_view(past=EVENTS)),
    (
        "year.html",
        "nothing",
        "/agenda/2017/",
        YearView(
            head=head("Agenda 2017"),
            year=2017,
            months=(),
            previous=None,
            next=None,
            calendar="/agenda/2017/agenda.ics",
        ),
    ),
    (
        "year.html",
        "everything",
        "/agenda/2017/",
        YearView(
            head=head("Agenda 2017"),
            year=2017,
            months=(
                MonthOfYear(Link("mars", "/agenda/2017/03/"), EVENTS, 0),
                MonthOfYear(Link("avril", "/agenda/2017/04/"), EVENTS[:1], 40),
                MonthOfYear(Link("mai", "/agenda/2017/05/"), (), 40),
            ),
            previous=Link("2016", "/agenda/2016/"),
            next=Link("2018", "/agenda/2018/"),
            calendar="/agenda/2017/agenda.ics",
        ),
    ),
    ("month.html", "nothing", "/agenda/2017/03/", month_view()),
    ("month.html", "everything", "/agenda/2017/03/", full_month_view()),
    ("month.html", "crowded", "/agenda/2017/03/page/2/", crowded_month_view()),
    ("event.html", "nothing", "/agenda/2017/03/une-rencontre/", event_view()),
    ("event.html", "everything", "/agenda/2017/03/une-rencontre/", full_event_view()),
    ("event.html", "closed", "/agenda/2017/03/une-rencontre/", full_event_view(registration_closed=True)),
    ("event.html", "repeated", "/agenda/2017/03/une-rencontre/", repeated_view()),
    ("event.html", "past", "/agenda/2017/03/une-rencontre/", full_event_view(past=True)),
    *(
        (
            "event.html",
            status,
            "/agenda/2017/03/une-rencontre/",
            full_event_view(card=full_event(status=status)),
        )
        for status in ("scheduled", "postponed", "rescheduled", "moved-online", "full")
    ),
    (
        "subscriptions.html",
        "nothing",
        "/agenda/abonnements/",
        SubscriptionsView(head=head("S'abonner"), groups=(), feeds=()),
    ),
    (
        "subscriptions.html",
        "everything",
        "/agenda/abonnements/",
        SubscriptionsView(
            head=head("S'abonner"),
            groups=(
                ("Tout", (CalendarLink("Agenda", "/agenda/agenda.ics", "/agenda/", 3, None),), 0),
                ("Par organisateur", (CalendarLink("Un ami", "/a/agenda.ics", "/a/", 2, full_event()),), 3),
                ("Par année", (CalendarLink("2017", "/agenda/2017/agenda.ics", "/agenda/2017/", 0, None),), 0),
            ),
            feeds=(Link("Ce qui change", "/flux/agenda-changements.atom.xml"),),
        ),
    ),
    (
        "sharing.html",
        "nothing",
        "/agenda/reprendre/",
        sharing_view(groups=(), elsewhere=()),
    ),
    (
        "sharing.html",
        "everything",
        "/agenda/reprendre/",
        sharing_view(),
    ),
    ("dossiers.html", "nothing", "/dossiers/", DossiersView(head=Head("Dossiers"), dossiers=())),
    (
        "dossiers.html",
        "everything",
        "/dossiers/",
        DossiersView(head=Head("Dossiers"), dossiers=(dossier_card(parts=1, summary="Oui."), dossier_card())),
    ),
    (
        "dossier.html",
        "nothing",
        "/dossiers/un/",
        DossierView(
            head=head(),
            card=dossier_card(),
            date=DAY,
            modified=DAY,
            authors=(),
            picture=None,
            text=text(0),
            targets=(),
            parts=(),
            resources=(),
            events=(),
            tags=(),
            takeaway=Takeaway(),
        ),
    ),
    (
        "dossier.html",
        "everything",
        "/dossiers/un/",
        DossierView(
            head=head(),
            card=dossier_card(parts=2, words=900, state="open", summary="Un résumé."),
            date=DAY,
            modified=datetime(2017, 5, 1),
            authors=("A", "B"),
            picture=Picture("/media/a.jpg", "Une photo", "Moi"),
            text=text(),
            targets=(),
            parts=(
                PartCard(1, "/dossiers/un/a/", "A", "Oui.", 300),
                PartCard(2, "/dossiers/un/b/", "B", "", 600),
            ),
            resources=(
                Resource("Un guide", "https://exemple.test/guide", "En libre accès."),
                Resource("Un autre", "https://exemple.test/autre"),
            ),
            events=EVENTS,
            tags=(Link("ESS", "/mots-cles/ess/"),),
            takeaway=Takeaway("/dossiers/un/imprimer/", "/dossiers/un/un.epub", "/dossiers/un/un.pdf"),
        ),
    ),
    (
        "dossier-print.html",
        "nothing",
        "/dossiers/un/imprimer/",
        PrintView(head=head(noindex=True), target="/dossiers/un/", book=book(chapter(0, text=text(0)))),
    ),
    (
        "dossier-print.html",
        "everything",
        "/dossiers/un/imprimer/",
        PrintView(
            head=head(noindex=True),
            target="/dossiers/un/",
            book=book(
                chapter(0, picture=Picture("/media/a.jpg", "Une photo", "")),
                chapter(1, authors=("A",), picture=Picture("/media/b.jpg", "Une autre", "Moi")),
                chapter(2, lang="en", text=text(0)),
                summary="Un résumé.",
                authors=("A", "B"),
                modified=datetime(2017, 5, 1),
                resources=(Resource("Un guide", "https://exemple.test/guide", "En libre accès."),),
            ),
        ),
    ),
    *(
        (
            "part.html",
            name,
            "/dossiers/un/a/",
            PartView(
                head=head(crumbs=(Link("Dossiers", "/dossiers/"), Link("Un dossier", "/dossiers/un/"))),
                rank=place,
                title="Une partie",
                summary=summary,
                date=DAY,
                modified=None,
                authors=(),
                tags=(),
                words=500,
                picture=None,
                text=text(),
                targets=(),
            ),
        )
        for name, summary, place in (("nothing", "", rank(1, 1)), ("everything", "Un résumé.", rank(2, 5)))
    ),
    ("reports.html", "nothing", "/rapports/", ReportsView(head=Head("Rapports d'activité"), reports=())),
    (
        "reports.html",
        "everything",
        "/rapports/",
        ReportsView(
            head=Head("Rapports d'activité"),
            reports=(
                ReportCard("/rapports/2017/", 2017, "Rapport 2017", "Un résumé.", date(2018, 5, 19), FIGURES[:4]),
                ReportCard("/rapports/2016/", 2016, "Rapport 2016", "", None, ()),
            ),
            years=(Link("2017", "/rapports/2017/"), Link("2016", "/rapports/2016/"), Link("2015", "")),
            rows=(
                FigureRow("Lettres envoyées", ("11", "13", ""), "deux de moins qu'en 2016"),
                FigureRow("Abonnements", ("plus de 1 400", "", "900"), ""),
            ),
        ),
    ),
    ("report.html", "nothing", "/rapports/2017/", report_view()),
    (
        "report.html",
        "few figures",
        "/rapports/2017/",
        report_view(
            figures=(NO_FIGURE,),
            others=(section("seule", axis=False),),
            dates=msgspec.structs.replace(DATES, filters=(), departments=0),
            finances=msgspec.structs.replace(
                FINANCES, has_before=False, result=0, result_before=None, note="", source=""
            ),
        ),
    ),
    (
        "report.html",
        "everything",
        "/rapports/2017/",
        report_view(
            summary="Un résumé.",
            pdf="/rapports/2017/rapport-activite-2017.pdf",
            assembly=date(2018, 5, 1),
            funders=(
                Link("Conseil régional", "/rapports/2017/financeur/conseil-regional/"),
                Link("État", "/rapports/2017/financeur/etat/"),
            ),
            text=text(),
            figures=FIGURES,
            axes=(
                section("a", axis=True, level=2),
                section("b", axis=True),
                section("c", axis=True, level=2),
            ),
            others=(section("d", axis=False),),
            annexes=(section("e", axis=False),),
            dates=DATES,
            finances=FINANCES,
            date_charts=(chart("dates-un"), chart("dates-deux")),
            figure_charts=(chart("chiffres-un"),),
            finance_charts=(chart("finances-un"),),
        ),
    ),
    ("search.html", "nothing", "/recherche/", SearchView(head=Head("Recherche"), index="", choices=())),
    (
        "search.html",
        "everything",
        "/recherche/",
        SearchView(
            head=Head("Recherche", "Chercher partout."),
            index="/pagefind/pagefind.js",
            choices=(
                Choice("genre", "Genre", "Tout", (("Articles", "Articles"), ("Pages", "Pages"))),
                Choice("departement", "Département", "Tous", (("37", "Indre-et-Loire (37)"),)),
                Choice("annee", "Année", "Toutes", ()),
            ),
        ),
    ),
    *(
        (
            "funder.html",
            name,
            "/rapports/2017/financeur/conseil-regional/",
            FunderView(
                head=head("Conseil régional : bilan 2017", crumbs=(Link("Rapports", "/rapports/"),)),
                year=2017,
                name="Conseil régional",
                report=Link("Rapport d'activité 2017", "/rapports/2017/"),
                sections=sections,
                figures=cards,
                phrases={},
                entries=entries,
                account="/rapports/2017/cerfa-15059-conseil-regional.txt",
            ),
        )
        for name, sections, cards, entries in (
            ("nothing", (), (), ()),
            ("everything", (section("a", axis=True), section("b", axis=True, level=2)), FIGURES, ENTRIES),
        )
    ),
    *(
        (
            "assembly.html",
            name,
            "/rapports/2017/ag/",
            KitView(
                head=head("Assemblée générale", crumbs=(Link("Rapports", "/rapports/"),)),
                url="/rapports/2017/ag/",
                pdf=pdf,
                year=2017,
                title="Assemblée générale du 1er mai 2018",
                when=when,
                place=place,
                report=Link("Rapport d'activité 2017", "/rapports/2017/"),
                papers=papers,
                resolutions=resolutions,
                phrases={},
            ),
        )
        for name, pdf, when, place, papers, resolutions in (
            ("nothing", "", "", "", (), ()),
            (
                "everything",
                "/rapports/2017/ag/assemblee.pdf",
                "mardi 1er mai 2018, à 18 h",
                "Salle d'essai",
                (
                    PaperView("ordre-du-jour", "Ordre du jour", (), text(), ()),
                    PaperView("rapport-moral", "Rapport moral", (TRAP, "Une autre"), text(), ()),
                ),
                (
                    Resolution("Rapport moral", "L'assemblée l'approuve.", "simple"),
                    Resolution(TRAP, TRAP, TRAP, (12, 1, 2), "adopted"),
                    Resolution("Statuts", "Ils changent.", result="rejected"),
                ),
            ),
        )
    ),
    ("tags.html", "nothing", "/mots-cles/", TagsView(head=Head("Mots-clés"), tags=())),
    (
        "tags.html",
        "everything",
        "/mots-cles/",
        TagsView(
            head=Head("Mots-clés"),
            tags=(TagCard("ESS", "/mots-cles/ess/", 1), TagCard("PTCE", "/mots-cles/ptce/", 3)),
        ),
    ),
    (
        "tag.html",
        "nothing",
        "/mots-cles/ess/",
        TagView(head=head("ESS"), label="ESS", texts=(), events=(), newer=None, older=None),
    ),
    (
        "tag.html",
        "everything",
        "/mots-cles/ess/",
        TagView(
            head=head("ESS"),
            label="ESS",
            texts=(TaggedCard("/blog/un/", "Un", "Oui.", DAY), TaggedCard("/association/", "Deux", "", None)),
            events=EVENTS,
            newer=None,
            older=Link("Page 2", "/mots-cles/ess/page/2/"),
        ),
    ),
    ("plan.html", "nothing", "/plan-du-site/", PlanView(head=Head("Plan du site"), groups=())),
    (
        "plan.html",
        "everything",
        "/plan-du-site/",
        PlanView(
            head=Head("Plan du site"),
            groups=(
                (
                    Link("Dossiers", "/dossiers/"),
                    ((Link("Un", "/dossiers/un/"), (Link("A", "/dossiers/un/a/"),)),),
                ),
                (Link("Blog", "/blog/"), ()),
            ),
        ),
    ),
    ("feeds.html", "nothing", "/flux/", FeedsView(head=Head("Flux et calendriers"), feeds=())),
    (
        "feeds.html",
        "everything",
        "/flux/",
        FeedsView(
            head=Head("Flux et calendriers"),
            feeds=(FeedCard("Blog", "Les articles.", "/flux/blog.rss.xml", "/flux/blog.atom.xml", 1),),
        ),
    ),
]

# Rendering


def write_body(text: Text, targets: tuple[str, ...], phrases: dict[str, str] | None = None, **where: str) -> Markup:
    """A body of as many headings as the text says it has."""
    behind = f"{where['place']}-" if "place" in where else ""
    headings = [f'<h2 id="{behind}{h.id}">{h.text}</h2><p>Suite.</p>' for h in text.headings]
    return Markup("<p>Le texte.</p>" + "".join(headings)) if text.words else Markup()


SCRIPTS = {address for path, address in THEME.urls.items() if path.endswith(".js")}
ENVIRONMENT = build_environment(SETTINGS, THEME, None)
ENVIRONMENT.globals["body"] = write_body
ENVIRONMENT.globals["draw"] = lambda chart, name, url: Markup(
    render_figure(blocks.Shown(chart, name, url), None).decode()
)


def render(name: str, url: str, view: Any) -> str:
    return ENVIRONMENT.get_template(name).render(page=view, url=url)


def parse(name: str, url: str, view: Any) -> html.HtmlElement:
    return html.document_fromstring(render(name, url, view))


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def find(node: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """The elements of that class."""
    return node.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def event_page(**values: Any) -> html.HtmlElement:
    return parse("event.html", "/agenda/2017/03/une-rencontre/", full_event_view(**values))


def listed(*events: EventCard, built: date = date(2017, 3, 1)) -> html.HtmlElement:
    return parse("agenda.html", "/agenda/", agenda_view(groups=(group("2017-03", *events),), built=built))


every_page = pytest.mark.parametrize(
    ("name", "url", "view"),
    [pytest.param(name, url, view, id=f"{name} {case}") for name, case, url, view in PAGES],
)


def test_every_template_of_the_theme_is_rendered_here():
    pages = {path.name for path in (THEME.folder / "templates").glob("*.html")} - {"base.html"}  # and what is embedded
    assert {name for name, *_ in PAGES} == pages


# What each page owes its readers


@every_page
def test_a_page_says_its_language_its_title_and_its_address(name, url, view):
    page = parse(name, url, view)
    assert page.get("lang") == "fr"
    title = page.findtext(".//title")
    assert title.endswith(" – Cré-Sol") if view.head.title else title.startswith("Cré-Sol – L’économie")
    [canonical] = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == URL + getattr(view, "target", url)
    assert page.xpath("//meta[@property='og:url']/@content") == [URL + url]
    assert all(page.xpath("//meta[@name='description' or starts-with(@property, 'og:')]/@content"))
    assert bool(page.xpath("//meta[@name='robots'][@content='noindex']")) == view.head.noindex


@every_page
def test_a_page_has_one_h1_and_its_headings_skip_no_level(name, url, view):
    levels = [
        int(node.tag[1])
        for node in parse(name, url, view).xpath(
            "//*[re:test(local-name(), '^h[1-6]$')]",
            namespaces={"re": "http://exslt.org/regular-expressions"},
        )
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_a_page_has_its_landmarks_and_a_way_straight_to_the_text(name, url, view):
    page = parse(name, url, view)
    assert [node.tag for node in page.xpath("/html/body/header | /html/body/main | /html/body/footer")] == [
        "header",
        "main",
        "footer",
    ]
    [first] = page.xpath("/html/body/*[1]")
    assert first.get("href") == f"#{page.xpath('//main')[0].get('id')}"
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.xpath("//nav"))


@every_page
def test_a_page_obeys_the_security_policy(name, url, view):
    page = parse(name, url, view)
    assert page.xpath("//style | //iframe | //*[@style] | //@*[starts-with(name(), 'on')]") == []
    code = page.xpath("//script[not(@type='application/ld+json')]")
    assert all(s.get("src") in SCRIPTS and s.get("defer") is not None and not s.text for s in code)
    loaded = page.xpath("//img/@src | //link[not(@rel='canonical' or @rel='schema.dcterms')]/@href")
    assert loaded
    assert all(address.startswith("/") for address in loaded)


@every_page
def test_links_lead_somewhere_and_have_a_name(name, url, view):
    page = parse(name, url, view)
    links = page.xpath("//a[not(ancestor::template)]")
    assert all(words(link) and link.get("href") for link in links)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in links if a.get("href").startswith("#")} <= set(ids)
    assert {i for value in page.xpath("//@aria-labelledby") for i in value.split()} <= set(ids)
    assert [
        a for a in links if not words(a).strip("←→ ") or words(a).lower() in {"ici", "lire la suite", "cliquez ici"}
    ] == []


@every_page
def test_html_in_what_an_editor_wrote_is_shown_as_text(name, url, view):
    page = render(name, url, trapped(view))
    assert "<b>Gras" not in page
    assert name in {"404.html", "home.html"} or "&lt;b&gt;Gras&lt;/b&gt;" in page


def trapped(value: Any) -> Any:
    """The same view, with HTML in all that editors write."""
    if isinstance(value, tuple):
        return tuple(map(trapped, value))
    if not isinstance(value, msgspec.Struct) or isinstance(value, Text):
        return value
    written = {
        "title",
        "label",
        "summary",
        "description",
        "lead",
        "name",
        "city",
        "address",
        "status_note",
        "price",
        "note",
        "alt",
        "credit",
        "unit",
        "source",
        "accessibility_note",
        "access",
    }
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: TRAP if name in written and isinstance(v, str) and v else trapped(v) for name, v in fields.items()}
    return type(value)(**changed)


@every_page
def test_dates_are_written_for_machines_too(name, url, view):
    moments = parse(name, url, view).xpath("//time/@datetime")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d([+-]\d\d:\d\d)?)?", moment) for moment in moments)


def test_the_menu_and_the_breadcrumbs_say_where_one_is():
    page = parse("agenda.html", "/agenda/", agenda_view())
    assert page.xpath("//nav[@aria-label='Menu principal']//a[@aria-current='page']/@href") == ["/agenda/"]
    below = event_page()
    assert below.xpath("//nav[@aria-label='Menu principal']//a[@aria-current='true']/@href") == ["/agenda/"]
    assert [words(node) for node in below.xpath("//nav[starts-with(@aria-label, 'Fil')]//li")] == [
        "Accueil",
        "Agenda",
        "Une rencontre",
    ]


def test_feeds_are_announced():
    page = parse("agenda.html", "/agenda/", agenda_view())
    assert page.xpath("//link[@rel='alternate']/@href") == ["/flux/agenda.atom.xml"]


# Events


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2017-03-09", "", "jeudi 9 mars"),
        ("2017-03-01T18:30", "2017-03-01T20:00", "mercredi 1er mars 18 h 30"),
        ("2017-01-12", "2017-01-16", "jeu. – lun. 12 au 16 janv."),
        ("2017-04-30", "2017-05-02", "dim. – mar. 30 avr. au 2 mai"),
        ("2016-12-30", "2017-01-02", "ven. – lun. 30 déc. 2016 au 2 janv. 2017"),
        ("2018-03-09", "", "vendredi 9 mars 2018"),
        ("2018-03-09", "2018-03-10", "ven. – sam. 9 au 10 mars 2018"),
        ("2018-04-30", "2018-05-02", "lun. – mer. 30 avr. au 2 mai 2018"),
        ("2017-03-09T20:00", "2017-03-10T02:00", "jeudi 9 mars 20 h"),
        ("2017-03-09T20:00", "2017-03-10T00:00", "jeudi 9 mars 20 h"),
        ("2017-03-09T09:00", "2017-03-11T00:00", "jeu. – ven. 9 au 10 mars"),
    ],
)
def test_a_date_block_reads_as_one_says_it(start, end, shown):
    [block] = find(listed(event(start, end)), "date")
    assert words(block) == shown


def test_a_range_in_a_line_names_each_month_once():
    view = YearView(
        head=head(),
        year=2017,
        months=(
            MonthOfYear(
                Link("janvier", "/agenda/2017/01/"),
                (event("2017-01-12", "2017-01-16"), event("2017-04-30", "2017-05-02"), event("2017-01-01")),
                0,
            ),
        ),
        previous=None,
        next=None,
        calendar="/agenda/2017/agenda.ics",
    )
    lines = [words(node) for node in find(parse("year.html", "/agenda/2017/", view), "when")]
    assert lines == ["12 au 16 janv.", "30 avr. au 2 mai", "1er janv."]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("cancelled", "Annulé"),
        ("postponed", "Reporté"),
        ("rescheduled", "Nouvelle date"),
        ("moved-online", "En ligne"),
        ("full", "Complet"),
    ],
)
def test_what_changed_is_said_in_a_word(status, word):
    [flag] = find(listed(event(status=status)), "flag")
    assert words(flag) == word
    assert find(event_page(card=full_event(status=status)), "banner")


def test_the_title_alone_names_the_link_of_a_card():
    [link] = listed(full_event()).xpath("//h3/a")
    assert words(link) == "Une rencontre"


def test_past_events_are_quieter_only_beside_coming_ones():
    assert find(listed(event(past=True), event()), "live")
    assert not find(listed(event(past=True)), "live")


def test_a_category_is_a_letter_and_a_word_and_an_unknown_one_too():
    marks = [words(node) for node in find(listed(event(category="prestation"), event(category="ailleurs")), "cat")]
    assert marks == ["PPrestation", "Aailleurs"]


def test_nothing_coming_is_said_and_the_last_ones_stand_in():
    page = parse("agenda.html", "/agenda/", agenda_view(past=EVENTS))
    assert "Aucun rendez-vous annoncé pour l’instant. Voici les derniers." in words(page)
    assert len(find(page, "h-event")) == len(EVENTS)


def test_a_closed_registration_gives_no_way_to_sign_up():
    assert event_page().xpath("//a[@href='https://exemple.test/venir']")
    closed = event_page(registration_closed=True)
    assert closed.xpath("//a[@href='https://exemple.test/venir']") == []
    assert "Les inscriptions sont closes depuis le dimanche 5 mars 2017" in words(closed)


def test_a_place_with_coordinates_has_its_map_and_one_without_has_none():
    assert event_page().xpath("//a[contains(@href, 'openstreetmap.org/?mlat=47.39&mlon=0.69')]")
    assert not event_page(place=Place(city="Tours")).xpath("//a[contains(@href, 'openstreetmap')]")


def test_a_calendar_can_be_opened_and_its_address_taken():
    links = parse("agenda.html", "/agenda/", agenda_view()).xpath("//a/@href")
    assert "webcal://exemple.test/agenda/agenda.ics" in links
    assert "/agenda/agenda.ics" in links


def test_a_month_is_a_table_with_a_caption_weekdays_and_today():
    page = parse("month.html", "/agenda/2017/03/", full_month_view())
    [table] = page.xpath("//table")
    assert words(table.find("caption")) == "Mars 2017, jour par jour"
    assert [words(node) for node in table.xpath(".//th[@scope='col']")][::6] == ["lundi", "dimanche"]
    [today] = table.xpath(".//td[@aria-current='date']")
    assert today.xpath(".//time/@datetime") == ["2017-03-02"]
    assert words(table.xpath(".//td")[0]) == "27 février"


# Texts and reports


def test_a_part_says_its_rank_and_names_its_neighbours():
    view = next(view for name, case, _, view in PAGES if (name, case) == ("part.html", "everything"))
    shown = words(parse("part.html", "/dossiers/un/a/", view))
    assert "Partie 2 sur 5" in shown
    assert "Partie 1 La partie 1 Partie 3 → La partie 3" in shown


def test_a_summary_that_only_repeats_the_first_words_is_left_out():
    view = next(view for name, case, _, view in PAGES if (name, case) == ("article.html", "everything"))
    for summary, count in (("Un résumé.", 1), ("Le texte.", 0)):
        page = parse("article.html", "/blog/un/", msgspec.structs.replace(view, summary=summary, text=text(900)))
        assert len(find(page, "lead")) == count


def test_a_call_to_a_note_is_no_word_of_the_text():
    opening = ENVIRONMENT.filters["opening"]
    html = '<p>Un <b>mot</b><sup id="fnref:1"><a href="#fn:1">1</a></sup>, x<sup>2</sup>.</p>'
    assert opening(html, 50) == "Un mot, x2."
    assert opening(html, 4) == "Un m"


def whole_report() -> html.HtmlElement:
    view = next(view for name, case, _, view in PAGES if (name, case) == ("report.html", "everything"))
    return parse("report.html", "/rapports/2017/", view)


def test_a_report_keeps_the_agreement_and_the_rest_apart_and_shows_eight_figures_large():
    page = whole_report()
    assert [words(node) for node in page.xpath("//h2")] == [
        "L’année en chiffres",
        "Actions de la convention",
        "Hors convention",
        "Quelques dates clés",
        "Finances",
        "Annexes",
        "Tous les chiffres",
    ]
    assert len(find(page, "figures")[0].xpath("./li")) == 8
    assert len(page.xpath("//section[@id='tous-les-chiffres']/table//th[@scope='row']")) == 12
    assert {"a", "b", "c", "d", "e", "chiffres", "dates-cles", "finances", "tous-les-chiffres"} <= set(
        page.xpath("//@id")
    )


def test_the_contents_of_a_report_follow_its_order():
    [nav] = find(whole_report(), "contents")
    links = nav.xpath(".//a/@href")
    assert links == ["#_introduction", "#a", "#b", "#c", "#d", "#dates-cles", "#finances", "#e", "#tous-les-chiffres"]
    places = whole_report().xpath("//@id")
    assert [places.index(link[1:]) for link in links] == sorted(places.index(link[1:]) for link in links)


def test_key_dates_are_narrowed_by_radio_buttons_that_stand_before_them():
    [group] = find(whole_report(), "dates")
    assert [(i.get("name"), i.get("id"), i.get("checked") is not None) for i in group.xpath("./input")] == [
        *(("_1", name, name == "_1") for name in ("_1", "_c4", "_c6")),
        *(("_2", name, name == "_2") for name in ("_2", "_d37", "_d75")),
    ]
    assert {i.get("id") for i in group.xpath("./input")} == {label.get("for") for label in group.xpath("./label")}
    assert [words(label) for label in group.xpath("./label")][:3] == [
        "Toutes, par catégorie (47)",
        "PPrestation (2)",
        "Aailleurs (2)",
    ]
    months, keys = group.xpath("./div/section"), [set(row.get("class").split()) for row in find(group, "row")]
    assert keys[:3] == [{"row", "c4", "d37"}, {"row", "c6"}, {"row"}]
    assert set(months[0].get("class").split()) == {"c4", "c6", "d37"}


def test_a_key_date_without_a_page_is_a_text_and_one_elsewhere_says_so():
    first, second, third = find(whole_report(), "row")[:3]
    assert words(find(whole_report(), "row")[0]) == "30 avr. au 2 mai Une rencontre (37) PPrestation"
    assert (first.xpath(".//a/@rel"), second.xpath(".//a/@rel"), third.xpath(".//a")) == ([], ["external"], [])
    assert third.xpath(".//time/@datetime") == ["2017-03-02"]


def test_finances_are_two_tables_in_one_with_totals_and_what_is_left():
    [section] = whole_report().xpath("//section[@id='finances']")
    [table] = section.xpath("./table")
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        ["Produits", "2017", "2016"],
        ["Une subvention Conseil régional", "30 000", "28 000"],
        ["Des ventes", "1 200,50", "–"],
        ["Total", "31 200,50", "28 000"],
        ["Charges", "2017", "2016"],
        ["Des achats", "31 000", "28 100"],
        ["Total", "31 000", "28 100"],
    ]
    said = words(section.xpath("./p")[0])
    assert said == ("Excédent de l’année : 200,50 € (en 2016, déficit de 100 €). Une note. Source : Les comptes")


def test_reports_stand_side_by_side_year_by_year():
    view = next(view for name, case, _, view in PAGES if (name, case) == ("reports.html", "everything"))
    [table] = parse("reports.html", "/rapports/", view).xpath("//table")
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        ["Rapport 2017", "Rapport 2016", "2015"],
        ["Lettres envoyées deux de moins qu’en 2016"],
        ["11", "13", "–"],
        ["Abonnements"],
        ["plus de 1 400", "–", "900"],
    ]


# What it weighs and how it is seen

CSS = THEME.style.decode()


def test_a_script_is_sent_without_its_remarks_and_with_all_that_it_does(tmp_path):
    kept = ["/* a */ run(); /* b */", "const text = `", "// a line", "`;", "/*", " more */", "go();"]
    for path, data in {"css/tokens.css": THEME_TOKENS, "static/favicon.svg": FAVICON}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(data, encoding="utf-8")
    (tmp_path / "static/x.js").write_text(
        "\n".join(["/* why */", *kept, "  /* why */", "end();"]) + "\n", encoding="utf-8"
    )
    assert Theme(tmp_path).read("x.js").decode().split("\n") == [*kept, "end();", ""]


def test_the_sheet_the_scripts_and_the_font_are_light():
    assert len(THEME.style) <= 20_480
    assert len(THEME.read("js/agenda.js")) <= 2048
    assert len(THEME.read("js/search.js")) <= 3072
    assert sum(len(THEME.read(path)) for path in THEME.urls if path.endswith(".js")) <= 10_000
    assert len(THEME.read("fonts/atkinson-hyperlegible-next.woff2")) <= 35 * 1024
    assert "fonts/OFL.txt" in THEME.urls


def test_the_sheet_says_its_layers_first_and_uses_its_own_files_only():
    assert CSS.startswith("@layer tokens, base, layout, components, utilities;")
    assert set(re.findall(r"url\(\"?([^)\"]+)", CSS)) == {THEME.url("fonts/atkinson-hyperlegible-next.woff2")}
    assert "!important" not in CSS


def test_templates_name_what_they_use_in_full():
    found = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+([^%]*)")
    for path in (THEME.folder / "templates").rglob("*.html"):
        for named in found.findall(path.read_text(encoding="utf-8")):
            assert re.match(r'"[a-z0-9/]+\.html"', named), f"{path.name}: {named}"


def colours(scheme: str) -> dict[str, str]:
    light, dark = CSS.split("prefers-color-scheme:dark", 1)
    found = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6});", light))
    return (
        found if scheme == "light" else found | dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6});", dark.split("}}")[0]))
    )


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, « contrast ratio »."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "sheet", 7),
        ("ink", "glow", 7),
        ("muted", "paper", 4.5),
        ("muted", "sheet", 4.5),
        ("muted", "glow", 4.5),
        ("link", "paper", 7),
        ("link", "glow", 4.5),
        ("paper", "link", 4.5),
        ("on-sun", "sun", 7),
        ("on-band", "band", 7),
        ("sun", "band", 4.5),
        *(("on-cat", category, 4.5) for category in ("meeting", "there", "life", "service", "news", "other")),
        ("ink", "paper", 3),
        ("edge", "paper", 3),
    ],
)
def test_colours_stand_out(scheme, text, ground, least):
    pairs = colours(scheme)
    assert contrast(pairs[text], pairs[ground]) >= least


def test_where_heights_are_guessed_links_into_a_page_jump():
    """A smooth scroll ends where its target was thought to be when it began, thousands of pixels off in a report."""
    assert "content-visibility:auto" in CSS
    assert "scroll-behavior" not in CSS


def test_dark_changes_colours():
    assert colours("dark")["paper"] != colours("light")["paper"]


def test_every_class_of_the_sheet_is_used_by_a_template():
    users = [*(THEME.folder / "templates").rglob("*.html"), *(THEME.folder / "static").rglob("*.js")]
    templates = "".join(path.read_text(encoding="utf-8") for path in users)
    known = {f"cat-{rank}" for rank in range(1, len(SETTINGS.categories) + 1)} | {
        "cover",
        "is-cancelled",
        "is-postponed",
        "flag-cancelled",
        "flag-postponed",
        "woff2",
        "align-right",
        "align-center",
    }
    named = set(re.findall(r"(?<![\w\"/])\.([a-z][\w-]*)", re.sub(r'"[^"]*"', "", CSS)))
    assert {name for name in named - known if not re.search(rf"\b{re.escape(name)}\b", templates)} == set()
