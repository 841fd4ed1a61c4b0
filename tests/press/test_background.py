"""What a preview makes meanwhile: one thing at a time, the latest that was wanted, and a failure stops nothing."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from plugins.press.background import Workshop
from plugins.press.bundles import Bundle, Late
from plugins.press.problems import PressError

PATIENCE = 15
"""Seconds: far more than it takes, for a machine may be busy."""


class Slow:
    """Bundles whose making waits until the test says so."""

    def __init__(self) -> None:
        self.begun: list[bytes] = []
        self.kept: list[bytes] = []
        self.given_up = threading.Event()
        self.go_on = threading.Event()
        self.started = threading.Semaphore(0)

    def late(self, key: bytes, error: Exception | None = None) -> Late:
        def make(_press, check):
            self.begun.append(key)
            self.started.release()
            while not self.go_on.wait(0.01):
                try:
                    check()
                except Exception:
                    self.given_up.set()
                    raise
            if error:
                raise error
            return {"file": key}

        shelf = SimpleNamespace(keep=lambda _folder, kept, _files: self.kept.append(kept))
        press = SimpleNamespace(shelf=shelf, places=SimpleNamespace(state=self.state))
        return Late(Bundle("lent", "le programme", (1,), str, make, iter), key, press)


@pytest.fixture
def slow(tmp_path):
    found = Slow()
    found.state = tmp_path
    yield found
    found.go_on.set()


@pytest.fixture
def workshop():
    found = Workshop()
    found.start()
    return found


def wait_until(true):
    tick = threading.Event()
    for _ in range(PATIENCE * 100):
        if found := true():
            return found
        tick.wait(0.01)
    pytest.fail("it never came")


def test_what_was_left_for_later_is_made_and_kept_when_one_looks(workshop, slow):
    assert workshop.keep_made() == []
    workshop.want([slow.late(b"one")])
    slow.go_on.set()
    assert wait_until(workshop.keep_made) == ["le programme"]
    assert slow.kept == [b"one"]
    assert workshop.keep_made() == []


def test_the_latest_wish_takes_the_place_of_the_one_before(workshop, slow):
    workshop.want([slow.late(b"one")])
    assert slow.started.acquire(timeout=PATIENCE)
    workshop.want([slow.late(b"two")])
    assert slow.given_up.wait(PATIENCE)
    slow.go_on.set()
    wait_until(workshop.keep_made)
    assert (slow.begun, slow.kept) == ([b"one", b"two"], [b"two"])


def test_a_build_that_changes_nothing_for_it_lets_it_go_on(workshop, slow):
    workshop.want([slow.late(b"one")])
    assert slow.started.acquire(timeout=PATIENCE)
    workshop.want([slow.late(b"one")])
    slow.go_on.set()
    wait_until(workshop.keep_made)
    assert (slow.begun, slow.kept) == ([b"one"], [b"one"])


def test_what_is_no_longer_wanted_at_all_is_given_up(workshop, slow):
    workshop.want([slow.late(b"one")])
    assert slow.started.acquire(timeout=PATIENCE)
    workshop.want([])
    assert slow.given_up.wait(PATIENCE)


def test_a_failure_is_said_and_the_next_wish_is_made(workshop, slow, capsys):
    slow.go_on.set()
    workshop.want([slow.late(b"one", PressError("il tombe."))])
    wait_until(lambda: "Impossible de continuer : il tombe." in capsys.readouterr().err)
    workshop.want([slow.late(b"two")])
    wait_until(workshop.keep_made)
    assert slow.kept == [b"two"]
