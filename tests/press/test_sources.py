"""Sources: which files are content, and their text, whatever the system they were written on."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press import sources
from plugins.press.problems import PressError, Problem, render_text
from plugins.press.sources import MAX_FILE_SIZE, Tree, decode, fold, read_source, scan
from tests import sites

LEAVES = "ce lien symbolique mène hors du dossier ou nulle part. Le remplacer par une copie du fichier."
UNREADABLE = "le nom de ce fichier contient des signes illisibles. Le renommer en lettres, chiffres et tirets."


@pytest.fixture
def content(tmp_path) -> Path:
    (tmp_path / "secret.md").write_text("secret")
    return sites.write(tmp_path / "content", {"blog/2026/un.md": "Un", "pages/é.md": "É"})


def refused(tree: Tree) -> list[str]:
    return [render_text(problem) for problem in tree.problems]


# The tree


def test_every_file_has_its_size_and_times(content):
    tree = scan(content, "content")
    status = (content / "blog/2026/un.md").stat()
    assert list(tree.files) == ["blog/2026/un.md", "pages/é.md"]
    assert tree.files["blog/2026/un.md"] == (2, status.st_mtime_ns, status.st_ctime_ns)
    assert tree.problems == []


def test_hidden_files_and_backups_are_passed_over(content):
    sites.write(
        content,
        {".git/x.md": "", "a.md~": "", "#a.md#": "", ".~lock.a.md": "", "#1.md": "", "blog/.x/y.md": ""},
    )
    assert list(scan(content, "content").files) == ["#1.md", "blog/2026/un.md", "pages/é.md"]


def test_paths_are_sorted_whatever_the_disk_says(content):
    names = [f"{name}.md" for name in "zéaZ0b"]
    sites.write(content / "pages", dict.fromkeys(names, ""))
    expected = ["0.md", "Z.md", "a.md", "b.md", "z.md", "é.md"]
    assert list(scan(content / "pages", "pages").files) == expected


def test_a_link_to_a_file_inside_is_that_file(content):
    (content / "pages/lien.md").symlink_to("../blog/2026/un.md")
    (content / "pages/absolu.md").symlink_to(content / "blog/2026/un.md")
    tree = scan(content, "content")
    assert tree.files["pages/lien.md"] == tree.files["pages/absolu.md"] == tree.files["blog/2026/un.md"]
    assert tree.problems == []


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("../../secret.md", id="un fichier dehors"),
        pytest.param("/etc/passwd", id="un fichier du système"),
        pytest.param("../../content-bis/x.md", id="un dossier au nom qui commence pareil"),
        pytest.param("..", id="un dossier au-dessus"),
        pytest.param("../blog", id="un dossier voisin"),
        pytest.param("rien.md", id="nulle part"),
        pytest.param("lien.md", id="soi-même"),
        pytest.param("detour.md", id="dehors par un détour"),
    ],
)
def test_any_other_link_is_refused_and_not_followed(target, content):
    sites.write(content.parent / "content-bis", {"x.md": ""})
    (content / "pages/lien.md").symlink_to(target)
    if target == "detour.md":
        (content / "pages/detour.md").symlink_to("/etc/passwd")
    tree = scan(content, "content")
    assert list(tree.files) == ["blog/2026/un.md", "pages/é.md"]
    assert f"content/pages/lien.md: {LEAVES}" in refused(tree)


def test_the_content_folder_itself_may_be_a_link(content):
    (content.parent / "lien").symlink_to(content)
    (content / "pages/lien.md").symlink_to("é.md")
    tree = scan(content.parent / "lien", "content")
    assert "pages/lien.md" in tree.files
    assert tree.problems == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"caf\xe9.md", r"caf\udce9.md"), (b"a\x01b.md", r"a\x01b.md"), (b"a\nb.md", r"a\nb.md")],
)
def test_a_name_that_cannot_be_read_is_refused_and_shown_in_ascii(name, shown, content):
    (content / os.fsdecode(name)).write_text("x")
    tree = scan(content, "content")
    assert refused(tree) == [f"content/{shown}: {UNREADABLE}"]
    assert list(tree.files) == ["blog/2026/un.md", "pages/é.md"]


def test_a_folder_that_cannot_be_read_is_refused_with_its_content(content):
    sites.write(content / os.fsdecode(b"\xe9t\xe9"), {"x.md": "x"})
    assert refused(scan(content, "content")) == [rf"content/\udce9t\udce9: {UNREADABLE}"]


def test_without_a_content_folder_nothing_can_be_done(tmp_path):
    with pytest.raises(PressError, match="le dossier textes/ n'existe pas"):
        scan(tmp_path / "absent", "textes")


def test_a_folder_that_the_system_keeps_closed_is_named(content, monkeypatch):
    def closed(path: str) -> NoReturn:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(sources.os, "scandir", closed)
    with pytest.raises(PressError, match=r"content : lecture impossible \(Permission denied\)"):
        scan(content, "content")


def test_a_file_that_is_gone_since_it_was_listed_is_no_event(content, monkeypatch):
    listed = os.scandir

    class Vanishing:
        def __init__(self, path: str) -> None:
            self.entries = listed(path)

        def __enter__(self):
            for entry in self.entries:
                if entry.name == "un.md":
                    Path(entry.path).unlink()
                yield entry

        def __exit__(self, *_: object) -> None:
            self.entries.close()

    monkeypatch.setattr(sources.os, "scandir", Vanishing)
    assert list(scan(content, "content").files) == ["pages/é.md"]


def test_a_file_that_cannot_be_read_is_named(content):
    with pytest.raises(PressError, match=r"^pages/absent\.md : lecture impossible \(No such file"):
        read_source(content, "pages/absent.md")
    with pytest.raises(PressError, match=r"^pages : lecture impossible"):
        read_source(content, "pages")


# The text


@given(st.text().filter(lambda text: not text.startswith("\ufeff")), st.booleans())
def test_utf_8_with_or_without_bom_is_read_with_plain_line_ends(text, bom):
    data = text.encode("utf-8-sig" if bom else "utf-8")
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decode(data, "x.md") == (expected, [])


@given(st.text("aé\n🎉", max_size=40), st.booleans(), st.sampled_from([b"\xe9", b"\xff", b"\xc3("]))
def test_another_encoding_is_shown_at_its_first_wrong_byte(text, bom, wrong):
    head = text.encode("utf-8-sig" if bom else "utf-8")
    found, (problem,) = decode(head + wrong + "\nLa suite é".encode("latin-1"), "x.md")
    lines = text.split("\n")
    assert (found, problem.line, problem.column) == ("", len(lines), len(lines[-1]) + 1)
    assert problem.message == (
        f"le fichier n'est pas en UTF-8 (octet {len(head)}). L'enregistrer en UTF-8 dans l'éditeur de texte."
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_utf_16_is_called_by_its_name(encoding):
    mark = "\ufeff" if encoding.endswith("le") else ""
    message = "le fichier est en UTF-16 (octet 0). L'enregistrer en UTF-8."
    expected = Problem(path="x.md", line=1, column=1, message=message)
    assert decode((mark + "---\ntitle: Été").encode(encoding), "x.md") == ("", [expected])


def test_a_file_that_is_too_big_is_not_read():
    assert decode(b"x" * MAX_FILE_SIZE, "x.md")[1] == []
    text, problems = decode(b"x" * (MAX_FILE_SIZE + 1024), "x.md")
    assert (text, [render_text(problem) for problem in problems]) == (
        "",
        ["x.md: le fichier est trop gros (2049 Kio, 2048 au plus). Le couper en plusieurs fichiers."],
    )


# One path


@given(st.text("aéÀœÉİß /-", max_size=20))
def test_case_and_unicode_form_make_no_other_path(path):
    forms = {fold(unicodedata.normalize(form, path)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_paths_that_a_reader_tells_apart_stay_apart():
    assert fold("/Été/") == fold("/été/") == fold("/E\u0301te\u0301/")
    assert fold("/été/") != fold("/ete/")
