"""How a figure of a yearly report is written in a text: ``[[chiffre:adherents]]``, for a number that is kept elsewhere.

``[[chiffre:adherents:evolution]]`` adds how it changed since the year before.
"""

from __future__ import annotations

import re

FIGURE_START = "[[chiffre"
FIGURE = r"\[\[\s*[Cc][Hh][Ii][Ff][Ff][Rr][Ee][Ss]?\b[^\]\n]*(?:\]\])?"
"""Whatever was meant as one."""
_WELL_FORMED = re.compile(r"\[\[chiffre:([a-z0-9]+(?:-[a-z0-9]+)*(?::evolution)?)\]\]")


def read_figure(typed: str) -> str:
    """What stands in ``[[chiffre:identifier]]``, maybe with ``:evolution``; ``""`` when it is not written so."""
    match = _WELL_FORMED.fullmatch(typed)
    return match[1] if match else ""
