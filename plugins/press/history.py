"""What git knows of the content: one pass over its log, remembered for the commit that is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from difflib import SequenceMatcher
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from plugins.press.settings import Places
from plugins.press.snapshot import find_git
from plugins.press.sources import decode, read_source
from plugins.press.store import read_packed, write_packed
from plugins.press.versions import History, Version

_FOR_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"}
_LOG = ["log", "--reverse", "--topo-order", "--raw", "-z", "-M", "-c", "--no-abbrev", "--format=%x01%ct"]
"""``-c``: of a merge, the files that are like none of its parents'. Of these, git gives no relative names."""
_HEAD = ["-z", "--relative", "HEAD", "--", "."]
_ALIKE = 0.5
"""How much of its lines a renamed file keeps at least; git's own measure for renames."""


class Tracker(Protocol):
    """Who knows what matters in a file (``reading.Reader``)."""

    def is_tracked(self, path: str) -> bool: ...
    def read_meaning(self, path: str, text: str) -> bytes: ...


class _Commit(Struct, array_like=True):
    """What one commit did to a file: when, the blobs it was made from (none for a new file), and the blob it left."""

    time: int
    before: tuple[str, ...]
    blob: str


class _Past(Struct, array_like=True):
    """What is remembered of one path: its first name, and its commits since it was added."""

    origin: str
    commits: list[_Commit]


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

    What is changed and not yet committed has no version.
    """
    if not commit:
        return History()
    if is_shallow(places.root):
        return History(is_shallow=True)
    path, name = places.state / "history", blake2b(b"history 3 " + commit.encode() + key, digest_size=32).digest()
    kept = read_packed(path, name, msgspec.msgpack.Decoder(_Kept))
    if kept is None:
        files = _read_log(places.content)
        if files is None:
            return History()
        kept = _Kept(files, {})
        _look_into(places.content, kept.meanings, _changed(kept), tracker)
        write_packed(path, name, kept)
    committed = {path: blob for path, blob in _read_committed(places.content).items() if tracker.is_tracked(path)}
    _look_into(places.content, kept.meanings, {blob: path for path, blob in committed.items()}, tracker)
    return _build(kept, committed, ZoneInfo(timezone))


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


def _build(kept: _Kept, committed: Mapping[str, str], zone: ZoneInfo) -> History:
    def local(time: int) -> datetime:
        return datetime.fromtimestamp(time, UTC).astimezone(zone).replace(tzinfo=None)

    def versions(past: _Past) -> Iterator[Version]:
        known: dict[str, bytes] = {}
        for commit in past.commits:
            before = tuple(known[blob] for blob in commit.before if blob in known)
            known[commit.blob] = kept.meanings[commit.blob] or next(iter(before), b"")
            yield Version(local(commit.time), before, known[commit.blob])

    return History(
        added={path: local(past.commits[0].time) for path, past in kept.files.items()},
        modified={path: local(past.commits[-1].time) for path, past in kept.files.items() if len(past.commits) > 1},
        origins={path: past.origin for path, past in kept.files.items() if past.origin != path},
        versions={
            path: tuple(versions(past))
            for path, past in kept.files.items()
            if len(past.commits) > 1 and past.commits[0].blob in kept.meanings
        },
        committed={path: kept.meanings[blob] for path, blob in committed.items()},
    )


def _changed(kept: _Kept) -> dict[str, str]:
    """The blobs of all files that changed since they were added, each with the name of its file."""
    pasts = {path: past.commits for path, past in kept.files.items() if len(past.commits) > 1}
    return {commit.blob: path for path, commits in pasts.items() for commit in commits}


def _look_into(content: Path, meanings: dict[str, bytes], blobs: Mapping[str, str], tracker: Tracker) -> None:
    """Add the meanings of these blobs, those of tracked kinds."""
    missing = {blob: path for blob, path in blobs.items() if blob not in meanings and tracker.is_tracked(path)}
    for blob, data in _read_blobs(content, missing):
        text, problems = decode(data, missing[blob])
        meanings[blob] = b"" if problems else tracker.read_meaning(missing[blob], text)


def _read_log(content: Path) -> dict[str, _Past] | None:
    """None when git is not there or refuses: nothing to remember."""
    log, prefix = _run(content, [*_LOG, "--", "."]), _run(content, ["rev-parse", "--show-prefix"])
    if log is None or prefix is None:
        return None
    return _parse_log(*(text.decode("utf-8", "surrogateescape") for text in (log, prefix.removesuffix(b"\n"))))


def _parse_log(log: str, prefix: str) -> dict[str, _Past]:
    """A renamed file takes its past along, also for a branch that still uses its former name.

    One that was deleted and came back goes on with its past. Names lose their ``prefix``, the folder of the content.
    """
    files: dict[str, _Past] = {}
    renamed: dict[str, str] = {}
    for entry in log.split("\x01")[1:]:
        time, _, changes = entry.partition("\0")
        for change in _parse_changes(changes, prefix):
            if not change.blob.strip("0"):  # deleted
                continue
            if change.status == "R" and change.old in files:
                files[change.new] = files.pop(change.old)
                renamed[change.old] = change.new
            name = change.new
            if change.status != "A":
                while name not in files and name in renamed:
                    name = renamed[name]
            past = files.setdefault(name, _Past(name, []))
            last = past.commits[-1:] if change.status == "A" else ()
            before = tuple(commit.blob for commit in last) or change.before
            if change.blob not in before:
                past.commits.append(_Commit(int(time), before, change.blob))
    return files


class _Change(NamedTuple):
    """A line of ``--raw``: the blobs before and after; A, M, D or R, a letter for each parent; its names."""

    before: tuple[str, ...]
    blob: str
    status: str
    old: str
    new: str


def _parse_changes(changes: str, prefix: str = "") -> Iterator[_Change]:
    fields = iter(changes.split("\0"))
    for field in fields:
        if ":" not in field:
            continue
        *words, status = field.lstrip(":").split(" ")
        *before, blob = words[len(words) // 2 :]
        old = next(fields).removeprefix(prefix)
        letter = status if len(status) == len(before) else status[0]  # R and C are followed by a likeness
        new = next(fields).removeprefix(prefix) if letter in {"R", "C"} else old
        yield _Change(tuple(before), blob, letter, old, new)


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


def _read_committed(content: Path) -> dict[str, str]:
    """The files that are not as the last commit left them, and the blob it has of them."""
    raw = _run(content, ["diff", "--raw", "--no-abbrev", "--no-renames", *_HEAD]) or b""
    changes = _parse_changes(raw.decode("utf-8", "surrogateescape"))
    return {change.new: change.before[0] for change in changes if change.status in {"M", "T"}}


def _names(listed: bytes | None) -> set[str]:
    return set(filter(None, (listed or b"").decode("utf-8", "surrogateescape").split("\0")))


def _run(content: Path, arguments: list[str], given: bytes = b"") -> bytes | None:
    command = ["git", "--no-optional-locks", "-C", os.fspath(content), *arguments]
    try:
        run = subprocess.run(command, env=git_environ(), input=given, capture_output=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None
