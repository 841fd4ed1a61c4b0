"""What stands for a page where its address is shared: a card with its words, or its own picture."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import msgspec
import pytest
from PIL import Image, ImageChops

from plugins.press.cards import render_card
from plugins.press.documents import Image as Picture
from plugins.press.outputs import Output
from plugins.press.pictures.facts import Facts
from plugins.press.sharing import SITE_CARD, Card, build_face, build_site_card
from tests import pictures, sites, values
from tests.values import article, once

PAPER, INK, SUN = (255, 250, 241), (31, 36, 48), (246, 180, 14)
SETTINGS = sites.settings(sharing_cards=50)
BLOG = Card(title="Une matinée à l'atelier", kicker="Blog", note="5 janvier 2026")
EVENT = Card(title="Fête", kicker="Agenda", note="Tours", date=("dimanche", ("5",), "juillet 2026"))
DOSSIER = Card(title="Un thème", kicker="Dossier", cover="un-theme")
REPORT = Card(title="Rapport d'activité", kicker="Rapport", cover="2025", year="2025")
SITE = Card(title="Une phrase")
KINDS = {"blog": BLOG, "event": EVENT, "dossier": DOSSIER, "report": REPORT, "site": SITE}


def drawn(card: Card) -> Image.Image:
    """The card as a visitor's program gets it, set as a document's is."""
    face = build_face(values.site(settings=SETTINGS), article(), card)
    data = render_card(once(face.outputs).view, values.press())
    assert len(data) <= 60_000
    picture = pictures.read(data)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "P")
    return picture.convert("RGB")


def edges(picture: Image.Image, *, left: int) -> list[tuple[int, int, int]]:
    """The colours of the rim of a picture from ``left``, where no word may stand."""
    rim = picture.crop((left, 0, 1200, 630))
    rim.paste(PAPER, (24, 24, rim.width - 24, rim.height - 24))
    return [colour for _, colour in rim.getcolors(1_000_000)]


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether no eye tells them apart: each picture chooses its few colours."""
    return all(high < 4 for _, high in ImageChops.difference(one, other).getextrema())


def near(found: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_drawn_in_the_colours_of_the_site(kind):
    colours = sorted(drawn(KINDS[kind]).getcolors(1_000_000), reverse=True)[:20]
    for wanted in (PAPER, INK, SUN) if kind != "report" else (INK, SUN):
        assert any(near(colour, wanted) for _, colour in colours), wanted


def test_what_is_said_is_seen():
    """Another word is another picture, in that place and nowhere else."""
    for changes in ({"title": "Un soir"}, {"kicker": "Journal"}, {"note": "6 mars"}):
        one, other = drawn(BLOG), drawn(msgspec.structs.replace(BLOG, **changes))
        assert same(one.crop((0, 0, 1200, 120)), other.crop((0, 0, 1200, 120))), "the name of the site stays"
        assert not same(one, other)
    for card, changes in (
        (EVENT, {"struck": True}),
        (EVENT, {"date": ("dimanche", ("6",), "juillet 2026")}),
        (DOSSIER, {"cover": "autre"}),
        (REPORT, {"year": "2026"}),
    ):
        assert not same(drawn(card), drawn(msgspec.structs.replace(card, **changes)))


TITLES = {
    "long": "Un titre qui dit tout et davantage, " * 27,
    "unbreakable": "Anticonstitutionnellement" * 12,
    "one word": "x" * 300,
    "wide": "MMMMMMMMMM WWWWWWWWWW " * 10,
    "emoji": "🎉 👩‍👩‍👧 🇫🇷 Fête ✨",
    "right to left": "مرحبا بالعالم هذا عنوان طويل جدا Cré-Sol שלום",
    "chinese": "地方经济互助网络",
    "source": '#let x = 1 $a^2$ \\ [*b*] _c_ `d` <e> @f // /* "g"',
    "one letter": "A",
    "spaces": " \u202f\u00a0 ",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", ["blog", "event"])
def test_no_title_leaves_its_room(kind, title):
    card = msgspec.structs.replace(KINDS[kind], title=TITLES[title])
    picture = drawn(card)
    below = picture.crop((450, 490, 1140, 500) if kind == "event" else (60, 472, 880, 482))
    assert all(near(colour, PAPER) for _, colour in below.getcolors(1_000_000)), "no line is cut off"
    rim = edges(picture, left=420 if kind == "event" else 0)
    assert [colour for colour in rim if not any(near(colour, plain) for plain in (PAPER, INK))] == []
    assert kind == "blog" or not any(near(colour, INK) for colour in rim), "the line is of the blog's"


def test_a_range_of_any_length_stays_on_its_side():
    for days in (("12", "16"), ("30 septembre", "2 décembre"), ("1er", "31")):
        picture = drawn(msgspec.structs.replace(EVENT, date=("sam. – dim.", days, "2026 – 2027")))
        column = picture.crop((372, 130, 388, 500))
        assert all(near(colour, SUN) for _, colour in column.getcolors(1_000_000))


def test_words_of_a_card_are_said_to_who_cannot_see_it():
    assert EVENT.words == "Agenda, dimanche 5 juillet 2026, Fête, Tours"
    ranged = msgspec.structs.replace(EVENT, date=("sam. – dim.", ("12", "16"), "juillet 2026\n18\u00a0h"))
    assert ranged.words == "Agenda, sam. – dim. 12 → 16 juillet 2026 18\u00a0h, Fête, Tours"
    assert REPORT.words == "Rapport, Rapport d'activité 2025"


def test_a_card_is_the_same_whoever_draws_it_and_after_whatever():
    first, _, again = (render_card(card, values.press()) for card in (BLOG, DOSSIER, BLOG))
    assert first == again
    code = (
        "import hashlib; from tests import values; from tests.press.test_sharing import *;"
        "print(hashlib.sha256(render_card(BLOG, values.press())).hexdigest())"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = ["taskset", "--cpu-list", "0", sys.executable, "-c", code]
    done = subprocess.run(command, cwd=sites.ROOT, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(first).hexdigest()


# Which pages have which


def face(document, card=BLOG, **site):
    return build_face(values.site(document, settings=SETTINGS, **site), document, card)


def test_a_document_without_a_card_shares_that_of_the_site():
    assert face(article(), None) == build_face(values.site(), article(), None)
    assert face(article(), None).image == ""
    page = values.tree(values.site(article(), settings=SETTINGS), "/mots-cles/")
    shared = {meta.get("property"): meta.get("content") for meta in page.cssselect("meta[property]")}
    assert shared["og:image"] == SETTINGS.url + SITE_CARD
    assert shared["og:image:alt"] == "Cré-Sol, L’économie solidaire près de chez vous."
    assert once([*build_site_card(SETTINGS)]).url == SITE_CARD


def test_where_no_card_is_wanted_none_is_drawn():
    site = values.site(article())
    assert [*build_site_card(site.settings)] == []
    assert not [url for url in values.outputs(site) if url.endswith(".png")]
    assert values.tree(site, "/mots-cles/").cssselect("meta[property='og:image']") == []


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        (Facts(b"1", "JPEG", 1200, 630), True),
        (Facts(b"1", "PNG", 600, 315), True),
        (Facts(b"1", "JPEG", 500, 900), False),
        (Facts(b"1", "JPEG", 8000, 1000), False),
        (Facts(b"1", "SVG", 1200, 630), False),
        (Facts(b"1", refusal="illisible"), False),
    ],
)
def test_a_document_s_own_picture_stands_for_it_when_it_is_large_enough(facts, own):
    path = "blog/2026/photo.jpg"
    document = article(image=Picture("photo.jpg", path, "La salle"))
    found = face(document, files={path: (1, 1, 1)}, pictures={path: facts})
    output = once(found.outputs)
    assert isinstance(output, Output)
    if own:
        assert (found.image, found.alt) == ("/blog/un-article/partage.jpg", "La salle")
    else:
        assert found.image == output.url == "/blog/un-article/partage.png"
        assert found.alt.startswith("Blog, ")


def test_only_the_latest_articles_have_a_card_and_say_so():
    articles = [article(f"Article {n}", f"2026-01-{n + 1:02}") for n in range(5)]
    site = values.site(*articles, settings=sites.settings(sharing_cards=2))
    found = [url for url in values.outputs(site) if url.endswith("partage.png")]
    assert sorted(found) == ["/blog/article-3/partage.png", "/blog/article-4/partage.png"]
    images = {
        n: once(values.tree(site, f"/blog/article-{n}/").cssselect("meta[property='og:image']")).get("content")
        for n in (0, 4)
    }
    assert images == {0: SETTINGS.url + SITE_CARD, 4: SETTINGS.url + "/blog/article-4/partage.png"}


def test_dossiers_parts_and_reports_have_their_cards():
    site = values.site(
        values.dossier("Un dossier"), values.part(1, "Une partie"), values.report(2025), settings=SETTINGS
    )
    views = {url: output.view for url, output in values.outputs(site).items() if url.endswith("partage.png")}
    assert {url: (view.kicker, view.title, view.cover, view.year) for url, view in views.items()} == {
        "/dossiers/un-dossier/partage.png": ("Dossier", "Un dossier", "un-dossier", ""),
        "/dossiers/un-dossier/une-partie/partage.png": ("Un dossier · partie 1 sur 1", "Une partie", "un-dossier", ""),
        "/rapports/2025/partage.png": ("Rapport", "Rapport d’activité", "2025", "2025"),
    }


def test_a_site_is_built_with_its_cards_and_only_those_that_changed_are_drawn_again(tmp_path):
    sites.write(
        tmp_path / "content", {"blog/2026/un.md": sites.article("Un"), "blog/2026/deux.md": sites.article("Deux")}
    )
    sites.build(tmp_path, settings=SETTINGS)
    published = sites.tree(tmp_path / "output")
    assert {path for path in published if path.endswith("partage.png")} == {
        "blog/deux/partage.png",
        "blog/un/partage.png",
        "partage.png",
    }
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un", body="Un autre texte.")})
    assert not [path for path in sites.build(tmp_path, settings=SETTINGS).changed if path.endswith(".png")]
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un seul", slug="un")})
    changed = sites.build(tmp_path, settings=SETTINGS).changed
    assert [path for path in changed if path.endswith(".png")] == ["blog/un/partage.png"]
