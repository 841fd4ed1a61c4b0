"""Whether the colours of a look can be told apart, by day and by night (WCAG 2.2 §1.4.3, §1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from plugins.press.problems import Problem
from plugins.press.tokens import Tokens

TEXT, MARK = 4.5, 3.0
_CATEGORIES = ("meeting", "there", "life", "service", "news", "other")
_WHITE = "#ffffff"
PAIRS = (
    *((text, ground, TEXT) for text in ("ink", "muted") for ground in ("paper", "sheet", "glow")),
    *(("link", ground, TEXT) for ground in ("paper", "sheet", "glow")),
    ("paper", "link", TEXT),
    ("on-sun", "sun", TEXT),
    ("on-band", "band", TEXT),
    ("sun", "band", TEXT),
    *(("on-cat", category, TEXT) for category in _CATEGORIES),
    ("edge", "paper", MARK),
)
"""A text or a mark, the surface that it stands on, the least contrast."""
PRINTED = (("ink", TEXT), ("print-muted", TEXT), ("link", TEXT))
"""What is printed on white."""


def check_contrast(tokens: Tokens) -> Iterator[Problem]:
    """A warning for each pair that some people cannot read."""
    for night, hour in ((False, "de jour"), (True, "de nuit")):
        for name, ground, least in PAIRS:
            found = measure(tokens.colour(name, night=night), tokens.colour(ground, night=night))
            if found < least:
                written = (tokens.night if night else tokens.day)[name]
                yield _warn(name, tokens.path, written.line, _explain(f"sur --{ground}, {hour}", found, least))
    for name, least in PRINTED:
        if (found := measure(tokens.colour(name), _WHITE)) < least:
            yield _warn(name, tokens.path, tokens.day[name].line, _explain("sur papier blanc", found, least))


def measure(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, « contrast ratio »)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _explain(where: str, found: float, least: float) -> str:
    shown, wanted = (f"{floor(value * 10) / 10:.1f}".replace(".", ",") for value in (found, least))
    what = "un texte" if least == TEXT else "un trait"
    return (
        f"{where}, le contraste est de {shown}:1, et {what} en demande {wanted}:1 pour que tout le monde le voie. "
        "Foncer l'une des deux couleurs ou éclaircir l'autre."
    )


def _warn(name: str, path: str, line: int, message: str) -> Problem:
    return Problem(path=path, line=line, column=1, field=f"--{name}", message=message, severity="warning")
