"""The preview watches until its user wants to stop."""

from __future__ import annotations

import os
import signal

import pytest

from plugins.press.settings import Places
from plugins.press.watching import watch


@pytest.fixture
def places(tmp_path):
    for name in ("content", "theme", "plugins"):
        (tmp_path / name).mkdir()
    before = signal.getsignal(signal.SIGINT)
    yield Places(tmp_path, tmp_path / "content", tmp_path / "output", tmp_path / "theme")
    signal.signal(signal.SIGINT, before)


class Interrupted:
    """What is interrupted in its destructor: Python reports the exception, and goes on."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(100))  # the handler runs between two steps of a function


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_is_lost_while_it_builds_ends_it_all_the_same(places):
    calls = []

    def rebuild() -> None:
        calls.append("rebuild")
        Interrupted()
        calls.append("went on")

    def rest() -> None:
        calls.append("rest")
        raise AssertionError("it is to stop, not to wait")

    with pytest.raises(KeyboardInterrupt):
        watch(places, places.root / "plugins", (), rebuild, rest)
    assert calls == ["rebuild", "went on"]


def test_an_interrupt_ends_it(places):
    def rest() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        watch(places, places.root / "plugins", (), list, rest)
