"""A safe way to a partner's server: HTTPS only, to public addresses only, within a time that nothing can stretch."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from msgspec import Struct

from plugins.agenda.importing.failures import SourceError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Whether an address is somebody's on the internet: no private, loopback, link-local or reserved one.

    An IPv6 address that carries an IPv4 one is judged by that one too.
    """
    carried: list[IPAddress | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        carried = [address.ipv4_mapped, address.sixtofour, teredo[1] if teredo else None]
        if address in _NAT64:
            carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local:
            return False
    if inner := [each for each in carried if each is not None]:
        return all(map(is_public, inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Network(Struct, frozen=True, dict=True):
    """How the network is reached. Only tests change it: no option of the command leads here."""

    certificates: str | None = None
    is_allowed: Callable[[IPAddress], bool] = is_public
    resolve: Callable[[str, int], list[str]] = resolve
    seconds: float = 30

    @cached_property
    def context(self) -> ssl.SSLContext:
        """Servers are checked against the machine's own authorities."""
        return ssl.create_default_context(cafile=self.certificates)


class _Connection(http.client.HTTPSConnection):
    """A connection over a socket that is open already: http.client must not resolve the name a second time."""

    def __init__(self, host: str, port: int, opened: ssl.SSLSocket) -> None:
        super().__init__(host, port)
        self._opened = opened

    def connect(self) -> None:
        self.sock = self._opened


@contextmanager
def connect(network: Network, host: str, port: int) -> Iterator[http.client.HTTPSConnection]:
    """A connection to the host, at an address that was checked: the very one that is connected to.

    After ``network.seconds`` the socket is closed, however slowly the server still talks.
    """
    address = _find_address(network, host, port)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        opened = network.context.wrap_socket(
            socket.socket(family, socket.SOCK_STREAM), server_hostname=host, do_handshake_on_connect=False
        )
    except ValueError as error:
        raise SourceError(f"« {host} » n'est pas un nom de serveur. Vérifier l'adresse.") from error
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        with suppress(OSError):
            socket.socket.shutdown(opened, socket.SHUT_RDWR)

    timer = threading.Timer(network.seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        opened.settimeout(network.seconds)
        opened.connect((address, port))
        opened.do_handshake()
        yield _Connection(host, port, opened)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if expired.is_set():
            raise SourceError(_late(network)) from error
        raise SourceError(_explain(error, network)) from error
    finally:
        timer.cancel()
        opened.close()
    if expired.is_set():  # what was read until then is not the whole
        raise SourceError(_late(network))


def _late(network: Network) -> str:
    return f"le serveur n'a pas tout donné en {network.seconds:g} s. Réessayer plus tard."


def _find_address(network: Network, host: str, port: int) -> str:
    try:
        addresses = network.resolve(host, port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise SourceError(f"le nom « {host} » est introuvable. Vérifier l'adresse, ou la connexion.")
    for address in addresses:
        if not network.is_allowed(ipaddress.ip_address(address.partition("%")[0])):
            raise SourceError(f"« {host} » mène à une adresse qui n'est pas publique ({address}) : je n'y vais pas.")
    return addresses[0]


def _explain(error: Exception, network: Network) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"le certificat du serveur n'est pas valable ({error.verify_message}). Prévenir le partenaire."
    if isinstance(error, TimeoutError):
        return _late(network)
    if isinstance(error, ConnectionRefusedError):
        return "le serveur refuse la connexion. Vérifier l'adresse, ou réessayer plus tard."
    return f"la connexion a échoué ({str(error) or type(error).__name__}). Réessayer plus tard."
