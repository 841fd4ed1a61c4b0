"""The inline stage of Python-Markdown, over half of its time, taught to try only what can match.

It gives the same tree as the stock stage; the tests compare the two.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown import inlinepatterns as stock
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import DelimiterProcessor, Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString, Registry, code_escape

from plugins.press.markdown.figuremarks import FIGURE
from plugins.press.markdown.figures import FigureProcessor

Patterns = Sequence[tuple[int, Pattern]]
"""Patterns with their rank in the library's registry."""

Found = tuple[Element, list[str]]
"""An element that a text gave, with the tags around it."""


class SpanFinder(DelimiterProcessor):
    """Looks for the next « * » or « _ » with a regular expression, not sign by sign (gain: 60 µs)."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for found in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[found[0]]
            match = delimiter.boundary.match(data, found.start())
            if match is not None and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None


SPAN, LINK, FOOTNOTE, REFERENCE, NUMBER, ANGLE, ENTITY, TICK, ESCAPE, BREAK = (1 << bit for bit in range(10))

TRIGGERS: Mapping[tuple[type, str], int] = MappingProxyType(
    {
        (stock.BacktickInlineProcessor, stock.BACKTICK_RE): TICK,
        (stock.EscapeInlineProcessor, stock.ESCAPE_RE): ESCAPE,
        (FigureProcessor, FIGURE): NUMBER,
        (FootnoteInlineProcessor, r"\[\^([^\]]*)\]"): FOOTNOTE,
        (stock.ReferenceInlineProcessor, stock.REFERENCE_RE): REFERENCE,
        (stock.LinkInlineProcessor, stock.LINK_RE): LINK,
        (stock.ImageInlineProcessor, stock.IMAGE_LINK_RE): LINK,
        (stock.ImageReferenceInlineProcessor, stock.IMAGE_REFERENCE_RE): REFERENCE,
        (stock.ShortReferenceInlineProcessor, stock.REFERENCE_RE): REFERENCE,
        (stock.ShortImageReferenceInlineProcessor, stock.IMAGE_REFERENCE_RE): REFERENCE,
        (stock.AutolinkInlineProcessor, stock.AUTOLINK_RE): ANGLE,
        (stock.AutomailInlineProcessor, stock.AUTOMAIL_RE): ANGLE,
        (stock.SubstituteTagInlineProcessor, stock.LINE_BREAK_RE): BREAK,
        (stock.HtmlInlineProcessor, stock.HTML_RE): ANGLE,
        (stock.HtmlInlineProcessor, stock.ENTITY_RE): ENTITY,
        (SpanFinder, r"\*|_"): SPAN,
    }
)
"""What a text must contain for a pattern to match; a pattern that is not here is tried on every text."""


def find_signs(text: str, *, has_references: bool) -> int:
    """The signs of a text, as bits: a *necessary* condition, never « no » wrongly.

    A replacement puts a placeholder (STX, letters, « : », digits, ETX) where something stood: it never brings
    one of these signs, nor two of them together, so what the text lacks at first it lacks until its end.
    A link or an image closes its text with « ]( »; the four kinds of references need a definition.
    """
    signs = SPAN if "*" in text or "_" in text else 0
    if "[" in text:
        signs |= _bracket_signs(text) | (REFERENCE if has_references else 0)
    if "<" in text:
        signs |= ANGLE
    if "&" in text:
        signs |= ENTITY
    if "`" in text:
        signs |= TICK
    if "\\" in text:
        signs |= ESCAPE
    return signs | BREAK if "  \n" in text else signs


def _bracket_signs(text: str) -> int:
    signs = LINK if "](" in text else 0
    if "[^" in text:
        signs |= FOOTNOTE
    return signs | NUMBER if "[[" in text else signs


_SIMPLE = re.compile(
    r"""
    ` (?<!``) (?P<code>[^`]+) ` (?!`)
    | \* (?<!\S\*) (?P<second>\*?) (?=\w) (?P<words>[^*`]*[^\s*`]) \* (?P=second)
    """,
    re.VERBOSE,
)
"""Each begins with a plain sign: the engine of regular expressions then jumps from one to the next."""


def split_simple(text: str) -> tuple[str, list[Element]] | None:
    """A text with stars and backticks in simple pairs side by side: what stands before the first pair, and the pairs.

    None when one of these signs is of no such pair, or stands inside of one.
    """
    pieces = _SIMPLE.split(text)
    rest = "".join(pieces[::4])
    if "*" in rest or "`" in rest:
        return None
    elements = []
    for code, second, words, tail in zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True):
        element = Element("code" if code else "strong" if second else "em")
        element.text = AtomicString(code_escape(code.strip())) if code else words
        element.tail = tail or None
        elements.append(element)
    return pieces[0], elements


class TriggeredInlineProcessor(InlineProcessor):
    """Tries a pattern only on texts that have its signs, and leaves the other texts alone (gain: 1 ms).

    The library keeps three of the methods used here private, hence their long names; were they renamed, the
    tests would say so.
    """

    inlinePatterns: Registry[Pattern]  # type: ignore[assignment]  # noqa: N815 - the stubs mean another class
    _InlineProcessor__applyPattern: Callable[[Pattern, str, int, int], tuple[str, bool, int]]
    _InlineProcessor__processPlaceholders: Callable[..., list[Found]]

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._by_signs: dict[int, Patterns] = {}

    @cached_property
    def _simple_signs(self) -> int:
        """The signs of the texts for ``split_simple``: none if the library has patterns that we do not know."""
        return 0 if self._select(0) else SPAN | TICK

    def _signs(self, text: str) -> int:
        return find_signs(text, has_references=bool(self.md.references))

    def _patterns(self, text: str) -> Patterns:
        """The patterns to try; none when the text stays as it is."""
        if isinstance(text, AtomicString):
            return ()
        signs = self._signs(text)
        patterns = self._by_signs.get(signs)
        if patterns is None:
            patterns = self._by_signs[signs] = self._select(signs)
        return patterns

    def _has_work(self, text: str) -> bool:
        """Whether the text may change: it has signs, or placeholders whose turn comes now."""
        return STX in text or len(self._patterns(text)) > 0

    def _select(self, signs: int) -> Patterns:
        return [
            (index, pattern)
            for index, pattern in enumerate(self.inlinePatterns)
            if (key := (type(pattern), pattern.pattern)) not in TRIGGERS or TRIGGERS[key] & signs
        ]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        for index, pattern in self._patterns(data):
            if index >= patternIndex:
                start, matched = 0, True
                while matched:
                    data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)
        return data

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """The stock walk (level by level: it numbers what is stashed), without steps that change nothing."""
        self.stashed_nodes = {}
        self.parent_map = {}
        waiting = deque([(tree, [*(ancestors or ()), tree.tag.lower()])])
        while waiting:
            parent, self.ancestors = waiting.popleft()
            if parent is not tree:
                self.ancestors.append(parent.tag.lower())
            for child, found in self._read_children(parent, waiting):
                for index, (element, _) in enumerate(found):
                    child.insert(index, element)
        return tree

    def _read_children(self, parent: Element, waiting: deque[Found]) -> list[tuple[Element, list[Found]]]:
        """What each child's text gives, to be put into it once all are read."""
        made = []
        for child in parent:  # grows while its tails are read: what a tail gives is read in its turn
            if child.text and self._has_work(child.text) and not isinstance(child.text, AtomicString):
                found = self._read_text(child)
                waiting.extend(one for one in found if len(one[0]))  # in the others there is nothing to read
                made.append((child, found))
            if child.tail and self._has_work(child.tail):
                self._read_tail(parent, child)
            if len(child):
                waiting.append((child, self.ancestors[:]))
        return made

    def _read_text(self, child: Element) -> list[Found]:
        text, child.text = child.text or "", None
        signs = self._signs(text)
        is_plain = signs and not signs & ~self._simple_signs and "_" not in text and STX not in text
        if is_plain and (simple := split_simple(text)):
            child.text = simple[0] or None
            return [(element, []) for element in simple[1]]
        self.ancestors.append(child.tag.lower())
        found = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(text), child)
        self.ancestors.pop()
        return found

    def _read_tail(self, parent: Element, child: Element) -> None:
        holder = Element("d")
        tail, child.tail = child.tail or "", None
        read = self._InlineProcessor__handleInline(tail)
        found = self._InlineProcessor__processPlaceholders(read, holder, isText=False)
        child.tail = holder.tail or None
        position = list(parent).index(child) + 1
        for element, _ in reversed(found):
            parent.insert(position, element)
