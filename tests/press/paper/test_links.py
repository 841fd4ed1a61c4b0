"""On paper, a link leads to its place in the document, else to an address that a note says once."""

from __future__ import annotations

from typing import Any

from plugins.press.paper.links import lead
from plugins.press.paper.nodes import heading, paragraph

PAGE = "/rapports/2025/"


def link(href: str, *words: str) -> list[Any]:
    return ["a", {"href": href}, [*(words or ("mot",))]]


def led(*nodes: Any) -> list[Any]:
    lead(
        nodes,
        {PAGE: "_top", "/autre/": "autre"},
        lambda url: f"https://exemple.fr{url}" if url.startswith("/") else url,
    )
    return [*nodes]


def one(href: str, *words: str, anchor: str = "ici") -> dict[str, Any]:
    """Where a link leads in a document that has one place."""
    found = link(href, *words)
    led(heading(1, "Titre", anchor), paragraph(found))
    del found[1]["href"]
    return dict(found[1])


def test_a_link_to_a_place_of_the_document_stays_in_it():
    assert one("#ici") == one(f"{PAGE}#ici") == {"to": "ici"}
    assert one("#%C3%A9t%C3%A9", anchor="été") == {"to": "été"}


def test_a_link_to_a_page_that_the_document_holds_leads_to_where_it_begins():
    assert one(PAGE) == {"to": "_top"}
    assert one("/autre/") == {"to": "autre"}
    assert one("/autre/#ici") == {"to": "ici"}


def test_a_link_to_another_page_is_a_whole_address_in_a_note():
    found = link("/agenda/#x")
    led(paragraph(found))
    assert found[1] == {"href": "https://exemple.fr/agenda/#x", "note": "address-1"}


def test_a_place_that_is_not_in_the_document_is_looked_for_on_its_page():
    found = link("#ailleurs")
    led(paragraph(found))
    assert found[1]["href"] == "https://exemple.fr/rapports/2025/#ailleurs"


def test_an_address_is_said_once_in_each_section():
    first, second, third = (link("https://exemple.org/") for _ in range(3))
    led(
        heading(2, "Un"),
        paragraph(first),
        heading(3, "Dedans"),
        paragraph(second),
        heading(2, "Deux"),
        paragraph(third),
    )
    assert [found[1].get("note") for found in (first, second, third)] == ["address-1", None, "address-2"]
    assert second[1]["noted"] == "address-1"


def test_a_link_that_is_its_own_address_needs_no_note():
    assert one("https://exemple.org/", "https://exemple.org/") == one("https://exemple.org/", "exemple.org") == {}
    assert one("mailto:a@exemple.org") == one("tel:+33123456789") == {}


def test_no_note_stands_where_a_text_is_said_again_nor_in_a_note():
    in_heading, in_note, in_head, in_cell, in_caption = (link(f"https://exemple.org/{n}") for n in range(5))

    def cell(*body: Any) -> dict[str, Any]:
        return {"body": [*body]}

    table = ["table", {"head": [[cell(in_head)]], "rows": [[cell(in_cell)]], "caption": [in_caption]}, []]
    led(["heading", {"level": 2}, [in_heading]], paragraph(["note", {"id": "fn"}, [paragraph(in_note)]]), table)
    noted = [found for found in (in_heading, in_note, in_head, in_cell, in_caption) if "note" in found[1]]
    assert noted == [in_cell]


def test_of_two_places_of_one_name_the_first_keeps_it():
    first, second = heading(1, "Un", "ici"), heading(1, "Deux", "ici")
    led(first, second)
    assert (first[1].get("id"), second[1].get("id")) == ("ici", None)
