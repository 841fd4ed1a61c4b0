"""A host of static files: the built site, compressed for who asks, with the headers of its ``_headers``."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_TEXTS = {".css", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}
Rules = list[tuple[str, list[tuple[str, str]]]]
_TYPES = {
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def read_rules(text: str) -> Rules:
    """The form of Netlify and Cloudflare Pages: a pattern at the start of a line, its headers below it."""
    rules: Rules = []
    for line in filter(None, text.splitlines()):
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        else:
            assert line.startswith("/")
            assert "*" not in line[:-1]
            rules.append((line, []))
    return rules


def headers_for(path: str, rules: Rules) -> list[tuple[str, str]]:
    """All headers of all rules that match, the way of Cloudflare Pages: the hardest on pages."""
    return [
        header
        for pattern, headers in rules
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1]))
        for header in headers
    ]


@contextmanager
def hosted(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve the folder on this machine; the address, without a slash at its end."""
    rules = read_rules((folder / "_headers").read_text(encoding="utf-8"))
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, rules=rules, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | _TYPES

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, **kwargs)

    def send_head(self) -> Any:
        """Text is sent compressed, as hosts do."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        if path.suffix not in _TEXTS or not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def end_headers(self) -> None:
        for name, value in headers_for(self.path.partition("?")[0], self.rules):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *_: Any) -> None:
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Silent."""
