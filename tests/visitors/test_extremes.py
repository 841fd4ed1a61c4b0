"""What nobody expected: nothing sticks out on a narrow screen, nothing is lost, nothing breaks."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import html

from tests.visitors import built, extremes
from tests.visitors.test_pages import CUT, looks, where

MONTH = "/agenda/2026/07/"


def page(url):
    return html.document_fromstring(built.extreme().read(url).decode())


def links(url, selector):
    """Where the links of a list lead, on all its pages."""
    pages = [found for found in built.extreme().templates if re.fullmatch(rf"{url}(page/\d+/)?", found)]
    return {link.get("href") for found in pages for link in page(found).cssselect(selector)}


def words(element):
    return " ".join(element.text_content().replace("\u202f", " ").split())


def test_every_template_is_visited_full_and_empty(hard_visits):
    seen = {urlsplit(visit["url"]).path for visit in hard_visits}
    assert len(hard_visits) > 30
    assert {built.extreme().templates.get(url) for url in seen} >= {*built.extreme().templates.values()} - {
        "redirect.html"
    }


def test_nothing_sticks_out_on_any_screen_with_any_spacing(hard_visits):
    found = [*looks(hard_visits), *((where(visit), visit["spaced"]) for visit in hard_visits)]
    assert [(place, look["over"], look["out"]) for place, look in found if look["over"] > 0] == []


def test_nothing_is_cut_off_but_what_is_meant(hard_visits):
    found = [(place, set(look["cut"]) - CUT) for place, look in looks(hard_visits)]
    assert [(place, cut) for place, cut in found if cut] == []


def test_nothing_complains_and_the_keyboard_finds_its_way(hard_visits):
    assert [(place, look["complaints"]) for place, look in looks(hard_visits) if look["complaints"]] == []
    for visit in hard_visits:
        assert visit["focus"]["order"] == list(range(len(visit["focus"]["order"]))), where(visit)
        assert visit["focus"]["unseen"] == [], where(visit)


def test_a_title_is_whole_on_its_page():
    for name, title in extremes.TITLES.items():
        for url in (f"/blog/{name}/", f"/page-{name}/", f"/agenda/2026/06/{name}/"):
            (heading,) = page(url).cssselect("h1")
            assert words(heading) == title.replace("'", "’"), url


def test_a_tag_a_part_an_event_is_never_left_out():
    assert len(links("/mots-cles/", "main a[href^='/mots-cles/mot-']")) == extremes.TAGS
    assert len(links("/dossiers/long/", "main a[href^='/dossiers/long/partie-']")) == extremes.PARTS
    assert len(links(MONTH, f"main a[href^='{MONTH}foule-']")) == extremes.EVENTS


def test_no_page_weighs_more_than_60_kb_whatever_there_is():
    weights = {url: len(built.extreme().read(url)) for url in built.extreme().templates}
    assert {url: weight for url, weight in weights.items() if weight > 60_000} == {}


def test_an_event_of_which_nothing_is_known_has_its_page():
    shown = words(page("/agenda/2026/06/rien/").cssselect("main")[0])
    assert "Rien" in shown
    assert "samedi 20 juin 2026" in shown


def test_an_empty_site_says_so_kindly_on_each_page():
    for url in ("/", "/agenda/", "/blog/", "/dossiers/", "/rapports/", "/mots-cles/"):
        found = html.document_fromstring(built.empty().read(url).decode()).cssselect("main .empty")
        assert [words(element) for element in found], url
