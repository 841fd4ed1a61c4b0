"""What browsers may do on the site's pages: one policy, the few pages that need more, and the headers that say both.

Each page carries its policy in a ``meta`` (CSP 3 §3.3), for hosts that send no headers of ours. The file ``_headers``
says it to hosts that read one. Of several rules for one address, some of these hosts keep the last and some send
all, and of several policies a browser obeys all: the rule for every address is therefore the loosest that any page
needs, and the page's own ``meta`` takes away the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Function, Output

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_SOURCES = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
_HEADERS = (
    ("Access-Control-Allow-Origin", "*"),  # nothing here is secret: partners' pages may read calendars and data
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),  # browsers ignore it where a policy has frame-ancestors (CSP 3 §6.4.2)
)
_FOR_EVER = (("Cache-Control", "public, max-age=31536000, immutable"),)


class Allowance(Struct, frozen=True, array_like=True):
    """What the pages below an address need beyond the policy: more sources for a directive, or other sites' frames."""

    path: str
    sources: tuple[tuple[str, str], ...] = ()
    framed: bool = False


class HostFile(Struct, frozen=True, array_like=True):
    """The rules of ``_headers``: for each pattern of addresses, its headers."""

    rules: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def page_policy(url: str, allowances: Iterable[Allowance]) -> str:
    """The policy of one page, as its ``meta`` says it: ``frame-ancestors`` cannot stand there."""
    return _policy(*(allowance for allowance in allowances if url.startswith(allowance.path)))


def header_policy(url: str, allowances: Iterable[Allowance]) -> str:
    """The policy of one page, for a server that can tell one from the other: with who may show it in a frame."""
    found = [allowance for allowance in allowances if url.startswith(allowance.path)]
    ancestors = "*" if any(allowance.framed for allowance in found) else "'none'"
    return f"{_policy(*found)}; frame-ancestors {ancestors}"


def build_outputs(allowances: tuple[Allowance, ...]) -> Iterator[Output]:
    """``_headers``, in the form of Netlify and Cloudflare Pages."""
    everywhere = (*_HEADERS, ("Content-Security-Policy", _policy(*allowances)))
    framed = tuple(
        (f"{allowance.path}*", (("Content-Security-Policy", header_policy(allowance.path, allowances)),))
        for allowance in allowances
        if allowance.framed
    )
    view = HostFile((("/*", everywhere), *framed, ("/theme/*", _FOR_EVER)))
    yield Output("/_headers", Function("plugins.press.policy:render_headers"), view, "les en-têtes de l'hébergeur")


def render_headers(view: HostFile, press: Press) -> bytes:  # noqa: ARG001
    """A line for each pattern, and below it its headers."""
    lines = ("\n".join([pattern, *(f"  {name}: {value}" for name, value in found)]) for pattern, found in view.rules)
    return ("\n\n".join(lines) + "\n").encode()


@cache
def _policy(*allowances: Allowance) -> str:
    found = {directive: [sources] for directive, sources in _SOURCES.items()}
    for allowance in allowances:
        for directive, sources in allowance.sources:
            found.setdefault(directive, []).append(sources)
    return "; ".join(f"{directive} {' '.join(dict.fromkeys(sources))}" for directive, sources in found.items())
