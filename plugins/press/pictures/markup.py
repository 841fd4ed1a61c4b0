"""A picture in HTML: the form that suits the screen and the browser, and its room kept before it is there."""

from __future__ import annotations

import re
from html import escape

from markupsafe import Markup

from plugins.press.pictures.facts import Shown, Target, address

SIZES = "(min-width:62rem) 38rem,(min-width:48rem) 50vw,92vw"
"""How wide a picture stands on the page: the column of texts of ``css/layout.css``, or the screen without margins."""
_IMAGE = re.compile(r'<img\b([^>]*) src="link:(\d+)"([^>]*)>')
_LATER = ' loading="lazy" decoding="async"'
_FIRST = re.compile(rf"(<img\b[^>]*){_LATER}")
_AT_ONCE = ' fetchpriority="high"'
_PICTURE = re.compile(rf"(?:<picture>(?:<source [^>]*>)*)?(<img\b[^>]*?)(?:{_LATER}|{_AT_ONCE})([^>]*>)(?:</picture>)?")


def replace(html: str, targets: tuple[Target, ...]) -> str:
    """The pictures of a body, each fetched when one comes near it; what was written of them stays."""
    if "<img" not in html:
        return html
    return _IMAGE.sub(lambda found: _draw(targets[int(found[2])], found[1] + found[3] + _LATER), html)


def leading(shown: Shown, alt: str) -> Markup:
    """The picture that a document begins with: what one came to see, so it is fetched at once."""
    return Markup(_draw(shown, f' alt="{escape(alt)}"{_AT_ONCE}'))  # noqa: S704 - escaped here


def wake_first(page: str) -> str:
    """The page with its first picture fetched at once: it is on the screen, or nearly."""
    return page if "<img" not in page or _AT_ONCE in page else _FIRST.sub(r"\1", page, count=1)


def flatten(html: str) -> str:
    """Each picture in the one form that every program reads, for feeds and books."""
    return _PICTURE.sub(lambda found: found[1] + found[2], html) if "<img" in html else html


def _draw(target: Target, attributes: str) -> str:
    image = f'<img{attributes} src="{escape(address(target))}"{_size(target)}>'
    if isinstance(target, str) or not target.widths:
        return image
    sources = "".join(_source(target, name) for name in ("avif", "webp"))
    return f"<picture>{sources}{image}</picture>"


def _source(shown: Shown, name: str) -> str:
    forms = [(f"{escape(shown.base)}.{width}.{name}", width) for width in shown.widths]
    if len(forms) == 1:
        return f'<source type="image/{name}" srcset="{forms[0][0]}">'
    srcset = ", ".join(f"{url} {width}w" for url, width in forms)
    return f'<source type="image/{name}" srcset="{srcset}" sizes="{SIZES}">'


def _size(target: Target) -> str:
    if isinstance(target, str) or not target.width:
        return ""
    return f' width="{target.width}" height="{target.height}"'
