"""Organisers are known by a slug, under the name and with the website of their first event."""

from hypothesis import given

from plugins.agenda.details import Organiser
from plugins.agenda.filing import FILING
from plugins.agenda.model import by_start
from plugins.agenda.organisers import find_organisers
from plugins.press.filed import Filed
from tests import filings
from tests.filings import MOMENTS, NOW, Said, plain
from tests.values import event, weekly

SITE = Organiser("Cress", "cress", "https://exemple.test/")
OTHER = Organiser("CRESS", "cress", "https://exemple.test/autre/")


def find(*events, kept=()):
    """The organisers of events, of which ``kept`` are settled besides."""
    said = Said((*events, *kept), {found.path: found for found in kept})
    found = find_organisers(said.split())
    assert found == find_organisers(said.whole())
    return found


def test_the_first_event_gives_the_name():
    first, second = plain("Une", "2018-01-01", organisers=["CRESS"]), plain("Deux", "2019-01-01", partners=["Cress"])
    for events, kept in (((first, second), ()), ((second,), (first,)), ((first,), (second,)), ((), (first, second))):
        assert find(*events, kept=kept) == {"cress": Organiser("CRESS", "cress")}


def test_the_first_of_many_settled_events_that_name_them_so_gives_the_name():
    named = zip((2017, 2018, 2019, 2020), ("CRESS", "Cress", "Cress", "CRESS"), strict=True)
    events = [plain(f"En {year}", f"{year}-01-01", organisers=[name]) for year, name in named]
    assert find(kept=events) == {"cress": Organiser("CRESS", "cress")}
    assert find(kept=events[1:]) == {"cress": Organiser("Cress", "cress")}


def test_the_first_with_a_website_gives_it_and_the_name_beside_it():
    events = [
        plain("Une", "2018-01-01", organisers=["CRESS"]),
        plain("Deux", "2019-01-01", organisers=[SITE]),
        plain("Trois", "2020-01-01", organisers=[OTHER]),
    ]
    assert find(*events) == find(kept=events) == find(*events[::2], kept=events[1:2]) == {"cress": SITE}


def test_in_one_event_the_first_that_is_named_is_taken():
    found = plain(organisers=[OTHER], partners=[SITE])
    assert find(found) == find(kept=[found]) == {"cress": OTHER}
    other = plain(organisers=[SITE, OTHER])
    assert find(other) == find(kept=[other]) == {"cress": SITE}


def test_who_is_only_named_by_what_comes_back_is_known_and_in_the_order_of_slugs():
    series = weekly("2026-07-01", organisers=["Zoé", "Les Amis"])
    assert [*find(series, event(partners=["Maison"]))] == ["les-amis", "maison", "zoe"]


def test_who_is_only_named_in_an_event_that_is_gone_is_not_known():
    gone = plain(organisers=["CRESS"])
    assert find_organisers(Said((), {gone.path: gone}).split()) == {}


def test_a_name_with_a_colon_or_spaces_stays_what_it_is():
    people = [Organiser("Ligue : section 37 (les « amis »)", "ligue", "https://exemple.test/?a=b c")]
    assert find(kept=[plain(organisers=people)]) == {"ligue": people[0]}


@given(filings.said(), MOMENTS)
def test_organisers_are_the_same_whatever_is_settled(said, now):
    found = find_organisers(said.split(now))
    assert [*found.items()] == [*find_organisers(said.whole(now)).items()]
    naive = {}
    ordered = sorted(said.events, key=by_start)
    for organiser in (
        o for has_url in (True, False) for e in ordered for o in e.organisers + e.partners if bool(o.url) == has_url
    ):
        naive.setdefault(organiser.slug, organiser)
    assert found == dict(sorted(naive.items()))
    assert find_organisers(Filed(FILING, (), NOW)) == {}
