"""From source to ``Body``: bounds, the library, the writer, then what only the whole can show."""

from __future__ import annotations

import re
import threading
from functools import cache

from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, STX

from plugins.press.markdown.body import Body, Fence
from plugins.press.markdown.bounds import (
    SECONDS,
    TooSlowError,
    call_within,
    check_depth,
    check_size,
    likely_cause,
)
from plugins.press.markdown.engine import Engine
from plugins.press.markdown.figuremarks import FIGURE_START
from plugins.press.markdown.hints import check_lists, is_control, replace_controls
from plugins.press.markdown.pieces import count_words, summarise
from plugins.press.markdown.places import Places
from plugins.press.markdown.plain import write_plain
from plugins.press.markdown.rawhtml import MAX_DEPTH, unclosed
from plugins.press.markdown.stash import Stash
from plugins.press.markdown.writer import Writer
from plugins.press.problems import Problem

_NO_TEXT = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
_UNKNOWN_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_NUMBER = re.compile("&#(?:([0-9]+)|[xX]([0-9a-fA-F]+));")
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\]]*)\]:", re.MULTILINE)
_WORDS = re.compile(r"\w+")
_PLACEHOLDER = INLINE_PLACEHOLDER_PREFIX.lstrip(STX)
_NOTE_LABEL = re.compile(r"\w[\w-]*")
_LOST_BLOCK = re.compile(r"^[ >\t]*(?:[-*+][ ]+)?(?P<fence>```|~~~)[^\n]*\n[ >\t]*schema[ ]*:", re.MULTILINE)
_TOO_DEEP = f"plus de {MAX_DEPTH} éléments l'un dans l'autre : listes, citations ou balises. Simplifier le texte."


def render(source: str, path: str, first_line: int, blocks: list[Fence]) -> tuple[Body | None, list[Problem]]:
    """See ``render_body``."""
    places = Places(source, path, first_line)
    if not check_size(places):
        return None, places.problems
    body = None
    try:
        body = call_within(SECONDS, lambda: _render_bounded(places, blocks))
    except TooSlowError:
        _forget()
        message = f"le texte demande trop de calcul (plus de {SECONDS:.0f} secondes), {likely_cause(source)}."
        places.report(places.start, message + " Le simplifier, ou le partager en plusieurs fichiers.")
    except RecursionError:
        _forget()
        places.report(places.start, _TOO_DEEP)
    except Exception as error:  # noqa: BLE001 - what the library trips over is in this text, not in the build
        _forget()
        message = f"le texte n'a pas pu être lu ({type(error).__name__})."
        places.report(places.start, message + " Vérifier les balises HTML, les listes et les notes.")
    failed = any(problem.is_error for problem in places.problems)
    return None if failed else body, places.problems


@cache
def _engine(_thread: int) -> Engine:
    """One engine for each thread that renders: it takes longer to make than an article to render."""
    return Engine()


def _forget() -> None:
    """An engine that was interrupted may be in any state."""
    _engine.cache_clear()


def _render_bounded(places: Places, blocks: list[Fence]) -> Body | None:
    source = replace_controls(places)
    if not check_depth(places):
        return None
    check_lists(places)
    writer = Writer(Stash([]), frozenset(), places)
    if write_plain(source, writer):
        return _build_body(writer)
    engine = _engine(threading.get_ident())
    root = engine.build_tree(source)
    for tag, rank in engine.html.unclosed:
        places.report(places.find_rank(rf"(?i:<{tag})\b", rank - 1), unclosed(tag))
    writer = Writer(Stash(engine.htmlStash.rawHtmlBlocks), _note_anchors(engine), places)
    writer.write_content(root, 0)
    if writer.too_deep:
        places.report(places.start, _TOO_DEEP)
    blocks += _read_fences(engine, places)
    body = _build_body(writer)
    _check_whole(body.html, engine, places)
    return body


def _check_whole(html: str, engine: Engine, places: Places) -> None:
    """What only shows once all is written."""
    if engine.notes.footnotes:
        _check_notes(engine, places)
    for row, found, wanted in engine.rows.uneven:
        _refuse_row(places, row, found, wanted)
    if "&#" in html:
        _check_numbers(html, places)
    if "schema" in places.source:
        _check_fences(engine, places)
    if ETX in html:
        _refuse_lost(html, places)
    if "[^" in html or FIGURE_START in html:
        _check_left_over(html, places)


def _build_body(writer: Writer) -> Body:
    headings = writer.headings.finish(writer.attributes.ids)
    start, end = writer.first_paragraph
    typed = writer.attributes.ids
    return Body(
        html="".join(writer.out).strip(),
        text=summarise(writer.out[start:end]),
        words=count_words(writer.out),
        headings=headings,
        anchors=(*typed, *(heading.id for heading in headings if heading.id not in typed)),
        links=tuple(writer.attributes.links),
        figures=tuple(writer.figures),
    )


def _read_fences(engine: Engine, places: Places) -> tuple[Fence, ...]:
    """The blocks of the text, from its own lines: the library has tabs and signs of its own in their place."""
    if not engine.fences.blocks:
        return ()
    lines = places.source.split("\n")
    return tuple(Fence("\n".join(lines[first:last]), places.first_line + first) for first, last in engine.fences.blocks)


def _note_anchors(engine: Engine) -> frozenset[str]:
    """The addresses of the links that footnotes make, to the notes and back."""
    notes = engine.notes
    if not notes.footnotes:
        return frozenset()
    there = (notes.makeFootnoteId(label) for label in notes.footnotes)
    back = (notes.makeFootnoteRefId(label) for label in notes.footnotes)
    return frozenset(f"#{anchor}" for anchor in (*there, *back, *notes.used_refs))


def _check_notes(engine: Engine, places: Places) -> None:
    for label in engine.notes.footnotes:
        if not _NOTE_LABEL.fullmatch(label):
            message = f"note « {label} » : la nommer avec des lettres, des chiffres ou des tirets, sans espace."
            places.report(places.find(f"[^{label}]"), message)
        elif label not in engine.notes.footnote_order:
            message = f"note « {label} » appelée nulle part : écrire [^{label}] dans le texte, ou la retirer."
            places.report(places.find(f"[^{label}]:"), message, "warning")
    written: set[str] = set()
    for note in _NOTE.finditer(places.visible):
        if note[1] in written:
            message = f"note « {note[1]} » écrite deux fois, la première serait perdue : lui donner un autre nom."
            places.report(places.at(note.start()), message)
        written.add(note[1])


def _check_fences(engine: Engine, places: Places) -> None:
    """A block that is not closed, or not at the beginning of the line, would come out as text."""
    text = engine.fences.FENCED_BLOCK_RE.sub(lambda fence: "\n" * len(fence[0]), places.source)
    for fence in _LOST_BLOCK.finditer(text):
        message = (
            "ce bloc n'est pas lu : commencer sa première ligne et sa dernière (```) au bord gauche, et le fermer."
        )
        places.report(places.at(fence.start("fence")), message)


def _refuse_row(places: Places, row: str, found: int, wanted: int) -> None:
    cells = "une seule cellule" if found == 1 else f"{found} cellules"
    message = f"cette ligne du tableau a {cells}, la première en a {wanted}."
    remedy = "Ajouter ou retirer des barres « | » (\\| pour montrer le signe)."
    places.report(places.find_line(row), f"{message} {remedy}")


def _refuse_lost(html: str, places: Places) -> None:
    """The library has left the name of a piece in place of the piece: « *un**deux*`code` » would lose its code."""
    before = _WORDS.findall(_NO_TEXT.sub(" ", html.partition(ETX)[0].rpartition(_PLACEHOLDER)[0]))
    message = "un morceau de ce passage serait perdu : des étoiles ou des tirets bas s'y suivent sans espace."
    places.report(places.find(before[-1] if before else ""), f"{message} Espacer ce qui est mis en valeur.")


def _check_numbers(html: str, places: Places) -> None:
    """« &#1; » is a control character, typed otherwise: no feed that carries it would be XML."""
    for match in _NUMBER.finditer(html):
        code = int(match[1]) if match[1] else int(match[2], 16)
        if code > 0x10FFFF or is_control(chr(code)):
            message = f"« {match[0]} » désigne un signe invisible interdit. Le supprimer."
            places.report(places.find(match[0]), message)


def _check_left_over(html: str, places: Places) -> None:
    """Signs that stayed as text though they were meant otherwise."""
    text = _NO_TEXT.sub("", html)
    for note in _UNKNOWN_NOTE.finditer(text):
        message = f"la note {note[0]} n'est pas écrite : ajouter à la fin une ligne {note[0]}: et la note."
        places.report(places.find(note[0]), message, "warning")
    if FIGURE_START in text:
        message = "chiffre dans du HTML, où il n'est pas lu. L'écrire dans un paragraphe en Markdown."
        places.report(places.find(FIGURE_START), message)
