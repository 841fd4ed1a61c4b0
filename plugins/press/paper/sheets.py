"""What goes to the compiler: values, and the files beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from plugins.press.problems import Problem


class Sheet(Struct, frozen=True):
    """What a template of the theme's ``paper/`` folder sets.

    - ``data`` is what it reads as ``data.json``: texts stay values there, so there is nothing to escape;
    - ``files`` are the pictures and tables that ``data`` names;
    - ``origins`` gives the file of the content that a picture is;
    - ``moment`` (local time of the site) is the date of the document, never the build's;
    - ``sources`` are the content files that its texts come from, to find what cannot be printed;
    - ``is_lenient``: a sign that no font has is shown as « � », for texts that nobody here can mend.
    """

    data: Mapping[str, Any]
    moment: datetime
    files: Mapping[str, bytes] = MappingProxyType({})
    origins: Mapping[str, str] = MappingProxyType({})
    sources: tuple[str, ...] = ()
    is_lenient: bool = False


class UnprintableError(Exception):
    """The content has something that cannot be printed as it is. Carries the problems, each at its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} things that cannot be printed")
        self.problems = problems
