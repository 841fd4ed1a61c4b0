"""Fetching: over real HTTPS on this machine; only public addresses, bounded size and time, nothing twice."""

from __future__ import annotations

import http.server
import ipaddress
import threading
import time

import pytest

from plugins.agenda.importing import fetching
from plugins.agenda.importing.connecting import Network, is_public
from plugins.agenda.importing.failures import SourceError
from plugins.agenda.importing.fetching import Loaded, fetch
from tests.agenda.importing.servers import HOST, Server, answer


def refused(server: Server, path: str = "/agenda.ics", **network: object) -> str:
    with pytest.raises(SourceError) as caught:
        fetch(server.url(path), None, server.network(**network))
    return str(caught.value)


# What works


def test_a_calendar_is_read_over_https(server):
    server.pages["/agenda.ics?a=1"] = answer(b"BEGIN:VCALENDAR\r\n", ETag='"1"', Last_Modified="Mon, 01 Jun 2026")
    found = fetch(server.url("/agenda.ics?a=1"), None, server.network())
    assert found == Loaded(b"BEGIN:VCALENDAR\r\n", '"1"', "Mon, 01 Jun 2026")
    assert server.asked[0][1]["Host"] == f"{HOST}:{server.port}"


def test_what_has_not_changed_is_not_sent_again(server):
    kept = Loaded(b"connu", '"1"', "Mon, 01 Jun 2026 00:00:00 GMT")
    server.pages["/agenda.ics"] = answer(b"", 304)
    assert fetch(server.url(), kept, server.network()) is kept
    headers = server.asked[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (kept.etag, kept.last_modified)


def test_a_server_that_says_unchanged_without_being_asked_gives_nothing(server):
    server.pages["/agenda.ics"] = answer(b"", 304)
    assert refused(server) == "le serveur répond 304 au lieu du calendrier. Réessayer plus tard."


def test_redirects_are_followed_within_https(server):
    server.pages["/agenda.ics"] = answer(b"", 301, Location="/ailleurs")
    server.pages["/ailleurs"] = answer(b"", 302, Location=server.url("/fin").replace(HOST, "autre.exemple.fr"))
    server.pages["/fin"] = answer(b"trouve")
    assert fetch(server.url(), None, server.network()).data == b"trouve"


# Where it does not go


def test_a_redirect_to_http_is_refused(server):
    server.pages["/agenda.ics"] = answer(b"", 302, Location="http://exemple.fr/agenda.ics")
    refusal = "renvoi vers « http://exemple.fr/agenda.ics », qui n'est pas une adresse sûre (https) : je n'y vais pas."
    assert refused(server) == refusal


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "https://moi:secret@exemple.fr/", "https://", "https://[x/", ""]
)
def test_a_redirect_to_what_is_no_safe_address_is_refused(server, target):
    server.pages["/agenda.ics"] = answer(b"", 302, Location=target)
    assert "je n'y vais pas" in refused(server) or "renvois" in refused(server)


def test_a_redirect_to_a_private_address_is_refused_and_never_connected_to(server):
    server.pages["/agenda.ics"] = answer(b"", 302, Location=server.url("/secret").replace(HOST, "interne.exemple.fr"))
    where = {HOST: ["127.0.0.1"], "interne.exemple.fr": ["10.0.0.1"]}
    message = refused(server, resolve=lambda host, _port: where[host])
    assert message == "« interne.exemple.fr » mène à une adresse qui n'est pas publique (10.0.0.1) : je n'y vais pas."
    assert [path for path, _ in server.asked] == ["/agenda.ics"]


def test_this_machine_is_refused_by_the_network_that_the_command_uses(server):
    with pytest.raises(SourceError, match="pas publique"):
        fetch(f"https://127.0.0.1:{server.port}/agenda.ics", None, Network())
    assert server.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(server):
    """A name that changes its mind between two questions (DNS rebinding) is asked only once."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    server.pages["/agenda.ics"] = answer(b"trouve")
    assert fetch(server.url(), None, server.network(resolve=lambda *_: next(answers))).data == b"trouve"
    assert next(answers) == ["10.0.0.1"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(server):
    assert "pas publique" in refused(server, resolve=lambda *_: ["127.0.0.1", "192.168.1.1"])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1"),
    ],
)
def test_addresses_that_are_nobody_s_on_the_internet(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2a00:1450:4007:80e::200e", "::ffff:93.184.215.14"])
def test_addresses_that_are_public(address):
    assert is_public(ipaddress.ip_address(address))


def test_redirects_that_never_end_are_refused(server):
    server.pages["/agenda.ics"] = answer(b"", 302, Location="/agenda.ics")
    assert refused(server) == "plus de 3 renvois d'une adresse à l'autre. Vérifier l'adresse."
    assert len(server.asked) == 4


def test_a_name_that_nobody_knows_is_told(server):
    assert refused(server, resolve=lambda *_: []) == (
        f"le nom « {HOST} » est introuvable. Vérifier l'adresse, ou la connexion."
    )


def test_a_certificate_that_nobody_vouches_for_is_refused(server):
    assert refused(server, certificates=None).startswith("le certificat du serveur n'est pas valable (")
    assert server.asked == []


def test_a_certificate_of_another_name_is_refused(server):
    with pytest.raises(SourceError, match="certificat"):
        fetch(server.url().replace(HOST, "faux.exemple.fr"), None, server.network())


# What is too much


def test_a_calendar_of_fifty_megabytes_is_refused_without_being_read(server):
    sent = 0

    def flood(request: http.server.BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.end_headers()
        for _ in range(50):
            request.wfile.write(b"x" * 1024 * 1024)
            sent += 1

    server.pages["/agenda.ics"] = flood
    message = "le calendrier dépasse 10 Mio. Demander au partenaire un calendrier plus court."
    assert refused(server) == message
    server.pages["/agenda.ics"] = answer(b"x", Content_Length=str(50 * 1024 * 1024))
    assert refused(server) == message
    assert sent < 50


@pytest.mark.parametrize("slowly", ["silent", "dripping headers", "dripping body"])
def test_a_server_that_hangs_is_left_in_time(server, slowly):
    over = threading.Event()

    def hang(request: http.server.BaseHTTPRequestHandler) -> None:
        if slowly != "silent":
            request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if "body" in slowly else b"X: "))
        while not over.wait(0.05):
            request.wfile.write(b"" if slowly == "silent" else b"x")

    server.pages["/agenda.ics"] = hang
    started = time.perf_counter()
    message = refused(server, seconds=0.5)
    over.set()
    assert message == "le serveur n'a pas tout donné en 0.5 s. Réessayer plus tard."
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("status", "start"),
    [(404, "il n'y a plus de calendrier"), (403, "le serveur ne veut pas"), (500, "le serveur répond 500")],
)
def test_other_answers_are_told(server, status, start):
    server.pages["/agenda.ics"] = answer(b"BEGIN:VCALENDAR", status)
    assert refused(server).startswith(start)


def test_what_is_compressed_all_the_same_is_refused(server):
    server.pages["/agenda.ics"] = answer(b"\x1f\x8b", Content_Encoding="gzip")
    assert refused(server).startswith("le serveur envoie un calendrier compressé")


def test_a_connection_that_breaks_is_told(server):
    server.pages["/agenda.ics"] = lambda request: request.connection.close()
    assert refused(server).startswith("la connexion a échoué (")


def test_headers_that_could_not_be_sent_back_are_forgotten(server):
    server.pages["/agenda.ics"] = answer(ETag="x" * 5000)
    assert fetch(server.url(), None, server.network()).etag == ""


def test_the_limits_are_those_that_are_documented():
    assert (fetching.MAX_BYTES, fetching.MAX_REDIRECTS, Network().seconds) == (10 * 1024 * 1024, 3, 30)
