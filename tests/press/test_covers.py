"""Covers: the same slug gives the same drawing, small, well-formed, and with nothing of the slug in it."""

from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.press import covers
from plugins.press.covers import MOTIFS, Dice
from tests import values


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


PALETTES = values.press().theme.palettes
INKS = {ink for palette in PALETTES for ink in (palette.ground, palette.deep, palette.light, palette.bright)}


def draw_cover(slug: str) -> str:
    return covers.draw_cover(slug, PALETTES)


@given(st.text())
def test_any_slug_gives_a_small_well_formed_drawing(slug):
    cover = draw_cover(slug)
    assert len(cover.encode()) <= 2048
    svg = etree.fromstring(cover)
    assert (svg.tag, svg.get("viewBox"), svg.get("aria-hidden")) == ("svg", "0 0 600 360", "true")
    assert {node.tag for node in svg.iter()} <= {"svg", "g", "path", "circle"}
    assert {node.get("fill") for node in svg.iter()} <= INKS | {None, "none"}


@given(st.text())
def test_a_slug_has_one_face(slug):
    assert draw_cover(slug) == draw_cover(slug)


def test_faces_do_not_change_from_one_version_to_the_next():
    dice = Dice("la-reparation")
    assert [dice.throw(0, 9999) for _ in range(3)] == [4267, 5953, 6087]
    assert digest(draw_cover("locavores-a-table")) == "5374e4da"


def test_slugs_that_look_alike_have_faces_that_do_not():
    assert len({draw_cover(f"dossier-{number}") for number in range(200)}) == 200


def test_every_palette_is_dealt():
    grounds = {etree.fromstring(draw_cover(f"dossier-{number}"))[0].get("fill") for number in range(200)}
    assert grounds == {palette.ground for palette in PALETTES}


def test_every_motif_is_dealt():
    """Only a river is in a group, only suns shade their tiles, only furrows have rays: rooftops are left."""
    drawn = [draw_cover(f"dossier-{number}") for number in range(200)]
    river = [cover for cover in drawn if "<g" in cover]
    suns = [cover for cover in drawn if 'opacity=".4"' in cover]
    furrows = [cover for cover in drawn if 'opacity=".14"' in cover]
    assert all(30 < len(found) < 80 for found in (river, suns, furrows))
    assert 30 < 200 - len(river) - len(suns) - len(furrows) < 80


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("palette", PALETTES)
def test_each_motif_uses_the_inks_of_its_palette(motif, palette):
    drawing = motif(Dice("un"), palette)
    assert palette.bright in drawing
    assert palette.deep in drawing or palette.light in drawing


def test_a_year_never_wears_the_yellow_of_the_page_beside_it():
    yellow = PALETTES[-1].ground
    assert all(f'<path fill="{yellow}" d="M0 0H600' not in draw_cover(str(year)) for year in range(1990, 2100))


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_throw_stays_between_its_bounds(text, low, width):
    dice = Dice(text)
    assert all(low <= dice.throw(low, low + width) <= low + width for _ in range(40))


def test_a_cover_in_a_file_of_its_own_is_the_same_drawing():
    inside = etree.fromstring(draw_cover("locavores-a-table"))
    alone = etree.fromstring(covers.draw_cover_file("locavores-a-table", PALETTES))
    assert alone.tag == "{http://www.w3.org/2000/svg}svg"
    assert [dict(element.attrib) for element in alone.iterdescendants()] == [
        dict(element.attrib) for element in inside.iterdescendants()
    ]
    assert alone.get("viewBox") == inside.get("viewBox")
