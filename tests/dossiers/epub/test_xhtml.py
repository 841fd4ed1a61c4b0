"""HTML made XML: nothing read otherwise, nothing lost, and what EPUB wants besides."""

import json
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from plugins.dossiers.epub.xhtml import adapt, name, read_page, write_page
from plugins.press.markdown.rendering import render
from tests import sites, values

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{}</body></html>'
TYPE = "{http://www.idpf.org/2007/ops}type"


def adapted(body):
    root = read_page(PAGE.format(body))
    adapt(root)
    return root


def attributes(body, tag):
    return values.once(list(adapted(body).iter(f"{{*}}{tag}"))).attrib


def test_void_elements_are_closed_and_entities_are_their_characters():
    body = '<p>a<br>b<wbr>&nbsp;&eacute;&hellip;&#233;&#xE9;<img alt="x>y" src="a.png"><hr></p><table><col></table>'
    page = write_page(adapted(body.replace("x>y", "x&gt;y"))).decode()
    assert '<p>a<br/>b<wbr/>\N{NO-BREAK SPACE}é…éé<img alt="x&gt;y" src="a.png"/><hr/></p>' in page


def test_signs_of_xml_stay_signs():
    body = "<p>&lt;br&gt; &amp;lt; &amp;nbsp; &quot;</p>"
    assert adapted(body).findtext(".//{*}p") == '<br> &lt; &nbsp; "'


def test_an_entity_that_html_does_not_know_is_the_text_that_browsers_show():
    body = "<p>&inconnu; &notit; &copy &frac99;</p>".replace("&copy ", "")
    assert adapted(body).findtext(".//{*}p") == unescape("&inconnu; &notit; &frac99;")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
def test_any_text_stays_as_it_is(text):
    paragraph = html.Element("p")
    paragraph.text = text
    page = adapted(html.tostring(paragraph, encoding="unicode"))
    assert page.findtext(".//{*}p") == (text or None) or not text


def test_every_text_that_the_site_accepts_is_read():
    """The examples of CommonMark hold what people type, in all its forms."""
    examples = json.loads((sites.ROOT / "tests/press/data/commonmark-spec.json").read_text(encoding="utf-8"))
    bodies = [render(example["markdown"], "x.md", 1, [])[0] for example in examples]
    accepted = [body for body in bodies if body]
    assert len(accepted) > 500
    for body in accepted:
        page = adapted(body.html)
        shown = " ".join(html.document_fromstring(f"<body>{body.html}</body>").text_content().split())
        assert " ".join("".join(page.itertext()).split()) == shown


def test_pages_are_utf_8_with_the_doctype_of_html():
    page = write_page(adapted("<p>é</p>"))
    assert page.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n<html ")
    assert "é".encode() in page


# Names


NAMES = st.from_regex(r"[^\W\d_][\w:.-]*", fullmatch=True)
"""The identifiers that a text may have."""


@given(NAMES, NAMES)
def test_two_names_stay_two(one, other):
    assert (name(one) == name(other)) == (one == other)


@given(NAMES)
def test_a_name_is_one_that_xml_allows(identifier):
    made = name(identifier)
    assert made.isascii()
    assert ":" not in made
    etree.QName("urn:x", made)  # raises when it is none


def test_a_name_of_plain_letters_stays_as_it_is():
    assert name("la-suite-2") == "la-suite-2"


def test_notes_and_their_calls_find_each_other_and_say_what_they_are():
    body = (
        '<p><sup id="fnref:1"><a href="#fn:1" role="doc-noteref">1</a></sup></p><div role="doc-endnotes"><ol>'
        '<li id="fn:1"><p>Note <a href="#fnref:1" role="doc-backlink">↩</a></p></li></ol></div>'
    )
    root = adapted(body)
    ids = set(root.xpath("//@id"))
    assert {address[1:] for address in root.xpath("//@href")} == ids
    types = [(element.tag.rpartition("}")[2], element.get(TYPE)) for element in root.iter("*") if element.get(TYPE)]
    assert types == [("a", "noteref"), ("section", "endnotes"), ("li", "endnote")]


def test_a_label_follows_the_name_of_what_it_names():
    root = adapted('<section aria-labelledby="_titre"><h1 id="_titre">Un</h1></section>')
    assert root.xpath("//@aria-labelledby") == root.xpath("//@id")


def test_a_label_of_two_pieces_follows_both():
    root = adapted('<svg aria-labelledby="é-t é-d"><title id="é-t">Un</title><desc id="é-d">Deux</desc></svg>')
    assert root.xpath("string(//@aria-labelledby)").split() == root.xpath("//@id")


# The rest


def test_a_language_is_said_twice_for_readers_of_xml():
    found = attributes('<bdi lang="ar">x</bdi>', "bdi")
    assert found["lang"] == found["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"


def test_nothing_is_folded_away():
    assert attributes("<details><summary>A</summary></details>", "details")["open"] == "open"


def test_addresses_have_the_signs_of_addresses_only():
    typed = "https://exemple.fr/l'été 100%/%C3%A9?a=[1]&amp;b=%zz#à"
    assert attributes(f'<a href="{typed}">x</a>', "a")["href"] == (
        "https://exemple.fr/l'%C3%A9t%C3%A9%20100%25/%C3%A9?a=%5B1%5D&b=%25zz#%C3%A0"
    )
