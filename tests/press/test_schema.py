"""The fields of a file: what a text means, and every refusal at its place, in words for an editor."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import model_validator

from plugins.press.frontmatter import read_front_matter
from plugins.press.moments import Moment
from plugins.press.problems import render_text
from plugins.press.schema import (
    Address,
    AsList,
    CommonFields,
    Day,
    Email,
    Fields,
    Flag,
    Integer,
    Line,
    Number,
    read_fields,
)


class PlaceFields(Fields):
    city: Line = ""
    lat: Number | None = None


class RepeatFields(Fields):
    """With a field that is a word of Python's."""

    rule: Line = ""
    except_: Annotated[tuple[Day, ...], AsList] = ()

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {"except_" if key == "except" else key: value for key, value in values.items()}


class ThingFields(CommonFields):
    day: Day | None = None
    seats: Integer = 0
    price: Number = 0.0
    free: Flag = False
    site: Address | None = None
    mail: Email | None = None
    place: PlaceFields | None = None
    places: Annotated[tuple[PlaceFields, ...], AsList] = ()
    letters: Annotated[tuple[Literal["a", "b"], ...], AsList] = ()
    repeat: RepeatFields | None = None


def read(head: str, schema: type[Fields] = ThingFields) -> tuple[Any, list[str]]:
    front, problems = read_front_matter(f"---\ntitle: Un titre\n{head}\n---\n", "x.md")
    assert front is not None
    assert problems == []
    fields, problems = read_fields(schema, front, "x.md")
    return fields, [render_text(problem) for problem in problems]


def value(head: str) -> Any:
    fields, problems = read(head)
    assert problems == []
    return getattr(fields, head.partition(":")[0])


def refusal(head: str) -> str:
    (problem,) = read(head)[1]
    return problem


# What a text means


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("summary:   Une   phrase ", "Une phrase"),
        ("slug: un-titre", "un-titre"),
        ("tags: [ESS, no, 01, ESS]", ("ESS", "no", "01")),
        ("tags:", ()),
        ("status: draft", "draft"),
        ("date: 2026-01-05", Moment(datetime(2026, 1, 5), all_day=True)),
        ("modified: 2026-01-05T18:30", Moment(datetime(2026, 1, 5, 18, 30), all_day=False)),
        ("date:", None),
        ("slug:", None),
        ("place:", None),
        (
            "aliases: [/ancien, /vieux/nom.php, /a/, /é.html]",
            ("/ancien/", "/vieux/nom.php", "/a/", "/é.html"),
        ),
        ("lang: pt-BR", "pt-BR"),
        ("day: 2026-01-05", date(2026, 1, 5)),
        ("seats: -12", -12),
        ("price: 47,5", 47.5),
        ("price: +47.5", 47.5),
        ("free: true", True),
        ("free: false", False),
        ("site: https://exemple.fr/a?b=c#d", "https://exemple.fr/a?b=c#d"),
        ("mail: moi@exemple.fr", "moi@exemple.fr"),
        ("place: {city: Tours, lat: '47.39'}", PlaceFields.model_construct(city="Tours", lat=47.39)),
        ("letters: [a, b, a]", ("a", "b", "a")),
    ],
)
def test_a_text_means_what_its_field_says(head, expected):
    assert value(head) == expected


@given(st.text("aé :'\"#-", min_size=1, max_size=40))
def test_a_line_is_kept_but_for_its_spaces(text):
    words = text.split()
    quoted = text.replace("'", "''")
    fields, problems = read(f"summary: '{quoted}'")
    assert (fields.summary, problems) == ((" ".join(words), []) if words else ("", problems))
    assert bool(problems) is not bool(words)


# What is refused


EMPTY = "la valeur est vide. L'écrire, ou retirer le champ."
TEXT = "un texte est attendu ici, pas une liste. L'écrire sur la même ligne que le champ."
GROUP = "un groupe de champs est attendu, chacun sur sa ligne, décalé de deux espaces."
ADDRESS = "n'est pas une adresse web complète. L'écrire en entier, avec https://."
NUMBER = "n'est pas un nombre. L'écrire en chiffres, par exemple 47.39."
WHOLE = "n'est pas un nombre entier. L'écrire en chiffres, sans espace."
ALIAS = "n'est pas une ancienne adresse de ce site. L'écrire depuis la racine, par exemple /ancien-nom/."
DAY = "n'est pas une date. Écrire AAAA-MM-JJ, par exemple 2026-02-28."


@pytest.mark.parametrize(
    ("head", "place", "message"),
    [
        ("summary:", "3:9", f"summary : {EMPTY}"),
        ("summary: ''", "3:10", f"summary : {EMPTY}"),
        ("summary: ' '", "3:10", f"summary : {EMPTY}"),
        ("summary: [a]", "3:10", f"summary : {TEXT}"),
        ("summary: {a: b}", "3:10", f"summary : {TEXT}"),
        (
            "summary: " + "x" * 301,
            "3:10",
            "summary : le résumé est trop long (301 caractères, 300 au plus). Le raccourcir.",
        ),
        ("image: " + "x" * 1001, "3:8", "image : le texte est trop long (1001 caractères, 1000 au plus)."),
        ("slug: Été 2026", "3:7", "slug : « Été 2026 » ne peut pas servir d'adresse. Écrire « ete-2026 »."),
        ("slug: '!!!'", "3:7", "slug : « !!! » ne peut pas servir d'adresse. Écrire « mon-titre »."),
        (
            "status: publie",
            "3:9",
            "status : « publie » n'est pas une valeur possible. Écrire published ou draft.",
        ),
        ("status:", "3:8", f"status : {EMPTY}"),
        ("status: [draft]", "3:9", f"status : {TEXT}"),
        ("lang: FR", "3:7", "lang : « FR » n'est pas le code d'une langue. Écrire fr, en, pt-BR…"),
        ("free: oui", "3:7", "free : « oui » : écrire true (oui) ou false (non)."),
        ("free: True", "3:7", "free : « True » : écrire true (oui) ou false (non)."),
        ("day: 2026", "3:6", f"day : « 2026 » {DAY}"),
        ("seats: douze", "3:8", f"seats : « douze » {WHOLE}"),
        ("seats: 1 400", "3:8", f"seats : « 1 400 » {WHOLE}"),
        ("seats: ²", "3:8", f"seats : « ² » {WHOLE}"),
        ("seats: " + "9" * 16, "3:8", f"seats : « {'9' * 16} » {WHOLE}"),
        ("price: nan", "3:8", f"price : « nan » {NUMBER}"),
        ("price: 1e400", "3:8", f"price : « 1e400 » {NUMBER}"),
        ("site: exemple.fr", "3:7", f"site : « exemple.fr » {ADDRESS}"),
        ("site: ftp://exemple.fr", "3:7", f"site : « ftp://exemple.fr » {ADDRESS}"),
        ("site: javascript:alert(1)", "3:7", f"site : « javascript:alert(1) » {ADDRESS}"),
        ("site: https://exemple", "3:7", f"site : « https://exemple » {ADDRESS}"),
        ("site: https://exem ple.fr", "3:7", f"site : « https://exem ple.fr » {ADDRESS}"),
        ("site: http://[x", "3:7", f"site : « http://[x » {ADDRESS}"),
        ("mail: moi", "3:7", "mail : « moi » n'est pas une adresse électronique."),
        ("mail: a@b@c.fr", "3:7", "mail : « a@b@c.fr » n'est pas une adresse électronique."),
        (
            "tags: ESS",
            "3:7",
            'tags : une liste est attendue. L\'écrire ["ESS"], ou une ligne « - ESS » pour chaque élément.',
        ),
        ("tags: {a: b}", "3:7", "tags : une liste est attendue : une ligne « - … » pour chaque élément."),
        ("tags: [a, [b]]", "3:11", f"tags.2 : {TEXT}"),
        ("tags:\n- a\n-", "5:2", f"tags.2 : {EMPTY}"),
        ("letters: [a, c]", "3:14", "letters.2 : « c » n'est pas une valeur possible. Écrire a ou b."),
        ("aliases: [/a/, ancien]", "3:16", f"aliases.2 : « ancien » {ALIAS}"),
        ("place: Tours", "3:8", f"place : {GROUP}"),
        ("place: [Tours]", "3:8", f"place : {GROUP}"),
        ("place:\n  lat: 47°", "4:8", f"place.lat : « 47° » {NUMBER}"),
        ("places:\n- city: a\n- lat: b", "5:8", f"places.2.lat : « b » {NUMBER}"),
        ("repeat: {except: [2026-01-05, x]}", "3:31", f"repeat.except.2 : « x » {DAY}"),
        ("titel: x", "3:1", "titel : champ inconnu. Vouliez-vous écrire « title » ?"),
        ("Tags: [x]", "3:1", "Tags : champ inconnu. Vouliez-vous écrire « tags » ?"),
        ("place:\n  Citi: x", "4:3", "place.Citi : champ inconnu. Vouliez-vous écrire « city » ?"),
        (
            "places: [{city: x, lta: 4}]",
            "3:20",
            "places.1.lta : champ inconnu. Vouliez-vous écrire « lat » ?",
        ),
        (
            "place:\n  zzz: x",
            "4:3",
            "place.zzz : champ inconnu, rien ne s'appelle ainsi. Champs possibles : city, lat.",
        ),
        ("repeat: {execpt: x}", "3:10", "repeat.execpt : champ inconnu. Vouliez-vous écrire « except » ?"),
    ],
)
def test_each_wrong_value_is_shown_where_it_stands(head, place, message):
    assert refusal(head) == f"x.md:{place}: {message}"


@pytest.mark.parametrize(
    "alias",
    [
        "ancien",
        "//exemple.fr/",
        "/",
        "/a//b/",
        "/./blog/",
        "/../x/",
        "/a/..",
        "/a?b",
        "/a#b",
        "/a b/",
        '/a"b/',
        "/<b>/",
    ],
)
def test_an_old_address_that_is_no_place_of_the_site_is_refused(alias):
    assert refusal(f"aliases: ['{alias}']") == f"x.md:3:11: aliases.1 : « {alias} » {ALIAS}"


def test_what_is_missing_is_asked_for_at_the_top_of_its_group():
    class Twice(Fields):
        title: Line
        date: Day
        resources: Annotated[tuple[PlaceFields, ...], AsList] = ()

    class Inner(Fields):
        title: Line
        inner: Twice

    assert read("", Twice)[1] == ["x.md:1:1: date : ce champ est obligatoire. Ajouter une ligne « date: … »."]
    assert read("inner:\n  title: x", Inner)[1] == [
        "x.md:4:3: inner.date : ce champ est obligatoire. Ajouter une ligne « date: … »."
    ]


def test_all_problems_come_at_once_and_the_right_fields_are_kept():
    fields, problems = read("tags: x\nzzz: y\nsummary: Bon.\nday: demain\nseats: 3")
    assert [problem.partition(" : ")[0] for problem in problems] == [
        "x.md:3:7: tags",
        "x.md:6:6: day",
        "x.md:4:1: zzz",
    ]
    assert (fields.summary, fields.seats, fields.tags, fields.day) == ("Bon.", 3, (), None)


def test_without_its_required_fields_nothing_is_kept():
    front, _ = read_front_matter("---\nsummary: Bon.\ntitle: ''\n---\n", "x.md")
    assert front is not None
    fields, problems = read_fields(CommonFields, front, "x.md")
    assert fields is None
    assert [render_text(problem) for problem in problems] == [f"x.md:3:8: title : {EMPTY}"]


@given(
    st.dictionaries(
        st.sampled_from([*ThingFields.model_fields, "Zut", "a[b"]),
        st.recursive(
            st.one_of(st.none(), st.text("aé01-/:. ", max_size=12)),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["city", "lat", "X"]), inner, max_size=3)
            ),
            max_leaves=5,
        ),
    )
)
def test_no_value_is_too_strange_for_an_answer_in_french(values):
    front, _ = read_front_matter("---\n---\n", "x.md")
    assert front is not None
    front.values = values
    fields, problems = read_fields(ThingFields, front, "x.md")
    assert (fields is None) is ("title" not in values or any(problem.field == "title" for problem in problems))
    for problem in problems:
        assert problem.field
        assert "Input should be" not in problem.message
