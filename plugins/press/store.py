"""The cache: what was read (one file, read whole), the rendered pieces (by hash, read when needed), the large ones.

Nothing in it is trusted: a checksum tells a damaged file, which then counts as absent. No pickle: reading
a cache never runs code. Used under the lock of the state folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from plugins.press.problems import PressError

T = TypeVar("T")
_CHECKSUM = 16
_AT_ONCE = 500
_WORTH_ASKING = 10
"""Fewer pieces of a first build, that another process may have made, are quicker made again than asked for."""
_REMEDY = "Vérifier les droits et la place sur le disque."


class DamagedCacheError(Exception):
    """A piece that the cache should hold is missing or altered: forget the cache and build again."""


@contextlib.contextmanager
def locked(folder: Path, say: Any = None) -> Iterator[bool]:
    """Hold the lock of a state folder; a second build waits for its turn, and knows it. Raises ``PressError``."""
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"impossible d'écrire dans {folder.parent} ({error.strerror}). {_REMEDY}"
        raise PressError(message) from error
    try:
        waited = False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            if say:
                say("une autre construction est en cours, j'attends qu'elle finisse…")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield waited
    finally:
        os.close(descriptor)


def read_packed(path: Path, key: bytes, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    """The value written by ``write_packed`` with the same key, or None (absent, damaged, other key or shape)."""
    try:
        data = memoryview(path.read_bytes())  # of which parts are no copies: it may be tens of megabytes
    except OSError:
        return None
    checksum, payload = data[:_CHECKSUM], data[_CHECKSUM:]
    if _seal(key, payload) != checksum:
        return None
    try:
        return decoder.decode(payload)
    except msgspec.MsgspecError:
        return None


def write_packed(path: Path, key: bytes, value: Any) -> None:
    """Write a value as MessagePack behind its keyed checksum; the file is replaced whole."""
    payload = msgspec.msgpack.encode(value)
    beside = path.with_name(path.name + ".new")
    with open(beside, "wb") as file:
        file.write(_seal(key, payload))
        file.write(payload)
    beside.replace(path)


def _seal(key: bytes, payload: bytes | memoryview) -> bytes:
    """SHA-256, which most processors have built in: of tens of megabytes it takes a third of the time of BLAKE2."""
    state = sha256(key)
    state.update(payload)
    return state.digest()[:_CHECKSUM]


class Blobs:
    """Large pieces (pictures made ready), a file each: who makes one keeps it, and none goes through memory.

    Several processes may keep pieces at once: a file comes into its place whole.
    """

    def __init__(self, state: Path) -> None:
        self._folder = state / "blobs"

    def find(self, key: bytes) -> bytes | None:
        """The piece of that key; None when it is not there, or altered."""
        try:
            data = (self._folder / key.hex()).read_bytes()
        except OSError:
            return None
        return data[_CHECKSUM:] if data[:_CHECKSUM] == _checksum(data[_CHECKSUM:]) else None

    def keep(self, key: bytes, blob: bytes) -> None:
        """Keep a piece for the next builds. Raises ``PressError``."""
        beside = self._folder / f"{key.hex()}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_checksum(blob) + blob)
            beside.replace(self._folder / key.hex())
        except OSError as error:
            message = f"impossible d'écrire dans {self._folder} ({error.strerror}). {_REMEDY}"
            raise PressError(message) from error

    def prune(self, wanted: Iterable[bytes], slack: int = 1000) -> None:
        """Drop what nothing is made of any more, once more than ``slack`` pieces lie about."""
        with contextlib.suppress(OSError):
            spare = set(os.listdir(self._folder)) - {key.hex() for key in wanted}
            for name in spare if len(spare) > slack else ():
                os.unlink(self._folder / name)

    def clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class Pieces:
    """Rendered pieces by hash: the HTML of bodies, the bytes of VEVENTs. Memory first, then SQLite."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._memory: dict[bytes, bytes] = {}
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._is_new = not path.exists()
        """Nothing was kept before: what there is, this process has in memory, or another one made it just now."""

    def add(self, key: bytes, piece: bytes) -> None:
        self._memory[key] = piece

    def find(self, key: bytes) -> bytes | None:
        """The piece of that key, from memory or from disk."""
        return self.find_all((key,)).get(key)

    def find_all(self, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """Those of these pieces that there are."""
        wanted = [key for key in keys if key not in self._memory]
        if self._is_new and len(wanted) < _WORTH_ASKING:
            wanted = []
        with contextlib.suppress(sqlite3.Error):
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                query = f"SELECT key, piece, sum FROM pieces WHERE key IN ({', '.join('?' * len(some))})"  # noqa: S608
                for key, piece, checksum in self._open().execute(query, some):
                    if isinstance(piece, bytes) and _sum(piece) == checksum:
                        self._memory[key] = piece
        return {key: self._memory[key] for key in keys if key in self._memory}

    def get(self, key: bytes) -> bytes:
        """The piece of that key. Raises ``DamagedCacheError``."""
        piece = self.find(key)
        if piece is None:
            raise DamagedCacheError(key.hex())
        return piece

    def save(self, pieces: Mapping[bytes, bytes]) -> None:
        """Keep pieces for the next builds; a damaged database is made anew."""
        if not pieces:
            return
        if self._is_new:
            self._memory.update(pieces)
        try:
            self._insert(pieces)
        except sqlite3.DatabaseError:
            self.clear()
            try:
                self._insert(pieces)
            except sqlite3.Error as error:
                message = f"impossible d'écrire dans {self._path} ({error}). {_REMEDY}"
                raise PressError(message) from error

    def prune(self, wanted: Iterable[bytes], slack: int = 2000) -> None:
        """Drop what no document refers to, once more than ``slack`` pieces lie about."""
        keep = set(wanted)
        with contextlib.suppress(sqlite3.Error):
            connection = self._open()
            (total,) = connection.execute("SELECT count(*) FROM pieces").fetchone()
            if total <= 2 * len(keep) + slack:
                return
            gone = [key for key in connection.execute("SELECT key FROM pieces") if key[0] not in keep]
            with connection:
                connection.executemany("DELETE FROM pieces WHERE key = ?", gone)

    def clear(self) -> None:
        self.close()
        self._is_new = True
        for suffix in ("", "-journal"):
            with contextlib.suppress(OSError):
                os.unlink(f"{self._path}{suffix}")

    def close(self) -> None:
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _insert(self, pieces: Mapping[bytes, bytes]) -> None:
        with self._open() as connection:
            rows = ((key, piece, _sum(piece)) for key, piece in pieces.items())
            connection.executemany("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        # a connection must not cross a fork (sqlite.org/howtocorrupt.html §2.6)
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS pieces (key BLOB PRIMARY KEY, piece BLOB NOT NULL, sum BLOB NOT NULL)"
            )
        return self._connection


def _checksum(blob: bytes) -> bytes:
    return blake2b(blob, digest_size=_CHECKSUM).digest()


def _sum(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=8).digest()
