"""Blocks: drawings that a text asks for in YAML, checked when it is read, drawn where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec
from msgspec import Struct

from plugins.press.documents import Block, Text
from plugins.press.frontmatter import read_block
from plugins.press.kinds import BlockKind, Draft
from plugins.press.markdown import Fence
from plugins.press.schema import read_fields

BlockKinds = Mapping[str, BlockKind]
"""The kinds of blocks that the subjects bring, by their names."""


class Shown(Struct, frozen=True, array_like=True):
    """A block where it is shown: its value, a name unlike any other of the page, where its data is or ``""``."""

    value: Any
    name: str
    data_url: str = ""


def read_blocks(fences: Iterable[Fence], kinds: BlockKinds, draft: Draft) -> tuple[Block, ...]:
    """The values of the blocks of a text; what is wrong with them is reported to its draft."""
    return tuple(block for fence in fences if (block := _read(fence, kinds, draft)) is not None)


def kind_of(value: Any, kinds: BlockKinds) -> BlockKind:
    """The kind that a value is of."""
    return next(kind for kind in kinds.values() if kind.value is type(value))


def read_value(block: Block, kinds: BlockKinds) -> Any:
    """The value of a block, as its kind made it."""
    return msgspec.msgpack.decode(block.data, type=kinds[block.kind].value)


def name_block(kind: BlockKind, rank: int, place: str = "") -> str:
    """``graphique-1`` for the first block of a text; of a text that is a place on a page, behind its anchor."""
    return f"{place}-{kind.word}-{rank}" if place else f"{kind.word}-{rank}"


def read_all(text: Text, kinds: BlockKinds, place: str = "") -> Iterator[Shown]:
    """All blocks of a text, each with its name."""
    for rank, block in enumerate(text.blocks, 1):
        yield Shown(read_value(block, kinds), name_block(kinds[block.kind], rank, place))


def _read(fence: Fence, kinds: BlockKinds, draft: Draft) -> Block | None:
    front, problems = read_block(fence.source, draft.shown_path, fence.line)
    draft.problems.extend(problems)
    if front is None:
        return None
    inner = msgspec.structs.replace(draft, front=front)
    if "[[chiffre" in fence.source:
        inner.refuse("schema", "un chiffre ([[chiffre:…]]) n'est pas lu dans un bloc. Écrire le nombre.")
    name = str(front.values.pop("schema", None) or "")
    kind = kinds.get(name)
    if kind is None:
        inner.refuse("schema", _explain(name, kinds))
        return None
    fields, problems = read_fields(kind.schema, front, draft.shown_path)
    draft.problems.extend(problems)
    value = kind.build(inner, fields) if fields and not problems else None
    return None if value is None else Block(name, msgspec.msgpack.encode(value))


def _explain(name: str, kinds: BlockKinds) -> str:
    near = get_close_matches(name, sorted(kinds), n=1, cutoff=0.5)
    hint = f"Vouliez-vous écrire « {near[0]} » ?" if near else f"Écrire {' ou '.join(sorted(kinds))}."
    return f"« {name} » n'est pas une sorte de bloc. {hint}"
