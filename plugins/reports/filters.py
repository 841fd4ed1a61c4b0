"""The rules by which a report's key dates are narrowed without script: one for each value that its dates have.

They depend on the content, and so are a small sheet of the report's own, which the security policy allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from plugins.press.rendering import Press


class Filters(Struct, frozen=True, array_like=True):
    """The keys of the filters: letters and digits."""

    keys: tuple[str, ...]


def render_filters(view: Filters, _press: Press) -> bytes:
    """Of a checked filter, what lacks its key is not shown; on paper all is."""
    rules = ",".join(f"#_{key}:checked~div :is(li,section):not(.{key})" for key in view.keys)
    return f"@media screen{{{rules}{{display:none}}}}\n".encode()
