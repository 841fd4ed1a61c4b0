"""Every template on paper, as Chromium prints it: A4, nothing beyond its edges, its text in the PDF."""

from __future__ import annotations

import base64
import re

import pytest
from lxml import html

from tests import paper, sites
from tests.visitors import built
from tests.visitors.conftest import heaviest

A4 = (595, 842)
EVERYTHING = "/agenda/2026/06/tout/"
MARGINS = re.search(
    r"@page\{size:A4;margin:\d+mm (\d+)mm\}", (sites.ROOT / "themes/cresol/css/utilities.css").read_text()
)


@pytest.fixture(scope="module")
def printed(browser, at):
    assert MARGINS
    templates = heaviest(built.others())
    del templates["embeds/extract.html"]  # it stands in pages of others
    pages = {*templates.values(), EVERYTHING}
    found = browser.ask("print", [{"url": at["others"] + url, "margins": int(MARGINS[1])} for url in pages])
    return {url: (sheet["over"], base64.b64decode(sheet["pdf"])) for url, sheet in zip(pages, found, strict=True)}


def test_nothing_is_wider_than_the_paper(printed):
    assert {url: over for url, (over, _) in printed.items() if over > 0} == {}
    for url, (_, pdf) in printed.items():
        with paper.opened(pdf) as sheets:
            sizes = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets.pages}
        assert sizes == {A4}, url


def test_the_text_of_the_page_is_on_the_paper(printed):
    for url, (_, pdf) in printed.items():
        page = html.document_fromstring(built.others().read(url).decode())
        text = plain(paper.text(pdf))
        assert plain(page.cssselect("h1")[0].text_content()) in text, url
        for element in page.cssselect("main .body > p:not(.keep), main h3, main figcaption"):
            for part in element.itertext():  # a link is followed by its address
                assert plain(part) in text, (url, part)
        assert built.others().read(url).decode().count("print-only") == 1
        assert plain(f"essaimees.example{url}") in text, url


def test_what_is_only_for_screens_stays_there(printed):
    for url, (_, pdf) in printed.items():
        text = paper.text(pdf)
        assert "Aller au contenu" not in text, url
        assert "Menu principal" not in text, url
        assert "Copier" not in text, url


def test_a_category_is_a_letter_and_a_word_on_paper_too(printed):
    text = paper.text(printed[EVERYTHING][1])
    assert re.search(r"\bD\s+Débat\b", text)


def plain(text: str) -> str:
    """Letters alone: wherever lines end, hyphenated or not, with or without a font for emoji."""
    return re.sub(r"\W", "", text)
