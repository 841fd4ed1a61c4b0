"""A page as a visitor's browser shows it once its scripts have run, at a moment and in a time zone of ours."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from lxml import html

from tests import debian, sites

STATIC = sites.ROOT / "themes/cresol/static"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CLOCK = """<script>{
  const Real = Date, now = Real.parse("%s");
  Date = class extends Real { constructor(...given) { super(...(given.length ? given : [now])); } };
  Date.now = () => now;
}</script>"""


def show(page: bytes, now: str, folder: Path, zone: str = "Europe/Paris", width: int = 1280) -> html.HtmlElement:
    """The page at that moment (ISO 8601 with its offset), in Chromium. ``folder`` is for what the browser keeps."""
    text, scripts = re.subn(r'src="/theme/(js/\w+)\.\w+\.js"', rf'src="{STATIC.as_uri()}/\1.js"', page.decode())
    assert scripts, "the page has no script"
    file = folder / "page.html"
    file.write_text(text.replace("<head>", "<head>" + _CLOCK % now), encoding="utf-8")
    command = [
        find(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--window-size={width},800",
        f"--user-data-dir={folder / 'profile'}",
    ]
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "TZ": zone}
    command += ["--virtual-time-budget=1000", "--dump-dom"]  # once its timers have run
    done = subprocess.run([*command, file.as_uri()], env=environ, capture_output=True, check=True)
    return html.document_fromstring(done.stdout.decode())


def find() -> str:
    """Where Chromium is."""
    return debian.program("chromium", *_NAMES)
