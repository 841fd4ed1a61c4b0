"""The quick way for texts of paragraphs, short lists and headings, with simple links, emphasis and code in them.

Nearly all texts are such. Without the library's trees, this writes what its stages and the ``Writer`` would
together; the tests compare the two. Its links are checked as all are, no other problem can be in such a text.
"""

from __future__ import annotations

import re

from plugins.press.markdown.pieces import has_text
from plugins.press.markdown.writer import Writer

_OTHER_SIGNS = ("<", ">", "&", "{", "\\", "|", "~~~", "]:", "\t", " \n", "\n\n\n")
"""What stands in each text of another kind: HTML, tables, notes, references, spaces that mean something…"""
_OTHER_START = re.compile(r"\n(?:[-+#:=!\s]|\*[ ]|\d+\.|\Z)")
"""A line that begins another kind of block, or an empty one."""
_HEADING = re.compile(r"(#{2,6}) ([^#\n]+)")
_ITEM = "- "
_PAIR = re.compile(
    r"""
    ` (?<!``) (?P<code>[^`]+) ` (?!`)
    | \* (?<!\S\*) (?P<second>\*?) (?=\w) (?P<words>[^*`_[]*[^\s*`_[]) \* (?P=second)
    | \[ (?<!!\[) (?P<shown>[^][*`_^][^][*`_]*) ]\( (?P<target>[^][\s()<>"'*`]+) \)
    """,
    re.VERBOSE,
)
"""Each begins with a plain sign: the engine of regular expressions then jumps from one to the next."""


def write_plain(source: str, writer: Writer) -> bool:
    """Whether it is such a text, and then written; if not, what the writer holds is of no use."""
    if any(map(source.__contains__, _OTHER_SIGNS)):
        return False
    plain = _PlainWriter(writer)
    was_list = False
    for block in source.strip("\n").split("\n\n"):
        is_list = block.startswith(_ITEM)
        if is_list and was_list:  # the library makes one list of the two, with paragraphs in it
            return False
        write = (
            plain.write_list if is_list else plain.write_heading if block.startswith("##") else plain.write_paragraph
        )
        if not write(block):
            return False
        writer.out.append("\n")
        was_list = is_list
    plain.write_links()
    return True


class _PlainWriter:
    """Writes the blocks; each method says whether the block is plain."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.out = writer.out
        self.links: list[tuple[int, str]] = []
        """Where a tag is to be written, and its target: each problem must be told once, by one way or the other."""

    def write_paragraph(self, block: str) -> bool:
        if _OTHER_START.search(f"\n{block}"):
            return False
        start = len(self.out)
        if not self._write_element("p", block):
            return False
        if self.writer.first_paragraph == (0, 0) and has_text(self.out[start:]):
            self.writer.first_paragraph = (start, len(self.out))
        return True

    def write_list(self, block: str) -> bool:
        self.out += ("<ul>", "\n")
        for item in block.removeprefix(_ITEM).split(f"\n{_ITEM}"):
            if "\n" in item or _OTHER_START.match(f"\n{item}") or not self._write_element("li", item):
                return False
            self.out.append("\n")
        self.out.append("</ul>")
        return True

    def write_heading(self, block: str) -> bool:
        heading = _HEADING.fullmatch(block)
        if heading is None:
            return False
        self.writer.headings.open(len(heading[1]), "", "")
        if not self._write_text(heading[2].strip()):
            return False
        self.writer.headings.close()
        return True

    def _write_element(self, tag: str, text: str) -> bool:
        self.out.append(f"<{tag}>")
        if not self._write_text(text):
            return False
        self.out.append(f"</{tag}>")
        return True

    def _write_text(self, text: str) -> bool:
        if not _has_sign(text):
            self.out.append(text)
            return True
        pieces = _PAIR.split(text)
        if _has_sign("".join(pieces[::6])):  # of no pair, or in one that is not simple
            return False
        self.out.append(pieces[0])
        for at in range(1, len(pieces), 6):
            code, second, words, shown, target, tail = pieces[at : at + 6]
            if target:
                self.links.append((len(self.out), target))
            tag = "a" if target else "code" if code else "strong" if second else "em"
            self.out += (f"<{tag}>", code.strip() if code else words or shown, f"</{tag}>", tail)
        return True

    def write_links(self) -> None:
        for place, target in self.links:
            self.out[place] = f"<a{self.writer.attributes.write('a', [('href', target)])}>"


def _has_sign(text: str) -> bool:
    return "*" in text or "`" in text or "[" in text or "_" in text
