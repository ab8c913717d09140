"""OpenSSL's client on memory, what it says to the server of the zoo, and its secrets, to say other things instead."""

import contextlib
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from tlsglass.demo.authority import Authority
from tlsglass.demo.presentations import Authorities, Presentation
from tlsglass.demo.presentations.model import leaf, present
from tlsglass.demo.tls13.connection import Connection, Identity
from tlsglass.demo.tls13.records import Protection
from tlsglass.demo.tls13.stream import identity_of
from tlsglass.tls.records import ContentType

HANDSHAKE_SECRET = "CLIENT_HANDSHAKE_TRAFFIC_SECRET"  # noqa: S105 - what the key log calls it
APPLICATION_SECRET = "CLIENT_TRAFFIC_SECRET_0"  # noqa: S105 - as above


@cache
def root() -> Authority:
    """Issues for all."""
    return Authority.root("Demo Root CA", at=datetime.now(UTC).replace(microsecond=0))


@cache
def presented() -> Presentation:
    """A site with a good staple for each of its certificates, the root's excepted."""
    by = Authorities.below(root())
    site = leaf(by.intermediate, "good")
    staples = (by.intermediate.staple(site.certificate), root().staple(by.intermediate.certificate))
    return present(site, by.intermediate, root(), staples=staples)


@cache
def identity() -> Identity:
    """The same as the server has it."""
    return identity_of(presented())


def root_pem() -> bytes:
    """The root of it."""
    return presented().chain[-1].public_bytes(Encoding.PEM)


class Client:
    """A client, and the server that it talks to."""

    def __init__(self, *, groups: str = "", status: bool = True, version: int = SSL.TLS1_3_VERSION) -> None:
        """Say nothing yet.

        Args:
            groups: a list as OpenSSL has it; the usual ones unless given.
            status: whether staples are asked for.
            version: the version that is offered.
        """
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_min_proto_version(version)
        context.set_max_proto_version(version)
        if groups:
            SSL._lib.SSL_CTX_set1_curves_list(context._context, groups.encode())  # type: ignore[attr-defined]
        self.staple = b""
        self.secrets: dict[str, bytes] = {}
        context.set_keylog_callback(self._note)
        if status:
            context.set_ocsp_client_callback(self._take_staple)
        self.openssl = SSL.Connection(context, None)
        self.openssl.set_tlsext_host_name(b"good.demo.test")
        self.openssl.set_alpn_protos([b"h2", b"http/1.1"])
        self.openssl.set_connect_state()
        if status:
            self.openssl.request_ocsp()
        self.server = Connection(identity())

    def says(self) -> bytes:
        """Go on with the handshake, as far as that is possible, and give what is to be sent."""
        with contextlib.suppress(SSL.WantReadError):
            self.openssl.do_handshake()
        try:
            return self.openssl.bio_read(1 << 20)
        except SSL.WantReadError:
            return b""

    def hears(self) -> bytes:
        """Take all that the server has said, and give it back."""
        said = bytes(self.server.outgoing)
        self.server.outgoing.clear()
        if said:
            self.openssl.bio_write(said)
        return said

    def shake(self) -> "Client":
        """Shake hands."""
        while not self.server.established:
            self.server.hear(self.says())
            self.hears()
        return self

    def shake_halfway(self) -> "Client":
        """Shake hands, but for what the client says last."""
        while APPLICATION_SECRET not in self.secrets:
            self.server.hear(self.says())
            self.hears()
            self.openssl_tries()
        return self

    def openssl_tries(self) -> None:
        """Have the client take what came, and keep its answer back."""
        with contextlib.suppress(SSL.WantReadError):
            self.openssl.do_handshake()

    def forge(self, kind: ContentType | int, content: bytes, *, secret: str = APPLICATION_SECRET) -> bytes:
        """A record as the client would seal it first under a secret."""
        return Protection(self.secrets[secret])._seal(content + bytes((kind,)))

    def _note(self, _connection: SSL.Connection, line: bytes) -> None:
        label, _, values = line.decode("ascii").partition(" ")
        self.secrets[label] = bytes.fromhex(values.rpartition(" ")[2])

    def _take_staple(self, _connection: SSL.Connection, staple: bytes, _data: object) -> bool:
        self.staple = staple
        return True
