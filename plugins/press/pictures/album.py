"""The facts of all pictures that texts refer to, as the last build left them: only new ones are opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from plugins.press import snapshot, store, workers
from plugins.press.documents import Document
from plugins.press.pictures.facts import Facts, is_picture
from plugins.press.records import trusted, youngest_trusted
from plugins.press.settings import Places
from plugins.press.sources import Stamp, Tree, digest, find_others, read_source

WORTH_WORKERS = 4
"""Below this many new pictures one process is faster than starting a second one."""
_RECIPE = ("press/pictures/facts.py", "press/pictures/looks.py", "press/pictures/reading.py", "pillow")


class _Known(Struct, frozen=True, array_like=True, gc=False):
    stamp: Stamp
    facts: Facts


def read_album(
    documents: Iterable[Document], sources: Tree, places: Places, *, full: bool, processes: int
) -> dict[str, Facts]:
    """The facts of each picture that a text refers to, by path."""
    pictures = {path for path in find_others(sources.files) if is_picture(path)}
    wanted = sorted(pictures and pictures & _referred(documents))
    if not wanted:
        return {}
    file, key = places.state / "pictures", snapshot.hash_recipe(_RECIPE)
    decoder = msgspec.msgpack.Decoder(dict[str, _Known])
    known = {} if full else store.read_packed(file, key, decoder) or {}
    read = partial(_read, sources, known, places.content)
    new = [path for path in wanted if path not in known or known[path].stamp != sources.files[path]]
    young = youngest_trusted(places)
    found = dict(zip(new, workers.run(read, new, processes if len(new) >= WORTH_WORKERS else 1), strict=True))
    album = {path: found[path] if path in found else known[path].facts for path in wanted}
    if new or len(album) != len(known):
        kept = {path: _Known(trusted(sources.files[path], young), facts) for path, facts in album.items()}
        store.write_packed(file, key, kept)
    return album


def _referred(documents: Iterable[Document]) -> set[str]:
    found = set[str]()
    for document in documents:
        found.update(link.path for link in document.text.links)
        if document.image:
            found.add(document.image.path)
    return found


def _read(sources: Tree, known: Mapping[str, _Known], root: Path, path: str) -> Facts:
    from plugins.press.pictures.reading import read_facts, too_heavy

    if refusal := too_heavy(sources.files[path][0]):
        return Facts(b"", refusal=refusal)
    data = read_source(root, path)
    before = known.get(path)
    return before.facts if before and before.facts.digest == digest(data) else read_facts(path, data)
