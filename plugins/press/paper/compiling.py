"""A sheet → the bytes of its PDF: PDF/UA-1 and PDF/A-3a, which the compiler enforces, the same bytes each time.

Also a picture of one page, for what is shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from plugins.press.files import write_file
from plugins.press.paper.places import refuse
from plugins.press.paper.sheets import Sheet, UnprintableError
from plugins.press.problems import PressError, Problem

STANDARDS = ["ua-1", "a-3a"]
_UNPRINTABLE = re.compile(r"error: the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PANIC = "PanicException"
"""What a fault in Rust is in Python: no ``Exception``, and of a module that cannot be imported."""
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNREADABLE = re.compile(r"error: failed to (?:decode image|parse SVG|load linked image|determine image format)")
_BAD_PICTURE = (
    "le PDF ne peut pas montrer cette image : elle ne se lit pas, ou elle en appelle une autre. "
    "L'ouvrir dans un logiciel d'images et l'enregistrer à nouveau, en PNG, JPEG ou SVG simple."
)


def compile_sheet(template: str, theme: Mapping[str, bytes], fonts: Path, sheet: Sheet, content: Path) -> bytes:
    """The PDF of a sheet. ``theme`` holds the theme's Typst files by name, ``template`` being the one to start from.

    Raises ``PressError`` when Typst is missing or fails or the template is wrong, ``UnprintableError`` for signs
    without a font and pictures that cannot be read.
    """
    text = msgspec.json.encode(sheet.data)
    try:
        return _compile(theme[template], theme, fonts, text, sheet)
    except _FaultError as error:
        signs = dict.fromkeys(map(_unescape, _UNPRINTABLE.findall(error.diagnostic)))
        if signs and sheet.is_lenient:
            return _compile(theme[template], theme, fonts, _replace_signs(text, signs), sheet)
        if signs:
            raise refuse(content, sheet.sources, ((sign, _refuse_sign(sign)) for sign in signs)) from None
        if problems := tuple(_find_pictures(error.diagnostic, fonts, sheet)):
            raise UnprintableError(problems) from None
        raise _refuse_template(template, error) from error


def draw_picture(template: str, theme: Mapping[str, bytes], fonts: Path, data: bytes) -> bytes:
    """The one page of a template as PNG, a pixel for each point. Raises ``PressError``."""
    try:
        return _run({**theme, "main.typ": theme[template], "data.json": data}, fonts, {}, format="png", ppi=72.0)
    except _FaultError as error:
        raise _refuse_template(template, error) from error


class _FaultError(Exception):
    """What the compiler says against a document."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def _refuse_template(template: str, error: _FaultError) -> PressError:
    return PressError(f"le gabarit paper/{template} du thème ne se compose pas : {error.diagnostic.strip()}")


def _compile(main: bytes, theme: Mapping[str, bytes], fonts: Path, data: bytes, sheet: Sheet) -> bytes:
    texts = {**theme, "main.typ": main, "data.json": data}
    moment = sheet.moment.replace(tzinfo=UTC)  # what matters is that it is always the same
    return _run(texts, fonts, sheet.files, format="pdf", pdf_standards=STANDARDS, timestamp=moment)


def _run(texts: Mapping[str, bytes], fonts: Path, files: Mapping[str, bytes], **how: Any) -> bytes:
    compiler, typst_error = _compiler(fonts)
    try:
        with TemporaryDirectory() as root:  # all that the template can read besides: texts are handed over in memory
            for name, file in files.items():
                write_file(Path(root, name), file)
            return bytes(compiler.compile(dict(texts), root=root, **how))
    except typst_error as error:
        raise _FaultError(error.diagnostic) from error
    except (OSError, RuntimeError) as error:
        message = f"Typst n'a pas pu composer un PDF ({error}). Vérifier la place et les droits du dossier temporaire."
        raise PressError(message) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        message = f"Typst s'est arrêté sur une faute à lui ({error}). Construire sans les PDF (--no-pdf) en attendant."
        raise PressError(message) from error


def _replace_signs(text: bytes, signs: Iterable[str]) -> bytes:
    found = text.decode()
    for sign in signs:
        found = found.replace(sign, _REPLACEMENT)
    return found.encode()


def _find_pictures(diagnostic: str, fonts: Path, sheet: Sheet) -> Iterator[Problem]:
    """The pictures that cannot be read, each tried alone: the compiler does not name them."""
    for name, path in sheet.origins.items() if _UNREADABLE.search(diagnostic) else ():
        main = f'#set document(title: "x")\n#image("{name}", alt: "x")'.encode()
        try:
            _compile(main, {}, fonts, b"", sheet)
        except _FaultError as error:
            if _UNREADABLE.search(error.diagnostic):
                yield Problem(path=path, message=_BAD_PICTURE)


@cache
def _compiler(fonts: Path) -> tuple[Any, Any]:
    """Typst with the theme's fonts and its own, none of the system's: every machine sets the same pages."""
    try:
        import typst
    except ImportError as error:
        message = (
            "Typst, qui compose les PDF et dessine les icônes et les images de partage, n'est pas installé. "
            "Effacer le dossier .venv et relancer ./site."
        )
        raise PressError(message) from error
    found = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    return typst.Compiler(font_paths=found), typst.TypstError


def _unescape(sign: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), sign).replace('\\"', '"').replace("\\\\", "\\")


def _refuse_sign(sign: str) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in sign)
    return f"aucune police du thème n'a le signe « {sign} » ({codes}) pour le PDF. L'écrire autrement, ou le retirer."
