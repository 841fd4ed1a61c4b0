"""Work spread over processes: forked, so that what is in memory is there without being sent."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from plugins.press.problems import PressError

Item = TypeVar("Item")
Result = TypeVar("Result")
TOUCHED = 24_576
"""How many pages of memory (of 4 KiB) a process may make its own before another one takes its place."""


def count(environ: Mapping[str, str]) -> int:
    """How many processes to use: ``PRESS_WORKERS``, else the processors this process may use, four at most."""
    wanted = environ.get("PRESS_WORKERS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def run(task: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    """``task`` of each item, in the order of the items. Falls back to this process where forking is not to be had."""
    if processes < 2 or len(items) < 2 or not hasattr(os, "fork") or _has_threads():
        yield from map(task, items)
        return
    yield from _run_forked(task, items, processes)


class Begun:
    """A task that another process does; ``b""`` is its result when it came to nothing."""

    def __init__(self, child: int, pipe: int) -> None:
        self._child = child
        self._pipe = pipe

    def is_done(self) -> bool:
        """Whether its result can be had without waiting."""
        import select

        return bool(select.select([self._pipe], [], [], 0)[0])

    def result(self) -> bytes:
        """To be asked for once."""
        with os.fdopen(self._pipe, "rb") as pipe:
            found = pipe.read()
        os.waitpid(self._child, 0)
        return found


class Postponed(NamedTuple):
    """A task that is done here when its result is wanted, where forking is not to be had."""

    result: Callable[[], bytes]

    def is_done(self) -> bool:
        return True


def begin(task: Callable[[], bytes]) -> Begun | Postponed:
    """Begin a task in a process of its own."""
    if not hasattr(os, "fork") or _has_threads():
        return Postponed(task)
    result, theirs = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException), os.fdopen(theirs, "wb") as pipe:
            pipe.write(task())
        os._exit(0)
    os.close(theirs)
    return Begun(child, result)


def _has_threads() -> bool:
    """Whether this process has other threads, of Python or not: a fork lacks them, and would wait for them for ever.

    Typst keeps a pool of its own from the first PDF that a process sets.
    """
    try:
        return len(os.listdir("/proc/self/task")) > 1
    except OSError:  # not Linux
        return False


def _run_forked(task: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    from multiprocessing.connection import wait  # an edit, which needs one process, should not pay for it

    crew: dict[Any, _Worker] = {}
    done: dict[int, Result] = {}
    left = iter(range(len(items)))
    try:
        for wanted in range(len(items)):
            while wanted not in done:
                while len(crew) < processes and (first := next(left, None)) is not None:
                    worker = _Worker(task, items, first, [*crew])
                    crew[worker.link] = worker
                for link in wait([*crew]):
                    index, result = crew[link].receive()
                    if not crew[link].go_on(left):
                        crew.pop(link).leave()
                    done[index] = result
            yield done.pop(wanted)
    finally:
        for worker in crew.values():
            worker.kill()
        gc.unfreeze()


class _Worker:
    """A forked process that does one item after the other, told which through a pipe.

    What it touches of the memory that it shares with this process becomes its own, little by little, and would be as
    much again as the whole site. So it only lives until that is much: a process that starts anew shares everything.
    """

    def __init__(self, task: Callable[[Any], Any], items: Sequence[Any], first: int, others: list[Any]) -> None:
        import multiprocessing

        context = multiprocessing.get_context("fork")
        gc.freeze()  # what is there already is no garbage, and children need not look at it
        self.link, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(task, items, theirs, [*others, self.link]), daemon=True)
        self._process.start()
        theirs.close()
        self._is_spent = False
        self._tell(first)

    def receive(self) -> tuple[int, Any]:
        """Which item is done, and its result. Raises what the task raised, or ``PressError``."""
        try:
            index, result, error, self._is_spent = self.link.recv()
        except (EOFError, ConnectionError) as gone:
            message = "un processus de travail a été arrêté par le système (mémoire insuffisante ?)."
            raise PressError(message) from gone
        if error is not None:
            raise error
        return index, result

    def go_on(self, left: Iterator[int]) -> bool:
        """Tell it the next item; False when there is none, or when it has lived long enough."""
        following = None if self._is_spent else next(left, None)
        self._tell(following)
        return following is not None

    def _tell(self, index: int | None) -> None:
        with suppress(ConnectionError):  # it is gone: that is noticed when its result is wanted
            self.link.send(index)

    def leave(self) -> None:
        """See it off: it knows that there is nothing more."""
        self._process.join()
        self.link.close()

    def kill(self) -> None:
        self._process.kill()
        self.leave()


def _serve(task: Callable[[Any], Any], items: Sequence[Any], link: Any, others: Sequence[Any]) -> None:
    for other in others:  # ends of pipes that are not its own: whoever holds them would not be missed
        other.close()
    spent = _count_touched() + TOUCHED
    with suppress(EOFError):  # nobody is there any more
        while (index := link.recv()) is not None:
            result, error = None, None
            try:
                result = task(items[index])
            except Exception as raised:  # noqa: BLE001 - whatever it is, it is raised where the result is wanted
                error = raised
            link.send((index, result, error, _count_touched() > spent))
            gc.collect(0)  # builds run without: templates leave rings behind, which would add up to more than the site


def _count_touched() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
