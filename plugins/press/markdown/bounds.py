"""What one text may cost: its size, the depth of its signs, the time to render it."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from plugins.press.markdown.places import Places

Result = TypeVar("Result")

MAX_BYTES = 1024 * 1024
MAX_BRACKETS = 100
MAX_QUOTES = 20
SECONDS = 3.0

_PAGE = 3000
"""Characters of a printed page."""
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")
_QUOTES = re.compile(rf"(?:^|\n)[ ]{{0,3}}(?:>[ ]{{0,3}}){{{MAX_QUOTES + 1}}}")
_AGAIN = 0.05
"""Seconds after which the signal is sent again."""
_SUSPECTS = {
    "[": "crochets « [ »", "`": "accents graves « ` »", "*": "astérisques « * »", "_": "tirets bas « _ »",
    "<": "signes « < »", "|": "barres « | »", ">": "signes « > »", "!": "signes « ! »", "&": "signes « & »",
}  # fmt: skip


class TooSlowError(BaseException):
    """The time is up. Not an ``Exception``: nothing on the way may take it for a problem of its own."""


def check_size(places: Places) -> bool:
    """Whether the text is small enough to be looked at; reported otherwise."""
    size = len(places.source)
    if size > MAX_BYTES // 4:
        size = len(places.source.encode("utf-8", "replace"))
    if size <= MAX_BYTES:
        return True
    places.report(
        places.start,
        f"le texte est trop long : {_number(size)} octets ({_number(len(places.source))} signes, environ "
        f"{_number(len(places.source) // _PAGE)} pages). La limite est de {_number(MAX_BYTES)} octets "
        f"(environ {_number(MAX_BYTES // _PAGE)} pages). Le partager en plusieurs fichiers.",
    )
    return False


def check_depth(places: Places) -> bool:
    """Whether brackets and quotes are few enough inside one another; reported otherwise.

    Rendering takes time in the square of the depth: these two are refused before, wherever we run.
    """
    text = places.source
    if text.count("[") <= MAX_BRACKETS and text.count(">") <= MAX_QUOTES:
        return True
    text = places.visible
    deep = _deep_bracket(text) if text.count("[") > MAX_BRACKETS else -1
    if deep >= 0:
        message = f"plus de {MAX_BRACKETS} crochets « [ » ouverts. Les fermer, ou les retirer."
        places.report(places.at(deep), message)
    quotes = _QUOTES.search(text) if text.count(">") > MAX_QUOTES else None
    if quotes:
        message = f"plus de {MAX_QUOTES} citations « > » l'une dans l'autre. En retirer."
        places.report(places.at(quotes.end() - 1), message)
    return deep < 0 and not quotes


def _deep_bracket(text: str) -> int:
    depth = 0
    for sign in _BRACKET.finditer(text):
        depth = depth + 1 if sign[0] == "[" else max(depth - 1, 0) if sign[0] == "]" else 0
        if depth > MAX_BRACKETS:
            return sign.start()
    return -1


def likely_cause(text: str) -> str:
    """What a slow text has most of, among the signs that cost time."""
    sign = max(_SUSPECTS, key=text.count)
    if text.count(sign) * 20 > len(text):
        return f"sans doute à cause des {_number(text.count(sign))} {_SUSPECTS[sign]}"
    longest = max(map(len, text.split("\n")))
    return f"le texte a {_number(len(text))} signes, et sa plus longue ligne {_number(longest)}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def call_within(seconds: float, work: Callable[[], Result]) -> Result:
    """Call ``work``; ``TooSlowError`` ends it after this much CPU time of the process.

    CPU time, because a loaded machine must not make a text fail. Only the main thread of a process receives
    signals: elsewhere the work goes on without this limit, within the other bounds; the press renders in the
    main thread, of the command or of a worker process. The signal comes again until it is heeded, as an
    exception can be lost in a destructor. An earlier handler and timer go on afterwards.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return work()
    armed = True

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if armed:
            raise TooSlowError

    started = time.process_time()
    handler = signal.signal(signal.SIGVTALRM, interrupt)
    delay, interval = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        return work()
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        if delay:
            left = delay - (time.process_time() - started)
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left, 1e-6), interval)
