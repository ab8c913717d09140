"""The trust anchors that a chain is judged by: Mozilla's list, the system's store, a file, or none.

A store is a set of certificates, found by subject. Those that a path asks for are parsed; the others stay bytes.
"""

import os
import re
import ssl
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, assert_never

from tlsglass.errors import Fault, InputError
from tlsglass.limits import LARGEST_CA_FILE
from tlsglass.trust import encoding
from tlsglass.trust.model import StoreLabel
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import certificates_in_pem

if TYPE_CHECKING:
    from OpenSSL.crypto import X509

    from tlsglass.trust.transparency.model import LogList

StoreKind = Literal["mozilla", "system", "none"]
"""Where the anchors come from."""

_HINT = "Give a PEM file with one or more CERTIFICATE blocks."
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.\d+\Z")
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")


class Store:
    """A set of trust anchors. Made once and used by many probes; nothing in it changes but what is cached."""

    def __init__(
        self,
        label: StoreLabel,
        ders: Iterable[bytes],
        *,
        origins: Mapping[bytes, StoreKind] | None = None,
        log_list: "LogList | None" = None,
    ) -> None:
        """Make a store.

        Args:
            label: what it is called.
            ders: the certificates in DER; what is no certificate is left out.
            origins: whose list each is from; those that are from none are left out.
            log_list: the logs whose timestamps count here; None takes the list that comes with the program.
        """
        self.label = label
        self.log_list = log_list
        self._origins = origins or {}
        self._by_subject: dict[bytes, list[bytes]] = {}
        self._ders = dict.fromkeys(ders)
        self._parsed: dict[bytes, Certificate] = {}
        self._anchors: tuple[X509, ...] | None = None
        self._indexed = False

    @classmethod
    def from_der(cls, label: str | StoreLabel, ders: Iterable[bytes]) -> Self:
        """Make a store of certificates at hand.

        Args:
            label: what it is called.
            ders: the certificates in DER.
        """
        return cls(StoreLabel(name=label, date=None) if isinstance(label, str) else label, ders)

    @property
    def size(self) -> int:
        """How many anchors there are."""
        return len(self._ders)

    def with_anchors(self, ders: Iterable[bytes]) -> "Store":
        """This store as it would be with more anchors; it is called supposed, unless it has them all.

        Args:
            ders: the certificates in DER.
        """
        more = [der for der in ders if der not in self._ders]
        return self._supposed((*self._ders, *more)) if more else self

    def without(self, ders: Iterable[bytes]) -> "Store":
        """This store as it would be if it lacked some anchors; it is called supposed, unless it has none of them.

        Args:
            ders: the certificates in DER.
        """
        gone = frozenset(ders) & self._ders.keys()
        return self._supposed(der for der in self._ders if der not in gone) if gone else self

    def _supposed(self, ders: Iterable[bytes]) -> "Store":
        label = replace(self.label, supposed=True)
        return Store(label, ders, origins=self._origins, log_list=self.log_list)

    def contains(self, certificate: Certificate) -> bool:
        """Whether this very certificate is an anchor."""
        return certificate.der in self._ders

    def origin(self, certificate: Certificate) -> StoreKind:
        """Whose list an anchor is from: Mozilla's where that has it, else the system's, else none."""
        return self._origins.get(certificate.der, "none")

    def issuers_of(self, certificate: Certificate) -> tuple[Certificate, ...]:
        """The anchors whose subject is the issuer of a certificate; their signatures have not been looked at."""
        return self.named(certificate.issuer.der)

    def with_fingerprint(self, digits: str) -> tuple[Certificate, ...]:
        """The anchors whose SHA-256 begins with some digits.

        Args:
            digits: hexadecimal, in lower case.
        """
        return tuple(self._parse(der) for der in self._ders if sha256(der).hexdigest().startswith(digits))

    def named(self, name: bytes) -> tuple[Certificate, ...]:
        """The anchors of a name.

        Args:
            name: a Name as encoded.
        """
        if not self._indexed:
            self._index()
        found = self._by_subject.get(encoding.matching_key(name), ())
        return tuple(self._parse(der) for der in found)

    def anchors(self) -> Sequence["X509"]:
        """The certificates as OpenSSL has them, loaded when first asked for, without those that it refuses."""
        if self._anchors is None:
            from OpenSSL import crypto  # noqa: PLC0415 - OpenSSL takes long to load and is first needed here

            loaded = []
            for der in self._ders:
                try:
                    loaded.append(crypto.load_certificate(crypto.FILETYPE_ASN1, der))
                except crypto.Error:
                    continue
            self._anchors = tuple(loaded)
        return self._anchors

    def _index(self) -> None:
        index: dict[bytes, list[bytes]] = {}
        for der in self._ders:
            try:
                subject = encoding.subject_of(der)
            except ValueError:
                continue
            index.setdefault(encoding.matching_key(subject), []).append(der)
        self._by_subject = index
        self._indexed = True

    def _parse(self, der: bytes) -> Certificate:
        if der not in self._parsed:
            self._parsed[der] = parse_certificate(der)
        return self._parsed[der]


def load_store(kind: StoreKind, ca_file: Path | None = None, ct_log_list: Path | None = None) -> Store:
    """Load a store.

    Args:
        kind: Mozilla's list as certifi has it, the system's store, or none.
        ca_file: a PEM file whose certificates are added as anchors.
        ct_log_list: a file in the format of Chrome's log_list.json that says which logs count.

    Raises:
        InputError: the CA file or the list of logs isn't one.
    """
    origins: dict[bytes, StoreKind] = {}
    match kind:
        case "mozilla":
            label, ders = _mozilla()
            origins = dict.fromkeys(ders, "mozilla")
        case "system":
            label, ders = StoreLabel(name="system", date=None), _system()
            public = frozenset(_mozilla()[1])
            origins = {der: "mozilla" if der in public else "system" for der in ders}
        case "none":
            label, ders = StoreLabel(name="none", date=None), ()
        case _:
            assert_never(kind)
    if ca_file is not None:
        ders = (*ders, *_read_ca_file(ca_file))
        label = replace(label, added=ca_file.name)
    logs = None
    if ct_log_list is not None:
        from tlsglass.trust.transparency.log_list import read_log_list  # noqa: PLC0415 - few bring a list of their own

        logs = read_log_list(ct_log_list)
    return Store(label, ders, origins=origins, log_list=logs)


@cache
def _mozilla() -> tuple[StoreLabel, tuple[bytes, ...]]:
    import certifi  # noqa: PLC0415 - it brings importlib.resources, which takes long to load

    version = _VERSION.match(certifi.__version__)
    day = date(*map(int, version.groups())) if version else None
    ders = certificates_in_pem(Path(certifi.where()).read_bytes())
    return StoreLabel(name="Mozilla", date=day), ders


def _system() -> tuple[bytes, ...]:
    """The certificates of the system's store, as the ssl module finds them on each platform."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    ders = dict.fromkeys(context.get_ca_certs(binary_form=True))
    folder = ssl.get_default_verify_paths().capath
    # Debian and others have a folder of hashed names, which OpenSSL reads one by one and the context doesn't list.
    for path in sorted(Path(folder).iterdir()) if folder and Path(folder).is_dir() else ():
        if _HASHED_NAME.match(path.name):
            try:
                ders.update(dict.fromkeys(certificates_in_pem(path.read_bytes())))
            except (OSError, ValueError):
                continue
    return tuple(ders)


def _read_ca_file(path: Path) -> tuple[bytes, ...]:
    data = _read(path)
    try:
        ders = certificates_in_pem(data)
    except ValueError as error:
        raise InputError(Fault.BAD_CA_FILE, f"{path} is no CA file. {error}", _hint(data)) from error
    for place, der in enumerate(ders, start=1):
        try:
            encoding.subject_of(der)
        except ValueError as error:
            message = f"{path} is no CA file: what its CERTIFICATE block number {place} holds is no certificate."
            raise InputError(Fault.BAD_CA_FILE, message, _HINT) from error
    return ders


def _read(path: Path) -> bytes:
    try:
        # A pipe or a device is never opened: that could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not an ordinary file"
            raise InputError(Fault.BAD_CA_FILE, f"The CA file {path} is {what}.", _HINT)
        with path.open("rb") as file:
            data = file.read(LARGEST_CA_FILE + 1)
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise InputError(Fault.BAD_CA_FILE, f"The CA file {path} can't be read: {reason}.", _HINT) from error
    if len(data) > LARGEST_CA_FILE:
        message = f"The CA file {path} is larger than {LARGEST_CA_FILE // 1024**2} MiB."
        raise InputError(Fault.BAD_CA_FILE, message, _HINT)
    return data


def _hint(data: bytes) -> str:
    """What to try instead, by what the file seems to hold."""
    if b"PRIVATE KEY-----" in data:
        return "It holds a private key, which is not needed and should not leave its place; give the CA's certificate."
    try:
        encoding.subject_of(data)
    except ValueError:
        return _HINT
    return "It is a certificate in DER: `openssl x509 -inform DER -in FILE -out ca.pem` makes PEM of it."
