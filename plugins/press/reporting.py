"""What the commands say to people: results on the standard output, problems and failures on the error output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from plugins.press.problems import Problem, render_github, render_text

if TYPE_CHECKING:
    from plugins.press.building import Result

_SHOWN = 12
_NAMES = (
    ("pages", "page", "pages"),
    ("events", "événement", "événements"),
    ("articles", "article", "articles"),
    ("dossiers", "dossier", "dossiers"),
    ("reports", "rapport", "rapports"),
)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def say_problems(problems: Iterable[Problem]) -> None:
    """Every problem on a line; on a forge, also as annotations that it shows on the line of the file."""
    problems = tuple(problems)
    for problem in problems:
        print(render_text(problem), file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(render_github(problem))
    errors = sum(problem.is_error for problem in problems)
    if errors:
        warnings = len(problems) - errors
        beside = f" et {count(warnings, 'avertissement', 'avertissements')}" if warnings else ""
        print(f"{count(errors, 'erreur', 'erreurs')}{beside}. Le site publié n'a pas changé.", file=sys.stderr)


def say_failure(error: Exception) -> None:
    print(f"Impossible de continuer : {describe_failure(error)}", file=sys.stderr)


def describe_failure(error: Exception) -> str:
    """One line; of what the system refused, the place and the reason."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'le disque'} : {error.strerror}."
    return str(error)


def say_result(result: Result, output: str = "", seconds: float | None = None) -> None:
    """What the site holds, and what this build did to it."""
    say_problems(result.warnings)
    time = f" en {seconds:.2f} s".replace(".", ",") if seconds is not None else ""
    where = f" → {output}" if output else ""
    print(f"{describe(result.counts)}{where}")
    written, removed = len(result.changed), len(result.removed)
    if not (written or removed):
        print(f"Rien n'a changé{time}.")
        return
    done = [count(result.read, "texte lu", "textes lus"), count(written, "fichier écrit", "fichiers écrits")]
    done += [count(removed, "fichier retiré", "fichiers retirés")] if removed else []
    print(f"{', '.join(done)}{time}.")
    changes = [*_list("+", result.changed, result.folders), *_list("-", result.removed, result.folders)]
    if len(changes) <= _SHOWN:
        print("\n".join(changes))


def _list(sign: str, paths: Iterable[str], folders: tuple[str, ...]) -> dict[str, None]:
    """A line for each path, and one for all those of a folder of ``folders``."""
    tops = ((path, path.partition("/")[0]) for path in paths)
    return dict.fromkeys(f"  {sign} {top}/…" if top in folders else f"  {sign} {path}" for path, top in tops)


def describe(counts: dict[str, int]) -> str:
    """« 92 pages, 47 événements, 5 articles… »."""
    return ", ".join(count(counts[key], one, many) for key, one, many in _NAMES if counts.get(key)) or "Un site vide"


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"
