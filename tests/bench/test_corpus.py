"""The benchmark's documents are the same everywhere, and content that the project accepts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench import corpus
from bench.documents import NOW, Document, Moment
from bench.generator import CATEGORIES, ELSEWHERE, REGION, TAGS, documents

LINK = re.compile(r"\]\(([^)\s]+)\)")
N = 240


@pytest.fixture(scope="module")
def items() -> list[Document]:
    return documents(N)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, items: list[Document]) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for tool, write in corpus.WRITERS.items():
        write(folder / tool, items)
    return folder


def test_the_same_seed_gives_the_same_documents_and_another_seed_gives_others(items: list[Document]) -> None:
    assert documents(N) == items
    assert documents(N, seed=2) != items


def test_what_is_written_does_not_change_from_one_run_to_the_next(folder: Path, tmp_path: Path) -> None:
    assert corpus.main(["--n", str(N), "--out", str(tmp_path)]) == 0
    assert _contents(tmp_path) == _contents(folder)


@pytest.mark.parametrize("n", [2, 7, N])
def test_there_are_as_many_documents_as_asked_for_half_of_them_articles(n: int) -> None:
    assert Counter(item.kind for item in documents(n)) == {"article": n // 2, "event": n - n // 2}


@pytest.mark.parametrize("tool", corpus.WRITERS)
def test_every_document_has_its_file(tool: str, folder: Path) -> None:
    files = list((folder / tool).rglob("content/**/*.md"))
    assert sum(path.stem != "_index" for path in files) == N


def test_articles_have_about_600_words_and_events_about_120(items: list[Document]) -> None:
    for kind, wanted in (("article", 600), ("event", 120)):
        words = [len(corpus.markdown(item, lambda _: "").split()) for item in items if item.kind == kind]
        assert sum(words) / len(words) == pytest.approx(wanted, rel=0.1)


@pytest.mark.parametrize("tool", ["press", "hugo"])
def test_the_front_matter_is_yaml_that_gives_back_the_values(tool: str, items: list[Document], folder: Path) -> None:
    paths = {path.stem: path for path in (folder / tool).rglob("content/**/*.md")}
    for item in items:
        fields = _front_matter(paths[item.name])
        assert (fields["title"], fields["summary"]) == (item.title, item.summary)
        assert fields["tags"] == list(item.tags)
        if item.event:
            assert fields["departments"] == list(item.event.departments)
            assert str(fields["start"]).startswith(f"{item.event.start:%Y-%m-%d}")


@pytest.mark.parametrize("tool", corpus.WRITERS)
def test_every_link_to_another_document_leads_to_its_file(tool: str, folder: Path) -> None:
    content = folder / tool / "content"
    links = [
        (path, target)
        for path in content.rglob("*.md")
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not target.startswith("https:")
    ]
    assert len(links) == N // 2 * 2
    for path, target in links:
        local = target.removeprefix("{filename}")
        start = content if local.startswith("/") else path.parent
        assert (start / local.lstrip("/")).is_file(), f"{path}: {target}"


def test_this_project_gets_relative_links_only(folder: Path) -> None:
    texts = (path.read_text(encoding="utf-8") for path in (folder / "press").rglob("*.md"))
    targets = [target for text in texts for target in LINK.findall(text)]
    assert {target.split("/")[0] for target in targets} == {"..", "https:"}


def test_bodies_differ_in_their_links_only(items: list[Document], folder: Path) -> None:
    for item in items:
        bodies = {LINK.sub("]()", _body(folder / tool, item)) for tool in corpus.WRITERS}
        assert len(bodies) == 1


def test_events_are_announced_before_they_start_and_end_after(items: list[Document]) -> None:
    for item in items:
        if item.event:
            assert _day(item.date) < _day(item.event.start)
            assert type(item.event.start) is type(item.event.end)
            assert item.event.start.isoformat() <= item.event.end.isoformat()


def test_no_summary_is_too_long_and_nothing_is_published_after_now(items: list[Document]) -> None:
    assert all(len(item.summary) <= 300 and item.date <= NOW for item in items)


def test_the_documents_are_spread_over_the_years_the_categories_the_departments_and_the_tags() -> None:
    items = documents(2000)
    events = [item.event for item in items if item.event]
    assert {item.filed.year for item in items} == set(range(2016, 2027))
    assert {event.category for event in events} == set(CATEGORIES)
    assert {code for event in events for code in event.departments} == {*REGION, *ELSEWHERE}
    assert {tag for item in items for tag in item.tags} == set(TAGS)
    at_home = sum(set(event.departments) <= set(REGION) for event in events)
    assert at_home / len(events) == pytest.approx(0.7, abs=0.05)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _front_matter(path: Path) -> dict[str, Any]:
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    assert isinstance(fields, dict)
    return fields


def _body(root: Path, item: Document) -> str:
    (path,) = root.rglob(f"{item.name}.md")
    text = path.read_text(encoding="utf-8")
    return text.split("---\n", 2)[2].lstrip("\n") if text.startswith("---") else text.split("\n\n", 1)[1]


def _day(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
