"""What the check writes into the content itself: facts that must outlive the machine that noticed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.press import history
from plugins.press.kinds import Subject
from plugins.press.settings import Places
from plugins.press.site import Site


def record(site: Site, subjects: Iterable[Subject], places: Places) -> tuple[str, ...]:
    """Write what each subject has to keep (``Subject.record``): the paths written, from ``content/``."""
    recorders = [subject.record for subject in subjects if subject.record]
    renames = history.find_renames(places) if recorders and site.commit else {}
    return write({path: text for find in recorders for path, text in find(site, renames).items()}, places)


def write(files: Mapping[str, str], places: Places) -> tuple[str, ...]:
    """Write files of the content, given as path → text: the paths."""
    for path, text in files.items():
        _write(places.content / path, text)
    return tuple(files)


def _write(target: Path, text: str) -> None:
    """The file is replaced whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(target)
