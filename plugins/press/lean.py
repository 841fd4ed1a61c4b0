"""Libraries imported without what they load for others: together a tenth of a second, which every edit would wait."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(name: str, **stands_in: object) -> Iterator[None]:
    """While a library is imported, a module that it asks for is not there, or has only these names."""
    before = sys.modules.get(name)
    stand_in = ModuleType(name)
    vars(stand_in).update(stands_in)
    sys.modules[name] = stand_in if stands_in else None  # type: ignore[assignment]  # None: it cannot be imported
    try:
        yield
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
