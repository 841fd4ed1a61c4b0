"""French typography: narrow spaces before « ; : ! ? », inside guillemets and numbers, « ’ », « … », « 1er ».

Only what a typist leaves to the printer is done: an ordinary space becomes one at which no line breaks,
guillemets get theirs. Spaces that the editor chose (U+00A0, U+202F) stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

NARROW = "\N{NARROW NO-BREAK SPACE}"
FIRM = "\N{NO-BREAK SPACE}"

# What must not be touched: tags with attributes (there is nothing to touch in the others) and comments
_TAG = re.compile(r"""(<[^/\s<>]+\s[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>|<!--.*?-->)""", re.DOTALL)
_GAP = "\0"
"""Stands for such a tag between two texts, and before the first."""

_VERBATIM = "(?:code|pre|kbd|samp|script|style|math|textarea)(?![a-zA-Z0-9-])"
_VERBATIM_END = re.compile(f"</(?=[ckmpstCKMPST])(?i:{_VERBATIM})")
_VERBATIM_TAG = re.compile(f"(</?{_VERBATIM})", re.IGNORECASE)

# Each rule begins with a plain sign: the engine of regular expressions then jumps from one to the next. (A
# rule that begins with a choice is tried at each letter: 550 µs for a 600-word article; these take 60.)
_ORDINAL = r"[0-9]{1,4}(?P<ending>(?<=[^0-9]1)(?:ers?|res?)|es?)(?![\w/-])"
_LEADS = (">", _GAP, "\n", r"\(", FIRM, NARROW)
_ORDINALS = tuple(re.compile(lead + _ORDINAL) for lead in _LEADS)
_SPACE = re.compile(
    r" (?=[ !?:;»%€h0-9])(?:"
    r"(?P<narrow> *(?=[!?]+(?![\w=])|[:;](?:[\s&»<\0]|\Z)|»)|(?<=[0-9] )(?=[%€]))"
    r"|(?P<firm>(?<=[0-9] )(?=h(?!\w))|(?<=[nN]° )(?=[0-9])"
    rf"|(?<=[0-9][ {FIRM}{NARROW}]h )(?=[0-9]{{2}}(?![0-9])))"
    r"|(?P<group>(?<=[0-9] )(?=[0-9]{3}(?![0-9])))"
    rf"|{_ORDINAL})"
)
_FIRST_GROUPS = re.compile(rf"(?:\A|[^0-9.,])[0-9]{{1,3}}(?:[ {NARROW}][0-9]{{3}})*\Z")
_OPENING = re.compile(r"« *(?!\s|\Z)")
_CLOSING = re.compile(r"»(?<=[^\s«\0]»)")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=(?:<[^<>\0]*>|\0)*[^\W\d_])")
_DOTS = re.compile(r"\.\.\.(?<![./]\.\.\.)(?!\.)")


def french(html: str) -> str:
    """French typography in the texts of well-formed HTML; not in tags, comments, code or formulas."""
    if _GAP in html:
        return html
    if not _VERBATIM_END.search(html):
        return _set_html(html)
    # texts and beginnings of verbatim tags take turns; the end of such a tag stays with the text after it
    pieces = _VERBATIM_TAG.split(html)
    done = [_set_html(pieces[0])]
    depth = 0
    for tag, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        depth = max(depth - 1, 0) if tag[1] == "/" else depth + 1
        done.append(tag + rest if depth else _set_html(tag + rest))
    return "".join(done)


@lru_cache(maxsize=8192)
def french_text(text: str) -> str:
    """French typography in a plain text (a title, a summary)."""
    return _SPACE.sub(_set_space, _set_signs(text))


def _set_html(html: str) -> str:
    pieces = _TAG.split(html)
    text = _set_signs(_GAP + _GAP.join(pieces[::2]))
    text = _SPACE.sub(_set_space_or_ordinal, text)
    for rule in _ORDINALS:
        text = rule.sub(_raise_ending, text)
    pieces[::2] = text[1:].split(_GAP)
    return "".join(pieces)


def _set_signs(text: str) -> str:
    if "«" in text or "»" in text:
        text = _CLOSING.sub(NARROW + "»", _OPENING.sub("«" + NARROW, text))
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    return _DOTS.sub("…", text) if "..." in text else text


def _raise_ending(match: re.Match[str]) -> str:
    ending = match["ending"]
    return f"{match[0].removesuffix(ending)}<sup>{ending}</sup>"


def _set_space_or_ordinal(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "narrow":  # nearly always
        return NARROW
    return _raise_ending(match) if kind == "ending" else _set_space(match)


def _set_space(match: re.Match[str]) -> str:
    """A narrow space before signs and between groups of digits, a firm one in « 18 h 30 » and « n° 3 »."""
    kind = match.lastgroup
    if kind == "narrow":
        return NARROW
    if kind == "firm":
        return FIRM
    if kind == "group":
        head = match.string[max(0, match.start() - 24) : match.start()]
        return NARROW if _FIRST_GROUPS.search(head) else match[0]
    return match[0]
