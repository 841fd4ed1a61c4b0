"""The headings of one body: identifiers that hold as long as their words do, and levels without gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from plugins.press.markdown.body import Heading
from plugins.press.markdown.pieces import plain_text
from plugins.press.markdown.places import Place, Places
from plugins.press.slugs import build_slug

_LEAD = r"^[ ]{0,3}(?:>[ ]?|[-*+][ ]+|\d+\.[ ]+|[ ]{4})*"
_UNDERLINES = {1: r"|^[^\n]+\n=+[ ]*$", 2: r"|^[^\n]+\n-+[ ]*$"}


class Headings:
    """Headings are written last: an identifier made from a title gives way to those that were typed."""

    def __init__(self, out: list[str], places: Places) -> None:
        self.out = out
        self.places = places
        self._open: list[_Heading] = []
        self._all: list[_Heading] = []
        self._lines: dict[int, list[Place]] = {}

    def open(self, level: int, attributes: str, identifier: str) -> None:
        """A heading begins; ``identifier`` is the one typed, or ``""``."""
        heading = _Heading(level, attributes, identifier, len(self.out))
        self._open.append(heading)
        self._all.append(heading)
        self.out.append("")

    def close(self) -> None:
        heading = self._open.pop()
        heading.text = plain_text(self.out[heading.start :])
        self.out.append(f"</h{heading.level}>")

    def finish(self, taken: Container[str]) -> tuple[Heading, ...]:
        """Write the opening tags, now that all identifiers typed are known."""
        self._check_levels()
        numbers: dict[str, int] = {}
        for heading in self._all:
            if not heading.identifier:
                heading.identifier = _free(build_slug(heading.text) or "section", taken, numbers)
                heading.attributes = f' id="{heading.identifier}"{heading.attributes}'
            self.out[heading.start] = f"<h{heading.level}{heading.attributes}>"
        return tuple(Heading(h.level, h.identifier, h.text) for h in self._all)

    def _check_levels(self) -> None:
        level = 1
        ranks: Counter[int] = Counter()
        for heading in self._all:
            if heading.level == 1:
                message = (
                    f"« {heading.text} » est un titre 1, mais le titre de la page en est déjà un. "
                    "Écrire ## (ou \\# pour montrer le signe)."
                )
                self.places.report(self._place(1, ranks[1]), message)
            elif heading.level > level + 1:
                wanted, found = "#" * (level + 1), "#" * heading.level
                message = f"le titre « {heading.text} » saute un niveau ({found}). Écrire {wanted}."
                self.places.report(self._place(heading.level, ranks[heading.level]), message, "warning")
            level = heading.level
            ranks[level] += 1

    def _place(self, level: int, rank: int) -> Place:
        """The n-th heading of a level stands on the n-th line that makes one."""
        if level not in self._lines:
            pattern = f"{_LEAD}#{{{level}}}(?!#){_UNDERLINES.get(level, '')}|<[hH]{level}\\b"
            self._lines[level] = self.places.find_all(pattern)
        lines = self._lines[level]
        return lines[rank] if rank < len(lines) else self.places.start


class _Heading:
    """A heading while it is written: ``start`` is the place of its opening tag in the pieces."""

    __slots__ = ("attributes", "identifier", "level", "start", "text")

    def __init__(self, level: int, attributes: str, identifier: str, start: int) -> None:
        self.level = level
        self.attributes = attributes
        self.identifier = identifier
        self.start = start
        self.text = ""


def _free(slug: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """The slug, or the slug with the first free number from 2. ``numbers`` holds what was already given."""
    free = slug
    while free in taken or free in numbers:
        numbers[slug] = numbers.get(slug, 1) + 1
        free = f"{slug}-{numbers[slug]}"
    numbers.setdefault(free, 1)
    return free
