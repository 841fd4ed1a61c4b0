"""Elements of HTML and SVG: attributes and texts come out escaped, numbers short."""

from __future__ import annotations

from markupsafe import Markup, escape


def element(name: str, *inner: str, **attributes: object) -> Markup:
    """An element; plain texts in it are escaped, ``Markup`` is not.

    ``class_`` is the attribute ``class``, ``stroke_width`` is ``stroke-width``; one that is None is left out.
    """
    written = "".join(
        f' {_name(key)}="{escape(show(value))}"' for key, value in attributes.items() if value is not None
    )
    content = "".join(map(escape, inner))
    body = f"<{name}{written}>{content}</{name}>" if inner else f"<{name}{written}/>"
    return Markup(body)  # noqa: S704 - all that came in is escaped


def show(value: object) -> str:
    """A number with one decimal at most, anything else as its text."""
    if isinstance(value, float):
        short = f"{value:.1f}".removesuffix(".0")
        return "0" if short == "-0" else short
    return str(value)


def _name(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
