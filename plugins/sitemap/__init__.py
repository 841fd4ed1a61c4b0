"""What tells people and robots what there is: plan du site, sitemap.xml, robots.txt, build.json, redirections."""

from plugins.press.kinds import Subject
from plugins.sitemap.outputs import build_index, build_outputs

SUBJECT = Subject(name="sitemap", build_outputs=build_outputs, build_index=build_index)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
