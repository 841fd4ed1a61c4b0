"""When each file was first committed, from real repositories."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.press.history import find_renames, is_shallow, read_history
from plugins.press.snapshot import read_commit
from plugins.press.versions import History
from tests import sites

FIRST, SECOND, THIRD = (f"2026-0{n}-05T23:30:00+00:00" for n in (1, 2, 7))


@pytest.fixture
def repository(tmp_path) -> Path:
    return sites.repository(tmp_path / "depot", {"content/a.md": "a", "b.md": "b"}, when=FIRST)


class FirstLine:
    """Of Markdown files, the first line matters; one that begins with « ? » cannot be read."""

    def is_tracked(self, path: str) -> bool:
        return path.endswith(".md")

    def read_meaning(self, _path: str, text: str) -> bytes:
        line = text.partition("\n")[0]
        return b"" if line.startswith("?") else line.encode()


def read(root: Path) -> History:
    places = sites.places(root)
    places.state.mkdir(exist_ok=True)
    return read_history(places, read_commit(root), "Europe/Paris", FirstLine(), b"code")


def announced(root: Path) -> dict[str, str]:
    return {path: when.isoformat() for path, when in read(root).added.items()}


def test_a_file_has_the_local_time_of_its_first_commit(repository):
    sites.commit(repository, {"content/a.md": "A", "content/agenda/2026/été, 100 %.md": "é"}, when=SECOND)
    sites.commit(repository, {"content/été.md": "é"}, when=THIRD)
    assert announced(repository) == {
        "a.md": "2026-01-06T00:30:00",
        "agenda/2026/été, 100 %.md": "2026-02-06T00:30:00",
        "été.md": "2026-07-06T01:30:00",
    }


def test_times_are_local_and_naive(repository):
    (found,) = read(repository).added.values()
    assert found == datetime(2026, 1, 6, 0, 30)
    assert found.tzinfo is None


def test_a_renamed_file_keeps_its_past(repository):
    sites.commit(repository, {"content/a.md": "a\nplus long\n" * 9}, when=SECOND)
    for old, new in (("a", "b"), ("b", "z")):
        (repository / f"content/{old}.md").rename(repository / f"content/{new}.md")
        sites.commit(repository, {}, when=THIRD)
    found = read(repository)
    assert {path: str(when) for path, when in found.added.items()} == {"z.md": "2026-01-06 00:30:00"}
    assert found.origins == {"z.md": "a.md"}
    assert str(found.modified["z.md"]) == "2026-02-06 00:30:00"  # a new name alone is no change


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


# Versions


def meanings(root: Path, path: str = "a.md") -> list[bytes]:
    return [version.meaning for version in read(root).versions.get(path, ())]


def test_a_file_that_never_changed_has_no_versions(repository):
    assert read(repository).versions == {}
    assert read(repository).modified == {}


def test_each_commit_that_changes_a_file_is_a_version(repository):
    for when, text in ((SECOND, "b\ntexte"), (THIRD, "b\nautre")):
        sites.commit(repository, {"content/a.md": text}, when=when)
    sites.commit(repository, {"c.md": "ailleurs"}, when=THIRD)
    versions = read(repository).versions["a.md"]
    assert [(str(version.moment), version.before, version.meaning) for version in versions] == [
        ("2026-01-06 00:30:00", (), b"a"),
        ("2026-02-06 00:30:00", (b"a",), b"b"),
        ("2026-07-06 01:30:00", (b"b",), b"b"),
    ]


def test_what_is_not_tracked_has_no_versions(repository):
    for text in ("a", "b"):
        sites.commit(repository, {"content/photo.png": text})
    assert read(repository).versions == {}
    assert "photo.png" in read(repository).modified


@pytest.mark.parametrize("bad", [b"?", "é".encode("latin-1"), b""])
def test_a_version_that_cannot_be_read_says_what_the_one_before_it_said(repository, bad):
    sites.commit(repository, {"content/a.md": bad})
    assert meanings(repository) == [b"a", b"a"]
    sites.commit(repository, {"content/a.md": "b"})
    assert [version.before for version in read(repository).versions["a.md"]] == [(), (b"a",), (b"a",)]


def test_of_a_change_that_is_not_committed_the_last_commit_is_told(repository):
    sites.write(repository, {"content/a.md": "b", "content/neuf.md": "a"})
    assert read(repository).committed == {"a.md": b"a"}
    sites.write(repository, {"content/a.md": "a"})
    assert read(repository).committed == {}


def test_branches_are_compared_each_with_its_own_past(repository):
    lines = "".join(f"ligne {number}\n" for number in range(20))
    sites.commit(repository, {"content/a.md": f"a\n{lines}"})
    sites.git(repository, "checkout", "--quiet", "-b", "autre")
    sites.git(repository, "mv", "content/a.md", "content/b.md")
    sites.commit(repository, {"content/b.md": f"a\n{lines}fin\n"})
    sites.git(repository, "checkout", "--quiet", "main")
    sites.commit(repository, {"content/a.md": f"b\n{lines}"})
    sites.git(repository, "merge", "--quiet", "--no-edit", "autre")
    found = [(version.before, version.meaning) for version in read(repository).versions["b.md"]]
    assert found[:2] == [((), b"a"), ((b"a",), b"a")]
    assert sorted(found[2:4]) == [((b"a",), b"a"), ((b"a",), b"b")]
    before, meaning = found[4]
    assert (sorted(before), meaning) == ([b"a", b"b"], b"b")
    assert "a.md" not in read(repository).added


def test_other_code_looks_into_the_versions_again(repository, monkeypatch):
    sites.commit(repository, {"content/a.md": "b"})
    assert meanings(repository) == [b"a", b"b"]
    monkeypatch.setattr(FirstLine, "read_meaning", lambda *_: b"autre")
    assert meanings(repository) == [b"a", b"b"]
    found = read_history(sites.places(repository), read_commit(repository), "Europe/Paris", FirstLine(), b"other code")
    assert [version.meaning for version in found.versions["a.md"]] == [b"autre", b"autre"]


def test_a_shallow_clone_says_that_it_is_one(repository, tmp_path):
    sites.commit(repository, {"content/b.md": "b"})
    clone = shallow(repository)
    assert is_shallow(clone)
    assert read(clone).is_shallow
    assert not is_shallow(repository)
    assert not is_shallow(tmp_path)


# Renamed and not committed yet


LONG = "".join(f"Une ligne {number}\n" for number in range(20))


def test_a_file_renamed_by_hand_is_found_by_its_text(repository):
    sites.commit(repository, {"content/long.md": LONG, "content/autre.md": "autre chose"})
    (repository / "content/long.md").unlink()
    (repository / "content/autre.md").unlink()
    sites.write(repository, {"content/neuf.md": LONG.replace("ligne 3", "ligne trois"), "content/rien.md": "à voir"})
    assert find_renames(sites.places(repository)) == {"neuf.md": "long.md"}
    sites.git(repository, "add", "--all")
    assert find_renames(sites.places(repository)) == {"neuf.md": "long.md"}


def test_a_copy_is_no_renaming(repository):
    sites.commit(repository, {"content/long.md": LONG})
    sites.write(repository, {"content/neuf.md": LONG})
    assert find_renames(sites.places(repository)) == {}


def test_outside_git_nothing_was_renamed(tmp_path):
    assert find_renames(sites.places(sites.write(tmp_path, {"content/a.md": "a"}))) == {}
