"""How people name an event when they decide what it is: by its file, or by what a partner cannot help keeping.

A partner's UID may be another one at each load; its calendar, the day and the title stay.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.agenda.titles import read_title
from plugins.press.documents import Document
from plugins.press.slugs import build_slug

if TYPE_CHECKING:
    from plugins.agenda.model import Event


class Decisions(Struct, frozen=True, array_like=True, gc=False):
    """What people decided, in references (``refer``): groups that are one event, and events that stay apart."""

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()


class Duplicates(Document, frozen=True, kw_only=True, tag="duplicates", gc=False):
    """``agenda/doublons.yaml``; ``marks`` gives the place of each reference."""

    decisions: Decisions


def refer(event: Event) -> str:
    """How people name an event in a decision: the file of our own, else ``calendar/day/title`` for any UID."""
    if event.source is None:
        return event.path
    return _reference(event.source.calendar, event.start.date().isoformat(), event.title)


def read_reference(text: str) -> str:
    """A reference as people write it, in the form of ``refer``; ``""`` when it is none."""
    if text.endswith(".md"):
        return text if text.startswith("agenda/") else ""
    calendar, _, rest = text.partition("/")
    day, _, title = rest.partition("/")
    try:
        day = date.fromisoformat(day).isoformat()
    except ValueError:
        return ""
    return _reference(calendar, day, title) if build_slug(calendar) and title.strip() else ""


def read_day(reference: str) -> date | None:
    """The day of an imported event; None for one of our own."""
    return None if reference.endswith(".md") else date.fromisoformat(reference.split("/")[1])


def _reference(calendar: str, day: str, title: str) -> str:
    return f"{build_slug(calendar)}/{day}/{read_title(title).key.replace(' ', '-')}"


def group(decisions: Decisions) -> dict[str, str]:
    """Each reference of a ``same`` → the first, by name, of all that are the same as it."""
    groups: dict[str, set[str]] = {}
    for names in decisions.same:
        whole = set(names).union(*(groups.get(name, ()) for name in names))
        groups.update(dict.fromkeys(whole, whole))
    return {name: min(whole) for name, whole in groups.items()}
