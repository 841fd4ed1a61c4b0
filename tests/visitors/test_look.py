"""Another association under its own name, in its own colours: nothing of the first one is left in any file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from plugins.press.problems import PressError
from plugins.press.settings import read_places
from tests import paper, sites
from tests.visitors import association, built

TRACE = re.compile(r"cr[eé][ ._-]?sol|centre[ -]val|eure-et|indre-et|loir-et|loiret\b", re.IGNORECASE)


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
    assert home.xpath("//meta[@name='theme-color']/@content") == ["#f3fbff", "#0c1a26"]
    assert len(home.cssselect(".brand path[fill='#5ec4d6']")) == 2
    (icon,) = home.xpath("//link[@rel='icon'][contains(@href, '.svg')]/@href")
    assert b"#5ec4d6" in files[icon[1:]]
    (sheet,) = home.xpath("//link[@rel='stylesheet']/@href")
    style = files[sheet[1:]].decode()
    assert all(ours in style and theirs not in style for theirs, ours in association.COLOURS.items())
    assert f"PRODID:-//{association.SETTINGS.uid_domain}//agenda//FR" in files["agenda/agenda.ics"].decode()


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
