"""A page made some days ago, at the visitor's clock: what is over is not shown as to come, wherever they are."""

import pytest

from plugins.agenda.details import Occurrence, Registration
from tests import values
from tests.browser import show
from tests.values import event, moment, titles, weekly, words

EVENTS = (
    event("Exposition", "2026-05-20", "2026-06-08"),
    event("Exposition annulée", "2026-05-20", "2026-06-30", event_status="cancelled"),
    event("Veillée", "2026-06-01T20:00", "2026-06-02T00:00"),
    event("Réunion", "2026-06-04T18:00", "2026-06-04T20:00"),
    event("Bal", "2026-06-09T20:00"),
    event("Marché", "2026-06-20"),
    event("Festival", "2026-07-14", "2026-07-16"),
    event("Hier", "2026-05-31"),
)


@pytest.fixture(scope="module")
def site():
    """Made on Monday, the first of June 2026, at noon."""
    return values.site(*EVENTS, now="2026-06-01T12:00")


@pytest.fixture
def at(site, tmp_path):
    return lambda now, url="/agenda/", zone="Europe/Paris": show(values.render(site, url), now, tmp_path, zone)


def groups(page):
    shown = page.cssselect(".coming section:not([hidden])")
    return {words(section.cssselect("h2")[0]): titles(section, ".p-name") for section in shown}


LATER = {"Juin": ["Marché"], "Juillet": ["Festival"]}


def test_on_the_day_it_was_made_nothing_changes(at, site):
    page = at("2026-06-01T12:05+02:00")
    assert groups(page) == groups(values.tree(site, "/agenda/"))
    assert titles(page, ".days") == ["lundi 1er juin 2026", "du 2 au 7 juin 2026", "du 8 au 14 juin 2026"]
    assert titles(page, ".gone") == [""]


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (
            "2026-06-01T23:59+02:00",
            "Europe/Paris",
            {
                "En ce moment": ["Exposition", "Veillée"],
                "Aujourd’hui": ["Exposition annulée"],
                "Cette semaine": ["Réunion"],
                "La semaine prochaine": ["Bal"],
            },
        ),
        (
            "2026-06-02T00:00+02:00",
            "America/Montreal",
            {
                "En ce moment": ["Exposition"],
                "Aujourd’hui": ["Exposition annulée"],
                "Cette semaine": ["Réunion"],
                "La semaine prochaine": ["Bal"],
            },
        ),
        (
            "2026-06-08T23:59+02:00",
            "Pacific/Auckland",
            {"En ce moment": ["Exposition"], "Aujourd’hui": ["Exposition annulée"], "Cette semaine": ["Bal"]}
            | {"La semaine prochaine": ["Marché"], "Juillet": ["Festival"]},
        ),
        (
            "2026-06-09T00:00+02:00",
            "America/Montreal",
            {"Aujourd’hui": ["Exposition annulée", "Bal"], "La semaine prochaine": ["Marché"]},
        ),
    ],
)
def test_each_event_is_where_it_belongs_wherever_the_visitor_is(at, now, zone, expected):
    later = LATER if now < "2026-06-08" else {"Juillet": ["Festival"]}
    assert groups(at(now, zone=zone)) == expected | later


def test_what_is_over_joins_the_past_and_is_counted(at):
    page = at("2026-06-08T09:00+02:00")
    assert titles(page, ".passed .p-name") == ["Réunion", "Veillée", "Hier"]
    assert titles(page, ".gone") == ["Rendez-vous passés depuis la publication de cette page : 2."]
    assert titles(page, ".days:not([hidden])") == []


def test_when_nothing_is_left_it_says_so(at):
    page = at("2027-01-01T00:00+01:00")
    assert groups(page) == {}
    assert titles(page, ".gone") == [
        "Rendez-vous passés depuis la publication de cette page : 7. Aucun autre n’y était annoncé."
    ]


def test_the_home_page_takes_out_what_is_over_and_tells_what_runs(at):
    page = at("2026-06-08T09:00+02:00", "/")
    assert titles(page, ".coming .p-name") == ["Exposition", "Exposition annulée", "Bal", "Marché"]
    assert titles(page, ".is-on .p-name") == ["Exposition"]


def test_the_month_marks_the_day_of_the_visit(at):
    page = at("2026-06-08T09:00+02:00", "/agenda/2026/06/")
    assert [day.get("datetime") for day in page.cssselect("[aria-current=date] time")] == ["2026-06-08"]
    assert not at("2026-07-08T09:00+02:00", "/agenda/2026/06/").cssselect("[aria-current=date]")


SIGN_UP = event(
    start="2026-06-10T18:00",
    end="2026-06-10T20:00",
    registration=Registration("https://exemple.fr/", deadline=moment("2026-06-08")),
)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-06-08T23:59+02:00", []),
        ("2026-06-09T00:00+02:00", ["Les inscriptions sont closes depuis le lundi 8 juin 2026."]),
        ("2026-06-10T20:00+02:00", ["Rendez-vous passé", "Les inscriptions sont closes depuis le lundi 8 juin 2026."]),
    ],
)
def test_the_page_of_an_event_closes_its_registration_and_says_when_it_is_past(tmp_path, now, said):
    page = show(values.render(values.site(SIGN_UP), SIGN_UP.url), now, tmp_path, "America/Montreal")
    assert titles(page, "article .after:not([hidden])") == said
    assert ("S’inscrire en ligne" in words(page)) is not bool(said)


def test_the_dates_of_an_event_that_comes_back_go_by(tmp_path):
    day = moment("2026-06-16")
    cancelled = Occurrence(day, None, all_day=True, event_status="cancelled", original=day)
    workshop = weekly("2026-06-02", "2026-06-09", "2026-06-23", changes=(cancelled,))
    page = show(values.render(values.site(workshop), workshop.url), "2026-06-10T09:00+02:00", tmp_path)
    assert titles(page, "ol.coming > li") == ["mardi 16 juin 2026 Annulé", "mardi 23 juin 2026"]
    assert titles(page, "details:not([hidden]) .passed > li") == ["mardi 9 juin 2026", "mardi 2 juin 2026"]
    assert "is-past" in page.cssselect(".event-date")[0].get("class")


def has_script(of, url):
    return b"/js/agenda." in values.render(of, url)


@pytest.mark.parametrize(("now", "is_there"), [("2026-06-30T19:59", True), ("2026-06-30T20:00", False)])
def test_only_a_page_on_which_something_is_not_over_has_the_script(now, is_there):
    fair = event("Foire", "2026-05-30T10:00", "2026-06-30T20:00", tags=("marché",))
    of = values.site(fair, values.dossier("Échanges", tags=("marché",)), now=now)
    pages = ("/", "/agenda/", "/agenda/2026/05/", fair.url, "/mots-cles/marche/", "/dossiers/echanges/")
    assert all(b"Foire" in values.render(of, url) for url in pages)
    assert {url: has_script(of, url) for url in pages} == dict.fromkeys(pages, is_there)


def test_a_month_that_is_not_over_has_the_script_for_its_days():
    gone = event("Hier", "2026-06-01")
    assert has_script(values.site(gone, now="2026-06-30T23:59"), "/agenda/2026/06/")
    assert not has_script(values.site(gone, now="2026-07-01T00:00"), "/agenda/2026/06/")


@pytest.mark.parametrize("count", [1, 40, 110])
def test_a_month_to_come_has_the_script_whatever_there_is_in_it(count):
    many = [event(f"Le {number}", f"2026-06-{number % 30 + 1:02}") for number in range(count)]
    of = values.site(*many, now="2026-05-31T12:00")
    assert has_script(of, "/agenda/2026/06/")
    assert not has_script(values.site(*many, now="2026-07-01T00:00"), "/agenda/2026/06/")


def test_a_browser_without_temporal_knows_the_day_of_the_place_too(site, tmp_path):
    older = b"<head><script>delete Date.prototype.toTemporalInstant;</script>"
    page = values.render(site, "/agenda/").replace(b"<head>", older)
    found = groups(show(page, "2026-06-09T00:00+02:00", tmp_path, "America/Montreal"))
    assert found == {
        "Aujourd’hui": ["Exposition annulée", "Bal"],
        "La semaine prochaine": ["Marché"],
        "Juillet": ["Festival"],
    }
