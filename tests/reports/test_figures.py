"""A figure as it stands in a French sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reports.figures import fill, phrase, qualifier
from tests import values
from tests.values import figure

NARROW, FIRM = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (figure(value=11, unit="lettres d'information"), "11 lettres d'information"),
        (figure(value=1400, unit="abonné·e·s", qualifier="at-least"), "plus de 1 400 abonné·e·s"),
        (figure(value=60, unit="acteurs", qualifier="about"), "une soixantaine d'acteurs"),
        (figure(value=60, unit="personnes", qualifier="about"), "une soixantaine de personnes"),
        (figure(value=60, qualifier="about"), "une soixantaine"),
        (figure(value=20, unit="heures", qualifier="about"), "une vingtaine d'heures"),
        (figure(value=10, unit="œuvres", qualifier="about"), "une dizaine d'œuvres"),
        (figure(value=10, unit="États", qualifier="about"), "une dizaine d'États"),
        (figure(value=100, unit="euros", qualifier="about"), "une centaine d'euros"),
        (figure(value=45, unit="personnes", qualifier="about"), "environ 45 personnes"),
        (figure(value=60, unit="acteurs"), "60 acteurs"),
        (figure(value=60, unit="acteurs", qualifier="at-least"), "plus de 60 acteurs"),
        (figure(value=1234567, unit="€"), "1 234 567 €"),
        (figure(value=47.5, unit="%"), "47,5 %"),
        (figure(value=1234.5, unit="km", qualifier="about"), "environ 1 234,5 km"),
        (figure(value=0), "0"),
        (figure(value=-3, unit="%"), "-3 %"),
    ],
)
def test_a_figure_in_words(said, expected):
    assert " ".join(phrase(said).split()).replace("’", "'") == expected


@pytest.mark.parametrize(
    ("value", "word"),
    [
        *((8, "huitaine"), (10, "dizaine"), (12, "douzaine"), (15, "quinzaine"), (20, "vingtaine")),
        *((30, "trentaine"), (40, "quarantaine"), (50, "cinquantaine"), (60, "soixantaine"), (100, "centaine")),
    ],
)
def test_round_figures_have_words_of_their_own(value, word):
    said = figure(value=value, unit="mots", qualifier="about")
    assert phrase(said) == f"une {word} de mots"


def test_no_line_breaks_between_a_number_and_its_unit_or_its_thousands():
    found = phrase(figure(value=1400, unit="abonné·e·s", qualifier="at-least"))
    assert found == f"plus de 1{NARROW}400{FIRM}abonné·e·s"


@pytest.mark.parametrize(("said", "expected"), [("exact", ""), ("at-least", "plus de"), ("about", "environ")])
def test_how_exact_a_figure_is_stands_before_it(said, expected):
    assert qualifier(figure(qualifier=said)) == expected


@given(
    st.integers(0, 10**9) | st.decimals(0, 10**6, places=2).map(float), st.sampled_from(["exact", "at-least", "about"])
)
def test_the_number_can_be_read_back_from_the_phrase(value, said):
    words = phrase(figure(value=value, unit="choses", qualifier=said))
    if not words.startswith("une "):
        number = words.removeprefix("plus de ").removeprefix("environ ").removesuffix(f"{FIRM}choses")
        assert float(number.replace(NARROW, "").replace(",", ".")) == pytest.approx(value, abs=0.005)


def test_references_in_a_summary_become_phrases():
    phrases = {"abonnes": "plus de 1 400 abonné·e·s"}
    assert fill("À [[chiffre:abonnes]], merci.", phrases) == "À plus de 1 400 abonné·e·s, merci."
    assert fill("[[chiffre:inconnu]] [chiffre:abonnes]", phrases) == " [chiffre:abonnes]"


# As they are typed

PATH = "rapports/2025/chiffres.yaml"


def read(**fields):
    lines = [f"  {name}: {value}" for name, value in ({"label": "Une chose", "value": "3"} | fields).items()]
    return values.read(PATH, "- id: a\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1400", 1400),
        ("1 400", 1400),
        (f"1{NARROW}400", 1400),
        (f"1{FIRM}400", 1400),
        ("47,5", 47.5),
        ("47.50", 47.5),
        ("3.0", 3),
        ("-5", -5),
        ("007", 7),
    ],
)
def test_a_value_is_written_as_in_french(typed, value):
    document, said = read(value=typed)
    assert said == []
    found = values.once(document.figures).value
    assert found == value
    assert isinstance(found, type(value))


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e5", "1_000", "douze", "9" * 400, "1,2,3", "٣", "[3]", ""])
def test_a_value_that_is_no_number_is_refused_with_its_place(typed):
    document, said = read(value=typed)
    assert document is None
    assert values.once(said).startswith(f"content/{PATH}:3:")
    assert "figures.1.value" in said[0]


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        ({"qualifier": "environ"}, "4:14: figures.1.qualifier", "Écrire exact, at-least ou about"),
        ({"computed": "pages"}, "4:13: figures.1.computed", "Écrire events, articles ou dossiers"),
        ({"history": "{an: 3}"}, "4:12: figures.1.history", "« an » n'est pas une année"),
        ({"history": "{2016: nan}"}, "4:", "n'est pas un nombre"),
        ({"unite": "heures"}, "4:3: figures.1.unite", "Vouliez-vous écrire « unit » ?"),
    ],
)
def test_what_a_figure_cannot_be_is_refused_with_its_place(fields, place, remedy):
    document, said = read(**fields)
    assert document is None
    assert values.once(said).startswith(f"content/{PATH}:{place}")
    assert remedy in said[0]


def test_the_years_before_come_in_order():
    document, said = read(history="{2016: 13, 2014: 1 200, 2015: 9}")
    assert said == []
    assert values.once(document.figures).history == ((2014, 1200), (2015, 9), (2016, 13))


def test_a_figure_is_exact_and_counted_by_nobody_unless_said():
    (plain,), (counted,) = (read(**fields)[0].figures for fields in ({}, {"computed": "events", "qualifier": "about"}))
    assert (plain.qualifier, plain.computed, plain.unit, plain.source, plain.line) == ("exact", "", "", "", 1)
    assert (counted.qualifier, counted.computed) == ("about", "events")


def test_two_figures_with_one_name_are_refused():
    document, said = values.read(PATH, "- id: a\n  label: A\n  value: 1\n- id: a\n  label: B\n  value: 2\n")
    assert document is None
    assert values.once(said).startswith(f"content/{PATH}:4:7: figures.")
    assert "le chiffre « a » existe déjà ligne 1" in said[0]
