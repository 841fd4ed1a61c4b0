"""Sources: the files of ``content/``. One pass over the tree, and the one place that reads content from disk."""

from __future__ import annotations

import os
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from plugins.press.problems import PressError, Problem

Stamp = tuple[int, int, int]
"""Size, modification and change time (ns): while a stamp stands still, so does the file."""

MAX_FILE_SIZE = 2 * 1024 * 1024


STATIC = "static/"
"""Files to copy as they are, whatever they are called."""


class Tree(Struct):
    """All files below ``content/``: path with ``/`` → stamp; and what is wrong with the tree itself.

    ``stamp`` is a hash of the paths and stamps of all, ``latest`` the last time that one of them changed (ns).
    """

    files: dict[str, Stamp]
    problems: list[Problem]
    stamp: bytes = b""
    latest: int = 0


def scan(root: Path, prefix: str) -> Tree:
    """List the files, sorted by path; ``prefix`` is how problems name the root (``content``).

    Hidden files and editors' backups are passed over. A link that leads out of the root is refused:
    it would publish files that nobody meant to publish.
    """
    tree = Tree({}, [])
    if not root.is_dir():
        message = f"le dossier {prefix}/ n'existe pas."
        raise PressError(message)
    try:
        _scan_folder(os.fspath(root), "", tree, os.path.realpath(root), prefix)
    except OSError as error:
        message = f"{error.filename} : lecture impossible ({error.strerror})."
        raise PressError(message) from error
    tree.files = dict(sorted(tree.files.items()))
    tree.stamp = stamp_files(tree.files)
    tree.latest = max((max(changed, moved) for _, changed, moved in tree.files.values()), default=0)
    return tree


def stamp_files(files: Mapping[str, Stamp]) -> bytes:
    """A hash of the paths and stamps of files."""
    return blake2b(msgspec.msgpack.encode(list(files.items())), digest_size=16).digest()


def find_others(files: Iterable[str]) -> list[str]:
    """Those of these files that are no texts: pictures, data, and what is copied as it is."""
    return [path for path in files if not path.endswith(".md") or path.startswith(STATIC)]


def _scan_folder(folder: str, below: str, tree: Tree, root: str, prefix: str) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#")):
                continue
            path = below + name
            if not path.isprintable():  # as a name in another encoding is, once read as UTF-8
                tree.problems.append(Problem(path=f"{prefix}/{ascii(path)[1:-1]}", message=_UNREADABLE))
                continue
            if entry.is_symlink() and not _stays_inside(entry, root):
                tree.problems.append(Problem(path=f"{prefix}/{path}", message=_LEAVES))
            elif entry.is_dir():
                _scan_folder(entry.path, f"{path}/", tree, root, prefix)
            else:
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue  # a text editor's passing file, gone since it was listed
                tree.files[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


_LEAVES = "ce lien symbolique mène hors du dossier ou nulle part. Le remplacer par une copie du fichier."


_UNREADABLE = "le nom de ce fichier contient des signes illisibles. Le renommer en lettres, chiffres et tirets."


def _stays_inside(entry: os.DirEntry[str], root: str) -> bool:
    """A link to a file inside is fine; a link to a folder could make a loop, and is refused too."""
    target = os.path.realpath(entry.path)
    return target.startswith(root + os.sep) and os.path.isfile(target)


def read_source(root: Path, path: str) -> bytes:
    """The bytes of one file. Raises ``PressError`` when the disk does not let us."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:  # read at once: a buffer would only copy it
            return file.read()
    except OSError as error:
        message = f"{path} : lecture impossible ({error.strerror})."
        raise PressError(message) from error


def digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """UTF-8 with or without BOM, any line ends → text with LF. Another encoding: the byte where it shows."""
    if len(data) > MAX_FILE_SIZE:
        size, limit = len(data) // 1024, MAX_FILE_SIZE // 1024
        return "", [
            Problem(
                path=path,
                message=f"le fichier est trop gros ({size} Kio, {limit} au plus). Le couper en plusieurs fichiers.",
            )
        ]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "", [
            Problem(
                path=path,
                line=1,
                column=1,
                message="le fichier est en UTF-16 (octet 0). L'enregistrer en UTF-8.",
            )
        ]
    try:
        text = data.removeprefix(BOM_UTF8).decode()  # the codec that drops the mark is written in Python
    except UnicodeDecodeError as error:
        return "", [_refuse_encoding(data, error, path)]
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text), []


def _refuse_encoding(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    # the error counts from behind the BOM; the editor's tools count from the first byte
    start = error.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
    line = data.count(b"\n", 0, start) + 1
    column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8-sig", "replace")) + 1
    message = f"le fichier n'est pas en UTF-8 (octet {start}). L'enregistrer en UTF-8 dans l'éditeur de texte."
    return Problem(path=path, line=line, column=column, message=message)


def fold(path: str) -> str:
    """Two paths that differ by case or Unicode form only are one file on some disks, one page for people."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
