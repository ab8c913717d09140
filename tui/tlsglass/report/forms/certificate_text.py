"""A certificate as text in the shape that `openssl x509 -text` has made familiar.

It is written from our own facts, so that it is there also for what OpenSSL refuses. Values of extensions read as they
do everywhere in this program.
"""

from collections.abc import Iterator
from datetime import datetime

from tlsglass.report.forms.names import comma_separated
from tlsglass.text import printable
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field

_PER_LINE = 18
_LONGEST_DECIMAL = 8
_EXTENSIONS = {
    "2.5.29.9": "X509v3 Subject Directory Attributes",
    "2.5.29.14": "X509v3 Subject Key Identifier",
    "2.5.29.15": "X509v3 Key Usage",
    "2.5.29.17": "X509v3 Subject Alternative Name",
    "2.5.29.18": "X509v3 Issuer Alternative Name",
    "2.5.29.19": "X509v3 Basic Constraints",
    "2.5.29.30": "X509v3 Name Constraints",
    "2.5.29.31": "X509v3 CRL Distribution Points",
    "2.5.29.32": "X509v3 Certificate Policies",
    "2.5.29.35": "X509v3 Authority Key Identifier",
    "2.5.29.37": "X509v3 Extended Key Usage",
    "1.3.6.1.5.5.7.1.1": "Authority Information Access",
    "1.3.6.1.4.1.11129.2.4.2": "CT Precertificate SCTs",
    "1.3.6.1.4.1.11129.2.4.3": "CT Precertificate Poison",
    "1.3.6.1.5.5.7.1.24": "TLS Feature",
}
"""What OpenSSL calls extensions; others go by the name of the standard."""


def certificate_text(certificate: Certificate) -> str:
    """The whole certificate.

    Args:
        certificate: any, also one of which little could be read.
    """
    return "".join(f"{_shown(line)}\n" for line in _lines(certificate))


def _shown(line: str) -> str:
    """A line whose indent stays: many blanks within it are a stranger's."""
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + printable(text, limit=len(text))


def _lines(c: Certificate) -> Iterator[str]:
    unreadable = "(unreadable)"
    algorithm = c.signature_algorithm.name or unreadable
    yield "Certificate:"
    yield "    Data:"
    yield f"        Version: {unreadable if c.version is None else f'{c.version} ({c.version - 1:#x})'}"
    yield from _serial(c)
    yield f"        Signature Algorithm: {algorithm}"
    yield f"        Issuer: {comma_separated(c.issuer)}"
    yield "        Validity"
    yield f"            Not Before: {_moment(c.not_before)}"
    yield f"            Not After : {_moment(c.not_after)}"
    yield f"        Subject: {comma_separated(c.subject)}"
    yield from _key(c)
    if c.extensions:
        yield "        X509v3 extensions:"
    for extension in c.extensions:
        name = _EXTENSIONS.get(extension.oid) or extension.name or unreadable
        yield f"            {name}:{' critical' if extension.critical else ''}"
        for line in extension.value.split("\n"):
            yield f"                {line}"
        if extension.problem is not None:
            yield f"                ! {extension.problem.text}"
    yield f"    Signature Algorithm: {algorithm}"
    yield "    Signature Value:"
    yield from _hex_lines(c.signature.hex(":"), 8)
    for problem in c.problems:
        where = "" if problem.offset is None else f" (at {problem.offset:#06x})"
        yield f"    ! {problem.text}{where}"


def _serial(c: Certificate) -> Iterator[str]:
    if c.serial is None:
        yield "        Serial Number: (unreadable)"
    elif len(c.serial_hex) <= 2 * _LONGEST_DECIMAL and c.serial >> 63 in {0, -1}:
        sign = "-" if c.serial < 0 else ""
        yield f"        Serial Number: {c.serial} ({sign}{abs(c.serial):#x})"
    else:
        digits = bytes.fromhex(c.serial_hex).hex(":")
        yield "        Serial Number:"
        yield f"            {' (Negative)' if c.serial < 0 else ''}{digits}"


def _moment(moment: datetime | None) -> str:
    return f"{moment:%b} {moment.day:2d} {moment:%H:%M:%S %Y} GMT" if moment is not None else "(unreadable)"


def _key(c: Certificate) -> Iterator[str]:
    key = c.public_key
    yield "        Subject Public Key Info:"
    yield f"            Public Key Algorithm: {key.algorithm or '(unreadable)'}"
    if key.bits is not None:
        yield f"                Public-Key: ({key.bits} bit)"
    section = next(field for field in certificate_fields(c) if field.id == "public_key")
    for part in section.children:
        if part.id.rpartition(".")[2] not in {"algorithm", "bits", "spki"}:
            yield from _part(part)


def _part(part: Field) -> Iterator[str]:
    if ":" not in part.value:
        yield f"                {part.label}: {part.value}"
        return
    yield f"                {part.label}:"
    yield from _hex_lines(part.value, 20)


def _hex_lines(digits: str, indent: int) -> Iterator[str]:
    pairs = digits.split(":") if digits else []
    for start in range(0, len(pairs), _PER_LINE):
        end = start + _PER_LINE
        yield " " * indent + ":".join(pairs[start:end]) + (":" if end < len(pairs) else "")
