"""The text of a page becomes a tree for paper: nothing is dropped, spaces are as in HTML, links lead where they can."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from plugins.press.markdown import render_body
from plugins.press.markdown.rules import TAGS
from plugins.press.paper.compiling import compile_sheet
from plugins.press.paper.pictures import Pictures
from plugins.press.paper.sheets import Sheet
from plugins.press.paper.texts import HEADINGS, KNOWN, UnknownElementError, build_tree
from tests import paper, sites, values
from tests.test_theme import THEME

TEMPLATE = b"""
#import "style.typ": base
#import "body.typ": render
#set document(title: "Essai", author: "Essai")
#show: base
#title()
#render(json("data.json").body)
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def tree(source: str, top: int = 1) -> list[Any]:
    """The nodes of a text, its links leading where they were typed."""
    body, problems = render_body(source, path="essai.md", first_line=1)
    assert body is not None, problems
    html = body.html
    for number, link in enumerate(body.links):
        html = html.replace(f'"link:{number}"', f'"{link.target}"')
    return build_tree(html, pictures(), top=top)


def pictures() -> Pictures:
    """Whatever a text shows is one small drawing."""
    found = Pictures((), values.press())
    found.add = lambda _: found._keep(SVG, ".svg")  # type: ignore[method-assign]
    return found


def printed(nodes: list[Any], files: Pictures | None = None) -> bytes:
    sheet = Sheet({"body": nodes}, datetime(2017, 3, 9), files.files if files else {})
    return compile_sheet("essai.typ", {**THEME.paper, "essai.typ": TEMPLATE}, THEME.fonts, sheet, sites.ROOT)


def test_a_paragraph_is_its_words_and_what_stands_among_them():
    assert tree("Un *mot*\nde `plus`.") == [
        ["p", {}, ["Un ", ["em", {}, ["mot"]], " de ", ["code", {}, ["plus"]], "."]]
    ]


def test_headings_count_from_the_level_that_the_document_gives():
    assert tree("## Un\n\n### Deux", top=2) == [
        ["heading", {"id": "un", "level": 2}, ["Un"]],
        ["heading", {"id": "deux", "level": 3}, ["Deux"]],
    ]


def test_no_level_of_headings_is_skipped():
    levels = [node[1]["level"] for node in tree("#### Un\n\n###### Deux\n\n## Trois\n\n#### Quatre")]
    assert levels == [1, 2, 1, 2]


def test_a_note_stands_where_it_is_called_and_is_called_again():
    (found,) = tree("Un[^a], encore[^a].\n\n[^a]: La *note*.")
    assert found[2] == [
        "Un",
        ["note", {"id": "fn:a"}, [["p", {}, ["La ", ["em", {}, ["note"]], "."]]]],
        ", encore",
        ["note", {"again": "fn:a"}, []],
        ".",
    ]


def test_a_note_in_a_heading_says_so():
    heading, _ = tree("## Un[^a]\n\nTexte.\n\n[^a]: La note.")
    assert heading[2][1][1] == {"id": "fn:a", "in_heading": True}


def test_a_link_keeps_its_address_and_a_note_has_no_way_back():
    (found,) = tree("[a](https://exemple.fr/?a=1&b=2)[^a]\n\n[^a]: b")
    assert found[2][0] == ["a", {"href": "https://exemple.fr/?a=1&b=2"}, ["a"]]
    assert found[2][1][2] == [["p", {}, ["b"]]]


def test_a_paragraph_that_announces_what_follows_is_not_left_behind():
    assert [node[1] for node in tree("Il faut :\n\n- un\n\nFin :\n\nSuite :")] == [{"leads": True}, {}, {}, {}]


def test_the_title_of_a_frame_is_its_title():
    (found,) = tree('!!! note "Retenir"\n    Un mot.')
    assert (found[0], found[2][0]) == ("admonition", ["summary", {}, ["Retenir"]])


def test_a_picture_that_stands_alone_is_as_wide_as_it_can_be():
    nodes = tree("![un](a.svg)\n\nDans ![deux](a.svg) la phrase.")
    assert [nodes[0][0], nodes[1][2][1][0]] == ["picture", "image"]
    assert nodes[0][1]["alt"] == "un"


def test_a_drawing_of_the_page_keeps_its_capitals_and_is_told_by_its_description():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>T</title><desc>Ce &amp; cela.</desc></svg>'
    shown = pictures()
    (figure,) = build_tree(f"<figure><figcaption><b>T</b></figcaption>{svg}</figure>", shown)
    caption, drawing = figure[2]
    assert (caption[0], drawing[0], drawing[1]["alt"]) == ("figcaption", "picture", "Ce & cela.")
    assert shown.files[drawing[1]["name"]] == svg.encode()


def test_a_table_keeps_its_head_apart_and_fills_its_rows():
    source = (
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        '<table><tr><th rowspan="2">A</th><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>'
    )
    first, second = (node[1] for node in tree(source))
    assert (first["columns"], len(first["head"]), [len(row) for row in first["rows"]]) == (2, 1, [2])
    assert [cell["align"] for cell in first["head"][0]] == ["", "right"]
    assert (second["columns"], [len(row) for row in second["rows"]]) == (2, [2, 1, 2])
    assert second["rows"][0][0]["is_head"]


def test_a_table_knows_how_much_room_its_columns_need():
    (found,) = tree("| un deux | b |\n|---|---|\n| trois | un mot long |\n| x | |")
    assert (found[1]["lines"], found[1]["words"]) == ([7, 11], [5, 4])


def test_lines_among_blocks_are_paragraphs():
    (found,) = tree("<details><summary>Plus</summary>\n\nUn <em>mot</em>\n\n</details>")
    assert found[2] == [["summary", {}, ["Plus"]], ["p", {}, ["Un ", ["em", {}, ["mot"]]]]]


def test_a_picture_with_a_caption_is_one_thing():
    name = pictures().add("a.svg")
    assert tree('![Une table](a.svg "La table & co.")') == [
        ["picture", {"name": name, "alt": "Une table", "title": "La table & co."}, []]
    ]


def test_what_is_not_known_is_refused_by_name():
    with pytest.raises(UnknownElementError, match="video"):
        build_tree("<p><video></video></p>", pictures())


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
    files = pictures()
    nodes = build_tree(wrapped.get(tag, element), files)
    assert words in paper.text(printed(nodes, files))


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
