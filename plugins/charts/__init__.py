"""Charts: numbers to be seen, drawn when the site is built, each with its table and its CSV."""

from plugins.charts.model import CHART
from plugins.charts.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="charts", blocks=(CHART,), build_outputs=build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
