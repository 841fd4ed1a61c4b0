"""The pages of years and months."""

import re

import msgspec
import pytest

from plugins.agenda.details import Source
from plugins.press.documents import with_face
from plugins.press.outputs import fingerprint
from tests import values
from tests.values import event, event_links, once, titles, tree, under, weekly, words


def test_a_year_lists_its_months_with_their_events_in_order():
    events = [
        event("Trois", "2026-11-03"),
        event("Une", "2026-01-31", "2026-02-02"),
        event("Deux", "2026-11-02"),
    ]
    page = tree(values.site(*events), "/agenda/2026/")
    assert titles(page, "h1") == ["Agenda 2026"]
    assert [words(h) for h in page.cssselect("main h2 a[href^='/agenda/']")] == ["Janvier", "Novembre"]
    assert [url.split("/")[4] for url in event_links(page)] == ["une", "deux", "trois"]
    assert "/agenda/2026/agenda.ics" in values.links(page)


def test_years_and_months_lead_to_their_neighbours_that_have_events():
    site = values.site(event(start="2017-12-31"), event(start="2020-02-01"), event(start="2020-05-01"))
    assert neighbours(site, "/agenda/2017/") == ["/agenda/2020/"]
    assert neighbours(site, "/agenda/2020/") == ["/agenda/2017/"]
    assert neighbours(site, "/agenda/2020/02/") == ["/agenda/2017/12/", "/agenda/2020/05/"]


def neighbours(site, url):
    return values.links(tree(site, url), "main nav a")


@pytest.mark.parametrize(
    ("month", "title"),
    [
        ("01", "Agenda de janvier 2026"),
        ("04", "Agenda d’avril 2026"),
        ("08", "Agenda d’août 2026"),
        ("10", "Agenda d’octobre 2026"),
    ],
)
def test_a_month_is_named_in_french(month, title):
    page = tree(values.site(event(start=f"2026-{month}-05")), f"/agenda/2026/{month}/")
    assert page.findtext(".//title").startswith(f"{title} – ")


def test_a_month_is_a_grid_and_a_list_of_the_same_events():
    events = [
        event("Salon", "2026-07-30", "2026-08-02"),
        event("Bal", "2026-07-14T20:00", event_status="cancelled"),
    ]
    page = tree(values.site(*events), "/agenda/2026/07/")
    table = once(page.cssselect("table"))
    assert titles(table, "th")[0] == "lundi"
    cells = {cell.cssselect("time")[0].get("datetime"): event_links(cell) for cell in table.cssselect("td")}
    salon, bal = (found.url for found in events)
    assert {day: urls for day, urls in cells.items() if urls} == {
        "2026-07-14": [bal],
        "2026-07-30": [salon],
        "2026-07-31": [salon],
    }
    assert "Annulé" in words(once([cell for cell in table.cssselect("td") if bal in event_links(cell)]))
    assert event_links(under(page, "En liste")) == [bal, salon]


@pytest.mark.parametrize(("now", "marked"), [("2026-07-05T23:59", ["2026-07-05"]), ("2026-08-01T00:00", [])])
def test_today_is_marked_in_its_month(now, marked):
    page = tree(values.site(event(start="2026-07-20"), now=now), "/agenda/2026/07/")
    assert [cell.cssselect("time")[0].get("datetime") for cell in page.cssselect("td[aria-current=date]")] == marked


def many(count, month=7, days=28, **values_):
    """So many events of a month, spread over its days."""
    title = "Une rencontre au titre long comme on en écrit, le numéro"
    return [
        event(f"{title} {n}", f"2026-{month:02}-{n % days + 1:02}T18:00", category="prestation", **values_)
        for n in range(count)
    ]


def test_a_year_of_very_many_events_shows_a_few_of_each_month_and_says_how_many_there_are():
    own, others = many(100, month=3), many(31, month=4, source=Source("Archipel", "1"))
    page = tree(values.site(*own, *others), "/agenda/2026/")
    assert len(event_links(page)) == 6
    assert [words(a) for a in page.cssselect(".months li:last-child a")] == [
        "Les 100 rendez-vous de mars",
        "Les 31 rendez-vous d’avril",
    ]
    whole = values.site(*own, *others[:30])
    assert len(event_links(tree(whole, "/agenda/2026/"))) == 130
    assert len(values.render(whole, "/agenda/2026/")) < 60_000


def test_a_month_of_many_events_is_its_grid_only():
    events = many(37)
    page = tree(values.site(*events), "/agenda/2026/07/")
    assert "En liste" not in titles(page, "h2")
    assert len(event_links(once(page.cssselect("table")))) == 37
    assert "En liste" in titles(tree(values.site(*events[:36]), "/agenda/2026/07/"), "h2")


def month_pages(site):
    return [url for url in values.outputs(site) if re.fullmatch(r"/agenda/2026/07/(page/\d+/)?", url)]


@pytest.mark.parametrize("days", [1, 3, 28])
@pytest.mark.parametrize("count", [36, 100, 101, 400])
def test_however_many_events_a_month_has_its_pages_stay_light_and_none_is_lost(count, days):
    summary = "Un résumé qui dit tout ce que l'on peut dire. " * 5
    site = values.site(*many(count, days=days, summary=summary, departments=("37", "45"), city="Tours"))
    pages = month_pages(site)
    assert all(len(values.render(site, url)) < 60_000 for url in pages)
    shown = {link for url in pages for link in event_links(tree(site, url))}
    assert shown == {url for url in values.outputs(site) if re.fullmatch(r"/agenda/2026/07/une-[^/]*/", url)}
    assert len(shown) == count


def test_each_day_of_a_crowded_month_leads_to_its_events():
    site = values.site(*many(196), event("Une exposition", "2026-07-10", "2026-07-12"))
    first, second, third = month_pages(site)
    cells = tree(site, second).cssselect("td a")
    assert [words(cell) for cell in cells[8:11]] == [
        "7 rendez-vous le 9 juillet 2026",
        "8 rendez-vous le 10 juillet 2026",
        "8 rendez-vous le 11 juillet 2026",
    ]
    for cell in cells:
        page, _, anchor = cell.get("href").partition("#")
        heading = once(tree(site, page).cssselect(f"#{anchor}"))
        assert words(heading).endswith(words(cell).partition(" le ")[2])
    links = [link for url in (first, second, third) for link in event_links(tree(site, url))]
    assert links.count("/agenda/2026/07/une-exposition/") == 3
    assert values.links(tree(site, second), "section .pager a") == [first, third]


def test_a_day_that_goes_on_on_the_next_page_says_so():
    site = values.site(*many(101, days=1))
    first, second = (tree(site, url) for url in month_pages(site))
    assert [words(h) for h in first.cssselect("section h3")] == ["mercredi 1er juillet 2026"]
    assert [words(h) for h in second.cssselect("section h3")] == ["mercredi 1er juillet 2026 (suite)"]


def test_an_edit_in_a_crowded_month_touches_the_page_that_lists_it_and_no_other():
    events = many(200)
    before = values.outputs(values.site(*events))
    after = values.outputs(values.site(*events[:-1], with_face(msgspec.structs.replace(events[-1], title="Autre"))))
    pages = month_pages(values.site(*events))
    assert sum(fingerprint(after[url], b"") != fingerprint(before[url], b"") for url in pages) == 1


def test_each_date_of_an_event_that_comes_back_is_in_the_grid():
    site = values.site(weekly("2026-07-07T18:00", "2026-07-14T18:00", "2026-08-04T18:00"))
    cells = tree(site, "/agenda/2026/07/").cssselect("td.day-busy time")
    assert [cell.get("datetime") for cell in cells] == ["2026-07-07", "2026-07-14"]
