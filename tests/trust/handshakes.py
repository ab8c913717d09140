"""Handshakes for the judge: made up, or with the errors that OpenSSL really gives for a chain."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import mldsa
from OpenSSL import SSL, crypto

from tests.trust.authority import NOW, Issued
from tlsglass.tls.model import CertificateEntry, Handshake, VerificationError
from tlsglass.trust.stores import Store

_NOT_FOR_HANDSHAKES = mldsa.MLDSA44PrivateKey | mldsa.MLDSA65PrivateKey | mldsa.MLDSA87PrivateKey
"""Keys that pyOpenSSL does not take."""

_NAMES = {
    2: "UNABLE_TO_GET_ISSUER_CERT",
    7: "CERT_SIGNATURE_FAILURE",
    9: "CERT_NOT_YET_VALID",
    10: "CERT_HAS_EXPIRED",
    18: "DEPTH_ZERO_SELF_SIGNED_CERT",
    19: "SELF_SIGNED_CERT_IN_CHAIN",
    20: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    21: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    25: "PATH_LENGTH_EXCEEDED",
    26: "INVALID_PURPOSE",
    32: "KEYUSAGE_NO_CERTSIGN",
    34: "UNHANDLED_CRITICAL_EXTENSION",
    47: "PERMITTED_VIOLATION",
    48: "EXCLUDED_VIOLATION",
    66: "EE_KEY_TOO_SMALL",
    68: "CA_MD_TOO_WEAK",
    79: "INVALID_CA",
}


def handshake(
    *, version: str = "TLSv1.3", entries: Sequence[CertificateEntry] = (), errors: Sequence[VerificationError] = ()
) -> Handshake:
    """A finished handshake of no particular kind."""
    return Handshake(
        version=version,
        cipher_suite="TLS_AES_128_GCM_SHA256",
        openssl_cipher="TLS_AES_128_GCM_SHA256",
        group="x25519",
        signature_algorithm="ecdsa_secp256r1_sha256",
        alpn=None,
        resumed=False,
        server_name=None,
        client_certificate_requested=False,
        client_certificate_authorities=(),
        verification_errors=tuple(errors),
        messages=(),
        entries=tuple(entries),
    )


def sent(
    certificate: Issued, *, staple: bytes | None = None, timestamps: bytes | None = None, problem: str | None = None
) -> CertificateEntry:
    """A certificate as it was sent, with what came along."""
    return CertificateEntry(certificate=certificate.der, ocsp_staple=staple, timestamps=timestamps, problem=problem)


def real_handshake(leaf: Issued, others: Sequence[Issued], store: Store, at: datetime = NOW) -> Handshake:
    """A finished handshake with all errors that OpenSSL finds, from one between two ends in memory.

    Args:
        leaf: the server's certificate and key.
        others: what it sends besides.
        store: the client's anchors.
        at: the moment for which OpenSSL verifies.
    """
    errors: list[VerificationError] = []

    def verified(_: SSL.Connection, certificate: crypto.X509, code: int, depth: int, __: int) -> bool:
        if code:
            der = crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)
            errors.append(VerificationError(code=code, name=_NAMES[code], depth=depth, certificate=der))
        return True

    client = SSL.Context(SSL.TLS_METHOD)
    client.set_cipher_list(b"ALL:@SECLEVEL=0")
    client.set_verify(SSL.VERIFY_PEER, verified)
    anchors = client.get_cert_store()
    assert anchors is not None
    anchors.set_time(at)
    anchors.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
    for anchor in store.anchors():
        anchors.add_cert(anchor)
    server = SSL.Context(SSL.TLS_METHOD)
    server.set_cipher_list(b"ALL:@SECLEVEL=0")
    server.use_certificate(leaf.certificate)
    assert not isinstance(leaf.key, _NOT_FOR_HANDSHAKES)
    server.use_privatekey(leaf.key)
    for other in others:
        server.add_extra_chain_cert(other.certificate)
    _shake_hands(SSL.Connection(client, None), SSL.Connection(server, None))
    return handshake(errors=errors)


def _shake_hands(client: SSL.Connection, server: SSL.Connection) -> None:
    client.set_connect_state()
    server.set_accept_state()
    ends = [(client, server), (server, client)]
    for own, other in ends * 4:
        with suppress(SSL.WantReadError):
            own.do_handshake()
        with suppress(SSL.WantReadError):
            other.bio_write(own.bio_read(1 << 20))
