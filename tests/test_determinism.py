"""Same content, same now, same bytes: whatever the folder, time zone, locale, hash seed, processes; by Pelican too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import corpus, generator
from tests import sites

NOW = "2026-06-01T12:00"


def run(root: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command in a project folder, with nothing of this process's environment but the path."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={"PATH": os.environ["PATH"], "SITE_NOW": NOW, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_project(target: Path) -> Path:
    """The project without its history, its environment and what it has built."""
    ignored = shutil.ignore_patterns(".*", "output", "public", "tests", "bench", "__pycache__")
    shutil.copytree(sites.ROOT, target, ignore=ignored)
    return target


BUILD = ("-c", "import sys; from plugins.press import commands; sys.exit(commands.build())")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("un") / "site")
    done = run(root, *BUILD)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def expected(project: Path) -> dict[str, bytes]:
    return sites.tree(project / "output")


ELSEWHERE = [
    pytest.param({"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}, id="fuseau"),
    pytest.param({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, id="langue"),
    pytest.param({"PYTHONHASHSEED": "4242"}, id="graine"),
    pytest.param({"LC_ALL": "C"}, id="ascii"),
]


@pytest.mark.parametrize("environ", ELSEWHERE)
def test_another_machine_gives_the_same_bytes(
    environ: dict[str, str], expected: dict[str, bytes], tmp_path: Path
) -> None:
    root = copy_project(tmp_path / "un dossier au nom accentué")
    done = run(root, *BUILD, **environ)
    assert done.returncode == 0, done.stderr
    assert sites.tree(root / "output") == expected


def test_a_second_build_from_the_cache_changes_nothing(project: Path, expected: dict[str, bytes]) -> None:
    files = [path for path in (project / "output").rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in files}
    run(project, *BUILD)
    (project / "content/pages/contact.md").touch()
    done = run(project, *BUILD)
    assert "Rien n'a changé" in done.stdout
    assert sites.tree(project / "output") == expected
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_pelican_builds_the_very_same_site(expected: dict[str, bytes], tmp_path: Path) -> None:
    root = copy_project(tmp_path / "site")
    done = run(root, "-m", "pelican", "content")
    assert done.returncode == 0, done.stdout + done.stderr
    assert sites.tree(root / "output") == expected


def test_pelican_refuses_broken_content_with_status_1(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "site")
    (root / "content/blog/2018/casse.md").write_text("---\ntitle: Un : deux\n---\n")
    done = run(root, "-m", "pelican", "content")
    assert done.returncode == 1
    assert "content/blog/2018/casse.md:2:11: un deux-points" in done.stderr
    assert not (root / "output").exists()


def test_a_missing_plugin_or_theme_is_status_3_with_its_name(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "site")
    conf = (root / "pelicanconf.py").read_text()
    (root / "pelicanconf.py").write_text(conf.replace('"plugins.blog"', '"plugins.blogue"'))
    for command in (BUILD, ("-m", "pelican", "content")):
        done = run(root, *command)
        assert done.returncode == 3
        assert "blogue" in done.stderr
    (root / "pelicanconf.py").write_text(conf.replace("themes/cresol", "themes/absent"))
    done = run(root, *BUILD)
    assert done.returncode == 3
    assert "themes/absent" in done.stderr


@pytest.fixture(scope="module")
def corpus_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site large enough for worker processes to be worth their start."""
    root = tmp_path_factory.mktemp("corpus")
    corpus.write_press(root, generator.documents(500))
    yield root
    shutil.rmtree(root)


def test_one_or_several_processes_give_the_same_bytes(corpus_site: Path, tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from tests import sites
root, output = map(Path, sys.argv[1:3])
sites.build(root, places=sites.places(root, output), processes=int(sys.argv[3]))
"""
    trees = []
    for processes in (1, 2, 3):  # in a process of its own: one that has threads, as tests may, does not fork
        output = tmp_path / f"{processes}/output"
        done = run(sites.ROOT, "-c", program, os.fspath(corpus_site), os.fspath(output), str(processes))
        assert done.returncode == 0, done.stderr
        trees.append(sites.tree(output))
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) > 500
