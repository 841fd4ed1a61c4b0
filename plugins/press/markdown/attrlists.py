"""Attribute lists, ``{: #id .class }``. Two braces, or a brace and a percent sign, are text as everywhere."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor

_LIST = r"\{(?![{%])\:?[ ]*([^\}\n ][^\n]*)\}"


class BraceProcessor(AttrListTreeprocessor):
    """The library would take ``{{ x }}`` after a heading or an emphasis for a list of attributes."""

    # The stubs call these final; the library reads them from the instance
    BASE_RE = _LIST  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]


class BraceExtension(AttrListExtension):
    """In place of the library's; fenced code looks for that class to read its own lists."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        super().extendMarkdown(md)
        md.treeprocessors.register(BraceProcessor(md), "attr_list", 8)
