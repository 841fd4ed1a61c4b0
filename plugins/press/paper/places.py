"""Where something that cannot be printed stands in the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.press.paper.sheets import UnprintableError
from plugins.press.problems import Problem
from plugins.press.sources import decode, read_source


def find_places(content: Path, sources: Iterable[str], needle: str, message: str) -> Iterator[Problem]:
    """A problem at the first place of each source that has ``needle``, whatever its capitals."""
    for path in sources:
        text, _ = decode(read_source(content, path), path)
        if (start := text.lower().find(needle.lower())) >= 0:
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            yield Problem(path=path, line=line, column=column, message=message)


def refuse(content: Path, sources: tuple[str, ...], needles: Iterable[tuple[str, str]]) -> UnprintableError:
    """The error for what cannot be printed: each needle with its message, at its places, or named with the document."""
    needles = [*needles]
    found = [problem for needle, message in needles for problem in find_places(content, sources, needle, message)]
    nowhere = [Problem(path=sources[0] if sources else "", message=message) for _, message in needles]
    return UnprintableError(tuple(found or nowhere))
