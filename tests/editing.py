"""A site that is edited and built again and again, and each time compared with what a first build gives."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from unittest import mock

import msgspec
from msgspec import Struct

from plugins.press import records, snapshot
from plugins.press.problems import ContentError, render_text
from tests import sites

SHOWN = 12
"""How many paths a message names."""


class Sheet(Struct, frozen=True):
    """A file of an event, field by field, so that it can be edited."""

    title: str
    start: str
    body: str = "Un texte."
    fields: dict[str, str] = {}

    @classmethod
    def of(cls, title: str, start: str, **fields: str) -> Self:
        return cls(title, start, fields=fields)

    def edited(self, **changes: str | None) -> Sheet:
        """With other fields; without those that are None."""
        own = {name: value for name, value in changes.items() if name in {"title", "start", "body"}}
        fields = {name: value for name, value in (self.fields | changes).items() if value is not None}
        kept = {name: value for name, value in fields.items() if name not in own}
        return msgspec.structs.replace(self, fields=kept, **own)

    def __str__(self) -> str:
        return sites.event(self.title, self.start, self.body, **self.fields)


Content = Sheet | str | bytes


class Outcome(Struct, frozen=True):
    """What a build gave: what it said and counted, until when that holds, and the site, or none from bad content."""

    said: tuple[str, ...]
    counts: dict[str, int]
    holds_until: datetime | None
    tree: dict[str, bytes] | None


class EditedSite:
    """A site in a folder, the files that it is made of, and the moment at which it is built.

    Files are written when they are edited, and only those: a build finds the others as the last one left them.
    """

    def __init__(self, root: Path, files: Mapping[str, Content], **settings: Any) -> None:
        self.root = root
        self.now = sites.NOW
        self.settings = sites.settings(**settings)
        self.files: dict[str, Content] = {}
        self.published: dict[str, bytes] | None = None
        (root / "content").mkdir(parents=True)
        self.put(files)

    @property
    def state(self) -> Path:
        return self.root / ".output.press"

    def events(self) -> list[str]:
        """The paths of the events, in order."""
        return sorted(path for path, content in self.files.items() if isinstance(content, Sheet))

    def sheet(self, path: str) -> Sheet:
        found = self.files[path]
        assert isinstance(found, Sheet)
        return found

    def edit(self, path: str, **changes: str | None) -> None:
        self.put({path: self.sheet(path).edited(**changes)})

    def put(self, files: Mapping[str, Content | None]) -> None:
        """Write these files; None: delete it."""
        for path, content in files.items():
            if content is None:
                del self.files[path]
                (self.root / "content" / path).unlink()
            else:
                self.files[path] = content
                sites.write(
                    self.root / "content", {path: content if isinstance(content, bytes) else str(content)}
                )

    def restore(self, files: Mapping[str, Content]) -> None:
        """Make the content what it was: only what differs is written."""
        gone = dict.fromkeys(self.files.keys() - files.keys())
        self.put(gone | {path: content for path, content in files.items() if self.files.get(path) != content})

    def check(self, edit: str) -> None:
        """Build here, and the same content in a fresh folder: both must say and give the same, byte for byte."""
        here = self._build(self.root)
        with tempfile.TemporaryDirectory() as elsewhere:
            shutil.copytree(self.root / "content", f"{elsewhere}/content")
            there = self._build(Path(elsewhere))
        assert here.said == there.said, f"after « {edit} », other problems are told than by a first build"
        if there.tree is None:
            assert here.tree is None, f"after « {edit} », a site was made of content with errors"
            assert sites.tree(self.root / "output") == (self.published or {}), f"« {edit} » is wrong, and was published"
            return
        assert here.tree is not None
        assert not (wrong := _differences(here.tree, there.tree)), f"after « {edit} »: {wrong}"
        twin = sites.tree(self.state / "twin")
        assert not (wrong := _differences(twin, there.tree)), f"after « {edit} », in the twin: {wrong}"
        assert (here.counts, here.holds_until) == (there.counts, there.holds_until), f"after « {edit} »"
        self.published = here.tree

    def _build(self, root: Path) -> Outcome:
        try:
            with _stamps_trusted_at_once():
                result = sites.build(root, now=self.now, settings=self.settings)
        except ContentError as error:
            return Outcome(tuple(map(render_text, error.problems)), {}, None, None)
        kept = snapshot.read(root / ".output.press")
        assert kept is not None
        said = tuple(map(render_text, result.warnings))
        return Outcome(said, result.counts, kept.holds_until, sites.tree(root / "output"))


@contextmanager
def _stamps_trusted_at_once() -> Iterator[None]:
    """Of files written in the last seconds a build trusts no stamp, and reads all: tests would never see it skip one.

    What is changed after a build still has a later stamp: the clock is the one of the disk.
    """
    with mock.patch.object(records, "_RACY", 0):
        yield


def _differences(here: Mapping[str, bytes], there: Mapping[str, bytes]) -> str:
    """What is wrong with the tree that is here, in words; nothing when it is the same as there."""
    found = {
        "stale": [path for path in here.keys() & there.keys() if here[path] != there[path]],
        "missing": there.keys() - here.keys(),
        "left over": here.keys() - there.keys(),
    }
    return "; ".join(
        f"{len(paths)} {kind} ({', '.join(sorted(paths)[:SHOWN])})" for kind, paths in found.items() if paths
    )
