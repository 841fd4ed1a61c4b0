"""The press: the pipeline that turns content into a published site. See docs/developers/architecture.md."""


def register() -> None:
    """Called by Pelican: from then on Pelican's build is the press's build."""
    from plugins.press import host

    host.connect()
