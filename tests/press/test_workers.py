"""Work in several processes: the same results in the same order, and no hanging whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from plugins.press import workers
from plugins.press.problems import PressError
from plugins.press.store import DamagedCacheError


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """A test that hangs fails."""

    def fail(*_: object) -> None:
        raise TimeoutError("the workers hang")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def _without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of other tests, which may have left some: nothing here needs them."""
    monkeypatch.setattr(workers, "_has_threads", lambda: False)


def test_a_process_with_threads_does_not_fork(monkeypatch):
    monkeypatch.undo()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert run(lambda _: os.getpid(), [1, 2, 3]) == [os.getpid()] * 3
    finally:
        done.set()
        thread.join()


def run(task: Callable[[Any], Any], items: list[Any], processes: int = 2) -> list[Any]:
    return list(workers.run(task, items, processes))


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(processes):
    def slow_at_first(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    assert run(slow_at_first, list(range(20)), processes) == [number * number for number in range(20)]


def test_the_work_is_done_elsewhere_and_by_no_more_than_asked():
    def who(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    found = set(run(who, list(range(12)), 3))
    assert os.getpid() not in found
    assert 1 < len(found) <= 3


def test_a_process_that_has_touched_much_memory_makes_room_for_another(monkeypatch):
    monkeypatch.setattr(workers, "TOUCHED", 1000)
    held = []

    def touch(_: int) -> int:
        held.append(bytearray(8_000_000))
        return os.getpid()

    found = run(touch, list(range(6)))
    assert len(set(found)) == len(found)
    monkeypatch.undo()
    assert len(set(run(lambda _: os.getpid(), list(range(6))))) <= 2


@pytest.mark.parametrize(("items", "processes"), [([1, 2, 3], 1), ([1], 4), ([1, 2, 3], 0)])
def test_what_is_not_worth_a_process_is_done_here(items, processes):
    assert set(run(lambda _: os.getpid(), items, processes)) == {os.getpid()}


def test_without_items_there_is_nothing_to_do():
    assert run(lambda _: 1 / 0, []) == []


def test_without_fork_everything_is_done_here(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert set(run(lambda _: os.getpid(), [1, 2, 3])) == {os.getpid()}


def test_what_is_in_memory_need_not_be_sent():
    items = [lambda number=number: number for number in range(4)]  # no lambda can be pickled
    assert run(lambda item: item(), items) == [0, 1, 2, 3]


@pytest.mark.parametrize("error", [DamagedCacheError("abc"), PressError("le disque est plein"), KeyError("x")])
@pytest.mark.parametrize("processes", [1, 2])
def test_an_exception_in_a_worker_comes_out_as_it_is(error, processes):
    def fail(number: int) -> int:
        if number == 2:
            raise error
        return number

    done = []
    with pytest.raises(type(error), match=str(error)):
        done.extend(workers.run(fail, list(range(4)), processes))


def test_a_killed_worker_is_the_environment_s_fault_and_nobody_waits_for_it():
    def die(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(PressError, match=r"un processus de travail a été arrêté par le système \(mémoire insuffisante"):
        run(die, list(range(8)))


def test_a_task_may_be_done_elsewhere_while_something_else_is_done_here():
    def work() -> bytes:
        return f"{os.getpid()} {'x' * 200_000}".encode()  # more than a pipe holds

    child, _, rest = workers.begin(work).result().decode().partition(" ")
    assert len(rest) == 200_000
    assert int(child) != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(int(child), 0)


def test_it_is_known_whether_a_task_is_done_elsewhere():
    go_on, theirs = os.pipe()
    task = workers.begin(lambda: os.read(go_on, 1))
    assert not task.is_done()
    os.write(theirs, b"x")
    while not task.is_done():
        time.sleep(0.001)
    assert task.result() == b"x"
    os.close(go_on)
    os.close(theirs)


def test_a_task_that_fails_elsewhere_comes_to_nothing():
    assert workers.begin(lambda: bytes(1 // 0)).result() == b""


def test_where_there_are_threads_a_task_is_done_here(monkeypatch):
    monkeypatch.setattr(workers, "_has_threads", lambda: True)
    assert workers.begin(lambda: str(os.getpid()).encode()).result() == str(os.getpid()).encode()


def test_after_a_failure_work_goes_on():
    with pytest.raises(ZeroDivisionError):
        run(lambda number: 1 // number, [1, 0, 1])
    assert run(lambda number: number + 1, [1, 2, 3]) == [2, 3, 4]


def test_who_stops_listening_leaves_no_process_behind():
    def who(_: int) -> int:
        return os.getpid()

    results = workers.run(who, list(range(50)), 2)
    worker = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.parametrize(("wanted", "count"), [("1", 1), ("7", 7), ("64", 64)])
def test_the_caller_may_say_how_many(wanted, count):
    assert workers.count({"PRESS_WORKERS": wanted}) == count


@pytest.mark.parametrize("wanted", ["", "0", "-1", "deux", "1.5", "²"])
def test_otherwise_the_processors_tell_up_to_four(wanted, monkeypatch):
    for processors, count in ((1, 1), (3, 3), (4, 4), (96, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, processors=processors: set(range(processors)))
        assert workers.count({"PRESS_WORKERS": wanted}) == count
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.count({}) == 1
