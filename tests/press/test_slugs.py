"""Slugs: what urls.md promises to everyone who keeps an address."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.slugs import build_slug, is_slug

FRENCH = "abcéèêàùçôîœæÀÉŒn °º'’«»-–/0123456789 !?.,€"
TITLES = st.one_of(st.text(max_size=120), st.text(FRENCH, max_size=200))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Réunion de travail", "reunion-de-travail"),
        ("Cœur de l'été", "coeur-de-l-ete"),
        ("L’Œuvre d’Æsope", "l-oeuvre-d-aesope"),
        ("n° 3", "no-3"),
        ("Bulletin N°12", "bulletin-no-12"),
        ("nº 3 du Cré-Sol", "no-3-du-cre-sol"),
        ("10 000 € – et après ?", "10-000-et-apres"),
        ("Toutes et tous mobilisé·e·s", "toutes-et-tous-mobilise-e-s"),
        ("« L'Économie », c'est quoi ?", "l-economie-c-est-quoi"),
        ("Straße in Łódź", "strasse-in-lodz"),
        ("ﬁn du ½ siècle", "fin-du-1-2-siecle"),
        ("<b>Gras</b> & co", "b-gras-b-co"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_gives_the_slug_that_one_expects(title, slug):
    assert build_slug(title) == slug


@pytest.mark.parametrize("title", ["", "!!!", "🎉", "…", "日本", "«»"])
def test_a_title_without_latin_letters_gives_none(title):
    assert build_slug(title) == ""


@given(TITLES)
def test_a_slug_can_stand_in_an_address_and_gives_itself(title):
    slug = build_slug(title)
    assert not slug or is_slug(slug)
    assert build_slug(slug) == slug


@given(TITLES)
def test_both_unicode_forms_of_a_title_give_one_slug(title):
    forms = [unicodedata.normalize(form, title) for form in ("NFC", "NFD")]
    assert build_slug(forms[0]) == build_slug(forms[1])


@given(st.lists(st.text("abcdé", min_size=1, max_size=30), min_size=1, max_size=20))
def test_a_long_title_is_cut_between_two_words(words):
    slug, plain = build_slug(" ".join(words)), [build_slug(word) for word in words]
    kept = slug.split("-")
    assert kept == plain[: len(kept)]
    follows = plain[len(kept) : len(kept) + 1]
    assert not follows or len(slug) + 1 + len(follows[0]) > 80


def test_a_word_longer_than_a_slug_is_cut_inside():
    assert build_slug("a" * 300) == "a" * 80
    assert build_slug("a" * 80 + " suite") == "a" * 80


@pytest.mark.parametrize("slug", ["Un", "é", "a--b", "-a", "a-", "a b", "a/b", "a" * 81, "", "a\n"])
def test_what_would_need_another_spelling_is_no_slug(slug):
    assert not is_slug(slug)
