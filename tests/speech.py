"""What is read aloud: of a PDF, the text of its structure in order, without artifacts (PDF/UA); and of a page.

That both say the same words is how nothing is lost on the way from one to the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct

from tests import paper

_SILENT = {"Figure", "TOC"}
"""What is on a drawing, which its alternative says; the contents."""
_INLINE = {"Span", "Link", "Code", "Strong", "Em", "Reference", "Quote"}
"""What stands among words."""
_MARK = re.compile(r"[\d.•–\s]*")
"""Of a note or an item; that of a definition is its term."""
_HEARD = re.compile("[\u0590-\u08ff]")
"""What is written from right to left stands in a PDF as it is seen."""


class Speech(Struct):
    """The words of the text in order, and those of each note."""

    words: list[str]
    notes: list[list[str]]


def listen(data: bytes) -> Speech:
    with paper.opened(data) as pdf:
        said = {page.obj.objgen: _read_page(page) for page in pdf.pages}
        notes: list[str] = []
        text = "".join(_walk(pdf.Root.StructTreeRoot.K, None, said, notes))
    return Speech(_split(text), [_split(note) for note in notes])


def _split(text: str) -> list[str]:
    """Words; a hyphen at the end of a line is none of the text's."""
    found = re.sub("\u00ad\\s*|[\u200b\u202a-\u202e\u2066-\u2069]", "", text).split()
    return [word for word in found if not _HEARD.search(word)]


def _walk(item: Any, page: Any, said: dict[Any, dict[int, str]], notes: list[str]) -> Iterator[str]:
    if isinstance(item, pikepdf.Array):
        for child in item:
            yield from _walk(child, page, said, notes)
    elif isinstance(item, int):
        yield said[page.objgen].get(item, "")
    elif "/MCID" in item:
        yield said[item.get("/Pg", page).objgen].get(int(item.MCID), "")
    elif "/S" in item and "/K" in item:
        kind = str(item.S).removeprefix("/")
        inner = "".join(_walk(item.K, item.get("/Pg", page), said, notes))
        inner = str(item.ActualText) if "/ActualText" in item else inner
        if kind == "Note":
            notes.append(inner)
        elif kind not in _SILENT and not (kind == "Lbl" and _MARK.fullmatch(inner)):
            yield inner if kind in _INLINE else f" {inner} "


def _read_page(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content, by its number."""
    found: dict[int, list[str]] = defaultdict(list)
    _read(page, page.obj.Resources, found)
    return {number: "".join(pieces) for number, pieces in found.items()}


def _read(stream: Any, resources: Any, found: dict[int, list[str]]) -> None:
    fonts = {name: _read_font(font) for name, font in resources.get("/Font", {}).items()}
    marks: list[tuple[int | None, bool]] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            marks.append(_begin(operands, resources, marks, found))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"} and marks and not any(is_replaced for _, is_replaced in marks):
            number = next((mcid for mcid, _ in reversed(marks) if mcid is not None), None)
            if number is not None:
                pieces = operands[0] if name == "TJ" else [operands[0]]
                codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                found[number].append("".join(letters[code] for code in _pairs(codes)))


def _begin(operands: Any, resources: Any, marks: list[Any], found: dict[int, list[str]]) -> tuple[int | None, bool]:
    """The number of a marked content, and whether what it says replaces what it draws."""
    properties = operands[1] if len(operands) > 1 else {}
    if isinstance(properties, pikepdf.Name):
        properties = resources.Properties[str(properties)]
    number = int(properties.MCID) if "/MCID" in properties else None
    if "/ActualText" in properties:
        at = number if number is not None else next((mcid for mcid, _ in reversed(marks) if mcid is not None), None)
        if at is not None:
            found[at].append(str(properties.ActualText))
        return number, True
    return number, False


def _pairs(codes: bytes) -> Iterator[int]:
    for start in range(0, len(codes), 2):
        yield int.from_bytes(codes[start : start + 2], "big")


_CHARS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_CODE = re.compile(r"<([0-9A-Fa-f]+)>")


def _read_font(font: Any) -> dict[int, str]:
    """The letters of each code (ISO 32000-1, §9.10.3)."""
    source = font.ToUnicode.read_bytes().decode("latin-1")
    letters = {}
    for block in _CHARS.findall(source):
        codes = _CODE.findall(block)
        letters |= {int(code, 16): _spell(text) for code, text in zip(codes[::2], codes[1::2], strict=True)}
    for block in _RANGES.findall(source):
        codes = _CODE.findall(block)
        for low, high, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            first = _spell(text)
            for offset in range(int(high, 16) - int(low, 16) + 1):
                letters[int(low, 16) + offset] = first[:-1] + chr(ord(first[-1]) + offset)
    return letters


def _spell(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")


# A page of the site


def read(element: Any) -> Speech:
    """The same of a part of a page: what is shown, without drawings, ways to elsewhere and marks of notes.

    The title of a picture, which the page shows to who points at it, is its caption on paper.
    """
    notes: list[str] = []
    return Speech(_split("".join(_say(element, notes))), [_split(note) for note in notes])


_PHRASES = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"}
_PHRASES |= {"rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}


def _say(element: Any, notes: list[str]) -> Iterator[str]:
    is_line = element.tag in _PHRASES
    yield "" if is_line else " "
    yield element.get("title", "") if element.tag == "img" else element.text or ""
    for child in element:
        if child.get("class") == "footnote":
            notes += ["".join(_say(note, notes)) for note in child.iterfind("ol/li")]
        elif _is_heard(child):
            yield from _say(child, notes)
        yield child.tail or ""
    yield "" if is_line else " "


def _is_heard(element: Any) -> bool:
    is_mark = element.get("role") == "doc-backlink" or (len(element) == 1 and element[0].get("role") == "doc-noteref")
    return not (is_mark or element.tag in {"svg", "nav", "script"} or {"hidden", "aria-hidden"} & {*element.attrib})
