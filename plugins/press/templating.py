"""Jinja, quicker where pages spend their time: calling macros and importing them takes a third of it otherwise."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2.runtime import Context, Macro
from markupsafe import Markup

_PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})
_KEPT = 8192


class PlainContext(Context):
    """Calls macros and functions as they are, unless one asks for the context (``jinja2.pass_context``).

    The library asks each what it wants to be passed; macros want to know whether to escape, which here is always so.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        kind = type(called)
        if kind is Macro or (kind in _PLAIN and not hasattr(called, "jinja_pass_arg")):
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            return called(*args, **named)
        return super().call(called, *args, **named)


class Environment(jinja2.Environment):
    """Templates share the globals of their environment: none has any of its own."""

    context_class = PlainContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def build_once() -> Callable[..., Markup]:
    """``once(macro, value, …)`` for templates: the macro's result, kept for the next page that shows the same.

    For macros that are imported: they see nothing but their arguments. Values that do not compare (the examples of
    the gallery) are told each time.
    """
    kept = lru_cache(maxsize=_KEPT)(_call)

    def once(macro: Callable[..., Markup], *values: Any) -> Markup:
        try:
            return kept(macro, *values)
        except TypeError:
            return macro(*values)

    return once


def _call(macro: Callable[..., Markup], *values: Any) -> Markup:
    return macro(*values)
