"""The home page and the page for what is not found."""

from plugins.home.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="home", build_outputs=build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
