"""Text from elsewhere → plain text: no HTML, no invisible character that could deceive, bounded length."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINER = "\u200d"  # between the parts of one emoji
_SKIPPED = {"script", "style", "template", "title"}
_BREAKS = {"br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_HTML = re.compile(r"<[a-zA-Z/!?]|&(?:#|[a-zA-Z])")
_ROUNDS = 4
MAX_RAW = 5000
"""How much of a text is looked at: what is kept is far shorter."""


def clean_line(text: str, length: int) -> str:
    """One line of plain text, cut at a word with « … » when it is longer. Cleaning it again changes nothing."""
    text = _squeeze(text[:MAX_RAW])
    for _ in range(_ROUNDS):
        if not _HTML.search(text):
            break
        before, text = text, _squeeze(_strip_html(text))
        if text == before:
            break
    else:  # HTML in HTML without end is nobody's text
        text = text.replace("<", "‹").replace("&", "＆")
    return _cut(text, length)


def fold(text: str) -> str:
    """For comparing words: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def clean_address(text: str) -> str:
    """A web address that may stand in a link; ``""`` for anything else."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        is_right = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return ""
    is_plain = text.isascii() and text.isprintable() and not re.search(r"[\s<>\"'`\\{}|^]", text)
    return text if is_right and is_plain and len(text) <= 1000 else ""


def _squeeze(text: str) -> str:
    plain = "".join(map(_seen, unicodedata.normalize("NFC", text)))
    return " ".join(plain.split()).strip(_JOINER + " ")


def _seen(character: str) -> str:
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if character != _JOINER and unicodedata.category(character) in _UNSEEN:
        return ""
    return "" if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF else character


def _strip_html(text: str) -> str:
    parser = _Plain()
    parser.feed(text)
    parser.close()
    return "".join(parser.found)


class _Plain(HTMLParser):
    """The text that a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the name is the parser's
        self._hidden += tag in _SKIPPED
        self.found.append(" " if tag in _BREAKS else "")

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the name is the parser's
        self.found.append(" " if tag in _BREAKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= bool(self._hidden and tag in _SKIPPED)
        self.found.append(" " if tag in _BREAKS else "")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head = text[: length - 1]
    at_word, space, _ = head.rpartition(" ")
    whole = at_word if space and text[length - 1] != " " else head
    return f"{whole.rstrip(' ,;:–-' + _JOINER)}…"
