"""Builders for tests: settings, sites in a temporary folder, and the build of them, with good defaults."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from plugins.press import building, project
from plugins.press.pictures.album import read_album
from plugins.press.reading import Reader
from plugins.press.settings import Places, Settings, read_settings
from plugins.press.site import Site
from plugins.press.sources import scan
from tests import pictures

ROOT = Path(__file__).resolve().parents[1]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=PARIS)
CONF: dict[str, Any] = runpy.run_path(str(ROOT / "pelicanconf.py"))
Done = subprocess.CompletedProcess[str]
SUBJECTS = project.load_subjects(CONF["PLUGINS"])


def settings(**changes: Any) -> Settings:
    """The association's settings, with changes.

    Menus are left out, for small sites have no such pages; so are the cards of shared pages, which take time.
    """
    return msgspec.structs.replace(read_settings(CONF), **({"menu": (), "footer": (), "sharing_cards": 0} | changes))


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
    return Places(root=root, content=root / "content", output=output or root / "output", theme=ROOT / "themes/cresol")


def request(root: Path, **changes: Any) -> building.Request:
    """What to ask for a site in ``root``: the real plugins and theme, one process, June 2026; no index to search."""
    asked = building.Request(
        settings=settings(),
        places=places(root),
        subjects=SUBJECTS,
        code=(project.PLUGINS_FOLDER,),
        watched=(),
        now=NOW,
        bundles="never",
    )
    return msgspec.structs.replace(asked, **changes)


def build(root: Path, **changes: Any) -> building.Result:
    """Build the site of ``root/content`` into ``root/output``."""
    return building.build(request(root, **changes))


def conf(root: Path, **changes: Any) -> Path:
    """A settings file in ``root``: ours, without menus, and with changes."""
    kept = {key: value for key, value in CONF.items() if key.isupper()}
    values = kept | {"THEME": str(ROOT / "themes/cresol"), "MENU": [], "FOOTER": [], "SHARING_CARDS": 0} | changes
    text = "".join(f"{key} = {value!r}\n" for key, value in values.items())
    return write(root, {"pelicanconf.py": text}) / "pelicanconf.py"


def copy_project(root: Path, **conf_changes: Any) -> Path:
    """The code and the theme in a folder of their own, for commands; content is for the test to write."""
    for name in ("plugins", "themes"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "publishconf.py"):
        shutil.copy(ROOT / name, root)
    conf(root, **{"THEME": "themes/cresol"} | conf_changes)
    return root


def run(root: Path, *arguments: str, cwd: Path | None = None, limit: int = 0, **environ: str) -> Done:
    """A task of the project in ``root``, as ``./site`` runs it; no file may get larger than ``limit`` bytes."""
    here = {"PATH": os.environ["PATH"], "SITE_NOW": "2026-06-01T12:00"}
    command = [sys.executable, "-X", "utf8", str(root / "tasks.py"), *arguments]
    if limit:
        command = ["prlimit", f"--fsize={limit}", *command]
    return subprocess.run(command, cwd=cwd or root, env=here | environ, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str, when: str = "2026-01-05T12:00:00+01:00", check: bool = True) -> str:
    """What git answers, by nobody's settings and at a moment of ours."""
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Essai"), ("EMAIL", "essai@exemple.fr"), ("DATE", when))
    }
    settings_of_nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0"}
    environ = {"PATH": os.environ["PATH"], **settings_of_nobody, **identity}
    command = ["git", "-c", "init.defaultBranch=main", "-C", os.fspath(folder), *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=check).stdout.strip()


def repository(root: Path, files: Mapping[str, str | bytes] | None = None, **options: Any) -> Path:
    """A git repository whose one commit holds these files."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet")
    return commit(root, files or {"README.md": "Essai"}, **options)


def commit(root: Path, files: Mapping[str, str | bytes], **options: Any) -> Path:
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Essai", **options)
    return root


def everything() -> dict[str, str | bytes]:
    """Content of every kind, with a value in most fields."""
    place = '{name: "La Cale", address: "1 rue du Port", postcode: "37000", city: Tours, lat: 47.39, lon: 0.68}'
    full = {
        "date": "2026-05-01",
        "end": "2026-07-05T20:00",
        "category": "prestation",
        "departments": '["37", "45"]',
        "place": place,
        "online": "https://exemple.fr/direct",
        "organisers": '["Cré-Sol", {name: "Un ami", url: "https://exemple.fr/"}]',
        "partners": '["Une amie"]',
        "registration": "{url: https://exemple.fr/, deadline: 2026-07-01, required: true}",
        "contact": "{name: Moi, email: moi@exemple.fr}",
        "accessibility": "[wheelchair]",
        "repeat": "{rule: FREQ=WEEKLY;COUNT=4, except: [2026-07-12T18:00]}",
        "tags": "[ESS, été]",
    }
    picture = {"image": "photo.png", "image_alt": "Une photo", "aliases": "[/ancien/]", "authors": "[Moi]"}
    return {
        "blog/2026/un.md": article("Un", tags="[ESS]", body="## Ici\n\n[x](deux.md) ![y](photo.png)", **picture),
        "blog/2026/deux.md": article("Deux", dossier="theme", part="2", body="[x](../../pages/contact.md#la)"),
        "blog/2026/brouillon.md": article("Brouillon", status="draft"),
        "blog/2026/photo.png": pictures.data(pictures.corners(640, 400), "PNG"),
        "dossiers/theme/index.md": article("Un thème", resources="[{title: Un, url: https://exemple.fr/}]"),
        "dossiers/theme/01-partie.md": article("Une partie", tags="[ESS]"),
        "agenda/2026/fete.md": event("Fête", "2026-07-05T18:00", **full),
        "agenda/2025/passe.md": event("Passé", "2025-03-09", end="2025-03-11", event_status="cancelled"),
        "rapports/2025/index.md": article("Rapport", year="2025", body="Il y eut [[chiffre:dates]]."),
        "rapports/2025/01-section.md": document("Section", "### Détail", axis="true"),
        "rapports/2025/chiffres.yaml": "- {id: dates, label: Dates, value: 1, computed: events}\n",
        "pages/contact.md": document("Contact", "## Là"),
        "static/robots-aussi.txt": "x",
    }


def assemble(root: Path, **options: Any) -> Site:
    """The site of ``root/content`` as it is read, before anything is made of it."""
    found = scan(root / "content", "content")
    values = {"settings": settings(), "now": NOW} | options
    reader = Reader(SUBJECTS, values["settings"], root / "content", "content")
    records = [reader.read(path)[0] for path in found.files if reader.is_document(path)]
    documents = [record.document for record in records if record.document is not None]
    here = places(root)
    here.state.mkdir(exist_ok=True)
    album = read_album(documents, found, here, full=True, processes=1)
    broken = [record.path for record in records if record.document is None]
    return Site(documents, files=found.files, pictures=album, broken=broken, **values)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by path: two sites are the same when these are."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
