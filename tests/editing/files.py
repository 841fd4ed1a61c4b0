"""Edits of files: what comes, goes, changes its name, or is wrong."""

from __future__ import annotations

from pathlib import Path

from tests import pictures
from tests.editing.site import EditedSite, Sheet


def copy(site: EditedSite, one: str, _: str) -> None:
    site.put({one.replace(".md", "-copie.md"): site.files[one]})


def delete(site: EditedSite, one: str, _: str) -> None:
    site.put({one: None})


def delete_and_copy(site: EditedSite, one: str, other: str) -> None:
    site.put({one.replace(".md", "-copie.md"): site.files[one], other: None})


def rename(site: EditedSite, one: str, _: str) -> None:
    site.put({one.replace(".md", "-bis.md"): site.files[one], one: None})


def rename_and_edit(site: EditedSite, one: str, other: str) -> None:
    rename(site, one, other)
    site.edit(one.replace(".md", "-bis.md"), title="Renommé", start="2019-01-05", end=None)


def rename_and_record(site: EditedSite, one: str, other: str) -> None:
    rename(site, one, other)
    ledger = f"- path: {one.replace('.md', '-bis.md')}\n  id: {one.removesuffix('.md')}\n"
    site.put({"agenda/identites.yaml": ledger})


def exchange(site: EditedSite, one: str, other: str) -> None:
    site.put({one: site.files[other], other: site.files[one]})


def exchange_titles(site: EditedSite, one: str, other: str) -> None:
    first, second = site.sheet(one).title, site.sheet(other).title
    site.edit(one, title=second)
    site.edit(other, title=first)


def take_the_identity(site: EditedSite, one: str, other: str) -> None:
    site.edit(one, id=other.removesuffix(".md"))


def add_picture(site: EditedSite, one: str, _: str) -> None:
    photo = pictures.data(pictures.corners(320, 200), "PNG")
    site.put({f"{Path(one).parent}/photo.png": photo})
    site.edit(one, image="photo.png", image_alt="Une photo")


def forget_picture(site: EditedSite, one: str, _: str) -> None:
    site.edit(one, image="absente.png", image_alt="Une photo")


def touch(site: EditedSite, one: str, _: str) -> None:
    (site.root / "content" / one).touch()


def break_file(site: EditedSite, one: str, _: str) -> None:
    site.put({one: "---\ntitle: Réunion : ordre du jour\n---\n"})


def edit_many(site: EditedSite, _: str, __: str) -> None:
    for path in site.events()[::3]:
        site.edit(path, tags="[ESS, Partout]")


def delete_a_year(site: EditedSite, one: str, _: str) -> None:
    year = Path(one).parent
    site.put({path: None for path in site.events() if Path(path).parent == year})


def announce(site: EditedSite, _: str, __: str) -> None:
    site.put({"agenda/2026/neuf.md": Sheet.of("Neuf", "2026-08-20T18:00", departments='["37"]', tags="[ESS]")})
