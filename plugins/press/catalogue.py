"""A catalogue: documents by the ten thousand, kept in order, of which a build only looks at those it must.

Most events of an old agenda were over long ago and nobody edits them. Such a document is *settled*: nothing that is
said of it depends on the time any more. It is not even decoded, unless a page that shows it is made. What keys of
batches need to know of all documents is kept as sums, which an edit adds to and takes from (decision 0024).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from struct import iter_unpack, pack
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.sources import Stamp

if TYPE_CHECKING:
    from plugins.press.settings import Settings

_SIZE = 16
"""Bytes of a hash."""
_WORLD = 1 << 8 * _SIZE
"""Sums of hashes are counted up to here and go round: so many bits are enough for any two to differ."""


class Filing(Struct, frozen=True):
    """How a kind of document is filed.

    ``order`` is the key by which its documents are sorted, ``terms`` gives all under which one is looked up.
    ``settles`` is the moment (local, naive) from which nothing that is said of it depends on the time; None for one
    that is not plain, which must always be looked at.
    """

    order: Callable[[Any], Any]
    terms: Callable[[Any], Collection[str]]
    settles: Callable[[Any, Settings], datetime | None]


class Tally(Struct, frozen=True, gc=False):
    """What all documents of a term say, as a number and two sums: the order in which they were added does not show.

    Adding hashes is as good as hashing them all (Bellare and Micciancio, « AdHash », 1997) against everything but an
    attacker who makes millions of documents to this end, and who could as well write the page that he wants.
    """

    count: int = 0
    faces: int = 0
    wholes: int = 0

    def plus(self, documents: Iterable[Document], sign: int = 1) -> Tally:
        """With these too, or without them (``sign`` -1)."""
        count, faces, wholes = self.count, self.faces, self.wholes
        for document in documents:
            count += sign
            faces += sign * int.from_bytes(document.face, "big")
            wholes += sign * int.from_bytes(document.whole, "big")
        return Tally(count, faces % _WORLD, wholes % _WORLD)

    @property
    def face(self) -> bytes:
        """The sum of the documents without their texts."""
        return self.faces.to_bytes(_SIZE, "big")

    @property
    def whole(self) -> bytes:
        """The sum of the documents with their texts."""
        return self.wholes.to_bytes(_SIZE, "big")


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
        faces, wholes = int.from_bytes(self.face, "big"), int.from_bytes(self.whole, "big")
        return Tally(len(self.rows) // _INT, faces, wholes)


_INT = array("I").itemsize


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
        this = minute(now)
        return next((row for row, moment in enumerate(settled) if moment > this), len(settled))


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
    faces = [int.from_bytes(document.face, "big") for document in documents]
    wholes = [int.from_bytes(document.whole, "big") for document in documents]
    return {
        term: Listing(
            array("I", found).tobytes(),
            (sum(map(faces.__getitem__, found)) % _WORLD).to_bytes(_SIZE, "big"),
            (sum(map(wholes.__getitem__, found)) % _WORLD).to_bytes(_SIZE, "big"),
        )
        for term, found in sorted(rows.items())
    }


class Filed:
    """The documents of one kind in one build: settled ones in a catalogue, and those that are looked at.

    ``gone`` are the rows whose file is not as it was; ``others`` the documents that are not in the catalogue.
    ``open`` are all that must be looked at, in the order of the kind.
    """

    def __init__(
        self,
        filing: Filing,
        others: Iterable[Any],
        now: datetime,
        catalogue: Catalogue | None = None,
        gone: Collection[int] = (),
    ) -> None:
        self.filing = filing
        self.catalogue = catalogue
        self._now = now
        self._gone = frozenset(gone)
        self._horizon = catalogue.horizon(now) if catalogue else 0
        added = [*others]
        late = range(self._horizon, len(catalogue) if catalogue else 0)
        still = [catalogue.document(row) for row in late if row not in self._gone] if catalogue else []
        self.open: list[Any] = sorted([*still, *added], key=filing.order)
        self._passed = sorted(row for row in self._gone if row < self._horizon)
        self._tallies = self._sum(added)
        self._rows: dict[str, Sequence[int]] = {}

    def exchange(self, documents: Iterable[Any]) -> Filed:
        """With these as the open documents: those that were, or what takes their place, and settled ones besides."""
        catalogue, gone = self.catalogue, {*self._gone}
        others = []
        for document in documents:
            row = catalogue.row_of.get(document.path) if catalogue else None
            if catalogue is None or row is None or row in gone:
                others.append(document)
            elif row < self._horizon or catalogue.document(row) is not document:
                others.append(document)
                gone.add(row)
        return Filed(self.filing, others, self._now, catalogue, gone)

    def _sum(self, added: Iterable[Any]) -> dict[str, Tally]:
        """The tallies of the terms in which something is not as the catalogue has it."""
        tallies: dict[str, Tally] = {}
        gone = [self.catalogue.document(row) for row in sorted(self._gone)] if self.catalogue else []
        for sign, documents in ((-1, gone), (1, added)):
            for document in documents:
                for term in self.filing.terms(document):
                    before = tallies[term] if term in tallies else self._kept(term)
                    tallies[term] = before.plus((document,), sign)
        return tallies

    def _kept(self, term: str) -> Tally:
        listing = self.catalogue.listings.get(term) if self.catalogue else None
        return listing.tally if listing else Tally()

    def tally(self, term: str) -> Tally:
        """What all documents of a term say, settled or not."""
        found = self._tallies.get(term)
        return self._kept(term) if found is None else found

    def terms(self, name: str) -> list[str]:
        """The terms whose first word is this one, in order, under which there is a document."""
        prefix = f"{name} "
        kept = self.catalogue.listings if self.catalogue else {}
        found = {term for terms in (kept, self._tallies) for term in terms if term.startswith(prefix)}
        return sorted(term for term in found if self.tally(term).count)

    @property
    def settled(self) -> Sequence[int]:
        """The rows of all settled documents."""
        if not self._passed:
            return range(self._horizon)
        return [row for row in range(self._horizon) if row not in self._gone]

    def rows(self, term: str) -> Sequence[int]:
        """The rows of the settled documents of a term, ascending."""
        if term not in self._rows:
            listing = self.catalogue.listings.get(term) if self.catalogue else None
            found: Sequence[int] = listing.positions() if listing else ()
            found = found[: bisect_left(found, self._horizon)]
            if self._passed and any(_has(found, row) for row in self._passed):
                found = [row for row in found if row not in self._gone]
            self._rows[term] = found
        return self._rows[term]

    def document(self, row: int) -> Any:
        assert self.catalogue is not None, "only a catalogue has rows"  # noqa: S101
        return self.catalogue.document(row)

    def documents(self, rows: Iterable[int]) -> Iterator[Any]:
        return map(self.document, rows)

    def documents_of(self, terms: Iterable[str]) -> list[Any]:
        """All documents of any of these terms, each once, in order."""
        wanted = {*terms}
        rows = {row for term in wanted for row in self.rows(term)}
        open_ = {place: self.open[place] for term in wanted for place in self._places.get(term, ())}
        return sorted([*self.documents(sorted(rows)), *open_.values()], key=self.filing.order)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where among the open documents those of a term are."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, document in enumerate(self.open):
            for term in self.filing.terms(document):
                places[term].append(place)
        return places

    def row(self, path: str) -> int | None:
        """The row of a settled document by its path; None when it is not one."""
        found = self.catalogue.row_of.get(path) if self.catalogue else None
        return found if found is not None and found < self._horizon and found not in self._gone else None

    def path(self, row: int) -> str:
        return self.catalogue.paths[row] if self.catalogue else ""

    def changes(self) -> dict[str, str]:
        """The day on which each settled document was last changed, by its address."""
        if self.catalogue is None:
            return {}
        urls, changes = self.catalogue.urls, self.catalogue.changes
        if not self._passed:
            return dict(zip(urls[: self._horizon], changes[: self._horizon], strict=True))
        return {urls[row]: changes[row] for row in self.settled}

    def titles(self) -> Iterator[str]:
        """Of all settled documents."""
        titles = self.catalogue.titles if self.catalogue else []
        return iter(titles[: self._horizon]) if not self._passed else (titles[row] for row in self.settled)


def _has(rows: Sequence[int], row: int) -> bool:
    index = bisect_left(rows, row)
    return index < len(rows) and rows[index] == row


class ByPath(Mapping[str, Document]):
    """Every document by its path: open ones, and settled ones when they are asked for."""

    def __init__(self, known: Mapping[str, Document], filed: Iterable[Filed]) -> None:
        self._known = known
        self._filed = tuple(filed)

    def __getitem__(self, path: str) -> Document:
        if path in self._known:
            return self._known[path]
        for filed in self._filed:
            row = filed.row(path)
            if row is not None:
                found: Document = filed.document(row)
                return found
        raise KeyError(path)

    def __contains__(self, path: object) -> bool:
        return path in self._known or any(each.row(str(path)) is not None for each in self._filed)

    def __iter__(self) -> Iterator[str]:
        yield from self._known
        for filed in self._filed:
            yield from map(filed.path, filed.settled)

    def __len__(self) -> int:
        return len(self._known) + sum(len(filed.settled) for filed in self._filed)
