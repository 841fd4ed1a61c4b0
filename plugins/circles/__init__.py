"""Governance in circles, as a text says it and as a drawing."""

from collections.abc import Iterator

from plugins.circles.model import CIRCLES
from plugins.press.kinds import Subject
from plugins.press.outputs import Output
from plugins.press.site import Site


def _build_outputs(_site: Site) -> Iterator[Output]:
    """Circles are in the pages of others."""
    yield from ()


SUBJECT = Subject(name="circles", blocks=(CIRCLES,), build_outputs=_build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
