"""HTML typed in a text: parsed, checked tag by tag, written anew, so that only what is allowed comes out."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Protocol

from plugins.press.markdown.attributes import AttributeWriter, Pairs
from plugins.press.markdown.headings import Headings
from plugins.press.markdown.places import Place, Places
from plugins.press.markdown.rules import BLOCKS, TAGS, TEXT_ONLY, VOID, refuse_tag
from plugins.press.markdown.stash import escape_ampersands

MAX_DEPTH = 40
"""Elements inside one another: ten lists inside one another take thirty."""

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def unclosed(tag: str) -> str:
    return f"la balise <{tag}> n'est pas fermée : ajouter </{tag}> dans le même paragraphe ou bloc."


OpenTag = tuple[str, int, Place]
"""A tag typed in a body, the depth of the element in which it was opened, where it stands."""


class Target(Protocol):
    """What the HTML is written to."""

    places: Places
    out: list[str]
    attributes: AttributeWriter
    headings: Headings
    open_tags: list[OpenTag]
    too_deep: bool

    def write_text(self, text: str, parent: str, depth: int) -> None: ...


class RawHtml:
    """Writes what was typed as HTML, and remembers in the target which tags are open.

    A tag must be closed in the element in which it was opened: what is written is a tree whatever is typed.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.open = target.open_tags

    def write(self, html: str, parent: str, depth: int) -> None:
        """Check and write a fragment that stands in the element ``parent``."""
        parser = _Fragment(self, parent, depth)
        parser.feed(escape_ampersands(html))
        parser.close()
        if html.count("<!--") < parser.comments:
            message = "« </ » isolé : écrire &lt;/ pour montrer le signe, sinon le retirer."
            self.report(parser.place("</"), message)

    def close(self, depth: int) -> None:
        """The element at this depth ends: what was opened in it must be closed."""
        while self.open and self.open[-1][1] >= depth:
            self._close_last()

    def _close_last(self) -> None:
        tag, _, place = self.open.pop()
        self.report(place, unclosed(tag))
        self._write_end(tag)

    def start(self, tag: str, pairs: Pairs, place: Place, parent: str, depth: int) -> None:
        if tag not in TAGS:
            self.report(place, refuse_tag(tag))
        elif tag in BLOCKS and self.parent_of_text(parent, depth) in TEXT_ONLY:
            message = f"<{tag}> est dans un paragraphe : le mettre seul sur sa ligne, entre deux lignes vides."
            self.report(place, message)
        elif tag in _HEADINGS:
            attributes = self.target.attributes.write(tag, pairs, place)
            self.target.headings.open(int(tag[1]), attributes, self.target.attributes.last_id)
        else:
            self.target.out.append(f"<{tag}{self.target.attributes.write(tag, pairs, place)}>")
        if tag not in VOID:
            self.open.append((tag, depth, place))
            self.target.too_deep |= len(self.open) > MAX_DEPTH

    def end(self, tag: str, place: Place, depth: int) -> None:
        opened = [name for name, at, _ in self.open if at == depth]
        if tag not in opened:
            message = f"</{tag}> ne ferme rien ici : la retirer, ou ouvrir <{tag}> dans le même paragraphe."
            self.report(place, message)
            return
        while self.open[-1][0] != tag:
            self._close_last()
        self.open.pop()
        self._write_end(tag)

    def _write_end(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.target.headings.close()
        elif tag in TAGS:
            self.target.out.append(f"</{tag}>")

    def parent_of_text(self, parent: str, depth: int) -> str:
        return self.open[-1][0] if self.open and self.open[-1][1] == depth else parent

    def report(self, place: Place, message: str) -> None:
        self.target.places.report(place, message)


class _Fragment(HTMLParser):
    """Hands what it reads to a ``RawHtml``. Entities stay as typed, comments are left out."""

    def __init__(self, raw: RawHtml, parent: str, depth: int) -> None:
        super().__init__(convert_charrefs=False)
        self.raw = raw
        self.parent = parent
        self.depth = depth
        self.comments = 0

    def place(self, text: str) -> Place:
        return self.raw.target.places.find(text)

    def _place_of_tag(self, tag: str) -> Place:
        return self.raw.target.places.find_tag(self.get_starttag_text() or "", tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.raw.start(tag, attrs, self._place_of_tag(tag), self.parent, self.depth)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = self._place_of_tag(tag)
        if tag in TAGS - VOID:
            self.raw.report(place, f"<{tag}/> ne se ferme pas elle-même : écrire <{tag}></{tag}>.")
        else:
            self.raw.start(tag, attrs, place, self.parent, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.raw.end(tag, self.place(f"</{tag}"), self.depth)

    def handle_data(self, data: str) -> None:
        self.raw.target.write_text(data, self.raw.parent_of_text(self.parent, self.depth), self.depth)

    def handle_entityref(self, name: str) -> None:
        self.raw.target.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.raw.target.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - a comment is for those who edit
        self.comments += 1

    def handle_decl(self, decl: str) -> None:
        self._refuse("<!" + decl[:1])

    def unknown_decl(self, data: str) -> None:
        self._refuse("<![" + data[:1])

    def handle_pi(self, data: str) -> None:
        self._refuse("<?" + data[:1])

    def _refuse(self, typed: str) -> None:
        sign = typed[:2]
        message = f"« {sign} » n'est pas permis : écrire &lt;{sign[1]} pour montrer le signe."
        self.raw.report(self.place(typed), message)
