"""Figures of the yearly reports stay in the HTML as elements that carry what was typed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from plugins.press.markdown.figuremarks import FIGURE


class FigureProcessor(InlineProcessor):
    """Leaves an element that carries the marker as typed; whoever writes it reads the identifier."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library hands it to all patterns
    ) -> tuple[Element, int, int]:
        element = Element("data", {"value": m[0]})
        # comes out only where no element can stand (a title, an alternative text), and is refused there
        element.text = AtomicString(m[0])
        return element, m.start(), m.end()


class FigureExtension(Extension):
    """After code and escapes, before footnotes and links, which also use brackets."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.inlinePatterns.register(FigureProcessor(FIGURE, md), "figure", 178)
