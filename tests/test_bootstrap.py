"""`site`, the bootstrap, in a folder of its own: locks that ask for nothing, so that no network is needed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

SITE = Path(__file__).parents[1] / "site"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the bootstrap, with empty locks and tasks that tell how they were called."""
    return make_project(tmp_path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[subprocess.CompletedProcess[str]]]:
    """A project whose first two commands were started at the same moment, and how these two went."""
    root = make_project(tmp_path_factory.mktemp("prepared"))
    processes = [start(root, "build") for _ in range(2)]
    return root, [finish(process) for process in processes]


@pytest.fixture
def bootstrap(project: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bootstrap as a module that does not install: what it would run is in `bootstrap.ran`."""
    loader = SourceFileLoader("bootstrap", str(project / "site"))
    spec = importlib.util.spec_from_loader("bootstrap", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    ran: list[str] = []

    def run(what: str, command: list[str]) -> None:
        ran.append(what)
        if "venv" in command:
            shutil.rmtree(project / ".venv", ignore_errors=True)
            (project / ".venv/bin").mkdir(parents=True)
            (project / ".venv/bin/python").symlink_to(sys.executable)

    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module, "ran", ran, raising=False)
    return module


def make_project(root: Path) -> Path:
    shutil.copy(SITE, root / "site")
    (root / "requirements").mkdir()
    for name in ("setup", "build", "dev"):
        (root / f"requirements/{name}.lock").touch()
    (root / "tasks.py").write_text(
        "import os, sys\nprint(os.getcwd(), sys.argv[1:])\nsys.exit(sys.argv.count('fail'))\n",
        encoding="utf-8",
    )
    return root


def start(root: Path, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, root / "site", *arguments]
    return subprocess.Popen(command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def stamps(root: Path) -> dict[str, int]:
    return {path.stem: path.stat().st_mtime_ns for path in (root / ".venv").glob("*.stamp")}


INSTALLED = ["Installation de requirements/setup.lock", "Installation de requirements/build.lock"]
MADE = ["Création de l'environnement .venv", *INSTALLED]


# For real


def test_two_first_commands_at_once_make_one_environment(prepared):
    _, (first, second) = prepared
    assert [first.returncode, second.returncode] == [0, 0], first.stderr + second.stderr
    assert sorted(first.stderr + second.stderr) == sorted("".join(f"{line}…\n" for line in MADE))


def test_a_second_start_installs_nothing(prepared):
    root, _ = prepared
    before = stamps(root)
    done = finish(start(root, "build"))
    assert done.returncode == 0
    assert done.stderr == ""
    assert stamps(root) == before
    assert set(before) == {"setup", "build"}


def test_the_exit_status_is_the_task_s(prepared):
    root, _ = prepared
    assert finish(start(root, "fail", "fail", "fail", "fail")).returncode == 4


def test_a_task_runs_where_the_command_was_given(prepared, tmp_path):
    root, _ = prepared
    (tmp_path / "tasks.py").write_text("raise SystemExit('not me')", encoding="utf-8")
    done = finish(start(root, "new", "Été à l'étang", "../x", cwd=tmp_path))
    assert done.stdout == f"{tmp_path} ['new', \"Été à l'étang\", '../x']\n"


def test_an_installation_that_fails_says_so_in_french_with_status_3(prepared, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(prepared[0], root, symlinks=True)
    (root / "requirements/dev.lock").write_text("there-is-no-such-file.whl --hash=sha256:00\n", encoding="utf-8")
    done = finish(start(root, "test"))
    assert done.returncode == 3
    assert "Impossible de préparer l'environnement : échec (statut 1). Vérifier que le réseau" in done.stderr
    assert "Traceback" not in done.stderr


# What it decides


def test_a_test_needs_one_lock_more(bootstrap):
    prepare_for(bootstrap, ["build"])
    bootstrap.ran.clear()
    prepare_for(bootstrap, ["test"])
    assert bootstrap.ran == ["Installation de requirements/dev.lock"]


@pytest.mark.parametrize("name", ["setup", "build", "dev"])
def test_a_changed_lock_makes_a_new_environment(bootstrap, project, name):
    prepare_for(bootstrap, ["test"])
    bootstrap.ran.clear()
    (project / f"requirements/{name}.lock").write_text("# changed\n", encoding="utf-8")
    prepare_for(bootstrap, ["test"])
    assert bootstrap.ran == [*MADE, "Installation de requirements/dev.lock"]


def test_another_python_makes_a_new_environment(bootstrap, monkeypatch):
    prepare_for(bootstrap, ["build"])
    bootstrap.ran.clear()
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    prepare_for(bootstrap, ["build"])
    assert bootstrap.ran == MADE


def test_an_environment_whose_python_is_gone_is_made_again(bootstrap, project):
    prepare_for(bootstrap, ["build"])
    bootstrap.ran.clear()
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to(project / "gone")
    prepare_for(bootstrap, ["build"])
    assert bootstrap.ran == MADE


@pytest.mark.parametrize("kill_at", range(3))
def test_after_a_kill_at_any_step_the_environment_is_made_again(bootstrap, monkeypatch, kill_at):
    run = bootstrap.run

    def killed(what: str, command: list[str]) -> None:
        run(what, command)
        if what == MADE[kill_at]:
            raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "run", killed)
    with pytest.raises(SystemExit):
        bootstrap.main(["build"])
    monkeypatch.setattr(bootstrap, "run", run)
    bootstrap.ran.clear()
    prepare_for(bootstrap, ["build"])
    assert bootstrap.ran == MADE


def test_after_a_kill_while_the_old_environment_goes_away_it_is_made_again(bootstrap, project, monkeypatch):
    prepare_for(bootstrap, ["build"])
    lock = project / "requirements/build.lock"
    lock.write_text("# changed\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "run", interrupt)
        with pytest.raises(SystemExit):
            bootstrap.main(["build"])
    lock.write_text("", encoding="utf-8")
    bootstrap.ran.clear()
    prepare_for(bootstrap, ["build"])
    assert bootstrap.ran == MADE


def interrupt(_what: str, _command: list[str]) -> None:
    raise KeyboardInterrupt


def test_started_by_its_own_environment_it_makes_the_next_one_with_the_python_below(bootstrap, monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "run", lambda _what, command: commands.append(command))
    monkeypatch.setattr(sys, "_base_executable", "the python below")
    bootstrap.make_venv()
    assert [command[0] for command in commands] == ["the python below"]


def test_a_debian_without_ensurepip_is_completed_by_root(bootstrap, monkeypatch):
    without_ensurepip(monkeypatch, user=0)
    prepare_for(bootstrap, ["build"])
    assert bootstrap.ran == ["Installation du paquet python3-venv", *MADE]


def test_anybody_else_is_told_what_to_install(bootstrap, monkeypatch, capsys):
    without_ensurepip(monkeypatch, user=1000)
    with pytest.raises(SystemExit, match="3"):
        bootstrap.main(["build"])
    assert "sudo apt-get install -y --no-install-recommends python3-venv" in capsys.readouterr().err
    assert bootstrap.ran == []


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (2, 7)])
def test_an_old_python_is_refused_in_french(bootstrap, version):
    wanted = r"il faut Python 3\.11 ou plus récent, pas le {}\.{} que voici".format(*version)
    with pytest.raises(OSError, match=wanted):
        bootstrap.refuse_old_python(version)


def test_python_3_11_and_later_suit(bootstrap):
    assert bootstrap.refuse_old_python((3, 11)) is None
    assert bootstrap.refuse_old_python((4, 0)) is None


def test_an_old_python_can_read_it():
    compile(SITE.read_text(encoding="utf-8"), "site", "exec", dont_inherit=True)
    import ast

    ast.parse(SITE.read_text(encoding="utf-8"), feature_version=(3, 8))


def prepare_for(bootstrap: ModuleType, arguments: list[str]) -> None:
    """Run the bootstrap up to the point where invoke would take over."""
    with pytest.MonkeyPatch.context() as patch:
        started: list[list[str]] = []
        patch.setattr(os, "execv", lambda _path, command: started.append(command))
        bootstrap.main(arguments)
        assert [command[-1] for command in started] == arguments


def without_ensurepip(monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(shutil, "which", lambda _name: "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: user)
