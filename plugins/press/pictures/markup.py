"""A picture in HTML: the form that suits the screen and the browser, and its room kept before it is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from markupsafe import Markup

from plugins.press.pictures.facts import Shown, Target, address

SIZES = "(min-width:62rem) 38rem,(min-width:48rem) 50vw,92vw"
"""How wide a picture stands on the page: the column of texts of ``css/layout.css``, or the screen without margins."""
_IMAGE = re.compile(r'<img\b([^>]*) src="link:(\d+)"([^>]*)>')
_LATER = ' loading="lazy" decoding="async"'
_FIRST = re.compile(rf"(<img\b[^>]*){_LATER}")
_AT_ONCE = ' fetchpriority="high"'


def replace(html: str, targets: tuple[Target, ...], draw: Callable[[Target, str], str]) -> str:
    """Each picture of a body as ``draw`` has it: given what it is, and its attributes as they were written."""
    if "<img" not in html:
        return html
    return _IMAGE.sub(lambda found: draw(targets[int(found[2])], found[1] + found[3]), html)


def picture(target: Target, attributes: str) -> str:
    """A picture that is fetched when one comes near it, in its best form."""
    return _draw(target, attributes + _LATER)


def leading(shown: Shown, alt: str) -> Markup:
    """The picture that a document begins with: what one came to see, so it is fetched at once."""
    return Markup(_draw(shown, f' alt="{escape(alt)}"{_AT_ONCE}'))  # noqa: S704 - escaped here


def plain(target: Target, attributes: str) -> str:
    """The one form that every program reads."""
    return f'<img{attributes} src="{escape(address(target))}"{_size(target)}>'


def wake_first(page: str) -> str:
    """The page with its first picture fetched at once: it is on the screen, or nearly."""
    return page if "<img" not in page or _AT_ONCE in page else _FIRST.sub(r"\1", page, count=1)


def _draw(target: Target, attributes: str) -> str:
    image = plain(target, attributes)
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
