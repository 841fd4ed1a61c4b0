"""The pages of years and months."""

import pytest

from plugins.agenda.details import Source
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


def test_a_year_of_very_many_events_shows_a_few_of_each_month_and_says_how_many_there_are():
    own = [event(f"À nous {n}", "2026-03-05", path=f"agenda/2026/a{n}.md", slug=f"a{n}") for n in range(300)]
    others = [
        event(
            f"Ailleurs {n}", "2026-04-05", path=f"agenda/2026/b{n}.md", source=Source("Archipel", str(n)), slug=f"b{n}"
        )
        for n in range(101)
    ]
    site = values.site(*own, *others)
    page = tree(site, "/agenda/2026/")
    assert len(event_links(page)) == 6
    assert [words(a) for a in page.cssselect(".months li:last-child a")] == [
        "Les 300 rendez-vous de mars",
        "Les 101 rendez-vous d’avril",
    ]
    whole = tree(values.site(*own, *others[:100]), "/agenda/2026/")
    assert len(event_links(whole)) == 400


def test_a_month_of_very_many_events_is_its_grid_only():
    events = [event(f"Le {n}", "2026-07-05T18:00", path=f"agenda/2026/{n}.md", slug=f"le-{n}") for n in range(61)]
    page = tree(values.site(*events), "/agenda/2026/07/")
    assert "En liste" not in titles(page, "h2")
    assert len(event_links(once(page.cssselect("table")))) == 61
    assert "En liste" in titles(tree(values.site(*events[:60]), "/agenda/2026/07/"), "h2")


def test_each_date_of_an_event_that_comes_back_is_in_the_grid():
    site = values.site(weekly("2026-07-07T18:00", "2026-07-14T18:00", "2026-08-04T18:00"))
    cells = tree(site, "/agenda/2026/07/").cssselect("td.day-busy time")
    assert [cell.get("datetime") for cell in cells] == ["2026-07-07", "2026-07-14"]
