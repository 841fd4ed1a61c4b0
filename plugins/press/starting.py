"""``./site new``: a file of the right kind, in the right place, ready to be filled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from plugins.press.files import translated
from plugins.press.frontmatter import read_front_matter
from plugins.press.kinds import Kind, Starter, Subject
from plugins.press.moments import read_day, read_moment
from plugins.press.settings import Places, Settings
from plugins.press.slugs import build_slug, is_slug
from plugins.press.sources import decode

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")


class WrongUseError(Exception):
    """The command was given something it cannot use: exit status 2."""


class Wish(Struct, frozen=True):
    """What is asked for: a kind, a title, and what the kind needs besides."""

    kind: str
    title: str
    date: str = ""
    start: str = ""
    dossier: str = ""
    year: str = ""


def write_starter(wish: Wish, subjects: Sequence[Subject], settings: Settings, places: Places, now: datetime) -> str:
    """Write the file and return its path from ``content/``. Raises ``WrongUseError``, also rather than overwrite."""
    kinds = {kind.name: kind for subject in subjects for kind in subject.kinds if kind.starter}
    starter = _find(wish.kind, kinds)
    values = _build_values(wish, settings, places, now)
    path = starter.path.format(**values)
    text = "\n".join(["---", *(_fill(line, values) for line in starter.lines)]) + "\n"
    target = places.content / path
    with translated(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(target, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            message = f"{places.shown_content}/{path} existe déjà, je n'y touche pas. Choisir un autre titre."
            raise WrongUseError(message) from None
    return path


def _find(name: str, kinds: dict[str, Kind]) -> Starter:
    kind = kinds.get(name)
    if kind is None or kind.starter is None:
        message = f"« {name} » n'est pas un genre de fichier. Écrire {', '.join(kinds)}."
        raise WrongUseError(message)
    return kind.starter


def _build_values(wish: Wish, settings: Settings, places: Places, now: datetime) -> dict[str, str]:
    slug = build_slug(wish.title)
    if not slug:
        message = f"« {wish.title} » ne donne pas d'adresse. Donner un titre avec des lettres."
        raise WrongUseError(message)
    today = now.date().isoformat()
    try:
        date = read_day(wish.date or today).isoformat()
        start = read_moment(wish.start or today)
    except ValueError as error:
        raise WrongUseError(str(error)) from error
    return {
        "title": json.dumps(wish.title, ensure_ascii=False),
        "slug": slug,
        "date": date,
        "year": _read_year(wish) or date[:4],
        "start": f"{start.value:%Y-%m-%d}" if start.all_day else f"{start.value:%Y-%m-%dT%H:%M}",
        "start_year": str(start.value.year),
        "category": settings.categories[0].slug if settings.categories else "",
        "dossier": wish.dossier,
        "number": _next_part(wish, places) if wish.kind == "part" else "",
    }


def _read_year(wish: Wish) -> str:
    """The year of a report: the one asked for, else the one in its title."""
    if wish.kind != "report":
        return ""
    if wish.year and not _YEAR.fullmatch(wish.year):
        message = f"« {wish.year} » n'est pas une année. Écrire par exemple --year 2026."
        raise WrongUseError(message)
    return wish.year or "".join(_YEAR.findall(wish.title)[-1:])


def _next_part(wish: Wish, places: Places) -> str:
    folder = places.content / "dossiers" / wish.dossier
    if not is_slug(wish.dossier) or not (folder / "index.md").is_file():
        known = ", ".join(sorted(index.parent.name for index in places.content.glob("dossiers/*/index.md")))
        message = f"une partie appartient à un dossier : ajouter --dossier suivi de l'un de ceux-ci : {known}."
        raise WrongUseError(message)
    numbers = [int(part.name[:2]) for part in folder.glob("[0-9][0-9]-*.md")]
    numbers += _articles_of(wish.dossier, places)
    return f"{max(numbers, default=0) + 1:02}"


def _articles_of(dossier: str, places: Places) -> Iterator[int]:
    """The numbers of the articles of the blog that are parts of the dossier."""
    for path in places.content.glob("blog/*/*.md"):
        text, _ = decode(path.read_bytes(), path.name)
        front, _ = read_front_matter(text, path.name)
        number = str(front.values.get("part")) if front and front.values.get("dossier") == dossier else ""
        if number.isdecimal():
            yield int(number)


def _fill(line: str, values: dict[str, str]) -> str:
    """A line of the starter; the empty one ends the front matter."""
    return line.format(**values) if line else "---\n"
