"""The gallery of components, in previews: every macro of the theme with its contract and all its examples.

The examples of ``macros/event.html`` are in ``examples/event.yaml``: for each macro, a list of ``title`` and ``with``
(its arguments). There, ``static:favicon.svg`` is the address of a static file of the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from plugins.press.outputs import Output, Template
from plugins.press.problems import PressError
from plugins.press.settings import Settings
from plugins.press.theme import Theme
from plugins.press.views import Head

_CONTRACT = re.compile(r"\{#(.*?)#\}", re.DOTALL)
_STATIC = re.compile(r"static:([\w./-]+)")


class Example(Struct, frozen=True, array_like=True):
    """A macro called with these arguments."""

    macro: str
    title: str
    arguments: dict[str, Any]


class Component(Struct, frozen=True, array_like=True):
    """A file of macros: what it promises, and examples of it."""

    file: str
    contract: tuple[str, ...]
    examples: tuple[Example, ...]


class GalleryView(Struct, frozen=True, array_like=True):
    """templates/components.html"""

    head: Head
    components: tuple[Component, ...]


def build_outputs(theme: Theme, settings: Settings) -> Iterator[Output]:
    """``/composants/``, where somebody looks at drafts or at a preview."""
    if settings.drafts or settings.preview:
        view = GalleryView(Head("Composants", "Les pièces du thème.", noindex=True), tuple(read_components(theme)))
        yield Output("/composants/", Template("components.html"), view, "les composants du thème")


def read_components(theme: Theme) -> Iterator[Component]:
    """The components that have examples. Raises ``PressError`` for a file of them that cannot be read."""
    for path, data in theme.examples.items():
        name = path.removesuffix(".yaml")
        contract = tuple(" ".join(found.split()) for found in _CONTRACT.findall(theme.source(f"macros/{name}.html")))
        text = _STATIC.sub(lambda found: theme.url(found[1]), data.decode())
        yield Component(name, contract, _read_examples(text, f"themes/{theme.folder.name}/examples/{path}"))


def _read_examples(text: str, path: str) -> tuple[Example, ...]:
    import yaml  # only previews have a gallery

    try:
        return tuple(
            Example(macro, example["title"], example.get("with", {}))
            for macro, examples in yaml.load(text, Loader=yaml.CSafeLoader).items()
            for example in examples
        )
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        message = f"{path}: not a list of examples for each macro ({error!r})."
        raise PressError(message) from error
