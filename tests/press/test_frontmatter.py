"""Front matter: every value as typed, with its place; every mistake with its place, and how to mend it."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.frontmatter import MAX_LENGTH, FrontMatter, read_front_matter, read_yaml
from plugins.press.problems import render_text
from plugins.press.sources import decode

KEYS = st.from_regex(r"[a-zé_]{1,12}", fullmatch=True)
# what a YAML file may spell out, without what is refused as invisible
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff")
TEXTS = st.one_of(st.text(CHARACTERS), st.text("ab :#'\"-[]{}!&*?|>%@`,\\é\t\n"))
YAML_SIGNS = st.text("ab: #'\"-[]{}!&*?|>%@`,\\é\t\n~.=<", max_size=60)


def file(head: str, body: str = "Un texte.\n") -> str:
    return f"---\n{head}\n---\n{body}"


def read(head: str) -> FrontMatter:
    front, problems = read_front_matter(file(head), "x.md")
    assert problems == []
    assert front is not None
    return front


def refusals(text: str) -> list[str]:
    return [render_text(problem) for problem in read_front_matter(text, "x.md")[1]]


def refusal(head: str) -> str:
    (message,) = refusals(file(head))
    return message


# What is read


def test_values_stay_as_typed():
    head = "start: 18:30\ntitle: no\npostcode: 045234\nlist: [01, yes, 1e3, 2026-01-05, ~]\nnone: null"
    assert read(head).values == {
        "start": "18:30",
        "title": "no",
        "postcode": "045234",
        "list": ["01", "yes", "1e3", "2026-01-05", "~"],
        "none": "null",
    }


def test_only_a_value_that_is_not_there_is_none():
    assert read("a:\nb: # un jour\nc: ''\nd: \"\"\ne: [x, ]").values == {
        "a": None,
        "b": None,
        "c": "",
        "d": "",
        "e": ["x"],
    }


def test_keys_and_values_keep_their_line_and_column():
    front = read("title: Été\nplace:\n  city: Tours\n  lat:  47\ntags: [é, b]\nlist:\n- x\n-  y")
    assert front.keys == {
        ("title",): (2, 1),
        ("place",): (3, 1),
        ("place", "city"): (4, 3),
        ("place", "lat"): (5, 3),
        ("tags",): (6, 1),
        ("list",): (7, 1),
    }
    assert front.marks == {
        ("title",): (2, 8),
        ("place",): (4, 3),
        ("place", "city"): (4, 9),
        ("place", "lat"): (5, 9),
        ("tags",): (6, 7),
        ("tags", 0): (6, 8),
        ("tags", 1): (6, 11),
        ("list",): (8, 1),
        ("list", 0): (8, 3),
        ("list", 1): (9, 4),
    }


def test_the_body_begins_on_the_line_after():
    front, _ = read_front_matter("---  \ntitle: x\n\n--- \t\nUn.\n---\nDeux.", "x.md")
    assert front is not None
    assert (front.body, front.body_line) == ("Un.\n---\nDeux.", 5)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n---", "---\n# rien\n---\n"])
def test_an_empty_head_is_a_head(text):
    front, problems = read_front_matter(text, "x.md")
    assert front is not None
    assert (front.values, front.body, problems) == ({}, "", [])


@given(
    st.dictionaries(KEYS, TEXTS),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_what_yaml_writes_comes_back_as_typed_from_where_it_stands(values, raw, newline, bom):
    head = yaml.safe_dump(values, allow_unicode=raw, width=10_000) if values else ""
    data = bom + f"---\n{head}---\nCorps".replace("\n", newline).encode()
    text, _ = decode(data, "x.md")
    front, problems = read_front_matter(text, "x.md")
    assert problems == []
    assert front is not None
    assert front.values == values
    assert text.split("\n")[front.body_line - 1] == front.body == "Corps"
    places = sorted([*front.keys.values(), (front.body_line - 1, 1)])
    for key, value in values.items():
        begin, end = front.keys[key,], places[places.index(front.keys[key,]) + 1]
        assert yaml.load(cut(text, begin, front.marks[key,]) + " x", yaml.BaseLoader) == {key: "x"}
        assert yaml.load(cut(text, front.marks[key,], end), yaml.BaseLoader) == value


def cut(text: str, begin: tuple[int, int], end: tuple[int, int]) -> str:
    """What stands between two places of a text."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    first, last = (starts[line - 1] + column - 1 for line, column in (begin, end))
    return text[first:last]


# What is refused


def test_a_file_without_head_is_told_how_to_begin():
    remedy = "Commencer le fichier par une ligne « --- », les champs (title, date…), puis une ligne « --- »."
    assert refusals("Un texte.") == [f"x.md:1:1: l'en-tête manque. {remedy}"]
    assert read_front_matter(" ---\ntitle: x\n---\n", "x.md")[0] is None


@pytest.mark.parametrize("text", ["---", "---\ntitle: x\n", "---\ntitle: x\n ---\n"])
def test_a_head_that_is_never_closed_is_told_how_to_end(text):
    assert refusals(text) == ["x.md:1:1: l'en-tête n'est pas fermé. Ajouter une ligne « --- » après le dernier champ."]


COLON = "un deux-points dans la valeur : mettre le texte entre guillemets, ainsi :"
TAB = "tabulation : la remplacer par des espaces."
NO_COLON = "il manque un deux-points après le nom du champ, ou des guillemets autour du texte."
QUOTE = "guillemet ouvert et jamais fermé : ajouter le guillemet qui manque."
SIGN = "ce texte commence par un signe réservé ; mettre le texte entre guillemets."
STAR = "« * » et « & » en début de valeur sont réservés ; mettre le texte entre guillemets."
ALIAS = "les renvois YAML (« &nom » et « *nom ») ne sont pas acceptés. Recopier la valeur."
TAG = "interdite. Mettre le texte entre guillemets s'il commence par « ! »."
LINES = "une suite de lignes « champ: valeur » est attendue ici."
REMEDY = "L'effacer et retaper le texte à cet endroit."
DEEP = "trop de listes imbriquées (plus de 12 niveaux)."


def unreadable(line: str) -> str:
    return f"ligne illisible : « {line} ». Vérifier l'alignement et mettre le texte entre guillemets."


@pytest.mark.parametrize(
    ("head", "place", "message"),
    [
        ("title: Réunion : l'ordre", "2:16", f'{COLON} title: "Réunion : l\'ordre"'),
        ("title: x\n\tdate: y", "3:1", TAB),
        ("a:\n\t- b", "3:1", TAB),
        ("a: |\n  \tx\n b", "3:3", TAB),
        ("title: x\ntags\ndate: y", "3:1", f"ligne « tags » : {NO_COLON}"),
        ("title: x\n...\ndate: y", "4:1", "ligne « date: y » : mettre le texte entre guillemets."),
        ("title: x\ntags: [,]", "3:8", "ligne « tags: [,] » : mettre le texte entre guillemets."),
        ("tags:\n- [", "3:1", "ligne « - [ » : mettre le texte entre guillemets."),
        ('title: "Réunion\ndate: 2026-01-05', "2:8", QUOTE),
        ("title: x\nnote: 'Réunion", "3:7", QUOTE),
        ("title: @tous", "2:8", f"ligne « title: @tous » : {SIGN}"),
        ("title: `x`", "2:8", f"ligne « title: `x` » : {SIGN}"),
        ("title: *x*", "2:10", f"ligne « title: *x* » : {STAR}"),
        ("title: **Gras**", "2:9", f"ligne « title: **Gras** » : {STAR}"),
        ("title: & co", "2:9", f"ligne « title: & co » : {STAR}"),
        ("a: *b", "2:4", f"ligne « a: *b » : {STAR}"),
        ("a: &a x\nb: *a", "2:4", ALIAS),
        ("title: !important", "2:8", f"étiquette « !important » {TAG}"),
        ("a:\n- !!set {x}", "3:3", f"étiquette « tag:yaml.org,2002:set » {TAG}"),
        ("title: [Annulé] fête", "2:17", unreadable("title: [Annulé] fête")),
        ("title: x\n date: y", "3:6", unreadable("date: y")),
        ("place:\n  a: 1\n b: 2", "4:2", unreadable("b: 2")),
        ("tags: [a, b", "2:7", unreadable("tags: [a, b")),
        ("a: '" + "x" * 90 + "' y", "2:97", unreadable("a: '" + "x" * 76)),
        ("a: !!binary eA==", "2:4", f"étiquette « tag:yaml.org,2002:binary » {TAG}"),
        ("- a\n- b", "2:1", LINES),
        ("\nun texte", "3:1", LINES),
        ("[a, b]: c", "2:1", "nom de champ illisible. Écrire « champ: valeur »."),
        ("x: y\na: 1\na: 2", "4:1", "le champ « a » est écrit deux fois (déjà ligne 3). N'en garder qu'un."),
        (
            "p:\n  a: 1\n  a: 2",
            "4:3",
            "le champ « a » est écrit deux fois (déjà ligne 3). N'en garder qu'un.",
        ),
        ("title: x\nnote: a\x0bb", "3:8", f"caractère invisible interdit (U+000B). {REMEDY}"),
        ("title: x\u2028y", "2:9", f"caractère invisible interdit (U+2028). {REMEDY}"),
        ('title: x\nnote: "\\u0001"', "3:7", f"caractère invisible interdit (U+0001). {REMEDY}"),
        ("title: x\na: " + "[" * 13, "3:15", DEEP),
        ("a:\n" + "-  " * 3000, "3:34", DEEP),
        ("? " * 3000, "2:25", DEEP),
    ],
)
def test_each_mistake_is_shown_where_it_is_made(head, place, message):
    assert refusal(head) == f"x.md:{place}: {message}"


@pytest.mark.parametrize("code", [*range(1, 9), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF])
def test_every_invisible_sign_is_refused_typed_or_spelt(code):
    message = f"caractère invisible interdit (U+{code:04X}). {REMEDY}"
    assert refusal(f"title: a{chr(code)}") == f"x.md:2:9: {message}"
    assert refusal(f'title: "a\\u{code:04x}"') == f"x.md:2:8: {message}"


def test_a_head_that_holds_the_whole_text_is_refused():
    said = f"l'en-tête est trop long ({MAX_LENGTH + 4} caractères, {MAX_LENGTH} au plus)."
    assert refusal("a: " + "x" * MAX_LENGTH) == f"x.md:2:1: {said} Mettre le texte sous l'en-tête."


def test_many_short_lists_are_no_deep_one():
    head = "\n".join(f"a{n}: [[x, y], {{z: t}}]" for n in range(40))
    assert len(read(head).values) == 40


@given(st.text("ab é:'\"\\", min_size=1).map(str.strip))
def test_the_remedy_for_a_colon_is_good_to_paste(title):
    front, problems = read_front_matter(file(f"title: x{title}: fin"), "x.md")
    if problems:
        (problem,) = problems
        line = problem.message.partition("ainsi : ")[2]
        assert read(line).values == {"title": f"x{title}: fin"}
    else:
        assert front is not None
        assert front.values == {"title": f"x{title}: fin"}


def test_a_broken_head_still_gives_its_body():
    front, problems = read_front_matter("---\ntitle: [\n---\nUn texte.", "x.md")
    assert len(problems) == 1
    assert front is not None
    assert (front.values, front.body, front.body_line) == ({}, "Un texte.", 4)


@given(st.one_of(YAML_SIGNS, st.text()))
def test_any_text_gives_values_or_a_place_inside_the_file(head):
    text, problems = decode(file(head).encode("utf-8", "replace"), "x.md")
    front, problems = read_front_matter(text, "x.md")
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert front is not None
    assert not (problems and front.values)
    json.dumps(front.values)  # nothing but texts, lists and groups


# A file of pure YAML


def test_a_yaml_file_stands_under_its_field_with_its_own_lines():
    front, problems = read_yaml("- id: dates\n  value: 47\n- id: é\n", "chiffres.yaml", "figures")
    assert problems == []
    assert front is not None
    assert front.values == {"figures": [{"id": "dates", "value": "47"}, {"id": "é"}]}
    assert front.marks["figures", 0, "value"] == (2, 10)
    assert front.keys["figures", 1, "id"] == (3, 3)


def test_an_empty_yaml_file_has_no_value():
    front, problems = read_yaml("# rien\n", "chiffres.yaml", "figures")
    assert problems == []
    assert front is not None
    assert front.values == {"figures": None}


@pytest.mark.parametrize(
    ("text", "place"),
    [("- id: a: b\n", "1:8"), ("a: 1\na: 2", "2:1"), ("x: \x01", "1:4"), ("- {", "1:1"), ('a: "x" y', "1:8")],
)
def test_a_broken_yaml_file_gives_nothing_but_its_mistake(text, place):
    front, problems = read_yaml(text, "chiffres.yaml", "figures")
    assert front is None
    assert [render_text(problem).startswith(f"chiffres.yaml:{place}: ") for problem in problems] == [True]
