"""The read stage with its memory: which sources must be read, and what is kept of them for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from plugins.press import store
from plugins.press.reading import Reader
from plugins.press.settings import Places
from plugins.press.sources import Stamp, Tree, digest, read_source

_RACY = 20_000_000
"""Nanoseconds: a file changed this shortly before the build may change again without its stamp moving."""


def read_records(reader: Reader, sources: Tree, places: Places, key: bytes, pieces: store.Pieces, *, full: bool, processes: int) -> tuple[dict[str, Any], int]:
    """The Record of every document of the tree, by path, and how many files were read anew."""
    known = {} if full else _load(reader, places, key)
    young = youngest_trusted(places)
    records: dict[str, Any] = {}
    stale = []
    for path, stamp in sources.files.items():
        record = known.get(path)
        if not reader.is_document(path):
            continue
        if record is None:
            stale.append(path)
        elif record.stamp == stamp:
            records[path] = record
        elif digest(read_source(places.content, path)) == record.digest:
            records[path] = msgspec.structs.replace(record, stamp=_trusted(stamp, young))
        else:
            stale.append(path)
    bodies: dict[bytes, bytes] = {}
    for record, html in reader.read_all(stale, processes):
        records[record.path] = msgspec.structs.replace(record, stamp=_trusted(sources.files[record.path], young))
        if record.document is not None:
            bodies[record.document.text.digest] = html.encode()
    if len(records) != len(known) or any(known.get(path) is not record for path, record in records.items()):
        _keep(records, bodies, places, key, pieces)
    return records, len(stale)


def youngest_trusted(places: Places) -> int:
    """The latest change (ns, by the disk's own clock) after which a stamp proves nothing yet."""
    lock = places.state / "lock"
    lock.touch()
    return lock.stat().st_mtime_ns - _RACY


def _trusted(stamp: Stamp, young: int) -> Stamp:
    """A stamp too young to be trusted is remembered as none: next time the hash of the bytes decides."""
    return (0, 0, 0) if max(stamp[1:]) >= young else stamp


def _load(reader: Reader, places: Places, key: bytes) -> dict[str, Any]:
    found = store.read_packed(places.state / "documents", key, reader.decoder)
    return {record.path: record for record in found or ()}


def _keep(records: Mapping[str, Any], bodies: Mapping[bytes, bytes], places: Places, key: bytes, pieces: store.Pieces) -> None:
    # bodies first: a record must never promise a body that is not there
    for name, body in bodies.items():
        pieces.add(name, body)
    pieces.save(bodies)
    store.write_packed(places.state / "documents", key, [records[path] for path in sorted(records)])
