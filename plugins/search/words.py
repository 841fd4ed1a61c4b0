"""What readers type is not always what is written: the text to index is prepared so that both are found.

Pagefind compares words without accents, by their stems. It does not know that « œ » is « oe », that « l’économie »
is a word after an article, that « 1 400 » is one number and « abonné·e·s » two words. Here that is written into the
text, with two signs that no prepared text has otherwise; ``static/js/search.js`` takes them out of what it shows:

- JOINT stands in the middle of a ligature, after an elided word, and for a space at which no line breaks;
- OTHERS begins each other form of the word that it follows.

Both are ASCII, for only at such signs does Pagefind also index the parts of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

JOINT = "~"
OTHERS = "`"

_SIGNS = (
    (JOINT, "\N{TILDE OPERATOR}"),
    (OTHERS, "'"),
    ("œ", f"o{JOINT}e"),
    ("Œ", f"O{JOINT}e"),
    ("æ", f"a{JOINT}e"),
    ("Æ", f"A{JOINT}e"),
    ("\N{NON-BREAKING HYPHEN}", "-"),
    # unseen, and in the way: not everybody takes the first two for spaces, or all of them for none
    *((sign, "") for sign in ("\N{ZERO WIDTH NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}")),
)
# Each rule begins with a plain sign, or is tried where one is: there are thousands of texts
_FIRM = "[\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}]"
_FIRM_SPACE = re.compile(rf"{_FIRM}(?:(?<=\d.)(?=\d{{3}}(?!\d))|(?<=«.)|(?=[;:!?»%€]))")
_APOSTROPHE = re.compile(r"[’'](?=\w)")
_ELIDED = re.compile(r"(?:^|[^\w’'])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$", re.IGNORECASE)
_INCLUSIVE = re.compile(r"([^\W\d_]{2,})[·•]([^\W\d_]{1,6}?)(?:[·•]?(s))?(?![^\W_])(\S*)")
_IRREGULAR = re.compile(r"\b(trav|b|vitr)(ail|aux)\b(?!·)(\S*)", re.IGNORECASE)
_IRREGULAR_WORDS = ("travail", "travaux", "bail", "baux", "vitrail", "vitraux")
_ENDINGS = (
    ("trice", "teur"),
    ("rice", "eur"),
    ("euse", "eur"),
    ("ère", "er"),
    ("elle", "eau"),
    ("ve", "f"),
    ("se", "x"),
)
"""Endings of the feminine that take the place of those of the masculine; all others follow it."""
_ASIDE = re.compile(
    r'<svg\b.*?</svg>|<sup id="fnref.*?</sup>|<a [^>]*class="footnote-backref".*?</a>', re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(r"</(?:h[1-6]|li|t[dh]|d[dt]|p|pre|blockquote|figcaption|summary|caption)>|<br\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_OPEN_END = re.compile(r"\n(?<=[^\s.!?:;,…]\n)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def plain_text(html: str) -> str:
    """The text of a body on one line; what stands one below the other is set apart."""
    if "<svg" in html or "footnote" in html:
        html = _ASIDE.sub("", html)
    text = _TAG.sub("", _BREAK.sub("\n", html.replace("\n", " ")))
    return join_lines(unescape(text).split("\n"))


def join_lines(lines: Iterable[str]) -> str:
    """One after the other; a line that no sign ends is set apart from the next."""
    whole = "\n".join(filter(None, (line.strip() for line in lines)))
    return _OPEN_END.sub(" · ", whole).replace("\n", " ")


def prepare(text: str) -> str:
    """The text as it is to be indexed, its words one space apart."""
    for sign, prepared in _SIGNS:
        text = text.replace(sign, prepared)
    # Pagefind escapes « < » and « > », not « & »: « &lt; » typed as such would be shown as « < »
    text = _ENTITY.sub("&\N{ZERO WIDTH NON-JOINER}", text)
    text = _APOSTROPHE.sub(_set_apart, _FIRM_SPACE.sub(JOINT, text))
    if text.count("·") > text.count(" · ") or "•" in text:
        text = _INCLUSIVE.sub(_add_both, text)
    lower = text.lower()
    if any(word in lower for word in _IRREGULAR_WORDS):
        text = _IRREGULAR.sub(_add_other_number, text)
    return " ".join(text.split())


def _set_apart(found: re.Match[str]) -> str:
    """An apostrophe, and the word after it as one of its own when what stands before is an elided one."""
    before = found.string[max(0, found.start() - 7) : found.start()]  # no elided word is longer than six letters
    return f"{found[0]}{JOINT} " if _ELIDED.search(before) else found[0]


def _add_both(found: re.Match[str]) -> str:
    """« acteur·rice·s » is also « acteurs » and « actrices »."""
    masculine, ending, plural = found[1], found[2], found[3] or ""
    replaced = next((old for new, old in _ENDINGS if ending == new and masculine.endswith(old)), "")
    feminine = masculine.removesuffix(replaced) + ending
    return f"{found[0]}{OTHERS}{masculine}{plural}{OTHERS}{feminine}{plural}"


def _add_other_number(found: re.Match[str]) -> str:
    """« travaux » is also « travail »: no stemmer tells."""
    other = "aux" if found[2].lower() == "ail" else "ail"
    return f"{found[0]}{OTHERS}{found[1]}{found[2]}{OTHERS}{found[1]}{other}"
