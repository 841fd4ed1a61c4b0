"""Build, serve, watch, build again: the loop of ``./site serve``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from plugins.press import building, project, reporting
from plugins.press.kinds import Subject, allowances_of
from plugins.press.problems import ContentError, PressError, Problem
from plugins.press.serving import HOST, Board, Server
from plugins.press.watching import watch


def serve(load: Callable[[], project.Project], port: int) -> None:
    """Until interrupted. Builds run in the main thread, where a text that takes too long can be stopped."""
    found = load()
    subjects = project.load_subjects(found.plugins)
    board = Board()

    def rebuild() -> None:
        now = _at_port(load(), port)
        if board.problems or project.look(now).current is None:
            board.post(_build(now, subjects, processes=1))

    board.post(_build(_at_port(found, port), subjects, processes=0))
    server = Server(found.places.output, port, board, allowances_of(subjects))
    server.start()
    print(f"Le site est sur {server.url} (Ctrl+C pour arrêter).", flush=True)
    try:
        watch(found.places, project.PLUGINS_FOLDER, found.watched, rebuild)
    except KeyboardInterrupt:
        print("\nArrêté.")
    finally:
        server.stop()


def _at_port(found: project.Project, port: int) -> project.Project:
    settings = msgspec.structs.replace(found.settings, url=f"http://{HOST}:{port}", preview=True)
    return msgspec.structs.replace(found, settings=settings)


def _build(found: project.Project, subjects: tuple[Subject, ...], *, processes: int) -> tuple[Problem, ...]:
    """Build and say so; the problems, or the failure as one, for the page to show."""
    started = time.perf_counter()
    request = project.build_request(found, subjects, os.environ)
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
    reporting.say_result(result, "", time.perf_counter() - started)
    return result.warnings
