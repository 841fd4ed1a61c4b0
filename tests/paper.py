"""A PDF as its readers meet it: its text, its tags, its pages as pictures."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from tests import debian

_CHILDREN = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC"},
}
"""What may stand in some elements (ISO 32000-1, §14.8.4)."""
_UNSEEN = re.compile("\xad\\s*|[\u200b\u202a-\u202e\u2066-\u2069]")


def text(data: bytes, *options: str) -> str:
    """What poppler reads, one ordinary space between words, without hyphens at the ends of lines."""
    command = [debian.program("poppler-utils", "pdftotext"), *options, "-", "-"]
    read = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return " ".join(_UNSEEN.sub("", read).split())


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pages(data: bytes, *options: str) -> list[str]:
    """The same, page by page."""
    with opened(data) as pdf:
        count = len(pdf.pages)
    return [text(data, *options, "-f", str(number), "-l", str(number)) for number in range(1, count + 1)]


def faults(data: bytes, folder: Path) -> list[str]:
    """What would stand in the way of a reader, whatever the compiler promised; nothing, when all is well."""
    file = folder / "essai.pdf"
    file.write_bytes(data)
    done = subprocess.run([debian.program("qpdf"), "--check", file], capture_output=True, text=True, check=False)
    found = [] if done.returncode == 0 else [done.stdout + done.stderr]
    with opened(data) as pdf:
        found += [*_faults_of_file(pdf), *_faults_of_pages(pdf)]
        found += [f"{child} in {kind}" for kind, child in _misplaced(pdf.Root.StructTreeRoot)]
    return [*found, *_faults_of_order(tags(data))]


def _faults_of_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    meta = pdf.open_metadata()
    for name in ("dc:title", "dc:creator", "dc:language", "pdfuaid:part", "pdfaid:part"):
        if not meta.get(name):
            yield f"no {name}"
    if not str(pdf.Root.get("/Lang", "")):
        yield "no language"
    if not bool(pdf.Root.ViewerPreferences.get("/DisplayDocTitle", False)):
        yield "its window does not show its title"
    if not bool(pdf.Root.MarkInfo.get("/Marked", False)):
        yield "not tagged"


def _faults_of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
            yield f"page {number}: the order of links is not that of the text"
        for annotation in page.obj.get("/Annots", ()):
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link without words"


def _faults_of_order(found: list[tuple[str, str]]) -> Iterator[str]:
    level = 0
    for kind, alt in found:
        if re.fullmatch("H[1-6]", kind):
            if int(kind[1]) > level + 1:
                yield f"{kind} after H{level}"
            level = int(kind[1])
        if kind == "Figure" and not alt:
            yield "a figure without a text"


def _misplaced(element: Any, parent: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _misplaced(child, parent)
    elif isinstance(element, pikepdf.Dictionary):
        kind = str(element.get("/S", "")).removeprefix("/")
        if kind and parent in _CHILDREN and kind not in _CHILDREN[parent]:
            yield parent, kind
        if "/K" in element:
            yield from _misplaced(element.K, kind)


def widest(data: bytes) -> float:
    """How far to the right words go, in millimetres."""
    command = [debian.program("poppler-utils", "pdftotext"), "-bbox", "-", "-"]
    read = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return max(map(float, re.findall(r'<word [^>]*xMax="([0-9.]+)"', read))) / 72 * 25.4


def outline(data: bytes) -> list[Any]:
    """The bookmarks: titles, each followed by the list of those below it, if any."""
    with opened(data) as pdf, pdf.open_outline() as found:
        return _titles(found.root)


def _titles(items: Any) -> list[Any]:
    found: list[Any] = []
    for item in items:
        found += [str(item.title), _titles(item.children)] if item.children else [str(item.title)]
    return found


def links(data: bytes) -> list[str]:
    """Where links lead: to an address, or ``#`` and the name of a place."""
    with opened(data) as pdf:
        annotations = [found for page in pdf.pages for found in page.obj.get("/Annots", ())]
        return [str(one.A.URI) if "/A" in one else f"#{one.get('/Dest')}" for one in annotations]


def tags(data: bytes) -> list[tuple[str, str]]:
    """The structure as a screen reader walks it: each element's type, and the alternative text that it has."""
    with opened(data) as pdf:
        return [*_walk(pdf.Root.StructTreeRoot)]


def _walk(element: Any) -> Iterator[tuple[str, str]]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _walk(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield (str(element.S).removeprefix("/"), str(element.get("/Alt", "")))
        if "/K" in element:
            yield from _walk(element.K)
