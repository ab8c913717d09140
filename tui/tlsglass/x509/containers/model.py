"""What a file holds, as values: a list of items, each no more than its bytes until it is looked at."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, overload

from tlsglass.frozen import dataclass
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

if TYPE_CHECKING:
    from tlsglass.x509.documents.model import Document


class Kind(StrEnum):
    """What an item is; stable, as the report has it."""

    CERTIFICATE = "certificate"
    REQUEST = "certificate-request"
    REVOCATION_LIST = "revocation-list"
    OCSP_RESPONSE = "ocsp-response"
    PUBLIC_KEY = "public-key"
    TIMESTAMP_LIST = "timestamp-list"
    PRIVATE_KEY = "private-key"

    @property
    def label(self) -> str:
        """In words: 'Certificate request'."""
        return _LABELS[self]

    @property
    def pem_label(self) -> str | None:
        """What a PEM block of it is called; None where there is none. RFC 7468."""
        return _PEM_LABELS.get(self)


_LABELS = {
    Kind.CERTIFICATE: "Certificate",
    Kind.REQUEST: "Certificate request",
    Kind.REVOCATION_LIST: "Revocation list",
    Kind.OCSP_RESPONSE: "OCSP response",
    Kind.PUBLIC_KEY: "Public key",
    Kind.TIMESTAMP_LIST: "Timestamp list",
    Kind.PRIVATE_KEY: "Private key",
}
_PEM_LABELS = {
    Kind.CERTIFICATE: "CERTIFICATE",
    Kind.REQUEST: "CERTIFICATE REQUEST",
    Kind.REVOCATION_LIST: "X509 CRL",
    Kind.PUBLIC_KEY: "PUBLIC KEY",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Item:
    """One thing in a file."""

    kind: Kind
    der: bytes
    """Its bytes; none of a private key, which never leave the reader."""

    sha256: str = field(compare=False)
    """SHA-256 of the bytes, lower-case hex; empty for a private key."""

    place: str
    """Where in the file it stands, in a few words: 'block 3, line 41'."""

    name: str = ""
    """What the file calls it, as PKCS #12 does; of a private key what it is. From outside."""

    def __repr__(self) -> str:
        """Short: it holds all its bytes."""
        return f"<Item {self.kind} {self.sha256 or self.name}>"


def item(kind: Kind, der: bytes, place: str, name: str = "") -> Item:
    """Make an item of anything but a private key.

    Args:
        kind: what it is.
        der: its bytes.
        place: where in the file it stands.
        name: what the file calls it.
    """
    return Item(kind=kind, der=der, sha256=hashlib.sha256(der).hexdigest(), place=place, name=name)


def private_key(place: str, name: str) -> Item:
    """Make the item that stands for a private key, without a byte of it.

    Args:
        place: where in the file it stands.
        name: what is known of it.
    """
    return Item(kind=Kind.PRIVATE_KEY, der=b"", sha256="", place=place, name=name)


class Certificates(Sequence[Certificate]):
    """Certificates that are parsed one by one when they are first asked for, and kept."""

    def __init__(self, ders: Iterable[bytes], limits: Limits = DEFAULTS) -> None:
        """Make a sequence.

        Args:
            ders: the certificates, in order.
            limits: how much of each is read.
        """
        self._limits = limits
        self._ders = tuple(ders)
        self._parsed: dict[int, Certificate] = {}

    def __len__(self) -> int:
        return len(self._ders)

    @overload
    def __getitem__(self, index: int) -> Certificate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Certificate, ...]: ...
    def __getitem__(self, index: int | slice) -> Certificate | tuple[Certificate, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self._ders))))
        at = index + len(self._ders) if index < 0 else index
        if at not in self._parsed:
            self._parsed[at] = parse_certificate(self._ders[index], self._limits)
        return self._parsed[at]

    def __iter__(self) -> Iterator[Certificate]:
        return (self[at] for at in range(len(self._ders)))

    def __repr__(self) -> str:
        """Short: it holds all their bytes."""
        return f"<{len(self._ders):,} certificates>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FileContents:
    """What a file holds. Two are never equal: comparing them would take as long as reading them."""

    form: str
    """How it is kept: 'PEM', 'DER', 'PKCS #7', 'PKCS #12' …"""

    size: int
    """Bytes of the file."""

    items: tuple[Item, ...]
    """In the order of the file."""

    notes: tuple[str, ...] = ()
    """A sentence each: what could not be read or was left out. Not yet made printable."""

    def __repr__(self) -> str:
        """Short: it holds a whole file."""
        return f"<{self.form} with {len(self.items):,} items>"

    def certificates(self, limits: Limits = DEFAULTS) -> Certificates:
        """The certificates among the items, in their order, not yet parsed.

        Args:
            limits: how much of each is read.
        """
        return Certificates((found.der for found in self.items if found.kind is Kind.CERTIFICATE), limits)


@lru_cache(maxsize=64)
def document(found: Item) -> "Document | None":
    """What an item says, read when it is first asked for.

    Args:
        found: the item.

    Returns:
        None for a certificate, which is read by `Certificates`, and for a private key.
    """
    reader = _readers().get(found.kind)
    return reader(found.der) if reader else None


@cache
def _readers() -> "dict[Kind, Callable[[bytes], Document]]":
    """Loaded when a document is first looked at: to look at a site needs none of them."""
    from tlsglass.x509.documents.bare_keys import parse_bare_key  # noqa: PLC0415
    from tlsglass.x509.documents.ocsp_responses import parse_ocsp_response  # noqa: PLC0415
    from tlsglass.x509.documents.requests import parse_request  # noqa: PLC0415
    from tlsglass.x509.documents.revocation_lists import parse_revocation_list  # noqa: PLC0415
    from tlsglass.x509.documents.timestamp_lists import parse_timestamp_list  # noqa: PLC0415

    return {
        Kind.REQUEST: parse_request,
        Kind.REVOCATION_LIST: parse_revocation_list,
        Kind.OCSP_RESPONSE: parse_ocsp_response,
        Kind.PUBLIC_KEY: parse_bare_key,
        Kind.TIMESTAMP_LIST: parse_timestamp_list,
    }
