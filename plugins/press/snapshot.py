"""Whether anything at all has changed since the last build, told without importing what a build needs.

Also the version of the code: what remembered documents and pages depend on besides the content.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from plugins.press.problems import Problem
from plugins.press.sources import read_source, scan
from plugins.press.store import read_packed, write_packed

PLUGINS = Path(__file__).resolve().parents[1]
_KEY = b"snapshot 1"
_COMPILED = ".pyc"


class Snapshot(Struct, frozen=True):
    """What the last good build saw: stamps of content and code, settings, commit, output; and how long it holds.

    ``bundles`` says which it was asked for (see ``bundles.Mode``).
    """

    content: bytes
    code: bytes
    settings: bytes
    commit: str
    bundles: str
    output: tuple[int, int]
    now: datetime
    holds_until: datetime
    warnings: tuple[Problem, ...]
    counts: dict[str, int]


def read(state: Path) -> Snapshot | None:
    return read_packed(state / "snapshot", _KEY, msgspec.msgpack.Decoder(Snapshot))


def write(state: Path, snapshot: Snapshot) -> None:
    write_packed(state / "snapshot", _KEY, snapshot)


def stamp_code(folders: Iterable[Path], files: Iterable[Path]) -> bytes:
    """A hash of the stamps of all code files: plugins, theme, configuration; and of what is installed."""
    stamps = [*_code_stamps(folders, files)]
    return blake2b(msgspec.msgpack.encode([stamps, _installed()]), digest_size=16).digest()


def hash_code(folders: Iterable[Path]) -> bytes:
    """A hash of the Python files (a touched file changes nothing, nor another folder) and of what is installed."""
    state = blake2b(msgspec.msgpack.encode(_installed()), digest_size=16)
    for folder in folders:
        for path in scan(folder, folder.name).files:
            if path.endswith(".py"):
                state.update(path.encode() + b"\0" + (folder / path).read_bytes())
    return state.digest()


def hash_recipe(parts: Iterable[str]) -> bytes:
    """A hash of what some outputs are made with: files of ``plugins/`` (``….py``) and installed packages."""
    state = blake2b(digest_size=16)
    packages = _installed()
    for part in parts:
        made = read_source(PLUGINS, part) if part.endswith(".py") else _version(part, packages)
        state.update(part.encode() + b"\0" + made)
    return state.digest()


def read_commit(root: Path) -> str:
    """The commit that is checked out in ``root``, read from git's files; ``""`` outside a repository."""
    try:
        git, shared = find_git(root)
        head = (git / "HEAD").read_text().strip()
        return _read_reference(git, shared, head.removeprefix("ref:").strip()) if head.startswith("ref:") else head
    except OSError:
        return ""


def find_git(root: Path) -> tuple[Path, Path]:
    """Git's folder for this work tree, and the one that all work trees share. Raises ``OSError``."""
    git = root / ".git"
    if git.is_file():
        git = (root / git.read_text().removeprefix("gitdir:").strip()).resolve()
    common = git / "commondir"
    return git, (git / common.read_text().strip()).resolve() if common.is_file() else git


def _read_reference(git: Path, shared: Path, name: str) -> str:
    for folder in (git, shared):
        if (folder / name).is_file():
            return (folder / name).read_text().strip()
    packed = shared / "packed-refs"
    lines = packed.read_text().splitlines() if packed.exists() else []
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), "")


def _code_stamps(folders: Iterable[Path], files: Iterable[Path]) -> list[tuple[str, tuple[int, int, int]]]:
    stamps = []
    for folder in folders:
        found = scan(folder, folder.name).files
        stamps += [(f"{folder.name}/{path}", stamp) for path, stamp in found.items() if not path.endswith(_COMPILED)]
    for file in files:
        if file.is_file():
            status = file.stat()
            stamps.append((file.name, (status.st_size, status.st_mtime_ns, status.st_ctime_ns)))
    return stamps


def _version(package: str, installed: Iterable[str]) -> bytes:
    """« pillow-13.0.0.dist-info »: told from the names of folders (importlib.metadata takes 30 ms)."""
    return next((name for name in installed if name.lower().startswith(f"{package}-")), "").encode()


def _installed() -> list[str]:
    """Python's version and those of all installed packages (the names of their ``.dist-info`` folders)."""
    packages = [
        name
        for place in sys.path
        if place.endswith("-packages") and os.path.isdir(place)
        for name in os.listdir(place)
        if name.endswith(".dist-info")
    ]
    return [sys.version, *sorted(packages)]
