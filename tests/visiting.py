"""Chromium for many pages: one start for all tests, asked in lines (``tests/node/browse.mjs``)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests import browser, nodejs

Found = dict[str, Any]


class Browser:
    """A browser that runs until it is closed. Its clock stands still at ``now``."""

    def __init__(self, now: datetime) -> None:
        nodejs.prepare()
        command = ["node", nodejs.FOLDER / "browse.mjs", browser.find(), now.isoformat()]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, task: str, of: Sequence[Mapping[str, Any]]) -> list[Found]:
        """What a task (``visit``, ``follow``, ``print``) finds for each thing asked of it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"task": task, "of": list(of)}).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the browser ended while it was asked to {task}"
        found: list[Found] = json.loads(answer)
        wrong = [one["error"] for one in found if "error" in one]
        assert not wrong, "\n".join(wrong)
        return found

    def close(self) -> None:
        self._process.communicate(timeout=60)
