"""The frame of the project: what may stand in its files, what is locked, what a stranger relies on."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]

# What stands in the files

NOT_OURS = {"__pycache__", "node_modules", "output", "public", "releases"}
OUR_HIDDEN = {
    ".ci",
    ".github",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
}


def our_files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if is_ours(name))
        yield from (Path(folder, name) for name in sorted(names) if is_ours(name))


def is_ours(name: str) -> bool:
    return name in OUR_HIDDEN if name.startswith(".") else name not in NOT_OURS


def lines_with(pattern: str) -> list[str]:
    found = []
    for path in our_files():
        data = path.read_bytes()
        if path != Path(__file__) and b"\0" not in data:
            lines = data.decode(errors="replace").splitlines()
            found += [
                f"{path.relative_to(ROOT)}:{n}: {t.strip()}" for n, t in enumerate(lines, 1) if re.search(pattern, t)
            ]
    return found


def test_no_file_names_a_package_registry():
    hosts = r"(pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|anaconda|packagist|golang)\.(org|com|io)\b"
    assert lines_with(rf"(?i){hosts}|--(extra-)?index-url\b") == []


def test_no_file_names_a_folder_of_somebody_s_machine():
    assert lines_with(r"(^|[\s\"'=(`])/(root|home/\w+|Users/\w+)/") == []


def test_no_text_file_has_windows_line_ends_or_a_bom():
    texts = {".py", ".md", ".toml", ".yml", ".yaml", ".html", ".css", ".js", ".lock", ".in", ".txt"}
    starts = {path: path.read_bytes() for path in our_files() if path.suffix in texts}
    broken = {path.relative_to(ROOT).as_posix() for path, data in starts.items() if is_foreign_text(data)}
    assert {path for path in broken if not path.startswith("tests/")} == set()  # tests/ holds broken files on purpose


def is_foreign_text(data: bytes) -> bool:
    return b"\r\n" in data or data.startswith(b"\xef\xbb\xbf")


# What is locked

LOCKS = sorted(ROOT.glob("requirements/*.lock"))


def locked(path: Path) -> dict[str, str]:
    """The requirements of a lock, each with its version: `name==version`, then lines of hashes."""
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+) \\\n", path.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pinned)


def test_there_is_a_lock_for_each_list():
    assert [path.stem for path in LOCKS] == sorted(path.stem for path in ROOT.glob("requirements/*.in"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_with_its_hashes(path):
    text = re.sub(r"^(#.*|--(only|no)-binary \S+|)\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    requirement = r"[a-z0-9-]+==[\w.]+(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.sub(requirement, "", text) == ""
    assert locked(path)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_all_that_its_list_asks_for_and_no_address(path):
    text = path.with_suffix(".in").read_text(encoding="utf-8")
    wanted = {name.lower() for name in re.findall(r"^[A-Za-z][\w-]*", text, re.MULTILINE)}
    assert wanted - set(locked(path)) == set()
    assert "://" not in path.read_text(encoding="utf-8")


def test_tests_run_with_the_versions_that_build_the_site():
    build, dev = (locked(ROOT / f"requirements/{name}.lock") for name in ("build", "dev"))
    assert {name: version for name, version in dev.items() if build.get(name, version) != version} == {}


# What a stranger relies on


def test_the_licence_is_the_whole_agpl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n", 2)[:2] == [
        " " * 20 + "GNU AFFERO GENERAL PUBLIC LICENSE",
        " " * 23 + "Version 3, 19 November 2007",
    ]
    assert [f"  {number}. " in text for number in range(18)] == [True] * 18
    assert "END OF TERMS AND CONDITIONS" in text
    assert text.rstrip().endswith("<https://www.gnu.org/licenses/>.")


def test_the_readme_gives_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^ {4}\./site build\b", readme, re.MULTILINE)
    assert re.search(r"^ {4}\./site test\b", readme, re.MULTILINE)


def test_ci_runs_the_whole_test_suite():
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec ./site test"
    subprocess.run(["bash", "-n", script], check=True)


def test_the_bootstrap_is_small_and_executable():
    script = ROOT / "site"
    assert script.stat().st_mode & stat.S_IXUSR
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 120


def test_a_forge_publishes_with_the_whole_history_and_one_at_a_time():
    github = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    checkouts = [s for job in github["jobs"].values() for s in job["steps"] if "checkout" in s.get("uses", "")]
    assert {step["with"]["fetch-depth"] for step in checkouts} == {0}
    assert github["jobs"]["publish"]["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["variables"]["GIT_DEPTH"] == 0
    assert gitlab["pages"]["resource_group"] == "publish"


def test_only_tasks_that_exist_are_named():
    tree = ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"))
    tasks = {node.name.rstrip("_") for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list}
    named = [line for line in lines_with(r"\./site [a-z]") if not line.startswith("tests/")]
    assert [line for line in named if not set(re.findall(r"\./site ([a-z]+)", line)) <= tasks] == []


@pytest.mark.parametrize(
    "path",
    sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]),
    ids=lambda path: path.name,
)
def test_the_links_of_the_documents_lead_somewhere(path):
    text = re.sub(r"^(```.*?^```| {4}.*?$)", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)", re.sub(r"`[^`\n]*`", "", text)) if "://" not in t]
    assert [target for target in targets if not (path.parent / target).exists()] == []
