"""A sheet → the bytes of its PDF: PDF/UA-1 and PDF/A-3a, which the compiler enforces, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from plugins.press.files import write_file
from plugins.press.paper.sheets import Sheet, UnprintableError
from plugins.press.problems import PressError, Problem
from plugins.press.sources import decode, read_source

STANDARDS = ["ua-1", "a-3a"]
_UNPRINTABLE = re.compile(r"error: the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def compile_sheet(template: str, theme: Mapping[str, bytes], fonts: Path, sheet: Sheet, content: Path) -> bytes:
    """The PDF of a sheet. ``theme`` holds the theme's Typst files by name, ``template`` being the one to start from.

    Raises ``PressError`` when Typst is missing or the template is wrong, ``UnprintableError`` for signs without a font.
    """
    text = msgspec.json.encode(sheet.data).decode()
    try:
        return _compile(template, theme, fonts, text, sheet)
    except _NoGlyphError as error:
        if not sheet.is_lenient:
            raise UnprintableError(tuple(_find_signs(error.signs, sheet, content))) from None
        for sign in error.signs:
            text = text.replace(sign, _REPLACEMENT)
        return _compile(template, theme, fonts, text, sheet)


class _NoGlyphError(Exception):
    def __init__(self, signs: list[str]) -> None:
        super().__init__("".join(signs))
        self.signs = signs


def _compile(template: str, theme: Mapping[str, bytes], fonts: Path, data: str, sheet: Sheet) -> bytes:
    compiler, typst_error = _compiler(fonts)
    texts = {**theme, "main.typ": theme[template], "data.json": data.encode()}
    moment = sheet.moment.replace(tzinfo=UTC)  # what matters is that it is always the same
    try:
        with TemporaryDirectory() as root:  # all that the template can read besides: texts are handed over in memory
            for name, file in sheet.files.items():
                write_file(Path(root, name), file)
            pdf = compiler.compile(texts, format="pdf", pdf_standards=STANDARDS, timestamp=moment, root=root)
            return bytes(pdf)
    except typst_error as error:
        if signs := dict.fromkeys(map(_unescape, _UNPRINTABLE.findall(error.diagnostic))):
            raise _NoGlyphError([*signs]) from error
        message = f"le gabarit paper/{template} du thème ne se compose pas : {error.diagnostic.strip()}"
        raise PressError(message) from error


@cache
def _compiler(fonts: Path) -> tuple[Any, Any]:
    """Typst with the theme's fonts and its own, none of the system's: every machine sets the same pages."""
    try:
        import typst
    except ImportError as error:
        message = (
            "Typst, qui compose les PDF, n'est pas installé. Effacer le dossier .venv et relancer ./site, "
            "ou construire sans les PDF (--no-pdf)."
        )
        raise PressError(message) from error
    found = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    return typst.Compiler(font_paths=found), typst.TypstError


def _unescape(sign: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), sign).replace('\\"', '"').replace("\\\\", "\\")


def _find_signs(signs: list[str], sheet: Sheet, content: Path) -> list[Problem]:
    """Each sign at the first place of each source that has it."""
    problems = []
    for path in sheet.sources:
        text, _ = decode(read_source(content, path), path)
        for sign in signs:
            if (start := text.find(sign)) >= 0:
                line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
                problems.append(Problem(path=path, line=line, column=column, message=_refuse(sign)))
    return problems or [Problem(path=sheet.sources[0] if sheet.sources else "", message=_refuse("".join(signs)))]


def _refuse(sign: str) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in sign)
    return f"aucune police du thème n'a le signe « {sign} » ({codes}) pour le PDF. L'écrire autrement, ou le retirer."
