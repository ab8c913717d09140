"""Clients made by others: the standard library's and the openssl command."""

import http.client
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tlsglass.demo.exhibits import Exhibit
from tlsglass.demo.folder import folder_of
from tlsglass.demo.zoo import Zoo
from tlsglass.x509.pem import to_pem

PATIENCE = 20.0
"""Seconds after which a test gives up; nothing waits that long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What `openssl s_client` saw."""

    output: str

    @property
    def verified(self) -> int:
        """The first verification error's code; 0 for none."""
        found = re.search(r"verify error:num=(\d+)", self.output)
        return int(found[1]) if found else 0

    @property
    def version(self) -> str:
        """The version that was agreed."""
        found = re.search(r"^New, (\S+), Cipher is", self.output, re.MULTILINE)
        assert found, self.output
        return found[1]

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates as sent, in DER."""
        blocks = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", self.output, re.DOTALL)
        return tuple(ssl.PEM_cert_to_DER_cert(block) for block in blocks)


@contextmanager
def ca_file_of(zoo: Zoo) -> Iterator[Path]:
    """The zoo's roots as a file, for those who take nothing else."""
    with folder_of({"ca.pem": "".join(map(to_pem, zoo.roots)).encode()}) as folder:
        yield folder / "ca.pem"


def exhibit_of(zoo: Zoo, id_: str) -> Exhibit:
    """The exhibit with an id."""
    exhibit = zoo.exhibit(f"{id_}.demo.test")
    assert exhibit is not None
    return exhibit


def address_of(zoo: Zoo, id_: str) -> tuple[str, int]:
    """Where an exhibit answers, as a socket address."""
    endpoint = exhibit_of(zoo, id_).endpoint
    assert endpoint is not None
    return endpoint.address, endpoint.port


def openssl_s_client(zoo: Zoo, id_: str, *options: str, level: int = 0, host: str | None = None) -> Seen:
    """Have the openssl command look at an exhibit, and judge it by the zoo's CA at a security level."""
    address, port = address_of(zoo, id_)
    name = host or f"{id_}.demo.test"
    with ca_file_of(zoo) as ca_file:
        result = subprocess.run(
            [
                *("openssl", "s_client", "-connect", f"{address}:{port}", "-servername", name),
                *("-CAfile", str(ca_file), "-no-CApath", "-no-CAstore", "-verify_hostname", name),
                *("-cipher", "DEFAULT@SECLEVEL=0", "-auth_level", str(level), "-showcerts", "-status", *options),
            ],
            input=b"",
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    return Seen(output=(result.stdout + result.stderr).decode("latin-1"))


def connect(zoo: Zoo, id_: str) -> socket.socket:
    """A TCP connection to an exhibit."""
    return socket.create_connection(address_of(zoo, id_), PATIENCE)


def secured(zoo: Zoo, id_: str, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
    """A TLS connection to an exhibit, verified by the zoo's CA unless a context says otherwise."""
    connection = connect(zoo, id_)
    try:
        return (context or verifying(zoo)).wrap_socket(connection, server_hostname=f"{id_}.demo.test")
    except OSError:
        connection.close()
        raise


def verifying(zoo: Zoo) -> ssl.SSLContext:
    """The standard library's usual settings with the zoo's CA."""
    return ssl.create_default_context(cadata=b"".join(zoo.roots))


def everything(connection: socket.socket) -> bytes:
    """All that is received until the other side closes."""
    received = b""
    while data := connection.recv(1 << 20):
        received += data
    return received


class HttpsClient(http.client.HTTPConnection):
    """The standard library's HTTP client, on an exhibit."""

    def __init__(self, zoo: Zoo, id_: str, context: ssl.SSLContext | None = None) -> None:
        super().__init__(f"{id_}.demo.test")
        self.sock = secured(zoo, id_, context)


def fetch(zoo: Zoo, id_: str, method: str = "GET", path: str = "/") -> tuple[http.client.HTTPResponse, bytes]:
    """One request and its whole answer."""
    client = HttpsClient(zoo, id_)
    try:
        client.request(method, path)
        response = client.getresponse()
        return response, response.read()
    finally:
        client.close()
