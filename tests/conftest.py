"""How laws are tried, without a clock, for a machine may be slow; and how tests are shared out among processes."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("site", deadline=None)
settings.load_profile("site")
VISITORS = "visitors"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file is the work of one process. What browsers see is one work, and the longest: it comes first."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(VISITORS if folder == VISITORS else str(item.path)))
    items.sort(key=lambda item: item.path.parent.name != VISITORS)
