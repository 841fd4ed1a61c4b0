"""Yearly activity reports: sections, key dates counted from the agenda, figures."""

from plugins.press.kinds import Subject
from plugins.reports.checks import check
from plugins.reports.model import FIGURES, REPORT, SECTION
from plugins.reports.outputs import build_outputs

SUBJECT = Subject(name="reports", kinds=(REPORT, SECTION, FIGURES), build_outputs=build_outputs, check=check)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
