"""The project on disk: its settings file, its plugins, and what a build of it would ask for."""

from __future__ import annotations

import importlib
import os
import runpy
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.press import clock, snapshot
from plugins.press.problems import PressError
from plugins.press.settings import Places, Settings, read_places, read_settings
from plugins.press.sources import Tree, scan

if TYPE_CHECKING:
    from plugins.press.building import Request
    from plugins.press.bundles import Mode
    from plugins.press.kinds import Subject

PLUGINS_FOLDER = Path(__file__).resolve().parents[1]
HOST = "plugins.press"
_LARGE = 10_000
"""Documents: listing so many takes longer than to fork."""


class Choices(Struct, frozen=True):
    """What a command chooses for one build: with the drafts, without the PDFs (nor the cards, drawn by Typst too)."""

    drafts: bool = False
    pdf: bool = True


DEFAULTS = Choices()


class Project(Struct, frozen=True):
    """Who we are, where everything is, which plugins make the site, and what time it is."""

    settings: Settings
    places: Places
    plugins: tuple[str, ...]
    watched: tuple[Path, ...]
    now: datetime
    pinned: bool


def load(
    settings_file: Path,
    environ: Mapping[str, str],
    *,
    content: str = "",
    output: str = "",
    choices: Choices = DEFAULTS,
) -> Project:
    """Read a settings file; ``content`` and ``output`` (from the caller's folder) take the place of its own.

    Raises ``PressError``, or ``ClockError`` when ``SITE_NOW`` cannot be read.
    """
    root = settings_file.parent.resolve()
    values = _run(settings_file)
    here = os.getcwd()
    values |= {"PATH": os.path.join(here, content)} if content else {}
    values |= {"OUTPUT_PATH": os.path.join(here, output)} if output else {}
    return build(values, root, environ, choices=choices, watched=(settings_file, root / "pelicanconf.py"))


def build(
    values: Mapping[str, Any],
    root: Path,
    environ: Mapping[str, str],
    *,
    watched: Iterable[Path],
    choices: Choices = DEFAULTS,
) -> Project:
    """The project that Pelican's settings describe."""
    settings = read_settings(values)
    settings = msgspec.structs.replace(settings, drafts=settings.drafts or choices.drafts)
    if not choices.pdf:
        settings = msgspec.structs.replace(settings, pdf=False, sharing_cards=0)
    return Project(
        settings=settings,
        places=read_places(values, root),
        plugins=tuple(values.get("PLUGINS") or ()),
        watched=tuple(dict.fromkeys(file.resolve() for file in watched)),
        now=clock.read_now(environ, settings.timezone),
        pinned=clock.is_pinned(environ),
    )


def load_subjects(plugins: Iterable[str]) -> tuple[Subject, ...]:
    """The subjects of the plugins, in order. Raises ``PressError`` naming the one that is missing or foreign."""
    subjects = []
    for name in plugins:
        if name == HOST:
            continue
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            message = f"le greffon « {name} » est introuvable. Vérifier PLUGINS dans pelicanconf.py."
            raise PressError(message) from error
        if not hasattr(module, "SUBJECT"):
            message = f"le greffon « {name} » n'apporte pas de SUBJECT : ce n'est pas un greffon de ce site."
            raise PressError(message)
        subjects.append(module.SUBJECT)
    return tuple(subjects)


class Look(Struct, frozen=True):
    """``current`` is what the last build saw, when a build now has nothing to do; ``sources`` all files, if listed."""

    current: snapshot.Snapshot | None = None
    sources: Tree | None = None


def look(project: Project, bundles: Mode = "small", meanwhile: Sequence[Callable[[], object]] = ()) -> Look:
    """Whether there may be something to do: stops at the first sign that there is.

    What a build would need is prepared ``meanwhile``, step by step, while another process lists the files of a large
    site, and no further than that takes.
    """
    seen = snapshot.read(project.places.state)
    if (
        seen is None
        or seen.settings != project.settings.fingerprint()
        or seen.bundles != bundles
        or seen.output != _identity(project.places.output)
    ):
        return Look()
    same_time = project.now == seen.now if project.pinned else seen.now <= project.now < seen.holds_until
    if not same_time or seen.commit != snapshot.read_commit(project.places.root):
        return Look()
    if seen.code != snapshot.stamp_code([PLUGINS_FOLDER, *project.places.themes], project.watched):
        return Look()
    if not project.places.content.is_dir():
        return Look()
    is_large = sum(seen.counts.values()) >= _LARGE
    sources = _scan_beside(project.places, meanwhile) if meanwhile and is_large else _scan(project.places)
    return Look(seen if seen.content == sources.stamp else None, sources)


def _scan(places: Places) -> Tree:
    return scan(places.content, places.shown_content)


def _scan_beside(places: Places, meanwhile: Sequence[Callable[[], object]]) -> Tree:
    from plugins.press import workers

    if workers.count(os.environ) < 2:
        return _scan(places)
    listed = workers.begin(lambda: msgspec.msgpack.encode(_scan(places)))
    for step in meanwhile:
        if listed.is_done():
            break
        step()
    found = listed.result()
    return msgspec.msgpack.decode(found, type=Tree) if found else _scan(places)


def build_request(  # noqa: PLR0913 - what is asked of a build, each by name
    project: Project,
    subjects: tuple[Subject, ...],
    environ: Mapping[str, str],
    *,
    full: bool = False,
    publish: bool = True,
    bundles: Mode = "small",
) -> Request:
    """What to ask of the press for this project."""
    from plugins.press import workers
    from plugins.press.building import Request

    return Request(
        settings=project.settings,
        places=project.places,
        subjects=subjects,
        code=(PLUGINS_FOLDER,),
        watched=project.watched,
        now=project.now,
        full=full,
        publish=publish,
        bundles=bundles,
        processes=workers.count(environ),
    )


def _run(settings_file: Path) -> dict[str, Any]:
    if not settings_file.is_file():
        message = f"le fichier de réglages {settings_file.name} est introuvable dans {settings_file.parent}."
        raise PressError(message)
    folder = str(settings_file.parent.resolve())
    sys.path[:] = [folder, *(place for place in sys.path if place != folder)]
    sys.modules.pop("pelicanconf", None)  # publishconf.py imports the one beside it, and as it is now
    try:
        values = runpy.run_path(str(settings_file))
    except SyntaxError as error:
        message = f"{settings_file.name} : ligne {error.lineno} illisible ({error.msg})."
        raise PressError(message) from error
    except Exception as error:
        message = f"{settings_file.name} : ce fichier s'arrête sur une erreur ({error!r})."
        raise PressError(message) from error
    return {key: value for key, value in values.items() if key.isupper()}


def _identity(output: Path) -> tuple[int, int]:
    try:
        status = output.stat()
    except OSError:
        return (0, 0)
    return (status.st_ino, status.st_mtime_ns)
