"""One TLS session as a client, without a socket: bytes go in and come out, and somebody else carries them.

OpenSSL speaks the protocol on a memory BIO. A `Witness` hears the same bytes, so that the certificates are known as
soon as they were sent, even where the handshake then fails. A session serves one connection, from one thread.
"""

from collections.abc import Sequence
from dataclasses import replace

from OpenSSL import SSL, crypto

from tlsglass.errors import HandshakeError
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.tls import names, plaintext
from tlsglass.tls.afterwards import Afterwards
from tlsglass.tls.context import Collector, client_context
from tlsglass.tls.facts import Facts
from tlsglass.tls.failures import exchange_failure, handshake_failure
from tlsglass.tls.model import CertificateEntry, Direction, Handshake, HandshakeMessage
from tlsglass.tls.witness import Witness

_READ_SIZE = 1 << 14
"""Bytes of the largest record's content, of which OpenSSL hands out one at a time. RFC 8446 §5.1."""

_OUTGOING_SIZE = 1 << 16


class Session:
    """A session with one server, from its first byte to its last."""

    def __init__(
        self,
        *,
        server_name: str | None,
        alpn: tuple[str, ...] = ("http/1.1",),
        anchors: Sequence[crypto.X509] = (),
        limits: Limits = DEFAULTS,
    ) -> None:
        """Prepare a session; nothing is said before `handshake`.

        Args:
            server_name: the name to ask for, in ASCII; None leaves it out. RFC 6066 §3.
            alpn: the application protocols to offer, the preferred one first. RFC 7301.
            anchors: the certificates that OpenSSL's verification may end at.
            limits: how much of what the server says is taken.
        """
        self._server_name = server_name
        self._collector = Collector()
        self._afterwards = Afterwards(limits)
        self._witness = Witness(limits)
        context = client_context(self._collector, self._witness.keylog, alpn=alpn, anchors=anchors)
        context.set_info_callback(self._afterwards.told)
        self._connection = SSL.Connection(context, None)
        self._connection.set_connect_state()
        self._connection.request_ocsp()
        if server_name is not None:
            self._connection.set_tlsext_host_name(server_name.encode("ascii"))
        self._unsent = bytearray()
        self._reported = 0
        self._failure: HandshakeError | None = None
        self._done = False
        self._closed = False

    @property
    def certificates(self) -> tuple[bytes, ...] | None:
        """The DER of the certificates in the order sent; None until the server's Certificate message was read."""
        certificates = self._witness.facts.certificates
        if certificates is None and self._done:
            chain = self._connection.get_peer_cert_chain() or ()
            return tuple(crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate) for certificate in chain)
        return certificates

    @property
    def certificates_left_out(self) -> str:
        """How many more certificates were sent than are kept, in a sentence that names the limit; empty where none."""
        return self._witness.facts.certificates_left_out

    def incoming(self, data: bytes) -> None:
        """Take bytes that the server sent."""
        if data:
            self._witness.hear(Direction.RECEIVED, data)
            self._afterwards.arrived(data)
            self._connection.bio_write(data)

    def eof(self) -> None:
        """Take note that the server will send no more bytes."""
        self._connection.bio_shutdown()

    def outgoing(self) -> bytes:
        """The bytes that are to be sent now; empty where there are none."""
        self._collect_outgoing()
        data = bytes(self._unsent)
        self._unsent.clear()
        return data

    def handshake(self) -> bool:
        """Take the handshake as far as the bytes at hand allow.

        Returns:
            Whether it is finished; if not, send what is outgoing and come back with what is incoming.

        Raises:
            HandshakeError: it can't be finished. All that was seen before stays known, and the alert that is due
                to the server is outgoing.
        """
        if self._failure is not None:
            raise self._failure
        if self._done:
            return True
        try:
            self._done = self._advance()
        except HandshakeError as error:
            self._failure = error
            raise
        if self._done:
            self._afterwards.begin()
        return self._done

    def new_messages(self) -> tuple[HandshakeMessage, ...]:
        """The handshake messages, alerts and changes of cipher that passed since this was last asked."""
        messages = self._witness.messages
        new = messages[self._reported :]
        self._reported = len(messages)
        return new

    def result(self) -> Handshake:
        """What was agreed; only to be asked once the handshake is finished."""
        facts = self._witness.facts
        connection = self._connection
        openssl_cipher = connection.get_cipher_name() or ""
        suite = None if facts.cipher_suite is None else names.cipher_suite(facts.cipher_suite)
        return Handshake(
            version=connection.get_protocol_version_name(),
            cipher_suite=names.cipher_suite_name(openssl_cipher) if suite is None else suite.name,
            openssl_cipher=openssl_cipher,
            group=self._group(facts, suite),
            signature_algorithm=_signature_algorithm(facts, suite),
            alpn=connection.get_alpn_proto_negotiated().decode("ascii", "backslashreplace") or None,
            # Each session has a context of its own, so there is nothing that it could resume.
            resumed=False,
            server_name=self._server_name,
            client_certificate_requested=facts.certificate_requested,
            client_certificate_authorities=tuple(_name(authority) for authority in facts.authorities),
            client_certificate_authorities_left_out=facts.authorities_left_out,
            verification_errors=tuple(self._collector.verification_errors),
            verification_errors_left_out=self._collector.verification_errors_left_out,
            messages=self._witness.messages,
            entries=self._entries(facts),
        )

    def write(self, data: bytes) -> None:
        """Encrypt application data; it is outgoing then.

        Raises:
            ExchangeError: the session is broken or closed.
        """
        try:
            self._connection.sendall(data)
        except SSL.Error as error:
            raise self._exchange_failure(error) from error

    def read(self) -> bytes | None:
        """Decrypt application data.

        Returns:
            The next of it, None where more bytes must come in first, and b"" once the server said close_notify.
            Replies of the protocol's own may be outgoing then.

        Raises:
            ExchangeError: the server sent an alert, broke the protocol or sent too much beside the answer, or `eof` was
                called and it had not said close_notify (TRUNCATED).
        """
        try:
            data = self._connection.recv(_READ_SIZE)
        except SSL.WantReadError:
            self._afterwards.refuse_excess()
            return None
        except SSL.ZeroReturnError:
            return b""
        except SSL.Error as error:
            raise self._exchange_failure(error) from error
        self._afterwards.brought()
        return data

    def close(self) -> None:
        """Say close_notify, which is outgoing then, if there is still somebody to say it to. RFC 8446 §6.1."""
        if self._done and not self._closed:
            self._closed = True
            try:
                self._connection.shutdown()
            except SSL.Error:
                return  # The session broke before: then there is nothing left to say.

    def _advance(self) -> bool:
        if self._witness.not_tls:
            raise plaintext.not_tls(self._witness.opening)
        problem: SSL.Error | None = None
        done = False
        try:
            self._connection.do_handshake()
            done = True
        except SSL.WantReadError:
            pass
        except SSL.Error as error:
            problem = error
        self._witness.catch_up(Direction.RECEIVED)
        self._collect_outgoing()
        # What OpenSSL refuses comes before what there is too much of: it must not matter how the bytes were cut.
        if problem is not None:
            raise handshake_failure(problem, self._witness) from problem
        if self._witness.excess is not None:
            raise self._witness.excess
        return done

    def _collect_outgoing(self) -> None:
        while True:
            try:
                data = self._connection.bio_read(_OUTGOING_SIZE)
            except SSL.WantReadError:
                return
            self._witness.hear(Direction.SENT, data)
            self._unsent += data

    def _exchange_failure(self, error: SSL.Error) -> Exception:
        return exchange_failure(error, certificate_requested=self._witness.facts.certificate_requested)

    def _entries(self, facts: Facts) -> tuple[CertificateEntry, ...]:
        """What came along with each; before TLS 1.3 it came with the first in messages that are not its own."""
        if facts.entries and self._connection.get_protocol_version() == SSL.TLS1_3_VERSION:
            return facts.entries
        entries = facts.entries or tuple(CertificateEntry(certificate=each) for each in self.certificates or ())
        staple, timestamps = self._collector.ocsp_staple, facts.timestamps
        first = (replace(each, ocsp_staple=staple, timestamps=timestamps) for each in entries[:1])
        return (*first, *entries[1:])

    def _group(self, facts: Facts, suite: names.CipherSuite | None) -> str | None:
        if facts.group is not None:
            return names.group_name(facts.group)
        if suite is not None:
            return None
        openssl_name = self._connection.get_group_name()
        return None if openssl_name is None else names.group_name_from_openssl(openssl_name)


def _signature_algorithm(facts: Facts, suite: names.CipherSuite | None) -> str | None:
    """The scheme that the server signed with. Before TLS 1.2 the suite alone decides it. RFC 4346 §7.4.3."""
    if facts.signature_scheme is not None:
        return names.signature_scheme_name(facts.signature_scheme)
    if suite is None or suite.key_exchange not in {"DHE", "ECDHE"}:
        return None
    fixed = {"RSA": "rsa_pkcs1_md5_sha1", "ECDSA": "ecdsa_sha1", "DSS": "dsa_sha1"}
    return fixed.get(suite.authentication or "")


def _name(der: bytes) -> str:
    """A distinguished name as RFC 4514 has it; `#` and hex where it can't be read."""
    from tlsglass.x509 import der as encoding  # noqa: PLC0415 - few servers ask for a client certificate
    from tlsglass.x509.names import read_name  # noqa: PLC0415 - as above

    elements = encoding.read(der).elements
    name = read_name(elements[0], []).rfc4514 if len(elements) == 1 else ""
    return name or f"#{der.hex()}"
