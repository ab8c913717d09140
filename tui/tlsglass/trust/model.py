"""Judgements, as values: the verdict, the path it rests on and every reason."""

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.trust.profile import Profile
from tlsglass.trust.programs.model import RootStanding
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.supposition.model import Supposed
from tlsglass.trust.transparency.model import TransparencyReport
from tlsglass.x509.model import Certificate, Name


class Verdict(StrEnum):
    """Whether the chain is trusted."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a finding matters; only errors make a chain untrusted."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


SEVERITIES = tuple(Severity)
"""The worst first."""


def worst(found: Iterable[Severity | None]) -> Severity | None:
    """The worst of several; None where there is none."""
    present = set(found)
    return next((severity for severity in SEVERITIES if severity in present), None)


class FindingCode(StrEnum):
    """What was found; stable once released."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    NAME_MISMATCH = "name-mismatch"
    NAME_ONLY_IN_CN = "name-only-in-cn"
    SELF_SIGNED = "self-signed"
    UNKNOWN_ISSUER = "unknown-issuer"
    MISSING_INTERMEDIATE = "missing-intermediate"
    WRONG_ORDER = "wrong-order"
    UNRELATED_CERTIFICATE = "unrelated-certificate"
    DUPLICATE_CERTIFICATE = "duplicate-certificate"
    ROOT_SENT = "root-sent"
    WEAK_KEY = "weak-key"
    WEAK_SIGNATURE = "weak-signature"
    REVOKED = "revoked"
    STAPLE_UNUSABLE = "staple-unusable"
    REVOCATION_UNAVAILABLE = "revocation-unavailable"
    INVALID_CA = "invalid-ca"
    BAD_SIGNATURE = "bad-signature"
    WRONG_USAGE = "wrong-usage"
    UNREADABLE = "unreadable"
    OLD_PROTOCOL = "old-protocol"
    EXPIRES_SOON = "expires-soon"
    VERIFICATION_FAILED = "verification-failed"
    KEY_ID_MISMATCH = "key-id-mismatch"
    JUDGES_DIFFER = "judges-differ"
    TOO_COMPLEX = "too-complex"
    NAME_NOT_PERMITTED = "name-not-permitted"
    UNKNOWN_CRITICAL_EXTENSION = "unknown-critical-extension"
    POLICY_NOT_MET = "policy-not-met"
    SIGNATURE_ALGORITHM_MISMATCH = "signature-algorithm-mismatch"
    NONCONFORMING = "nonconforming"
    SCT_INVALID = "sct-invalid"
    TRANSPARENCY_NOT_MET = "transparency-not-met"
    ROOT_DISTRUSTED = "root-distrusted"
    ROOT_LIMITED = "root-limited"
    NOT_IN_ALL_PROGRAMS = "not-in-all-programs"
    LOOK_ALIKE_NAME = "look-alike-name"
    WIDE_WILDCARD = "wide-wildcard"
    UNSUPPORTED_ALGORITHM = "unsupported-algorithm"
    LIFETIME_TOO_LONG = "lifetime-too-long"
    FORBIDDEN_NAME = "forbidden-name"
    COMMON_NAME_NOT_IN_SAN = "common-name-not-in-san"
    SERVER_USAGE_MISSING = "server-usage-missing"
    FAULTY_KEY = "faulty-key"
    CA_AS_SERVER = "ca-as-server"
    INVALID_SERIAL = "invalid-serial"
    WEAK_SERIAL = "weak-serial"
    BASELINE_NOT_MET = "baseline-not-met"
    KEY_REUSED = "key-reused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason, with its evidence."""

    code: FindingCode
    severity: Severity
    certificate: str | None
    """SHA-256 of the certificate that it concerns."""

    field: str | None
    """The id of the certificate's field that shows it ('validity.not_after'). See `x509.model.Field`."""

    title: str
    """A few words for the headline: 'expired 3 days ago (2026-11-20 12:00 UTC)'. Not yet made printable."""

    detail: str
    """A sentence or two in plain words. Not yet made printable."""

    reference: str
    """The rule: 'RFC 5280 §4.1.2.5'."""

    fix: str | None
    """What the server's operator can do about it."""

    cause: FindingCode | None = None
    """The finding that this one follows from; shown under it."""


class CheckStatus(StrEnum):
    """How a check ended that found nothing wrong."""

    PASSED = "passed"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check that gave no finding: it passed, or it was not made and says why."""

    name: str
    """What was checked, in a few words."""

    status: CheckStatus
    detail: str
    """What was seen, or why it was not checked. Not yet made printable."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What another judge says of the path in use, given to it alone."""

    judge: str
    """'OpenSSL' or 'cryptography'."""

    version: str
    accepts: bool
    words: str
    """Its own words where it refuses. Not yet made printable."""

    certificate: str | None = None
    """SHA-256 of the certificate that it refuses, where it says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One certificate of a certification path."""

    certificate: Certificate
    sent: int | None
    """Its index in the order sent; None where it is from the store or was fetched."""

    fetched_from: str | None = None
    """The address that it was fetched from, since it was neither sent nor in the store. RFC 5280 §4.2.2.1."""

    stores: tuple[str, ...] = ()
    """The names of all stores that have it, where it is the anchor of a path. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedCertificate:
    """A certificate that was had from an address that another one names for its issuer."""

    certificate: Certificate
    url: str
    """Where it was had. Not yet made printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationPath:
    """One of the paths from the leaf, judged."""

    steps: tuple[PathStep, ...]
    """Leaf first."""

    in_use: bool
    """Whether the verdict rests on it."""

    reason: str
    """One line: what is wrong with it, or why another is in use. Not yet made printable."""

    verdict: Verdict
    """What the verdict would be if there was only this path."""

    anchored: bool
    missing: Name | None
    out_of_order: frozenset[int]
    unrelated: frozenset[int]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    opinions: tuple[Opinion, ...] = ()
    programs: RootStanding | None = None
    """What the root programs hold of its anchor; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLabel:
    """Which store gave the verdict, or which stores together."""

    name: str
    """'Mozilla', 'system', 'none', a file's or a folder's name, or what else it is called. Not yet made printable."""

    date: date | None
    """The date of the list, where it has one."""

    added: str | None = None
    """The names of the files whose certificates were added to it. Not yet made printable."""

    also: tuple["StoreLabel", ...] = ()
    """The other stores that were chosen with it, whose certificates are anchors just as well."""

    count: int = 1
    """Of how many stores and files it is made; of several it is worth telling which has an anchor."""

    supposed: bool = False
    """Whether it is supposed to have other anchors than it has in truth."""

    def __str__(self) -> str:
        """As on the screen: `Mozilla 2026-10-18`, `Mozilla 2026-10-18 + system + ca.pem`, `system as supposed`."""
        dated = f"{self.name} {self.date:%Y-%m-%d}" if self.date else self.name
        called = " + ".join((dated, *map(str, self.also), *([self.added] if self.added else [])))
        return f"{called} as supposed" if self.supposed else called

    @property
    def names(self) -> str:
        """All stores without dates and without what was added: `Mozilla + system`."""
        return " + ".join((self.name, *(each.names for each in self.also)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustReport:
    """The judgement of one chain, at one time, for one name, by one store and one profile."""

    verdict: Verdict
    store: StoreLabel
    at: datetime
    """The moment that it was judged for, aware and in UTC."""

    hostname: str
    """The name that it was judged for; empty where it was not judged."""

    path: tuple[PathStep, ...]
    """The path from the leaf as far as it goes towards an anchor, leaf first; empty where nothing was sent."""

    anchored: bool
    """Whether the last step of the path is a certificate of the store."""

    missing: Name | None
    """The issuer that was neither sent nor in the store; None where the path is anchored or ends in itself."""

    out_of_order: frozenset[int]
    """Indexes of sent certificates that are in the path but not where RFC 8446 §4.4.2 has them."""

    unrelated: frozenset[int]
    """Indexes of sent certificates that are not in the path."""

    findings: tuple[Finding, ...]
    """Errors first; a consequence follows its cause."""

    checks: tuple[Check, ...]
    """The checks that gave no finding."""

    opinions: tuple[Opinion, ...] = ()
    """What other judges say of the same path; none where it leads to no anchor."""

    profile: Profile = Profile.WEBPKI
    """By whose rules it was judged."""

    profile_supposed: bool = False
    """Whether those are others than were asked for."""

    seen_at: datetime | None = None
    """When the chain was seen, where the report supposes something: another moment, name, chain or store. Aware, in
    UTC."""

    supposed: Supposed | None = None
    """What is supposed to have been sent, or to be in the store; None where both are as they are in truth."""

    paths: tuple[CertificationPath, ...] = field(default=(), hash=False)
    """All paths that were found, the one in use first, then the better ones first."""

    revocation: tuple[RevocationAnswer, ...] = ()
    """What was said of revocation: by the staple, and by whoever was asked."""

    transparency: TransparencyReport | None = None
    """The timestamps of public logs, and whether they would do for browsers; None where nothing was judged."""

    programs: RootStanding | None = None
    """What the root programs hold of the path's anchor; None where the path has none."""

    @property
    def fetched(self) -> tuple[FetchedCertificate, ...]:
        """What was fetched and has a place in a path, so that it can be judged anew with it."""
        steps = {step.certificate: step.fetched_from for path in self.paths for step in path.steps}
        return tuple(FetchedCertificate(certificate=one, url=url) for one, url in steps.items() if url is not None)

    def along(self, place: int) -> "TrustReport":
        """The judgement as it would be if there was only one of the paths.

        Args:
            place: which of `paths`.

        Raises:
            IndexError: there is no such path.
        """
        path = self.paths[place]
        return replace(
            self,
            verdict=path.verdict,
            path=path.steps,
            anchored=path.anchored,
            missing=path.missing,
            out_of_order=path.out_of_order,
            unrelated=path.unrelated,
            findings=path.findings,
            checks=path.checks,
            opinions=path.opinions,
            programs=path.programs,
        )
