"""The facts of a certificate, as values.

Each is what the bytes say and nothing more: judgements live in `trust`. Text in these values is as the certificate
holds it and has not been made printable.
"""

from dataclasses import field
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where an element lies in the DER of its certificate. X.690 §8.1."""

    start: int
    """Offset of the identifier octet, in bytes from the start of the certificate."""

    header: int
    """Length of identifier and length octets, in bytes."""

    end: int
    """Offset after the last content octet."""

    tag: str
    """The ASN.1 type in words, as 'UTCTime' or '[3]'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the bytes that is not as the standard has it."""

    text: str
    """One sentence."""

    offset: int | None = None
    """Where in the certificate, in bytes from its start."""

    limit: bool = False
    """Whether it is more than is read here, which the text names the limit of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of a distinguished name. RFC 5280 §4.1.2.4."""

    oid: str
    """The attribute type, dotted."""

    name: str
    """Its short name as RFC 4514 has it ('CN'), or the dotted OID."""

    value: str
    """The value as text; `#` and hex where it is no string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A distinguished name. RFC 5280 §4.1.2.4."""

    der: bytes
    """The whole Name as encoded."""

    rdns: tuple[tuple[Attribute, ...], ...]
    """The relative names in the order of encoding, each a set of attributes."""

    rfc4514: str
    """The name as one string, most specific first. RFC 4514."""

    @property
    def common_name(self) -> str | None:
        """The last common name, which is the most specific one; None where there is none."""
        return next((a.value for rdn in reversed(self.rdns) for a in rdn if a.oid == "2.5.4.3"), None)

    @property
    def label(self) -> str:
        """What to call the holder in a few words: the common name, else organisation, else the whole name."""
        for oid in ("2.5.4.3", "2.5.4.11", "2.5.4.10"):
            for rdn in reversed(self.rdns):
                for attribute in rdn:
                    if attribute.oid == oid:
                        return attribute.value
        return self.rfc4514 or "(empty name)"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralName:
    """One name of a subject alternative name or a like list. RFC 5280 §4.2.1.6."""

    kind: str
    """DNS, IP, EMAIL, URI, DIRNAME, RID, X400, EDI, or OTHER."""

    value: str
    """The value as text: a host name, an address, an RFC 4514 string, or `<oid>` for OTHER."""

    def __str__(self) -> str:
        """The form that the JSON report has: `DNS:a.example`."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Algorithm:
    """An AlgorithmIdentifier. RFC 5280 §4.1.1.2."""

    oid: str
    """Dotted."""

    name: str
    """The name that the RFCs use ('ecdsa-with-SHA256'), or the dotted OID where it is not known."""

    hash: str | None
    """The hash function of a signature algorithm ('SHA256'), None where it has none of its own or isn't known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A SubjectPublicKeyInfo. RFC 5280 §4.1.2.7."""

    der: bytes
    """The whole SubjectPublicKeyInfo as encoded; empty where it could not be found."""

    oid: str
    """The key's algorithm, dotted."""

    algorithm: str
    """RSA, RSASSA-PSS, EC, ED25519, ED448, DSA, X25519, ML-DSA-65 …, or the dotted OID."""

    bits: int | None
    """The size of the key (modulus, field), None where it isn't known."""

    curve: str | None
    """The named curve of an EC key ('P-256')."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of the certificate tree: something the certificate says, with its bytes and its meaning."""

    id: str
    """Stable within a certificate: 'subject', 'validity.not_after', 'extensions.2.5.29.17.0'."""

    label: str
    """What the field is called: 'Not after'."""

    value: str
    """The whole value as one would copy it."""

    in_lines: bool = False
    """Whether it is several of our lines, as a list is; else it is one value, and a line end in it is a stranger's."""

    summary: str = ""
    """The value in one short line for the tree; empty means the value itself."""

    meaning: str = ""
    """One plain sentence: what this field is."""

    reference: str = ""
    """Where it is defined: 'RFC 5280 §4.1.2.5'."""

    span: Span | None = None
    """The bytes it was read from; None where it is derived, as a fingerprint is."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with its encoding."""

    children: "tuple[Field, ...]" = ()
    """What it consists of."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The value as lines of ours, in which strangers break none; one at least. Not yet made printable."""
        return tuple(self.value.split("\n")) if self.in_lines else (self.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One extension of a certificate. RFC 5280 §4.2."""

    oid: str
    """Dotted."""

    name: str
    """The name as the RFC has it ('subjectAltName'), or the dotted OID where it is not known."""

    critical: bool
    """Whether a client that does not know it must refuse the certificate."""

    der: bytes
    """The content of extnValue."""

    value: str
    """The decoded value as lines of ours, in which line ends of strangers stand as escapes; hex where the extension is
    not known."""

    span: Span | None
    """The bytes of the whole Extension."""

    problem: Problem | None
    """Why it could not be decoded in full."""

    fields: tuple[Field, ...]
    """The decoded parts, one each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicConstraints:
    """RFC 5280 §4.2.1.9."""

    ca: bool
    path_length: int | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Certificate:
    """One certificate, as bytes and as facts. RFC 5280 §4.1. Two are equal when their bytes are."""

    der: bytes
    """The certificate as it was sent."""

    sha256: str = field(compare=False)
    """SHA-256 of the DER, lower-case hex."""

    sha1: str = field(compare=False)
    """SHA-1 of the DER, lower-case hex."""

    spki_sha256: str = field(compare=False)
    """SHA-256 of the SubjectPublicKeyInfo, base64: the value that is pinned. RFC 7469 §2.4."""

    version: int | None = field(compare=False)
    """1 to 3 in the standard; whatever the bytes say plus one."""

    serial: int | None = field(compare=False)
    """The serial number, negative where the bytes are."""

    subject: Name = field(compare=False)
    issuer: Name = field(compare=False)
    not_before: datetime | None = field(compare=False)
    """The first moment of validity, aware and in UTC; None where it can't be read."""

    not_after: datetime | None = field(compare=False)
    """The last moment of validity, aware and in UTC; None where it can't be read."""

    san: tuple[GeneralName, ...] = field(compare=False)
    """The subject alternative names in their order; empty where there are none."""

    public_key: PublicKey = field(compare=False)
    signature_algorithm: Algorithm = field(compare=False)
    """The outer signatureAlgorithm."""

    signature: bytes = field(compare=False)
    """The signature's bits as bytes."""

    extensions: tuple[Extension, ...] = field(compare=False)
    """All extensions in their order, known or not, decodable or not."""

    problems: tuple[Problem, ...] = field(compare=False)
    """What is wrong with the encoding, in the order of the bytes."""

    basic_constraints: BasicConstraints | None = field(compare=False)
    key_usage: frozenset[str] | None = field(compare=False)
    """Names as RFC 5280 §4.2.1.3 has them ('digitalSignature'); None where the extension is absent or unreadable."""

    extended_key_usage: tuple[str, ...] | None = field(compare=False)
    """Dotted OIDs; None where the extension is absent or unreadable."""

    subject_key_id: bytes | None = field(compare=False)
    authority_key_id: bytes | None = field(compare=False)
    """The keyIdentifier of the authority key identifier."""

    ca_issuers: tuple[str, ...] = field(compare=False)
    """URIs of the authority information access extension where the issuer's certificate can be had."""

    ocsp_responders: tuple[str, ...] = field(compare=False)
    """URIs of the authority information access extension where the status can be asked."""

    must_staple: bool = field(compare=False)
    """Whether the TLS feature extension asks for status_request. RFC 7633."""

    limits: Limits = field(default=DEFAULTS, compare=False)
    """How much of it is read."""

    def __repr__(self) -> str:
        """Short: a fault's traceback shows every value on its way, and this one holds a whole certificate."""
        return f"<Certificate {self.sha256}>"

    @property
    def label(self) -> str:
        """What to call it in a few words: the subject's label, else its first alternative name."""
        if self.subject.rdns or not self.san:
            return self.subject.label
        return self.san[0].value

    @property
    def serial_hex(self) -> str:
        """The serial's magnitude in lower-case hex, whole bytes, no sign and no separators; empty where unreadable."""
        if self.serial is None:
            return ""
        digits = f"{abs(self.serial):x}"
        return digits.zfill(len(digits) + len(digits) % 2)

    @property
    def is_ca(self) -> bool:
        """Whether the basic constraints say that it may issue certificates."""
        return self.basic_constraints is not None and self.basic_constraints.ca

    @property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name, which names that can't be found never are. RFC 5280 §3.2."""
        return bool(self.subject.der) and self.subject.der == self.issuer.der
