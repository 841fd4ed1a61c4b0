"""The read stage with its memory: which sources must be read, and what is kept of them for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import msgspec
from msgspec import Struct

from plugins.press import store
from plugins.press.reading import Reader
from plugins.press.settings import Places
from plugins.press.sources import Stamp, Tree, digest, read_source

_RACY = 20_000_000
"""Nanoseconds: a file changed this shortly before the build may change again without its stamp moving."""
_AT_ONCE = 500
"""Bodies that are kept together: they need not all be in memory."""
_WHOLE, _SINCE = "documents", "documents.since"
_SPARE = 20
"""What has changed lies apart until it is one record in so many: an edit does not write all of them."""


class Kept(Struct, frozen=True):
    """The records that the last builds left for this code (``key``), by path; those ``since`` the file of all besides.

    No record is believed without a look at its file: one that is out of date, or whose file is gone, does no harm.
    """

    key: bytes
    records: dict[str, Any] = {}
    since: dict[str, Any] = {}

    @classmethod
    def load(cls, reader: Reader, places: Places, key: bytes) -> Self:
        """What is on disk; nothing when that was made by other code."""
        whole, since = (
            {record.path: record for record in store.read_packed(places.state / name, key, reader.decoder) or ()}
            for name in (_WHOLE, _SINCE)
        )
        return cls(key, whole | since, since) if whole else cls(key)


class Records:
    """The records of one output's content: those kept that still hold, and those of the files that are read."""

    def __init__(self, reader: Reader, places: Places, pieces: store.Pieces, kept: Kept) -> None:
        self._reader = reader
        self._places = places
        self._pieces = pieces
        self._young = youngest_trusted(places)
        self._known = kept.records
        self._key = kept.key
        self._since = dict(kept.since)

    def read(self, sources: Tree, *, processes: int) -> tuple[dict[str, Any], int]:
        """The Record of every document of the tree, by path, and how many files were read anew."""
        known = self._known
        records, new, stale = self._sort(sources, known)
        gone = len(known) - len(records) - sum(path in known for path in stale)
        bodies: dict[bytes, bytes] = {}
        for record, html in self._reader.read_all(stale, processes):
            new[record.path] = self._stamped(record, sources.files[record.path])
            if record.document is not None:
                bodies[record.document.text.digest] = html.encode()
            if len(bodies) == _AT_ONCE:
                self._pieces.save(bodies)
                bodies.clear()
        self._pieces.save(bodies)  # before the records: they must never promise a body that is not there
        records |= new
        self._since |= new
        spare = len(self._since) + gone
        whole = spare * _SPARE > len(records)
        if new or (spare and whole):
            self._keep(records, whole=whole)
        return records, len(stale)

    def _sort(self, sources: Tree, known: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
        """The records that still hold, those of them that have another stamp now, and the paths to read."""
        records: dict[str, Any] = {}
        restamped: dict[str, Any] = {}
        stale = []
        for path, stamp in sources.files.items():
            record = known.get(path)
            if record is None:
                stale += [path] if self._reader.is_document(path) else []
            elif record.stamp == stamp:
                records[path] = record
            elif digest(read_source(self._places.content, path)) == record.digest:
                records[path] = restamped[path] = self._stamped(record, stamp)
            else:
                stale.append(path)
        return records, restamped, stale

    def _stamped(self, record: Any, stamp: Stamp) -> Any:
        return msgspec.structs.replace(record, stamp=trusted(stamp, self._young))

    def _keep(self, records: Mapping[str, Any], *, whole: bool) -> None:
        name, kept = (_WHOLE, records) if whole else (_SINCE, self._since)
        store.write_packed(self._places.state / name, self._key, [kept[path] for path in sorted(kept)])
        if whole:
            (self._places.state / _SINCE).unlink(missing_ok=True)


def trusted(stamp: Stamp, young: int) -> Stamp:
    """A stamp too young to be trusted is remembered as none: next time the hash of the bytes decides."""
    return (0, 0, 0) if max(stamp[1:]) >= young else stamp


def youngest_trusted(places: Places) -> int:
    """The latest change (ns, by the disk's own clock) after which a stamp proves nothing yet."""
    lock = places.state / "lock"
    lock.touch()
    return lock.stat().st_mtime_ns - _RACY
