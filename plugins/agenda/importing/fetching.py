"""One partner's calendar, fetched: HTTPS, few redirects, bounded size and time, nothing again that has not changed."""

from __future__ import annotations

import http.client
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from plugins.agenda.importing.connecting import Network, connect
from plugins.agenda.importing.failures import SourceError

MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
_AGENT = "calendrier-commun/1 (iCalendar)"
_TOO_BIG = f"le calendrier dépasse {MAX_BYTES // 1024 // 1024} Mio. Demander au partenaire un calendrier plus court."


class Loaded(Struct, frozen=True):
    """The bytes of a calendar, and what the server wants to hear next time to answer « not changed »."""

    data: bytes
    etag: str = ""
    last_modified: str = ""


def fetch(url: str, kept: Loaded | None, network: Network) -> Loaded:
    """The calendar at an address; ``kept`` itself when the server says that it has not changed.

    Raises ``SourceError`` in French.
    """
    for _ in range(MAX_REDIRECTS + 1):
        found = _fetch_once(_split(url), kept, network)
        if isinstance(found, Loaded):
            return found
        try:
            url = urljoin(url, found)
        except ValueError:
            url = found
    raise SourceError(f"plus de {MAX_REDIRECTS} renvois d'une adresse à l'autre. Vérifier l'adresse.")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_right = bool(parts.hostname) and (parts.port or 443) > 0
    except ValueError:
        is_right, parts = False, SplitResult("", "", "", "", "")
    if not is_right or parts.scheme != "https" or parts.username is not None:
        raise SourceError(f"renvoi vers « {url[:200]} », qui n'est pas une adresse sûre (https) : je n'y vais pas.")
    return parts


def _fetch_once(parts: SplitResult, kept: Loaded | None, network: Network) -> Loaded | str:
    """The calendar, or the address to go to instead."""
    host, port = (parts.hostname or "").rstrip("."), parts.port or 443
    with connect(network, host, port) as connection:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers=_headers(kept))
        return _read(connection.getresponse(), kept)


def _read(response: http.client.HTTPResponse, kept: Loaded | None) -> Loaded | str:
    with response:
        if response.status == 304 and kept is not None:
            return kept
        if response.status in _REDIRECTS:
            return response.headers.get("Location") or ""
        _refuse_answer(response)
        data = response.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceError(_TOO_BIG)
        etag, modified = (_one_line(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
        return Loaded(data, etag, modified)


def _headers(kept: Loaded | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept": "text/calendar, */*;q=0.5", "Accept-Encoding": "identity"}
    if kept and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept and kept.last_modified:
        headers["If-Modified-Since"] = kept.last_modified
    return headers


def _refuse_answer(response: http.client.HTTPResponse) -> None:
    if response.status in {404, 410}:
        raise SourceError(f"il n'y a plus de calendrier à cette adresse ({response.status}). Voir avec le partenaire.")
    if response.status in {401, 403}:
        raise SourceError(f"le serveur ne veut pas donner ce calendrier ({response.status}). Le partenaire l'a fermé ?")
    if response.status != 200:
        raise SourceError(f"le serveur répond {response.status} au lieu du calendrier. Réessayer plus tard.")
    if response.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
        raise SourceError("le serveur envoie un calendrier compressé sans qu'on le demande. Prévenir le partenaire.")
    if (length := response.headers.get("Content-Length", "")).isdecimal() and int(length[:15]) > MAX_BYTES:
        raise SourceError(_TOO_BIG)


def _one_line(value: str | None) -> str:
    """What can be sent back in a header."""
    text = value or ""
    return text if text.isascii() and text.isprintable() and len(text) <= 200 else ""
