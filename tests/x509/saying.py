"""Certificates, requests, lists and responses that say one text wherever they may say any, for tests of what it does.

The same with another text of as many bytes has the same shape, so that both can be compared line by line.
"""

from tests.x509.der_writer import (
    ALGORITHM,
    IA5,
    OCTET_STRING,
    PRINTABLE,
    SEQUENCE,
    SET,
    SPKI,
    UTC_TIME,
    UTF8,
    bit_string,
    certificate,
    extension,
    name,
    number,
    oid,
    seq,
    tlv,
)
from tlsglass.text import LINE_ENDS

_COMMON_NAME, _ORGANIZATION = "2.5.4.3", "2.5.4.10"
_LETTERS = {1: "_", 2: "é", 3: "日"}
"""A letter for each length in UTF-8; as a line end it is none of PrintableString's."""

_BEFORE = tlv(UTC_TIME, b"260101000000Z")


def harmless(text: str) -> str:
    """The same with a letter in place of each line end, of as many bytes."""
    return "".join(_LETTERS[len(each.encode())] if each in LINE_ENDS else each for each in text)


def _general_names(said: bytes) -> tuple[bytes, ...]:
    """Each kind of name that holds text. RFC 5280 §4.2.1.6."""
    named = name((_COMMON_NAME, UTF8, said))
    other = tlv(0xA0, oid("1.3.6.1.4.1.311.20.2.3"), tlv(0xA0, tlv(UTF8, said)))
    return tlv(0x81, said), tlv(0x82, said), tlv(0x86, said), tlv(0xA4, named), other


def _extensions(said: bytes) -> tuple[bytes, ...]:
    """One of each kind that holds text, and one of a kind that nobody knows."""
    text, ia5 = tlv(UTF8, said), tlv(IA5, said)
    names = _general_names(said)
    notice = seq(seq(text, seq(number(1))), text)
    policies = seq(oid("1.2.3"), seq(seq(oid("1.3.6.1.5.5.7.2.1"), ia5), seq(oid("1.3.6.1.5.5.7.2.2"), notice)))
    access = (seq(oid("1.3.6.1.5.5.7.48.1"), each) for each in names)
    full = seq(tlv(0xA0, tlv(0xA0, *names)))
    relative = seq(tlv(0xA0, tlv(0xA1, seq(oid(_COMMON_NAME), text))))
    subtrees = tuple(seq(each) for each in names)
    directory = seq(oid("2.5.4.12"), tlv(SET, text, text))
    disclosure = seq(oid("0.4.0.1862.1.5"), seq(seq(ia5, tlv(PRINTABLE, said))))
    countries = seq(oid("0.4.0.1862.1.7"), seq(tlv(PRINTABLE, said)))
    services = seq(oid("0.4.0.19495.2"), seq(seq(seq(oid("1.2.3"), text)), text, text))
    organization = seq(tlv(PRINTABLE, said), tlv(PRINTABLE, said), tlv(0x80, said), text)
    hashed = seq(seq(seq(oid("2.16.840.1.101.3.4.2.1")), tlv(OCTET_STRING, b"#")))
    logotype = seq(tlv(0xA1, tlv(0xA1, hashed, seq(ia5, ia5))))
    account = seq(tlv(0xA0, oid("1.3.6.1.4.1.311.25.2.1"), tlv(0xA0, tlv(OCTET_STRING, said))))
    return (
        extension("2.5.29.9", seq(directory)),
        extension("2.5.29.17", seq(*names)),
        extension("2.5.29.18", seq(*names)),
        extension("2.5.29.30", seq(tlv(0xA0, *subtrees), tlv(0xA1, *subtrees))),
        extension("2.5.29.31", seq(full, relative, seq(tlv(0xA2, *names)))),
        extension("2.5.29.32", seq(policies)),
        extension("2.5.29.35", seq(tlv(0xA1, *names))),
        extension("1.3.6.1.5.5.7.1.1", seq(*access)),
        extension("1.3.6.1.5.5.7.1.3", seq(disclosure, countries, services)),
        extension("1.3.6.1.5.5.7.1.12", logotype),
        extension("1.2.840.113549.1.9.15", seq(seq(oid("1.2.3"), text))),
        extension("1.3.6.1.4.1.311.20.2", text),
        extension("1.3.6.1.4.1.311.25.2", account),
        extension("2.16.840.1.113730.1.13", ia5),
        extension("2.23.140.3.1", organization),
        extension("1.2.3.4.5", seq(text, ia5)),
    )


def certificate_saying(text: str) -> bytes:
    """A certificate: its names, its last moment, and extensions of all kinds that hold text."""
    said = text.encode()
    subject = name((_COMMON_NAME, UTF8, said), (_ORGANIZATION, UTF8, said), ("1.2.3.4", UTF8, said))
    issuer = name((_COMMON_NAME, UTF8, said))
    return certificate(*_extensions(said), subject=subject, issuer=issuer, validity=seq(_BEFORE, tlv(UTC_TIME, said)))


def request_saying(text: str) -> bytes:
    """A request: its subject, attributes of one value and of several, and the names that it asks for. RFC 2986 §4."""
    said = text.encode()
    wanted = seq(extension("2.5.29.17", seq(*_general_names(said))))
    attributes = (
        seq(oid("1.2.840.113549.1.9.7"), tlv(SET, tlv(UTF8, said))),
        seq(oid("1.2.840.113549.1.9.2"), tlv(SET, tlv(UTF8, said), tlv(IA5, said), seq(tlv(UTF8, said)))),
        seq(oid("1.2.840.113549.1.9.14"), tlv(SET, wanted)),
    )
    signed = seq(number(0), name((_COMMON_NAME, UTF8, said)), SPKI, tlv(0xA0, *attributes))
    return seq(signed, ALGORITHM, bit_string(b"signed"))


def list_saying(text: str) -> bytes:
    """A revocation list: its issuer, where it is from, and an entry with a moment and an issuer. RFC 5280 §5.1."""
    said = text.encode()
    names = seq(*_general_names(said))
    entry = seq(number(7), tlv(UTC_TIME, said), seq(extension("2.5.29.29", names)))
    point = seq(tlv(0xA0, tlv(0xA0, *_general_names(said))))
    signed = seq(
        number(1),
        ALGORITHM,
        name((_COMMON_NAME, UTF8, said)),
        _BEFORE,
        tlv(UTC_TIME, said),
        tlv(SEQUENCE, entry),
        tlv(0xA0, seq(extension("2.5.29.28", point))),
    )
    return seq(signed, ALGORITHM, bit_string(b"signed"))


def response_saying(text: str) -> bytes:
    """An OCSP response: who it is from, its moments, and an extension of each part. RFC 6960 §4.2.1."""
    said = text.encode()
    hashing = seq(oid("2.16.840.1.101.3.4.2.1"))
    asked = seq(hashing, tlv(OCTET_STRING, b"name"), tlv(OCTET_STRING, b"key"), number(7))
    unknown = seq(extension("2.16.840.1.113730.1.13", tlv(IA5, said)))
    single = seq(asked, tlv(0x80), tlv(0x18, said), tlv(0xA1, unknown))
    responder = tlv(0xA1, name((_COMMON_NAME, UTF8, said)))
    data = seq(responder, tlv(0x18, said), seq(single), tlv(0xA1, unknown))
    basic = seq(data, ALGORITHM, bit_string(b"signed"))
    held = seq(oid("1.3.6.1.5.5.7.48.1.1"), tlv(OCTET_STRING, basic))
    return seq(tlv(0x0A, b"\0"), tlv(0xA0, held))
