"""The documents of a kind that is filed, in one build: those that are looked at, and settled ones.

Most events of an old agenda were over long ago and nobody edits them. Such a document is *settled*: nothing that is
said of it depends on the time any more. It is not even decoded, unless a page that shows it is made. What keys of
batches need to know of all documents is kept as tallies, which an edit adds to and takes from (decision 0024).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from plugins.press.catalogue import EMPTY, Catalogue, Filing, find_name
from plugins.press.documents import Document
from plugins.press.tallies import Tally


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
        catalogue: Catalogue = EMPTY,
        gone: Collection[int] = (),
    ) -> None:
        self.filing = filing
        self.catalogue = catalogue
        self._now = now
        self._gone = frozenset(gone)
        self._horizon = catalogue.horizon(now)
        added = [*others]
        late = range(self._horizon, len(catalogue))
        still = [catalogue.document(row) for row in late if row not in self._gone]
        self.open: list[Any] = sorted([*still, *added], key=filing.order)
        self._passed = sorted(row for row in self._gone if row < self._horizon)
        self._tallies = self._sum(added)
        self._rows: dict[str, Sequence[int]] = {}

    def exchange(self, documents: Iterable[Any]) -> Filed:
        """With these as the open documents: those that were, or what takes their place, and settled ones besides."""
        catalogue, gone = self.catalogue, {*self._gone}
        others = []
        for document in documents:
            row = catalogue.row_of.get(document.path)
            if row is None or row in gone:
                others.append(document)
            elif row < self._horizon or catalogue.document(row) is not document:
                others.append(document)
                gone.add(row)
        return Filed(self.filing, others, self._now, catalogue, gone)

    def _sum(self, added: Iterable[Any]) -> dict[str, Tally]:
        """The tallies of the terms in which something is not as the catalogue has it."""
        tallies: dict[str, Tally] = {}
        for sign, documents in ((-1, self.documents(self._gone)), (1, added)):
            for document in documents:
                for term in self.filing.terms(document):
                    before = tallies[term] if term in tallies else self._kept(term)
                    tallies[term] = before.plus((document,), sign)
        return tallies

    def _kept(self, term: str) -> Tally:
        listing = self.catalogue.listings.get(term)
        return listing.tally if listing else Tally()

    def tally(self, term: str) -> Tally:
        """What all documents of a term say, settled or not."""
        found = self._tallies.get(term)
        return self._kept(term) if found is None else found

    def terms(self, name: str) -> list[str]:
        """The terms whose first word is this one, in order, under which there is a document."""
        prefix = f"{name} "
        found = {
            term for terms in (self.catalogue.listings, self._tallies) for term in terms if term.startswith(prefix)
        }
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
            listing = self.catalogue.listings.get(term)
            found: Sequence[int] = listing.positions() if listing else ()
            found = found[: bisect_left(found, self._horizon)]
            if self._passed and any(_has(found, row) for row in self._passed):
                found = [row for row in found if row not in self._gone]
            self._rows[term] = found
        return self._rows[term]

    def document(self, row: int) -> Any:
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
        found = self.catalogue.row_of.get(path)
        return found if found is not None and found < self._horizon and found not in self._gone else None

    def path(self, row: int) -> str:
        return self.catalogue.paths[row]

    def changes(self) -> dict[str, str]:
        """The day on which each settled document was last changed, by its address."""
        urls, changes = self.catalogue.urls, self.catalogue.changes
        if not self._passed:
            return dict(zip(urls[: self._horizon], changes[: self._horizon], strict=True))
        return {urls[row]: changes[row] for row in self.settled}

    def titles(self) -> Iterator[str]:
        """Of all settled documents."""
        titles = self.catalogue.titles
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


def file_all(
    filings: Mapping[type[Document], Filing],
    loose: Iterable[Document],
    catalogues: Mapping[str, Catalogue],
    gone: Mapping[str, Collection[int]],
    now: datetime,
) -> dict[type[Document], Filed]:
    """The documents of each kind that is filed: those of its catalogue, and those of these."""
    others: dict[type[Document], list[Document]] = {kind: [] for kind in filings}
    for document in loose:
        if type(document) in others:
            others[type(document)].append(document)
    names = {kind: find_name(kind) for kind in filings}
    return {
        kind: Filed(filing, others[kind], now, catalogues.get(names[kind], EMPTY), gone.get(names[kind], ()))
        for kind, filing in filings.items()
    }
