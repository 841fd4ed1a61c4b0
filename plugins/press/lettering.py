"""How much room a text takes in a drawing, which nobody lays out: measured on the site's face, and a bit more."""

from __future__ import annotations

_WIDTHS = {
    sign: width
    for width, signs in (
        (0.21, ".,:;\N{NARROW NO-BREAK SPACE}"),
        (0.29, " \N{NO-BREAK SPACE}'’|!ijl·`îï"),
        (0.41, 'frt()[]-_{}°/\\1I"'),
        (0.49, "svyz"),
        (0.55, "7ackxJ*?àâç–"),
        (0.59, "2bdeghnopquEFLT<>^~éèêëùûüôö«»ÉÈÊ"),
        (0.64, "345689BPRSVXYZ$+"),
        (0.74, "0ACDK#=…€wGHNOQU&ÀÂÇÔ"),
        (0.87, "M@—mWæÆ"),
        (0.94, "%œŒ"),
    )
    for sign in signs
}
_OTHER, _WIDE = 0.66, 1.1
_BOLD = 1.14


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text set in that size, never less than it is."""
    total = sum(_WIDTHS.get(sign, _WIDE if ord(sign) > 0x2000 else _OTHER) for sign in text)
    return total * size * (_BOLD if bold else 1)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in that room; a word that is too long for a line is cut, nothing is left out."""
    lines = [""]
    for word in text.split(" "):
        for piece in _cut(word, room, size, bold=bold):
            longer = f"{lines[-1]} {piece}" if lines[-1] else piece
            if lines[-1] and measure(longer, size, bold=bold) > room:
                lines.append(piece)
            else:
                lines[-1] = longer
    return lines


def _cut(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces
