"""The read stage with its memory: which sources must be read, and what is kept of them for the next build."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any, NamedTuple, Self

import msgspec
from msgspec import Struct

from plugins.press import store
from plugins.press.catalogue import Catalogue, Packed, find_name, pack_records
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
    """What the last builds left for this code (``key``): the catalogues, by kind, and ``loose`` records, by path.

    ``since`` are those of the loose records that say what the file of all does not say yet.
    No record is believed without a look at its file: one that is out of date, or whose file is gone, does no harm.
    """

    key: bytes
    loose: dict[str, Any] = {}
    since: dict[str, Any] = {}
    catalogues: dict[str, Catalogue] = {}

    @classmethod
    def load(cls, reader: Reader, places: Places, key: bytes) -> Self:
        """What is on disk; nothing when that was made by other code."""
        whole = store.read_packed(places.state / _WHOLE, key, msgspec.msgpack.Decoder(_whole_type(reader)))
        if whole is None:
            return cls(key)
        changed = store.read_packed(places.state / _SINCE, key, reader.decoder) or ()
        loose, since = ({record.path: record for record in records} for records in (whole.loose, changed))
        catalogues = {name: Catalogue(packed, reader.document_decoder) for name, packed in whole.catalogues.items()}
        return cls(key, loose | since, since, catalogues)


def _whole_type(reader: Reader) -> Any:
    fields = [("loose", list[reader.record_type]), ("catalogues", dict[str, Packed])]  # type: ignore[name-defined]
    return msgspec.defstruct("Whole", fields, frozen=True, array_like=True)


class Found(NamedTuple):
    """What is known of the sources: the loose records, by path; of each kind that is filed, its catalogue.

    ``gone`` are the rows of a catalogue that are not what the file says. ``read`` counts the files read anew.
    """

    loose: dict[str, Any]
    catalogues: Mapping[str, Catalogue]
    gone: Mapping[str, Collection[int]]
    read: int


class Records:
    """The records of one output's content: those kept that still hold, and those of the files that are read."""

    def __init__(self, reader: Reader, places: Places, pieces: store.Pieces, kept: Kept) -> None:
        self._reader = reader
        self._places = places
        self._pieces = pieces
        self._young = youngest_trusted(places)
        self._kept = kept

    def read(self, sources: Tree, *, processes: int) -> Found:
        """What is known of every document of the tree."""
        kept = self._kept
        records, new, stale, gone = self._sort(sources)
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
        since = kept.since | new
        lost = (kept.catalogues[name].paths[row] for name, rows in gone.items() for row in rows)
        spare = len(since) + sum(path not in since for path in chain(lost, kept.loose.keys() - records.keys()))
        filed = sum(map(len, kept.catalogues.values()))
        if spare * _SPARE > filed + len(records):
            return self._keep_whole(records, gone, len(stale))
        if new:
            store.write_packed(self._places.state / _SINCE, kept.key, [since[path] for path in sorted(since)])
        return Found(records, kept.catalogues, gone, len(stale))

    def _sort(self, sources: Tree) -> tuple[dict[str, Any], dict[str, Any], list[str], dict[str, set[int]]]:
        """The loose records that hold, those of them with another stamp now, the paths to read, and the rows gone."""
        records: dict[str, Any] = {}
        restamped: dict[str, Any] = {}
        stale = []
        gone: dict[str, set[int]] = {}
        left: Mapping[str, Stamp] = sources.files
        for name, catalogue in self._kept.catalogues.items():
            left, gone[name] = self._look_up(catalogue, left, restamped)
        for path, stamp in left.items():
            record = self._kept.loose.get(path)
            if record is None:
                stale += [path] if self._reader.is_document(path) else []
            elif record.stamp == stamp:
                records[path] = record
            elif self._is_same(path, record.digest):
                restamped[path] = self._stamped(record, stamp)
            else:
                stale.append(path)
        return records | restamped, restamped, stale, gone

    def _look_up(
        self, catalogue: Catalogue, files: Mapping[str, Stamp], restamped: dict[str, Any]
    ) -> tuple[dict[str, Stamp], set[int]]:
        """The files of which a catalogue says nothing that holds, and its rows that are of no file any more."""
        rows, stamps, since = catalogue.row_of, catalogue.stamps, self._kept.since
        left: dict[str, Stamp] = {}
        gone = set[int]()
        still = 0
        for path, stamp in files.items():
            row = rows.get(path)
            if row is not None and stamps[row] == stamp and path not in since:
                still += 1
                continue
            if row is not None:
                gone.add(row)
                if path not in since and self._is_same(path, catalogue.digest(row)):
                    restamped[path] = self._stamped(self._record(catalogue, row), stamp)
                    continue
            left[path] = stamp
        if still + len(gone) < len(rows):
            gone.update(row for path, row in rows.items() if path not in files)
        return left, gone

    def _is_same(self, path: str, sum_: bytes) -> bool:
        return digest(read_source(self._places.content, path)) == sum_

    def _record(self, catalogue: Catalogue, row: int) -> Any:
        path, stamp = catalogue.paths[row], catalogue.stamps[row]
        return self._reader.record_type(path, stamp, catalogue.digest(row), catalogue.document(row), ())

    def _stamped(self, record: Any, stamp: Stamp) -> Any:
        return msgspec.structs.replace(record, stamp=trusted(stamp, self._young))

    def _keep_whole(self, loose: Mapping[str, Any], gone: Mapping[str, Collection[int]], read: int) -> Found:
        """Make the catalogues anew, and keep all in one file."""
        records = dict(loose)
        for name, catalogue in self._kept.catalogues.items():
            rows = (row for row in range(len(catalogue)) if row not in gone[name])
            records |= {catalogue.paths[row]: self._record(catalogue, row) for row in rows}
        catalogues: dict[str, Catalogue] = {}
        packed: dict[str, Packed] = {}
        for kind in self._reader.filings:
            filing, name = self._reader.filings[kind], find_name(kind)
            good = (record for record in records.values() if type(record.document) is kind and not record.problems)
            packed[name], documents = pack_records(good, filing, self._reader.settings)
            catalogues[name] = Catalogue(packed[name], self._reader.document_decoder, dict(enumerate(documents)))
            for document in documents:
                del records[document.path]
        kept = [[records[path] for path in sorted(records)], packed]
        store.write_packed(self._places.state / _WHOLE, self._kept.key, kept)
        (self._places.state / _SINCE).unlink(missing_ok=True)
        return Found(records, catalogues, dict.fromkeys(catalogues, ()), read)


def trusted(stamp: Stamp, young: int) -> Stamp:
    """A stamp too young to be trusted is remembered as none: next time the hash of the bytes decides."""
    return (0, 0, 0) if max(stamp[1:]) >= young else stamp


def youngest_trusted(places: Places) -> int:
    """The latest change (ns, by the disk's own clock) after which a stamp proves nothing yet."""
    lock = places.state / "lock"
    lock.touch()
    return lock.stat().st_mtime_ns - _RACY
