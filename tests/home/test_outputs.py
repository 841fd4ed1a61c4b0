"""The home page: what is next, what is new, what lasts; and the page for what is not found."""

import pytest

from tests import sites, values
from tests.values import article, dossier, event, figure, figures, once, part, report, titles, tree, words


def home(*documents, **site):
    return tree(values.site(*documents, **site), "/")


def events_of(page):
    return [url.split("/")[4] for url in values.links(page, "main li a[href^='/agenda/2']")]


def test_the_next_six_events_are_shown_running_ones_first():
    events = [event(f"Le {n}", f"2026-06-{n:02}") for n in range(2, 12)]
    page = home(*events, event("En cours", "2026-05-01", "2026-06-30"), event("Hier", "2026-05-31"))
    assert events_of(page) == ["en-cours", "le-2", "le-3", "le-4", "le-5", "le-6"]


def test_when_nothing_is_coming_it_says_so_and_shows_the_last_four():
    page = home(*(event(f"Le {n}", f"2026-05-{n:02}") for n in range(1, 9)))
    assert events_of(page) == ["le-8", "le-7", "le-6", "le-5"]
    assert "Aucun rendez-vous annoncé pour l’instant. Voici les derniers." in words(page)


def test_the_last_events_leave_when_one_is_coming():
    assert events_of(home(event("Hier", "2026-05-31"), event("Demain", "2026-06-02"))) == ["demain"]


def test_the_latest_articles_and_dossiers_and_the_latest_report_are_shown():
    documents = [
        *(article(f"Article {n}", f"2026-01-{n:02}") for n in range(1, 7)),
        *(dossier(f"Dossier {n}", f"2026-01-{n:02}") for n in range(1, 7)),
        report(2024),
        report(2025),
        figures(figure("adherents", 1400, qualifier="at-least", label="Adhérents")),
        part(1, of="dossier-1"),
    ]
    page = home(*documents)
    assert values.links(page, "main li a[href^='/blog/']") == [f"/blog/article-{n}/" for n in (6, 5, 4, 3)]
    assert values.links(page, "main li a[href^='/dossiers/']") == [f"/dossiers/dossier-{n}/" for n in (6, 5, 4, 3)]
    assert [url for url in values.links(page) if url.startswith("/rapports/2")] == ["/rapports/2025/"]
    assert "plus de 1 400" in words(page)


def test_an_empty_site_has_a_home_page():
    page = home()
    assert titles(page, "h1") == ["L’économie solidaire près de chez vous."]
    assert "Aucun rendez-vous annoncé" in words(page)
    assert "/agenda/" in values.links(page)


def test_every_department_of_the_region_is_one_click_away():
    page = home(event(departments=("37",)))
    found = page.cssselect("main a[href^='/agenda/departement/']")
    expected = {f"/agenda/departement/{code}/": f"{code} {name}" for code, name in sites.settings().departments.items()}
    assert {link.get("href"): words(link) for link in found} == expected


def test_the_home_page_announces_the_feeds_of_all_that_it_shows():
    assert values.links(home(), "link[rel=alternate]") == [
        "/flux/blog.atom.xml",
        "/flux/blog.rss.xml",
        "/flux/agenda.atom.xml",
        "/flux/agenda.rss.xml",
        "/flux/agenda-changements.atom.xml",
        "/agenda/agenda.ics",
        "/flux/rapports.atom.xml",
        "/flux/rapports.rss.xml",
    ]


@pytest.mark.parametrize("now", ["2026-06-01T12:00", "2027-01-01T00:00"])
def test_the_home_page_says_when_it_was_built(now):
    assert home(now=now).cssselect(f"main time[datetime='{now[:10]}']")


def test_what_is_not_found_gives_ways_on_and_is_not_for_robots():
    page = tree(values.site(), "/404.html")
    assert len(page.cssselect("h1")) == 1
    assert once(page.cssselect("meta[name=robots]")).get("content") == "noindex"
    assert {"/agenda/", "/blog/", "/dossiers/", "/rapports/", "/plan-du-site/"} <= set(values.links(page))
