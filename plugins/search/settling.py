"""Pagefind 1.5.2 keeps filters in maps whose order changes from one run to the next: here they are put in order.

Its source has been mended since (« completion of deterministic output »): with the version that comes after, this
file goes, and ``cbor2`` with it. What is written anew is left uncompressed, which Pagefind reads as well: zlib does
not give the same bytes on all machines.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

import cbor2

from plugins.press.sources import digest

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FILTERS = 3  # the place of the list of filters in the metadata: pairs of a name and the hash of a file


def settle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index, in the same bytes whenever it is made from the same records."""
    settled = dict(files)
    entry = json.loads(settled.pop(_ENTRY))
    for index in entry["languages"].values():
        meta = _unpack(settled.pop(f"pagefind.{index['hash']}.pf_meta"))
        meta[_FILTERS] = [[name, _settle_filter(settled, old)] for name, old in sorted(meta[_FILTERS])]
        data = _pack(meta)
        index["hash"] = _name(data)
        settled[f"pagefind.{index['hash']}.pf_meta"] = data
    settled[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return settled


def _settle_filter(files: dict[str, bytes], old: str) -> str:
    """The new hash of a filter: its name, and its values with the pages of each."""
    name, values = _unpack(files.pop(f"filter/{old}.pf_filter"))
    data = _pack([name, sorted(values)])
    files[f"filter/{_name(data)}.pf_filter"] = data
    return _name(data)


def _name(data: bytes) -> str:
    return digest(data).hex()[:10]


def _unpack(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(_SIGNATURE))


def _pack(value: Any) -> bytes:
    return _SIGNATURE + cbor2.dumps(value)
