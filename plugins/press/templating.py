"""Jinja, quicker where pages spend their time: calling macros, importing them, handing on each piece of a page."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, cast

import jinja2
from jinja2 import FileSystemBytecodeCache, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from plugins.press.snapshot import hash_recipe

_PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType, partial, type(lru_cache()(len))})
_KEPT = 8192


class PlainContext(Context):
    """Calls macros and functions as they are, unless one asks for the context (``jinja2.pass_context``).

    The library asks each what it wants to be passed; macros want to know whether to escape, which here is always so.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if isinstance(called, Macro):
            return called(*args, **named) if named or called.caller else _fill(called, args)
        if type(called) in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **named)
        return super().call(called, *args, **named)


def _fill(macro: Macro, args: tuple[Any, ...]) -> Markup:
    """The result of a macro, given nothing by name; an argument that is missing has its default."""
    left = len(macro.arguments) - len(args)
    if left < 0 or macro.catch_kwargs or macro.catch_varargs:
        return cast("Markup", macro(*args))
    return str.__new__(Markup, macro._func(*args, *(missing,) * left))  # noqa: SLF001 - its own way costs as much again


def show(value: Any) -> Any:
    """A value as it stands in a page: escaped, unless it is HTML already.

    As ``markupsafe.escape`` has it, which spends most of its time on saying that the result is HTML.
    """
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


class JoiningGenerator(CodeGenerator):
    """Joins what stands between two statements before it is handed on.

    The library hands on each piece by itself, through the generators of a block, of its template and of the one it
    extends.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {__name__} import show")
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        if frame.buffer is not None or frame.require_output_check or len(node.nodes) == 1:
            super().visit_Output(node, frame)
            return
        inner = frame.copy()
        inner.buffer = self.temporary_identifier()
        self.writeline(f"{inner.buffer} = []")
        super().visit_Output(node, inner)
        self.writeline(f"yield concat({inner.buffer})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Without what a block or loop has set so far, which only who asks for the context could look at: none does."""
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """What there is is had without the library, which looks for the rest, or says what lacks."""
        owner, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({owner} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr({owner}, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("show(")


class Environment(jinja2.Environment):
    """Templates share the globals of their environment: none has any of its own."""

    context_class = PlainContext
    code_generator_class = JoiningGenerator

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._found: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """Found once: no template changes while a site is built."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def open_cache(folder: Path) -> FileSystemBytecodeCache:
    """Where compiled templates are kept, by what compiled them: this module, and the library."""
    made = hash_recipe(("press/templating.py", "jinja2")).hex()[:8]
    return FileSystemBytecodeCache(str(folder), f"%s.{made}")


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
