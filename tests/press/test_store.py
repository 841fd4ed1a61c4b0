"""The cache: never believed without its checksum, never in the way when it is damaged."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.problems import PressError
from plugins.press.store import Blobs, DamagedCacheError, Pieces, locked, read_packed, write_packed
from tests import sites

VALUES = msgspec.msgpack.Decoder(dict[str, int])
VALUE = {"un": 1, "deux": 2}
KEY, OTHER = b"k" * 16, b"o" * 16


# A file read whole


def test_what_was_written_is_read_with_the_same_key(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    assert read_packed(tmp_path / "x", b"key", VALUES) == VALUE
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_another_key_finds_nothing(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    assert read_packed(tmp_path / "x", b"kex", VALUES) is None


def test_another_shape_finds_nothing(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    assert read_packed(tmp_path / "x", b"key", msgspec.msgpack.Decoder(list[int])) is None


def test_no_file_finds_nothing(tmp_path):
    assert read_packed(tmp_path / "absent", b"key", VALUES) is None
    assert read_packed(tmp_path, b"key", VALUES) is None


def test_a_truncated_file_counts_as_absent_wherever_it_ends(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    data = (tmp_path / "x").read_bytes()
    for end in range(len(data)):
        (tmp_path / "x").write_bytes(data[:end])
        assert read_packed(tmp_path / "x", b"key", VALUES) is None


def test_a_damaged_file_counts_as_absent_wherever_the_damage_is(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    data = (tmp_path / "x").read_bytes()
    for place in range(len(data)):
        (tmp_path / "x").write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert read_packed(tmp_path / "x", b"key", VALUES) is None


def test_a_write_that_fails_leaves_the_file_of_before(tmp_path):
    write_packed(tmp_path / "x", b"key", VALUE)
    (tmp_path / "x.new").mkdir()
    with pytest.raises(IsADirectoryError):
        write_packed(tmp_path / "x", b"key", {})
    assert read_packed(tmp_path / "x", b"key", VALUES) == VALUE


# The lock


def test_a_second_build_says_that_it_waits_and_then_has_its_turn(tmp_path):
    order: list[str] = []
    waits = threading.Event()

    def come_second() -> None:
        def say(text: str) -> None:
            order.append(text)
            waits.set()

        with locked(tmp_path / "state", say):
            order.append("second")

    with locked(tmp_path / "state"):
        second = threading.Thread(target=come_second)
        second.start()
        assert waits.wait(5)
        order.append("first")
    second.join(5)
    assert order == ["une autre construction est en cours, j'attends qu'elle finisse…", "first", "second"]


def hold(state: Path, ready: threading.Event) -> None:
    with locked(state):
        ready.set()
        time.sleep(60)


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    fork = multiprocessing.get_context("fork")
    ready = fork.Event()
    process = fork.Process(target=hold, args=(tmp_path, ready))
    process.start()
    assert ready.wait(5)
    process.kill()
    process.join()
    said: list[str] = []
    with locked(tmp_path, said.append):
        assert said == []


def test_an_error_gives_the_lock_back(tmp_path):
    said: list[str] = []
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), locked(tmp_path, said.append):
            raise ZeroDivisionError
    assert said == []


def test_where_nothing_can_be_written_is_said_with_the_place(tmp_path):
    (tmp_path / "fichier").write_text("")
    place = tmp_path / "fichier/dessous"
    with pytest.raises(PressError) as error, locked(place / ".output.press"):
        pass
    assert str(error.value) == (
        f"impossible d'écrire dans {place} (Not a directory). Vérifier les droits et la place sur le disque."
    )


# The pieces


def pieces(folder: Path, **saved: bytes) -> Pieces:
    found = Pieces(folder / "pieces.sqlite3")
    found.save({name.encode(): piece for name, piece in saved.items()})
    return found


@given(st.dictionaries(st.binary(max_size=20), st.binary(max_size=100)))
def test_saved_pieces_are_found_by_the_next_build(tmp_path_factory, saved):
    folder = tmp_path_factory.mktemp("etat")
    with closing(pieces(folder)) as first:
        first.save(saved)
    with closing(pieces(folder)) as second:
        assert {key: second.get(key) for key in saved} == saved


def test_a_piece_of_this_build_needs_no_disk(tmp_path):
    found = Pieces(tmp_path / "absent/pieces.sqlite3")
    found.add(KEY, b"un")
    assert found.get(KEY) == b"un"
    assert found.find(OTHER) is None


def test_a_piece_that_is_not_there_is_a_damaged_cache(tmp_path):
    with closing(pieces(tmp_path, un=b"1")) as found, pytest.raises(DamagedCacheError, match=r"^6465"):
        found.get(b"deux")


def test_a_piece_that_was_altered_is_not_there(tmp_path):
    pieces(tmp_path, un=b"1", deux=b"2").close()
    with closing(sqlite3.connect(tmp_path / "pieces.sqlite3")) as database, database:
        database.execute("UPDATE pieces SET piece = ? WHERE key = ?", (b"<script>", b"un"))
    with closing(pieces(tmp_path)) as found:
        assert (found.find(b"un"), found.find(b"deux")) == (None, b"2")


@pytest.mark.parametrize("damage", [b"", b"garbage" * 200, None], ids=["vide", "autre chose", "tronqué"])
def test_a_damaged_database_holds_nothing_and_is_made_anew(damage, tmp_path):
    pieces(tmp_path, un=b"1" * 5000).close()
    path = tmp_path / "pieces.sqlite3"
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    with closing(Pieces(path)) as found:
        assert found.find(b"un") is None
        found.save({b"deux": b"2"})
    with closing(Pieces(path)) as found:
        assert found.find(b"deux") == b"2"


def test_pieces_that_cannot_be_saved_are_the_environment_s_fault(tmp_path):
    found = Pieces(tmp_path / "absent/pieces.sqlite3")
    with pytest.raises(PressError, match=r"impossible d'écrire dans .*pieces\.sqlite3 \(unable to open"):
        found.save({KEY: b"1"})
    found.save({})  # nothing to keep asks nothing of the disk


def test_clearing_forgets_what_lies_on_disk(tmp_path):
    found = pieces(tmp_path, un=b"1")
    found.clear()
    assert list(tmp_path.iterdir()) == []
    found.clear()
    assert Pieces(tmp_path / "pieces.sqlite3").find(b"un") is None


def test_pruning_waits_until_it_is_worth_it_and_keeps_what_is_wanted(tmp_path):
    with closing(pieces(tmp_path, **{f"p{n}": b"x" for n in range(10)})) as found:
        found.prune([b"p1", b"p2"], slack=6)
        assert found.find(b"p9") == b"x"
        found.prune([b"p1", b"p2"], slack=5)
    with closing(pieces(tmp_path)) as found:
        assert [n for n in range(10) if found.find(b"p%d" % n)] == [1, 2]


def test_a_forked_process_reads_through_a_connection_of_its_own(tmp_path):
    with closing(pieces(tmp_path, un=b"1")) as found:
        own = found._open()
        child = os.fork()
        if not child:
            os._exit(0 if found.find(b"un") == b"1" and found._open() is not own else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert found._open() is own


# A build with a damaged cache


@pytest.mark.parametrize(
    "damage", ["UPDATE pieces SET piece = X'3C'", "UPDATE pieces SET piece = 'a'", "DELETE FROM pieces"]
)
def test_a_build_with_damaged_pieces_begins_again_without_them(damage, tmp_path):
    files = {f"blog/2026/{n}.md": sites.article(f"Titre {n}", f"2026-01-0{n}", f"Texte {n}.") for n in (1, 2, 3)}
    sites.write(tmp_path / "content", files)
    sites.build(tmp_path)
    with closing(sqlite3.connect(tmp_path / ".output.press/pieces.sqlite3")) as database, database:
        assert database.execute(damage).rowcount > 0
    sites.write(
        tmp_path / "content",
        {"blog/2026/2.md": sites.article("Un autre titre", "2026-01-02", slug="titre-2")},
    )
    result = sites.build(tmp_path)
    assert result.read == 3  # all of them, though one has changed
    sites.build(tmp_path, places=sites.places(tmp_path, tmp_path / "elsewhere/output"))
    assert sites.tree(tmp_path / "output") == sites.tree(tmp_path / "elsewhere/output")
    assert sites.build(tmp_path).read == 0


# Large pieces


def test_a_large_piece_is_found_as_it_was_kept_until_it_is_altered(tmp_path):
    blobs = Blobs(tmp_path)
    assert blobs.find(b"cle") is None
    blobs.keep(b"cle", b"image")
    assert Blobs(tmp_path).find(b"cle") == b"image"
    (file,) = (tmp_path / "blobs").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert blobs.find(b"cle") is None
    blobs.clear()
    assert not (tmp_path / "blobs").exists()


def test_pieces_are_dropped_when_many_are_in_the_way(tmp_path):
    blobs = Blobs(tmp_path)
    for number in range(5):
        blobs.keep(bytes([number]), b"image")
    blobs.prune([b"\0"], slack=4)
    assert len([*(tmp_path / "blobs").iterdir()]) == 5
    blobs.prune([b"\0"], slack=3)
    assert blobs.find(b"\0") == b"image"
    assert len([*(tmp_path / "blobs").iterdir()]) == 1


def test_what_the_disk_refuses_is_said(tmp_path):
    (tmp_path / "blobs").write_text("un fichier")
    with pytest.raises(PressError, match="impossible d'écrire dans"):
        Blobs(tmp_path).keep(b"cle", b"image")
