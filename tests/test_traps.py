"""HTML that an editor writes where a text is wanted is a text: in every page, feed, calendar, table and list."""

import csv
import io

import msgspec
import PIL.Image
import pytest
from lxml import etree, html

from plugins.agenda.details import Contact, Organiser, Place, Registration, Source
from plugins.charts.model import Chart
from plugins.circles.model import Circle, Circles, Tie
from plugins.dossiers.model import Resource
from plugins.press.documents import Block, Image
from plugins.press.markdown import Heading
from plugins.reports.finances import Entry
from tests import epubs, paper, sites, speech, values

TRAPS = [
    values.SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "]]><script>alert(1)</script><![CDATA[",
    "javascript:alert(1)",
]
FILES = {"photo.jpg": (1, 2, 3)}


def drawings(trap):
    """A chart and circles that say it everywhere."""
    chart = Chart(
        kind="stacked",
        title=trap,
        header=(trap, trap, trap),
        rows=((trap, (1, 2)),),
        unit=trap,
        description=trap,
        note=trap,
    )
    circles = Circles(
        title=trap,
        description=trap,
        circles=(Circle(trap, trap, (trap,)), Circle(trap + trap)),
        ties=(Tie(0, 1, trap),),
    )
    return tuple(Block(kind, msgspec.msgpack.encode(one)) for kind, one in (("chart", chart), ("circles", circles)))


@pytest.fixture(scope="module", autouse=True)
def photo():
    """The book of the dossier holds it."""
    file = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(file, "JPEG")
    sites.write(values.press().places.content, {"photo.jpg": file.getvalue()})


def everything(trap):
    """A site with every kind of document, and the trap in every text of each."""
    common = {"summary": trap, "tags": (trap,), "authors": (trap,), "image": Image("x", "photo.jpg", trap, trap)}
    html = '<h2>x</h2><data value="block:0"></data><data value="block:1"></data>'
    text = values.text(html, headings=tuple(Heading(2, f"h-{n}", trap) for n in range(4)), blocks=drawings(trap))
    common["text"] = text
    fields = {
        "place": Place(trap, trap, trap, trap, 1.0, 1.0, trap),
        "organisers": [Organiser(trap, "organisateur", "https://exemple.test/")],
        "partners": [Organiser(trap, "partenaire")],
        "status_note": trap,
        "event_status": "cancelled",
        "price": trap,
        "registration": Registration(phone=trap),
        "accessibility_note": trap,
        "contact": Contact(trap, "a@exemple.test", trap),
        "source": Source(trap, "x"),
    }
    report = values.report(2026, trap, **common, funders=(trap,))
    figure = values.figure("a", 3, label=trap, unit=trap, source=trap, history=((2024, 1), (2025, 2)))
    entry = Entry(trap, 3, 2, trap)
    return values.site(
        values.event(trap, "2026-07-05", slug="a-venir", path="agenda/2026/a.md", **common, **fields),
        values.event(trap, "2026-01-05", slug="passee", path="agenda/2026/b.md", **common, **fields),
        values.article(trap, aliases=("/ancien/",), **common),
        values.article("Du dossier", "2026-01-01", dossier="theme", part=2, **common),
        values.dossier(trap, slug="theme", resources=(Resource(trap, "https://exemple.test/", trap),), **common),
        values.part(1, trap, of="theme", **common),
        values.page(trap, slug="une-page", **common),
        report,
        values.section(1, trap, 2026, axis=True, **common),
        values.section(2, trap, 2026, slug="autre", **common),
        values.figures(figure, year=2026),
        values.milestones(("2026-03-03", trap), year=2026),
        values.finances([entry, entry], [entry], 2026, note=trap, source=trap),
        files=FILES,
    )


def shown(element):
    return " ".join("".join(element.itertext()).replace("’", "'").split())


HARMLESS = "Un texte 1"
"""Of the same kind for templates: like the traps it has a digit, which may be that of a telephone."""


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_makes_no_element_and_no_attribute(trap):
    harmless = values.render_all(everything(HARMLESS))
    pages = {url: data for url, data in values.render_all(everything(trap)).items() if url.endswith(("/", ".html"))}
    assert len(pages) > 30
    for url, data in pages.items():
        page = html.document_fromstring(data.decode())
        for element in page.iter(etree.Element):
            assert element.tag not in {"iframe", "object", "embed"}, url
            assert not element.get("href", "").startswith("javascript:"), url
            assert element.get("src") in {None, "/media/photo.jpg"} or is_of_the_theme(element), url
        if url in harmless:  # the address of a tag is made of its letters
            assert skeleton(page) == skeleton(html.document_fromstring(harmless[url].decode())), url


def is_of_the_theme(element):
    """Whether this is one of the theme's scripts, and nothing of its own."""
    return element.tag == "script" and element.get("src").startswith("/theme/") and not element.text


def skeleton(page):
    """The elements of a page and the names of their attributes."""
    return [
        (element.tag, *sorted(element.attrib))
        for element in page.iter(etree.Element)
        if not element.xpath("ancestor::*[local-name()='svg'][@role='img']")
    ]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_in_a_drawing_is_written_on_it(trap):
    page = html.document_fromstring(values.render(everything(trap), "/rapports/2026/").decode())
    drawn = page.xpath("//svg[@role='img']//*")
    assert {element.tag for element in drawn} == {"title", "desc", "g", "path", "text", "circle"}
    assert not [name for element in drawn for name in element.attrib if name.startswith("on") or "href" in name]
    titles = {" ".join(title.text.replace("’", "'").split()) for title in page.xpath("//svg[@role='img']/title")}
    assert " ".join(trap.split()) in titles


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_leaves_the_book_of_a_dossier_as_it_is(trap):
    trapped, harmless = (
        epubs.pages(values.render(everything(text), "/dossiers/theme/theme.epub")) for text in (trap, HARMLESS)
    )
    assert trapped.keys() == harmless.keys()
    assert [name for name in trapped if skeleton(trapped[name]) != skeleton(harmless[name])] == []
    assert trap in shown(trapped["partie-1.xhtml"])


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("url", ["/dossiers/theme/theme.pdf", "/rapports/2026/rapport-activite-2026.pdf"])
def test_a_trap_is_read_on_paper_as_it_was_typed(trap, url):
    data = values.render(everything(trap), url)
    said = " ".join(speech.listen(data).words).replace("’", "'")
    assert " ".join(trap.split()) in said
    assert not [link for link in paper.links(data) if link.startswith("javascript:")]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_leaves_feeds_and_lists_well_formed(trap):
    found = {url: data for url, data in values.render_all(everything(trap)).items() if url.endswith(".xml")}
    assert len(found) == 10
    harmless = values.render_all(everything(HARMLESS))
    for url, data in found.items():
        assert skeleton(etree.fromstring(data)) == skeleton(etree.fromstring(harmless[url])), url


PAGES = [
    "/agenda/",
    "/agenda/2026/",
    "/agenda/2026/07/",
    "/agenda/2026/07/a-venir/",
    "/agenda/organisateur/organisateur/",
    "/dossiers/",
    "/dossiers/theme/",
    "/une-page/",
    "/rapports/2026/",
    "/plan-du-site/",
    "/",
    "/mots-cles/",
]


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("trap", TRAPS[:3])
def test_readers_see_what_was_typed(trap, url):
    page = html.document_fromstring(values.render(everything(trap), url).decode())
    assert trap in shown(page.body)


@pytest.mark.parametrize("trap", TRAPS)
def test_the_name_of_a_page_is_what_was_typed(trap):
    page = html.document_fromstring(values.render(everything(trap), "/une-page/").decode())
    typed = " ".join(trap.replace("'", "’").split())
    assert " ".join(page.findtext(".//title").replace("'", "’").split()) == f"{typed} – Cré-Sol"
    described = values.once(page.cssselect("meta[name=description]")).get("content")
    assert " ".join(described.replace("'", "’").split()) == typed


@pytest.mark.parametrize("trap", TRAPS)
def test_tables_hold_what_was_typed(trap):
    site = everything(trap)
    for url in ("/rapports/2026/dates-cles.csv", "/rapports/2026/chiffres.csv"):
        rows = list(csv.reader(io.StringIO(values.render(site, url).decode("utf-8-sig"), newline=""), delimiter=";"))
        assert any(trap in row for row in rows[1:])
        assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("trap", TRAPS)
def test_feeds_hold_what_was_typed(trap):
    site = everything(trap)
    for url, data in values.render_all(site).items():
        if url.endswith(".rss.xml"):
            titles = [title.text for title in etree.fromstring(data).iter("title")]
            assert any(trap in title for title in titles)


def test_the_traps_are_not_in_addresses():
    addresses = values.outputs(everything(values.SCRIPT))
    assert [url for url in addresses if not url.isascii() or any(sign in url for sign in "<>\"' ")] == []
    sitemap = values.render(everything(values.SCRIPT), "/sitemap.xml").decode()
    assert "script>" not in sitemap
    assert sites.settings().url in sitemap
