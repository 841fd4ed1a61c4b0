"""render, check, publish: only what has changed, and all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from plugins.press import manifest, workers
from plugins.press.checking import Addresses, check_output
from plugins.press.files import TwinTree
from plugins.press.manifest import Entry, Manifest, Shelves
from plugins.press.outputs import Output, Paper, fingerprint
from plugins.press.paper.sheets import UnprintableError
from plugins.press.paths import Paths
from plugins.press.problems import Problem
from plugins.press.rendering import Press
from plugins.press.sources import digest

WORTH_WORKERS = 400
"""Below this many outputs one process is faster than starting a second one."""
SHEET = 100
"""A PDF takes as long as so many other outputs."""


class Rendered(NamedTuple):
    """One output that was rendered: the hash of its bytes, whether they are new, what is wrong with them."""

    path: str
    entry: Entry
    is_new: bool
    problems: tuple[Problem, ...]


class Edition:
    """The outputs of one build against those of the last: what to render, and its way into the published tree."""

    def __init__(self, paths: Paths, press: Press, tree: TwinTree, shelves: Shelves, *, publish: bool) -> None:
        self.press = press
        self.tree = tree
        self.publishes = publish
        self.paths = paths
        self.outputs = outputs = paths.composed
        self.addresses = Addresses(paths)
        self.shelves = shelves
        self.fresh = not shelves.before.shelves
        self.before = shelves.known
        self._marks: dict[str, bytes] = {}
        known = {path: entry.fingerprint for path, entry in self.before.items()}
        changed = (path for path in outputs if path not in known or known[path] != self._mark(path))
        self.waiting = sorted(path for path in changed if publish or not outputs[path].is_sure)
        self.removed = sorted(path for path in known if path not in paths)
        self.changed: list[str] = []
        self._begun = False

    def render(self, processes: int) -> list[Problem]:
        """Render what has changed, into the twin tree; the problems found in it."""
        waiting = self.waiting
        long = self._group(waiting)
        quick = [path for path in waiting if not self.outputs[path].takes_long]
        weight = sum(SHEET if isinstance(self.outputs[path].renderer, Paper) else 1 for path in quick)
        processes = processes if weight >= WORTH_WORKERS or len(long) > 1 else 1
        parallel = processes > 1
        first = self._choose_first(quick) if parallel else []
        if parallel:
            self._begin()
            quick = sorted((path for path in quick if path not in first), key=_by_page)
        # neighbours share pieces (the events of a month and its calendar): a chunk keeps them in one process,
        # but few that take long, as sheets do, are each given to who is free
        size = max(1, min(250, len(quick) // (processes * 4))) if len(quick) >= WORTH_WORKERS else 1
        size = size if parallel else max(1, len(quick))
        chunks = [*long, *(quick[start : start + size] for start in range(0, len(quick), size))]
        self.entries = {path: entry for path, entry in self.before.items() if path in self.outputs}
        problems: list[Problem] = []
        here = map(self._render_chunk, [first] if first else [])
        for rendered, made in chain(here, workers.run(self._render_chunk, chunks, processes)):
            self.press.pieces.save(made)  # now, so that other workers find them
            for result in rendered:
                self.entries[result.path] = result.entry
                problems += result.problems
                self.changed += [result.path] if result.is_new else []
        return problems

    def _mark(self, path: str) -> bytes:
        """What the bytes of an output depend on, as a hash: looked at when it is first asked for."""
        if path not in self._marks:
            output = self.outputs[path]
            self._marks[path] = fingerprint(output, self.press.salt(output))
        return self._marks[path]

    def _choose_first(self, paths: Sequence[str]) -> list[str]:
        """One output of each renderer, to be made before processes are forked: what it imports is then there in all.

        The deepest, which is the calendar of one event, say, and not that of all: nobody else works meanwhile.
        Not those on paper: the program that sets them starts threads, which cannot be forked.
        """
        first: dict[Any, str] = {}
        for path in paths:
            renderer = self.outputs[path].renderer
            if isinstance(renderer, Paper):
                continue
            if renderer not in first or path.count("/") > first[renderer].count("/"):
                first[renderer] = path
        return [*first.values()]

    def kept(self) -> Iterator[bytes]:
        """The keys of all outputs whose bytes are kept (see ``Function.recipe``)."""
        return (self._mark(path) for path, output in self.outputs.items() if output.takes_long)

    def publish(self) -> None:
        """Make what was rendered the site that visitors get; the manifest last."""
        if not self.publishes:
            return
        before, frame = self.shelves.before, self.press.frame
        shelves = self.shelves.fill(self.entries, self.outputs)
        if shelves == before.shelves and frame == before.frame:
            return
        if self.changed or self.removed:
            self._begin()
            for path in self.removed:
                self.tree.remove(path)
            self.tree.switch()
        if self._begun:
            self.tree.settle(self.changed, self.removed, fresh=self.fresh)
        identity = self.tree.identity()
        if identity is not None:
            manifest.write(self.press.places.state, Manifest(identity, frame, shelves))

    def _group(self, paths: Sequence[str]) -> list[list[str]]:
        """What takes long, by source: the forms of a picture are made from it in one process, opened once."""
        groups: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            if self.outputs[path].takes_long:
                groups[self.outputs[path].source].append(path)
        return list(groups.values())

    def _render_chunk(self, paths: Sequence[str]) -> tuple[list[Rendered], dict[bytes, bytes]]:
        self.press.new_pieces = {}
        return [self._render_one(path, self.outputs[path]) for path in paths], self.press.new_pieces

    def _render_one(self, path: str, output: Output) -> Rendered:
        try:
            data = self.press.render(output)
        except UnprintableError as error:
            return Rendered(path, Entry(b"", b""), is_new=False, problems=error.problems)
        problems = tuple(check_output(output, data, self.addresses))
        sum_ = digest(data)
        is_new = path not in self.before or self.before[path].digest != sum_
        if is_new and self.publishes and not problems:
            self._begin()
            self.tree.write(path, data)
        return Rendered(path, Entry(self._mark(path), sum_), is_new, problems)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            if self.publishes:
                self.tree.begin(fresh=self.fresh)


def _by_page(path: str) -> tuple[str, int, str]:
    """Section by section, the first pages of all its lists, then the second ones.

    By date, the tenth pages of two tags show some of the same events, and what was made of these is still there.
    """
    number = path.rpartition("/page/")[2].partition("/")[0]
    return (path.partition("/")[0], int(number) if number.isdecimal() else 0, path)
