"""Every template as visitors get it, in Chromium: accessible, private, light, still, at ease on any screen."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlsplit

from tests.visitors import built

KB = 1024
APART = re.compile(r"/composants/|/dossiers/[^/]+/imprimer/")
"""The gallery is not for visitors, and shows one example twice; a dossier to print holds texts that have pages too."""
CUT = {"p .p-summary", "span in .trail", "td .day day-out", "td .day day-free"}
"""What is cut on purpose: summaries that cards shorten, the last crumb (the title follows), and days that are only
heard on narrow screens."""


def where(visit, look=None):
    path = urlsplit(visit["url"]).path
    scripts = "" if visit["scripts"] else " without scripts"
    return f"{path}{scripts}" + (f" {look['width']} {look['scheme']}" if look else "")


def looks(visits):
    return [(where(visit, look), look) for visit in visits for look in visit["looks"]]


def test_every_template_is_visited(visits):
    seen = {urlsplit(visit["url"]).path for visit in visits}
    templates = built.own().templates | built.others().templates
    assert {templates[url] for url in seen} == set(templates.values()) - {"redirect.html"}
    assert {(look["width"], look["scheme"]) for _, look in looks(visits)} == {
        (width, scheme) for width in (320, 1280) for scheme in ("light", "dark")
    }
    assert {visit["scripts"] for visit in visits} == {True, False}


def test_axe_finds_nothing_against_wcag_2_2_aa_nor_good_practice(visits):
    found = [
        f"{place}: {violation['rule']} ×{violation['count']} {violation['on']}"
        for place, look in looks(visits)
        for violation in look["violations"]
    ]
    assert found == []


def test_no_page_asks_anything_of_another_host(visits):
    found = {
        f"{where(visit)}: {request['url']}"
        for visit in visits
        for look in visit["looks"]
        for request in look["requests"]
        if urlsplit(request["url"]).netloc != urlsplit(visit["url"]).netloc
    }
    assert found == set()


def test_no_page_breaks_its_policy_or_complains_in_the_console(visits):
    assert [(place, look["complaints"]) for place, look in looks(visits) if look["complaints"]] == []


def test_everything_that_a_page_asks_for_is_there(visits):
    found = {
        f"{place}: {request['url']} {request['status']}"
        for place, look in looks(visits)
        for request in look["requests"]
        if request["status"] != 200
    }
    assert found == set()


def test_a_first_page_is_light(visits):
    for place, look in looks(visits):
        weights = defaultdict(int)
        for request in look["requests"]:
            if not (request["type"] == "Image" and "/media/" in request["url"]):
                weights[request["type"]] += request["bytes"]
                weights["requests"] += 1
        requests = weights.pop("requests")
        assert requests <= 15, (place, requests)
        assert sum(weights.values()) <= 200 * KB, (place, weights)
        assert weights["Document"] <= 61 * KB, (place, weights)  # with its headers
        assert weights["Stylesheet"] <= 21 * KB, (place, weights)
        assert weights["Script"] <= 10 * KB, (place, weights)


def test_nothing_moves_while_a_page_loads(visits):
    found = [(place, look["shift"]) for place, look in looks(visits) if round(look["shift"], 2)]
    assert [one for one in found if not APART.match(one[0])] == []


def test_nothing_sticks_out_or_is_cut_off(visits):
    assert [(place, look["over"], look["out"]) for place, look in looks(visits) if look["over"] > 0] == []
    assert [(place, set(look["cut"]) - CUT) for place, look in looks(visits) if set(look["cut"]) - CUT] == []


def test_nothing_sticks_out_with_the_spacing_that_a_reader_may_set(visits):
    spaced = [(where(visit), visit["spaced"]) for visit in visits]
    assert [(place, look["over"], look["out"]) for place, look in spaced if look["over"] > 0] == []
    assert [(place, set(look["cut"]) - CUT) for place, look in spaced if set(look["cut"]) - CUT] == []


def test_the_tab_key_goes_through_each_page_in_its_order(visits):
    assert [
        (where(visit), visit["focus"]["order"])
        for visit in visits
        if visit["focus"]["order"] != list(range(len(visit["focus"]["order"])))
    ] == []
    assert all(visit["focus"]["order"] for visit in visits)


def test_one_always_sees_what_is_in_focus(visits):
    assert [(where(visit), visit["focus"]["unseen"]) for visit in visits if visit["focus"]["unseen"]] == []


def test_no_two_links_of_a_page_have_one_name_and_lead_to_different_places(visits):
    """Unless a date tells them apart: the title of a card is its link, and two events may have one title."""
    found = []
    for visit in visits:
        if APART.match(where(visit)):
            continue
        places = defaultdict(set)
        for link in visit["links"]:
            places[link["name"].lower(), *link["dates"]].add(link["to"])
        found += [(where(visit), name, sorted(to)) for (name, *_), to in places.items() if len(to) > 1]
    assert found == []


def test_the_name_of_a_link_says_where_it_leads(visits):
    vague = {"", "ici", "lire la suite", "en savoir plus", "cliquez ici", "suite", "plus", "voir"}
    assert [
        (where(visit), link)
        for visit in visits
        for link in visit["links"]
        if link["name"].lower().strip(" .…") in vague
    ] == []
