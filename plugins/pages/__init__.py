"""Free pages: l'association, mentions légales, contact…"""

from plugins.pages.model import PAGE
from plugins.pages.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="pages", kinds=(PAGE,), build_outputs=build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
