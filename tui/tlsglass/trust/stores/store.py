"""A store: a set of trust anchors, found by subject. Those that a path asks for are parsed; the others stay bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, Self

from tlsglass.trust.model import StoreLabel
from tlsglass.x509 import encoding
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

if TYPE_CHECKING:
    from OpenSSL.crypto import X509

    from tlsglass.trust.programs.model import RootStanding
    from tlsglass.trust.transparency.model import LogList

StoreKind = Literal["mozilla", "system", "stand-in", "none"]
"""Where the anchors come from; those of the demo may stand in for public ones."""


class Store:
    """A set of trust anchors. Made once and used by many probes; nothing in it changes but what is cached."""

    def __init__(  # noqa: PLR0913 - what a store is made of, by name
        self,
        label: StoreLabel,
        ders: Iterable[bytes],
        *,
        origins: Mapping[bytes, StoreKind] | None = None,
        sources: Mapping[bytes, tuple[str, ...]] | None = None,
        stand_ins: Mapping[bytes, "RootStanding"] | None = None,
        log_list: "LogList | None" = None,
    ) -> None:
        """Make a store.

        Args:
            label: what it is called.
            ders: the certificates in DER; what is no certificate is left out.
            origins: whose list each is from; those that are from none are left out.
            sources: the names of the stores that have each, where there are several; None where this is one store.
            stand_ins: the anchors that stand in for those of public lists, and what root programs hold of those.
            log_list: the logs whose timestamps count here; None takes the list that comes with the program.
        """
        self.label = label
        self.log_list = log_list
        self._origins = origins or {}
        self._sources = sources
        self._stand_ins = stand_ins or {}
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
        return self._with(label, ders, self._stand_ins, self.log_list)

    def standing_in(self, roots: Mapping[bytes, "RootStanding"], logs: "LogList | None" = None) -> "Store":
        """This store, of which some anchors stand in for those of public lists, so that they are judged alike.

        The demo has some that say so in their names: nobody has the keys of those that really are on such lists.

        Args:
            roots: the certificates in DER, which have to be in the store, and what root programs hold of each.
            logs: the logs whose timestamps count here; None takes those that counted before.
        """
        return self._with(self.label, self._ders, {**self._stand_ins, **roots}, logs or self.log_list)

    def _with(
        self,
        label: StoreLabel,
        ders: Iterable[bytes],
        stand_ins: Mapping[bytes, "RootStanding"],
        logs: "LogList | None",
    ) -> "Store":
        return Store(label, ders, origins=self._origins, sources=self._sources, stand_ins=stand_ins, log_list=logs)

    def contains(self, certificate: Certificate) -> bool:
        """Whether this very certificate is an anchor."""
        return certificate.der in self._ders

    def origin(self, certificate: Certificate) -> StoreKind:
        """Whose list an anchor is from: Mozilla's where that has it, else the system's, else none."""
        return "stand-in" if certificate.der in self._stand_ins else self._origins.get(certificate.der, "none")

    def stand_in(self, certificate: Certificate) -> "RootStanding | None":
        """What root programs hold of the root that an anchor stands in for; None where it is what it is."""
        return self._stand_ins.get(certificate.der)

    def is_public(self, certificate: Certificate) -> bool:
        """Whether an anchor is on a public list, as browsers have it, or stands in for one that is."""
        return self.origin(certificate) in {"mozilla", "stand-in"}

    def stores_of(self, certificate: Certificate) -> tuple[str, ...]:
        """The names of the stores that have an anchor, in the order in which they were chosen; none if supposed."""
        if self._sources is not None:
            return self._sources.get(certificate.der, ())
        return (self.label.name,) if self.contains(certificate) and not self.label.supposed else ()

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
