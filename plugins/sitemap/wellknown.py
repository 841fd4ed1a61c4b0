"""Files that programs look for at an address of their own: security.txt, _redirects, site.webmanifest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Function, Output, Template
from plugins.press.site import Site
from plugins.press.views import Link

if TYPE_CHECKING:
    from plugins.press.rendering import Press

SECURITY = "/.well-known/security.txt"
MANIFEST = "/site.webmanifest"


class SecurityView(Struct, frozen=True, array_like=True):
    """security.txt (RFC 9116): whom to tell of a weakness, and until when that holds."""

    contact: str
    expires: str


class Redirects(Struct, frozen=True, array_like=True):
    """_redirects: old address → new one."""

    pairs: tuple[tuple[str, str], ...]


def build_outputs(site: Site) -> Iterator[Output]:
    yield Output(MANIFEST, Template("site.webmanifest"), Link(site.settings.name, MANIFEST), "le manifeste")
    if contact := site.settings.security_contact:
        view = SecurityView(contact, _expires(site.now))
        yield Output(SECURITY, Function("plugins.sitemap.wellknown:render_security"), view, "security.txt")
    pairs = sorted((alias, document.url) for document in site.open for alias in document.aliases)
    if pairs:
        renderer = Function("plugins.sitemap.wellknown:render_redirects")
        yield Output("/_redirects", renderer, Redirects(tuple(pairs)), "_redirects")


def _expires(now: datetime) -> str:
    """The first of the month eleven months ahead (RFC 9116 §2.5.5: less than a year), so that it moves once a month."""
    years, month = divmod(now.year * 12 + now.month - 1 + 11, 12)
    return f"{years:04}-{month + 1:02}-01T00:00:00Z"


def render_security(view: SecurityView, press: Press) -> bytes:
    lines = (
        f"Contact: {view.contact}",
        f"Expires: {view.expires}",
        f"Preferred-Languages: {press.settings.lang}",
        f"Canonical: {press.absolute(SECURITY)}",
    )
    return ("\n".join(lines) + "\n").encode()


def render_redirects(view: Redirects, press: Press) -> bytes:  # noqa: ARG001
    """As several hosts read it, a line each; where none does, the page at the old address leads on."""
    return "".join(f"{old} {new} 301\n" for old, new in view.pairs).encode()
