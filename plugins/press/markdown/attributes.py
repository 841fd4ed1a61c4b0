"""The attributes of one body: checked, written; identifiers and addresses are collected on the way."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from plugins.press.addresses import encode_address
from plugins.press.markdown.body import Link
from plugins.press.markdown.figuremarks import FIGURE_START
from plugins.press.markdown.places import Place, Places
from plugins.press.markdown.rules import refuse_attribute
from plugins.press.markdown.targets import names_scheme, refuse_target
from plugins.press.pictures.facts import describes

Pairs = Iterable[tuple[str, str | None]]

_ALIGNED = {f"text-align: {side};": f"align-{side}" for side in ("left", "center", "right")}


class AttributeWriter:
    """Writes what an element may have, reports the rest."""

    def __init__(self, places: Places, notes: frozenset[str]) -> None:
        self.places = places
        self.notes = notes
        self.ids: dict[str, int] = {}
        self.links: list[Link] = []
        self.last_id = ""

    def write(self, tag: str, pairs: Pairs, place: Place | None = None) -> str:
        """`` name="value"`` for each attribute, by name. Values have their entities decoded.

        ``place`` is where the element stands, where that is known.
        """
        written: dict[str, str] = {}
        self.last_id = ""
        for name, value in _align(tag, pairs):
            if name in written:
                self._report(place, name, f"l'attribut {name} est écrit deux fois : n'en garder qu'un.")
            elif name == "id" and f"#{value}" in self.notes:
                written[name] = self._collect_id(value or "", place)
            elif message := refuse_attribute(tag, name, value):
                self._report(place, name, message)
            elif (checked := self._check(name, value or "", place)) is not None:
                written[name] = checked
        if tag == "img":
            self._check_image(written, place)
        return "".join([f' {name}="{escape(value)}"' for name, value in sorted(written.items())])

    def _check(self, name: str, value: str, place: Place | None) -> str | None:
        if FIGURE_START in value:
            message = "un chiffre ne peut pas être dans une adresse, un titre de lien ou un texte alternatif."
            self.places.report(self.places.find(FIGURE_START), message)
        if name in ("href", "src"):
            return self._check_target(value, image=name == "src")
        return self._collect_id(value, place) if name == "id" else value

    def _check_target(self, target: str, *, image: bool) -> str | None:
        if target in self.notes and not image:
            return target
        place = self.places.find_target(target)
        if message := refuse_target(target, image=image):
            self.places.report(place, message)
            return None
        self.links.append(Link(encode_address(target) if names_scheme(target) else target, *place, image))
        return f"link:{len(self.links) - 1}"

    def _collect_id(self, value: str, place: Place | None) -> str:
        rank = self.ids.get(value, 0)
        if rank:
            message = f"l'identifiant « {value} » est déjà pris dans ce texte : en choisir un autre."
            self.places.report(place or self.places.find_identifier(value, rank), message)
        self.ids[value] = rank + 1
        self.last_id = value
        return value

    def _check_image(self, written: dict[str, str], place: Place | None) -> None:
        if not describes(written.get("alt", "")):
            where = place or self._place_of_image(written)
            message = "image sans texte alternatif : dire ce qu'elle montre entre les crochets,"
            self.places.report(where, f"{message} ![description](fichier).")

    def _place_of_image(self, written: dict[str, str]) -> Place:
        token = written.get("src", "")
        if token:
            link = self.links[int(token.removeprefix("link:"))]
            return (link.line, link.column)
        return self.places.start

    def _report(self, place: Place | None, name: str, message: str) -> None:
        self.places.report(place or self.places.find(name), message)


def _align(tag: str, pairs: Pairs) -> Iterable[tuple[str, str | None]]:
    """The alignment of a table's column as a class: the site forbids styles in the page."""
    pairs = list(pairs)
    if tag in ("td", "th"):
        classes = [v for n, v in pairs if n == "class" and v]
        sides = [_ALIGNED[v] for n, v in pairs if n == "style" and v in _ALIGNED]
        if sides:
            rest = [(n, v) for n, v in pairs if n != "class" and not (n == "style" and v in _ALIGNED)]
            return [*rest, ("class", " ".join([*classes, *sides]))]
    return pairs
