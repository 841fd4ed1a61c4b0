"""A server for the tests of imports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agenda.importing.servers import Server, make_certificate


@pytest.fixture(scope="package")
def certificate(tmp_path_factory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate) -> Iterator[Server]:
    found = Server(certificate)
    yield found
    found.http.shutdown()
    found.http.server_close()
