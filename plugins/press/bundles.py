"""Bundles: files that come together from a program slower than a build, like the index of the search.

A build makes a bundle only when it is asked to, and only when what it is made of has changed: it is kept beside the
cache. Its files are outputs like others, so that they are published, and go, with the pages they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct

from plugins.press import store
from plugins.press.outputs import Function, Output
from plugins.press.problems import PressError, Problem
from plugins.press.sources import digest

if TYPE_CHECKING:
    from plugins.press.kinds import Subject
    from plugins.press.rendering import Press
    from plugins.press.site import Site

Mode = Literal["never", "small", "always", "kept"]
"""Which bundles a build has: none; those of a small site; all; those made before, whatever has changed since."""
Check = Callable[[], None]

SMALL = 1000
"""Pages: below, a bundle takes about as long as the build."""
_KEY = b"bundles 1"


class SupersededError(Exception):
    """What is being made is no longer wanted: something has changed since."""


class Bundle(Struct, frozen=True):
    """Files below ``/folder/`` that are made all at once.

    - ``name`` is what people call it, with its article;
    - ``material``: all that it is made of, quick to tell; empty when there is nothing to make;
    - ``lacks`` says what to install, ``""`` when nothing is missing;
    - ``make`` gives the files by path. It calls its last argument now and then, which raises ``SupersededError``;
    - ``outputs`` are those that say whether the bundle is there.
    """

    folder: str
    name: str
    material: Any
    lacks: Callable[[], str]
    make: Callable[[Press, Check], Mapping[str, bytes]]
    outputs: Callable[[bool], Iterator[Output]]


class Kept(Struct, frozen=True):
    """A bundle as it was last made: from what, and the hashes of its files by path."""

    key: bytes
    files: dict[str, bytes]


class Shelf:
    """The bundles kept in a state folder: used under its lock."""

    def __init__(self, state: Path) -> None:
        self._list = state / "bundles"
        self._pieces = store.Pieces(state / "bundles.sqlite3")

    def load(self) -> dict[str, Kept]:
        """What there is, by folder."""
        return store.read_packed(self._list, _KEY, msgspec.msgpack.Decoder(dict[str, Kept])) or {}

    def keep(self, folder: str, key: bytes, files: Mapping[str, bytes]) -> Kept:
        kept = Kept(key, {path: digest(files[path]) for path in sorted(files)})
        known = self.load() | {folder: kept}
        # the files first: the list must never promise one that is not there
        self._pieces.save({kept.files[path]: data for path, data in files.items()})
        store.write_packed(self._list, _KEY, known)
        self._pieces.prune((name for each in known.values() for name in each.files.values()), slack=200)
        self._pieces.close()
        return kept

    def read(self, name: bytes) -> bytes:
        """A file by its hash. Raises ``DamagedCacheError``."""
        return self._pieces.get(name)


class Late(Struct, frozen=True):
    """A bundle that a build left for later, and all it takes to make it."""

    bundle: Bundle
    key: bytes
    press: Press

    def make(self, check: Check) -> Mapping[str, bytes]:
        return self.bundle.make(self.press, check)

    def keep(self, files: Mapping[str, bytes]) -> None:
        with store.locked(self.press.places.state):
            self.press.shelf.keep(self.bundle.folder, self.key, files)


class Bundles:
    """The bundles of one build."""

    def __init__(self, state: Path, mode: Mode, code: bytes, *, full: bool) -> None:
        self.problems: list[Problem] = []
        self.folders: list[str] = []
        self._mode = mode
        self._code = code
        self._known = {} if full else Shelf(state).load()
        self._there: list[tuple[Bundle, bytes]] = []
        self._late: list[tuple[Bundle, bytes]] = []

    def announce(self, subjects: Iterable[Subject], site: Site, pages: int) -> Iterator[Output]:
        """What the site of so many pages says of its bundles. Raises ``PressError`` when one cannot be made."""
        for subject in subjects:
            if subject.build_bundle:
                bundle = subject.build_bundle(site)
                self.folders.append(bundle.folder)
                key = blake2b(msgspec.msgpack.encode(bundle.material), digest_size=16, key=self._code).digest()
                is_there = bool(bundle.material) and self._decide(bundle, key, site, pages)
                if is_there:
                    self._there.append((bundle, key))
                yield from bundle.outputs(is_there)

    def _decide(self, bundle: Bundle, key: bytes, site: Site, pages: int) -> bool:
        kept = self._known.get(bundle.folder)
        if self._mode == "never":
            return False
        if self._mode == "small" and pages >= SMALL:
            self._warn(site, f"{bundle.name} manque : le site est grand. « ./site build --search » l'y met.")
            return False
        if (kept is None or kept.key != key) and (lacks := bundle.lacks()):
            if self._mode == "always":
                raise PressError(lacks)
            self._warn(site, f"{bundle.name} manque : {lacks}")
            return self._mode == "kept" and kept is not None
        if self._mode == "kept" and (kept is None or kept.key != key):
            self._late.append((bundle, key))
            return kept is not None
        return True

    def _warn(self, site: Site, message: str) -> None:
        self.problems.append(Problem(path=site.shown_root, message=message, severity="warning"))

    def outputs(self, press: Press) -> Iterator[Output]:
        """The files themselves, made when they must be."""
        for bundle, key in self._there:
            kept = self._known.get(bundle.folder)
            if kept is None or (self._mode != "kept" and kept.key != key):
                kept = press.shelf.keep(bundle.folder, key, bundle.make(press, lambda: None))
            for path, name in kept.files.items():
                yield Output(f"/{bundle.folder}/{path}", FILE, BundleFile(name), bundle.name)

    def late(self, press: Press) -> tuple[Late, ...]:
        return tuple(Late(bundle, key, press) for bundle, key in self._late)


class BundleFile(Struct, frozen=True, array_like=True):
    """A file of a bundle: its hash stands for its bytes, and finds them."""

    name: bytes


def render_file(view: BundleFile, press: Press) -> bytes:
    return press.shelf.read(view.name)


FILE = Function("plugins.press.bundles:render_file")
