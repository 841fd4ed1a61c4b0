"""The quick way for YAML of one line a field: texts, lists of texts, groups of such fields two spaces further in.

Front matter is nearly always such; the library takes four times as long, as it makes an object of each place. What
this reads, it reads as the library does (the tests compare the two); of anything else it says that it did not.
"""

from __future__ import annotations

import re

Mark = tuple[int, int]
Path = tuple[str | int, ...]

_QUOTED = r"""\"[^"\\\n]*\"|'[^'\n]*'"""
_WORDS = r"\w(?:[\w .-]*[\w.-])?"
"""A text without quotes that may stand in brackets: no sign in it means anything."""
_PLAIN = r"[\w«(/+][^\n\t:#]*(?::(?!\s)[^\n\t:#]*)*(?<! )"
"""One that may stand alone on its line."""
_ITEM = re.compile(f"{_QUOTED}|{_WORDS}")
_LIST = rf"\[(?:(?:{_QUOTED}|{_WORDS})(?:, (?:{_QUOTED}|{_WORDS}))*)?\]"
_LINE = re.compile(rf"(  )?(?:([a-z][a-z_]{{0,40}}):(?: ({_QUOTED}|{_LIST}|{_PLAIN}))?|- ({_QUOTED}|{_PLAIN}))\n")


class SimpleYaml:
    """The values, and where each key and each value stands."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.keys: dict[Path, Mark] = {}
        self.marks: dict[Path, Mark] = {}
        self._parent: Path = ()
        self._inside: dict[str, object] | list[str] | None = None
        """The group or the list whose lines are read; None until its first line has told which."""

    def read(self, text: str, first_line: int) -> bool:
        """Read lines of fields, of which the first is ``first_line`` of the file; whether all are simple."""
        end = 0
        for line, match in enumerate(_LINE.finditer(text), first_line):
            start = match.start()
            if start != end:
                return False
            end = match.end()
            indent, key, value, item = match.groups()
            if item:
                done = indent and self._read_item(item, (line, match.start(4) - start + 1))
            elif indent:
                done = value and self._read_inner(key, value, (line, match.start(3) - start + 1))
            else:
                done = self._read_field(key, value, (line, match.start(3) - start + 1))
            if not done:
                return False
        return end == len(text) and not self._is_unfilled()

    def _is_unfilled(self) -> bool:
        return bool(self._parent) and self._inside is None

    def _read_field(self, key: str, value: str | None, mark: Mark) -> bool:
        if key in self.values or self._is_unfilled():
            return False
        here = (key,)
        self.keys[here] = (mark[0], 1)
        self._parent, self._inside = () if value else here, None
        if value:
            self.marks[here] = mark
            self.values[key] = self._read_value(value, here, mark)
        return True

    def _read_inner(self, key: str, value: str, mark: Mark) -> bool:
        if not self._parent:
            return False
        if self._inside is None:
            self._open({}, mark[0])
        group = self._inside
        if not isinstance(group, dict) or key in group:
            return False
        here = (*self._parent, key)
        self.keys[here] = (mark[0], 3)
        self.marks[here] = mark
        group[key] = self._read_value(value, here, mark)
        return True

    def _read_item(self, item: str, mark: Mark) -> bool:
        if not self._parent:
            return False
        if self._inside is None:
            self._open([], mark[0])
        if not isinstance(self._inside, list):
            return False
        self.marks[*self._parent, len(self._inside)] = mark
        self._inside.append(_unquote(item))
        return True

    def _open(self, inside: dict[str, object] | list[str], line: int) -> None:
        self.marks[self._parent] = (line, 3)
        self.values[str(self._parent[0])] = self._inside = inside

    def _read_value(self, value: str, here: Path, mark: Mark) -> str | list[str]:
        if value[0] != "[":
            return _unquote(value)
        items = []
        line, column = mark
        for index, item in enumerate(_ITEM.finditer(value)):
            self.marks[*here, index] = (line, column + item.start())
            items.append(_unquote(item[0]))
        return items


def _unquote(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value
