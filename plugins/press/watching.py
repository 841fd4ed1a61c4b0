"""Wait for changes of content, theme or settings; a change of code needs a new process."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from plugins.press.settings import Places

CODE = (".py",)


def watch(
    places: Places,
    plugins: Path,
    settings: tuple[Path, ...],
    rebuild: Callable[[], None],
    rest: Callable[[], None] = lambda: None,
) -> None:
    """Call ``rebuild`` after each batch of changes; start afresh when code or settings change.

    It is called once when watching has begun: what changed just before is not missed. ``rest`` is called each second
    in which nothing changes. Ends with ``KeyboardInterrupt``, when the user wants it.
    """
    from watchfiles import watch as watch_files

    folders = [places.content, *places.themes, plugins, *{file.parent for file in settings if file.is_file()}]
    wanted = (
        os.fspath(places.content),
        *map(os.fspath, places.themes),
        os.fspath(plugins),
        *map(os.fspath, settings),
    )
    watched, is_wanted = dict.fromkeys(folders), _filter(wanted)
    begun, stopped = False, _hear_interrupts()
    for changes in watch_files(
        *watched,
        watch_filter=is_wanted,
        stop_event=stopped,
        step=20,
        debounce=200,
        rust_timeout=1000,
        yield_on_timeout=True,
    ):
        if any(path.endswith(CODE) for _, path in changes):
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        if changes or not begun:
            begun = True
            rebuild()
        else:
            rest()
    raise KeyboardInterrupt


def _hear_interrupts() -> threading.Event:
    """Set when the user wants to stop: the exception that says so is lost when it is raised in a destructor."""
    stopped = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        stopped.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    return stopped


def _filter(wanted: tuple[str, ...]) -> Callable[[object, str], bool]:
    def is_wanted(_change: object, path: str) -> bool:
        name = os.path.basename(path)
        hidden = name.startswith(".") or name.endswith(("~", ".swp", ".pyc")) or "__pycache__" in path
        return path.startswith(wanted) and not hidden

    return is_wanted
