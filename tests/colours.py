"""The colours that a file shows, whatever kind of file it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial

import pikepdf
from PIL import Image

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z_-])", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)", re.IGNORECASE)
_PAINT = re.compile(rb"(?<![\d.])([\d.]+) ([\d.]+) ([\d.]+) (?:rg|sc|scn)\b", re.IGNORECASE)
_PICTURES = (".png", ".jpg")
_LEAST = 500
"""How much of a picture is seen: one part of so many."""


_NEAR = 6
"""How far a colour of a picture may be from what it was drawn with: a picture has few."""


def shows(path: str, data: bytes, wanted: Iterable[str]) -> set[str]:
    """Which of these colours are in a file of that name."""
    found = shown(path, data)
    if not path.endswith(_PICTURES):
        return found & {*wanted}
    return {colour for colour in wanted if any(map(partial(_is_near, colour), found))}


def _is_near(one: str, other: str) -> bool:
    return all(abs(int(one[n : n + 2], 16) - int(other[n : n + 2], 16)) <= _NEAR for n in (1, 3, 5))


def shown(path: str, data: bytes) -> set[str]:
    """The colours in a file of that name, ``#rrggbb``."""
    if path.endswith(".pdf"):
        return {*_of_pdf(data)}
    if path.endswith(_PICTURES):
        return _of_picture(data)
    if path.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {colour for name in book.namelist() for colour in shown(name, book.read(name))}
    text = data.decode(errors="replace")
    return {_spell(found) for found in _HEX.findall(text)} | {_write(map(int, found)) for found in _RGB.findall(text)}


def _spell(digits: str) -> str:
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits)).lower()


def _write(parts: Iterator[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _of_pdf(data: bytes) -> Iterator[str]:
    """Of its pages, and of the forms and patterns that they are painted with; photographs are no one's colours."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        painted = [found for found in pdf.objects if isinstance(found, pikepdf.Stream) and _is_painted(found)]
        streams = [page.obj.Contents.read_bytes() for page in pdf.pages] + [found.read_bytes() for found in painted]
    for stream in streams:
        for found in _PAINT.findall(stream):
            yield _write(round(float(part) * 255) for part in found)


def _is_painted(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == "/Form" or "/PatternType" in stream


def _of_picture(data: bytes) -> set[str]:
    """Those of which there is enough to be seen."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    least = image.width * image.height / _LEAST
    return {_write(iter(colour)) for count, colour in image.getcolors(1 << 24) or () if count > least}
