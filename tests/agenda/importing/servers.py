"""A partner's server: HTTPS on this machine, with a certificate that only the test trusts."""

from __future__ import annotations

import http.server
import ipaddress
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from plugins.agenda.importing.connecting import Network

HOST = "agenda.exemple.fr"
HERE = ipaddress.ip_address("127.0.0.1")


class Server:
    """A server on this machine: path → what it does with the request; ``asked`` are the headers that came."""

    def __init__(self, certificate: Path) -> None:
        self.pages: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.certificate = certificate
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.handle_error = lambda *_: None  # those who hang up on purpose
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.port = self.http.server_port
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                server.pages[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def url(self, path: str = "/agenda.ics") -> str:
        return f"https://{HOST}:{self.port}{path}"

    def network(self, **values: object) -> Network:
        here = {"is_allowed": lambda address: address == HERE, "resolve": lambda _host, _port: ["127.0.0.1"]}
        return Network(**{"certificates": str(self.certificate), "seconds": 5} | here | values)


def make_certificate(folder: Path) -> Path:
    """Made for this run, by nobody that a browser knows."""
    file = folder / "server.pem"
    names = f"subjectAltName=DNS:{HOST},DNS:autre.exemple.fr"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=Essai", "-addext", names, "-keyout", str(file), "-out", f"{file}.crt"]
    command += ["-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


def answer(data: bytes = b"BEGIN:VCALENDAR", status: int = 200, **headers: str):
    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(data)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return handle
