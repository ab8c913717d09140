"""The few places of a certificate that the path needs, found without reading the rest of it.

A store holds more than a hundred certificates, and for one path only two or three of them matter. Finding the subject
of each takes microseconds here; everything else is left to `x509.certificate`, for the certificates that matter.
"""

from functools import lru_cache

_SEQUENCE = 0x30
_VERSION = 0xA0
_LONG_FORM = 0x80
_UNIQUE_IDS = frozenset({0x81, 0x82, 0xA1, 0xA2})
"""The tags of the two unique identifiers, primitive and constructed."""

_LONGEST_LENGTH = 4
_SHORT_HEADER = 2
_BEFORE_SUBJECT = 4
"""serialNumber, signature, issuer and validity. RFC 5280 §4.1."""

_STRINGS = {12: "utf-8", 19: "latin-1", 20: "latin-1", 22: "latin-1", 26: "latin-1", 28: "utf-32-be", 30: "utf-16-be"}
"""How the character string types are read: UTF8, Printable, Teletex, IA5, Visible, Universal and BMPString."""

_Part = tuple[int, int, int, int]
"""An element's identifier octet, and the offsets of its start, its content and its end."""


def signed_part(der: bytes) -> bytes:
    """The TBSCertificate: the bytes that the issuer signed. RFC 5280 §4.1.1.1.

    Args:
        der: a certificate.

    Raises:
        ValueError: these bytes are no certificate.
    """
    _, start, _, end = _parts(der, *_sequence(der))[0]
    return der[start:end]


def signature_parameters(der: bytes) -> bytes:
    """The parameters of the signature algorithm as encoded; empty where there are none. RFC 5280 §4.1.1.2.

    Args:
        der: a certificate.

    Raises:
        ValueError: these bytes are no certificate.
    """
    parts = _parts(der, *_sequence(der))
    if len(parts) == 1:
        text = "The certificate has no signature algorithm."
        raise ValueError(text)
    _, _, content, end = parts[1]
    algorithm = _parts(der, content, end)
    return b"".join(der[start:stop] for _, start, _, stop in algorithm[1:])


def subject_of(der: bytes) -> bytes:
    """The subject's name as encoded. RFC 5280 §4.1.2.6.

    Args:
        der: a certificate.

    Raises:
        ValueError: these bytes are no certificate.
    """
    _, _, content, end = _parts(der, *_sequence(der))[0]
    parts = _parts(der, content, end)
    at = _BEFORE_SUBJECT + (parts[0][0] == _VERSION)
    if len(parts) <= at or parts[at][0] != _SEQUENCE:
        text = "The certificate has no subject."
        raise ValueError(text)
    return der[parts[at][1] : parts[at][3]]


def certificate_in(data: bytes) -> bytes:
    """The certificate that bytes begin with, without what follows it, such as the end of a line.

    Args:
        data: a file in DER.

    Raises:
        ValueError: these bytes are no certificate.
    """
    subject_of(data)
    return data[: _sequence(data)[1]]


def has_unique_ids(der: bytes) -> bool:
    """Whether a certificate has unique identifiers of its issuer or subject. RFC 5280 §4.1.2.8.

    Args:
        der: any bytes; where these are no certificate, there are none.
    """
    try:
        _, _, content, end = _parts(der, *_sequence(der))[0]
        return any(part[0] in _UNIQUE_IDS for part in _parts(der, content, end))
    except ValueError:
        return False


def key_bits(spki: bytes) -> bytes:
    """The bits of a public key, without the octet that counts the unused ones. RFC 5280 §4.1.2.7.

    Args:
        spki: a SubjectPublicKeyInfo.

    Raises:
        ValueError: these bytes are none.
    """
    parts = _parts(spki, *_sequence(spki))
    if len(parts) == 1:
        text = "The key has no bits."
        raise ValueError(text)
    _, _, content, end = parts[1]
    return spki[content + 1 : end]


def joined(tag: int, *parts: bytes) -> bytes:
    """Parts as one element of definite length. X.690 §8.1.

    Args:
        tag: the identifier octet.
        *parts: the content octets.
    """
    length = sum(map(len, parts))
    if length < _LONG_FORM:
        return b"".join((bytes((tag, length)), *parts))
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return b"".join((bytes((tag, _LONG_FORM + len(octets))), octets, *parts))


@lru_cache(maxsize=1024)
def matching_key(name: bytes) -> bytes:
    """A form of a name that is the same for names that match. RFC 5280 §7.1.

    As OpenSSL does, string types are not told apart, nor are ASCII letters by case, nor spaces by their number.

    Args:
        name: a Name as encoded.

    Returns:
        Bytes that are only good for being compared; the name itself where it can't be read.
    """
    try:
        return b"".join(relative_names(name)) or name
    except ValueError:
        return name


@lru_cache(maxsize=1024)
def relative_names(name: bytes) -> tuple[bytes, ...]:
    """The relative names of a name, each in a form that is the same for those that match. RFC 5280 §7.1.

    Args:
        name: a Name as encoded.

    Raises:
        ValueError: these bytes are none.
    """
    keys = []
    _, _, content, end = _part(name, 0, len(name))
    for _, _, relative, relative_end in _parts(name, content, end) if content != end else ():
        key = [b"/"]
        for _, _, attribute, attribute_end in _parts(name, relative, relative_end):
            (_, start, _, value), *rest = _parts(name, attribute, attribute_end)
            key.append(name[start:value])
            key.extend(_text_key(name, part) for part in rest)
        keys.append(b"".join(key))
    return tuple(keys)


def _text_key(name: bytes, part: _Part) -> bytes:
    tag, start, content, end = part
    encoding = _STRINGS.get(tag)
    if encoding is None:
        return name[start:end]
    text = b" ".join(name[content:end].decode(encoding).encode().lower().split())
    return b"%d:%b" % (len(text), text)


def _sequence(der: bytes) -> tuple[int, int]:
    """The offsets between which the parts of a certificate or a key lie."""
    tag, _, content, end = _part(der, 0, len(der))
    if tag != _SEQUENCE or content == end:
        text = "The bytes are no SEQUENCE."
        raise ValueError(text)
    return content, end


def _parts(data: bytes, start: int, end: int) -> list[_Part]:
    """The elements between two offsets; at least one."""
    parts = []
    while True:
        part = _part(data, start, end)
        parts.append(part)
        start = part[3]
        if start == end:
            return parts


def _part(data: bytes, start: int, end: int) -> _Part:
    """One element of definite length. X.690 §8.1.3."""
    content = start + _SHORT_HEADER
    if content > end:
        text = "An element is cut off."
        raise ValueError(text)
    length = data[start + 1]
    if length >= _LONG_FORM:
        octets = length - _LONG_FORM
        if not 0 < octets <= _LONGEST_LENGTH:
            text = "An element is of indefinite or impossible length."
            raise ValueError(text)
        length = int.from_bytes(data[content : content + octets])
        content += octets
    if content + length > end:
        text = "An element is longer than what holds it."
        raise ValueError(text)
    return data[start], start, content, content + length
