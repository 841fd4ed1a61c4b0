"""Pelican's side: settings in, its own generators off, the press's build as its one generator."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.press import project, reporting
from plugins.press.clock import ClockError
from plugins.press.kinds import Subject
from plugins.press.problems import ContentError, PressError

_subjects: dict[str, Subject] = {}


def connect() -> None:
    """From now on Pelican's build is the press's build."""
    signals.get_generators.connect(_get_generators)
    signals.article_generator_init.connect(_switch_off)
    signals.page_generator_init.connect(_switch_off)


def register(subject: Subject) -> None:
    """A subject joins the press, in the order of ``PLUGINS``."""
    _subjects[subject.name] = subject


def _switch_off(generator: Any) -> None:
    """Without a path to read it has nothing to write, yet it would compile the theme's templates its own way."""
    generator.generate_output = lambda _writer: None


def _get_generators(_pelican: Any) -> type[PressGenerator]:
    return PressGenerator


class PressGenerator:
    """What Pelican calls a generator: it gives Pelican nothing to write, and publishes by itself."""

    def __init__(self, *, settings: dict[str, Any], path: str, theme: str, output_path: str, **_pelican: Any) -> None:
        self.values = settings | {"PATH": path, "THEME": theme, "OUTPUT_PATH": output_path}

    def generate_output(self, _writer: Any) -> None:
        """Build. Leaves with the exit status of urls.md: 1 for problems of content, 2 for wrong use, 3 otherwise."""
        try:
            reporting.say_result(self._build())
        except ContentError as error:
            reporting.say_problems(error.problems)
            sys.exit(1)
        except ClockError as error:
            reporting.say_failure(error)
            sys.exit(2)
        except (PressError, OSError) as error:
            reporting.say_failure(error)
            sys.exit(3)

    def _build(self) -> Any:
        from plugins.press import building

        missing = [
            name
            for name in self.values.get("REQUIRED_PLUGINS", ())
            if name != project.HOST and name.rpartition(".")[2] not in _subjects
        ]
        if missing:
            message = f"greffon introuvable : {', '.join(map(str, missing))}. Vérifier PLUGINS dans pelicanconf.py."
            raise PressError(message)
        root = Path.cwd()
        found = project.build(self.values, root, os.environ, watched=())
        request = project.build_request(found, tuple(_subjects.values()), os.environ)
        return building.build(request, reporting.say)
