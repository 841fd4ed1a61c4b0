"""``./site serve``: the site on this machine only, built again at each change, its problems shown in the page."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from pathlib import Path
from secrets import randbelow
from typing import Any

from plugins.press.policy import Allowance, header_policy
from plugins.press.problems import PressError, Problem, render_text

HOST = "127.0.0.1"
_PREFIX = "/__press/"
_SCRIPT = Path(__file__).with_name("reload.js")
_BANNER = b"""
.press-errors, .press-warnings {padding: 1rem; font: 1rem/1.5 monospace; max-height: 40vh; overflow: auto}
.press-errors {background: #8a1c1c; color: #fff}
.press-warnings {background: #ffe08a; color: #000}
"""
_TYPES = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


class Board:
    """What the pages in the browser must know: the number of the last build, and its problems."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.version = randbelow(10**9)  # a page of the run before must see that this is another
        self.problems: tuple[Problem, ...] = ()

    def post(self, problems: Sequence[Problem]) -> None:
        """A build has ended: wake up every page."""
        with self._changed:
            self.version += 1
            self.problems = tuple(problems)
            self._changed.notify_all()

    def wait(self, version: int, timeout: float) -> int:
        """The version once it is no longer ``version``, or after ``timeout`` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, timeout)
            return self.version


class Server:
    """The web server of the preview, on the loopback interface only, in a thread of its own."""

    def __init__(self, folder: Path, port: int, board: Board, allowances: tuple[Allowance, ...] = ()) -> None:
        handler = partial(_Handler, board=board, allowances=allowances, directory=str(folder))
        try:
            self._server = _QuietServer((HOST, port), handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            message = f"le port {port} n'est pas libre ({reason}). En choisir un autre avec --port."
            raise PressError(message) from error
        self.url = f"http://{HOST}:{self._server.server_address[1]}/"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a page early is no event worth a traceback."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, board: Board, allowances: tuple[Allowance, ...], **kwargs: Any) -> None:
        self.board = board
        self.allowances = allowances
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        if self.headers.get("Host", "").rpartition(":")[0] not in {HOST, "localhost"}:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)  # a page of another site that points its name here
        elif self.path == f"{_PREFIX}events" and with_body:
            self._stream()
        elif self.path == f"{_PREFIX}reload.js":
            self._send(HTTPStatus.OK, _SCRIPT.read_bytes(), ".js", with_body=with_body)
        elif self.path == f"{_PREFIX}banner.css":
            self._send(HTTPStatus.OK, _BANNER, ".css", with_body=with_body)
        else:
            self._send_file(with_body=with_body)

    def _send_file(self, *, with_body: bool) -> None:
        path, mark, query = self.path.partition("?")
        found = Path(self.translate_path(path))
        if path.endswith("/"):
            found /= "index.html"
        elif found.is_dir():
            self._redirect(f"/{path.strip('/')}/{mark}{query}")
            return
        status = HTTPStatus.OK
        if not found.is_file():
            status, found = HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html"
        try:
            data = found.read_bytes()
        except OSError:
            status, data = (
                HTTPStatus.NOT_FOUND,
                b"<!doctype html><title>404</title><body>Le site n'est pas encore construit.</body>",
            )
        self._send(
            status,
            self._decorate(data) if found.suffix == ".html" else data,
            found.suffix,
            with_body=with_body,
        )

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, data: bytes, suffix: str, *, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(suffix) or self.guess_type(f"file{suffix}"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", header_policy(self.path, self.allowances))
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _decorate(self, page: bytes) -> bytes:
        """The page with the problems of the last build on top, and the script that reloads it."""
        script = f'<script src="{_PREFIX}reload.js" data-version="{self.board.version}"></script>'.encode()
        head, mark, tail = page.partition(b"<body")
        opening, end, rest = tail.partition(b">")
        return (
            head
            + mark
            + opening
            + end
            + _banner(self.board.problems)
            + rest.replace(b"</body>", script + b"</body>", 1)
        )

    def _stream(self) -> None:
        """Server-sent events: the number of each build as it ends (HTML standard §9.2)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        version = -1
        while True:
            now = self.board.wait(version, 15)
            _write_event(self.wfile, now)  # also when nothing changed: it tells whether anybody still listens
            version = now

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Silent: the terminal is for builds and problems."""


def _write_event(stream: BufferedIOBase, version: int) -> None:
    stream.write(f"data: {json.dumps(version)}\n\n".encode())
    stream.flush()


def _banner(problems: Sequence[Problem]) -> bytes:
    if not problems:
        return b""
    errors = any(problem.is_error for problem in problems)
    title = "Ces problèmes empêchent la publication : la page montre l'état d'avant." if errors else "Avertissements"
    lines = "".join(f"<li>{escape(render_text(problem))}</li>" for problem in problems)
    name = "press-errors" if errors else "press-warnings"
    sheet = f'<link rel="stylesheet" href="{_PREFIX}banner.css">'
    return f'<section role="alert" class="{name}">{sheet}<strong>{title}</strong><ul>{lines}</ul></section>'.encode()
