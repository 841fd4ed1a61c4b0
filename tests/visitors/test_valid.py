"""The Nu HTML checker on everything that is published: HTML, the SVG inside it and beside it, the style sheet."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests import debian, nodejs
from tests.visitors import built
from tests.visitors.conftest import heaviest, strange_pages

JAR = nodejs.FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"
OPTIONS = ("--format", "json", "--also-check-css", "--also-check-svg", "--skip-non-html")
MISREAD = "violates Content Security Policy (meta tag)"
"""From a file, the checker knows no host and takes the site's own files for strangers', and data blocks for scripts.
Chromium tells better."""
WRONG = '<!doctype html><html lang="fr"><title>Essai</title><p id="a" id="a"><center>Faux</center>'


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """Of one call for all sites, and one page that is wrong on purpose: where, how bad, what."""
    nodejs.prepare()
    wrong = tmp_path_factory.mktemp("faux") / "faux.html"
    wrong.write_text(WRONG, encoding="utf-8")
    pages = {*heaviest(built.extreme()).values(), *strange_pages()}
    files = [built.extreme().folder / url[1:] / "index.html" for url in sorted(pages) if url.endswith("/")]
    folders = [site().folder for site in (built.own, built.others, built.empty)]
    command = [debian.program("default-jre-headless", "java"), "-Xss2m", "-jar", JAR, *OPTIONS, wrong, *folders, *files]
    done = subprocess.run(command, capture_output=True, check=False)
    found = [(m["url"], m["type"], m["message"]) for m in json.loads(done.stderr)["messages"]]
    return [message for message in found if MISREAD not in message[2]]


def test_the_checker_finds_what_is_wrong(messages):
    found = [text for url, kind, text in messages if url.endswith("faux.html") and kind == "error"]
    assert any("Duplicate attribute" in text for text in found)
    assert any("center" in text for text in found)


def test_it_finds_nothing_in_what_is_published(messages):
    assert [message for message in messages if not message[0].endswith("faux.html")] == []
