"""What git knows of the content: one pass over its log, remembered for the commit that is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from difflib import SequenceMatcher
from hashlib import blake2b
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from plugins.press.settings import Places
from plugins.press.snapshot import find_git
from plugins.press.sources import decode, read_source
from plugins.press.store import read_packed, write_packed
from plugins.press.versions import History, Version

_FOR_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"}
_LOG = ["log", "--reverse", "--topo-order", "--raw", "-z", "-M", "--no-abbrev", "--format=%x01%ct", "--relative"]
_HEAD = ["-z", "--relative", "HEAD", "--", "."]
_ALIKE = 0.5
"""How much of its lines a renamed file keeps at least; git's own measure for renames."""


class Tracker(Protocol):
    """Who knows what matters in a file (``reading.Reader``)."""

    def is_tracked(self, path: str) -> bool: ...
    def read_meaning(self, path: str, text: str) -> bytes: ...


class _Past(Struct, array_like=True):
    """What is remembered of one path: its first name, when it was added, and its commits (time, blob) since."""

    origin: str
    commits: list[tuple[int, str]]


class _Kept(Struct, array_like=True):
    """What one commit knows, and the meanings of the blobs that were looked into."""

    files: dict[str, _Past]
    meanings: dict[str, bytes]


def is_shallow(root: Path) -> bool:
    """Whether the clone lacks its past: it would give its oldest commit for every file, a wrong date."""
    try:
        return (find_git(root)[1] / "shallow").exists()
    except OSError:
        return False


def read_history(places: Places, commit: str, timezone: str, tracker: Tracker, key: bytes) -> History:
    """The history of ``content/`` up to ``commit``; ``key`` stands for the code that reads meanings.

    What is changed and not yet committed has no version; the versions of such files are all given, so that
    a change of meaning shows.
    """
    if not commit:
        return History()
    if is_shallow(places.root):
        return History(is_shallow=True)
    path, name = places.state / "history", blake2b(b"history 2 " + commit.encode() + key, digest_size=32).digest()
    kept = read_packed(path, name, msgspec.msgpack.Decoder(_Kept))
    if kept is None:
        files = _read_log(places.content)
        if files is None:
            return History()
        kept = _Kept(files, {})
        changed = (path for path, past in files.items() if len(past.commits) > 1)
        _look_into(places.content, kept, changed, tracker)
        write_packed(path, name, kept)
    _look_into(places.content, kept, _read_dirty(places.content) & kept.files.keys(), tracker)
    return _build(kept, ZoneInfo(timezone))


def find_renames(places: Places) -> dict[str, str]:
    """New name → former name of the Markdown files that were renamed and are not committed yet.

    Also of those renamed without git's knowledge: a file that is new beside one that is gone and reads alike.
    """
    content = places.content
    gone = _names(_run(content, ["diff", "--name-only", "--no-renames", "--diff-filter=D", *_HEAD]))
    new = _names(_run(content, ["diff", "--name-only", "--no-renames", "--diff-filter=A", *_HEAD]))
    new |= _names(_run(content, ["ls-files", "--others", "--exclude-standard", "-z", "--", "."]))
    before = {path: _run(content, ["show", f"HEAD:./{path}"]) or b"" for path in sorted(gone) if path.endswith(".md")}
    renames: dict[str, str] = {}
    for path in sorted(new):
        if path.endswith(".md"):
            text = read_source(content, path)
            near = {other: _likeness(text, old) for other, old in before.items() if other not in renames.values()}
            best = max(near, key=lambda other: near[other], default="")
            if best and near[best] >= _ALIKE:
                renames[path] = best
    return renames


def _likeness(text: bytes, other: bytes) -> float:
    """From 0 to 1, by lines."""
    return SequenceMatcher(None, text.splitlines(), other.splitlines(), autojunk=False).ratio()


def git_environ() -> dict[str, str]:
    """The environment without what git hands to its hooks: it speaks of another repository than ours."""
    return {key: value for key, value in os.environ.items() if key not in _FOR_HOOKS}


def _build(kept: _Kept, zone: ZoneInfo) -> History:
    def local(time: int) -> datetime:
        return datetime.fromtimestamp(time, UTC).astimezone(zone).replace(tzinfo=None)

    return History(
        added={path: local(past.commits[0][0]) for path, past in kept.files.items()},
        modified={path: local(past.commits[-1][0]) for path, past in kept.files.items() if len(past.commits) > 1},
        origins={path: past.origin for path, past in kept.files.items() if past.origin != path},
        versions={
            path: tuple(Version(local(time), kept.meanings[blob]) for time, blob in past.commits)
            for path, past in kept.files.items()
            if all(blob in kept.meanings for _, blob in past.commits)
        },
    )


def _look_into(content: Path, kept: _Kept, paths: Iterable[str], tracker: Tracker) -> None:
    """Add the meanings of all versions of these files, those of tracked kinds."""
    wanted = {blob: path for path in paths if tracker.is_tracked(path) for _, blob in kept.files[path].commits}
    missing = {blob: path for blob, path in wanted.items() if blob not in kept.meanings}
    for blob, data in _read_blobs(content, missing):
        text, problems = decode(data, missing[blob])
        kept.meanings[blob] = b"" if problems else tracker.read_meaning(missing[blob], text)


def _read_log(content: Path) -> dict[str, _Past] | None:
    """None when git is not there or refuses: nothing to remember."""
    log = _run(content, [*_LOG, "--", "."])
    return None if log is None else _parse_log(log.decode("utf-8", "surrogateescape"))


def _parse_log(log: str) -> dict[str, _Past]:
    """A renamed file takes its past along; one that was deleted and came back goes on with it."""
    files: dict[str, _Past] = {}
    for entry in log.split("\x01")[1:]:
        time, _, changes = entry.partition("\0")
        for blob, status, old, new in _parse_changes(changes):
            if status == "D":
                continue
            if status == "R" and old in files:
                files[new] = files.pop(old)
            past = files.setdefault(new, _Past(new, []))
            if not past.commits or past.commits[-1][1] != blob:
                past.commits.append((int(time), blob))
    return files


def _parse_changes(changes: str) -> Iterator[tuple[str, str, str, str]]:
    """The blob, the kind of change (A, M, D, R…), the name before and the name after, of each file of a commit."""
    fields = iter(changes.split("\0"))
    for field in fields:
        if ":" not in field:
            continue
        *_, blob, status = field.split(" ")
        old = next(fields)
        yield blob, status[0], old, next(fields) if status[0] in "RC" else old


def _read_blobs(content: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of blobs, in one call of git."""
    if not wanted:
        return
    data = _run(content, ["cat-file", "--batch"], "\n".join(wanted).encode()) or b""
    start = 0
    while start < len(data):
        end = data.index(b"\n", start)
        blob, kind, *size = data[start:end].decode().split(" ")
        start = end + 1
        if kind == "blob":
            yield blob, data[start : start + int(size[0])]
            start += int(size[0]) + 1


def _read_dirty(content: Path) -> set[str]:
    """The files that are not as the last commit left them."""
    return _names(_run(content, ["diff", "--name-only", "--no-renames", *_HEAD]))


def _names(listed: bytes | None) -> set[str]:
    return set(filter(None, (listed or b"").decode("utf-8", "surrogateescape").split("\0")))


def _run(content: Path, arguments: list[str], given: bytes = b"") -> bytes | None:
    command = ["git", "--no-optional-locks", "-C", os.fspath(content), *arguments]
    try:
        run = subprocess.run(command, env=git_environ(), input=given, capture_output=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None
