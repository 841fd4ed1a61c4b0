"""A problem is one thing an editor must mend: where it stands, what is wrong, how to put it right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True, gc=False):
    """One problem in one file.

    ``path`` is written from the project's root, ``line`` and ``column`` count from 1 (0 when the
    problem concerns the file as a whole), ``field`` is the front matter key or ``""``. ``message``
    is French: what is wrong, then how to mend it.
    """

    path: str
    line: int = 0
    column: int = 0
    field: str = ""
    message: str
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


class ContentError(Exception):
    """The content has errors: nothing may be published. Carries every problem of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(map(render_text, self.problems)))


class PressError(Exception):
    """The environment does not allow the work (missing theme, full disk, lock held): exit status 3."""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By path, line, column, field and message; the same problem is said once."""
    return tuple(sorted(set(problems), key=_order))


def stop_on_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The warnings, sorted. Raises ``ContentError`` with everything when there is an error."""
    ordered = sort_problems(problems)
    if any(problem.is_error for problem in ordered):
        raise ContentError(ordered)
    return ordered


def _order(problem: Problem) -> tuple[str, int, int, str, str, str]:
    return (problem.path, problem.line, problem.column, problem.field, problem.message, problem.severity)


def render_text(problem: Problem) -> str:
    """``path:line:column: field : message``, with « avertissement » for what does not stop the build."""
    place = ":".join([problem.path, *(str(n) for n in (problem.line, problem.column) if n)])
    mild = "" if problem.is_error else "avertissement : "
    field = f"{problem.field} : " if problem.field else ""
    return f"{place}: {mild}{field}{problem.message}"


def render_github(problem: Problem) -> str:
    """A workflow command that GitHub, Gitea and Forgejo show on the line of the file."""
    level = "error" if problem.is_error else "warning"
    place = f"file={_escape_property(problem.path)}"
    if problem.line:
        place += f",line={problem.line},col={max(problem.column, 1)}"
    return f"::{level} {place}::{_escape_data(_message(problem))}"


def render_gitlab(problems: Iterable[Problem]) -> str:
    """GitLab's Code Quality report (a JSON list), which merge requests show on the line."""
    from hashlib import blake2b

    report = [
        {
            "description": _message(problem),
            "check_name": problem.field or "contenu",
            "fingerprint": blake2b(render_text(problem).encode(), digest_size=16).hexdigest(),
            "severity": "major" if problem.is_error else "minor",
            "location": {"path": problem.path, "lines": {"begin": max(problem.line, 1)}},
        }
        for problem in problems
    ]
    return json.dumps(report, ensure_ascii=False, indent=2)


def render_json(problems: Iterable[Problem]) -> str:
    """A JSON list with the fields of ``Problem``, for editors and other tools."""
    keys = ("path", "line", "column", "field", "message", "severity")
    return json.dumps([{key: getattr(p, key) for key in keys} for p in problems], ensure_ascii=False, indent=2)


def _message(problem: Problem) -> str:
    return f"{problem.field} : {problem.message}" if problem.field else problem.message


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
