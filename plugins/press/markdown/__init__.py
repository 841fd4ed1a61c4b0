"""The text of a document: Markdown in, safe HTML out, with what the rest of the press must know of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from plugins.press.lean import without
from plugins.press.markdown.body import Body, Fence, Heading, Link
from plugins.press.problems import Problem

__all__ = ["Body", "Fence", "Heading", "Link", "render_body"]


def render_body(
    source: str, *, path: str, first_line: int = 1, blocks: list[Fence] | None = None
) -> tuple[Body | None, list[Problem]]:
    """Render the Markdown of one file; None when it has an error. All its problems come at once.

    ``source`` has LF line ends and starts at line ``first_line`` of the file ``path``. The blocks of the text are
    put into ``blocks``, also when it has an error: theirs are to be told too.
    """
    return _load()(source, path, first_line, blocks if blocks is not None else [])


@cache
def _load() -> Callable[[str, str, int, list[Fence]], tuple[Body | None, list[Problem]]]:
    """The Markdown library, loaded when there is something to render (60 ms); it need not look for Pygments (40)."""
    with without("pygments"):
        from plugins.press.markdown.rendering import render
    return render
