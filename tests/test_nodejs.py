"""What tests need of Node: locked, installed by name, and a clear word when it cannot be had."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests import nodejs, sites

LOCK = (nodejs.FOLDER / "package-lock.json").read_text(encoding="utf-8")


FOLDERS = pytest.mark.parametrize(
    "folder", [nodejs.FOLDER, sites.ROOT / "bench/lighthouse"], ids=lambda path: path.name
)


@FOLDERS
def test_every_package_is_pinned_with_its_hash_and_without_an_address(folder):
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: found for name, found in json.loads(lock)["packages"].items() if name}
    assert packages
    assert all(found["integrity"].startswith("sha512-") for found in packages.values())
    assert "://" not in lock


@FOLDERS
def test_the_lock_has_what_the_list_asks_for(folder):
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert wanted == locked[""]["dependencies"]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}


@pytest.fixture
def machine(tmp_path):
    """A copy of the helper and its folder, and a PATH with commands of ours only."""
    sites.write(
        tmp_path,
        {
            "tests/__init__.py": "",
            "tests/nodejs.py": (sites.ROOT / "tests/nodejs.py").read_bytes(),
            "tests/node/package-lock.json": LOCK,
        },
    )
    (tmp_path / "bin").mkdir()
    return tmp_path


def command(machine, name, text):
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def prepare(machine, user=0):
    """Run the helper as an imagined user."""
    program = f"import os, sys; os.geteuid = lambda: {user}; from tests import nodejs; sys.exit(nodejs.main())"
    environ = {"PATH": f"{machine}/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=machine, env=environ, capture_output=True, text=True, check=False
    )


INSTALL = '/bin/mkdir -p node_modules; echo "npm $*" >> "$PWD/../../called"'


def test_packages_are_installed_once_for_each_lock(machine):
    command(machine, "node", "echo v20.1.0")
    command(machine, "npm", INSTALL)
    for _ in range(2):
        assert prepare(machine).returncode == 0
    assert (machine / "called").read_text() == "npm ci --no-audit --no-fund\n"
    (machine / "tests/node/package-lock.json").write_text("{}")
    assert prepare(machine).returncode == 0
    assert (machine / "called").read_text().count("npm ci") == 2


def test_an_installation_that_failed_is_tried_again(machine):
    command(machine, "node", "echo v20.1.0")
    command(machine, "npm", "/bin/mkdir -p node_modules; echo pas de réseau; exit 1")
    done = prepare(machine)
    assert done.returncode == 3
    assert "Impossible de préparer les tests : échec (statut 1). Vérifier que le réseau est accessible" in done.stderr
    assert "pas de réseau" in done.stderr
    assert "Traceback" not in done.stderr
    command(machine, "npm", INSTALL)
    assert prepare(machine).returncode == 0


@pytest.mark.parametrize("node", [None, "echo v16.20.2", "exit 1"])
def test_without_node_the_remedy_is_said(machine, node):
    if node:
        command(machine, "node", node)
        command(machine, "npm", INSTALL)
    for user in (1000, 0):  # root too, where there is no apt-get
        done = prepare(machine, user)
        assert done.returncode == 3
        assert "il faut Node.js 18 ou plus récent, et npm" in done.stderr
        assert "sudo apt-get install -y --no-install-recommends nodejs npm" in done.stderr
        assert "Traceback" not in done.stderr


def test_root_gets_node_from_the_distribution(machine):
    command(machine, "sh", 'exec /bin/sh "$@"')
    made = "; ".join(
        f"printf '#!/bin/sh\\n%s\\n' '{text}' > {machine}/bin/{name}; /bin/chmod +x {machine}/bin/{name}"
        for name, text in (("node", "echo v18.0.0"), ("npm", "/bin/mkdir -p node_modules"))
    )
    command(machine, "apt-get", f'echo "$*" >> {machine}/called; [ "$1" = update ] || {{ {made}; }}')
    assert prepare(machine).returncode == 0
    asked = "install -y --no-install-recommends nodejs npm"
    assert (machine / "called").read_text().splitlines() == ["update", asked]


def test_what_is_installed_is_what_the_lock_says():
    nodejs.prepare()
    assert nodejs.is_ready(nodejs.FOLDER)
    assert (nodejs.FOLDER / "node_modules/ical.js/package.json").exists()
