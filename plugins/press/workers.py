"""Work spread over processes: forked, so that what is in memory is there without being sent."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from plugins.press.problems import PressError

Item = TypeVar("Item")
Result = TypeVar("Result")
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


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


def _has_threads() -> bool:
    """Whether this process has other threads, of Python or not: a fork lacks them, and would wait for them for ever.

    Typst keeps a pool of its own from the first PDF that a process sets.
    """
    try:
        return len(os.listdir("/proc/self/task")) > 1
    except OSError:  # not Linux
        return False


def _run_forked(task: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    # imported here: an edit, which needs one process, should not pay for them
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _work  # noqa: PLW0603 - what forked children find in memory need not be sent to them
    _work = (task, items)
    gc.freeze()  # what is there already is no garbage, and children need not look at it
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_call, range(len(items)))
    except BrokenProcessPool as error:
        message = "un processus de travail a été arrêté par le système (mémoire insuffisante ?)."
        raise PressError(message) from error
    finally:
        gc.unfreeze()
        _work = None


def _call(index: int) -> Any:
    assert _work is not None  # noqa: S101 - set before the fork
    task, items = _work
    result = task(items[index])
    gc.collect()  # builds run without: templates leave rings behind, which would add up to more than the site
    return result
