"""What git knows of the content: when each file was first committed."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from plugins.press.settings import Places
from plugins.press.snapshot import find_git
from plugins.press.store import read_packed, write_packed

_FOR_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"}


def read_first_commits(places: Places, commit: str, timezone: str) -> dict[str, datetime]:
    """Path from ``content/`` → local time of the commit that added it. Empty outside git, or on a shallow clone.

    One pass over the log, remembered for the commit that is checked out. A shallow clone would give its
    oldest commit for every file, a wrong date: it gives none.
    """
    if not commit or (find_git(places.root)[1] / "shallow").exists():
        return {}
    kept, key = places.state / "history", f"history {commit[:40]}".encode()
    times = read_packed(kept, key, msgspec.msgpack.Decoder(dict[str, int]))
    if times is None:
        times = _read_log(places.content)
        if times is None:
            return {}
        write_packed(kept, key, times)
    zone = ZoneInfo(timezone)
    return {
        path: datetime.fromtimestamp(time, UTC).astimezone(zone).replace(tzinfo=None) for path, time in times.items()
    }


def git_environ() -> dict[str, str]:
    """The environment without what git hands to its hooks: it speaks of another repository than ours."""
    return {key: value for key, value in os.environ.items() if key not in _FOR_HOOKS}


def _read_log(content: Path) -> dict[str, int] | None:
    """None when git is not there or refuses: nothing to remember."""
    command = ["git", "-C", os.fspath(content), "log", "--reverse", "--diff-filter=A", "--no-renames"]
    command += ["--format=%x01%ct", "--name-only", "-z", "--relative", "--", "."]
    try:
        run = subprocess.run(command, env=git_environ(), capture_output=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _parse_log(run.stdout.decode("utf-8", "replace")) if run.returncode == 0 else None


def _parse_log(log: str) -> dict[str, int]:
    """The oldest commit of a path wins: the log is read from its beginning."""
    times: dict[str, int] = {}
    for entry in log.split("\x01")[1:]:
        time, _, names = entry.partition("\0")
        for name in names.split("\0"):
            if path := name.strip("\n"):
                times.setdefault(path, int(time))
    return times
