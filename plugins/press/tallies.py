"""Tallies: what many documents say together, as sums of their hashes, to which one may be added or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from plugins.press.documents import Document

_SIZE = 16
"""Bytes of a hash, and of a sum."""
_WORLD = 1 << 8 * _SIZE
"""Sums of hashes are counted up to here and go round: so many bits are enough for any two to differ."""


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

    @classmethod
    def read(cls, count: int, face: bytes, whole: bytes) -> Tally:
        """The tally of so many documents with these sums."""
        return cls(count, int.from_bytes(face, "big"), int.from_bytes(whole, "big"))


def tally_all(listed: Mapping[str, Sequence[int]], documents: Sequence[Document]) -> Iterator[tuple[str, Tally]]:
    """The tally of each term, given the places of its documents: of tens of thousands, each hash is read once."""
    faces = [int.from_bytes(document.face, "big") for document in documents]
    wholes = [int.from_bytes(document.whole, "big") for document in documents]
    for term, places in listed.items():
        face, whole = (sum(map(hashes.__getitem__, places)) % _WORLD for hashes in (faces, wholes))
        yield term, Tally(len(places), face, whole)
