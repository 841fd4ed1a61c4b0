"""The room that a text takes, against the face that sets it: never less, and not much more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from plugins.press.lettering import measure, wrap

FONTS = Path(__file__).parents[2] / "themes/cresol/paper/fonts"
FACES = {
    bold: ImageFont.truetype(str(FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf"), 100)
    for bold, name in ((False, "Regular"), (True, "Bold"))
}
WORDS = [
    "janvier",
    "Réunion de travail avec les acteurs de l’accompagnement associatif",
    "Événement Cré-Sol",
    "1 400",
    "999 999 999 999",
    "Cœur d’Été, « ça » : 50 % — œuvre !",
    "MOUVEMENT ASSOCIATIF",
]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", WORDS)
def test_a_text_is_never_wider_than_measured_and_not_much_narrower(text, bold):
    real = FACES[bold].getlength(text)
    assert real <= measure(text, 100, bold=bold) <= 1.3 * real


@given(st.text("abcdefghijklmnopqrstuvwxyzéèàçœABCDEFGHIJ 0123456789,.’-", max_size=40))
def test_whatever_is_written_fits(text):
    assert FACES[False].getlength(text) <= measure(text, 100) + 0.1


@given(st.lists(st.text("abcdemWi’é", min_size=1, max_size=30), min_size=1, max_size=8), st.integers(60, 300))
def test_wrapping_keeps_every_sign_and_the_room(words, room):
    lines = wrap(" ".join(words), room, 14)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(measure(line, 14) <= room for line in lines)
