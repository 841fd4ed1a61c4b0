"""How laws are tried, without a clock, for a machine may be slow; and how tests are shared out among processes."""

from __future__ import annotations

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("site", deadline=None)
settings.load_profile("site")
VISITORS = "tests/visitors/"
"""What browsers see shares sites and a browser, and takes longest: it is one work, and the first."""


class FileScheduling(LoadScopeScheduling):
    """A file is the work of one process."""

    def _split_scope(self, nodeid: str) -> str:
        return VISITORS if nodeid.startswith(VISITORS) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileScheduling:
    return FileScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(VISITORS))
