"""The agenda: events, their pages by month, year, department, category and organiser, and their calendars."""

from collections.abc import Iterator

from plugins.agenda import conflicts, decisions, model
from plugins.agenda.decisions import DUPLICATES
from plugins.agenda.identities import IDENTITIES, record
from plugins.agenda.importing.refreshing import refresh
from plugins.agenda.imports import IMPORTED
from plugins.agenda.outputs import build_outputs
from plugins.agenda.partners import PARTNERS
from plugins.agenda.reading import EVENT
from plugins.press.kinds import Subject
from plugins.press.policy import Allowance
from plugins.press.problems import Problem
from plugins.press.site import Site


def _check(site: Site) -> Iterator[Problem]:
    yield from model.check(site)
    yield from decisions.check(site)


SUBJECT = Subject(
    name="agenda",
    kinds=(EVENT, IDENTITIES, PARTNERS, IMPORTED, DUPLICATES),
    build_outputs=build_outputs,
    check=_check,
    advise=conflicts.advise,
    next_change=model.next_change,
    record=record,
    refresh=refresh,
    allowances=(Allowance("/agenda/extrait/", framed=True),),  # partners show these pages in theirs
)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
