"""When each file was first committed, from real repositories."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.press.history import read_first_commits
from plugins.press.snapshot import read_commit
from tests import sites

FIRST, SECOND, THIRD = (f"2026-0{n}-05T23:30:00+00:00" for n in (1, 2, 7))


@pytest.fixture
def repository(tmp_path) -> Path:
    return sites.repository(tmp_path / "depot", {"content/a.md": "a", "b.md": "b"}, when=FIRST)


def announced(root: Path) -> dict[str, str]:
    places = sites.places(root)
    places.state.mkdir(exist_ok=True)
    return {
        path: when.isoformat() for path, when in read_first_commits(places, read_commit(root), "Europe/Paris").items()
    }


def test_a_file_has_the_local_time_of_its_first_commit(repository):
    sites.commit(repository, {"content/a.md": "A", "content/agenda/2026/été, 100 %.md": "é"}, when=SECOND)
    sites.commit(repository, {"content/été.md": "é"}, when=THIRD)
    assert announced(repository) == {
        "a.md": "2026-01-06T00:30:00",
        "agenda/2026/été, 100 %.md": "2026-02-06T00:30:00",
        "été.md": "2026-07-06T01:30:00",
    }


def test_times_are_local_and_naive(repository):
    (found,) = read_first_commits_of(repository).values()
    assert found == datetime(2026, 1, 6, 0, 30)
    assert found.tzinfo is None


def read_first_commits_of(root: Path) -> dict[str, datetime]:
    places = sites.places(root)
    places.state.mkdir()
    return read_first_commits(places, read_commit(root), "Europe/Paris")


def test_a_renamed_file_is_new_under_its_name(repository):
    (repository / "content/a.md").rename(repository / "content/z.md")
    sites.commit(repository, {}, when=SECOND)
    assert announced(repository)["z.md"] == "2026-02-06T00:30:00"


def test_a_file_that_came_back_keeps_its_first_time(repository):
    (repository / "content/a.md").unlink()
    sites.commit(repository, {"c.md": "c"}, when=SECOND)
    sites.commit(repository, {"content/a.md": "a"}, when=THIRD)
    assert announced(repository)["a.md"] == "2026-01-06T00:30:00"


def test_a_file_of_a_merged_branch_has_the_time_of_its_own_commit(repository):
    sites.git(repository, "checkout", "--quiet", "-b", "autre")
    sites.commit(repository, {"content/b.md": "b"}, when=SECOND)
    sites.git(repository, "checkout", "--quiet", "main")
    sites.commit(repository, {"content/c.md": "c"}, when=THIRD)
    sites.git(repository, "merge", "--quiet", "--no-edit", "autre", when="2026-08-05T12:00:00+00:00")
    assert announced(repository)["b.md"] == "2026-02-06T00:30:00"


def test_a_file_that_is_not_committed_has_no_time(repository):
    sites.write(repository, {"content/neuf.md": ""})
    assert list(announced(repository)) == ["a.md"]


def test_outside_git_there_are_no_times(tmp_path):
    assert announced(tmp_path) == {}
    sites.git(tmp_path, "init", "--quiet")
    assert announced(tmp_path) == {}


def shallow(repository: Path) -> Path:
    clone = repository.parent / "clone"
    sites.git(repository.parent, "clone", "--quiet", "--depth=1", repository.as_uri(), str(clone))
    return clone


def test_a_shallow_clone_gives_no_time_rather_than_a_wrong_one(repository):
    sites.commit(repository, {"content/b.md": "b"}, when=SECOND)
    assert announced(shallow(repository)) == {}


def test_nor_does_another_work_tree_of_a_shallow_clone(repository):
    sites.commit(repository, {"content/b.md": "b"}, when=SECOND)
    other = repository.parent / "autre"
    sites.git(shallow(repository), "worktree", "add", "--quiet", "-b", "autre", str(other))
    assert announced(other) == {}


def test_a_clone_that_gets_its_history_gets_its_times(repository):
    sites.commit(repository, {"content/b.md": "b"}, when=SECOND)
    clone = shallow(repository)
    assert announced(clone) == {}
    sites.git(clone, "fetch", "--quiet", "--unshallow")
    assert announced(clone) == announced(repository)


def test_the_log_is_read_once_for_each_commit(repository, monkeypatch):
    found = announced(repository)
    monkeypatch.setenv("PATH", "")  # without git
    assert announced(repository) == found


def test_what_git_could_not_tell_is_asked_again(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert announced(repository) == {}
    monkeypatch.undo()
    assert list(announced(repository)) == ["a.md"]


def test_a_new_commit_is_read(repository):
    announced(repository)
    sites.commit(repository, {"content/b.md": "b"}, when=SECOND)
    assert set(announced(repository)) == {"a.md", "b.md"}


def test_a_hook_of_another_repository_changes_nothing(repository, monkeypatch):
    other = sites.repository(repository.parent / "autre", {"content/z.md": "z"})
    for name, path in (("GIT_DIR", ".git"), ("GIT_WORK_TREE", ""), ("GIT_INDEX_FILE", ".git/index")):
        monkeypatch.setenv(name, str(other / path))
    assert announced(repository) == {"a.md": "2026-01-06T00:30:00"}
