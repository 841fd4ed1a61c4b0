"""The preview, by real requests: what a server of static files would answer, with what the last build has to say."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from plugins.press.policy import header_policy
from plugins.press.problems import PressError, Problem
from plugins.press.serving import Board, Server
from tests import sites

PAGE = '<!doctype html><html lang="fr"><head><title>x</title></head><body class="a"><main>{}</main></body></html>'


class Preview:
    """A server that runs, and a browser that asks it."""

    def __init__(self, folder: Path) -> None:
        self.board = Board()
        self.server = Server(folder, 0, self.board)
        self.port = urlsplit(self.server.url).port
        self.server.start()

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response, body

    def page(self, path: str = "/") -> html.HtmlElement:
        return html.document_fromstring(self.ask(path)[1])

    def listen(self) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", "/__press/events")
        return connection.getresponse()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    files = {
        "index.html": PAGE.format("Accueil"),
        "404.html": PAGE.format("Page introuvable"),
        "agenda/index.html": PAGE.format("Agenda"),
        "vide/x.txt": "x",
        "robots.txt": "x",
        "été/index.html": PAGE.format("Été"),
    }
    root = sites.write(tmp_path_factory.mktemp("site"), {"secret.txt": "secret"})
    return sites.write(root / "output", files)


@pytest.fixture(scope="module")
def running(folder) -> Iterator[Preview]:
    """One server for all, for stopping takes it half a second."""
    found = Preview(folder)
    yield found
    found.server.stop()


@pytest.fixture
def preview(running) -> Preview:
    running.board.version, running.board.problems = 0, ()
    return running


# Files


@pytest.mark.parametrize(
    ("path", "said"), [("/", "Accueil"), ("/agenda/", "Agenda"), ("/agenda/?x=1", "Agenda"), ("/%C3%A9t%C3%A9/", "Été")]
)
def test_an_address_gives_its_page(path, said, preview):
    response, body = preview.ask(path)
    assert response.status == 200
    assert html.document_fromstring(body).cssselect("main")[0].text == said
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == len(body.encode())


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/rien/",
            "/rien",
            "/rien.css",
            "/robots.txt/",
            "/vide/",
            "/agenda/index.htm",
            "/%00",
            "/%C3%A9",
        ),
        *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/agenda/../../secret.txt", "//etc/passwd"),
    ],
)
def test_what_is_not_there_is_the_site_s_own_404(path, preview):
    response, body = preview.ask(path)
    assert response.status == 404
    assert html.document_fromstring(body).cssselect("main")[0].text == "Page introuvable"
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_before_the_first_build_there_is_nothing_to_see(tmp_path):
    preview = Preview(tmp_path / "absent")
    response, body = preview.ask("/")
    preview.server.stop()
    assert response.status == 404
    assert "Le site n'est pas encore construit." in body


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/agenda", "/agenda/"),
        ("/agenda?x=1", "/agenda/?x=1"),
        ("//agenda", "/agenda/"),
        ("/%C3%A9t%C3%A9", "/%C3%A9t%C3%A9/"),
    ],
)
def test_a_folder_is_asked_for_with_its_slash(path, address, preview):
    response, body = preview.ask(path)
    assert (response.status, response.headers["Location"], body) == (301, address, "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.rss.xml", "application/xml"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.jpg.480.avif", "image/avif"),
        ("a.jpg.480.webp", "image/webp"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("site.webmanifest", "application/manifest+json"),
        ("a.inconnu", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_ending(name, expected, folder, preview):
    (folder / name).write_text("x")
    response, body = preview.ask(f"/{name}")
    assert (response.status, response.headers["Content-Type"]) == (200, expected)
    assert "x" in body


def test_only_pages_are_decorated(folder, preview):
    preview.board.post([Problem(path="x.md", message="non.")])
    (folder / "a.svg").write_text("<svg><body></body></svg>")
    assert preview.ask("/a.svg")[1] == "<svg><body></body></svg>"


def test_head_gives_what_get_gives_without_its_body(preview):
    for path in ("/", "/rien/", "/__press/reload.js"):
        get, head = preview.ask(path), preview.ask(path, "HEAD")
        assert (head[0].status, head[0].headers["Content-Length"]) == (get[0].status, get[0].headers["Content-Length"])
        assert head[1] == ""


def test_nothing_can_be_sent(preview):
    assert preview.ask("/", "POST")[0].status == 501


# Who may ask


@pytest.mark.parametrize(
    "host", ["exemple.fr", "exemple.fr:8000", "127.0.0.1.exemple.fr:8000", "localhost.exemple.fr:1", "", "[::1]:80"]
)
def test_a_name_that_is_not_this_machine_s_is_refused(host, preview):
    for path in ("/", "/__press/events", "/__press/reload.js", "/rien/"):
        response, body = preview.ask(path, Host=host)
        assert response.status == 421
        assert "Accueil" not in body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_has_two_names(host, preview):
    assert preview.ask("/", Host=f"{host}:{preview.port}")[0].status == 200


def test_nobody_else_can_ask(preview):
    assert preview.server._server.server_address[0] == "127.0.0.1"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", preview.port), timeout=5)


@pytest.mark.parametrize("wrong", [None, 99999, -1])
def test_a_port_that_cannot_be_had_is_named(wrong, folder, preview):
    port = preview.port if wrong is None else wrong
    with pytest.raises(PressError, match=f"le port {port} n'est pas libre .*En choisir un autre avec --port"):
        Server(folder, port, Board())


def test_a_server_that_stopped_leaves_its_port(folder):
    first = Preview(folder)
    first.server.stop()
    second = Server(folder, first.port, Board())
    assert second.url == first.server.url
    second._server.server_close()


# What the last build has to say


def test_without_problems_a_page_has_only_the_script_more(folder, preview):
    preview.board.post([])
    page = preview.page()
    (script,) = page.cssselect("body > script:last-child")
    assert (script.get("src"), script.get("data-version")) == ("/__press/reload.js", "1")
    script.drop_tree()
    assert html.tostring(page) == html.tostring(html.document_fromstring((folder / "index.html").read_text()))


def test_problems_stand_on_top_of_every_page_as_text(preview):
    message = '« <script>alert(1)</script> & "rien" »'
    warning = Problem(path="content/b.md", message="bof.", severity="warning")
    preview.board.post([Problem(path="content/<i>a.md", line=4, column=8, field="title", message=message), warning])
    for path in ("/", "/agenda/", "/rien/"):
        page = preview.page(path)
        (banner,) = page.cssselect("body > section:first-child[role=alert]")
        assert (
            banner.cssselect("strong")[0].text
            == "Ces problèmes empêchent la publication : la page montre l'état d'avant."
        )
        lines = [item.text_content() for item in banner.cssselect("li")]
        assert lines == [f"content/<i>a.md:4:8: title : {message}", "content/b.md: avertissement : bof."]
        assert not banner.cssselect("script, i")


def test_the_banner_is_dressed_without_anything_inline(preview):
    preview.board.post([Problem(path="x.md", message="non.")])
    (sheet,) = preview.page().cssselect("[role=alert] link[rel=stylesheet]")
    response, body = preview.ask(sheet.get("href"))
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert f".{preview.page().cssselect('[role=alert]')[0].get('class')} {{background:" in body
    assert not preview.page().xpath("//*[@style] | //style | //script[not(@src)]")


def test_pages_come_with_the_policy_of_the_published_site(preview):
    for path in ("/", "/agenda/", "/rien/", "/robots.txt"):
        assert preview.ask(path)[0].headers["Content-Security-Policy"] == header_policy(path, ())


def test_warnings_alone_are_called_so(preview):
    preview.board.post([Problem(path="content/b.md", message="bof.", severity="warning")])
    assert preview.page().cssselect("[role=alert] strong")[0].text == "Avertissements"


def test_the_next_good_build_takes_the_problems_away(preview):
    preview.board.post([Problem(path="x.md", message="non.")])
    preview.board.post([])
    assert not preview.page().cssselect("[role=alert]")


# The browser is told


def test_the_script_listens_to_the_events(preview):
    response, body = preview.ask("/__press/reload.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert 'EventSource("/__press/events")' in body


def test_a_page_that_listens_is_told_of_each_build(preview):
    preview.board.post([])
    pages = [preview.listen(), preview.listen()]
    for version in (b"1", b"2", b"3"):
        for page in pages:
            assert page.headers["Content-Type"] == "text/event-stream"
            assert (page.readline(), page.readline()) == (b"data: %s\n" % version, b"\n")
        preview.board.post([])


def test_a_page_that_closed_troubles_nobody(preview):
    preview.listen().close()
    for _ in range(3):
        preview.board.post([])
    assert preview.ask("/")[0].status == 200


def test_waiting_ends_with_a_build_or_with_patience():
    board = Board()
    before = board.version
    assert board.wait(before, 0.01) == before
    board.post([])
    assert board.wait(before, 5) == before + 1
