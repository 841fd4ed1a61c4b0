"""Bundles: made when they are asked for and when what they are made of has changed, published whole, kept beside."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

import pytest
from msgspec import Struct

from plugins.press import bundles
from plugins.press.bundles import Bundle
from plugins.press.kinds import Subject
from plugins.press.outputs import Function, Output
from plugins.press.problems import ContentError, PressError
from plugins.press.views import Head
from tests import sites

PAGE = "/recherche/"
OTHERS = tuple(subject for subject in sites.SUBJECTS if not subject.build_bundle)


class Said(Struct, frozen=True, array_like=True):
    head: Head
    is_there: bool


def render(view: Said, press: object) -> bytes:
    return str(view.is_there).encode()


@dataclass
class Slow:
    """A program that takes long, and what it has been asked to do."""

    made: list[tuple[str, ...]] = field(default_factory=list)
    missing: str = ""
    fails: bool = False

    def bundle(self, site):
        titles = tuple(document.title for document in site.documents)
        return Bundle("lent", "le programme", titles, lambda: self.missing, self.make(titles), self.outputs)

    def make(self, titles):
        def make(press, check):
            check()
            self.made.append(titles)
            if self.fails:
                raise PressError("il tombe.")
            return {f"{title}.txt": title.encode() * 9 for title in titles} | {"x/same": b"same"}

        return make

    def outputs(self, is_there):
        yield Output(PAGE, Function(f"{__name__}:render"), Said(Head("Lent"), is_there))


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def build(tmp_path, slow):
    subject = Subject(name="slow", build_outputs=lambda _: iter(()), build_bundle=slow.bundle)

    def run(*titles, bundles="small", **options):
        files = {f"blog/2026/{title}.md": sites.article(title) for title in titles}
        (tmp_path / "content").mkdir(exist_ok=True)
        for old in (tmp_path / "content").rglob("*.md"):
            old.unlink()
        sites.write(tmp_path / "content", files)
        return sites.build(tmp_path, subjects=(*OTHERS, subject), bundles=bundles, **options)

    return run


def published(root):
    return {
        path: data for path, data in sites.tree(root / "output").items() if path.startswith(("lent/", "recherche/"))
    }


WITH_A = {"recherche/index.html": b"True", "lent/a.txt": b"a" * 9, "lent/x/same": b"same"}
WITHOUT = {"recherche/index.html": b"False"}


def test_a_small_site_has_its_bundle_made_once_as_long_as_nothing_changes(build, slow, tmp_path):
    build("a")
    build("a", bundles="always")
    assert slow.made == [("a",)]
    assert published(tmp_path) == WITH_A


def test_what_changes_is_made_anew_and_what_it_no_longer_has_goes(build, slow, tmp_path):
    build("a")
    result = build("b")
    assert slow.made == [("a",), ("b",)]
    assert published(tmp_path) == {"recherche/index.html": b"True", "lent/b.txt": b"b" * 9, "lent/x/same": b"same"}
    assert "lent/a.txt" in result.removed
    assert "lent/x/same" not in result.changed


@pytest.mark.parametrize(("mode", "expected"), [("small", WITHOUT), ("always", WITH_A)])
def test_a_large_site_has_it_when_it_is_asked_for(build, tmp_path, monkeypatch, mode, expected):
    monkeypatch.setattr(bundles, "SMALL", 3)
    result = build("a", bundles=mode)
    assert published(tmp_path) == expected
    warnings = [problem.message for problem in result.warnings if "--search" in problem.message]
    assert [message.partition(" manque")[0] for message in warnings] == (["le programme"] if mode == "small" else [])


def test_a_large_site_is_the_same_whatever_was_built_before(build, tmp_path, monkeypatch):
    monkeypatch.setattr(bundles, "SMALL", 3)
    build("a", bundles="always")
    build("a")
    assert published(tmp_path) == WITHOUT


def test_where_the_program_is_missing_a_build_warns_and_a_publication_stops(build, slow, tmp_path):
    slow.missing = "installer le programme."
    result = build("a")
    assert published(tmp_path) == WITHOUT
    assert [problem.message for problem in result.warnings] == ["le programme manque : installer le programme."]
    with pytest.raises(PressError, match="installer le programme"):
        build("a", bundles="always")


def test_a_program_that_is_missing_is_not_missed_when_there_is_nothing_to_make(build, slow, tmp_path):
    build("a")
    slow.missing = "installer le programme."
    build("a", bundles="always")
    assert published(tmp_path) == WITH_A


def test_a_program_that_fails_leaves_the_site_as_it_was(build, slow, tmp_path):
    build("a")
    before, slow.fails = sites.tree(tmp_path / "output"), True
    with pytest.raises(PressError, match="il tombe"):
        build("b")
    assert sites.tree(tmp_path / "output") == before


def test_nothing_is_made_from_content_with_errors_nor_for_a_check(build, slow, tmp_path):
    sites.write(tmp_path, {"content/static/index.html": "x"})
    with pytest.raises(ContentError):
        build("a")
    (tmp_path / "content/static/index.html").unlink()
    build("a", publish=False)
    assert slow.made == []


def test_an_empty_site_has_none(build, slow, tmp_path):
    build(bundles="always")
    assert (slow.made, published(tmp_path)) == ([], WITHOUT)


def test_a_preview_shows_the_one_made_before_and_leaves_the_new_one_for_later(build, slow, tmp_path):
    build("a", bundles="kept")
    assert (slow.made, published(tmp_path)) == ([], WITHOUT)
    build("a")
    (late,) = build("b", bundles="kept").late
    assert published(tmp_path) == WITH_A
    late.keep(late.make(lambda: None))
    result = build("b", bundles="kept")
    assert (result.late, slow.made) == ((), [("a",), ("b",)])
    assert "lent/b.txt" in published(tmp_path)


def test_a_kept_bundle_that_was_damaged_is_made_anew(build, slow, tmp_path):
    build("a")
    with sqlite3.connect(tmp_path / ".output.press/bundles.sqlite3") as connection:
        connection.execute("UPDATE pieces SET piece = x'00'")
    connection.close()
    (tmp_path / ".output.press/manifest").unlink()
    build("a")
    assert (slow.made, published(tmp_path)) == ([("a",), ("a",)], WITH_A)


def test_what_is_kept_does_not_grow_for_ever(build, tmp_path):
    for name in range(130):
        shelf = bundles.Shelf(tmp_path)
        shelf.keep("lent", b"key", {f"{n}": f"{name} {n}".encode() for n in range(4)})
    with sqlite3.connect(tmp_path / "bundles.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM pieces").fetchone()[0] < 250
    connection.close()


def test_with_workers_the_bytes_are_the_same(build, tmp_path, monkeypatch):
    monkeypatch.setattr("plugins.press.publishing.WORTH_WORKERS", 1)
    build("a", processes=2)
    assert published(tmp_path) == WITH_A
