"""The past of the content: when each file was first committed, under which name, and how its meaning changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct


class Version(Struct, frozen=True, array_like=True, gc=False):
    """A file as one commit left it: when (local time of the site), and what of it matters (``Kind.meaning``).

    ``meaning`` is empty when the file could not be read as what it is today.
    """

    moment: datetime
    meaning: bytes


class History(Struct, frozen=True):
    """Paths are written from ``content/``. Empty outside git, and for what was never committed.

    - ``added``: when the file, under its first name, was committed;
    - ``modified``: when its bytes were last changed by a commit, where that is not when it was added;
    - ``origins``: the first name of a file that was renamed;
    - ``versions``: oldest first, for tracked kinds, of files that changed since they were added.

    ``is_shallow`` when the clone has no past: then nothing is known.
    """

    added: Mapping[str, datetime] = MappingProxyType({})
    modified: Mapping[str, datetime] = MappingProxyType({})
    origins: Mapping[str, str] = MappingProxyType({})
    versions: Mapping[str, tuple[Version, ...]] = MappingProxyType({})
    is_shallow: bool = False
