"""What ``./site serve`` makes while one goes on writing: the bundles that its builds left for later, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from queue import SimpleQueue

from plugins.press import reporting
from plugins.press.bundles import Late, SupersededError
from plugins.press.problems import PressError
from plugins.press.store import DamagedCacheError


class Workshop:
    """One thread, one thing at a time: the latest wish takes the place of the one before, also half way through."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._wish: tuple[Late, ...] = ()
        self._made = SimpleQueue[tuple[Late, Mapping[str, bytes]]]()

    def start(self) -> None:
        threading.Thread(target=self._work, daemon=True).start()

    def want(self, late: Sequence[Late]) -> None:
        """What the newest build left: nothing else is wanted any more."""
        with self._changed:
            if [wish.key for wish in late] != [wish.key for wish in self._wish]:
                self._wish = tuple(late)
                self._changed.notify()

    def keep_made(self) -> list[str]:
        """Put on the shelf what is ready; the names of it."""
        names = []
        while not self._made.empty():
            late, files = self._made.get()
            late.keep(files)
            names.append(late.bundle.name)
        return names

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wish)
                wish = self._wish
            try:
                self._make(wish)
            except SupersededError:
                continue
            except (PressError, OSError, DamagedCacheError) as error:
                reporting.say_failure(error)
            with self._changed:
                self._wish = () if self._wish is wish else self._wish

    def _make(self, wish: tuple[Late, ...]) -> None:
        def check() -> None:
            if self._wish is not wish:
                raise SupersededError

        for late in wish:
            self._made.put((late, late.make(check)))
