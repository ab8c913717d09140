"""What the server's handshake messages say, kept as they come. RFC 8446 §4, RFC 5246 §7.4."""

from tlsglass.limits import DEFAULTS, Limits
from tlsglass.tls import messages, names
from tlsglass.tls.messages import CertificateList, HandshakeType
from tlsglass.tls.model import CertificateEntry


class Facts:
    """What is known so far; the numbers are the protocol's, and `names` knows what they are called."""

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        self._limits = limits
        self.version: int | None = None
        self.cipher_suite: int | None = None
        self.group: int | None = None
        self.signature_scheme: int | None = None
        self.entries: tuple[CertificateEntry, ...] | None = None
        """The certificates in the order sent, each with what came along; None until they were read."""
        self.timestamps: bytes | None = None
        """The SignedCertificateTimestampList of a ServerHello before TLS 1.3. RFC 6962 §3.3.1."""
        self.certificates_left_out = ""
        """How many more certificates were sent than are kept, in a sentence; empty where none."""
        self.certificate_requested = False
        self.authorities: tuple[bytes, ...] = ()
        self.authorities_left_out = 0
        """How many more of them were named than are kept."""
        self.fatal_alert: int | None = None
        """The code of the alert by which the server ended the handshake."""

    @property
    def certificates(self) -> tuple[bytes, ...] | None:
        """The DER of the certificates in the order sent; None until they were read."""
        return None if self.entries is None else tuple(entry.certificate for entry in self.entries)

    def take(self, kind: int, body: bytes) -> tuple[str, str]:
        """Keep what a message says.

        Args:
            kind: the type of the handshake message.
            body: what stands in it.

        Returns:
            The message's name, and a word on what it says where there is one.

        Raises:
            HandshakeError: it can't be read (PEER_MISBEHAVED).
        """
        name = names.handshake_type_name(kind)
        detail = ""
        match kind:
            case HandshakeType.SERVER_HELLO:
                name, detail = self._take_server_hello(body)
            case HandshakeType.ENCRYPTED_EXTENSIONS:
                alpn = messages.read_encrypted_extensions(body)
                detail = "" if alpn is None else f"ALPN {alpn.decode('ascii', 'backslashreplace')}"
            case HandshakeType.CERTIFICATE:
                chain = messages.read_certificate(body, self.version or 0, self._limits.certificates)
                self.entries = chain.entries
                detail = self._chain_in_words(chain)
            case HandshakeType.SERVER_KEY_EXCHANGE:
                detail = self._take_server_key_exchange(body)
            case HandshakeType.CERTIFICATE_REQUEST:
                self.certificate_requested = True
                request = messages.read_certificate_request(body, self.version or 0)
                self.authorities = request.authorities
                self.authorities_left_out = request.named - len(request.authorities)
            case HandshakeType.CERTIFICATE_VERIFY:
                self.signature_scheme = messages.read_certificate_verify(body)
                detail = names.signature_scheme_name(self.signature_scheme)
            case _:
                pass
        return name, detail

    def _chain_in_words(self, chain: CertificateList) -> str:
        kept = len(chain.entries)
        words = "1 certificate" if chain.sent == 1 else f"{chain.sent:,} certificates"
        if chain.sent > kept:
            kept_only = f"only {kept:,} are kept {self._limits.short('certificates')}"
            self.certificates_left_out = f"The server sent {words}; {kept_only}."
            words += f", {kept_only}"
        if staples := sum(entry.ocsp_staple is not None for entry in chain.entries):
            words += f", {staples:,} OCSP staple{'' if staples == 1 else 's'}"
        if damaged := sum(entry.problem is not None for entry in chain.entries):
            words += f", extensions of {damaged:,} damaged"
        return words

    def _take_server_hello(self, body: bytes) -> tuple[str, str]:
        hello = messages.read_server_hello(body)
        self.version, self.cipher_suite, self.group = hello.version, hello.cipher_suite, hello.group
        self.timestamps = hello.timestamps
        words = [names.version_name(hello.version), names.cipher_suite(hello.cipher_suite).name]
        if hello.group is not None:
            words.append(names.group_name(hello.group))
        if hello.alpn is not None:
            words.append(f"ALPN {hello.alpn.decode('ascii', 'backslashreplace')}")
        return "hello_retry_request" if hello.retry else "server_hello", " ".join(words)

    def _take_server_key_exchange(self, body: bytes) -> str:
        key_exchange = names.cipher_suite(self.cipher_suite or 0).key_exchange
        exchange = messages.read_server_key_exchange(body, self.version or 0, key_exchange)
        self.group, self.signature_scheme = exchange.group, exchange.signature_scheme
        words = []
        if exchange.group is not None:
            words.append(names.group_name(exchange.group))
        if exchange.signature_scheme is not None:
            words.append(names.signature_scheme_name(exchange.signature_scheme))
        return " ".join(words)
