"""Publishing: killed at any moment, the site that visitors get is the old one or the new one, whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from plugins.press import building, files
from plugins.press.files import TwinTree
from plugins.press.problems import PressError
from tests import sites


def write_articles(root: Path, word: str, number: int = 40) -> None:
    sites.write(
        root / "content",
        {f"blog/2026/{n}.md": sites.article(f"{word} {n}", slug=f"article-{n}") for n in range(number)},
    )


def test_a_killed_build_leaves_the_old_site_or_the_new_one_whole(tmp_path: Path) -> None:
    write_articles(tmp_path, "Ancien")
    sites.build(tmp_path)
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    old = sites.tree(tmp_path / "output")
    write_articles(tmp_path, "Nouveau")
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    new = sites.tree(tmp_path / "elsewhere/output")
    fork, seen, rng = multiprocessing.get_context("fork"), set(), random.Random(7)
    for _ in range(40):
        process = fork.Process(target=sites.build, args=(tmp_path,))
        process.start()
        assert process.pid
        time.sleep(rng.uniform(0.0, 0.12))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        found = sites.tree(tmp_path / "output")
        assert found in (old, new)
        seen.add("old" if found == old else "new")
        if found == new:
            break
    sites.build(tmp_path)
    assert sites.tree(tmp_path / "output") == new


@pytest.mark.parametrize("step", ["begin", "write", "switch", "settle"])
def test_a_failure_at_any_step_leaves_a_whole_site(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, "Ancien", 5)
    sites.build(tmp_path)
    old = sites.tree(tmp_path / "output")
    write_articles(tmp_path, "Nouveau", 5)
    calls = 0
    original = getattr(TwinTree, step)

    def fail(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == (3 if step == "write" else 1):
            raise OSError(28, "No space left on device")
        return original(*args, **kwargs)

    monkeypatch.setattr(TwinTree, step, fail)
    with pytest.raises(OSError, match="No space"):
        sites.build(tmp_path)
    monkeypatch.undo()
    found = sites.tree(tmp_path / "output")
    assert (found == old) == (step != "settle")
    sites.build(tmp_path)
    again = sites.tree(tmp_path / "output")
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    assert again == sites.tree(tmp_path / "elsewhere/output")


def test_a_full_disk_is_said_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, "Un", 2)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(PressError, match="le disque est plein"):
        sites.build(tmp_path)


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un", 1)
    (tmp_path / "output").write_text("important")
    with pytest.raises(PressError, match="est un fichier"):
        sites.build(tmp_path)
    assert (tmp_path / "output").read_text() == "important"


def test_a_folder_that_this_site_did_not_make_is_never_replaced(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un", 1)
    sites.write(tmp_path / "output", {"photos/vacances.jpg": "important"})
    with pytest.raises(PressError, match="ne viennent pas de ce site"):
        sites.build(tmp_path)
    assert (tmp_path / "output/photos/vacances.jpg").read_text() == "important"


def test_a_deleted_or_edited_output_is_made_whole_again(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un", 3)
    sites.build(tmp_path)
    whole = sites.tree(tmp_path / "output")
    (tmp_path / "output/index.html").unlink()
    sites.build(tmp_path)
    assert sites.tree(tmp_path / "output") == whole


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un")
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=sites.build, args=(tmp_path,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    found = sites.tree(tmp_path / "output")
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    assert found == sites.tree(tmp_path / "elsewhere/output")


def test_where_trees_cannot_be_exchanged_in_one_step_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path, "Un", 2)
    sites.build(tmp_path)
    monkeypatch.setattr(files.ctypes, "CDLL", lambda *_, **__: object())
    write_articles(tmp_path, "Deux", 2)
    sites.build(tmp_path)
    assert "Deux 1" in (tmp_path / "output/blog/article-1/index.html").read_text()
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    assert sites.tree(tmp_path / "output") == sites.tree(tmp_path / "elsewhere/output")


def test_what_is_no_longer_published_is_removed_with_its_folder(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un", 3)
    sites.build(tmp_path)
    (tmp_path / "content/blog/2026/1.md").unlink()
    result = sites.build(tmp_path)
    assert result.removed == ("blog/article-1/index.html",)
    assert not (tmp_path / "output/blog/article-1").exists()


def test_a_touched_file_is_not_read_again(tmp_path: Path) -> None:
    write_articles(tmp_path, "Un", 3)
    sites.build(tmp_path)
    (tmp_path / "content/blog/2026/1.md").touch()
    result = sites.build(tmp_path)
    assert isinstance(result, building.Result)
    assert (result.read, result.rendered) == (0, 0)
