"""publish: two trees, the one visitors get and its twin. Changes are written to the twin, then the two change places.

The change of place is one rename (Linux ``renameat2`` with RENAME_EXCHANGE), so that a build killed at
any moment leaves the old site or the new one, whole. Files are shared between the trees by hard links and
never written in place, so the twin costs folders, not bytes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plugins.press.problems import PressError

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class TwinTree:
    """``live`` is the published folder; the twin and the mark that it equals the live one lie in ``state``.

    The first time there is no former site to become the twin of the next build: each file is then linked into one as it
    is written, by whichever process writes it.
    """

    def __init__(self, live: Path, state: Path) -> None:
        self.live = os.path.realpath(live)
        self.twin = os.fspath(state / "twin")
        self._next = os.fspath(state / "next")
        self._settled = state / "settled"
        self._is_first = False
        self._folders: set[str] = set()

    def identity(self) -> tuple[int, int] | None:
        """Inode and modification time of the live folder: who touches its top level is noticed."""
        try:
            status = os.stat(self.live)
        except FileNotFoundError:
            return None
        return (status.st_ino, status.st_mtime_ns)

    def refuse_foreign(self) -> None:
        """Never replace a folder that this site did not make. Raises ``PressError``."""
        if os.path.lexists(self.live) and not os.path.isdir(self.live):
            message = f"{self.live} est un fichier, pas un dossier. Choisir un autre dossier avec --output."
            raise PressError(message)
        if os.path.isdir(self.live) and os.listdir(self.live) and not os.path.isfile(f"{self.live}/build.json"):
            message = (
                f"le dossier {self.live} contient des fichiers qui ne viennent pas de ce site. "
                "Le vider ou en choisir un autre avec --output."
            )
            raise PressError(message)

    def begin(self, *, fresh: bool) -> None:
        """Make the twin equal to the live tree (or empty when ``fresh``), and unmark it: it is about to change."""
        with translated(self.twin):
            settled = self._settled.exists() and self._settled.read_text() == str(self.identity())
            self._settled.unlink(missing_ok=True)
            shutil.rmtree(self._next, ignore_errors=True)
            self._is_first = fresh
            if fresh or not settled:
                shutil.rmtree(self.twin, ignore_errors=True)
                os.makedirs(self.twin, exist_ok=True)
                if not fresh and os.path.isdir(self.live):
                    _link_tree(self.live, self.twin)

    def write(self, path: str, data: bytes) -> None:
        """Write one file of the twin; its earlier bytes stay with the live tree."""
        with translated(path):
            target = f"{self.twin}/{path}"
            descriptor = self._create(target)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(descriptor, view) :]
            finally:
                os.close(descriptor)
            if self._is_first:
                beside = f"{self._next}/{path}"
                self._make_folder(beside)
                _link(target, beside)

    def remove(self, path: str) -> None:
        """Remove one file of the twin, and the folders that it leaves empty."""
        _remove(self.twin, path)

    def switch(self) -> None:
        """The twin becomes the site. Raises ``PressError`` when the disk refuses; the old site is then whole."""
        with translated(self.live):
            if not os.path.exists(self.live):
                os.makedirs(os.path.dirname(self.live), exist_ok=True)
                os.rename(self.twin, self.live)
            else:
                _exchange(self.twin, self.live)

    def settle(self, changed: Iterable[str], removed: Iterable[str], *, fresh: bool) -> None:
        """Bring the twin, now the former site, up to date for the next build."""
        with translated(self.twin):
            if fresh:
                shutil.rmtree(self.twin, ignore_errors=True)
                os.rename(self._next, self.twin)
            else:
                self._follow(changed, removed)
            self._settled.write_text(str(self.identity()))

    def _follow(self, changed: Iterable[str], removed: Iterable[str]) -> None:
        for path in removed:
            _remove(self.twin, path)
        for path in changed:
            target = f"{self.twin}/{path}"
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with suppress(FileNotFoundError):
                os.unlink(target)
            _link(f"{self.live}/{path}", target)

    def _create(self, target: str) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._make_folder(target)
        try:
            return os.open(target, flags, 0o644)
        except FileExistsError:
            os.unlink(target)
            return os.open(target, flags, 0o644)

    def _make_folder(self, target: str) -> None:
        """That of a file. Mostly the one above it is there: only when it is not are all of them looked at."""
        folder = target.rpartition("/")[0]
        if folder in self._folders:
            return
        try:
            os.mkdir(folder)
        except (FileExistsError, FileNotFoundError):
            os.makedirs(folder, exist_ok=True)
        self._folders.add(folder)


def write_file(path: Path, data: bytes) -> None:
    """One file in a folder that exists; raises ``PressError``."""
    with translated(os.fspath(path)):
        path.write_bytes(data)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """What the disk refuses, said in French: exit status 3."""
    try:
        yield
    except OSError as error:
        reason = {
            errno.ENOSPC: "le disque est plein",
            errno.EDQUOT: "le quota de disque est atteint",
            errno.EROFS: "le disque est en lecture seule",
            errno.EACCES: "l'écriture n'est pas permise",
            errno.EPERM: "l'écriture n'est pas permise",
            errno.EBUSY: "un point de montage ne peut pas être échangé d'un coup ; choisir un dossier en dessous",
        }.get(error.errno or 0, error.strerror or str(error))
        message = f"{error.filename or where} : {reason}. Le site publié n'a pas changé."
        raise PressError(message) from error


def _remove(root: str, path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(f"{root}/{path}")
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS}:
            raise
        shutil.copy2(source, target)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a published tree to a folder that does not exist yet."""
    shutil.copytree(os.path.realpath(source), target)


def _link_tree(source: str, target: str) -> None:
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                os.mkdir(f"{target}/{entry.name}")
                _link_tree(entry.path, f"{target}/{entry.name}")
            else:
                _link(entry.path, f"{target}/{entry.name}")


def _exchange(first: str, second: str) -> None:
    """Swap two folders in one step; where the system cannot, in two renames that leave a moment without site."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        if renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
            return
        code = ctypes.get_errno()
        if code not in {errno.ENOSYS, errno.EINVAL}:
            raise OSError(code, os.strerror(code), second)
    aside = f"{first}.aside"
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(second, aside)
    os.rename(first, second)
    os.rename(aside, first)
