"""What git knows of the content: when each file was first committed."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from plugins.press.settings import Places
from plugins.press.store import read_packed, write_packed


def read_first_commits(places: Places, commit: str, timezone: str) -> dict[str, datetime]:
    """Path from ``content/`` → local time of the commit that added it. Empty outside git, or on a shallow clone.

    One pass over the log, remembered for the commit that is checked out. A shallow clone would give its
    oldest commit for every file, a wrong date: it gives none.
    """
    if not commit or (places.root / ".git/shallow").exists():
        return {}
    kept, key = places.state / "history", f"history {commit[:40]}".encode()
    times = read_packed(kept, key, msgspec.msgpack.Decoder(dict[str, int]))
    if times is None:
        times = _read_log(places.content)
        write_packed(kept, key, times)
    zone = ZoneInfo(timezone)
    return {path: datetime.fromtimestamp(time, UTC).astimezone(zone).replace(tzinfo=None) for path, time in times.items()}


def _read_log(content: Path) -> dict[str, int]:
    command = ["git", "-C", os.fspath(content), "log", "--reverse", "--diff-filter=A", "--no-renames"]
    command += ["--format=%x01%ct", "--name-only", "-z", "--relative", "--", "."]
    try:
        run = subprocess.run(command, capture_output=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    return _parse_log(run.stdout.decode("utf-8", "replace")) if run.returncode == 0 else {}


def _parse_log(log: str) -> dict[str, int]:
    """The oldest commit of a path wins: the log is read from its beginning."""
    times: dict[str, int] = {}
    for entry in log.split("\x01")[1:]:
        time, _, names = entry.partition("\0")
        for name in names.split("\0"):
            if path := name.strip("\n"):
                times.setdefault(path, int(time))
    return times
