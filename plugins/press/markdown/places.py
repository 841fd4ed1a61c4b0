"""Where things stand in a file: Python-Markdown gives no positions, so they are looked up in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from html import escape

from plugins.press.problems import Problem, Severity

Place = tuple[int, int]
"""Line and column in the file, both from 1."""

_HIDDEN = re.compile(
    r"""
    \\[\\`]                                                      # an escaped sign opens nothing
    | ^(?P<fence>`{3,}|~{3,})[^\n]*\n (?:.*?\n)?? (?P=fence)[ ]*$     # fenced code
    | (?P<ticks>`+) (?!`) (?:(?!\n[ ]*\n).)*? (?<!`) (?P=ticks) (?!`)  # code span, within one paragraph
    | <!--.*?-->
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_INK = re.compile(r"[^\n]")
_BEFORE = "([<:='\" \n"
_AFTER = ")]>'\" \n"


class Places:
    """Finds texts in one source, in the order in which they are asked for, and collects its problems."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.source = source
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self._cursor = 0

    @cached_property
    def visible(self) -> str:
        """The source with code and comments blanked out, character for character."""
        if "`" in self.source or "~~~" in self.source or "<!--" in self.source:
            return _HIDDEN.sub(_blank, self.source)
        return self.source

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
        """The next place of ``text`` outside code, else an earlier one, else the start of the text."""
        found = self.visible.find(text, self._cursor)
        if found < 0:
            found = self.visible.find(text)
        if found < 0:
            return self.start
        self._cursor = found + len(text)
        return self.at(found)

    def find_tag(self, typed: str, tag: str) -> Place:
        """The next place of a tag: as typed if it is found so, else by its name."""
        pattern = re.compile(rf"<{re.escape(tag)}\b", re.IGNORECASE)
        if not typed or self.visible.find(typed) < 0:
            match = pattern.search(self.visible, self._cursor) or pattern.search(self.visible)
            typed = match[0] if match else typed
        return self.find(typed) if typed else self.start

    def find_target(self, target: str) -> Place:
        """The next place where ``target`` stands as the whole address of a link."""
        for typed in dict.fromkeys((target, escape(target, quote=False), target.removeprefix("mailto:"))):
            for start in dict.fromkeys((self._cursor, 0)):
                found = self._find_whole(typed, start)
                if found >= 0:
                    self._cursor = found + len(typed)
                    return self.at(found)
        return self.start

    def _find_whole(self, typed: str, start: int) -> int:
        text, length = self.visible, len(typed)
        found = text.find(typed, start)
        while found >= 0:
            if text[found - 1 : found] in _BEFORE and text[found + length : found + length + 1] in _AFTER:
                return found
            found = text.find(typed, found + 1)
        return -1

    def find_all(self, pattern: str) -> list[Place]:
        """The places of all matches of a regular expression outside code."""
        return [self.at(match.start()) for match in re.finditer(pattern, self.visible, re.MULTILINE)]

    def report(self, place: Place, message: str, severity: Severity = "error") -> None:
        line, column = place
        self.problems.append(
            Problem(path=self.path, line=line, column=column, message=message, severity=severity)
        )


def _blank(match: re.Match[str]) -> str:
    found = match[0]
    return found if found[0] == "\\" else _INK.sub(" ", found)
