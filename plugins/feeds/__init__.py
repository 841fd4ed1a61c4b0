"""RSS and Atom feeds, and the page that lists them."""

from plugins.feeds.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="feeds", build_outputs=build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
