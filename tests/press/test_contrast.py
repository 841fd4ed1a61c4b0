"""Colours of a look that some people cannot tell apart are said, with their place and the remedy."""

from __future__ import annotations

import pytest

from plugins.press.contrast import check_contrast, measure
from plugins.press.problems import render_text
from plugins.press.tokens import read_tokens
from tests import sites

THEIRS = (sites.ROOT / "themes/cresol/css/tokens.css").read_text()


def said(sheet: str) -> list[str]:
    return [render_text(problem) for problem in check_contrast(read_tokens(sheet, "look/css/tokens.css"))]


def test_the_colours_of_the_theme_are_readable():
    assert said(THEIRS) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54), ("#ff0000", "#0000ff", 2.15)],
)
def test_contrast_is_that_of_the_guidelines(one, other, expected):
    assert measure(one, other) == measure(other, one) == pytest.approx(expected, abs=0.005)


def test_a_pale_text_is_said_where_it_is_written_by_day_and_by_night():
    line = THEIRS[: THEIRS.index("--muted:#5b5f6b")].count("\n") + 1
    found = said(THEIRS.replace("--muted:#5b5f6b", "--muted:#999").replace("--link:#ffb38a", "--link:#8a3412"))
    assert found[0] == (
        f"look/css/tokens.css:{line}:1: avertissement : --muted : sur --paper, de jour, le contraste est de 2,7:1, "
        "et un texte en demande 4,5:1 pour que tout le monde le voie. Foncer l'une des deux couleurs ou éclaircir "
        "l'autre."
    )
    assert len(found) == 7
    assert all("--link : sur" in problem and "de nuit" in problem for problem in found[3:6])
    assert "--paper : sur --link, de nuit" in found[6]


def test_what_is_printed_stands_on_white():
    (found,) = said(THEIRS.replace("--print-muted:#4d515c", "--print-muted:#aaa"))
    assert "--print-muted : sur papier blanc, le contraste est de 2,3:1" in found


def test_a_frame_needs_less_than_a_text():
    (found,) = said(THEIRS.replace("--edge:#8b8271", "--edge:#aaa"))
    assert "--edge : sur --paper, de jour, le contraste est de 2,2:1, et un trait en demande 3,0:1" in found
