"""The past of the content: when each file was first committed, under which name, and how its meaning changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct


class Version(Struct, frozen=True, array_like=True, gc=False):
    """A file as one commit left it: when (local time of the site), and what of it matters (``Kind.meaning``).

    ``before`` is what mattered in the commits it was made from: none when it was added, several for a merge. Each
    commit is compared with its own past, so that what one branch says never seems taken back by another, and a
    count of changes only grows.
    """

    moment: datetime
    before: tuple[bytes, ...]
    meaning: bytes


class History(Struct, frozen=True):
    """Paths are written from ``content/``. Empty outside git, and for what was never committed.

    - ``added``: when the file, under its first name, was committed;
    - ``modified``: when its bytes were last changed by a commit, where that is not when it was added;
    - ``origins``: the first name of a file that was renamed;
    - ``versions``: oldest first, for tracked kinds, of files that changed since they were added;
    - ``committed``: what matters in the last commit, for those that changed since and were not committed.

    A version that cannot be read as what the file is today says what the one before it said, else nothing.

    ``is_shallow`` when the clone has no past: then nothing is known.
    """

    added: Mapping[str, datetime] = MappingProxyType({})
    modified: Mapping[str, datetime] = MappingProxyType({})
    origins: Mapping[str, str] = MappingProxyType({})
    versions: Mapping[str, tuple[Version, ...]] = MappingProxyType({})
    committed: Mapping[str, bytes] = MappingProxyType({})
    is_shallow: bool = False
