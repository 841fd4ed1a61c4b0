"""Another association under its own name, in its own colours: nothing of the first one is left in any file."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from lxml import html

from plugins.press.outputs import fingerprint
from plugins.press.problems import PressError
from plugins.press.settings import read_places
from plugins.press.tokens import read_tokens
from tests import colours, paper, sites
from tests.visitors import association, built

TRACE = re.compile(r"cr[eé][ ._-]?sol|centre[ -]val|eure-et|indre-et|loir-et|loiret\b", re.IGNORECASE)

THEIRS = {*association.COLOURS}
"""White and black are everybody's."""


@pytest.fixture(scope="module")
def files():
    return sites.tree(built.others().folder)


def page(files, path):
    return html.document_fromstring(files[path].decode())


def test_no_file_names_the_first_association_or_its_region(files):
    found = {}
    for path, data in files.items():
        text = paper.text(data) if path.endswith(".pdf") else data.decode(errors="replace")
        if trace := TRACE.search(path) or TRACE.search(text):
            found[path] = trace[0]
    assert found == {}
    assert {path.rpartition(".")[2] for path in files} >= {"html", "ics", "xml", "csv", "json", "pdf", "css", "svg"}


def test_its_name_colours_and_logo_are_everywhere(files):
    home = page(files, "index.html")
    assert home.findtext(".//title").startswith(f"{association.NAME} – ")
    assert home.xpath("//meta[@name='theme-color']/@content") == [association.PAPER, association.NIGHT]
    assert [mark.get("d") for mark in home.cssselect(".brand path[fill='var(--sun)']")] == [association.BEE] * 2
    (drawing,) = (data for path, data in files.items() if re.fullmatch(r"theme/favicon\.\w+\.svg", path))
    assert f'fill="{association.SUN}" d="{association.BEE}"' in drawing.decode()
    (sheet,) = home.xpath("//link[@rel='stylesheet']/@href")
    style = files[sheet[1:]].decode()
    assert f"--sun:{association.SUN};" in style
    assert f"PRODID:-//{association.SETTINGS.uid_domain}//agenda//FR" in files["agenda/agenda.ics"].decode()


def test_no_file_shows_a_colour_of_the_first_association(files):
    """Tokens are looked for in pages, sheets, drawings, books, and in what printed pages and pictures show."""
    seen = {path: colours.shows(path, data, THEIRS) for path, data in files.items()}
    assert {path: found for path, found in seen.items() if found} == {}


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        (".pdf", ("sun", "ink", "print-muted")),
        (".epub", ("sun", "ink")),
        ("/partage.png", ("sun", "paper", "ink")),
        ("icons/512", ("sun",)),
        ("theme/extract", ("sun", "paper", "muted")),
        ("site.webmanifest", ("paper",)),
    ],
)
def test_what_is_no_page_has_its_colours_too(files, ending, names):
    tokens = read_tokens((built.others().folder.parent / "look/css/tokens.css").read_text(), "")
    wanted = {tokens.colour(name) for name in names}
    found = [colours.shows(path, data, wanted) for path, data in files.items() if ending in f"/{path}"]
    assert set().union(*found) == wanted
    assert all(found)


def test_its_own_drawing_stands_where_the_sun_rose(files):
    """On posters, and on shared cards of what has no date and no cover."""
    shown = {path for path, data in files.items() if colours.shows(path, data, [association.WING])}
    assert shown == {path for path in files if "affiche-" in path or re.fullmatch("blog/nouvelle.*/partage.png", path)}


def test_its_colours_are_as_readable_as_the_first_ones(files):
    assert [problem for problem in built.others().result.warnings if problem.field.startswith("--")] == []


def test_all_colours_of_the_theme_are_looked_for():
    tokens = (sites.ROOT / "themes/cresol/css/tokens.css").read_text(encoding="utf-8")
    assert colours.shown("tokens.css", tokens.encode()) - {"#ffffff"} == THEIRS
    assert not THEIRS & {*association.COLOURS.values()}


def test_a_region_without_a_drawn_map_has_the_list_of_its_departments(files):
    agenda = page(files, "agenda/index.html")
    assert not agenda.cssselect(".map")
    names = [link.text_content() for link in agenda.cssselect("[aria-labelledby=_departements] a")]
    assert [name.split(" (")[0] for name in names] == [
        "Toute la région",
        *(f"{code} {label}".replace("'", "’") for code, label in association.SETTINGS.departments.items()),
    ]


def test_categories_have_the_colours_of_their_ranks_and_the_seventh_its_letter_alone(files):
    legend = page(files, "agenda/2026/06/index.html").cssselect(".legend .cat")
    ranks = [*(f"cat cat-{rank}" for rank in range(1, 8))]
    assert [mark.get("class") for mark in legend] == ranks
    assert [mark.cssselect("b")[0].text for mark in legend] == [
        letter for _, letter, _ in association.CATEGORIES.values()
    ]


def test_a_look_that_is_not_there_is_named(tmp_path):
    sites.write(tmp_path, {"content/blog/2026/un.md": sites.article()})
    values = sites.CONF | {"THEME": str(sites.ROOT / "themes/cresol"), "LOOK": "notre-allure"}
    places = read_places(values, tmp_path)
    assert places.look == tmp_path / "notre-allure"
    with pytest.raises(PressError, match=r"le dossier « notre-allure » est introuvable .* Vérifier LOOK"):
        sites.build(tmp_path, places=places)


def test_an_edit_of_the_look_is_seen(tmp_path):
    sites.write(tmp_path, {"content/blog/2026/un.md": sites.article(), "look/templates/drawings/sun.html": "<i>un</i>"})
    root: Path = tmp_path
    places = read_places(sites.CONF | {"THEME": str(sites.ROOT / "themes/cresol"), "LOOK": "look"}, root)
    sites.build(root, places=places)
    assert b"<i>un</i>" in (root / "output/index.html").read_bytes()
    sites.write(root, {"look/templates/drawings/sun.html": "<i>deux</i>"})
    sites.build(root, places=places)
    assert b"<i>deux</i>" in (root / "output/index.html").read_bytes()


def test_what_shows_a_colour_is_made_again_when_it_changes_and_nothing_else(tmp_path):
    theirs = (sites.ROOT / "themes/cresol/css/tokens.css").read_text(encoding="utf-8")
    content = {
        "agenda/2026/fete.md": sites.event(departments='["37"]'),
        "dossiers/theme/index.md": sites.article("Un thème"),
        "dossiers/theme/01-partie.md": sites.article("Une partie"),
    }
    sites.write(tmp_path / "content", content)
    places = msgspec.structs.replace(sites.places(tmp_path), look=tmp_path / "look")

    def made_again(tokens: str) -> set[str]:
        """What the press would make another way, by its ending: with other tokens, the same content."""
        sites.write(tmp_path, {"look/css/tokens.css": tokens})
        result = sites.build(tmp_path, places=places, settings=sites.settings(sharing_cards=5))
        before, (build, *_) = dict(marks), result.held
        marks.update((path, fingerprint(made, build.press.salt(made))) for path, made in build.paths.composed.items())
        return {Path(path).suffix for path, mark in marks.items() if before.get(path) != mark}

    marks: dict[str, bytes] = {}
    drawn = {".html", ".css", ".svg", ".png", ".pdf", ".epub", ".webmanifest"}
    assert made_again(theirs) > drawn | {".ics", ".xml", ".json"}
    sunny = theirs.replace("#f6b40e", "#f6b41e")
    assert made_again(sunny) == drawn
    roomy = sunny.replace("--s1:.45rem", "--s1:.5rem")
    assert made_again(roomy) == {".html", ".css", ".webmanifest"}
    assert made_again(roomy) == set()
    assert made_again(roomy.replace("#d98a00", "#d98a01")) == {".html", ".webmanifest", ".png", ".pdf", ".epub"}
