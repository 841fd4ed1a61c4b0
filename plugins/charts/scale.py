"""From numbers to places: a span that holds all of them and zero, and round numbers along it."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10

from plugins.press import french

_STEPS = (1, 2, 2.5, 5, 10)


def span(values: Iterable[float | None]) -> tuple[float, float]:
    """The least and the greatest number, with zero among them; never of no length."""
    known = [0.0, *(value for value in values if value is not None)]
    low, high = min(known), max(known)
    return (low, high if high > low else low + 1)


def ticks(low: float, high: float, count: int = 4, *, whole: bool = True) -> list[float]:
    """About so many round numbers from below ``low`` to above ``high``; whole ones when all numbers are."""
    raw = (high - low) / count
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in _STEPS if power * factor >= raw * 0.999)
    step = max(1.0, ceil(step)) if whole else step
    return [step * rank for rank in range(floor(low / step), ceil(high / step) + 1)]


def shorten(value: float) -> str:
    """A round number in little room: « 1,5 M », « 200 »."""
    for limit, word in ((1e12, "bn"), (1e9, "Md"), (1e6, "M")):
        if abs(value) >= limit:
            return f"{french.number(_plain(value / limit))}{french.NARROW}{word}"
    return french.number(_plain(value))


def _plain(value: float) -> int | float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
