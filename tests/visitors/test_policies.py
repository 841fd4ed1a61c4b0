"""The security policy at work in Chromium: who may frame a page, and the one page that runs WebAssembly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugins.press import policy
from plugins.press.policy import Allowance
from plugins.press.problems import Problem
from plugins.press.serving import Board, Server
from tests import sites, values
from tests.hosting import hosted
from tests.visitors import built

ALLOWANCES = (
    Allowance("/recherche/", sources=(("script-src", "'wasm-unsafe-eval'"),)),
    Allowance("/agenda/extrait/", framed=True),
)
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}"><link rel="icon" href="/icon.svg"><title>Essai</title>{}"""
WASM = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch((error) => console.error(error.name));"
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Iterator[str]:
    """Pages as the press makes them, by a host that obeys ``_headers``."""
    (headers,) = policy.build_outputs(ALLOWANCES)
    script = '<script src="/essai.js" defer></script>'
    inline = "<script>console.error('inline')</script><p style='color:red'>x</p>"
    inline += "<img src='https://ailleurs.example/x.png' alt=''>"
    bodies = {"/": script, "/recherche/": script, "/agenda/extrait/37/": "<p>Un extrait</p>", "/piege/": inline}
    files = {
        f"{url[1:]}index.html": PAGE.format(policy.page_policy(url, ALLOWANCES), body) for url, body in bodies.items()
    }
    folder = sites.write(tmp_path_factory.mktemp("ours"), {**files, "essai.js": WASM, "icon.svg": ICON})
    (folder / "_headers").write_bytes(values.press().render(headers))
    with hosted(folder) as address:
        yield address


@pytest.fixture(scope="module")
def theirs(ours, tmp_path_factory) -> Iterator[str]:
    """Pages of another host that frame ours."""
    frames = {"accueil": "/", "extrait": "/agenda/extrait/37/"}
    head = '<!doctype html><link rel="icon" href="/icon.svg"><title>Essai</title>'
    files = {f"{name}/index.html": f'{head}<iframe src="{ours}{url}"></iframe>' for name, url in frames.items()}
    folder = sites.write(tmp_path_factory.mktemp("theirs"), {**files, "icon.svg": ICON, "_headers": ""})
    with hosted(folder) as address:
        yield address


@pytest.fixture
def complaints(browser):
    def complaints(url: str) -> str:
        (visit,) = browser.ask("visit", [{"url": url, "audited": False}])
        return "\n".join(visit["looks"][0]["complaints"])

    return complaints


def test_only_the_page_that_asked_for_it_runs_webassembly(ours, complaints):
    assert complaints(f"{ours}/recherche/") == ""
    assert "CompileError" in complaints(f"{ours}/")


def test_partners_may_frame_an_extract_and_nothing_else(theirs, complaints):
    assert complaints(f"{theirs}/extrait/") == ""
    assert "X-Frame-Options" in complaints(f"{theirs}/accueil/")


def test_nothing_inline_runs_and_nothing_comes_from_elsewhere(ours, complaints):
    found = complaints(f"{ours}/piege/")
    for directive in ("script-src", "style-src", "img-src"):
        assert directive in found
    assert "inline\n" not in f"{found}\n".replace("execute inline", "").replace("apply inline", "")


def test_a_preview_keeps_to_it_too_with_its_banner_and_its_script(complaints):
    board = Board()
    board.post([Problem(path="content/blog/2026/un.md", line=2, column=1, message="non.")])
    server = Server(built.empty().folder, 0, board)
    server.start()
    try:
        assert complaints(f"{server.url}agenda/") == ""
    finally:
        server.stop()
