"""A site that is edited and built again and again, and each time compared with what a first build gives."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Self
from unittest import mock

import msgspec
from msgspec import Struct

from plugins.press import records, snapshot
from plugins.press.outputs import hash_value
from plugins.press.problems import ContentError, render_text
from plugins.press.settings import Settings
from tests import sites

EAGER: dict[str, Any] = {"_RACY": 0, "_SPARE": 6}
"""How builds remember here: they trust the stamps of files at once, where they else read all that is younger than some
seconds, and tests would never see them skip one; and of a small site, too, they keep apart what a few edits changed.

What is changed after a build still has a later stamp: the clock is the one of the disk.
"""
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
    """What a build said, read and counted, until when that holds (None: content with errors), and the site."""

    said: tuple[str, ...]
    read: int
    counts: dict[str, int]
    holds_until: datetime | None
    tree: dict[str, bytes]


class EditedSite:
    """A site in a folder, the files that it is made of, and the moment at which it is built.

    Files are written when they are edited, and only those: a build finds the others as the last one left them.
    """

    def __init__(self, root: Path, files: Mapping[str, Content], **settings: Any) -> None:
        self.root = root
        self.now = sites.NOW
        self.settings = _few(sites.settings(**settings))
        self.files: dict[str, Content] = {}
        self.read = 0
        self._published: dict[str, bytes] = {}
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
                sites.write(self.root / "content", {path: content if isinstance(content, bytes) else str(content)})

    def restore(self, files: Mapping[str, Content]) -> None:
        """Make the content what it was: only what differs is written."""
        gone = dict.fromkeys(self.files.keys() - files.keys())
        self.put(gone | {path: content for path, content in files.items() if self.files.get(path) != content})

    def check(self, edit: str) -> bool:
        """Build here, and the same content elsewhere: both must say and give the same, byte for byte.

        Whether a site was published: none is from content with errors, and the one before stays.
        """
        here, there = self._build(self.root), self._build_elsewhere()
        assert here.said == there.said, f"after « {edit} », other problems are told than by a first build"
        wrong = _differences(here.tree, there.tree or self._published)
        assert not wrong, f"after « {edit} »: {wrong}"
        assert (here.counts, here.holds_until) == (there.counts, there.holds_until), f"after « {edit} »"
        self._published, self.read = here.tree, here.read
        return there.holds_until is not None

    def ask(self, edit: str) -> None:
        """What ``./site check`` says, here and elsewhere."""
        here, there = self._build(self.root, publish=False), self._build_elsewhere(publish=False)
        assert here.said == there.said, f"after « {edit} », the check tells other problems than a first one"

    def _build_elsewhere(self, *, publish: bool = True) -> Outcome:
        """What a first build gives; of the same files at the same moment, git apart, one serves all."""
        if (self.root / ".git").exists():
            return self._build_first(publish=publish)
        files = sorted(sites.tree(self.root / "content").items())
        key = hash_value((files, self.now, self.settings, publish), b"")
        if key not in _FIRST:
            _FIRST[key] = self._build_first(publish=publish)
        return _FIRST[key]

    def _build_first(self, *, publish: bool) -> Outcome:
        with tempfile.TemporaryDirectory(dir=self.root.parent) as name:
            elsewhere = Path(name) / "site"
            shutil.copytree(self.root, elsewhere, ignore=shutil.ignore_patterns("output", self.state.name))
            return self._build(elsewhere, publish=publish)

    def _build(self, root: Path, *, publish: bool = True) -> Outcome:
        _share_templates(root / self.state.name)
        asked = {"now": self.now, "settings": self.settings, "publish": publish, "code": ()}
        try:
            with mock.patch.multiple(records, **EAGER):
                result = sites.build(root, **asked)
        except ContentError as error:
            return Outcome(tuple(map(render_text, error.problems)), 0, {}, None, sites.tree(root / "output"))
        kept = snapshot.read(root / self.state.name)
        said = tuple(map(render_text, result.warnings))
        return Outcome(
            said, result.read, result.counts, kept.holds_until if kept else None, sites.tree(root / "output")
        )


_FIRST: dict[bytes, Outcome] = {}
"""What first builds gave: content often becomes again what it was."""


def _few(settings: Settings) -> Settings:
    """Without the departments and categories in which nothing takes place here: each has pages and a calendar."""
    return msgspec.structs.replace(
        settings,
        departments={code: settings.departments[code] for code in ("18", "37", "41", "45")},
        categories=tuple(found for found in settings.categories if found.slug in _CATEGORIES),
    )


_CATEGORIES = {"prestation", "on-y-etait"}


@cache
def _templates() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return folder


def _share_templates(state: Path) -> None:
    """Compiled templates know nothing of the content: all sites have them together, for they take most of the time."""
    state.mkdir(exist_ok=True)
    if not (state / "templates").exists():
        (state / "templates").symlink_to(_templates())


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
