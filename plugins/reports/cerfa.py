"""The account of a grant, form Cerfa 15059: the answers of its qualitative part, as plain text to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plugins.press import french
from plugins.press.plaintext import render_plain
from plugins.press.typography import french_text
from plugins.reports.funders import AccountView

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_TO_FILL = "À compléter"
_PLAIN = dict.fromkeys(map(ord, (french.NARROW, french.SOLID)), " ")
"""Spaces that not every form takes."""


def render_account(view: AccountView, press: Press) -> bytes:
    """UTF-8 with a byte order mark, for browsers that are told nothing of the text."""
    text = "\n\n".join(french_text(piece) for piece in _write(view, press) if piece)
    return ("\N{BYTE ORDER MARK}" + text.translate(_PLAIN) + "\n").encode()


def _write(view: AccountView, press: Press) -> Iterator[str]:
    yield f"Compte rendu financier de subvention (Cerfa 15059) : bilan qualitatif\n{view.association}, {view.funder}"
    yield f"Du {view.start} au {view.end}. Texte tiré de : {view.report.label}, {view.report.url}"
    yield _heading("Mise en œuvre de l'action")
    for title, text, targets in view.sections:
        yield title.upper()
        yield render_plain(press.absolute_body(text, targets, view.phrases))
    if not view.sections:
        yield f"{_TO_FILL} : aucune section du rapport ne porte « funder: {view.funder} »."
    yield _heading("Nombre approximatif de personnes bénéficiaires, par type de public")
    yield _list(view.audience, "aucun chiffre de ce financeur ne porte « audience: true »")
    yield _heading("Dates et lieux de réalisation")
    yield _list(view.moments, "les sections de ce financeur ne mènent à aucun événement de l'agenda")
    yield _heading("Objectifs atteints, au regard des indicateurs utilisés")
    yield _list(view.results, "aucun chiffre de ce financeur")


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _list(lines: Sequence[str], missing: str) -> str:
    return "\n".join(f"- {line}" for line in lines) or f"{_TO_FILL} : {missing}."
