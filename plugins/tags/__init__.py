"""Tags, across all kinds."""

from plugins.press.kinds import Subject
from plugins.tags.model import check
from plugins.tags.outputs import build_outputs

SUBJECT = Subject(name="tags", build_outputs=build_outputs, check=check)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
