"""Attacks with files: bombs, pipes, devices, and names that bite. RFC 7468, RFC 7292, RFC 5652."""

import base64
import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Unpack

from tests.attacks.attack import Attack, Bounds, Layer, Seen, Writing
from tests.attacks.bites import EVERYTHING, MARKUP
from tests.attacks.imitations import TEXTS
from tests.x509.der_writer import (
    ALGORITHM,
    GENERALIZED_TIME,
    NAME,
    NULL,
    OCTET_STRING,
    SAN_OID,
    SEQUENCE,
    SET,
    SPKI,
    UTF8,
    bit_string,
    certificate,
    extension,
    number,
    oid,
    seq,
    tlv,
)
from tests.x509.saying import certificate_saying, list_saying, request_saying, response_saying
from tlsglass.errors import Fault, Phase

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_DATA = "1.2.840.113549.1.7.1"


def _holding(content: Callable[[], bytes], name: str) -> Writing:
    def write(folder: Path, _open: ExitStack) -> Path:
        file = folder / name
        file.write_bytes(content())
        return file

    return write


def _pem(der: bytes, label: str = "CERTIFICATE") -> bytes:
    return f"-----BEGIN {label}-----\n".encode() + base64.encodebytes(der) + f"-----END {label}-----\n".encode()


def _pipe(folder: Path, _open: ExitStack) -> Path:
    os.mkfifo(folder / "pipe.pem")
    return folder / "pipe.pem"


def _device(_folder: Path, _open: ExitStack) -> Path:
    return Path("/dev/zero")


def _process(_folder: Path, _open: ExitStack) -> Path:
    return Path("/proc/self/mem")


def _sparse(folder: Path, _open: ExitStack) -> Path:
    file = folder / "sparse.pem"
    with file.open("wb") as opened:
        opened.truncate(1 << 40)
    return file


def _circle(folder: Path, _open: ExitStack) -> Path:
    (folder / "circle.pem").symlink_to(folder / "circle.pem")
    return folder / "circle.pem"


def _hundred_thousand_names() -> bytes:
    return _pem(certificate(extension(SAN_OID, seq(*(tlv(0x82, b"n%d.test" % n) for n in range(100_000))))))


def _biting() -> bytes:
    return (
        EVERYTHING.encode("utf-8", "surrogatepass")
        + b"\n"
        + _pem(certificate(), f"{MARKUP}\x1b[6n")
        + _pem(certificate())
    )


def _overfull() -> bytes:
    """A request, a response and a list with more in each than is read, and more damaged blocks than are told of."""
    moment = tlv(GENERALIZED_TIME, b"20260101000000Z")
    attributes = (seq(oid(f"1.2.3.{each}"), tlv(SET, tlv(UTF8, b"x"))) for each in range(70))
    request = seq(seq(number(0), NAME, SPKI, tlv(0xA0, *attributes)), ALGORITHM, bit_string(b"signed"))
    about = seq(seq(oid(_SHA256)), tlv(OCTET_STRING, bytes(32)), tlv(OCTET_STRING, bytes(32)), number(7))
    told = seq(tlv(0xA1, NAME), moment, seq(*[seq(about, tlv(0x80), moment)] * 1_010))
    brought = tlv(0xA0, seq(*[certificate()] * 70))
    basic = seq(told, ALGORITHM, bit_string(b"signed"), brought)
    response = seq(tlv(0x0A, b"\0"), tlv(0xA0, seq(oid("1.3.6.1.5.5.7.48.1.1"), tlv(OCTET_STRING, basic))))
    revoked = seq(*(seq(number(each + 1), moment) for each in range(1_010)))
    crl = seq(seq(number(1), ALGORITHM, NAME, moment, moment, revoked), ALGORITHM, bit_string(b"signed"))
    damaged = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n" * 60
    return _pem(request, "CERTIFICATE REQUEST") + _pem(response, "OCSP RESPONSE") + _pem(crl, "X509 CRL") + damaged


def _forged(text: str) -> bytes:
    """Documents that say it, and a damaged block whose label says it."""
    labelled = text.partition("\n")[0]
    return (
        _pem(certificate_saying(text))
        + _pem(request_saying(text), "CERTIFICATE REQUEST")
        + _pem(list_saying(text), "X509 CRL")
        + _pem(response_saying(text), "OCSP RESPONSE")
        + f"-----BEGIN {labelled}-----\n!\n-----END {labelled}-----\n".encode()
    )


def _nested_pkcs7(depth: int) -> bytes:
    inner = seq(oid(_DATA))
    for _ in range(depth):
        inner = seq(oid(_SIGNED_DATA), tlv(0xA0, seq(number(1), tlv(0x31), inner, tlv(0xA0), tlv(0x31))))
    return inner


def _nested_pkcs12(depth: int) -> bytes:
    """Bags in bags, beside one that is not. RFC 7292 §4.2."""
    bags = "1.2.840.113549.1.12.10.1"
    held = seq(oid("1.2.840.113549.1.9.22.1"), tlv(0xA0, tlv(OCTET_STRING, certificate())))
    inner = plain = seq(oid(f"{bags}.3"), tlv(0xA0, held))
    for _ in range(depth):
        inner = seq(oid(f"{bags}.6"), tlv(0xA0, seq(inner)))
    safe = seq(oid(_DATA), tlv(0xA0, tlv(OCTET_STRING, seq(plain, inner))))
    return seq(number(3), seq(oid(_DATA), tlv(0xA0, tlv(OCTET_STRING, seq(safe)))))


def _iterated_pkcs12() -> bytes:
    """A PKCS #12 file whose MAC takes a billion rounds. RFC 7292 §4."""
    rounds = number(1_000_000_000)
    salt = tlv(OCTET_STRING, bytes(8))
    scheme = seq(
        oid("1.2.840.113549.1.5.13"),
        seq(
            seq(oid("1.2.840.113549.1.5.12"), seq(salt, rounds)),
            seq(oid("2.16.840.1.101.3.4.1.42"), tlv(OCTET_STRING, bytes(16))),
        ),
    )
    safe = seq(oid("1.2.840.113549.1.7.6"), tlv(0xA0, seq(number(0), seq(oid(_DATA), scheme, tlv(0x80, bytes(64))))))
    content = seq(oid(_DATA), tlv(0xA0, tlv(OCTET_STRING, seq(safe))))
    digest = seq(seq(oid(_SHA256), tlv(NULL)), tlv(OCTET_STRING, bytes(32)))
    return seq(number(3), content, seq(digest, salt, rounds))


def _attack(id_: str, plays: str, writing: Writing, seen: Seen, **bounds: Unpack[Bounds]) -> Attack:
    bounds.setdefault("megabytes", 160)
    return Attack(id=id_, layer=Layer.FILES, plays=plays, file=writing, seen=seen, **bounds)


_BAD = Seen(phase=Phase.INPUT, fault=Fault.BAD_FILE)
_LARGE = Seen(phase=Phase.INPUT, fault=Fault.TOO_LARGE)
_READ = Seen()
_STOPPED = Seen(phase=Phase.INPUT, fault=Fault.CANCELLED)

ATTACKS = (
    _attack(
        "pem-bomb",
        "Holds 100,000 beginnings of PEM and no end.",
        _holding(lambda: b"-----BEGIN CERTIFICATE-----\n" * 100_000, "bomb.pem"),
        _BAD,
    ),
    _attack(
        "empty-blocks", "Holds 60,000 PEM blocks of nothing.", _holding(lambda: _pem(b"") * 60_000, "blocks.pem"), _BAD
    ),
    _attack(
        "10-thousand-certificates",
        "Holds 10,000 certificates.",
        _holding(lambda: _pem(certificate()) * 10_000, "many.pem"),
        _READ,
    ),
    _attack(
        "100-thousand-names",
        "Holds a certificate of 100,000 names.",
        _holding(_hundred_thousand_names, "names.pem"),
        _READ,
    ),
    _attack(
        "overfull-documents",
        "Holds documents with more in them than is read, and more damaged blocks than are told of.",
        _holding(_overfull, "overfull.pem"),
        Seen(says="There is more that could not be read and is not listed."),
    ),
    _attack("deep-file", "Nests 100,000 elements.", _holding(lambda: b"\x30\x80" * 100_000, "deep.der"), _BAD),
    _attack(
        "deep-pkcs12",
        "Holds a certificate in a bag, and another in bags in bags in bags.",
        _holding(lambda: _nested_pkcs12(10), "deep.p12"),
        Seen(says="those further in than 4 are not opened", certificates=1),
    ),
    _attack("deep-pkcs7", "Nests 300 PKCS #7 containers.", _holding(lambda: _nested_pkcs7(300), "deep.p7b"), _BAD),
    _attack(
        "nothing-but-null",
        "Holds 30 MB of NULL elements.",
        _holding(lambda: tlv(SEQUENCE, bytes([NULL, 0]) * 15_000_000), "null.der"),
        _BAD,
    ),
    _attack("line-file", "Holds one line of 30 MB.", _holding(lambda: b"A" * 30_000_000, "line.pem"), _BAD),
    _attack("sparse-file", "Is a terabyte of zeros.", _sparse, _LARGE),
    _attack("device", "Is a device that never ends.", _device, _LARGE),
    _attack("own-memory", "Is the memory of whoever reads it.", _process, _BAD),
    _attack("pipe", "Is a pipe that nobody writes to.", _pipe, _STOPPED, endless=True),
    _attack(
        "billion-rounds", "Wants a billion rounds for its password.", _holding(_iterated_pkcs12, "rounds.p12"), _LARGE
    ),
    _attack("circle", "Is a link to itself.", _circle, _BAD),
    *(
        _attack(
            f"file-forged-by-{kind}",
            f"Holds documents of every kind that imitate lines of ours by {kind.replace('-', ' ')}.",
            _holding(partial(_forged, text), f"forged-by-{kind}.pem"),
            _READ,
        )
        for kind, text in TEXTS.items()
    ),
    _attack(
        "biting-file",
        "Bites between its blocks, in their labels and in its name.",
        _holding(_biting, "bites [b]\x1b]0;PLANTED\x07\u202e.pem"),
        _READ,
    ),
)
