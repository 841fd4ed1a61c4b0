"""The blog: articles, newest first."""

from plugins.blog.model import ARTICLE
from plugins.blog.outputs import build_outputs
from plugins.press.kinds import Subject

SUBJECT = Subject(name="blog", kinds=(ARTICLE,), build_outputs=build_outputs)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
