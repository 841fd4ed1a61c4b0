"""Problems: one thing to mend, said to people, to forges and to tools."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.problems import (
    ContentError,
    Problem,
    render_github,
    render_gitlab,
    render_json,
    render_text,
    sort_problems,
)

PROBLEMS = st.builds(
    Problem,
    path=st.text(min_size=1),
    line=st.integers(0, 3),
    column=st.integers(0, 3),
    field=st.sampled_from(["", "title", "a,b:c"]),
    message=st.text(),
    severity=st.sampled_from(["error", "warning"]),
)


def problem(path: str = "content/a.md", line: int = 4, column: int = 8, **values: Any) -> Problem:
    return Problem(path=path, line=line, column=column, **{"field": "start", "message": "non."} | values)


# For people


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "content/a.md:4:8: start : non."),
        ({"field": ""}, "content/a.md:4:8: non."),
        ({"line": 0, "column": 0}, "content/a.md: start : non."),
        ({"severity": "warning"}, "content/a.md:4:8: avertissement : start : non."),
        ({"severity": "warning", "field": ""}, "content/a.md:4:8: avertissement : non."),
    ],
)
def test_people_read_a_place_then_a_field_then_a_sentence(values, text):
    assert render_text(problem(**values)) == text


@given(st.lists(PROBLEMS))
def test_the_order_of_problems_is_theirs_alone_and_each_is_said_once(found):
    ordered = sort_problems(found)
    assert ordered == sort_problems(reversed(found))
    assert set(ordered) == set(found)
    assert len(ordered) == len(set(found))
    places = [(one.path, one.line, one.column) for one in ordered]
    assert places == sorted(places)


def test_an_error_carries_every_problem_in_order():
    error = ContentError([problem("b.md"), problem("a.md", 2), problem("a.md", 1, severity="warning")])
    lines = ["a.md:1:8: avertissement : start : non.", "a.md:2:8: start : non.", "b.md:4:8: start : non."]
    assert str(error).split("\n") == lines
    assert [one.is_error for one in error.problems] == [False, True, True]


# For forges and tools


def test_github_shows_the_sentence_on_the_line():
    found = render_github(problem("content/été, 1:2.md", message="100 %\nsûr"))
    assert found == "::error file=content/été%2C 1%3A2.md,line=4,col=8::start : 100 %25%0Asûr"


def test_github_is_told_no_line_that_does_not_exist():
    assert render_github(problem(line=0, column=0, severity="warning")) == "::warning file=content/a.md::start : non."
    assert ",line=4,col=1::" in render_github(problem(column=0))


@given(PROBLEMS)
def test_nothing_in_a_problem_can_end_github_s_command_or_begin_another(found):
    command = render_github(found)
    head, separator, data = command.removeprefix("::").partition("::")
    assert separator
    assert not re.search(r"[\r\n]", command)
    said = f"{found.field} : {found.message}" if found.field else found.message
    properties = dict(part.split("=", 1) for part in head.partition(" ")[2].split(","))
    assert unescape(data) == said
    assert unescape(properties["file"]) == found.path
    assert set(properties) == ({"file", "line", "col"} if found.line else {"file"})


def unescape(text: str) -> str:
    """What the runner does to a property or to data."""
    pairs = ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")
    for code, character in pairs:
        text = text.replace(code, character)
    return text


def test_gitlab_reads_a_report_of_code_quality():
    (found,) = json.loads(render_gitlab([problem(message="« é »")]))
    fingerprint = found.pop("fingerprint")
    assert re.fullmatch("[0-9a-f]{32}", fingerprint)
    assert found == {
        "description": "start : « é »",
        "check_name": "start",
        "severity": "major",
        "location": {"path": "content/a.md", "lines": {"begin": 4}},
    }


def test_gitlab_takes_a_problem_of_the_whole_file_for_one_of_its_first_line():
    (found,) = json.loads(render_gitlab([problem(line=0, column=0, field="", severity="warning")]))
    assert found["location"]["lines"] == {"begin": 1}
    assert (found["check_name"], found["severity"]) == ("contenu", "minor")


@given(st.lists(PROBLEMS, unique=True))
def test_gitlab_tells_problems_apart_by_their_fingerprints(found):
    report = json.loads(render_gitlab(found))
    assert len({entry["fingerprint"] for entry in report}) == len({render_text(one) for one in found})
    assert render_gitlab(found) == render_gitlab(list(found))


@given(st.lists(PROBLEMS))
def test_tools_get_every_field_of_every_problem(found):
    assert [Problem(**entry) for entry in json.loads(render_json(found))] == found


def test_without_problems_the_reports_are_empty_lists():
    assert render_json([]) == render_gitlab([]) == "[]"
