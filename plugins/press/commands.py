"""The commands of the site: each does its work, tells people in French, and returns the exit status of urls.md.

0 done, 1 problems in the content, 2 wrong use, 3 the environment.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import msgspec

from plugins.press import project, reporting, snapshot
from plugins.press.clock import ClockError
from plugins.press.problems import (
    ContentError,
    PressError,
    render_github,
    render_gitlab,
    render_json,
    render_text,
)
from plugins.press.project import Choices

if TYPE_CHECKING:
    from plugins.press.building import Request
    from plugins.press.bundles import Mode
    from plugins.press.kinds import Subject

ROOT = project.PLUGINS_FOLDER.parent
FORMATS = ("text", "github", "gitlab", "json")
DONE, PROBLEMS, WRONG_USE, ENVIRONMENT = 0, 1, 2, 3
_SHALLOW = (
    "ce dépôt git est une copie sans son passé (clone superficiel) : les calendriers donneraient de fausses versions "
    "aux personnes abonnées. Lancer « git fetch --unshallow » (dans une intégration continue : fetch-depth: 0)."
)
P = ParamSpec("P")


def command(work: Callable[P, int]) -> Callable[P, int]:
    """Turn what can go wrong into words and an exit status: never a traceback for what an editor did."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return work(*args, **kwargs)
        except ContentError as error:
            reporting.say_problems(error.problems)
            return PROBLEMS
        except ClockError as error:
            reporting.say_failure(error)
            return WRONG_USE
        except (PressError, OSError) as error:
            reporting.say_failure(error)
            return ENVIRONMENT

    return run


@command
def build(
    *,
    content: str = "",
    output: str = "",
    full: bool = False,
    drafts: bool = False,
    pdf: bool = True,
    search: bool = False,
    settings: str = "",
    leave: Callable[[int], None] = lambda _: None,
) -> int:
    """Check, then build: prints what changed and how long it took. ``leave`` may end the process there and then."""
    started = time.perf_counter()
    found = project.load(
        _settings_file(settings), os.environ, content=content, output=output, choices=Choices(drafts, pdf)
    )
    shown = os.path.relpath(found.places.output)
    bundles: Mode = "always" if search else "small"

    @functools.cache
    def ask() -> Request:
        """What to ask of the press; this imports all that a build needs, which takes a while."""
        subjects = project.load_subjects(found.plugins)
        return project.build_request(found, subjects, os.environ, full=full, bundles=bundles)

    @functools.cache
    def prepare() -> Request:
        """The same with what the last builds kept, which takes as long again in a large site."""
        from plugins.press import building

        return building.prepare(ask())

    seen = project.Look() if full else project.look(found, bundles, meanwhile=(ask, prepare))
    if seen.current is not None:
        reporting.say_problems(seen.current.warnings)
        print(f"{reporting.describe(seen.current.counts)} → {shown}\nRien n'a changé en {_seconds(started)} s.")
        return DONE
    from plugins.press import building

    result = building.build(msgspec.structs.replace(prepare(), sources=seen.sources), reporting.say)
    reporting.say_result(result, shown, time.perf_counter() - started)
    leave(DONE)
    return DONE


@command
def check(*, content: str = "", output: str = "", form: str = "text", drafts: bool = False, settings: str = "") -> int:
    """Print all problems of all files; nothing is published."""
    if form not in FORMATS:
        print(f"--format : écrire {', '.join(FORMATS)}.", file=sys.stderr)
        return WRONG_USE
    from plugins.press import building

    found = project.load(_settings_file(settings), os.environ, content=content, output=output, choices=Choices(drafts))
    request = project.build_request(found, project.load_subjects(found.plugins), os.environ, publish=False)
    try:
        result = building.build(request, reporting.say)
    except ContentError as error:
        problems, status = error.problems, PROBLEMS
    else:
        problems, status = result.warnings, DONE
        for path in result.recorded:
            reporting.say(f"{found.places.shown_content}/{path} : mis à jour, à enregistrer (commit) avec le reste.")
    lines = {"text": render_text, "github": render_github}
    if form in lines:
        print("\n".join(map(lines[form], problems)) or "Aucun problème.")
    else:
        print({"gitlab": render_gitlab, "json": render_json}[form](problems))
    return status


@command
def new(
    kind: str,
    title: str,
    *,
    date: str = "",
    start: str = "",
    dossier: str = "",
    year: str = "",
    content: str = "",
) -> int:
    """Write a ready-to-fill file and print its path."""
    from plugins.press import starting

    found = project.load(_settings_file(""), os.environ, content=content)
    subjects = project.load_subjects(found.plugins)
    wish = starting.Wish(kind, title, date=date, start=start, dossier=dossier, year=year)
    try:
        path = starting.write_starter(wish, subjects, found.settings, found.places, found.now)
    except starting.WrongUseError as error:
        reporting.say_failure(error)
        return WRONG_USE
    print(f"{found.places.shown_content}/{path}", flush=True)
    _advise(found, subjects, kind, path)
    return DONE


def _advise(found: project.Project, subjects: tuple[Subject, ...], kind: str, path: str) -> None:
    """What is worth a thought about the new file. It is written: failing to give advice fails nothing."""
    if not any(subject.advise and kind in {known.name for known in subject.kinds} for subject in subjects):
        return
    from plugins.press import building

    try:
        reporting.say_problems(building.advise(project.build_request(found, subjects, os.environ), path))
    except (PressError, OSError) as error:
        reporting.say_failure(error)


@command
def import_(*, content: str = "", settings: str = "", accept: str = "") -> int:
    """Refresh what comes from others; nothing is built. 3 when nobody could be reached."""
    from plugins.press import importing

    found = project.load(_settings_file(settings), os.environ, content=content)
    accepted = tuple(filter(None, (name.strip() for name in accept.split(","))))
    result = importing.refresh(found, project.load_subjects(found.plugins), accepted, reporting.say)
    print("\n".join(result.lines) or "Aucun calendrier à importer.")
    reporting.say_problems(result.problems)
    if unknown := [name for name in accepted if name not in result.names]:
        known = ", ".join(result.names) or "aucun"
        print(
            f"--accept : « {unknown[0]} » n'est pas un calendrier. Écrire l'un de ceux-ci : {known}.", file=sys.stderr
        )
        return WRONG_USE
    if any(problem.is_error for problem in result.problems):
        return PROBLEMS
    return ENVIRONMENT if result.tried and result.failed == result.tried else DONE


@command
def freeze(name: str, *, content: str = "", settings: str = "") -> int:
    """Write what must no longer change – the key dates of the report of that year – and say what to do next."""
    from plugins.press import building

    found = project.load(_settings_file(settings), os.environ, content=content)
    written, frozen = building.freeze(
        project.build_request(found, project.load_subjects(found.plugins), os.environ, publish=False), name
    )
    if frozen.refusal:
        print(frozen.refusal, file=sys.stderr)
        return WRONG_USE
    for path in written:
        print(f"{found.places.shown_content}/{path} : {frozen.said} À enregistrer (commit) avec le reste.")
    return DONE


@command
def serve(*, port: int = 8000, content: str = "", output: str = "", drafts: bool = False, settings: str = "") -> int:
    """Build, serve on the loopback interface, build again at each change."""
    from plugins.press import previewing

    def load() -> project.Project:
        return project.load(
            _settings_file(settings), os.environ, content=content, output=output, choices=Choices(drafts)
        )

    previewing.serve(load, port)
    return DONE


@command
def publish(*, to: str = "", to_branch: str = "", remote: str = "origin", content: str = "", settings: str = "") -> int:
    """Build with publishconf.py, check, and release in one step to a folder or to a git branch."""
    if bool(to) == bool(to_branch):
        print("Dire où publier : --to DOSSIER, ou --to-branch BRANCHE (avec --remote NOM).", file=sys.stderr)
        return WRONG_USE
    from plugins.press import building, history, releasing, store

    found = project.load(_settings_file(settings or str(ROOT / "publishconf.py")), os.environ, content=content)
    if history.is_shallow(found.places.root):
        raise PressError(_SHALLOW)
    if found.settings.url.endswith(".example"):
        reporting.say("avertissement : SITEURL n'est pas celle du site (publishconf.py, ou variable SITE_URL).")
    subjects = project.load_subjects(found.plugins)
    result = building.build(project.build_request(found, subjects, os.environ, bundles="always"), reporting.say)
    output, commit = found.places.output, snapshot.read_commit(found.places.root)
    reporting.say_result(result, os.path.relpath(output))
    with store.locked(found.places.state, reporting.say):  # no other build changes what is being copied
        if to:
            name = f"{found.now:%Y%m%dT%H%M%S}" + (f"-{commit[:8]}" if commit else "")
            release = releasing.release_to_folder(output, Path.cwd() / to, name, reporting.say)
            print(f"Publié : {os.path.relpath(release)} (current)")
            return DONE
        message = f"Publication du {found.now:%Y-%m-%d %H:%M}" + (f" ({commit[:8]})" if commit else "")
        branch = releasing.Branch(remote, to_branch)
        pushed = releasing.release_to_branch(output, found.places.root, branch, found.now, message)
    print(f"Publié : {remote}/{to_branch} ({pushed[:8]})" if pushed else f"{remote}/{to_branch} est déjà à jour.")
    return DONE


def test() -> int:
    """Style, types, tests with a full build of the real content; stops at the first that fails."""
    import subprocess

    if status := subprocess.run([sys.executable, "-m", "tests.nodejs"], cwd=ROOT, check=False).returncode:
        return status
    paths = ["plugins", "tests", "bench", "themes", "tasks.py", "pelicanconf.py", "publishconf.py", "site"]
    steps = {
        "style": ["ruff", "check", *paths],
        "mise en forme": ["ruff", "format", "--check", *paths],
        "types": ["mypy"],
        "tests": ["pytest", "--numprocesses=auto", "--no-loadscope-reorder"],
    }
    for name, arguments in steps.items():
        print(f"— {name} : {' '.join(arguments)}", flush=True)
        if subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=False).returncode:
            print(f"Échec : {name}.", file=sys.stderr)
            return PROBLEMS
    return DONE


def bench(numbers: str, *, agenda: bool, write: bool, lighthouse: bool) -> int:
    """The benchmark of ``bench/``: beside Hugo and Pelican, with a large agenda, or Lighthouse on the site's pages."""
    import subprocess

    options = {"--agenda": agenda, "--write": write}
    numbered = ["--n", numbers] if numbers else []
    arguments = ["bench", *numbered, *(name for name, wanted in options.items() if wanted)]
    asked = ["bench.lighthouse"] if lighthouse else arguments
    return subprocess.run([sys.executable, "-m", *asked], cwd=ROOT, check=False).returncode


def _settings_file(name: str) -> Path:
    return Path.cwd() / name if name else ROOT / "pelicanconf.py"


def _seconds(started: float) -> str:
    return f"{time.perf_counter() - started:.2f}".replace(".", ",")
