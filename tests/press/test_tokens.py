"""The colours of a look: written once, asked for by name, and nothing that cannot be drawn goes unsaid."""

from __future__ import annotations

import msgspec
import pytest

from plugins.press.covers import Palette, read_palettes
from plugins.press.problems import PressError
from plugins.press.theme import Theme
from plugins.press.tokens import Tokens, leave_out_drawn, read_tokens
from tests import sites

SHEET = """\
/* --sun:#000000; in a comment
   of two lines */
@layer tokens{
:root{
--sun: #F60 ;
--edge:var(--sun);
--room:1.5rem;
--soft:rgb(1 2 3);
--thick:3px solid var(--sun)
}
@media (prefers-color-scheme: dark) { :root {
--edge:#0f0f0f;
}}
@media print{:root{--sun:#000}}
}
@layer drawn{
:root{
--cover-1:var(--sun) #111 #222222 var(--edge);
--cover-2:var(--sun) #111;
--ring:var(--ring-2);
--ring-2:var(--ring);
}
}
"""


def tokens(sheet: str = SHEET) -> Tokens:
    return read_tokens(sheet, "look/css/tokens.css")


def test_a_colour_is_found_by_day_and_by_night():
    found = tokens()
    assert found.colour("sun") == found.colour("sun", night=True) == found.colour("edge") == "#ff6600"
    assert found.colour("edge", night=True) == "#0f0f0f"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ink", r"^look/css/tokens\.css : le jeton --ink manque\. Le reprendre du fichier css/tokens\.css du thème\.$"),
        ("room", r"^look/css/tokens\.css:7: --room : « 1\.5rem » ne peut pas être dessiné"),
        (
            "soft",
            r"^look/css/tokens\.css:8: --soft : « rgb\(1 2 3\) » .* Écrire une couleur, en hexadécimal \(#1f2430\)",
        ),
        ("ring", r"^look/css/tokens\.css:20: --ring : « var\(--ring"),
    ],
)
def test_what_is_no_colour_is_said_with_its_line_and_the_remedy(name, said):
    with pytest.raises(PressError, match=said):
        tokens().colour(name)


def test_a_drawing_gets_the_colours_of_the_day():
    drawing = '<svg><path fill="var(--edge)"/><text>var(--edge)</text></svg>'
    assert tokens().resolve(drawing) == '<svg><path fill="#ff6600"/><text>var(--edge)</text></svg>'
    assert 'fill="#ff6600"' in tokens().resolve('<svg fill="var(--paper)"/>', paper="sun")


def test_a_drawing_that_stands_alone_is_a_file_with_the_ink_of_the_site():
    found = tokens(":root{--ink:#123;--on-sun:#456}")
    alone = '<svg xmlns="http://www.w3.org/2000/svg" stroke="{}"/>'
    assert found.draw('<svg stroke="currentColor"/>') == alone.format("#112233")
    assert found.draw(alone.format("currentColor"), ink="on-sun") == alone.format("#445566")


def test_a_sheet_that_stands_alone_gets_the_tokens_that_it_uses():
    sheet = "a{color:var(--edge);background:var(--sun)}"
    assert tokens().declare(sheet) == (
        ":root{--edge:#ff6600;--sun:#ff6600}\n@media(prefers-color-scheme:dark){:root{--edge:#0f0f0f}}\n" + sheet
    )


def test_what_is_only_drawn_is_not_sent_to_browsers():
    kept = leave_out_drawn(SHEET)
    assert "--thick" in kept
    assert "--cover-1" not in kept
    assert kept.count("{") == kept.count("}")


def test_only_colours_of_the_day_are_drawn():
    for changed in (SHEET.replace("1.5rem", "2rem"), SHEET.replace("#0f0f0f", "#fff"), SHEET.replace("#F60", "#f60")):
        assert tokens(changed).digest == tokens().digest
    for changed in (SHEET.replace("#F60", "#f61"), SHEET.replace("#222222", "#333")):
        assert tokens(changed).digest != tokens().digest


def test_covers_have_four_inks_each_and_as_many_palettes_as_there_are():
    lines = [f"--cover-{number}:#111 #222 #333 #444" for number in (1, 2, 3)]
    inks = Palette("#111111", "#222222", "#333333", "#444444")
    assert read_palettes(tokens(f":root{{{';'.join(lines)}}}")) == (inks,) * 3
    with pytest.raises(PressError, match=r"tokens\.css:19: --cover-2 : .* Écrire 4 couleurs, séparées par des espaces"):
        read_palettes(tokens())
    with pytest.raises(PressError, match="le jeton --cover-2 manque"):
        read_palettes(tokens(":root{--cover-1:#111 #222 #333 #444}"))


def test_tokens_that_grow_without_end_are_no_colours():
    with pytest.raises(PressError, match=r"--a : .* ne peut pas être dessiné"):
        tokens(f":root{{--a:{'var(--b) ' * 20};--b:{'var(--a) ' * 20}}}").colour("a")


@pytest.mark.parametrize(
    ("data", "said"),
    [("\ufeff:root{--sun:#123456}".encode(), ""), (":root{--sun:#123456} /* é */".encode("latin-1"), "octet 24")],
)
def test_a_sheet_of_a_look_is_read_with_the_mark_of_windows_and_refused_in_another_encoding(tmp_path, data, said):
    sites.write(tmp_path, {"templates/x.html": "", "css/tokens.css": data})
    if said:
        with pytest.raises(PressError, match=rf"themes/.*/css/tokens\.css : ce fichier n'est pas en UTF-8 \({said}\)"):
            Theme(tmp_path)
    else:
        assert Theme(tmp_path).style == b":root{--sun:#123456}\n"


def test_a_static_drawing_keeps_its_bytes_whatever_its_encoding(tmp_path):
    drawing = '<svg fill="var(--sun)"><title>Été</title></svg>'.encode("latin-1")
    sites.write(tmp_path, {"templates/x.html": "", "css/tokens.css": ":root{--sun:#123456}", "static/x.svg": drawing})
    assert Theme(tmp_path).read("x.svg") == drawing.replace(b"var(--sun)", b"#123456")


def test_a_look_without_a_colour_that_paper_needs_is_refused_and_nothing_is_published(tmp_path):
    theirs = (sites.ROOT / "themes/cresol/css/tokens.css").read_text()
    sites.write(
        tmp_path,
        {
            "content/blog/2026/un.md": sites.article(),
            "look/css/tokens.css": theirs.replace("--print-muted:#4d515c;\n", ""),
        },
    )
    places = msgspec.structs.replace(sites.places(tmp_path), look=tmp_path / "look")
    with pytest.raises(PressError, match=r"^look/css/tokens\.css : le jeton --print-muted manque"):
        sites.build(tmp_path, places=places)
    assert not (tmp_path / "output").exists()
