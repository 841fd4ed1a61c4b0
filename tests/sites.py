"""Builders for tests: settings, sites in a temporary folder, and the build of them, with good defaults."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from plugins.press import building, project
from plugins.press.settings import Places, Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=PARIS)
CONF: dict[str, Any] = runpy.run_path(str(ROOT / "pelicanconf.py"))
SUBJECTS = project.load_subjects(CONF["PLUGINS"])


def settings(**changes: Any) -> Settings:
    """The association's settings, with changes; menus are left out, for small sites have no such pages."""
    return msgspec.structs.replace(read_settings(CONF), **({"menu": (), "footer": ()} | changes))


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write content files, given as path → text."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def document(title: str = "Essai", body: str = "Un texte.", **fields: str) -> str:
    """A content file; values of ``fields`` are written as they are."""
    lines = [f'title: "{title}"', *(f"{key}: {value}" for key, value in fields.items())]
    return "\n".join(["---", *lines, "---", "", body, ""])


def article(title: str = "Essai", date: str = "2026-01-05", body: str = "Un texte.", **fields: str) -> str:
    return document(title, body, date=date, **fields)


def event(title: str = "Fête", start: str = "2026-07-05", body: str = "Un texte.", **fields: str) -> str:
    return document(title, body, start=start, **fields)


def places(root: Path, output: Path | None = None) -> Places:
    """A project whose content is ``root/content``."""
    return Places(root=root, content=root / "content", output=output or root / "output", theme=Path("/dev/shm/t/theme"))


def request(root: Path, **changes: Any) -> building.Request:
    """What to ask for a site in ``root``: the real plugins and theme, one process, June 2026."""
    asked = building.Request(
        settings=settings(),
        places=places(root),
        subjects=SUBJECTS,
        code=(project.PLUGINS_FOLDER,),
        watched=(),
        now=NOW,
    )
    return msgspec.structs.replace(asked, **changes)


def build(root: Path, **changes: Any) -> building.Result:
    """Build the site of ``root/content`` into ``root/output``."""
    return building.build(request(root, **changes))


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by path: two sites are the same when these are."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
