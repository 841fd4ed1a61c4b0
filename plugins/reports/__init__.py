"""Yearly activity reports: sections, figures, finances, key dates counted from the agenda and frozen by a vote."""

from plugins.press.kinds import Subject
from plugins.reports.assembly import KINDS as ASSEMBLY
from plugins.reports.checks import advise, check
from plugins.reports.figurefile import FIGURES
from plugins.reports.finances import FINANCES
from plugins.reports.freezing import freeze
from plugins.reports.lock import LOCK
from plugins.reports.milestones import MILESTONES
from plugins.reports.model import REPORT, SECTION
from plugins.reports.outputs import build_outputs

SUBJECT = Subject(
    name="reports",
    kinds=(REPORT, SECTION, FIGURES, FINANCES, MILESTONES, LOCK, *ASSEMBLY),
    build_outputs=build_outputs,
    check=check,
    advise=advise,
    freeze=freeze,
)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
