"""Where something that cannot be printed stands in the content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.press.paper.sheets import UnprintableError
from plugins.press.problems import PressError, Problem
from plugins.press.sources import decode, read_source, scan

_TEXTS = (".md", ".yaml", ".csv", ".svg")


def refuse(content: Path, sources: Iterable[str], needles: Iterable[tuple[str, str]]) -> UnprintableError:
    """The error for what cannot be printed: each needle with its message, where the sources of the document have it.

    What comes from elsewhere (the title of an event, a drawing) is looked for in all the content.
    """
    found: list[Problem] = []
    for needle, message in needles:
        places = [*_find(content, sources, needle, message)] or [*_find(content, _texts(content), needle, message)]
        found += places or [Problem(path=next(iter(sources), ""), message=message)]
    return UnprintableError(tuple(found))


def _texts(content: Path) -> list[str]:
    return [path for path in scan(content, content.name).files if path.endswith(_TEXTS)] if content.is_dir() else []


def _find(content: Path, paths: Iterable[str], needle: str, message: str) -> Iterator[Problem]:
    """A problem at the first place of each file that has ``needle``, whatever its capitals."""
    for path in paths:
        try:
            text, _ = decode(read_source(content, path), path)
        except PressError:
            continue
        if found := re.search(re.escape(needle), text, re.IGNORECASE):
            start = found.start()
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            yield Problem(path=path, line=line, column=column, message=message)
