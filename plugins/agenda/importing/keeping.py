"""The files of an import: what was kept of each partner, what came from the network, what is written."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from plugins.agenda.importing.failures import SourceError
from plugins.agenda.importing.fetching import MAX_BYTES, Loaded
from plugins.agenda.imports import ImportedFields, read_calendar
from plugins.agenda.notices import MAX_LENGTH, Calendar
from plugins.press.files import translated
from plugins.press.frontmatter import read_yaml
from plugins.press.kinds import Draft, Refresh
from plugins.press.problems import Problem
from plugins.press.schema import read_fields
from plugins.press.sources import decode


class _Kept(msgspec.Struct, array_like=True):
    """The last answer of a server, with the address that gave it."""

    url: str
    loaded: Loaded


def read_kept(request: Refresh, path: str) -> tuple[Calendar | None, list[Problem]]:
    """The calendar as the last import left it; None when there is none yet. A broken file is a problem."""
    shown = f"{request.places.shown_content}/{path}"
    file = request.places.content / path
    with translated(path):
        if not file.exists():
            return None, []
        data = file.read_bytes()
    text, problems = decode(data, shown)
    front, found = read_yaml(text, shown, "calendar", MAX_LENGTH) if not problems else (None, [])
    problems += found
    kind, match = request.reader.kind_of(path)
    if front is None or problems or kind is None or match is None:
        return None, problems
    fields, problems = read_fields(ImportedFields, front, shown)
    if fields is None or problems:
        return None, problems
    draft = Draft(path, shown, match, front, request.reader.settings, problems)
    return read_calendar(draft, fields), draft.problems


def write_calendar(request: Refresh, path: str, text: str) -> bool:
    """Write the file in one step; not at all when it says that already. Whether it was written."""
    target = request.places.content / path
    data = text.encode()
    with translated(path):
        if target.exists() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    return True


def orphans(request: Refresh, paths: set[str]) -> list[str]:
    """The kept calendars that no partner has any more."""
    folder = request.places.content / "agenda/imports"
    found = (f"agenda/imports/{file.name}" for file in sorted(folder.glob("*.yaml")))
    return [path for path in found if path not in paths]


def read_answer(request: Refresh, url: str) -> Loaded | None:
    """The last answer from this address, if this machine remembers it: a fresh clone asks for the whole again."""
    try:
        kept = msgspec.msgpack.decode(_answer_file(request, url).read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return kept.loaded if kept.url == url else None


def write_answer(request: Refresh, url: str, loaded: Loaded) -> None:
    file = _answer_file(request, url)
    with translated(os.fspath(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, msgspec.msgpack.encode(_Kept(url, loaded)))


def read_file(request: Refresh, name: str) -> Loaded:
    """A calendar on this machine: below ``content/`` (links out of it are refused), or where an entire path says."""
    root = request.places.content.resolve()
    file = (root / name).resolve()
    if not name.startswith("/") and not file.is_relative_to(root):
        raise SourceError(f"« {name} » mène hors du dossier des textes.")
    if not file.is_file():
        raise SourceError(f"le fichier « {name} » n'existe pas.")
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"le fichier « {name} » ne se lit pas ({error.strerror}).") from error
    if len(data) > MAX_BYTES:
        raise SourceError(f"le fichier « {name} » dépasse {MAX_BYTES // 1024 // 1024} Mio.")
    return Loaded(data)


def _answer_file(request: Refresh, url: str) -> Path:
    return request.places.state / "imports" / blake2b(url.encode(), digest_size=12).hexdigest()


def _replace(target: Path, data: bytes) -> None:
    """Hidden until it is whole: a build passes over names that begin with a dot."""
    beside = target.with_name(f".{target.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
