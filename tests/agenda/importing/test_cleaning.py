"""Cleaning: what others write becomes plain text, whatever it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.importing.cleaning import clean_address, clean_line, fold


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Fête de l’été à Tours 🎉", "Fête de l’été à Tours 🎉"),
        ("<b>Fête</b><script>alert(1)</script>", "Fête"),
        ("<img src=x onerror=alert(1)>Fête", "Fête"),
        ("<p>Un</p><p>deux<br>trois</p>", "Un deux trois"),
        ("Pain &amp; roses, l&#39;été", "Pain & roses, l'été"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Fête", "Fête"),
        ("&amp;lt;b&amp;gt;Fête", "Fête"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("I <3 vélo", "I <3 vélo"),
        ("R&B, AT&T et M&Ms", "R&B, AT&T et M&Ms"),
        ("un\x00\x07 deux\u2028trois\r\n\tquatre", "un deux trois quatre"),
        ("\u202eetêF\u2066 \u200bdu\ufeff port\ufffe", "etêF du port"),
        ("<scr\u200bipt>alert(1)</script>Fête", "Fête"),
        ("👩\u200d🌾 au marché", "👩\u200d🌾 au marché"),
        ("e\u0301te\u0301", "été"),
        ("dix\u00a0euros", "dix euros"),
        ("", ""),
    ],
)
def test_text_becomes_plain(text, plain):
    assert clean_line(text, 200) == plain


def test_what_is_too_long_is_cut_at_a_word():
    assert clean_line("un deux trois quatre", 14) == "un deux trois…"
    assert clean_line("x" * 50, 10) == "x" * 9 + "…"


def test_html_within_html_without_end_is_made_harmless():
    text = "b"
    for _ in range(12):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("b", "<b", 1)
    assert "<" not in clean_line(text, 500)


@given(st.text(alphabet=st.sampled_from("<>&;!/-a b#x1…\u202e\u200d\n'\"scriptltgtam"), max_size=80) | st.text())
def test_cleaning_again_changes_nothing(text):
    once = clean_line(text, 60)
    assert clean_line(once, 60) == once
    assert len(once) <= 60
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in once.replace("\u200d", ""))
    assert "<script" not in once.lower()


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "data:text/html,x", "exemple.fr", "https://", "https://[x", "ftp://exemple.fr/"),
        *(
            "https://moi:secret@exemple.fr/",
            'https://exemple.fr/"><script>',
            "https://exemple.fr/ deux",
            "//exemple.fr",
        ),
        "https://exemple.fr/" + "x" * 1000,
    ],
)
def test_an_address_that_is_none_is_dropped(address):
    assert clean_address(address) == ""


def test_an_address_of_the_web_is_kept():
    assert clean_address(" https://exemple.fr/fete?a=1#la ") == "https://exemple.fr/fete?a=1#la"


def test_words_are_compared_without_accents_or_capitals():
    assert fold("ÉCONOMIE Solidaire") == "economie solidaire"
