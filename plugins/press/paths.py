"""The paths of all that a site publishes: of what a build composed, and of what stands already and is what it was.

What stands may be a hundred thousand addresses: they stay in one text, a line each, and no object is made of each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.press.sources import fold

if TYPE_CHECKING:
    from plugins.press.outputs import Output

_FOLDER = re.compile("^(.+)/", re.MULTILINE)


class Paths(Collection[str]):
    """``composed`` are the outputs of this build by path; ``standing`` the addresses of the others, a line each."""

    def __init__(self, composed: Mapping[str, Output], standing: str = "") -> None:
        self.composed = composed
        self._standing = standing

    @cached_property
    def _others(self) -> frozenset[str]:
        return frozenset(_paths(self._standing).split("\n"))

    @property
    def text(self) -> str:
        """All of them, a line each."""
        return "\n".join((*self.composed, _paths(self._standing)))

    def __contains__(self, path: object) -> bool:
        return path in self.composed or path in self._others

    def __iter__(self) -> Iterator[str]:
        return iter(filter(None, self.text.split("\n")))

    def __len__(self) -> int:
        return len(self.composed) + self._standing.count("\n")


def find_pages(urls: str) -> list[str]:
    """The addresses that are pages, of many, a line each."""
    return [url for url in urls.split("\n") if url.endswith("/")]


def count_pages(urls: str) -> int:
    """How many they are."""
    return urls.count("/\n")


def are_free(new: Iterable[str], text: str) -> bool:
    """``are_apart`` of paths, a line each, of which all but these few are known to be."""
    folded = f"\n{_fold(text)}\n"
    return all(_is_free(path, folded) for path in map(fold, new))


def _is_free(path: str, folded: str) -> bool:
    line = f"\n{path}\n"
    if folded.find(line, folded.find(line) + 1) != -1 or f"\n{path}/" in folded:
        return False
    above = path.rpartition("/")[0]
    while above and f"\n{above}\n" not in folded:
        above = above.rpartition("/")[0]
    return not above


def are_apart(text: str, count: int) -> bool:
    """Whether these lines are so many paths, case and Unicode form folded, and no file is where a folder must be."""
    folded = _fold(text)
    paths = {*folded.split("\n")} - {""}
    return len(paths) == count and not find_folders(folded) & paths


def find_folders(text: str) -> set[str]:
    """All folders in which these paths are, which have a line each."""
    folders: set[str] = set()
    above = {*_FOLDER.findall(text)}
    while above := above - folders - {""}:
        folders |= above
        above = {folder.rpartition("/")[0] for folder in above}
    return folders


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else "\n".join(map(fold, text.split("\n")))


def _paths(urls: str) -> str:
    """``find_path`` of each of many, a line each."""
    return f"\n{urls}".replace("/\n", "/index.html\n").replace("\n/", "\n")[1:]
