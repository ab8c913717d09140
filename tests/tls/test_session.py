"""The session against servers by OpenSSL, in memory: what is agreed, seen and verified."""

import gc
import weakref

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from OpenSSL import SSL, crypto

from tests.tls import pki, servers
from tlsglass.errors import Fault, HandshakeError
from tlsglass.limits import Limits
from tlsglass.tls import context
from tlsglass.tls.model import Direction, Handshake
from tlsglass.tls.session import Session
from tlsglass.tls.witness import Witness


def anchor(certificate: x509.Certificate) -> crypto.X509:
    """A certificate as OpenSSL's store takes it."""
    return crypto.X509.from_cryptography(certificate)


def agreed(
    connection: SSL.Connection, *, alpn: tuple[str, ...] = ("http/1.1",), anchors: tuple[crypto.X509, ...] = ()
) -> Handshake:
    """What a session agrees on with a server."""
    session = Session(server_name="host0.test", alpn=alpn, anchors=anchors)
    servers.shake(session, connection)
    return session.result()


@pytest.mark.parametrize(
    ("highest", "kind", "expected"),
    [
        (SSL.TLS1_VERSION, "rsa", ("TLSv1", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "x25519", "rsa_pkcs1_md5_sha1")),
        (SSL.TLS1_VERSION, "ec", ("TLSv1", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "x25519", "ecdsa_sha1")),
        (SSL.TLS1_1_VERSION, "dsa", ("TLSv1.1", "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", None, "dsa_sha1")),
        (
            SSL.TLS1_2_VERSION,
            "rsa",
            ("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "x25519", "rsa_pss_rsae_sha256"),
        ),
        (
            SSL.TLS1_2_VERSION,
            "ed25519",
            ("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "x25519", "ed25519"),
        ),
        (SSL.TLS1_3_VERSION, "rsa", ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "rsa_pss_rsae_sha256")),
        (SSL.TLS1_3_VERSION, "ec", ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "ecdsa_secp256r1_sha256")),
        (SSL.TLS1_3_VERSION, "ed25519", ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "ed25519")),
    ],
)
def test_each_version_and_key_is_seen(highest: int, kind: pki.Kind, expected: tuple[str, str, str | None, str]) -> None:
    """Names are IANA's, whatever OpenSSL calls them."""
    result = agreed(servers.server(pki.leaf(kind), highest=highest))
    assert (result.version, result.cipher_suite, result.group, result.signature_algorithm) == expected
    assert result.server_name == "host0.test"
    assert not result.resumed


def test_plain_rsa_key_exchange_has_neither_group_nor_signature() -> None:
    """RFC 5246 §7.4.3: the server sends no key exchange then."""
    result = agreed(servers.server(pki.leaf("rsa"), highest=SSL.TLS1_2_VERSION, ciphers=b"AES128-SHA:@SECLEVEL=0"))
    assert result.cipher_suite == "TLS_RSA_WITH_AES_128_CBC_SHA"
    assert result.openssl_cipher == "AES128-SHA"
    assert (result.group, result.signature_algorithm) == (None, None)


@pytest.mark.parametrize(
    "suite",
    [
        b"TLS_AES_128_GCM_SHA256",
        b"TLS_CHACHA20_POLY1305_SHA256",
        b"TLS_AES_128_CCM_SHA256",
        b"TLS_AES_128_CCM_8_SHA256",
    ],
)
def test_each_suite_of_tls_1_3_is_offered_and_can_be_looked_into(suite: bytes) -> None:
    """RFC 8446 §B.4: the certificates come from our own decryption, before OpenSSL has finished."""
    session = Session(server_name="host0.test")
    servers.shake(session, servers.server(setup=lambda c: c.set_tls13_ciphersuites(suite)))
    assert session.result().cipher_suite == suite.decode()
    assert session._witness.facts.certificates == (pki.leaf().der,)


def test_messages_of_tls_1_3() -> None:
    """RFC 8446 §2: what passes, in its order, encrypted from the ServerHello on."""
    result = agreed(servers.server())
    assert [(str(m.direction), m.name, m.encrypted) for m in result.messages] == [
        ("sent", "client_hello", False),
        ("received", "server_hello", False),
        ("received", "change_cipher_spec", False),
        ("received", "encrypted_extensions", True),
        ("received", "certificate", True),
        ("received", "certificate_verify", True),
        ("received", "finished", True),
        ("sent", "change_cipher_spec", False),
        ("sent", "finished", True),
    ]
    assert all(m.length >= 0 for m in result.messages)


def test_messages_of_tls_1_2() -> None:
    """RFC 5246 §7.3."""
    result = agreed(servers.server(highest=SSL.TLS1_2_VERSION))
    assert [m.name for m in result.messages] == [
        "client_hello",
        "server_hello",
        "certificate",
        "server_key_exchange",
        "server_hello_done",
        "client_key_exchange",
        "change_cipher_spec",
        "finished",
        "new_session_ticket",
        "change_cipher_spec",
        "finished",
    ]


def test_hello_retry_request() -> None:
    """RFC 8446 §4.1.4: the server wants another group than those that were guessed."""
    result = agreed(servers.server(setup=lambda c: c.set_tmp_ecdh(ec.SECP521R1())))
    assert result.group == "secp521r1"
    assert [m.name for m in result.messages].count("hello_retry_request") == 1
    assert [m.name for m in result.messages].count("client_hello") == 2


def test_messages_are_told_once() -> None:
    """What is new since the last question."""
    session = Session(server_name=None)
    assert session.new_messages() == ()
    session.handshake()
    assert [m.name for m in session.new_messages()] == ["client_hello"]
    assert session.new_messages() == ()
    servers.shake(session, servers.server())
    assert session.new_messages()[-1].direction is Direction.SENT


@pytest.mark.parametrize("highest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_certificates_are_known_as_soon_as_they_came(highest: int) -> None:
    """The tree is painted before the handshake is done."""
    session = Session(server_name=None)
    connection = servers.server(highest=highest)
    session.handshake()
    seen = [session.certificates]
    flight = servers.answer(connection, session.outgoing())
    for at in range(len(flight)):
        session.incoming(flight[at : at + 1])
        if session.handshake():
            break
        seen.append(session.certificates)
    assert seen[0] is None
    assert seen[-1] == (pki.leaf().der,)


def test_server_name_is_sent_or_left_out() -> None:
    """RFC 6066 §3."""
    named, nameless = servers.server(), servers.server()
    servers.shake(Session(server_name="host0.test"), named)
    session = Session(server_name=None)
    servers.shake(session, nameless)
    assert (named.get_servername(), nameless.get_servername()) == (b"host0.test", None)
    assert session.result().server_name is None


@pytest.mark.parametrize("highest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_alpn(highest: int) -> None:
    """RFC 7301: the server picks from what is offered."""
    offers: list[list[bytes]] = []

    def pick(_connection: SSL.Connection, offered: list[bytes]) -> bytes:
        offers.append(offered)
        return offered[-1]

    connection = servers.server(highest=highest, setup=lambda c: c.set_alpn_select_callback(pick))
    assert agreed(connection, alpn=("h2", "http/1.1")).alpn == "http/1.1"
    assert offers == [[b"h2", b"http/1.1"]]


def test_no_alpn_is_offered_where_none_is_wanted() -> None:
    """An empty list leaves the extension out, and a server without ALPN agrees on none."""
    connection = servers.server(setup=lambda c: c.set_alpn_select_callback(lambda _c, offered: offered[0]))
    assert agreed(connection, alpn=()).alpn is None
    assert agreed(servers.server()).alpn is None


@pytest.mark.parametrize("highest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_ocsp_staple(highest: int) -> None:
    """RFC 6066 §8: it comes as it was sent, good or bad."""
    root, leaf = pki.authority(), pki.leaf()
    staple = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=leaf.certificate,
            issuer=root.certificate,
            algorithm=hashes.SHA256(),
            cert_status=ocsp.OCSPCertStatus.REVOKED,
            this_update=pki.NOW,
            next_update=None,
            revocation_time=pki.NOW,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, root.certificate)
        .sign(pki.signing_key(root), hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    connection = servers.server(leaf, highest=highest, setup=lambda c: c.set_ocsp_server_callback(lambda *_: staple))
    assert [entry.ocsp_staple for entry in agreed(connection).entries] == [staple]
    assert [entry.ocsp_staple for entry in agreed(servers.server(highest=highest)).entries] == [None]


def test_every_verification_error_is_noted_and_none_ends_the_handshake() -> None:
    """A bad certificate is a finding, never an error."""
    expired = pki.leaf(expired=True)
    errors = agreed(servers.server(expired)).verification_errors
    assert [(e.code, e.name, e.depth, e.certificate) for e in errors] == [
        (20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 0, expired.der),
        (21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", 0, expired.der),
        (10, "CERT_HAS_EXPIRED", 0, expired.der),
    ]


def test_a_path_to_an_anchor_has_no_errors() -> None:
    """Anchors are handed in; one that is not self-signed ends a path too."""
    root, leaf = pki.authority(), pki.leaf()
    assert agreed(servers.server(), anchors=(anchor(root.certificate),)).verification_errors == ()
    assert agreed(servers.server(), anchors=(anchor(leaf.certificate),)).verification_errors == ()


def test_verification_errors_are_bounded_and_the_callback_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception there would end the handshake, and a hostile chain must not fill the memory."""
    monkeypatch.setattr(context, "MOST_VERIFICATION_ERRORS", 2)
    collector = context.Collector()
    connection, certificate = servers.server(), anchor(pki.leaf().certificate)
    assert collector.verify(connection, certificate, 10, 0, 0)

    def fail(*_: object) -> bytes:
        raise crypto.Error

    monkeypatch.setattr(crypto, "dump_certificate", fail)
    assert collector.verify(connection, certificate, 4711, 1, 0)
    assert collector.verify(connection, certificate, 10, 2, 0)
    assert collector.verify(connection, certificate, 0, 3, 1)
    assert [(e.name, e.depth, e.certificate) for e in collector.verification_errors] == [
        ("CERT_HAS_EXPIRED", 0, pki.leaf().der),
        ("4711", 1, b""),
    ]
    assert collector.verification_errors_left_out == 1


@pytest.mark.parametrize("highest", [SSL.TLS1_VERSION, SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_wish_for_a_client_certificate_is_told(highest: int) -> None:
    """RFC 8446 §4.3.2: with the authorities that the server would accept."""

    def wish(server_context: SSL.Context) -> None:
        server_context.set_verify(SSL.VERIFY_PEER, lambda *_: True)
        server_context.add_client_ca(pki.authority().certificate)

    result = agreed(servers.server(highest=highest, setup=wish))
    assert result.client_certificate_requested
    assert result.client_certificate_authorities == ("CN=Test Root",)
    assert result.client_certificate_authorities_left_out == result.verification_errors_left_out == 0
    plain = agreed(servers.server(highest=highest))
    assert not plain.client_certificate_requested
    assert plain.client_certificate_authorities == ()


def test_an_authority_that_is_no_name_stays_hex() -> None:
    """RFC 4514 §2.4 writes what it can't name as `#` and hex."""
    session = Session(server_name=None)
    servers.shake(session, servers.server())
    session._witness.facts.authorities = (b"\x04\x01x", b"", b"\x30\x00\x30\x00")
    assert session.result().client_certificate_authorities == ("#040178", "#", "#30003000")


def test_many_names_and_many_certificates() -> None:
    """500 names and 100 certificates are no hindrance."""
    big = pki.leaf(names=500)

    def lengthen(server_context: SSL.Context) -> None:
        for _ in range(99):
            server_context.add_extra_chain_cert(pki.authority().certificate)

    session = Session(server_name=None)
    servers.shake(session, servers.server(big, setup=lengthen))
    assert session.certificates == (big.der, *[pki.authority().der] * 99)


def test_what_the_onlooker_could_not_see_comes_from_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """If our own reading fails, nothing that matters is lost."""
    monkeypatch.setattr(Witness, "hear", lambda *_: None)
    session = Session(server_name=None)
    servers.shake(session, servers.server())
    result = session.result()
    assert session.certificates == (pki.leaf().der,)
    assert (result.version, result.cipher_suite, result.group) == (
        "TLSv1.3",
        "TLS_AES_256_GCM_SHA384",
        "X25519MLKEM768",
    )
    assert result.signature_algorithm is None
    rsa = Session(server_name=None)
    servers.shake(rsa, servers.server(pki.leaf("rsa"), highest=SSL.TLS1_2_VERSION, ciphers=b"AES128-SHA:@SECLEVEL=0"))
    assert rsa.result().group is None


def test_a_finished_handshake_stays_finished() -> None:
    """Asking again changes nothing."""
    session = Session(server_name=None)
    servers.shake(session, servers.server())
    assert session.handshake()
    assert session.outgoing() == b""


def test_a_flood_is_refused() -> None:
    """The bound on a handshake holds even where OpenSSL would go on."""
    session = Session(server_name=None, limits=Limits(handshake_bytes=100))
    with pytest.raises(HandshakeError) as caught:
        servers.shake(session, servers.server())
    assert caught.value.fault is Fault.TOO_LARGE


def test_nothing_that_hides_the_server_is_offered() -> None:
    """Anonymous, NULL, PSK and SRP suites show no certificate."""
    client_context = context.client_context(context.Collector(), lambda _line: None, alpn=(), anchors=())
    offered = SSL.Connection(client_context, None).get_cipher_list()
    assert "ECDHE-RSA-AES128-SHA" in offered
    assert not [name for name in offered if any(word in name for word in ("ADH", "AECDH", "NULL", "PSK", "SRP"))]


def test_a_session_leaves_the_memory() -> None:
    """A long sweep must not keep contexts of OpenSSL alive."""
    session = Session(server_name=None)
    servers.shake(session, servers.server())
    gone = weakref.ref(session._connection)
    del session
    gc.collect()
    assert gone() is None
