"""Build, serve, watch, build again: the loop of ``./site serve``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from plugins.press import building, project, reporting
from plugins.press.background import Workshop
from plugins.press.kinds import Subject, allowances_of
from plugins.press.problems import ContentError, PressError, Problem
from plugins.press.serving import HOST, Board, Server
from plugins.press.watching import watch


def serve(load: Callable[[], project.Project], port: int) -> None:
    """Until interrupted. Builds run in the main thread, where a text that takes too long can be stopped."""
    found = load()
    subjects = project.load_subjects(found.plugins)
    preview = _Preview(load, port, subjects)
    preview.build(_at_port(found, port), processes=0)
    server = Server(found.places.output, port, preview.board, allowances_of(subjects))
    server.start()
    preview.workshop.start()
    print(f"Le site est sur {server.url} (Ctrl+C pour arrêter).", flush=True)
    try:
        watch(found.places, project.PLUGINS_FOLDER, found.watched, preview.rebuild, preview.finish)
    except KeyboardInterrupt:
        print("\nArrêté.")
    finally:
        server.stop()


class _Preview:
    """The builds of one preview: of what was changed, and of what was made meanwhile."""

    def __init__(self, load: Callable[[], project.Project], port: int, subjects: tuple[Subject, ...]) -> None:
        self._load = load
        self._port = port
        self._subjects = subjects
        self.board = Board()
        self.workshop = Workshop()

    def rebuild(self) -> None:
        """After a change; what it leaves for later is begun at once."""
        now = _at_port(self._load(), self._port)
        if self.board.problems or project.look(now, "kept").current is None:
            self.build(now)

    def finish(self) -> None:
        """When nothing changes: what was made meanwhile joins the site, and no page is loaded again for it alone."""
        for name in self.workshop.keep_made():
            result = self._try(_at_port(self._load(), self._port), processes=1)
            if isinstance(result, building.Result):
                print(f"{name[:1].upper()}{name[1:]} est à jour.", flush=True)

    def build(self, found: project.Project, *, processes: int = 1) -> None:
        """Build, say so, and show the problems in the page. ``processes``: as many as this machine likes when 0."""
        started = time.perf_counter()
        result = self._try(found, processes)
        if isinstance(result, building.Result):
            reporting.say_result(result, "", time.perf_counter() - started)
            self.board.post(result.warnings)
        else:
            self.board.post(result)

    def _try(self, found: project.Project, processes: int) -> building.Result | tuple[Problem, ...]:
        """What was built; or the problems, or the failure as one, once they are said."""
        request = project.build_request(found, self._subjects, os.environ, bundles="kept")
        if processes:
            # a process that serves from threads must not fork: one is enough for an edit
            request = msgspec.structs.replace(request, processes=processes)
        try:
            result = building.build(request, reporting.say)
        except ContentError as error:
            reporting.say_problems(error.problems)
            return error.problems
        except (PressError, OSError) as error:
            reporting.say_failure(error)
            message = reporting.describe_failure(error)
            return (Problem(path=os.path.relpath(found.places.root, Path.cwd()), message=message),)
        self.workshop.want(result.late)
        return result


def _at_port(found: project.Project, port: int) -> project.Project:
    settings = msgspec.structs.replace(found.settings, url=f"http://{HOST}:{port}", preview=True)
    return msgspec.structs.replace(found, settings=settings)
