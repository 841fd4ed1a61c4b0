"""The page of calendars and feeds to subscribe to."""

from urllib.parse import unquote

from tests import values
from tests.values import event, titles, tree, under, words

URL = "/agenda/abonnements/"


def test_every_calendar_has_its_count_its_next_event_and_the_ways_to_follow_it():
    events = [event("Fête", "2026-07-05", departments=("37",)), event("Bal", "2026-08-05", departments=("37",))]
    page = tree(values.site(*events), URL)
    [card] = [li for li in under(page, "Par département").cssselect("li") if "Indre-et-Loire" in words(li)]
    assert "2 rendez-vous. Prochain : Fête, 5 juillet 2026" in words(card)
    webcal = "webcal://127.0.0.1:8000/agenda/departement/37/agenda.ics"
    links = values.links(card, "a")
    assert links[:2] == ["/agenda/departement/37/", webcal]
    prefix, _, target = links[2].partition("cid=")
    assert prefix == "https://calendar.google.com/calendar/r?"
    assert (unquote(target), "/" in target) == (webcal, False)
    assert titles(card, "code") == ["http://127.0.0.1:8000/agenda/departement/37/agenda.ics"]


def test_the_buttons_that_copy_wait_for_the_script():
    page = tree(values.site(event()), URL)
    buttons = page.cssselect("button.copy")
    assert buttons
    assert all(button.get("hidden") is not None and button.xpath("ancestor::li[1]//code") for button in buttons)
    assert page.cssselect("head script[src*='/copy.'][defer]")


def test_each_kind_of_device_has_its_line():
    shown = words(tree(values.site(), URL))
    for name in ("iPhone", "Android ne sait pas s’abonner", "Outlook", "Thunderbird", "Nextcloud", "Google Agenda"):
        assert name in shown
    assert "30 jours après sa date, avec « ANNULÉ »" in shown.replace("\u202f", " ")
    assert "provisoire" in shown


def test_the_feeds_of_the_agenda_are_there_too():
    found = titles(under(tree(values.site(), URL), "Les flux"), "code")
    assert [address.rpartition("/")[2] for address in found] == [
        "agenda.atom.xml",
        "agenda.rss.xml",
        "agenda-changements.atom.xml",
    ]


def test_of_very_many_organisers_those_with_the_most_events_are_listed():
    events = [
        event(
            f"Le {n}",
            f"2026-07-{1 + n % 28:02}",
            path=f"agenda/2026/{n}.md",
            slug=f"le-{n}",
            organisers=[f"Groupe {n % 70}"],
        )
        for n in range(75)
    ]
    part = under(tree(values.site(*events), URL), "Par organisateur")
    shown = titles(part, "h3")
    assert len(shown) == 12
    assert {f"Groupe {n}" for n in range(5)} <= set(shown)
    assert "Et 58 autres" in words(part)


def test_of_many_years_the_latest_are_listed():
    site = values.site(*(event(start=f"{year}-07-05") for year in range(2010, 2027)))
    part = under(tree(site, URL), "Par année")
    assert titles(part, "h3") == [f"Agenda {year}" for year in range(2026, 2020, -1)]
    assert "Et 11 autres" in words(part)


def test_the_page_stays_light_whatever_there_is():
    codes = [f"{code:02}" for code in range(1, 96) if code != 20]
    events = [
        event(f"Le {n}", f"{2007 + n % 20}-07-05", departments=(codes[n % 94],), organisers=[f"Un long nom {n}"])
        for n in range(200)
    ]
    assert len(values.render(values.site(*events), URL)) < 60_000
