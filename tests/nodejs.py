"""What tests run with Node: programs of ``tests/node/``, and the packages of its lock, installed once.

``python -m tests.nodejs`` installs what is missing and returns 3, like the commands of the site, when it cannot.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
OLDEST = 18
ENVIRONMENT = 3
_APT = "apt-get install -y --no-install-recommends nodejs npm"


class MissingError(Exception):
    """Node or its packages cannot be had: a sentence in French, with the remedy."""


@cache
def prepare() -> None:
    """Make ``node_modules`` what the lock says, one process at a time; at once when it is."""
    if not is_ready(FOLDER):
        with (FOLDER / "package-lock.json").open("rb") as lock:  # locking it leaves no lock file behind
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_ready(FOLDER):
                require_node()
                install(FOLDER)
    elif shutil.which("node") is None:
        require_node()


def run(program: str, given: bytes, *arguments: str) -> bytes:
    """What a program of ``tests/node/`` prints for what it is given."""
    prepare()
    done = subprocess.run(["node", FOLDER / program, *arguments], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def is_ready(folder: Path) -> bool:
    """Whether the packages are those of the lock: its text is noted when an installation is whole."""
    noted = folder / "node_modules/installed-lock.json"
    return noted.exists() and noted.read_bytes() == (folder / "package-lock.json").read_bytes()


def require_node() -> None:
    """Node and npm, from the distribution when they are missing and we may."""
    if not has_node():
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise MissingError(
                f"il faut Node.js {OLDEST} ou plus récent, et npm, pour relire les calendriers comme les navigateurs. "
                f"Sous Debian et Ubuntu : sudo {_APT}"
            )
        _run("Installation de Node.js et de npm", ["sh", "-c", f"apt-get update; {_APT}"], Path.cwd())
        if not has_node():
            raise MissingError(f"le Node.js installé est trop ancien : il faut le {OLDEST} ou plus récent.")


def has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    number = version.removeprefix("v").partition(".")[0]
    return number.isdecimal() and int(number) >= OLDEST


def install(folder: Path) -> None:
    """Every file is checked against the lock's hash; no script of a package is run."""
    _run(
        f"Installation de {folder.parent.name}/{folder.name}/package-lock.json",
        ["npm", "ci", "--no-audit", "--no-fund"],
        folder,
    )
    shutil.copyfile(folder / "package-lock.json", folder / "node_modules/installed-lock.json")


def _run(what: str, command: Sequence[str], folder: Path) -> None:
    """Run a command that says nothing unless it fails: then its last lines are the error."""
    print(f"{what}…", file=sys.stderr, flush=True)
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        lines = done.stdout.decode(errors="replace").strip().splitlines()[-8:]
        advice = "Vérifier que le réseau est accessible et qu'il reste de la place sur le disque."
        raise MissingError("\n".join([f"échec (statut {done.returncode}). {advice}", *lines]))


def main() -> int:
    try:
        prepare()
    except MissingError as error:
        print(f"Impossible de préparer les tests : {error}", file=sys.stderr)
        return ENVIRONMENT
    return 0


if __name__ == "__main__":
    sys.exit(main())
