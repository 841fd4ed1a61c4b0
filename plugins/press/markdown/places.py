"""Where things stand in a file: Python-Markdown gives no positions, so they are looked up in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from html import escape

from plugins.press.problems import Problem, Severity

Place = tuple[int, int]
"""Line and column in the file, both from 1."""

_CODE = re.compile(
    r"""
    \\[\\`]                                                                # an escaped sign opens nothing
    | ```(?<![^\n]```) (?P<more_ticks>`*) [^\n]*\n (?:.*?\n)?? ```(?P=more_ticks)[ ]*$      # fenced code
    | ~~~(?<![^\n]~~~) (?P<more_tildes>~*) [^\n]*\n (?:.*?\n)?? ~~~(?P=more_tildes)[ ]*$
    | `(?P<ticks>`*) (?!`) (?:(?!\n[ ]*\n).)*? (?<!`) `(?P=ticks) (?!`)        # code span, within one paragraph
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
"""Each begins with a plain sign: the engine of regular expressions then jumps from one to the next."""
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_UNPRINTABLE = re.compile("\x02[^\x03]*\x03|[\x00-\x1f\x7f]+")
"""The library's placeholders, and signs that would spoil a message of one line."""
_INK = re.compile(r"[^\n]")
_BEFORE = ("(", "<", ":", "=", "'", '"')
_AFTER = ")>'\" \n"


class Places:
    """Finds texts in one source, in the order in which they are asked for, and collects its problems."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.source = source
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self._cursor = 0
        self._absent: dict[tuple[str, bool], int] = {}

    @cached_property
    def visible(self) -> str:
        """The source with code and comments blanked out, character for character."""
        text = self.source
        if "`" in text or "~~~" in text:
            text = _CODE.sub(_blank, text)
        return _COMMENT.sub(_blank, text) if "<!--" in text and "-->" in text else text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(newline.end() for newline in re.finditer("\n", self.source))]

    @property
    def start(self) -> Place:
        return (self.first_line, 1)

    def at(self, offset: int) -> Place:
        """The place of a character of the source."""
        line = bisect_right(self._starts, offset) - 1
        return (self.first_line + line, offset - self._starts[line] + 1)

    def find(self, text: str) -> Place:
        """The next place of ``text`` outside code, else an earlier one, else the start of the source."""
        return self.at(max(self._seek(text), 0))

    def find_tag(self, typed: str, tag: str) -> Place:
        """The next place of a tag: as typed if it is found so, else by its name."""
        found = self._seek(typed) if typed else -1
        return self.at(found) if found >= 0 else self.find(f"<{tag}")

    def find_target(self, target: str) -> Place:
        """The next place where ``target`` stands as the whole address of a link."""
        for typed in dict.fromkeys((target, escape(target, quote=False), target.removeprefix("mailto:"))):
            found = self._seek(typed, whole=True)
            if found >= 0:
                return self.at(found)
        return self.start

    def _seek(self, text: str, *, whole: bool = False) -> int:
        """The offset of the next ``text``, else of an earlier one, else -1.

        Where it is not is remembered: a text sought in vain at each of its uses would take quadratic time.
        """
        for start in (self._cursor, 0):
            if start < self._absent.get((text, whole), len(self.source) + 1):
                found = self._find_whole(text, start) if whole else self.visible.find(text, start)
                if found >= 0:
                    self._cursor = found + len(text)
                    return found
                self._absent[text, whole] = start
        return -1

    def _find_whole(self, text: str, start: int) -> int:
        length = len(text)
        found = self.visible.find(text, start)
        while found >= 0:
            before = self.visible[max(0, found - 8) : found].rstrip(" \n")
            if before.endswith(_BEFORE) and self.visible[found + length : found + length + 1] in _AFTER:
                return found
            found = self.visible.find(text, found + 1)
        return -1

    def find_line(self, text: str) -> Place:
        """The next place of a line, which may hold code, whatever the list or the quotation that it stands in."""
        line = re.compile(rf"^[ \t>*+-]*({re.escape(text.strip())})[ \t]*$", re.MULTILINE)
        found = line.search(self.source, self._cursor) or line.search(self.source)
        if found is None:
            return self.start
        self._cursor = found.end()
        return self.at(found.start(1))

    def find_all(self, pattern: str) -> list[Place]:
        """The places of all matches of a regular expression outside code."""
        return [self.at(match.start()) for match in re.finditer(pattern, self.visible, re.MULTILINE)]

    def find_rank(self, pattern: str, rank: int) -> Place:
        """The place of the n-th match (from 0) of a regular expression outside code."""
        found = self.find_all(pattern)
        return found[rank] if rank < len(found) else self.start

    def find_identifier(self, identifier: str, rank: int) -> Place:
        """The place where an identifier is typed for the n-th time (from 0)."""
        return self.find_rank(rf"(?:(?<=#)|(?<=id=)|(?<=id=[\"'])){re.escape(identifier)}(?![\w-])", rank)

    def report(self, place: Place, message: str, severity: Severity = "error") -> None:
        line, column = place
        message = _UNPRINTABLE.sub("…", message)
        self.problems.append(Problem(path=self.path, line=line, column=column, message=message, severity=severity))


def _blank(match: re.Match[str]) -> str:
    found = match[0]
    return found if found[0] == "\\" else _INK.sub(" ", found)
