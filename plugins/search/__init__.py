"""The search: its page, and the index that Pagefind makes."""

from plugins.press.kinds import Subject
from plugins.press.policy import Allowance
from plugins.search.outputs import build_bundle, check

SUBJECT = Subject(
    name="search",
    build_outputs=lambda _site: iter(()),
    check=check,
    build_bundle=build_bundle,
    # Pagefind's library is WebAssembly, which runs in the page itself
    allowances=(Allowance("/recherche/", sources=(("script-src", "'wasm-unsafe-eval'"),)),),
)


def register() -> None:
    """Called by Pelican."""
    from plugins.press import host

    host.register(SUBJECT)
