"""A figure as it stands in a French sentence, and how it changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reports.figures import Past, evolution, fill, number, phrase, qualifier, trend
from tests import values
from tests.values import figure

NARROW, FIRM = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def plain(text):
    return " ".join(text.split()).replace("’", "'")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (figure(value=11, unit="lettres d'information"), "11 lettres d'information"),
        (figure(value=1400, unit="abonné·e·s", qualifier="at-least"), "plus de 1 400 abonné·e·s"),
        (figure(value=60, unit="acteurs", qualifier="about"), "une soixantaine d'acteurs"),
        (figure(value=60, unit="personnes", qualifier="about"), "une soixantaine de personnes"),
        (figure(value=60, qualifier="about"), "une soixantaine"),
        (figure(value=20, unit="heures", qualifier="about"), "une vingtaine d'heures"),
        (figure(value=20, unit="halles", qualifier="about"), "une vingtaine de halles"),
        (figure(value=20, unit="yaourts", qualifier="about"), "une vingtaine de yaourts"),
        (figure(value=10, unit="œuvres", qualifier="about"), "une dizaine d'œuvres"),
        (figure(value=10, unit="États", qualifier="about"), "une dizaine d'États"),
        (figure(value=100, unit="euros", qualifier="about"), "une centaine d'euros"),
        (figure(value=1000, unit="euros", qualifier="about"), "un millier d'euros"),
        (figure(value=45, unit="personnes", qualifier="about"), "environ 45 personnes"),
        (figure(value=60, unit="acteurs"), "60 acteurs"),
        (figure(value=60, unit="acteurs", qualifier="at-least"), "plus de 60 acteurs"),
        (figure(value=0, unit="lettres", singular="lettre"), "0 lettre"),
        (figure(value=1, unit="lettres d'information", singular="lettre d'information"), "1 lettre d'information"),
        (figure(value=1.5, unit="journaux", singular="journal"), "1,5 journal"),
        (figure(value=2, unit="journaux", singular="journal"), "2 journaux"),
        (figure(value=1, unit="ETP"), "1 ETP"),
        (figure(value=1234567, unit="€"), "1 234 567 €"),
        (figure(value=1234.5, unit="€"), "1 234,50 €"),
        (figure(value=1234.5, unit="euros"), "1 234,50 euros"),
        (figure(value=47.5, unit="%"), "47,5 %"),
        (figure(value=1234.5, unit="km", qualifier="about"), "environ 1 234,5 km"),
        (figure(value=0), "0"),
        (figure(value=1), "1"),
        (figure(value=-3, unit="%"), "-3 %"),
    ],
)
def test_a_figure_in_words(said, expected):
    assert plain(phrase(said)) == expected


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
    assert phrase(figure(value=40, unit="%")) == f"40{NARROW}%"


@pytest.mark.parametrize(("said", "expected"), [("exact", ""), ("at-least", "plus de"), ("about", "environ")])
def test_how_exact_a_figure_is_stands_before_it(said, expected):
    assert qualifier(figure(qualifier=said)) == expected


@given(
    st.integers(0, 10**9) | st.decimals(0, 10**6, places=2).map(float), st.sampled_from(["exact", "at-least", "about"])
)
def test_the_number_can_be_read_back_from_the_phrase(value, said):
    words = phrase(figure(value=value, unit="choses", singular="chose", qualifier=said))
    if not words.startswith(("une ", "un ")):
        number = words.removeprefix("plus de ").removeprefix("environ ").removesuffix("s").removesuffix(f"{FIRM}chose")
        assert float(number.replace(NARROW, "").replace(",", ".")) == pytest.approx(value, abs=0.005)


def test_references_in_a_summary_become_phrases():
    phrases = {"abonnes": "plus de 1 400 abonné·e·s"}
    assert fill("À [[chiffre:abonnes]], merci.", phrases) == "À plus de 1 400 abonné·e·s, merci."
    assert fill("[[chiffre:inconnu]] [chiffre:abonnes]", phrases) == " [chiffre:abonnes]"


# How it changed


@pytest.mark.parametrize(
    ("said", "before", "expected"),
    [
        (figure(value=11), Past(2016, 13), "deux de moins qu'en 2016"),
        (figure(value=14), Past(2016, 11), "trois de plus qu'en 2016"),
        (figure(value=12), Past(2016, 11), "1 de plus qu'en 2016"),
        (figure(value=11), Past(2016, 11), "autant qu'en 2016"),
        (figure(value=0), Past(2016, 0), "autant qu'en 2016"),
        (figure(value=0), Past(2015, 14), "quatorze de moins qu'en 2015"),
        (figure(value=1400), Past(2016, 1170), "230 de plus qu'en 2016"),
        (figure(value=2.5), Past(2016, 1), "1,5 de plus qu'en 2016"),
        (figure(value=47.3, unit="%"), Past(2016, 45.1), "2,2 points de plus qu'en 2016"),
        (figure(value=46, unit="%"), Past(2016, 45), "1 point de plus qu'en 2016"),
        (figure(value=1200, unit="€"), Past(2016, 2000), "800 € de moins qu'en 2016"),
        (figure(value=10.5, unit="€"), Past(2016, 2), "8,50 € de plus qu'en 2016"),
        (figure(value=1400, qualifier="at-least"), Past(2016, 1200), "plus qu'en 2016 (1 200)"),
        (figure(value=60, qualifier="about"), Past(2016, 80), "moins qu'en 2016 (80)"),
        (figure(value=60), Past(2016, 80, "about"), "moins qu'en 2016 (80)"),
        (figure(value=60), None, ""),
    ],
)
def test_a_trend_in_words(said, before, expected):
    assert plain(trend(said, before)) == expected


def test_a_figure_may_say_how_it_changed():
    said = figure(value=11, unit="lettres d'information")
    assert plain(evolution(said, Past(2016, 13))) == "11 lettres d'information, deux de moins qu'en 2016"
    assert plain(evolution(said, None)) == "11 lettres d'information"


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_a_trend_never_says_more_of_less(value, before):
    words = trend(figure(value=value), Past(2016, before))
    assert ("plus" in words, "moins" in words) == (value > before, value < before)


def test_cents_are_two_or_none():
    assert [plain(number(value, "€")) for value in (3, 3.5, 1234.05, -0.5)] == [
        "3 €",
        "3,50 €",
        "1 234,05 €",
        "-0,50 €",
    ]


# As they are typed

PATH = "rapports/2025/chiffres.yaml"


def read(**fields):
    lines = [f"  {name}: {value}" for name, value in ({"label": "Une chose", "value": "3"} | fields).items() if value]
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


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e5", "1_000", "douze", "9" * 400, "1,2,3", "٣", "[3]", '""'])
def test_a_value_that_is_no_number_is_refused_with_its_place(typed):
    document, said = read(value=typed)
    assert document is None
    assert said[0].startswith(f"content/{PATH}:3:")
    assert "figures.1.value" in said[0]


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        ({"qualifier": "environ"}, "4:14: figures.1.qualifier", "Écrire exact, at-least ou about"),
        ({"computed": "pages"}, "4:13: figures.1.computed", "Écrire events, key-dates, articles ou dossiers"),
        ({"history": "{an: 3}"}, "4:12: figures.1.history", "« an » n'est pas une année"),
        ({"history": "{2016: nan}"}, "4:19: figures.1.history.2016", "n'est pas un nombre"),
        ({"history": "{2025: 3}"}, "4:19: figures.1.history.2025", "les années d'avant 2025"),
        ({"unite": "heures"}, "4:3: figures.1.unite", "Vouliez-vous écrire « unit » ?"),
        ({"value": ""}, "1:3: figures.1.value", "ce champ est obligatoire"),
        ({"value": "1", "unit": "lettres d'information"}, "4:9: figures.1.unit", "Ajouter « singular: … »"),
        ({"value": "0", "unit": "travaux"}, "4:9: figures.1.unit", "« travaux » se met au singulier"),
    ],
)
def test_what_a_figure_cannot_be_is_refused_with_its_place(fields, place, remedy):
    document, said = read(**fields)
    assert document is None
    assert values.once(said).startswith(f"content/{PATH}:{place}")
    assert remedy in said[0]


@pytest.mark.parametrize("unit", ["ETP", "%", "€", "kg de pain", "PTCE"])
def test_a_unit_that_is_the_same_for_one_needs_no_singular(unit):
    assert read(value="1", unit=f'"{unit}"')[1] == []


def test_the_years_before_come_in_order():
    document, said = read(history="{2016: 13, 2014: 1 200, 2015: 9}")
    assert said == []
    assert values.once(document.figures).history == ((2014, 1200), (2015, 9), (2016, 13))


def test_a_figure_is_exact_and_counted_by_nobody_unless_said():
    (plain,), (counted,) = (read(**fields)[0].figures for fields in ({}, {"computed": "events", "qualifier": "about"}))
    assert (plain.qualifier, plain.computed, plain.unit, plain.source, plain.line) == ("exact", "", "", "", 1)
    assert (counted.qualifier, counted.computed) == ("about", "events")


def test_a_figure_may_belong_to_one_funder_or_several():
    (one,), (two,) = (read(funder=said)[0].figures for said in ("La Région", '["La Région", "Une fondation"]'))
    assert (one.funders, two.funders) == (("La Région",), ("La Région", "Une fondation"))


def test_two_figures_with_one_name_are_refused():
    document, said = values.read(PATH, "- id: a\n  label: A\n  value: 1\n- id: a\n  label: B\n  value: 2\n")
    assert document is None
    assert values.once(said).startswith(f"content/{PATH}:4:7: figures.2.id")
    assert "le chiffre « a » existe déjà ligne 1" in said[0]
