"""One chain at one time for one name: what every rule looks at, and how it says what it found.

A rule is a function from a `Case` to findings and checks. It knows nothing of the other rules.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from tlsglass.frozen import dataclass
from tlsglass.tls.model import Handshake
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, PathStep, Severity
from tlsglass.trust.paths import Path
from tlsglass.trust.profile import Profile
from tlsglass.trust.programs.model import RootStanding
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposed
from tlsglass.trust.transparency.model import TransparencyReport
from tlsglass.trust.wording import named
from tlsglass.x509.encoding import matching_key
from tlsglass.x509.model import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is judged."""

    certificates: Sequence[Certificate]
    """In the order sent; at least one."""

    hostname: str
    """The name in its ASCII form, or an address."""

    is_address: bool
    store: Store
    handshake: Handshake | None
    """None where it did not finish."""

    at: datetime
    path: Path
    profile: Profile = Profile.WEBPKI
    """By whose rules it is judged."""

    from_file: bool = False
    """Whether the certificates are from a file, so that there is no handshake to be looked at."""

    seen_at: datetime | None = None
    """When the chain was seen, where something is supposed. See `TrustReport.seen_at`."""

    revocation: Sequence[RevocationAnswer] | None = None
    """What responders and lists say; None where nobody was asked."""

    stapled: Sequence[RevocationAnswer] | None = None
    """What the staples of the path's certificates say, so that they are read once; None where they were not yet."""

    supposed: Supposed | None = None
    """What the certificates and the store are supposed to be; None where they are what they are in truth."""

    transparency: TransparencyReport | None = None
    """What was found out of its timestamps, so that it is found out once."""

    programs: RootStanding | None = None
    """What the root programs hold of the path's anchor; None where it has none."""

    @property
    def is_of_another_time(self) -> bool:
        """Whether `at` is not the moment of the handshake."""
        return self.seen_at is not None and self.seen_at != self.at

    @property
    def leaf(self) -> Certificate:
        """The server's own certificate."""
        return self.certificates[0]

    def told(self, certificate: Certificate, what: str, verb: str = "") -> str:
        """The title of a finding about a certificate: `not valid`, of an issuer `'Demo CA' is not valid`.

        Args:
            certificate: of the path. The server's own needs no name.
            what: what is found of it.
            verb: what stands between a name and that.
        """
        return (
            what if certificate.sha256 == self.leaf.sha256 else " ".join(filter(None, (named(certificate), verb, what)))
        )

    @property
    def issuers(self) -> tuple[PathStep, ...]:
        """The path without the leaf."""
        return self.path.steps[1:]

    @property
    def signed_steps(self) -> tuple[PathStep, ...]:
        """The steps of the path whose signature counts: not that of an anchor, nor one made with its own key."""
        steps = self.path.steps
        return steps[:-1] if self.path.anchored or self.path.self_signed else steps

    @property
    def certified_steps(self) -> tuple[PathStep, ...]:
        """The path without its anchor: what the standards ask of certificates is not asked of what is in the store."""
        return self.path.steps[:-1] if self.path.anchored else self.path.steps


def is_self_issued(certificate: Certificate) -> bool:
    """Whether subject and issuer match, however they are encoded. RFC 5280 §6.1, §7.1."""
    subject = certificate.subject.der
    return bool(subject) and matching_key(subject) == matching_key(certificate.issuer.der)


Rule = Callable[[Case], Iterator[Finding | Check]]
"""What looks at one side of a case."""


def finding(  # noqa: PLR0913 - one argument a part of the finding, all by name but the first three
    code: FindingCode,
    severity: Severity,
    certificate: Certificate | None,
    *,
    title: str,
    detail: str,
    reference: str,
    field: str | None = None,
    fix: str | None = None,
    cause: FindingCode | None = None,
) -> Finding:
    """Make a finding about a certificate, or about the chain where there is none. See `Finding`."""
    return Finding(
        code=code,
        severity=severity,
        certificate=certificate.sha256 if certificate else None,
        field=field,
        title=title,
        detail=detail,
        reference=reference,
        fix=fix,
        cause=cause,
    )


def passed(name: str, detail: str, reference: str) -> Check:
    """Make a check that passed. See `Check`."""
    return Check(name=name, status=CheckStatus.PASSED, detail=detail, reference=reference)


def not_checked(name: str, detail: str, reference: str) -> Check:
    """Make a check that was not made. See `Check`."""
    return Check(name=name, status=CheckStatus.NOT_CHECKED, detail=detail, reference=reference)
