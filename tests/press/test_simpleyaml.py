"""The quick way for simple YAML gives the values and the places that the library gives."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.press.frontmatter import read_front_matter
from plugins.press.simpleyaml import SimpleYaml

KEYS = st.sampled_from(["a", "b", "title", "place", "é", "A", "1"])
SIMPLE = [
    "",
    "mot",
    "2026-01-05T14:30",
    "https://a.b/c?d=e",
    '"un: mot"',
    "'un # mot'",
    '""',
    "«\u00a0oui\u00a0»",
    "[]",
]
LISTS = [
    "[a, b]",
    '["37"]',
    "[un mot, 'b c', \"d\", 2026-01-05]",
    "[a,b]",
    "[ a ]",
    "[a, [b]]",
    "[a",
    "[a: b]",
    "{a: b}",
]
OTHER = [
    "mot # remarque",
    "mot#",
    "un: mot",
    "un :mot",
    "un:",
    "mot ",
    '"un" mot',
    '"a\\"b"',
    "'l''eau'",
    "|",
    ">",
    "null",
]
SIGNS = [
    "&a",
    "*a",
    "!",
    "!!str a",
    "%",
    "@",
    "- x",
    "? x",
    "~",
    "=",
    "\tmot",
    "\ufeff",
    "\ufeffmot",
    "+33",
    "/a/",
    "(b)",
]
values = st.sampled_from(SIMPLE) | st.sampled_from(SIMPLE + LISTS + OTHER + SIGNS)
fields = st.builds(
    "{}{}:{}{}".format, st.sampled_from(["", "", "  ", " ", "    "]), KEYS, st.sampled_from([" ", " ", ""]), values
)
items = st.builds("{}- {}".format, st.sampled_from(["  ", "  ", "", "    "]), values)
lines = fields | items | st.sampled_from(["a:", "place:", "tags:", "", "# remarque", "  mot", "---", "..."])
heads = st.lists(lines, max_size=8).map("\n".join) | st.text("ab:- \n\"'[],#", max_size=30)


def is_simple(head):
    return SimpleYaml().read(head, 2)


def read(head):
    return read_front_matter(f"---\n{head}\n---\nUn texte.", "x.md")


@settings(max_examples=3000, deadline=None)
@given(heads)
@example("a: b\nplace:\n  a: b\n  b: [c, 'd']\ntags:\n  - un\n  - \"deux\"\nb: [e]")
@example("place:\n  a: b\n  a: c")
@example("place:\n  - a\n  b: c")
@example("place:\n  a: b\n  - c")
@example("a: un\n  mot")
@example("a:\nb: c")
@example("a:")
@example("a: mot \nb: c")
@example('a: "un\ufeff"\nb: un\ufeff')
def test_a_head_is_read_the_same_both_ways(head):
    quick = read(head)
    with patch.object(SimpleYaml, "read", return_value=False):
        assert quick == read(head)


def test_usual_heads_take_the_quick_way():
    head = """title: "Un titre : long"
date: 2026-02-28T18:30
departments: ["37", 41]
place:
  name: « Chez nous »
  city: Saint-Pierre-des-Corps
tags:
  - vie associative
  - 'l’eau'
online: https://exemple.fr/a?b=c
"""
    assert is_simple(head)


@pytest.mark.parametrize(
    "head",
    [
        "a: b # c\n",
        "a:\n- b\n",
        "a: |\n  b\n",
        "a: {b: c}\n",
        "a:\n  - b: c\n",
        "a: &b c\n",
        "a: b\na: c\n",
        "a:\n",
        "a: b",
    ],
)
def test_other_heads_do_not(head):
    assert not is_simple(head)
