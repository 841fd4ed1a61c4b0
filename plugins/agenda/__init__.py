"""The agenda: events, their pages by month, year, department, category and organiser, and their calendars."""

from plugins.agenda.identities import IDENTITIES, record
from plugins.agenda.importing.refreshing import refresh
from plugins.agenda.imports import IMPORTED
from plugins.agenda.model import check, next_change
from plugins.agenda.outputs import build_outputs
from plugins.agenda.partners import PARTNERS
from plugins.agenda.reading import EVENT
from plugins.press.kinds import Subject

SUBJECT = Subject(
    name="agenda",
    kinds=(EVENT, IDENTITIES, PARTNERS, IMPORTED),
    build_outputs=build_outputs,
    check=check,
    next_change=next_change,
    record=record,
    refresh=refresh,
)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
