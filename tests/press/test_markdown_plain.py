"""The quick way for plain texts writes and reports what the library's stages and the writer do."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.press.markdown import plain, render_body, rendering
from plugins.press.markdown.places import Places
from plugins.press.markdown.stash import Stash
from plugins.press.markdown.writer import Writer

WORDS = [
    "mot",
    "été",
    " ",
    " ",
    "e·s",
    "l’eau",
    "«\u00a0oui\u00a0»",
    " !",
    " : ",
    "…",
    "🙂",
    "\u00a0",
    "\u2028",
    "2017 ",
]
BLOCKS = [
    "\n",
    "\n\n",
    "\n- ",
    "- un\n- deux",
    "## Titre\n\n",
    "\n\n### Deux\n\n",
    "1. ",
    "12.",
    "* ",
    "---",
    "==",
    "!!! a",
]
SPANS = [
    "*mot*",
    "**deux mots**",
    "`code`",
    "` `",
    "*",
    "`",
    "_",
    "a_b",
    "[lien](a.md)",
    "[x](https://x.y/a_b?c#d)",
    "[x]",
]
LINKS = [
    "[x](javascript:a)",
    "[x](www.a.fr)",
    "[](a)",
    "[a\nb](c)",
    "![i](b.png)",
    "[^1]",
    "[x](a (b))",
    "](",
    "[",
    ")",
]
OTHER = [
    "\t",
    "  \n",
    "\n ",
    "<b>",
    "&",
    ">",
    "{",
    "\\",
    "|",
    "~~~\n",
    "[x]: /u",
    "*[mot]: a",
    "[[chiffre:x]]",
    ": ",
    "+ ",
]
texts = st.lists(st.sampled_from(WORDS + BLOCKS + SPANS), max_size=14) | st.lists(
    st.sampled_from(WORDS + BLOCKS + SPANS + LINKS + OTHER), max_size=14
)


def is_plain(source):
    return plain.write_plain(source, Writer(Stash([]), frozenset(), Places(source, "x.md", 1)))


def both_ways(source):
    """What a text gives (body, problems, blocks), the quick way if it can be, and without."""
    blocks, blocks_without = [], []
    quick = render_body(source, path="x.md", first_line=3, blocks=blocks)
    with patch.object(rendering, "write_plain", return_value=False):
        general = render_body(source, path="x.md", first_line=3, blocks=blocks_without)
    return (quick, blocks), (general, blocks_without)


@settings(max_examples=2000, deadline=None)
@given(texts.map("".join))
@example("Un *mot*, [un lien](a.md).\n\n- un\n- **deux**\n\n## Titre\n\nFin.")
@example("` `\n\nle premier paragraphe où il y a un texte")
@example("- un\n\n- deux")
@example("- un\ndeux")
@example("[a](javascript:b) et [a](javascript:b)\n\n1. un")  # a problem told once, whichever way is taken
@example("## `un` [deux](#trois)\n\n#### Quatre")
@example("*a [b](c) d*")
@example("`un\n[deux]: /trois`")  # blocks come before code
@example("`un`- deux\n- trois")
def test_a_text_comes_out_the_same_both_ways(source):
    quick, general = both_ways(source)
    assert quick == general


@pytest.mark.parametrize(
    "source",
    [
        "Un mot.",
        "\nUn *mot* et **deux mots** du `code`.\nUne ligne.\n\n- un\n- *deux*\n\nFin !\n",
        "## Titre\n\nUn [lien](a_b.md), [un autre](https://exemple.fr/?a=b#c).\n",
        "*Un*\n\n« Deux » à 18 h 30 : 2017 fut — [trois](#quatre) — long. 3 - 2 = 1 + 0",
    ],
)
def test_usual_texts_take_the_quick_way(source):
    assert is_plain(source)


@pytest.mark.parametrize(
    "source",
    ["", "1. un", "- un\n- - deux", "- un\n    - deux", "un\n===", "***un***", "_un_", "un  \ndeux", "``un``"],
)
def test_other_texts_do_not(source):
    assert not is_plain(source)


@pytest.mark.parametrize(
    "source",
    ["![un](a.png)", "[un][deux]\n\n[deux]: /trois", "un[^1]", "> un", "&amp;", "<b>un</b>", "un | deux\n--|--", "\\*"],
)
def test_texts_with_other_signs_do_not(source):
    assert not is_plain(source)
