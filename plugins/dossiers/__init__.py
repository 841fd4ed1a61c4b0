"""Thematic dossiers and their parts."""

from plugins.dossiers.checks import check
from plugins.dossiers.model import DOSSIER, PART
from plugins.dossiers.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="dossiers", kinds=(DOSSIER, PART), build_outputs=build_outputs, check=check)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
