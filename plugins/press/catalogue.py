"""A catalogue: documents by the ten thousand, kept as bytes in the order of their kind, and listed by terms.

An edit decodes those that it is asked for (decision 0024).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from struct import iter_unpack, pack
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.sources import Stamp
from plugins.press.tallies import Tally, tally_all

if TYPE_CHECKING:
    from plugins.press.settings import Settings

_SIZE = 16
"""Bytes of the hash of a file."""
_INT = array("I").itemsize


class Filing(Struct, frozen=True):
    """How a kind of document is filed.

    ``order`` is the key by which its documents are sorted, ``terms`` gives all under which one is looked up.
    ``settles`` is the moment (local, naive) from which nothing that is said of it depends on the time; None for one
    that is not plain, which must always be looked at.
    """

    order: Callable[[Any], Any]
    terms: Callable[[Any], Collection[str]]
    settles: Callable[[Any, Settings], datetime | None]


class Listing(Struct, frozen=True, array_like=True, gc=False):
    """The documents of a term: their ``rows`` in the catalogue (32 bits each, ascending), and their tally."""

    rows: bytes
    face: bytes
    whole: bytes

    def positions(self) -> array[int]:
        found = array("I")
        found.frombytes(self.rows)
        return found

    @property
    def tally(self) -> Tally:
        return Tally.read(len(self.rows) // _INT, self.face, self.whole)


class Packed(Struct, frozen=True, array_like=True, gc=False):
    """A catalogue as it is kept, in columns: a row for each document, in the order of its kind.

    ``stamps`` and ``digests`` are of the files; ``settled`` is the ``minute`` from which a document is
    settled. ``ends`` says where each document ends in ``documents``.
    """

    paths: list[str]
    stamps: bytes
    digests: bytes
    settled: bytes
    ends: bytes
    documents: memoryview
    listings: dict[str, Listing]
    titles: list[str]
    urls: msgspec.Raw
    changes: msgspec.Raw


class Catalogue:
    """The documents of one kind, each by its row, and listed by terms; ``known`` are those that are in memory."""

    def __init__(
        self, packed: Packed, decoder: msgspec.msgpack.Decoder[Any], known: Mapping[int, Any] = MappingProxyType({})
    ) -> None:
        self._packed = packed
        self._decoder = decoder
        self._known = dict(known)
        self._ends = array("Q")
        self._ends.frombytes(packed.ends)
        self._documents = packed.documents
        self.paths = packed.paths
        self.listings = packed.listings
        self.titles = packed.titles

    def __len__(self) -> int:
        return len(self.paths)

    def document(self, row: int) -> Any:
        """The document of a row, decoded when it is first asked for."""
        if row not in self._known:
            start = self._ends[row - 1] if row else 0
            self._known[row] = self._decoder.decode(self._documents[start : self._ends[row]])
        return self._known[row]

    @property
    def is_in_memory(self) -> bool:
        """Whether every document is decoded, as in a first build."""
        return len(self._known) == len(self)

    @cached_property
    def row_of(self) -> dict[str, int]:
        return dict(zip(self.paths, range(len(self.paths)), strict=True))

    @cached_property
    def stamps(self) -> list[Stamp]:
        """By row."""
        return list(iter_unpack("<qqq", self._packed.stamps))

    def digest(self, row: int) -> bytes:
        """The hash of a row's file."""
        return self._packed.digests[row * _SIZE : (row + 1) * _SIZE]

    @cached_property
    def urls(self) -> list[str]:
        return msgspec.msgpack.decode(self._packed.urls, type=list[str])

    @cached_property
    def changes(self) -> list[str]:
        """The day on which each was last changed, or published (``Document.changed``)."""
        return msgspec.msgpack.decode(self._packed.changes, type=list[str])

    def horizon(self, now: datetime) -> int:
        """How many of the first rows are settled: all before the first that is not."""
        settled = array("q")
        settled.frombytes(self._packed.settled)
        this = minute(now.replace(second=0, microsecond=0))
        return next((row for row, moment in enumerate(settled) if moment > this), len(settled))


_NONE = msgspec.Raw(msgspec.msgpack.encode([]))
EMPTY = Catalogue(Packed([], b"", b"", b"", b"", memoryview(b""), {}, [], _NONE, _NONE), msgspec.msgpack.Decoder(Any))


def minute(moment: datetime) -> int:
    """A local moment as a number of minutes, the seconds counted as one more."""
    return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute + (moment.second > 0 or moment.microsecond > 0)


def pack_records(records: Iterable[Any], filing: Filing, settings: Settings) -> tuple[Packed, list[Any]]:
    """The catalogue of those records whose documents settle some day; and the documents by row."""
    found = ((record, filing.settles(record.document, settings)) for record in records)
    plain = [(record, moment) for record, moment in found if moment is not None]
    plain.sort(key=lambda pair: filing.order(pair[0].document))
    rows, documents = [record for record, _ in plain], [record.document for record, _ in plain]
    return _pack(rows, documents, [minute(moment) for _, moment in plain], _list(documents, filing)), documents


def find_name(kind: type[Document]) -> str:
    """What the documents of a kind are called where they are kept."""
    return str(kind.__struct_config__.tag)


def _pack(records: Sequence[Any], documents: Sequence[Any], settled: list[int], listings: dict[str, Listing]) -> Packed:
    pieces = [*map(msgspec.msgpack.Encoder().encode, documents)]
    ends, end = array("Q"), 0
    for piece in pieces:
        end += len(piece)
        ends.append(end)
    encode = msgspec.msgpack.encode
    return Packed(
        paths=[record.path for record in records],
        stamps=b"".join([pack("<qqq", *record.stamp) for record in records]),
        digests=b"".join([record.digest for record in records]),
        settled=array("q", settled).tobytes(),
        ends=ends.tobytes(),
        documents=memoryview(b"".join(pieces)),
        listings=listings,
        titles=[document.title for document in documents],
        urls=msgspec.Raw(encode([document.url for document in documents])),
        changes=msgspec.Raw(encode([document.changed for document in documents])),
    )


def _list(documents: Sequence[Document], filing: Filing) -> dict[str, Listing]:
    rows: dict[str, list[int]] = defaultdict(list)
    terms = filing.terms
    for row, document in enumerate(documents):
        for term in terms(document):
            rows[term].append(row)
    tallies = dict(tally_all(rows, documents))
    return {
        term: Listing(array("I", found).tobytes(), tallies[term].face, tallies[term].whole)
        for term, found in sorted(rows.items())
    }
