"""The manifest: what the published tree holds, a shelf for each batch of outputs. A build makes what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from plugins.press.outputs import Batch, Output, find_path, hash_value
from plugins.press.store import read_packed, write_packed

_KEY = b"manifest 3"
_SIZE = 16
"""Bytes of a fingerprint, and of the hash of an output's bytes."""
LOOSE = ""
"""The shelf of all outputs that are in no batch."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """What is remembered of a published output: what it was made of, and the hash of its bytes."""

    fingerprint: bytes
    digest: bytes


class Shelf(Struct, frozen=True, array_like=True, gc=False):
    """The outputs of a batch, and the hash of its key.

    Their addresses have a line each; their fingerprints and digests stand one after the other.
    """

    mark: bytes
    urls: str
    fingerprints: bytes
    digests: bytes

    @classmethod
    def build(cls, mark: bytes, entries: Mapping[str, Entry]) -> Self:
        return cls(
            mark,
            "".join([f"{url}\n" for url in entries]),
            b"".join([entry.fingerprint for entry in entries.values()]),
            b"".join([entry.digest for entry in entries.values()]),
        )

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Each output by its path."""
        for index, url in enumerate(self.urls.split("\n")[:-1]):
            part = slice(index * _SIZE, (index + 1) * _SIZE)
            yield find_path(url), Entry(self.fingerprints[part], self.digests[part])


class Manifest(Struct, frozen=True):
    """``tree`` says which tree that is (``TwinTree.identity``), ``frame`` what its pages have in common (``Press``)."""

    tree: tuple[int, int] = (0, 0)
    frame: bytes = b""
    shelves: dict[str, Shelf] = {}


def read(state: Path, tree: tuple[int, int] | None) -> Manifest:
    """The manifest of that tree; an empty one when it is not known what it holds."""
    found = read_packed(state / "manifest", _KEY, msgspec.msgpack.Decoder(Manifest))
    return found if found is not None and found.tree == tree else Manifest()


def write(state: Path, manifest: Manifest) -> None:
    write_packed(state / "manifest", _KEY, manifest)


class Shelves:
    """What one build takes from the shelves of the last one, and what it composes anew: all, unless it may ``keep``."""

    def __init__(self, before: Manifest, salt: bytes, *, keep: bool = True) -> None:
        self.before = before
        self._keeps = keep
        self.kept: dict[str, Shelf] = {}
        self.marks: dict[str, bytes] = {}
        self._salt = salt
        self._batch_of: dict[str, str] = {}

    @property
    def standing(self) -> str:
        """The addresses, a line each, of what was not composed because it is published and is what it was."""
        return "".join([shelf.urls for shelf in self.kept.values()])

    def take(self, items: Iterable[Output | Batch]) -> Iterator[Output]:
        """The outputs; of a batch that is what it was, none."""
        for item in items:
            if isinstance(item, Batch):
                yield from self._take(item)
            else:
                yield item

    def _take(self, batch: Batch) -> Iterable[Output]:
        mark, shelf = hash_value(batch.key, self._salt), self.before.shelves.get(batch.name)
        if batch.name in self.marks:
            raise ValueError(f"two batches are called {batch.name}")
        self.marks[batch.name] = mark
        if self._keeps and shelf is not None and shelf.mark == mark:
            self.kept[batch.name] = shelf
            return ()
        outputs = list(batch.build())
        self._batch_of.update(dict.fromkeys((output.path for output in outputs), batch.name))
        return outputs

    @cached_property
    def known(self) -> dict[str, Entry]:
        """The entries of all that was published last time, without that of batches that are what they were."""
        return {
            path: entry
            for name, shelf in self.before.shelves.items()
            if name not in self.kept
            for path, entry in shelf.entries()
        }

    def fill(self, entries: Mapping[str, Entry], outputs: Mapping[str, Output]) -> dict[str, Shelf]:
        """The shelves for the next build, given the entry of each output that was composed, by path."""
        filled: dict[str, dict[str, Entry]] = {name: {} for name in (LOOSE, *self.marks) if name not in self.kept}
        for path in sorted(entries):
            filled[self._batch_of.get(path, LOOSE)][outputs[path].url] = entries[path]
        made = {name: Shelf.build(self.marks.get(name, b""), found) for name, found in filled.items()}
        return dict(sorted((self.kept | made).items()))
