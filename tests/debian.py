"""Programs that tests need and Python's index does not have: from the distribution, by the name of their package."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path


@cache
def program(package: str, *names: str) -> str:
    """Where a program is, under one of its names (else the package's own); installed when it is missing and we may."""
    known = names or (package,)
    if not _find(known):
        install(package)
    found = _find(known)
    assert found, f"il manque le programme {known[0]}. Sous Debian et Ubuntu : sudo {command(package)}"
    return found


def install(*packages: str) -> None:
    """Install packages, where we may; one process at a time, as the package manager wants it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["sh", "-c", f"apt-get update; {command(*packages)}"], capture_output=True, check=False)


def command(*packages: str) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def _find(names: tuple[str, ...]) -> str:
    return next(filter(None, map(shutil.which, names)), "")
