"""`./site serve` as people use it: a process, a browser, and an editor beside it."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

from tests import sites

PATIENCE = 15
"""Seconds: far more than it takes, for a machine may be busy."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


class Preview:
    """The command, running on a project of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.streams: list[http.client.HTTPResponse] = []
        self.pages: list[http.client.HTTPConnection] = []
        self.log = root.parent / f"{self.port}.log"
        environ = {"PATH": os.environ["PATH"], "SITE_NOW": "2026-06-01T12:00"}
        command = [sys.executable, "-X", "utf8", "tasks.py", "serve", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=root, env=environ, stdout=log, stderr=log)

    def write(self, path: str, text: str) -> None:
        sites.write(self.root, {path: text})

    def get(self, path: str) -> bytes:
        """What is at an address; nothing while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            return b""
        finally:
            connection.close()

    def page(self, path: str = "/blog/un/") -> html.HtmlElement | None:
        found = self.get(path)
        return html.document_fromstring(found.decode()) if found else None

    def text(self, selector: str) -> str:
        """The text of an element of the article's page; nothing while nobody answers."""
        page = self.page()
        return "" if page is None else page.cssselect(selector)[0].text_content()

    def problems(self) -> list[str]:
        page = self.page()
        return [] if page is None else [item.text_content() for item in page.cssselect("[role=alert] li")]

    def listen(self) -> Callable[[], int]:
        """A page that listens: what it gives is the number of the next event, once it is there."""
        page = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.pages.append(page)
        page.request("GET", "/__press/events")
        stream = page.getresponse()
        self.streams.append(stream)

        def hear() -> int:
            number = int(stream.readline().removeprefix(b"data: "))
            assert stream.readline() == b"\n"
            return number

        return hear

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so; what the command said is shown when it never is."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def clear_away(self) -> None:
        for opened in (*self.streams, *self.pages):
            opened.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return sites.copy_project(tmp_path_factory.mktemp("apercu") / "site")


@pytest.fixture
def preview(project) -> Iterator[Preview]:
    shutil.rmtree(project / "content", ignore_errors=True)
    sites.write(project, {"content/blog/2026/un.md": sites.article("Un")})
    found = Preview(project)
    found.until(lambda: found.text("h1") == "Un")
    yield found
    found.clear_away()


def test_an_edit_shows_in_the_page_and_its_problems_until_they_are_mended(preview):
    hear = preview.listen()
    first = hear()
    assert preview.page().cssselect("script[data-version]")[-1].get("data-version") == str(first)

    preview.write("content/blog/2026/un.md", sites.article("Deux", slug="un"))
    preview.until(lambda: preview.text("h1") == "Deux")
    assert (second := hear()) > first

    preview.write("content/blog/2026/casse.md", "---\ntitle: Un : deux\n---\n")
    preview.until(lambda: preview.problems() != [])
    assert preview.problems()[0].startswith("content/blog/2026/casse.md:2:11: un deux-points dans la valeur")
    assert preview.text("h1") == "Deux"
    assert (third := hear()) > second

    (preview.root / "content/blog/2026/casse.md").unlink()
    preview.until(lambda: preview.problems() == [])
    assert hear() > third

    preview.write("themes/cresol/templates/article.html", "<h1>Un autre gabarit</h1>")
    preview.until(lambda: preview.text("h1") == "Un autre gabarit")
    shutil.copy(sites.ROOT / "themes/cresol/templates/article.html", preview.root / "themes/cresol/templates")

    assert preview.stop() == 0
    said = preview.log.read_text()
    assert said.endswith("\nArrêté.\n")
    assert "Traceback" not in said


def test_the_search_is_made_meanwhile_and_no_page_is_loaded_again_for_it(preview):
    def entry():
        return preview.get("/pagefind/pagefind-entry.json")

    preview.until(lambda: preview.page("/recherche/").cssselect("form"))
    first = entry()
    assert first.startswith(b"{")
    hear = preview.listen()
    hear()

    preview.write("content/blog/2026/un.md", sites.article("Trois", slug="un"))  # no title that was there before
    version = hear()
    assert preview.text("h1") == "Trois"
    preview.until(lambda: entry() != first)
    assert preview.page().cssselect("script[data-version]")[-1].get("data-version") == str(version)
    preview.until(lambda: "La recherche est à jour." in preview.log.read_text())


def test_a_change_of_settings_starts_it_afresh_on_the_same_port(preview):
    before = preview.listen()()
    sites.conf(preview.root, THEME="themes/cresol", SITENAME="Un autre nom")
    preview.until(lambda: "Un autre nom" in preview.text("title"))
    assert preview.listen()() != before
    assert preview.process.poll() is None


def test_addresses_are_those_of_the_preview(preview):
    links = preview.page("/").cssselect("link[rel=canonical], link[rel=alternate]")
    wholes = [link.get("href") for link in links if "://" in link.get("href")]
    assert [address for address in wholes if not address.startswith(f"http://127.0.0.1:{preview.port}/")] == []


def test_a_port_that_is_taken_is_status_3_with_what_to_do(project):
    sites.write(project, {"content/blog/2026/un.md": sites.article("Un")})
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "tasks.py", "serve", "--port", str(port)]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 3
    assert f"le port {port} n'est pas libre" in done.stderr
    assert "En choisir un autre avec --port." in done.stderr
