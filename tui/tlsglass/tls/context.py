"""What is offered to a server, as an OpenSSL context.

As much as possible, so that as many servers as possible show themselves, but nothing that hides who they are
(anonymous, NULL, PSK and SRP suites). The chain is verified and every error noted, and none ends the handshake.
"""

from collections.abc import Callable, Sequence

from OpenSSL import SSL, crypto

from tlsglass.limits import MOST_VERIFICATION_ERRORS
from tlsglass.tls.model import VerificationError
from tlsglass.tls.verification import verification_error_name

CIPHER_LIST = b"ALL:!aNULL:!eNULL:!PSK:!SRP:@SECLEVEL=0"
"""Security level 0 lets in SHA-1 signatures, RSA of 1024 bits and what else old servers have."""

TLS13_SUITES = (
    b"TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
    b":TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"
)


class Collector:
    """What OpenSSL tells through callbacks during a handshake."""

    def __init__(self) -> None:
        self.verification_errors: list[VerificationError] = []
        self.verification_errors_left_out = 0
        """How many more there were than are kept."""
        self.ocsp_staple: bytes | None = None

    def verify(
        self, _connection: SSL.Connection, certificate: crypto.X509, code: int, depth: int, accepted: int, /
    ) -> bool:
        """Note an error and let the handshake go on; an exception here would end it."""
        if accepted:
            return True
        if len(self.verification_errors) >= MOST_VERIFICATION_ERRORS:
            self.verification_errors_left_out += 1
        else:
            try:
                der = crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)
            except crypto.Error:
                der = b""
            self.verification_errors.append(
                VerificationError(code=code, name=verification_error_name(code), depth=depth, certificate=der)
            )
        return True

    def staple(self, _connection: SSL.Connection, response: bytes, _data: object) -> bool:
        """Note the stapled OCSP response and let the handshake go on. RFC 6066 §8."""
        self.ocsp_staple = response or None
        return True


def client_context(
    collector: Collector, keylog: Callable[[bytes], None], *, alpn: tuple[str, ...], anchors: Sequence[crypto.X509]
) -> SSL.Context:
    """A context for one session.

    Args:
        collector: hears of verification errors and the OCSP staple.
        keylog: hears each line of the key log; must not raise.
        alpn: the application protocols to offer, the preferred one first; none leaves the extension out.
        anchors: the certificates to trust; each of them ends a path, self-signed or not.
    """
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_cipher_list(CIPHER_LIST)
    context.set_tls13_ciphersuites(TLS13_SUITES)
    context.set_options(SSL.OP_LEGACY_SERVER_CONNECT)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_verify(SSL.VERIFY_PEER, collector.verify)
    context.set_ocsp_client_callback(collector.staple)
    context.set_keylog_callback(lambda _connection, line: keylog(line))
    if alpn:
        context.set_alpn_protos([protocol.encode("ascii") for protocol in alpn])
    store = context.get_cert_store()
    if store is not None and anchors:
        store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
        for anchor in anchors:
            store.add_cert(anchor)
    return context
