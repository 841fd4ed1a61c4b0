"""From the source of a body to a ``Body``: bounds, the library, the writer, then what only the whole can show."""

from __future__ import annotations

import re
from functools import cache

from plugins.press.markdown.body import Body
from plugins.press.markdown.bounds import SECONDS, TooSlowError, call_within, check_depth, check_size, likely_cause
from plugins.press.markdown.engine import Engine
from plugins.press.markdown.hints import check_lists, replace_controls
from plugins.press.markdown.pieces import count_words, summarise
from plugins.press.markdown.places import Places
from plugins.press.markdown.stash import Stash
from plugins.press.markdown.writer import MAX_DEPTH, Writer
from plugins.press.problems import Problem

_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_UNKNOWN_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_NOTE_LABEL = re.compile(r"\w[\w-]*")
_LOST_FIGURE = "[[chiffre"
_TOO_DEEP = (
    f"trop d'éléments l'un dans l'autre (plus de {MAX_DEPTH}) : listes, citations ou balises. Simplifier le texte."
)


def render(source: str, path: str, first_line: int) -> tuple[Body | None, list[Problem]]:
    """See ``render_body``."""
    places = Places(source, path, first_line)
    if not check_size(places):
        return None, places.problems
    body = None
    try:
        body = call_within(SECONDS, lambda: _render_bounded(places))
    except TooSlowError:
        _forget()
        message = f"le texte demande trop de calcul (plus de {SECONDS:.0f} secondes), {likely_cause(source)}."
        places.report(places.start, message + " Le simplifier, ou le partager en plusieurs fichiers.")
    except RecursionError:
        _forget()
        places.report(places.start, _TOO_DEEP)
    except Exception as error:  # noqa: BLE001 - whatever the library trips over is this text's problem, not the build's
        _forget()
        message = f"le texte n'a pas pu être lu ({type(error).__name__}). Simplifier les listes, les notes et le code."
        places.report(places.start, message)
    failed = any(problem.is_error for problem in places.problems)
    return None if failed else body, places.problems


@cache
def _engine() -> Engine:
    """One engine for each process: it takes longer to make than an article to render."""
    return Engine()


def _forget() -> None:
    """An engine that was interrupted may be in any state."""
    _engine.cache_clear()


def _render_bounded(places: Places) -> Body | None:
    source = replace_controls(places)
    if not check_depth(places):
        return None
    check_lists(places)
    engine = _engine()
    root = engine.build_tree(source)
    writer = Writer(Stash(engine.htmlStash.rawHtmlBlocks), _note_anchors(engine), places)
    writer.write_content(root, 0)
    if writer.too_deep:
        places.report(places.start, _TOO_DEEP)
    body = _build_body(writer)
    if engine.notes.footnotes:
        _check_notes(engine, places)
    _check_left_over(body.html, places)
    return body


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
            message = f"note « {label} » : nommer une note avec des lettres, des chiffres ou des tirets, sans espace."
            places.report(places.find(f"[^{label}]"), message)
        elif label not in engine.notes.footnote_order:
            message = f"la note « {label} » n'est appelée nulle part. Écrire [^{label}] dans le texte, ou la retirer."
            places.report(places.find(f"[^{label}]:"), message, "warning")


def _check_left_over(html: str, places: Places) -> None:
    """Signs that stayed as text though they were meant otherwise."""
    if "[^" not in html and _LOST_FIGURE not in html:
        return
    text = _CODE.sub("", html)
    for note in _UNKNOWN_NOTE.finditer(text):
        message = f"la note {note[0]} n'est pas écrite. Ajouter à la fin une ligne {note[0]}: suivie de la note."
        places.report(places.find(note[0]), message, "warning")
    if _LOST_FIGURE in text:
        message = "chiffre dans du HTML, où il n'est pas lu. L'écrire dans un paragraphe en Markdown."
        places.report(places.find(_LOST_FIGURE), message)
