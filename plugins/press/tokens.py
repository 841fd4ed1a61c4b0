"""Tokens: the colours of the site, written in ``css/tokens.css`` of the theme or of an association's own look.

Browsers read them there. Whatever no style sheet colours (paper, books, icons, pictures to share) asks here for those
of the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import msgspec
from msgspec import Struct

from plugins.press.problems import PressError
from plugins.press.sources import digest

PATH = "tokens.css"
"""Below ``css/``."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media([^{]*)\{\s*:root\s*\{[^{}]*\}\s*\}")
_DRAWN = re.compile(r"@layer\s+drawn\s*\{\s*:root\s*\{[^{}]*\}\s*\}\s*")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+)")
_VAR = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_ATTRIBUTE = re.compile(r'(?<=")var\(--([\w-]+)\)(?=")')
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NIGHT = "(prefers-color-scheme:dark)"
_DEEPEST = 8
"""How many tokens may stand for one another."""
_LONGEST = 200
"""The longest value of a colour, or of those of a cover."""


class Token(Struct, frozen=True, array_like=True):
    """What a token is worth, once those that it names are in their places, and the line where it is written."""

    value: str
    line: int


class Tokens(Struct, frozen=True, dict=True):
    """All tokens by name, without ``--``; at night those of the day that have no other value."""

    path: str
    day: Mapping[str, Token]
    night: Mapping[str, Token]

    def colour(self, name: str, *, night: bool = False) -> str:
        """A colour, ``#rrggbb``. Raises ``PressError`` when there is none of that name."""
        (found,) = self.colours(name, 1, night=night)
        return found

    def colours(self, name: str, count: int, *, night: bool = False) -> tuple[str, ...]:
        """The colours of a token that holds so many. Raises ``PressError`` when it does not."""
        token = (self.night if night else self.day).get(name)
        if token is None:
            message = f"{self.path} : le jeton --{name} manque. Le reprendre du fichier css/{PATH} du thème."
            raise PressError(message)
        found = tuple(token.value.split())
        if len(found) != count or not all(map(_COLOUR.fullmatch, found)):
            wanted = "une couleur" if count == 1 else f"{count} couleurs, séparées par des espaces"
            message = (
                f"{self.path}:{token.line}: --{name} : « {token.value} » ne peut pas être dessiné ni imprimé. "
                f"Écrire {wanted}, en hexadécimal (#1f2430)."
            )
            raise PressError(message)
        return found

    def resolve(self, drawing: str, **instead: str) -> str:
        """A drawing (SVG) whose attributes name tokens (``fill="var(--sun)"``), in the colours of the day.

        ``instead`` are other tokens to take for some: ``sun="paper"``.
        """
        return _ATTRIBUTE.sub(lambda found: self.colour(instead.get(found[1], found[1])), drawing)

    def draw(self, drawing: str, **instead: str) -> str:
        """The same as a file of its own, which has no text around it."""
        svg = self.resolve(drawing, **instead)
        svg = svg if " xmlns=" in svg else svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        return svg.replace("currentColor", self.colour(instead.get("ink", "ink")))

    def declare(self, sheet: str) -> str:
        """A style sheet that stands alone, with the tokens that it uses."""
        names = sorted({*_VAR.findall(sheet)})
        by_day = {name: self.colour(name) for name in names}
        by_night = {name: self.colour(name, night=True) for name in names}
        other = {name: value for name, value in by_night.items() if value != by_day[name]}
        return f":root{{{_write(by_day)}}}\n@media(prefers-color-scheme:dark){{:root{{{_write(other)}}}}}\n{sheet}"

    @cached_property
    def digest(self) -> bytes:
        """The hash of the colours of the day: sizes and spaces, and the night, are the browsers' alone."""
        found = {name: token.value for name, token in self.day.items() if token.value.startswith("#")}
        return digest(msgspec.json.encode(found, order="sorted"))


def read_tokens(sheet: str, path: str) -> Tokens:
    """The tokens of ``css/tokens.css``, which problems call ``path``."""
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), sheet)
    media = {found.span(): "".join(found[1].split()) for found in _MEDIA.finditer(plain)}
    day, night = dict[str, Token](), dict[str, Token]()
    for found in _TOKEN.finditer(plain):
        token = Token(" ".join(found[2].split()), plain.count("\n", 0, found.start()) + 1)
        where = next((what for (start, end), what in media.items() if start < found.start() < end), "")
        if where in {"", _NIGHT}:
            (night if where else day)[found[1]] = token
    return Tokens(path, _settle(day), _settle(day | night))


def leave_out_drawn(sheet: str) -> str:
    """The style sheet without the tokens that are only for drawings and paper (``@layer drawn``)."""
    return _DRAWN.sub("", sheet)


def _settle(tokens: Mapping[str, Token]) -> dict[str, Token]:
    """Each token with those that it names in their places, and colours written in one way."""

    def settle(value: str) -> str:
        for _ in range(_DEEPEST):
            if len(value) < _LONGEST:  # one that names itself would grow
                value = _VAR.sub(lambda found: tokens[found[1]].value if found[1] in tokens else found[0], value)
        return _HEX.sub(lambda found: _spell(found[0].lower()), value)

    return {name: msgspec.structs.replace(token, value=settle(token.value)) for name, token in tokens.items()}


def _spell(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def _write(values: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in values.items())
