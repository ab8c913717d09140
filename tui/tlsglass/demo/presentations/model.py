"""What an exhibit presents, and what the authorities of the zoo are that issue it."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from tlsglass.demo.authority import NAMED, Authority, Leaf, LeafKey, Pointers, distinguished_name
from tlsglass.demo.changes import Change
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.logs import DemoLog, demo_logs
from tlsglass.demo.stand_ins import StandIns
from tlsglass.frozen import dataclass
from tlsglass.trust.stores import Store
from tlsglass.trust.transparency.log_list import known_logs


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a server has to show, and on which terms."""

    chain: tuple[x509.Certificate, ...]
    """What is sent, in the order in which it is sent; the certificate of the key first. RFC 8446 §4.4.2."""

    key: LeafKey
    staples: tuple[bytes, ...] = ()
    """DER OCSP responses for those who ask: to each of the chain in its order, as far as there are some; empty for none
    amid others. RFC 6066 §8, RFC 8446 §4.4.2.1."""

    oldest: int = SSL.TLS1_2_VERSION
    newest: int = SSL.TLS1_3_VERSION
    weak: bool = False
    """Whether what is weak must be allowed, such as TLS 1.0, SHA-1 and short keys."""

    client_authority: x509.Certificate | None = None
    """Whose client certificates are accepted; None where none is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """Who issues for the zoo; whoever needs others has them issued by these."""

    root: Authority
    """The one that issues for most: a private one, as companies have."""

    stand_ins: StandIns
    """They stand in for roots of public lists."""

    logs: tuple[DemoLog, ...]
    """They stand in for logs that browsers know."""

    intermediate: Authority
    """Issues for most exhibits."""

    rsa_intermediate: Authority
    """Issues for those that need an issuer with an RSA key."""

    rsa_key: rsa.RSAPrivateKey
    """Of 2048 bits, for all sites that need one: making one takes long."""

    @classmethod
    def below(cls, root: Authority) -> "Authorities":
        """Make them.

        Args:
            root: issues for all but what is public.
        """
        return cls(
            root=root,
            stand_ins=StandIns.beside(root),
            logs=demo_logs(root.at),
            intermediate=root.authority("Demo Intermediate CA", path_length=1),
            rsa_intermediate=root.authority("Demo RSA Intermediate CA", key=rsa_key(2048)),
            rsa_key=rsa_key(2048),
        )

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The certificates that the demo's store has, in DER."""
        return (self.root.certificate.public_bytes(Encoding.DER), *(each.der for each in self.stand_ins.all))

    def standing(self, store: Store) -> Store:
        """A store that has all roots, where the stand-ins and the logs count as those do that browsers know."""
        logs = {each.id: each.listed for each in self.logs}
        roots = {each.der: each.standing for each in self.stand_ins.all}
        return store.standing_in(roots, (store.log_list or known_logs()).with_more("the demo's logs", logs))

    @property
    def at(self) -> datetime:
        """The moment that all validity periods are relative to."""
        return self.root.at


def leaf(  # noqa: PLR0913 - each is something that an exhibit is about
    authority: Authority,
    label: str,
    *,
    names: Sequence[str] | None = None,
    key: LeafKey | None = None,
    begins: datetime | None = None,
    ends: datetime | None = None,
    changes: Sequence[Change] = (),
    pointers: Pointers = NAMED,
) -> Leaf:
    """A certificate for `<label>.demo.test` or, where names are given, for these under the same domain."""
    return authority.leaf(
        distinguished_name(f"{label}.{ZONE}"),
        [x509.DNSName(f"{name}.{ZONE}") for name in ((label,) if names is None else names)],
        key=key,
        begins=begins,
        ends=ends,
        changes=changes,
        pointers=pointers,
    )


def present(  # noqa: PLR0913 - each is something that an exhibit is about
    shown: Leaf,
    *authorities: Authority,
    staples: Sequence[bytes] = (),
    oldest: int = SSL.TLS1_2_VERSION,
    newest: int = SSL.TLS1_3_VERSION,
    weak: bool = False,
    client_authority: x509.Certificate | None = None,
) -> Presentation:
    """Present a certificate with those of authorities. See `Presentation`."""
    return Presentation(
        chain=(shown.certificate, *(authority.certificate for authority in authorities)),
        key=shown.key,
        staples=tuple(staples),
        oldest=oldest,
        newest=newest,
        weak=weak,
        client_authority=client_authority,
    )


def filed(shown: Leaf | bytes, *authorities: Authority) -> tuple[bytes, ...]:
    """The same as a file has it: certificates in DER, the leaf first."""
    first = shown if isinstance(shown, bytes) else shown.certificate.public_bytes(Encoding.DER)
    return (first, *(authority.certificate.public_bytes(Encoding.DER) for authority in authorities))


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    """A new key of the slow kind."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def rsa_key_of_primes(p: int, q: int, exponent: int) -> rsa.RSAPrivateKey:
    """A key of two primes and a public exponent, however unusual these are. RFC 8017 §3.2."""
    secret = pow(exponent, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, secret, secret % (p - 1), secret % (q - 1), pow(q, -1, p), public)
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)
