"""The HTML of a body as a text to paste: nothing lost, addresses written out, spaces that any form takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.markdown import render_body
from plugins.press.plaintext import render_plain
from plugins.press.typography import french


def plain(markdown):
    body, problems = render_body(markdown, path="x.md")
    assert problems == []
    return render_plain(french(body.html))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Un paragraphe\nsur deux lignes.\n\nUn autre.", "Un paragraphe sur deux lignes.\n\nUn autre."),
        ("## Un titre\n\nLe **texte** : *oui* !", "Un titre\n\nLe texte : oui !"),
        ("Avant :\n\n- un ;\n- deux.", "Avant :\n\n- un ;\n- deux."),
        ("3. trois\n4. quatre", "3. trois\n4. quatre"),
        ("- un\n\n    - dedans\n    - encore\n\n- deux", "- un\n  - dedans\n  - encore\n- deux"),
        ("[le site](https://exemple.test/x)", "le site (link:0)"),
        ("<https://exemple.test/>", "https://exemple.test/ (link:0)"),
        ("[plus bas](#bas)", "plus bas (link:0)"),
        ("![Une table](x.png)", "[image : Une table]"),
        ("Une ligne  \net une autre", "Une ligne\net une autre"),
        ("> Une parole\n> longue.", "« Une parole longue. »"),
        ("    du code\n      ici", "du code\n  ici"),
        ("Le 1er mars, 1 400 personnes", "Le 1er mars, 1 400 personnes"),
        ("Tableau : Les ventes\n\n| Quoi | Combien |\n|---|---|\n| A | 1 |", "Les ventes\nQuoi ; Combien\nA ; 1"),
        ("Un fait[^a].\n\n[^a]: La source.", "Un fait[1].\n\n[1] La source."),
        ("Terme\n:   Ce qu'il veut dire", "Terme\n\nCe qu’il veut dire"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("<details>\n<summary>Voir</summary>\nDedans\n</details>", "Voir\n\nDedans"),
        ("", ""),
    ],
)
def test_a_text_keeps_its_order_and_its_words(markdown, text):
    assert plain(markdown).replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ") == text


def test_an_address_is_written_out_once():
    html = '<p><a href="https://exemple.test/">https://exemple.test/</a> <a href="mailto:a@exemple.test">écrire</a></p>'
    assert render_plain(html) == "https://exemple.test/ écrire (a@exemple.test)"
    assert render_plain('<p><a href="#x">ici</a></p>') == "ici"


WORDS = st.text("abcdefghijklmnopé", min_size=1, max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["", "## ", "- ", "1. ", "> "]), WORDS), min_size=1, max_size=12))
def test_no_word_is_lost(blocks):
    text = plain("\n\n".join(f"{sign}{word}" for sign, word in blocks))
    words = [word.strip("«» .") for word in text.split()]
    assert [word for word in words if word and not word.isdigit() and word != "-"] == [word for _, word in blocks]
