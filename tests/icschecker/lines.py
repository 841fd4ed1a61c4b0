"""The octets of a calendar and its content lines (RFC 5545 §3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_OCTETS = 75

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETER = rf"[A-Z0-9-]+={_VALUE}(?:,{_VALUE})*"
_LINE = re.compile(rf"([A-Z0-9-]+)((?:;{_PARAMETER})*):(.*)", re.DOTALL)
_OUTSIDE_QUOTES = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe\U0001ffff]")
_LONE = re.compile(rb"(?<!\r)\n|\r(?!\n)")


class Finding(NamedTuple):
    """What is wrong, and the line of the file where it begins, from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Line:
    """A content line, unfolded. ``value`` is raw: nothing is unescaped; nor is the case of a letter changed."""

    number: int
    name: str
    parameters: dict[str, tuple[str, ...]] = field(compare=False)
    value: str

    def parameter(self, name: str) -> str:
        return ",".join(self.parameters.get(name, ()))

    def find(self, sentence: str, detail: str = "") -> Finding:
        return Finding(self.number, f"{self.name}: {sentence}" + (f" ({detail})" if detail else ""))


def find(number: int, sentence: str) -> Finding:
    return Finding(number, sentence)


def check_bytes(data: bytes) -> Iterator[Finding]:
    """The rules that need no reading: line ends, lengths, encoding, characters."""
    if data.startswith(b"\xef\xbb\xbf"):
        yield find(1, "the file begins with a byte order mark")
    for found in _LONE.finditer(data):
        yield find(_number(data, found.start()), "a line does not end with CR LF")
    if not data.endswith(b"\r\n"):
        yield find(_number(data, len(data)), "the last line does not end with CR LF")
    for number, line in _physical(data):
        if len(line) > MAX_OCTETS:
            yield find(number, "a line is longer than 75 octets")
        if not line.strip():
            yield find(number, "a line is empty")
        yield from _check_characters(number, line)


def _check_characters(number: int, line: bytes) -> Iterator[Finding]:
    """Each line is UTF-8 by itself, so that no fold is inside a character."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        yield find(number, "a line is not UTF-8 by itself")
        return
    for found in _FORBIDDEN.finditer(text):
        yield find(number, f"a character that no text may hold (U+{ord(found[0]):04X})")


def read_lines(data: bytes) -> tuple[list[Line], list[Finding]]:
    """The content lines, and those that are none."""
    lines, found = [], []
    for number, text in _unfold(data):
        line = _read_line(number, text)
        if isinstance(line, Line):
            lines.append(line)
        else:
            found.append(line)
    return lines, found


def _physical(data: bytes) -> Iterator[tuple[int, bytes]]:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\r\n")
    yield from enumerate(lines[:-1] if lines[-1] == b"" else lines, 1)


def _unfold(data: bytes) -> Iterator[tuple[int, str]]:
    """Each content line with the number of its first physical line."""
    begun: tuple[int, bytes] | None = None
    for number, line in _physical(data):
        if line[:1] in {b" ", b"\t"} and begun:
            begun = (begun[0], begun[1] + line[1:])
            continue
        if begun:
            yield begun[0], begun[1].decode(errors="replace")
        begun = (number, line) if line.strip() else None
    if begun:
        yield begun[0], begun[1].decode(errors="replace")


def _read_line(number: int, text: str) -> Line | Finding:
    found = _LINE.fullmatch(text)
    if found is None:
        return find(number, "this is no content line: NAME;PARAMETER=value:value")
    name, given, value = found.groups()
    parameters: dict[str, tuple[str, ...]] = {}
    for parameter in re.split(f";{_OUTSIDE_QUOTES}", given)[1:]:
        key, _, values = parameter.partition("=")
        if key in parameters:
            return find(number, "a parameter is given twice")
        parameters[key] = tuple(part.strip('"') for part in re.split(f",{_OUTSIDE_QUOTES}", values))
    return Line(number, name, parameters, value)


def _number(data: bytes, at: int) -> int:
    return data.count(b"\r\n", 0, at) + 1
