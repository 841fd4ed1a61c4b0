"""What a page says in JSON-LD, as a program reads it: one block, checked against the strict schema of tests/data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import html

_SCHEMA = json.loads(Path(__file__).with_name("data").joinpath("schemaorg.schema.json").read_text(encoding="utf-8"))
_VALIDATOR = Draft202012Validator(_SCHEMA)

Node = dict[str, Any]


def read(page: html.HtmlElement) -> list[Node]:
    """The things that a page describes; none when it has no block."""
    blocks = page.cssselect("script[type='application/ld+json']")
    assert len(blocks) <= 1
    if not blocks:
        return []
    data = json.loads(blocks[0].text)
    assert refusals(data) == []
    nodes: list[Node] = data["@graph"]
    return nodes


def refusals(data: Any) -> list[str]:
    """What the schema has against a block, a line each."""
    errors = sorted(_VALIDATOR.iter_errors(data), key=lambda error: error.json_path)
    return [f"{error.json_path}: {error.message}" for error in errors]


def only(page: html.HtmlElement, kind: str) -> Node:
    """The one thing of that type."""
    found = [node for node in read(page) if node["@type"] == kind]
    assert len(found) == 1, found
    return found[0]
