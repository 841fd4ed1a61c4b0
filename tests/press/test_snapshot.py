"""Whether anything has changed: the commit as git has it, the stamps of code and content."""

from __future__ import annotations

import os
import sys

import pytest

from plugins.press import snapshot
from plugins.press.snapshot import find_git, hash_code, read_commit, stamp_code
from plugins.press.sources import stamp_files
from tests import sites

# The commit


@pytest.fixture
def repository(tmp_path):
    return sites.repository(tmp_path / "depot")


def head(folder):
    return sites.git(folder, "rev-parse", "HEAD")


def test_the_commit_of_a_branch(repository):
    assert len(head(repository)) == 40
    assert read_commit(repository) == head(repository)
    before = read_commit(repository)
    sites.commit(repository, {"b": "b"})
    assert read_commit(repository) == head(repository) != before


def test_the_commit_of_a_branch_named_like_a_path(repository):
    sites.git(repository, "checkout", "--quiet", "-b", "essai/été")
    sites.commit(repository, {"b": "b"})
    assert read_commit(repository) == head(repository)


def test_the_commit_that_is_checked_out_without_branch(repository):
    sites.git(repository, "checkout", "--quiet", "--detach")
    assert read_commit(repository) == head(repository) != ""


def test_the_commit_of_packed_references(repository):
    sites.git(repository, "branch", "mainte")
    sites.git(repository, "tag", "--annotate", "v1", "--message", "v1")
    sites.commit(repository, {"b": "b"})
    sites.git(repository, "pack-refs", "--all")
    assert not (repository / ".git/refs/heads/main").exists()
    assert read_commit(repository) == head(repository)


def test_a_loose_reference_is_newer_than_a_packed_one(repository):
    sites.git(repository, "pack-refs", "--all")
    sites.commit(repository, {"b": "b"})
    assert read_commit(repository) == head(repository)


@pytest.mark.parametrize("pack", [False, True], ids=["références libres", "références rangées"])
def test_the_commit_of_another_work_tree(pack, repository):
    other = repository.parent / "autre"
    sites.git(repository, "worktree", "add", "--quiet", "-b", "autre", str(other))
    sites.commit(other, {"b": "b"})
    if pack:
        sites.git(repository, "pack-refs", "--all")
    assert read_commit(other) == head(other) != head(repository)
    assert find_git(other)[1] == (repository / ".git").resolve()


def test_the_commit_of_a_submodule(repository):
    above = sites.repository(repository.parent / "dessus")
    sites.git(above, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository), "depot")
    assert (above / "depot/.git").is_file()
    assert read_commit(above / "depot") == head(repository)


def test_without_a_commit_there_is_none(tmp_path):
    assert read_commit(tmp_path) == ""
    sites.git(tmp_path, "init", "--quiet")
    assert read_commit(tmp_path) == ""


def test_a_git_file_that_leads_nowhere_is_no_repository(tmp_path):
    (tmp_path / ".git").write_text("gitdir: ../absent")
    assert read_commit(tmp_path) == ""


# The code


@pytest.fixture
def code(tmp_path):
    return sites.write(tmp_path / "code", {"a.py": "a", "b/c.html": "c", "photo.jpg": "p"})


def test_an_edit_of_code_theme_or_settings_changes_the_stamp(code):
    conf = code.parent / "conf.py"
    conf.write_text("x")
    marks = [stamp_code([code], [conf])]
    for path in (code / "a.py", code / "b/c.html", code / "photo.jpg", conf):
        path.write_text("autre")
        marks.append(stamp_code([code], [conf]))
    (code / "d.py").write_text("")
    marks.append(stamp_code([code], [conf]))
    (code / "a.py").unlink()
    marks.append(stamp_code([code], [conf]))
    assert len(set(marks)) == len(marks)


def test_what_the_site_is_not_made_of_changes_no_stamp(code):
    before = stamp_code([code], [code / "absent.py"])
    sites.write(code, {"__pycache__/a.pyc": "", ".ruff_cache/x.py": "", "a.py~": ""})
    assert stamp_code([code], [code / "absent.py"]) == before


def test_the_hash_of_the_code_is_of_its_text_alone(code):
    before = hash_code([code])
    os.utime(code / "a.py", ns=(1, 1))
    (code / "b/c.html").write_text("autre")
    assert hash_code([code]) == before
    copy = sites.write(code.parent / "ailleurs/code", {"a.py": "a"})
    assert hash_code([copy]) == before
    (copy / "a.py").write_text("b")
    assert hash_code([copy]) != before


def test_a_renamed_module_is_other_code(code):
    before = hash_code([code])
    (code / "a.py").rename(code / "z.py")
    assert hash_code([code]) != before


def test_another_package_or_version_is_other_code(code, tmp_path, monkeypatch):
    packages = sites.write(tmp_path / "site-packages", {"markdown-3.1.dist-info/METADATA": "", "markdown/x.py": ""})
    monkeypatch.setattr(sys, "path", [str(packages)])
    before = (hash_code([code]), stamp_code([code], []))
    (packages / "markdown-3.1.dist-info").rename(packages / "markdown-3.2.dist-info")
    after = (hash_code([code]), stamp_code([code], []))
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_another_python_is_other_code(code, monkeypatch):
    before = hash_code([code])
    monkeypatch.setattr(snapshot.sys, "version", "4.0")
    assert hash_code([code]) != before


# The content


def test_the_stamp_of_content_follows_names_and_stamps():
    one = stamp_files({"a.md": (1, 2, 3)})
    assert one == stamp_files({"a.md": (1, 2, 3)})
    others = [{"b.md": (1, 2, 3)}, {"a.md": (1, 2, 4)}, {"a.md": (1, 2, 3), "b.md": (0, 0, 0)}, {}]
    assert one not in {stamp_files(files) for files in others}


def test_a_snapshot_that_is_damaged_is_none(tmp_path):
    (tmp_path / "snapshot").write_bytes(b"x" * 100)
    assert snapshot.read(tmp_path) is None
