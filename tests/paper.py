"""A PDF as its readers meet it: its text, its tags, its pages as pictures."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests import debian

_UNSEEN = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\xad]")


def text(data: bytes, *options: str) -> str:
    """What poppler reads, one ordinary space between words, without the signs that have no width."""
    command = [debian.program("poppler-utils", "pdftotext"), *options, "-", "-"]
    read = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return " ".join(_UNSEEN.sub("", read).split())


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


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
