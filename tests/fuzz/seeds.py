"""Real material to start from: vectors of others, the zoo's sessions, Mozilla's list, and a little written by hand."""

import hashlib
import json
from base64 import b64encode
from functools import cache
from pathlib import Path

import certifi

from tests.fuzz.recording import recorded
from tests.x509 import der_writer as der
from tests.x509.certificate_vectors import by_name, file_names
from tests.x509.vectors import folder, vector, vector_der
from tlsglass.x509.containers.pem_blocks import blocks
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.decode import DECODERS
from tlsglass.x509.pem import certificates_in_pem
from tlsglass.x509.values import object_identifier

_LARGEST = 6_000
_KEPT = 12
_HASH = der.seq(der.seq(der.oid("2.16.840.1.101.3.4.2.1"), der.tlv(der.NULL)), der.tlv(der.OCTET_STRING, b"\1\2"))
_AT = der.tlv(der.IA5, b"https://a.example/logo")
_LOGO = der.tlv(0xA0, der.seq(der.seq(der.seq(der.tlv(der.IA5, b"image/svg+xml"), der.seq(_HASH), der.seq(_AT)))))

_BY_HAND: dict[str, bytes] = {
    "2.5.29.9": der.seq(der.seq(der.oid("1.3.6.1.5.5.7.9.4"), der.tlv(der.SET, der.tlv(der.PRINTABLE, b"DE")))),
    "2.5.29.56": der.tlv(der.NULL),
    "1.3.6.1.5.5.7.1.12": der.seq(der.tlv(0xA2, _LOGO), der.tlv(0xA1, der.tlv(0xA1, der.seq(_HASH), der.seq(_AT)))),
    "1.3.6.1.5.5.7.1.14": der.seq(der.number(2), der.seq(der.oid("1.3.6.1.5.5.7.21.1"), der.tlv(der.OCTET_STRING))),
    "1.3.6.1.5.5.7.1.31": der.tlv(der.OCTET_STRING, bytes(range(32))),
    "1.3.6.1.5.5.7.48.1.2": der.tlv(der.OCTET_STRING, bytes(16)),
    "1.3.6.1.5.5.7.48.1.6": der.tlv(der.GENERALIZED_TIME, b"20260101000000Z"),
    "1.3.6.1.5.5.7.48.1.9": der.tlv(der.NULL),
    "2.5.29.24": der.tlv(der.GENERALIZED_TIME, b"20260101000000Z"),
    "2.23.140.3.1": der.seq(
        der.tlv(der.PRINTABLE, b"VAT"), der.tlv(der.PRINTABLE, b"DE"), der.tlv(0x80, b"BY"), der.tlv(der.UTF8, b"1234")
    ),
    "1.2.840.113549.1.9.15": der.seq(
        der.seq(der.oid("2.16.840.1.101.3.4.1.42")), der.seq(der.oid("1.2.840.113549.3.2"), der.number(128))
    ),
    "1.3.6.1.4.1.311.21.1": der.number(0x10002),
    "1.3.6.1.4.1.311.21.2": der.tlv(der.OCTET_STRING, bytes(20)),
    "1.3.6.1.4.1.311.21.4": der.tlv(der.GENERALIZED_TIME, b"20260101000000Z"),
    "1.3.6.1.4.1.311.21.14": der.seq(der.seq(der.tlv(0xA0, der.tlv(0xA0, der.tlv(0x86, b"ldap:///CN=a"))))),
    "1.3.6.1.4.1.311.21.10": der.seq(der.seq(der.oid("1.3.6.1.5.5.7.3.1"))),
    "1.3.6.1.4.1.311.25.2": der.seq(
        der.tlv(
            0xA0, der.oid("1.3.6.1.4.1.311.25.2.1"), der.tlv(0xA0, der.tlv(der.OCTET_STRING, b"S-1-5-21-1-2-3-500"))
        )
    ),
}
"""Values of extensions that none of the files of others has."""


def _some(found: list[bytes], count: int) -> tuple[bytes, ...]:
    """As many, from all over the list, without those that are very long."""
    short = [data for data in dict.fromkeys(found) if len(data) <= _LARGEST]
    return tuple(short[:: max(1, len(short) // count)][:count])


@cache
def certificates() -> tuple[bytes, ...]:
    """Certificates of every kind."""
    of_zoo = [certificate for session in recorded().values() for certificate in session.certificates]
    mozilla = certificates_in_pem(Path(certifi.where()).read_bytes())
    special = [found for name, found in by_name().items() if not name.startswith("x509/PKITS")]
    return (*_some(special, 60), *_some(list(by_name().values()), 30), *_some(of_zoo, 25), *_some(list(mozilla), 8))


def _vectors(*patterns: str) -> list[bytes]:
    """The DER of files of others."""
    names = sorted(str(path.relative_to(folder())) for pattern in patterns for path in folder().glob(pattern))
    return [vector_der(name) for name in names if name.endswith((".der", ".pem"))]


@cache
def revocation_lists() -> tuple[bytes, ...]:
    """Revocation lists."""
    return _some(_vectors("x509/custom/crl_*.pem", "x509/custom/crl*.der", "x509/PKITS_data/crls/*.pem"), 40)


@cache
def ocsp_responses() -> tuple[bytes, ...]:
    """Answers of responders."""
    return _some(_vectors("x509/ocsp/resp-*.der"), 30)


@cache
def requests() -> tuple[bytes, ...]:
    """Certificate requests."""
    return _some(_vectors("x509/requests/*"), 20)


@cache
def public_keys() -> tuple[bytes, ...]:
    """SubjectPublicKeyInfo, of every algorithm that the certificates have."""
    found: dict[tuple[str, int], bytes] = {}
    for certificate in (*certificates(), *_vectors("asymmetric/*/*pub*.der", "asymmetric/*/*pub*.pem")):
        for element in all_elements(certificate):
            parts = element.children
            if [part.tag for part in parts] == ["SEQUENCE", "BIT STRING"] and parts[0].children:
                found.setdefault((parts[0].encoded.hex(), len(element.encoded)), element.encoded)
    return _some(list(found.values()), 40)


@cache
def algorithms() -> tuple[bytes, ...]:
    """AlgorithmIdentifiers, with parameters of every kind."""
    found = [
        element.encoded
        for one in (*certificates(), *requests())
        for element in all_elements(one)
        if element.tag == "SEQUENCE"
        and [child.tag for child in element.children[:1]] == ["OBJECT IDENTIFIER"]
        and len(element.children) <= 2
    ]
    return _some(found, 60)


@cache
def names() -> tuple[bytes, ...]:
    """Distinguished names."""
    found = [element.encoded for one in certificates() for element in all_elements(one) if _is_name(element)]
    return _some(found, 40)


@cache
def extension_values() -> dict[str, tuple[bytes, ...]]:
    """What extensions of each kind hold that is decoded here."""
    found: dict[str, list[bytes]] = {oid: [value] for oid, value in _BY_HAND.items()}
    for one in (*certificates(), *by_name().values(), *revocation_lists(), *ocsp_responses(), *requests()):
        for element in all_elements(one):
            oid, value = _extension(element)
            if oid in DECODERS:
                found.setdefault(oid, []).append(value)
    return {oid: _some(values, _KEPT) for oid, values in found.items()}


@cache
def files() -> tuple[bytes, ...]:
    """Files in which such things are kept."""
    wanted = ("pkcs7/", "pkcs12/", "x509/ed25519/", "x509/custom/ca/", "asymmetric/PKCS8/", "asymmetric/public/")
    names = [name for name in file_names() if name.startswith(wanted)]
    texts = [
        vector(f"x509/cryptography.io.{kind}.pem") for kind in ("chain_with_garbage", "with_headers", "old_header")
    ]
    return (
        *_some([vector(name) for name in names], 60),
        *texts,
        *_some(list(certificates()), 6),
        *_some(list(revocation_lists()), 3),
        *_some(list(ocsp_responses()), 3),
        *_some(list(requests()), 3),
        timestamps()[0],
    )


@cache
def pkcs12_files() -> tuple[bytes, ...]:
    """Bundles behind passwords, and some without."""
    return _some([vector(name) for name in file_names() if name.endswith(".p12")], 30)


@cache
def pkcs7_files() -> tuple[bytes, ...]:
    """Bundles without passwords, in DER."""
    found = [vector_der(name) for name in file_names() if name.startswith("pkcs7/")]
    return tuple(data[:60_000] for data in found)


@cache
def pem_files() -> tuple[bytes, ...]:
    """Text with blocks of base64."""
    found = [vector(name) for name in file_names() if name.endswith(".pem") and list(blocks(vector(name)))]
    return _some(found, 40)


@cache
def timestamps() -> tuple[bytes, ...]:
    """Lists of signed certificate timestamps."""
    found: list[bytes] = []
    for value in extension_values()["1.3.6.1.4.1.11129.2.4.2"]:
        found.extend(element.content for element in all_elements(value) if element.tag == "OCTET STRING")
    return tuple(dict.fromkeys(found))


@cache
def single_elements() -> tuple[bytes, ...]:
    """Elements of all types that the certificates have, a few of each."""
    found: dict[str, dict[bytes, None]] = {}
    for one in (*certificates(), *revocation_lists(), *ocsp_responses()):
        for element in all_elements(one):
            if not element.children:
                found.setdefault(element.tag, {})[element.encoded] = None
    return tuple(data for kind in found.values() for data in _some(list(kind), 6))


@cache
def answers() -> tuple[bytes, ...]:
    """HTTP answers: the zoo's, and forms that it does not have."""
    ok = b"HTTP/1.1 200 OK\r\n"
    return (
        *(session.answer for session in recorded().values() if session.answer),
        ok + b"Content-Length: 5\r\n\r\nhello",
        ok + b"Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
        ok + b"Content-Type: application/pkix-crl\r\n\r\nuntil the end",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ok + b"Content-Length: 1\r\n\r\nx",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.0 404 Not Found\r\n\r\nno",
        b"HTTP/1.1 302 Found\r\nLocation: http://b.test/x\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
    )


@cache
def log_list() -> bytes:
    """A list of logs in Chrome's format."""
    key = der.SPKI
    log = {
        "description": "A log",
        "log_id": b64encode(hashlib.sha256(key).digest()).decode(),
        "key": b64encode(key).decode(),
        "state": {"usable": {"timestamp": "2025-01-01T00:00:00Z"}},
        "temporal_interval": {"start_inclusive": "2026-01-01T00:00:00Z", "end_exclusive": "2026-07-01T00:00:00Z"},
    }  # fmt: skip
    operators = [{"name": "An operator", "logs": [log], "tiled_logs": []}]
    return json.dumps({"log_list_timestamp": "2026-11-01T00:00:00Z", "operators": operators}).encode()


def all_elements(data: bytes) -> list[Element]:
    """Every element in some bytes, also those that OCTET STRINGs hold."""
    found: list[Element] = []
    waiting = list(reversed(read(data).elements))
    while waiting:
        element = waiting.pop()
        found.append(element)
        inside = element.children
        if element.tag == "OCTET STRING" and element.content[:1] == b"\x30":
            inside = read(element.source, element.start + element.header, element.end).elements
        waiting.extend(reversed(inside))
    return found


def _extension(element: Element) -> tuple[str, bytes]:
    """The kind and the value of an Extension; neither where it is none."""
    tags = [child.tag for child in element.children]
    if tags[:1] != ["OBJECT IDENTIFIER"] or tags[-1:] != ["OCTET STRING"]:
        return "", b""
    try:
        return object_identifier(element.children[0]), element.children[-1].content
    except DecodeError:
        return "", b""


def _is_name(element: Element) -> bool:
    return element.tag == "SEQUENCE" and bool(element.children) and {child.tag for child in element.children} == {"SET"}
