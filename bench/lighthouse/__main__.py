"""Lighthouse on the association's own pages, on this machine: ``./site bench --lighthouse``.

Each sort of page five times, as on a phone of the middle range on a slow line. Not part of the tests: its speed is
that of the machine, and installing it takes a while.
"""

from __future__ import annotations

import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import browser, nodejs
from tests.hosting import hosted

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PAGES = (
    "/",
    "/blog/journee-nationale-ptce-et-citoyennete/",
    "/dossiers/locavores-a-table/",
    "/agenda/2017/03/",
    "/agenda/2017/11/rencontre-co-construction-territoriale/",
    "/rapports/2017/",
)
TITLES = ("perf.", "perf. 4×", "access.", "pratiques", "SEO", "FCP s", "LCP s", "TBT ms", "CLS", "Ko")


def main() -> int:
    """Build, serve, measure; 1 when a score is below 100, 3 when a page could not be measured."""
    if not nodejs.is_ready(FOLDER):
        nodejs.require_node()
        nodejs.install(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        site = f"http://127.0.0.1:{port}"
        command = [sys.executable, ROOT / "tasks.py", "build", "--output", f"{folder}/site"]
        conf = Path(folder, "pelicanconf.py")
        conf.write_text(_settings(site), encoding="utf-8")
        subprocess.run([*command, "--settings", conf], check=True, cwd=ROOT)
        with hosted(Path(folder, "site"), port) as address:
            measure = ["node", FOLDER / "measure.mjs", browser.find(), address, *PAGES]
            done = subprocess.run(measure, check=False, stdout=subprocess.PIPE, text=True, cwd=FOLDER)
    if done.returncode:
        return nodejs.ENVIRONMENT
    machine, *rows = [json.loads(line) for line in done.stdout.splitlines()]
    print(f"processor: index {machine['index']:.0f}, made {machine['slowdown']:.1f} times slower (« 4× »: four times)")
    print(_table(rows))
    return int(any(score < 100 for row in rows for score in row["scores"]))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _settings(site: str) -> str:
    """The association's own, at that address: pages name themselves by it."""
    own = runpy.run_path(os.fspath(ROOT / "pelicanconf.py"))
    places = {name: os.fspath(ROOT / own[name]) for name in ("PATH", "THEME", "LOOK") if own.get(name)}
    values = {name: value for name, value in own.items() if name.isupper()} | places | {"SITEURL": site}
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{'':60}" + "".join(f"{title:>10}" for title in TITLES)]
    for row in rows:
        fcp, lcp, blocked, shift, weight = row["metrics"]
        cells = [
            row["scores"][0],
            row["fixed"],
            *row["scores"][1:],
            f"{fcp / 1000:.2f}",
            f"{lcp / 1000:.2f}",
            f"{blocked:.0f}",
            f"{shift:.3f}",
            f"{weight / 1024:.0f}",
        ]
        lines.append(f"{row['path']!s:60}" + "".join(f"{cell:>10}" for cell in cells))
        lines += [f"  {failed}" for failed in row["failed"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
