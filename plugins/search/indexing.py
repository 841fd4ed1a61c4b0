"""The index, by Pagefind: records in, files out, through the pipes of its program.

The package ``pagefind`` speaks the same way with it, but waits a tenth of a second for each answer: a quarter of an
hour for ten thousand records. And only records, one after the other, give the same index everywhere: given a folder,
Pagefind numbers its pages in the order in which the disk lists them.
"""

from __future__ import annotations

import base64
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from io import BufferedReader
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec

from plugins.press.problems import PressError
from plugins.press.typography import french_text
from plugins.search.records import Record
from plugins.search.settling import settle
from plugins.search.words import prepare

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_LANGUAGE = "fr"
_NEEDED = ("pagefind.js", "pagefind-entry.json", f"wasm.{_LANGUAGE}.pagefind")
_PARTS = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")


def find_program() -> str:
    """Where Pagefind is; ``""`` where it is not installed."""
    try:
        from pagefind_bin import get_executable

        return str(get_executable())
    except (ImportError, FileNotFoundError):
        return ""


def build_index(records: Iterable[Record], press: Press, check: Callable[[], None]) -> Mapping[str, bytes]:
    """The files of the index, by path. Raises ``PressError``, and whatever ``check`` raises between two records."""
    files = _ask(_requests(records, press, check))
    return settle({path: data for path, data in files.items() if _is_needed(path)})


def _is_needed(path: str) -> bool:
    """Pagefind adds its own interfaces, which nobody would load."""
    return path in _NEEDED or path.endswith(_PARTS)


def _requests(records: Iterable[Record], press: Press, check: Callable[[], None]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": _LANGUAGE}}
    for record in records:
        check()
        yield _add(record, press)
    yield {"type": "GetFiles", "index_id": 0}


def _add(record: Record, press: Press) -> dict[str, Any]:
    title, words = french_text(record.title), record.words(press)
    filters = {"genre": (record.kind,), "departement": record.departments, "annee": tuple(map(str, record.years))}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": record.url,
        # Pagefind leaves out what has no word but its title
        "content": prepare(words if any(map(str.isalnum, words)) else title),
        "language": _LANGUAGE,
        "meta": {"title": prepare(title), "when": prepare(record.when)},
        "filters": {name: values for name, values in filters.items() if values},
    }


def _ask(requests: Iterable[dict[str, Any]]) -> dict[str, bytes]:
    """The files that Pagefind answers to the last request; it must not see the end of its input before."""
    command = [find_program(), "--service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}) as program:
        given, answered = cast("IO[bytes]", program.stdin), cast("BufferedReader", program.stdout)
        last: list[dict[str, Any]] = []
        reader = threading.Thread(target=_read, args=(answered, last))
        reader.start()
        try:
            with suppress(BrokenPipeError):  # it has ended: its last answer says why
                _write(given, requests)
            reader.join()
        finally:
            program.kill()
            reader.join()
            with suppress(BrokenPipeError):
                given.close()
    if not last or last[0]["type"] != "GetFiles":
        reason = last[0].get("message") if last else f"il s'est arrêté avec le statut {program.returncode}"
        message = f"Pagefind n'a pas pu faire l'index de la recherche : {reason}."
        raise PressError(message)
    return {file["path"]: base64.b64decode(file["content"]) for file in last[0]["files"]}


def _write(stream: IO[bytes], requests: Iterable[dict[str, Any]]) -> None:
    for number, request in enumerate(requests):
        message = msgspec.json.encode({"message_id": number, "payload": request})
        stream.write(base64.b64encode(message) + b",")
    stream.flush()


def _read(stream: BufferedReader, last: list[dict[str, Any]]) -> None:
    """Answers end with a comma; the one that counts is the last, or the first that is an error."""
    pieces: list[bytes] = []
    while chunk := stream.read1():
        *ends, rest = chunk.split(b",")
        for end in ends:
            answer = msgspec.json.decode(base64.b64decode(b"".join((*pieces, end))))["payload"]
            pieces.clear()
            if answer["type"] in {"GetFiles", "Error"}:
                last.append(answer)
                return
        pieces.append(rest)
