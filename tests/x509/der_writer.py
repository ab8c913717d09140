"""DER written by hand, so that certificates can be made that no library would make."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

INTEGER, BIT_STRING, OCTET_STRING, NULL, OID, UTF8 = 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C
BOOLEAN, PRINTABLE, IA5, UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x01, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31
T61, BMP, UNIVERSAL, NUMERIC, VISIBLE = 0x14, 0x1E, 0x1C, 0x12, 0x1A

SAN_OID = "2.5.29.17"


def tlv(tag: int, *contents: bytes) -> bytes:
    """An element with a one-octet tag and its length in the shortest form."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def seq(*contents: bytes) -> bytes:
    """A SEQUENCE."""
    return tlv(SEQUENCE, *contents)


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    content = b""
    for arc in (first * 40 + second, *rest):
        octets = [arc & 0x7F]
        while arc := arc >> 7:
            octets.append(arc & 0x7F | 0x80)
        content += bytes(reversed(octets))
    return tlv(OID, content)


def number(value: int) -> bytes:
    """An INTEGER in its shortest form."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, signed=True))


def bit_string(content: bytes, unused: int = 0) -> bytes:
    """A BIT STRING."""
    return tlv(BIT_STRING, bytes([unused]), content)


def name(*attributes: tuple[str, int, bytes]) -> bytes:
    """A Name with one attribute in each relative name, as (type, string tag, content)."""
    return seq(*(tlv(SET, seq(oid(kind), tlv(tag, content))) for kind, tag, content in attributes))


def extension(dotted: str, value: bytes, *, critical: bytes = b"") -> bytes:
    """An Extension; critical is the encoded BOOLEAN where there is one."""
    return seq(oid(dotted), critical, tlv(OCTET_STRING, value))


ALGORITHM = seq(oid("1.2.840.10045.4.3.2"))
KEY = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
SPKI = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
VALIDITY = seq(tlv(UTC_TIME, b"260101000000Z"), tlv(UTC_TIME, b"260401000000Z"))
NAME = name(("2.5.4.3", UTF8, b"a.example"))


def certificate(  # noqa: PLR0913 - as many parts as a certificate has
    *extensions: bytes,
    version: bytes = tlv(0xA0, number(2)),
    serial: bytes = number(77),
    inner: bytes = ALGORITHM,
    issuer: bytes = NAME,
    validity: bytes = VALIDITY,
    subject: bytes = NAME,
    spki: bytes = SPKI,
    unique_ids: bytes = b"",
    algorithm: bytes = ALGORITHM,
    signature: bytes = bit_string(b"signed"),
    after: bytes = b"",
) -> bytes:
    """A certificate of the parts given, each of which may be nonsense."""
    block = tlv(0xA3, seq(*extensions)) if extensions else b""
    signed = seq(version, serial, inner, issuer, validity, subject, spki, unique_ids, block)
    return seq(signed, algorithm, signature) + after


def issued(
    *extensions: tuple[x509.ExtensionType, bool],
    subject: x509.Name | None = None,
    key: CertificatePublicKeyTypes | None = None,
) -> bytes:
    """A certificate made by the library cryptography."""
    own = subject or x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a.example")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .serial_number(0x4F1A9C)
        .not_valid_before(datetime(2026, 8, 22, 12, tzinfo=UTC))
        .not_valid_after(datetime(2026, 11, 20, 12, tzinfo=UTC))
        .public_key(key or KEY.public_key())
    )
    for value, critical in extensions:
        builder = builder.add_extension(value, critical)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
