"""What is remembered of files: only those that have changed are read anew, and settled ones are not even decoded."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.press import records, store
from plugins.press.catalogue import Catalogue
from plugins.press.reading import Reader
from plugins.press.records import Found, Kept, Records, trusted
from plugins.press.sources import scan
from tests import sites

_KEY = b"of this code"
OLD = [f"agenda/2019/fete-{number:03}.md" for number in range(120)]
FILES = {
    **{path: sites.event(f"Fête {number}", f"2019-07-{number % 28 + 1:02}") for number, path in enumerate(OLD)},
    "agenda/2026/fete.md": sites.event("Fête", "2026-07-05"),
    "blog/2026/un.md": sites.article("Un"),
}
FIRST, SECOND = OLD[:2]


class Desk:
    """A folder of content, read again and again; ``decoded`` are the paths of what was decoded of the catalogue."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.decoded: list[str] = []
        sites.write(root / "content", FILES)
        sites.places(root).state.mkdir()

    def read(self, key: bytes = _KEY) -> Found:
        self.decoded.clear()
        time.sleep(0.02)  # a file that has just been written may change again without its stamp moving
        found = scan(self.root / "content", "content")
        reader = Reader(sites.SUBJECTS, sites.settings(), self.root / "content", "content")
        places = sites.places(self.root)
        pieces = store.Pieces(places.state / "pieces.sqlite3")
        try:
            return Records(reader, places, pieces, Kept.load(reader, places, key)).read(found, processes=1)
        finally:
            pieces.close()

    def write(self, path: str, text: str) -> None:
        sites.write(self.root / "content", {path: text})

    def remove(self, path: str) -> None:
        (self.root / "content" / path).unlink()

    @property
    def has_since(self) -> bool:
        return (self.root / ".output.press/documents.since").exists()


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[Desk]:
    """A desk where stamps are trusted at once, and where all was read and kept."""
    monkeypatch.setattr(records, "_RACY", 0)
    made = Desk(tmp_path)
    decode = Catalogue.document

    def document(self: Catalogue, row: int) -> object:
        made.decoded.append(self.paths[row])
        return decode(self, row)

    monkeypatch.setattr(Catalogue, "document", document)
    assert made.read().read == len(FILES)
    return made


def filed(found: Found) -> list[str]:
    """The paths in the catalogue that still hold."""
    kept = found.catalogues["event"]
    return sorted(path for row, path in enumerate(kept.paths) if row not in found.gone["event"])


def gone(found: Found) -> list[str]:
    return sorted(found.catalogues["event"].paths[row] for row in found.gone["event"])


def test_what_settles_some_day_is_in_the_catalogue_and_all_else_beside_it(desk):
    found = desk.read()
    assert filed(found) == sorted([*OLD, "agenda/2026/fete.md"])
    assert [*found.loose] == ["blog/2026/un.md"]


def test_of_files_that_have_not_changed_nothing_is_read_or_decoded_or_written(desk):
    kept = (desk.root / ".output.press/documents").stat().st_mtime_ns
    found = desk.read()
    assert (found.read, gone(found), desk.decoded, desk.has_since) == (0, [], [], False)
    assert (desk.root / ".output.press/documents").stat().st_mtime_ns == kept


def test_a_file_that_has_changed_is_read_and_its_row_is_gone(desk):
    desk.write(FIRST, sites.event("Bal", "2019-07-01"))
    for read in (1, 0):
        found = desk.read()
        assert (found.read, gone(found), desk.decoded) == (read, [FIRST], [])
        assert found.loose[FIRST].document.title == "Bal"
    assert desk.has_since


def test_a_file_that_is_gone_leaves_its_row(desk):
    desk.remove(FIRST)
    for _ in range(2):
        found = desk.read()
        assert (found.read, gone(found), desk.decoded, FIRST in found.loose) == (0, [FIRST], [], False)
        assert not desk.has_since


def test_a_file_that_comes_back_as_it_was_is_believed_again(desk):
    text = FILES[FIRST]
    desk.write(FIRST, sites.event("Bal", "2019-07-01"))
    desk.read()
    desk.write(FIRST, text)
    found = desk.read()
    assert (found.read, found.loose[FIRST].document.title) == (1, "Fête 0")
    desk.remove(SECOND)
    desk.read()
    desk.write(SECOND, FILES[SECOND])
    found = desk.read()
    assert (found.read, gone(found)) == (0, [FIRST, SECOND])
    assert found.loose[SECOND].document.title == "Fête 1"


def test_a_file_that_was_only_touched_is_not_read_anew(desk):
    os.utime(desk.root / "content" / FIRST, (1, 1))
    found = desk.read()
    assert (found.read, gone(found), desk.decoded) == (0, [FIRST], [FIRST])
    assert found.loose[FIRST].document.title == "Fête 0"
    assert found.loose[FIRST].stamp == scan(desk.root / "content", "content").files[FIRST]
    again = desk.read()
    assert (again.read, gone(again), desk.decoded) == (0, [FIRST], [])
    assert again.loose[FIRST].stamp == found.loose[FIRST].stamp
    assert again.loose[FIRST].document == found.loose[FIRST].document


def test_a_loose_file_that_was_only_touched_is_not_read_anew_either(desk):
    os.utime(desk.root / "content/blog/2026/un.md", (1, 1))
    found = desk.read()
    assert (found.read, found.loose["blog/2026/un.md"].stamp[1]) == (0, 10**9)
    assert desk.has_since


def test_two_files_that_change_places_are_both_read(desk):
    desk.write(FIRST, FILES[SECOND])
    desk.write(SECOND, FILES[FIRST])
    found = desk.read()
    assert (found.read, gone(found)) == (2, [FIRST, SECOND])
    assert [found.loose[path].document.title for path in (FIRST, SECOND)] == ["Fête 1", "Fête 0"]


def _cut(data: bytes) -> bytes:
    return data[:-7]


def _swap(data: bytes) -> bytes:
    return data[:200] + bytes(256 - byte - 1 for byte in data[200:260]) + data[260:]


@pytest.mark.parametrize("damage", [_cut, _swap, lambda _: b""], ids=["cut", "altered", "empty"])
def test_of_a_damaged_memory_nothing_is_believed(damage: Callable[[bytes], bytes], desk):
    kept = desk.root / ".output.press/documents"
    kept.write_bytes(damage(kept.read_bytes()))
    assert desk.read().read == len(FILES)
    assert desk.read().read == 0


def test_of_a_lost_memory_nothing_is_left_that_another_made_it_with(desk):
    desk.write(FIRST, sites.event("Bal", "2019-07-01"))
    desk.read()
    (desk.root / ".output.press/documents").unlink()
    assert desk.read().read == len(FILES)
    assert not desk.has_since


def test_a_damaged_note_of_what_has_changed_since_is_only_that_read_again(desk):
    desk.write(FIRST, sites.event("Bal", "2019-07-01"))
    desk.read()
    since = desk.root / ".output.press/documents.since"
    since.write_bytes(since.read_bytes()[:-3])
    found = desk.read()
    assert (found.read, found.loose[FIRST].document.title) == (1, "Bal")


def test_what_other_code_kept_is_not_believed(desk):
    assert desk.read(b"of other code").read == len(FILES)


@pytest.mark.parametrize(("changed", "apart"), [(6, True), (7, False)])
def test_when_many_have_changed_all_are_kept_anew(changed, apart, desk):
    for path in OLD[:changed]:
        desk.write(path, sites.event("Bal", "2019-07-01"))
    found = desk.read()
    assert desk.has_since == apart
    assert (found.read, gone(found)) == (changed, OLD[:changed] if apart else [])
    again = desk.read()
    assert (again.read, desk.decoded, gone(again)) == (0, [], gone(found))
    assert len(filed(again)) + len(again.loose) == len(FILES)


@pytest.mark.parametrize(("deleted", "apart"), [(6, True), (7, False)])
def test_when_many_are_gone_all_are_kept_anew(deleted, apart, desk):
    for path in OLD[:deleted]:
        desk.remove(path)
    assert gone(desk.read()) == (OLD[:deleted] if apart else [])
    found = desk.read()
    assert (gone(found), found.read, desk.decoded) == (OLD[:deleted] if apart else [], 0, [])
    assert len(filed(found)) + len(found.loose) == len(FILES) - deleted


def test_what_is_kept_anew_is_what_the_files_say(desk):
    for path in OLD[:9]:
        desk.write(path, sites.event("Bal", "2018-07-01", tags="[ESS]"))
    first = desk.read()
    kept = first.catalogues["event"]
    assert (first.read, gone(first)) == (9, [])
    assert kept.paths[:9] == OLD[:9]
    again = desk.read().catalogues["event"]
    assert [again.document(row) for row in range(len(again))] == [kept.document(row) for row in range(len(kept))]
    assert again.paths == kept.paths


NEVER_FILED = {
    "a warning": sites.event("Fête", "2019-07-05", body="Un texte.\n\n[^1]: Une note que rien n'appelle."),
    "an error": sites.event("Fête", "2019-07-05", category="inconnue"),
    "a draft": sites.event("Fête", "2019-07-05", status="draft"),
    "a link": sites.event("Fête", "2019-07-05", body="[x](../../blog/2026/un.md)"),
    "an identity": sites.event("Fête", "2019-07-05", id="mon-id"),
}


@pytest.mark.parametrize("why", NEVER_FILED)
def test_what_a_build_must_look_at_is_in_no_catalogue(why, tmp_path):
    desk = Desk(tmp_path)
    desk.write(FIRST, NEVER_FILED[why])
    found = desk.read()
    assert FIRST not in filed(found)
    assert bool(found.loose[FIRST].problems) == (why in {"a warning", "an error"})
    assert (found.loose[FIRST].document is None) == (why == "an error")
    assert SECOND in filed(found)


def test_a_stamp_too_young_is_none_and_the_bytes_decide(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "_RACY", 10**12)
    assert trusted((5, 100, 90), 101) == (5, 100, 90)
    assert trusted((5, 100, 90), 100) == trusted((5, 90, 100), 100) == (0, 0, 0)
    desk = Desk(tmp_path)  # of files written just now
    assert {*desk.read().catalogues["event"].stamps} == {(0, 0, 0)}
    desk.write(FIRST, sites.event("Bal", "2019-07-01"))
    found = desk.read()
    kept = found.catalogues["event"]
    assert (found.read, kept.document(kept.row_of[FIRST]).title) == (1, "Bal")
