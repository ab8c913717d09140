"""What some bytes are, by their shape and never by their name; what is not known is described."""

import re
from collections.abc import Callable
from enum import Enum

from tlsglass.text import beginning
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.values import object_identifier
from tlsglass.x509.walk import Header, header, opened


class Other(Enum):
    """Shapes of DER that are no item of themselves; the value says what they are."""

    PKCS7 = "a PKCS #7 bundle"
    PKCS12 = "a PKCS #12 file"
    ENCRYPTED_MESSAGE = "a CMS message that is no bundle of certificates, such as an encrypted one"
    OCSP_REQUEST = "an OCSP request"
    ATTRIBUTE_CERTIFICATE = "an attribute certificate"
    TIMESTAMP = "a time stamp (RFC 3161)"
    RSA_PUBLIC_KEY = "an RSA public key as PKCS #1 has it"


Shape = Kind | Other

_SEQUENCE, _INTEGER, _OID = "SEQUENCE", "INTEGER", "OBJECT IDENTIFIER"
_TIMES = frozenset({"UTCTime", "GeneralizedTime"})
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_NETSCAPE_SEQUENCE = "2.16.840.1.113730.2.5"
_CMS = re.compile(r"1\.2\.840\.113549\.1\.(7|9\.16\.1)\.\d+\Z")
_PKCS12_VERSION = b"\x03"
_SMALLEST_TIMESTAMP = 47
_RSA_NUMBERS = 9
_DSA_NUMBERS = 6
_REQUEST = [_INTEGER, _SEQUENCE, _SEQUENCE, "[0]"]
_UNSIGNED = 2
"""Elements of an OCSP request: itself, and the signature that few have."""

_STATUS = 3
_CERTIFICATE = re.compile(rb"\x30\x82..\x30\x82..\xa0\x03\x02\x01[\x00-\x02]\x02", re.DOTALL)
"""How nearly all certificates begin: up to the version, and the tag of the serial number."""

_WIDEST = 10
"""Elements of one level that are looked at."""

_MAGIC = (
    (b"\xfe\xed\xfe\xed", "a Java keystore (JKS)"),
    (b"\xce\xce\xce\xce", "a Java keystore (JCEKS)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF file"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
    (b"ssh-", "an OpenSSH public key"),
    (b"ecdsa-sha2-", "an OpenSSH public key"),
    (b"-----BEGIN PGP", "something of PGP's"),
    (b"<", "a web page or XML"),
    (b"{", "JSON"),
)
_SHOWN = 40
_LOOKED_AT = 4096
_ENCODED = re.compile(rb"[A-Za-z0-9+/=_-]{24,}\Z")
_TEXT = re.compile(rb"[\t\r\n -~\x80-\xff]*\Z")


def shape_of(der: bytes, start: int = 0) -> Shape | None:
    """What DER is; damage inside does not matter, as far as the shape can still be seen.

    Args:
        der: any bytes.
        start: where in them it begins.

    Returns:
        None where it has no shape that is known.
    """
    if _CERTIFICATE.match(der, start):
        return Kind.CERTIFICATE
    try:
        top = header(der, start, len(der), clip=True)
    except DecodeError:
        return None
    if top.tag == "OCTET STRING":
        return Kind.TIMESTAMP_LIST if is_timestamp_list(der[top.content : top.end]) else None
    inside = _children(der, top)
    if top.tag != _SEQUENCE or not inside:
        return None
    handler = _BY_FIRST.get(inside[0].tag)
    return handler(der, inside) if handler else None


def is_timestamp_list(data: bytes) -> bool:
    """Whether bytes are a SignedCertificateTimestampList. RFC 6962 §3.3.

    Args:
        data: any bytes.
    """
    if len(data) < _SMALLEST_TIMESTAMP or int.from_bytes(data[:2]) != len(data) - 2:
        return False
    position = 2
    while position < len(data):
        size = int.from_bytes(data[position : position + 2])
        position += 2
        if size < _SMALLEST_TIMESTAMP or data[position : position + 1] != b"\0":
            return False
        position += size
    return position == len(data)


def described(data: bytes) -> str:
    """What was seen in bytes that are nothing known, in a few words.

    Args:
        data: the bytes. What is repeated of them has not been made printable.
    """
    start = data.lstrip()
    if not start:
        return "nothing, it is empty"
    if not data.strip(b"\0"):
        return "nothing but zero bytes"
    known = next((what for magic, what in _MAGIC if start.startswith(magic)), None)
    if known is not None:
        return known
    return _text(start) if _TEXT.match(data[:_LOOKED_AT]) else _asn1(data)


def _text(start: bytes) -> str:
    line = start.partition(b"\n")[0].strip()
    if _ENCODED.match(line):
        return "text that looks like base64"  # it might be a damaged key, of which nothing is repeated
    return f"text that begins with '{beginning(line.decode('utf-8', 'backslashreplace'), _SHOWN)}'"


def _asn1(data: bytes) -> str:
    try:
        top = header(data, 0, len(data))
    except DecodeError:
        return f"bytes that begin with {data[:8].hex(' ')}"
    held = ", ".join(found.tag for found in _children(data, top)) or "nothing"
    return f"ASN.1 ({top.tag} of {held})" if top.constructed else f"ASN.1 ({top.tag})"


def _children(der: bytes, holder: Header) -> list[Header]:
    """The first children, the last one clipped where it is cut off."""
    found: list[Header] = []
    position = holder.content if holder.constructed else holder.end
    while position < holder.end and len(found) < _WIDEST:
        try:
            child = header(der, position, holder.end, clip=True)
        except DecodeError:
            break
        found.append(child)
        position = child.after
    return found


def _of_sequence(der: bytes, inside: list[Header]) -> Shape | None:
    """What begins with a SEQUENCE: an algorithm as keys have it, or a part that is signed."""
    tags = [found.tag for found in inside]
    inner = [found.tag for found in _children(der, inside[0])]
    if inner[:1] == [_OID]:
        return {"BIT STRING": Kind.PUBLIC_KEY, "OCTET STRING": Kind.PRIVATE_KEY}.get(tags[1]) if tags[1:] else None
    return next((shape for shape, fits in _SIGNED if fits(inner, tags)), None)


def _is_revocation_list(inner: list[str], _tags: list[str]) -> bool:
    """TBSCertList: the version may be left out. RFC 5280 §5.1."""
    after = inner[1:] if inner[:1] == [_INTEGER] else inner
    return after[:2] == [_SEQUENCE, _SEQUENCE] and after[2:3] != [] and after[2] in _TIMES


_SIGNED: tuple[tuple[Shape, Callable[[list[str], list[str]], bool]], ...] = (
    # CertificationRequestInfo, whose attributes some leave out. RFC 2986 §4.1
    (Kind.REQUEST, lambda inner, _: inner in (_REQUEST, _REQUEST[:3])),
    (Kind.REVOCATION_LIST, _is_revocation_list),
    # Requests are not signed as a rule, and have no number. RFC 6960 §4.1.1
    (
        Other.OCSP_REQUEST,
        lambda inner, tags: len(tags) <= _UNSIGNED and inner[:1] != [_INTEGER] and _INTEGER not in inner,
    ),
    (Kind.CERTIFICATE, lambda inner, _: inner[:1] == ["[0]"] or inner[:3] == [_INTEGER, _SEQUENCE, _SEQUENCE]),
    # AttributeCertificateInfo: the issuer is tagged. RFC 5755 §4.1
    (Other.ATTRIBUTE_CERTIFICATE, lambda inner, _: inner[:2] == [_INTEGER, _SEQUENCE] and "[0]" in inner),
    # TimeStampResp: a status of up to three parts, and a ContentInfo. RFC 3161 §2.4.2
    (
        Other.TIMESTAMP,
        lambda inner, tags: tags == [_SEQUENCE] * 2 and inner[:1] == [_INTEGER] and len(inner) <= _STATUS,
    ),
    # What is signed at all is taken for a certificate: its problems then say what it lacks.
    (Kind.CERTIFICATE, lambda _, tags: tags[1:3] == [_SEQUENCE, "BIT STRING"]),
)
"""The shapes of what begins with a SEQUENCE, the more certain ones first: tags in it, and tags beside it."""


def _of_content(der: bytes, inside: list[Header]) -> Shape | None:
    """What begins with an OID: ContentInfo. RFC 5652 §3."""
    oid = _oid(der, inside[0])
    if oid in {_SIGNED_DATA, _NETSCAPE_SEQUENCE}:
        return Other.PKCS7
    return Other.ENCRYPTED_MESSAGE if _CMS.match(oid) else None


def _of_numbers(der: bytes, inside: list[Header]) -> Shape | None:
    """What begins with an INTEGER: PFX and private keys. RFC 7292 §4, RFC 5958 §2, RFC 8017 §A.1, RFC 5915 §3."""
    tags = [found.tag for found in inside]
    version = der[inside[0].content : inside[0].end]
    if tags[1:2] == [_SEQUENCE]:
        held = _children(der, inside[1])
        if version == _PKCS12_VERSION and held and _oid(der, held[0]) and held[1:2]:
            return Other.PKCS12
        return Kind.PRIVATE_KEY if tags[2:3] == ["OCTET STRING"] else None
    if tags == [_INTEGER] * len(tags) and len(tags) in {_RSA_NUMBERS, _DSA_NUMBERS}:
        return Kind.PRIVATE_KEY
    if tags == [_INTEGER, _INTEGER]:
        return Other.RSA_PUBLIC_KEY
    return Kind.PRIVATE_KEY if tags[1:2] == ["OCTET STRING"] and version == b"\x01" else None


def _oid(der: bytes, found: Header) -> str:
    """The value of an OBJECT IDENTIFIER; empty where it is none."""
    if found.tag != _OID:
        return ""
    try:
        return object_identifier(opened(der, found, []))
    except DecodeError:
        return ""


def _of_status(_der: bytes, _inside: list[Header]) -> Shape:
    """What begins with an ENUMERATED: OCSPResponse. RFC 6960 §4.2.1."""
    return Kind.OCSP_RESPONSE


_BY_FIRST: dict[str, Callable[[bytes, list[Header]], Shape | None]] = {
    _SEQUENCE: _of_sequence,
    _OID: _of_content,
    "ENUMERATED": _of_status,
    _INTEGER: _of_numbers,
}
"""What looks further, by the first element."""
