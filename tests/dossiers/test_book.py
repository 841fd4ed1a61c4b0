"""A dossier as one document: its chapters, its pictures, its links turned inside."""

from plugins.dossiers.book import aim, build_book
from plugins.press.documents import Image, Reference
from plugins.press.pictures.copies import Copy
from tests import values
from tests.values import article, dossier, part

URL = "/dossiers/un-dossier/"
FILES = {"a.png": (1, 2, 3), "b c.svg": (4, 5, 6)}


def links(*targets, path=""):
    """A text with these links; they mean the file at ``path``, or nothing of the content."""
    return values.text(links=tuple(Reference(target, path, 1, 1) for target in targets))


def book(*documents, **site):
    site = values.site(*documents, **site)
    return build_book(site, next(d for d in documents if d.url == URL))


def test_the_chapters_are_the_editorial_then_the_parts():
    joined = article("Du blog", dossier="un-dossier", part=2)
    found = book(dossier(), part(1), joined).chapters
    assert [(chapter.key, chapter.number, chapter.url) for chapter in found] == [
        ("editorial", 0, URL),
        ("partie-1", 1, f"{URL}partie-1/"),
        ("partie-2", 2, "/blog/du-blog/"),
    ]


def test_a_dossier_without_editorial_begins_with_its_first_part():
    found = book(dossier(text=values.text("", 0)), part(1)).chapters
    assert [chapter.key for chapter in found] == ["partie-1"]


def aimed(target, *, editorial=True):
    """Where a link of the first part leads, once it is turned."""
    whole = book(
        dossier(text=values.text(words=2 if editorial else 0)),
        part(1, text=links(target)),
        article("Du blog", dossier="un-dossier", part=2),
    )
    return aim(whole, lambda key, anchor: f"{key}!{anchor}", lambda address: f"dehors {address}").parts[0].targets[0]


def test_links_from_text_to_text_are_turned_inside():
    assert aimed(URL) == "editorial!"
    assert aimed(f"{URL}#la-suite") == "editorial!la-suite"
    assert aimed("/blog/du-blog/#fin") == "partie-2!fin"
    assert aimed(f"{URL}partie-1/") == "partie-1!"
    assert aimed("#ici") == "partie-1!ici"
    assert aimed("#%C3%A9t%C3%A9") == "partie-1!été"


def test_all_other_links_lead_outside():
    for target in ("https://exemple.test/", "/agenda/", f"{URL}flux.atom.xml", "mailto:a@exemple.test"):
        assert aimed(target) == f"dehors {target}"
    assert aimed(URL, editorial=False) == f"dehors {URL}"


def test_pictures_are_listed_once_and_keep_their_addresses():
    text = values.text(links=(Reference("x", "b c.svg", 1, 1, image=True), Reference("y#z", "a.png", 1, 1, image=True)))
    pictured = part(1, image=Image("a.png", "a.png", "Un carré"), text=text)
    whole = book(dossier(text=text), pictured, files=FILES)
    assert whole.pictures == (
        Copy("/media/b%20c.svg", "b c.svg", (4, 5, 6)),
        Copy("/media/a.png", "a.png", (1, 2, 3)),
    )
    assert aim(whole, "{}{}".format, str.upper).parts[0].targets == whole.parts[0].targets
    assert [target.url for target in whole.parts[0].targets] == ["/media/b%20c.svg", "/media/a.png"]
