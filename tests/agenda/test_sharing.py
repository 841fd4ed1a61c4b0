"""The page for partners: everything to show the agenda elsewhere, ready to be copied."""

import msgspec
from lxml import html

from tests import sites, values
from tests.values import event, once, titles, tree, under, words

URL = "/agenda/reprendre/"
HOST = sites.settings().url


def codes(element):
    return [code.text_content().strip() for code in element.cssselect("li code")]


def test_each_extract_has_its_code_ready_to_be_pasted():
    page = tree(values.site(), URL)
    [code] = codes(under(page, "Tout l’agenda"))
    frame = once(html.fragment_fromstring(code, create_parent=True).cssselect("iframe"))
    assert frame.get("src") == f"{HOST}/agenda/extrait/tout/"
    assert frame.get("title") == "Agenda Cré-Sol"
    assert frame.get("width").isdigit()
    assert frame.get("height").isdigit()
    departments = codes(under(page, "Par département"))
    assert len(departments) == len(sites.settings().departments)
    assert f'src="{HOST}/agenda/extrait/departement-37/" title="Agenda Cré-Sol – Indre-et-Loire (37)"' in departments[3]
    assert len(codes(under(page, "Par catégorie"))) == len(sites.settings().categories)


def test_what_one_pastes_is_escaped_for_the_page_where_it_is_pasted():
    settings = msgspec.structs.replace(sites.settings(), name='Le « Réseau » "d\'essai" <b>&')
    [code] = codes(under(tree(values.site(settings=settings), URL), "Tout l’agenda"))
    frame = once(html.fragment_fromstring(code, create_parent=True).cssselect("iframe"))
    assert frame.get("title") == f"Agenda {settings.name}"


def test_every_extract_can_be_seen_from_here():
    site = values.site(event(departments=("2A", "37")))
    linked = set(values.links(tree(site, URL)))
    assert {url for url in values.outputs(site) if url.startswith("/agenda/extrait/")} <= linked
    assert "Et ailleurs : Corse-du-Sud (2A)" in words(tree(site, URL))


def test_the_addresses_of_the_data_are_whole_and_can_be_copied():
    page = tree(values.site(), URL)
    assert {f"{HOST}/agenda/agenda.json", f"{HOST}/agenda/agenda.schema.json"} <= set(codes(under(page, "Des données")))
    assert f"{HOST}/agenda/agenda.ics" in codes(under(page, "Des calendriers et des flux"))
    for item in page.cssselect("li:has(button.copy)"):
        assert len(item.cssselect("code")) == 1
        assert item.cssselect("button.copy[hidden]")
    assert page.cssselect("head script[src*='/copy.'][defer]")


def test_it_says_how_many_dates_there_are_and_under_which_licence():
    page = tree(values.site(), URL)
    assert "Les 100 prochaines dates au plus" in words(page)
    assert "les 10 prochains rendez-vous" in words(page)
    assert titles(under(page, "À quelles conditions"), "a") == ["CC BY-SA 4.0"]


def test_the_page_of_subscriptions_and_the_plan_lead_here():
    for url in ("/agenda/abonnements/", "/plan-du-site/"):
        assert URL in values.links(tree(values.site(), url))
