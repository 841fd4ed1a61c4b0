"""The archive: what is in it, in which order, and that it is the same each time."""

import io
import zipfile

import pytest
from lxml import etree

from plugins.dossiers.epub.package import Item, _describe
from plugins.dossiers.model import Resource
from plugins.press.markdown import Heading
from plugins.press.settings import MenuItem
from tests import epubs, sites, values
from tests.values import article, dossier, part

URL = "/dossiers/un-dossier/un-dossier.epub"
TRAP = "\"'<b>&amp;</b> ]]> {{ 7 * 7 }} 🎉 \u202e"
NS = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def book(*documents, **site):
    return values.render(values.site(*documents, **site), URL)


def package(*documents, **site):
    return etree.fromstring(epubs.files(book(*documents, **site))["EPUB/book.opf"])


def metadata(name, *documents, **site):
    """The values of a property, or of a term of Dublin Core."""
    path = f"//dc:{name}" if ":" not in name else f"//opf:meta[@property='{name}']"
    return [element.text for element in package(*documents, **site).xpath(path, namespaces=NS)]


# The archive


def test_the_archive_can_be_told_by_its_first_bytes():
    """OCF 3.2 §4.3: « mimetype » first, stored, without extra field."""
    data = book(dossier())
    assert data[:4] == b"PK\x03\x04"
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert list(epubs.files(data))[:3] == ["mimetype", "META-INF/container.xml", "EPUB/book.opf"]


def test_the_archive_says_nothing_of_the_machine_that_made_it():
    with zipfile.ZipFile(io.BytesIO(book(dossier(), part(1)))) as archive:
        facts = {(i.date_time, i.create_system, i.external_attr, i.compress_type, i.extra) for i in archive.infolist()}
    assert facts == {((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16, zipfile.ZIP_STORED, b"")}


def test_the_same_dossier_gives_the_same_bytes_whatever_the_day():
    documents = [dossier(tags=("a", "b")), part(1), part(2)]
    assert book(*documents, now="2026-06-01T12:00") == book(*reversed(documents), now="2031-02-03T04:05")


# What is in it


def test_the_pages_are_read_in_order():
    joined = article("Du blog", dossier="un-dossier", part=2)
    whole = dossier(resources=(Resource("Un", "https://exemple.test/"),))
    spine = package(whole, part(1), joined).xpath("//opf:itemref/@idref", namespaces=NS)
    assert [name.removesuffix("-xhtml") for name in spine] == [
        "cover",
        "contents",
        "editorial",
        "partie-1",
        "partie-2",
        "resources",
        "sources",
    ]


@pytest.mark.parametrize(
    "documents",
    [
        [dossier()],
        [dossier(text=values.text("", 0)), part(1)],
        [dossier(), part(1, text=values.text("", 0))],
        [dossier(TRAP, slug="un-dossier", summary=TRAP, authors=(TRAP,), tags=(TRAP,)), part(1, TRAP, authors=(TRAP,))],
        [dossier("mot " * 240 + "fin", slug="un-dossier"), part(1, "x" * 1000)],
        [dossier(), *(part(n) for n in range(1, 41))],
    ],
)
def test_whatever_the_dossier_its_book_holds_together(documents):
    data = book(*documents)
    assert epubs.lost(data) == []
    pages = epubs.pages(data)
    assert all(values.once(page.findall(".//{*}h1")) is not None for page in pages.values())
    assert all(page.findtext(".//{*}title").strip() for page in pages.values())


def test_html_in_titles_and_names_is_a_text():
    documents = [dossier(TRAP, slug="un-dossier", summary=TRAP, authors=(TRAP,)), part(1, TRAP, summary=TRAP)]
    assert metadata("title", *documents) == [TRAP]
    pages = epubs.pages(book(*documents))
    assert pages["partie-1.xhtml"].findtext(".//{*}h1").replace("’", "'") == TRAP
    assert all(page.find(".//{*}b") is None for page in pages.values())


def test_contents_lead_to_each_text_and_its_headings_for_all_readers():
    text = values.text(
        '<h2 id="a:b">Un</h2><h3 id="c">Non</h3>', 2, headings=(Heading(2, "a:b", "Un"), Heading(3, "c", "Non"))
    )
    data = book(dossier(), part(1, "Une partie", text=text))
    toc = epubs.pages(data)["contents.xhtml"].find(".//{*}nav")
    lines = [(link.text, link.get("href")) for link in toc.iter("{*}a")]
    assert lines == [
        ("Couverture", "cover.xhtml"),
        ("Éditorial", "editorial.xhtml"),
        ("Une partie", "partie-1.xhtml"),
        ("Un", "partie-1.xhtml#a_3a_b"),
        ("D’où viennent ces pages", "sources.xhtml"),
    ]
    ncx = etree.fromstring(epubs.files(data)["EPUB/toc.ncx"])
    points = [(p.findtext("{*}navLabel/{*}text"), p.find("{*}content").get("src")) for p in ncx.iter("{*}navPoint")]
    assert points == lines
    assert [point.get("playOrder") for point in ncx.iter("{*}navPoint")] == ["1", "2", "3", "4", "5"]


def test_another_language_is_told_in_the_page_and_the_package():
    documents = [dossier(), part(1, "Hello", lang="en")]
    page = epubs.pages(book(*documents))["partie-1.xhtml"]
    assert (page.get("lang"), page.find(".//{*}h1").get("lang")) == ("fr", "en")
    assert metadata("language", *documents) == ["fr", "en"]


# What it says of itself


def test_the_book_says_what_it_is():
    whole = dossier("Un dossier", "2026-01-05", summary="Le résumé.", tags=("ESS",), authors=("Ada",))
    texts = [whole, part(1, authors=("Bo", "Ada"), tags=("eau",))]
    assert metadata("title", *texts) == ["Un dossier"]
    assert metadata("creator", *texts) == ["Ada", "Bo"]
    assert metadata("subject", *texts) == ["ESS", "eau"]
    assert metadata("description", *texts) == ["Le résumé."]
    assert metadata("date", *texts) == ["2026-01-05"]
    assert metadata("publisher", *texts) == ["Cré-Sol"]
    assert metadata("rights", *texts) == ["CC BY-SA 4.0 – https://creativecommons.org/licenses/by-sa/4.0/deed.fr"]
    assert metadata("source", *texts) == [f"{sites.settings().url}/dossiers/un-dossier/"]


def test_a_book_without_author_is_of_the_association():
    settings = sites.settings(name="Les Voisins d'essai", licence=MenuItem("Domaine public", "https://exemple.test/"))
    texts = [dossier(authors=())]
    assert metadata("creator", *texts, settings=settings) == ["Les Voisins d'essai"]
    assert metadata("rights", *texts, settings=settings) == ["Domaine public – https://exemple.test/"]


def test_the_book_stays_the_same_one_when_the_site_moves():
    before, after = (sites.settings(url=url) for url in ("https://un.test", "https://deux.test"))
    here, there = (metadata("identifier", dossier(), settings=settings) for settings in (before, after))
    assert here == there == [f"tag:{sites.settings().uid_domain},2017:dossiers/un-dossier"]
    ncx = etree.fromstring(epubs.files(book(dossier()))["EPUB/toc.ncx"])
    assert ncx.xpath("//*[@name='dtb:uid']/@content") == here


def test_the_book_changed_when_its_texts_did():
    texts = [dossier(day="2026-01-05"), part(1, day="2026-01-06", modified="2026-07-01T10:30")]
    assert metadata("dcterms:modified", *texts, now="2030-01-01") == ["2026-07-01T08:30:00Z"]


def test_the_book_says_how_it_can_be_read():
    assert metadata("schema:accessMode", dossier()) == ["textual"]
    assert metadata("schema:accessModeSufficient", dossier()) == ["textual"]
    assert "tableOfContents" in metadata("schema:accessibilityFeature", dossier())
    assert metadata("schema:accessibilityHazard", dossier()) == ["none"]
    assert "image" not in metadata("schema:accessibilitySummary", dossier())[0]


def test_the_files_of_the_package_have_names_of_their_own():
    ids = package(dossier(), part(1)).xpath("//opf:item/@id", namespaces=NS)
    assert len(ids) == len(set(ids))


def test_a_picture_that_moves_may_flash():
    def hazards(*types):
        items = [Item(f"images/{n}", media_type, b"") for n, media_type in enumerate(types)]
        view = values.outputs(values.site(dossier()))[URL].view
        return [value for name, value in _describe(view, sites.settings(), items) if name.endswith("Hazard")]

    assert hazards("image/png") == ["none"]
    assert hazards("image/png", "image/gif") == ["unknown"]
