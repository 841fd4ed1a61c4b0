"""Pictures of a site: found where texts refer to them, opened once, refused at the place of the reference."""

from __future__ import annotations

import pytest

from plugins.press import building
from plugins.press.pictures import album, reading
from plugins.press.problems import ContentError, render_text
from tests import pictures, sites

PHOTO = pictures.taken(pictures.photo(700, 500))
FOLDER = "blog/2026"


def write(root, *names, body="", **files):
    """An article with these pictures in its text; ``files`` as name → bytes, the dot being ``_``."""
    found = {name.replace("_", "."): data for name, data in files.items()}
    body = body or "\n\n".join(f"![Ce que l'on voit]({name})" for name in (*names, *found))
    texts = {f"{FOLDER}/un.md": sites.article("Un", body=body)}
    sites.write(root / "content", texts | {f"{FOLDER}/{name}": data for name, data in found.items()})


def problems(root) -> list[str]:
    with pytest.raises(ContentError) as caught:
        sites.build(root)
    return [render_text(problem) for problem in caught.value.problems]


@pytest.fixture
def opened(monkeypatch):
    """The pictures that were opened to be looked at."""
    seen = []
    monkeypatch.setattr(reading, "read_facts", lambda path, data: seen.append(path) or _READ(path, data))
    return seen


_READ = reading.read_facts


def test_what_is_refused_is_said_where_each_text_refers_to_it(tmp_path):
    write(tmp_path, body="Un texte,\net ![x](photo.jpg) puis [y](photo.jpg).", photo_jpg=b"%PDF-1.7")
    sites.write(
        tmp_path / "content", {"pages/a.md": sites.document(image="../blog/2026/photo.jpg", image_alt="Une photo")}
    )
    said = (
        "l'image « {} » est refusée : c'est un PDF. L'appeler .pdf et mettre un lien vers lui : "
        "[titre](fichier.pdf), ou l'exporter en PNG."
    )
    assert problems(tmp_path) == [
        f"content/blog/2026/un.md:7:9: {said.format('photo.jpg')}",
        f"content/blog/2026/un.md:7:29: {said.format('photo.jpg')}",
        f"content/pages/a.md:3:8: image : {said.format('../blog/2026/photo.jpg')}",
    ]
    assert not (tmp_path / "output").exists()


def test_the_problems_of_all_pictures_come_in_one_run(tmp_path):
    write(tmp_path, a_jpg=b"", b_png=pictures.bomb(), c_gif=pictures.moving(), d_jpg=PHOTO[:2000], e_heic=b"x")
    assert len(problems(tmp_path)) == 5


def test_a_format_that_no_browser_shows_is_no_missing_file(tmp_path):
    write(tmp_path, e_tiff=pictures.data(form="TIFF"))
    assert "est refusée : c'est une image TIFF, que les navigateurs ne montrent pas" in problems(tmp_path)[0]


def test_a_picture_that_no_published_text_shows_is_nobodys_problem(tmp_path):
    write(tmp_path, a_png=pictures.data(pictures.corners(), "PNG"))
    draft = sites.article("Brouillon", body="![x](mauvaise.jpg)", status="draft")
    sites.write(
        tmp_path / "content",
        {f"{FOLDER}/brouillon.md": draft, f"{FOLDER}/mauvaise.jpg": b"x", f"{FOLDER}/seule.jpg": b"x"},
    )
    sites.build(tmp_path)
    assert not [path for path in sites.tree(tmp_path / "output") if "mauvaise" in path or "seule" in path]


def test_pictures_are_opened_once_and_again_when_they_change(tmp_path, opened):
    write(tmp_path, a_jpg=PHOTO)
    sites.build(tmp_path)
    assert opened == [f"{FOLDER}/a.jpg"]
    sites.build(tmp_path)
    write(tmp_path, "a.jpg", b_jpg=pictures.data())
    sites.build(tmp_path)
    assert opened == [f"{FOLDER}/a.jpg", f"{FOLDER}/b.jpg"], "and not because another came"
    (tmp_path / f"content/{FOLDER}/a.jpg").write_bytes(PHOTO)  # written again, the same
    sites.build(tmp_path)
    assert len(opened) == 2
    (tmp_path / f"content/{FOLDER}/a.jpg").write_bytes(pictures.data(pictures.photo(90, 60)))
    sites.build(tmp_path)
    assert opened[2:] == [f"{FOLDER}/a.jpg"]


def test_many_pictures_are_opened_by_several_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(album, "WORTH_WORKERS", 2)
    write(tmp_path, a_jpg=PHOTO, b_jpg=pictures.data(pictures.photo(60, 45)), c_jpg=b"")
    with pytest.raises(ContentError) as caught:
        building.build(sites.request(tmp_path, processes=2))
    assert [problem.line for problem in caught.value.problems] == [10]


def test_a_damaged_memory_is_as_none(tmp_path, opened):
    write(tmp_path, a_jpg=PHOTO)
    sites.build(tmp_path)
    (tmp_path / ".output.press/pictures").write_bytes(b"x" * 100)
    sites.build(tmp_path)
    assert len(opened) == 2
