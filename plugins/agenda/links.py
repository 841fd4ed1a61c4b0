"""Where the pages of the agenda are, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.press import french
from plugins.press.site import Site
from plugins.press.views import ATOM, CALENDAR, JSON, Feed, Link, feed_pair

CHANGES = Feed("Ce qui change dans l'agenda", "/flux/agenda-changements.atom.xml", ATOM)
FEEDS = (
    *feed_pair("L'agenda", "/flux/agenda"),
    CHANGES,
    Feed("L'agenda (calendrier)", "/agenda/agenda.ics", CALENDAR),
)
DATA = Feed("L'agenda (données)", "/agenda/agenda.json", JSON)
HOME = Link("Agenda", "/agenda/")

Month = tuple[int, int]
"""Year and month."""


def department_name(code: str, site: Site) -> str:
    return site.settings.departments.get(code) or FRENCH_DEPARTMENTS[code]


def department_url(code: str) -> str:
    return f"/agenda/departement/{code.lower()}/"


def year_link(year: int) -> Link:
    return Link(str(year), f"/agenda/{year}/")


def month_link(month: Month) -> Link:
    """« mars 2017 »."""
    return Link(french.month_year(date(*month, 1)), month_url(month))


def month_url(month: Month) -> str:
    return f"/agenda/{month[0]}/{month[1]:02}/"


def neighbours(links: Sequence[Link], index: int) -> tuple[Link | None, Link | None]:
    """The links before and after that one."""
    return (links[index - 1] if index else None, links[index + 1] if index + 1 < len(links) else None)
