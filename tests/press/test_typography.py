"""French typography: spaces that do not break, guillemets, apostrophes, ordinals; in texts only, and once."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.press.typography import FIRM, NARROW, french, french_text


def shown(text):
    """The two spaces made visible: « _ » for the narrow one, « ~ » for the other."""
    assert "_" not in text
    assert "~" not in text
    return text.replace(NARROW, "_").replace(FIRM, "~")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("mot ; mot : mot ! mot ?", "mot_; mot_: mot_! mot_?"),
        ("Quoi ?! Non !!! (vraiment ?)", "Quoi_?! Non_!!! (vraiment_?)"),
        ("deux  espaces  !", "deux  espaces_!"),
        ("10:30 https://x.fr a:b c;d e!f g?h", "10:30 https://x.fr a:b c;d e!f g?h"),
        (":-) et :) ;-) ;) :/ ::: note", ":-) et :) ;-) ;) :/ ::: note"),
        ("a != b, !important ?x=1", "a != b, !important ?x=1"),
        ("« oui » et «non»", "«_oui_» et «_non_»"),
        ("« oui », dit-il : « non »", "«_oui_», dit-il_: «_non_»"),
        ("« » «»", "«_» «_»"),
        ("1 400 habitants, 12 345 678", "1_400 habitants, 12_345_678"),
        ("2017 2018, 2017 400, 1 4000, 02 47 05", "2017 2018, 2017 400, 1 4000, 02 47 05"),
        ("10 % de 5 €, 20 000 €, 100%", "10_% de 5_€, 20_000_€, 100%"),
        ("n° 3, N° 12, n°4", "n°~3, N°~12, n°4"),
        ("18 h 30, 9 h, 18h30, 3 hommes", "18~h~30, 9~h, 18h30, 3 hommes"),
        ("l'été d'Aujourd'hui, '90, 5' et l' ", "l’été d’Aujourd’hui, '90, 5' et l' "),
        ("etc... puis .... et ../...", "etc… puis .... et ../..."),
        (f"mot{FIRM}! mot{NARROW}? «{FIRM}x{FIRM}»", "mot~! mot_? «~x~»"),
        ("", ""),
    ],
)
def test_a_plain_text(typed, printed):
    assert shown(french_text(typed)) == printed
    assert shown(french(typed)) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<p>mot !</p><p>« <em>oui</em> »</p>", "<p>mot_!</p><p>«_<em>oui</em>_»</p>"),
        ("<p>l'<em>été</em>, l'<a href='a'>an</a></p>", "<p>l’<em>été</em>, l’<a href='a'>an</a></p>"),
        ("<em>mot</em> : <b>x</b> ?", "<em>mot</em>_: <b>x</b>_?"),
        (
            "le 1er mars, la 1re, (2e), 21e",
            "le 1<sup>er</sup> mars, la 1<sup>re</sup>, (2<sup>e</sup>), 21<sup>e</sup>",
        ),
        ("<p>1er</p><td>2es</td>\n3e", "<p>1<sup>er</sup></p><td>2<sup>es</sup></td>\n3<sup>e</sup>"),
        ("11er 2er x2e 2e5 1,2e 2e-x /2e", "11er 2er x2e 2e5 1,2e 2e-x /2e"),
        ('<a title="b ! « l\'x »" href="?a=1 !">c !</a>', '<a title="b ! « l\'x »" href="?a=1 !">c_!</a>'),
        ("<b title='a > b !'>x !</b>", "<b title='a > b !'>x_!</b>"),
        ("<code>a ! l'b</code> x !", "<code>a ! l'b</code> x_!"),
        ("<pre>« <code>a ?</code> » ?</pre> y ?", "<pre>« <code>a ?</code> » ?</pre> y_?"),
        (
            "<kbd>a !</kbd><samp>b !</samp><math>c !</math> d !",
            "<kbd>a !</kbd><samp>b !</samp><math>c !</math> d_!",
        ),
        ("<CODE class='x'>a !</CODE> b !", "<CODE class='x'>a !</CODE> b_!"),
        ("<code>a <code>b !</code> c !</code> d !", "<code>a <code>b !</code> c !</code> d_!"),
        ("<!-- l'x ! --> y !", "<!-- l'x ! --> y_!"),
        ("<coder>a !</coder>", "<coder>a_!</coder>"),
        ("mot&nbsp;! a &lt; b ! &amp; ; c", "mot&nbsp;! a &lt; b_! &amp;_; c"),
        (
            '<data value="figure:a"></data> ! <data value="b"></data> %',
            '<data value="figure:a"></data>_! <data value="b"></data> %',
        ),
    ],
)
def test_html(typed, printed):
    assert shown(french(typed)) == printed


def test_a_title_has_no_tags():
    assert french_text("Le 1er mars : l'été") == f"Le 1er mars{NARROW}: l’été"
    assert french_text("a < b ! <c !>") == f"a < b{NARROW}! <c{NARROW}!>"


PIECES = [
    *(
        "mot",
        "l'été",
        "x",
        "1",
        "12",
        "400",
        "000",
        "2017",
        " ",
        "  ",
        "\n",
        FIRM,
        NARROW,
        "!",
        "?",
        ":",
        ";",
        "%",
        "€",
    ),
    *(
        "«",
        "»",
        "'",
        "...",
        ".",
        "n° ",
        "N°",
        "h",
        " h ",
        "30",
        "1er",
        "2e",
        "1re",
        "er",
        "(",
        ")",
        "&amp;",
        "&lt;",
        ",",
    ),
]
TAGS = [
    *(
        "<p>",
        "</p>",
        "<em>",
        "</em>",
        "<b class='a ! « l'>",
        '<a title="l\'x ? « y » 1 400">',
        "</a>",
        "<br>",
        "<h2>",
    ),
    *(
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        '<kbd class="x !">',
        "</kbd>",
        "<!-- l'x ! -->",
        "<sup>",
        "</sup>",
    ),
]
plain = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=30)
html = st.lists(st.sampled_from(PIECES + TAGS), max_size=25).map("".join)


def letters(text):
    """What may not change: all but the kinds of spaces and apostrophes, the dots, the raised endings."""
    text = re.sub("[ \u00a0\u202f]", "", text).replace("’", "'").replace("…", "...")
    return re.sub(r"(?<=[0-9])<sup>(ers?|res?|es?)</sup>", r"\1", text)


@settings(max_examples=500, deadline=None)
@given(html)
@example("«»")
@example("« »«\n»")
@example("1 400 000 1er 2e «»")
def test_once_is_enough(source):
    assert french(french(source)) == french(source)


@settings(max_examples=300, deadline=None)
@given(plain)
def test_once_is_enough_for_a_plain_text(source):
    assert french_text(french_text(source)) == french_text(source)


@settings(max_examples=500, deadline=None)
@given(html)
def test_nothing_else_changes(source):
    assert letters(french(source)) == letters(source)


@settings(max_examples=300, deadline=None)
@given(plain)
def test_nothing_else_changes_in_a_plain_text(source):
    assert letters(french_text(source)) == letters(source)


@settings(max_examples=300, deadline=None)
@given(html)
def test_tags_do_not_change(source):
    def tags(text):
        return [tag for tag in re.findall(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", text) if "sup" not in tag]

    assert tags(french(source)) == tags(source)


@settings(max_examples=300, deadline=None)
@given(html, st.sampled_from(["code", "pre", "kbd", "samp", "script", "style", "math"]))
def test_code_does_not_change(source, tag):
    inner = re.sub("</?(code|pre|kbd)[^>]*>", "", source)
    assert french(f"mot ! <{tag}>{inner}</{tag}> mot !") == f"mot{NARROW}! <{tag}>{inner}</{tag}> mot{NARROW}!"


def test_a_long_text_takes_linear_time():
    for source in (
        "a ! " * 100_000,
        "<" * 50_000,
        "l'" * 100_000,
        "1 400 " * 50_000,
        "« " * 100_000,
        "<b " * 50_000,
    ):
        started = time.process_time()
        french(source)
        assert time.process_time() - started < 2
