"""Titles and towns as they are compared: what two people write differently of one event."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.titles import read_title, read_town


@pytest.mark.parametrize(
    "title",
    [
        "Fête du vélo",
        "FÊTE DU VÉLO !",
        "La fête du vélo",
        "Fete du velo 2026",
        "Fe\u0302te – du – ve\u0301lo",
        "ANNULÉ – Fête du vélo",
        "[Annulée] Fête du vélo",
        "Reporté : COMPLET – Fête du vélo",
        "Fête du vélo (annulée)",
        "Fête du vélo - COMPLET",
    ],
)
def test_ways_of_writing_one_title(title):
    assert read_title(title).key == "fete velo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cœur de l'été", "Coeur de l’ete"),
        ("Curriculum vitæ", "curriculum vitae"),
        ("Café-débat : l'eau", "Café débat – l'eau"),
    ],
)
def test_signs_and_ligatures_do_not_matter(one, other):
    assert read_title(one).key == read_title(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Séance 1", "Séance 2"),
        ("Complet comme un œuf", "Comme un œuf"),
        ("Annulation des dettes", "Les dettes"),
        ("Fête 祭", "Fête 音"),
        ("!!!", "???"),
        ("🎉", "🚲"),
        ("2026", "2027"),
    ],
)
def test_titles_that_say_different_things_stay_different(one, other):
    assert read_title(one).key != read_title(other).key


def test_words_are_those_of_the_title_in_the_singular():
    assert read_title("Les ateliers de réparation des vélos").words == {"atelier", "reparation", "velo"}


@given(st.text())
def test_a_key_is_its_own_key(title):
    key = read_title(title).key
    assert read_title(key).key == key
    assert key or not title.strip()


def test_a_hostile_title_is_read_at_once():
    started = time.process_time()
    for part in ("annule: ", "(annule", "-", "!", "complet – ", " "):
        read_title(part * 20_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", ["Saint-Pierre-des-Corps", "SAINT PIERRE DES CORPS", "St Pierre des Corps Cedex"])
def test_ways_of_writing_one_town(name):
    assert read_town(name) == "saint pierre des corps"
