"""The text of a page becomes a tree for paper: nothing is dropped, spaces are as in HTML, links lead where they can."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from plugins.press.markdown import render_body
from plugins.press.markdown.rules import TAGS
from plugins.press.paper.compiling import compile_sheet
from plugins.press.paper.sheets import Sheet
from plugins.press.paper.texts import HEADINGS, KNOWN, Setting, UnknownElementError, build_tree
from tests import paper, sites
from tests.test_theme import THEME

TEMPLATE = b"""
#import "style.typ": base
#import "body.typ": render
#set document(title: "Essai", author: "Essai")
#show: base
#title()
#render(json("data.json").body)
"""


def tree(source: str, **setting: Any) -> list[Any]:
    body, problems = render_body(source, path="essai.md", first_line=1)
    assert body is not None, problems
    known = {"targets": tuple(link.target for link in body.links), "anchors": frozenset(body.anchors)}
    return build_tree(body.html, Setting(**known | setting))


def printed(nodes: list[Any], **files: bytes) -> bytes:
    sheet = Sheet({"body": nodes}, datetime(2017, 3, 9), {f"{name}.svg": data for name, data in files.items()})
    return compile_sheet("essai.typ", {**THEME.paper, "essai.typ": TEMPLATE}, THEME.fonts, sheet, sites.ROOT)


def test_a_paragraph_is_its_words_and_what_stands_among_them():
    assert tree("Un *mot*\nde `plus`.") == [
        ["p", {}, ["Un ", ["em", {}, ["mot"]], " de ", ["code", {}, ["plus"]], "."]]
    ]


def test_headings_count_from_the_level_that_the_document_gives():
    assert tree("## Un\n\n### Deux", top=2, prefix="s-") == [
        ["heading", {"id": "s-un", "level": 2}, ["Un"]],
        ["heading", {"id": "s-deux", "level": 3}, ["Deux"]],
    ]


def test_no_level_of_headings_is_skipped():
    levels = [node[1]["level"] for node in tree("#### Un\n\n###### Deux\n\n## Trois\n\n#### Quatre")]
    assert levels == [1, 2, 1, 2]


def test_a_note_stands_where_it_is_called_and_is_called_again():
    (found,) = tree("Un[^a], encore[^a].\n\n[^a]: La *note*.", prefix="s-")
    assert found[2] == [
        "Un",
        ["note", {"id": "s-fn:a"}, [["p", {}, ["La ", ["em", {}, ["note"]], "."]]]],
        ", encore",
        ["note", {"again": "s-fn:a"}, []],
        ".",
    ]


def test_a_link_stays_inside_the_document_when_its_place_is_there():
    source = "[a](#ici) [b](/p/#la) [c](/p/) [d](/q/) [e](#nulle-part)"
    (found,) = tree(
        source,
        prefix="s-",
        inside={"/p/": "t-"},
        anchors=frozenset({"s-ici", "t-la", "t-"}),
        absolute=lambda url: f"https://exemple.fr{url}",
    )
    links = [node[1] for node in found[2] if isinstance(node, list)]
    assert links == [
        {"to": "s-ici"},
        {"to": "t-la"},
        {"to": "t-"},
        {"href": "https://exemple.fr/q/"},
        {"href": "https://exemple.fr#nulle-part"},
    ]


def test_a_table_keeps_its_head_apart_and_fills_its_rows():
    source = (
        '| a | b |\n|---|--:|\n| 1 |\n\n<table><tr><th rowspan="2">A</th><td>b</td></tr><tr><td>c</td></tr></table>'
    )
    first, second = (node[1] for node in tree(source))
    assert (first["columns"], len(first["head"]), [len(row) for row in first["rows"]]) == (2, 1, [2])
    assert [cell["align"] for cell in first["head"][0]] == ["", "right"]
    assert (second["columns"], [len(row) for row in second["rows"]]) == (2, [2, 1])
    assert second["rows"][0][0]["is_head"]


def test_a_figure_of_the_report_is_in_words():
    assert tree("Il y en a [[chiffre:adherents]].", figures={"adherents": "12 adhérents"}) == [
        ["p", {}, ["Il y en a ", "12 adhérents", "."]]
    ]


def test_lines_among_blocks_are_paragraphs():
    (found,) = tree("<details><summary>Plus</summary>\n\nUn <em>mot</em>\n\n</details>")
    assert found[2] == [["summary", {}, ["Plus"]], ["p", {}, ["Un ", ["em", {}, ["mot"]]]]]


def test_a_picture_with_a_caption_is_one_thing():
    assert tree('![Une table](a.svg "La table & co.")') == [
        ["picture", {"name": "a.svg", "alt": "Une table", "title": "La table & co."}, []]
    ]


def test_what_is_not_known_is_refused_by_name():
    with pytest.raises(UnknownElementError, match="video"):
        build_tree("<p><video></video></p>", Setting())


@pytest.mark.parametrize("tag", sorted(TAGS - {"col", "colgroup"}))
def test_every_element_that_a_text_may_have_is_printed_with_its_words(tag):
    assert tag in KNOWN | {"img", *HEADINGS}
    words = {"img": "", "br": "", "hr": "", "wbr": ""}.get(tag, "Ses mots")
    element = '<img src="a.svg" alt="x">' if tag == "img" else f"<{tag}>{words}</{tag}>" if words else f"<{tag}>"
    wrapped = {
        **dict.fromkeys(("li",), f"<ul>{element}</ul>"),
        **dict.fromkeys(("dt", "dd"), f"<dl>{element}</dl>"),
        **dict.fromkeys(("td", "th"), f"<table><tr>{element}</tr></table>"),
        **dict.fromkeys(("thead", "tbody", "tfoot"), f"<table><{tag}><tr><td>{words}</td></tr></{tag}></table>"),
        "tr": f"<table><tr><td>{words}</td></tr></table>",
        "caption": f"<table><caption>{words}</caption><tr><td>x</td></tr></table>",
        "table": f"<table><tr><td>{words}</td></tr></table>",
        "ul": f"<ul><li>{words}</li></ul>",
        "ol": f"<ol><li>{words}</li></ol>",
        "dl": f"<dl><dt>{words}</dt><dd>x</dd></dl>",
    }
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
    nodes = build_tree(wrapped.get(tag, element), Setting(top=1))
    assert words in paper.text(printed(nodes, a=svg))


def test_code_keeps_its_spaces_and_signs():
    assert 'x = "#let"  # $a$' in paper.text(printed(tree('```\nx = "#let"  # $a$\n```'))).replace(
        "\u00a0", " "
    ).replace('#let" #', '#let"  #')


def test_the_tags_of_a_text_are_what_screen_readers_need():
    found = [
        kind for kind, _ in paper.tags(printed(tree("## Un\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> cité")))
    ]
    for kind, count in {"H1": 1, "L": 1, "LI": 2, "Table": 1, "TH": 2, "TD": 2, "BlockQuote": 1}.items():
        assert found.count(kind) == count, kind
