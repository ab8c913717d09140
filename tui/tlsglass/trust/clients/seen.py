"""What of a judged chain matters to clients: its findings, its certificates and the roots that it can lead to."""

from collections.abc import Iterator, Sequence

from tlsglass.frozen import dataclass
from tlsglass.trust.model import CertificationPath, Finding, FindingCode, Severity, TrustReport
from tlsglass.trust.programs.data import roots_named
from tlsglass.trust.programs.model import RootStanding
from tlsglass.trust.programs.standing import standing_of
from tlsglass.trust.signatures.certificates import check_signature
from tlsglass.trust.wording import named
from tlsglass.x509.encoding import matching_key
from tlsglass.x509.model import Certificate

ABOUT_ROOTS = frozenset(
    {
        FindingCode.SELF_SIGNED,
        FindingCode.UNKNOWN_ISSUER,
        FindingCode.ROOT_DISTRUSTED,
        FindingCode.ROOT_LIMITED,
        FindingCode.NOT_IN_ALL_PROGRAMS,
    }
)
"""The findings that depend on whose list of roots is gone by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedRoot:
    """A root that the chain leads to, by a path that has no other fault than the one in use has."""

    certificate: Certificate
    standing: RootStanding
    in_use: bool
    """Whether the verdict rests on the path that leads there."""

    @property
    def called(self) -> str:
        """What a sentence calls it."""
        return self.standing.root_named(named(self.certificate))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A judged chain, as far as clients differ in what they make of it."""

    report: TrustReport
    leaf: Certificate
    roots: tuple[ReachedRoot, ...]
    """Public or not, of which a client has to have one; the one of the path in use first. Empty where none is known."""

    @property
    def is_public(self) -> bool:
        """Whether it leads to a root that is in a public list."""
        return any(root.standing.public for root in self.roots)

    def certificate(self, found: Finding) -> Certificate:
        """The certificate that a finding is about; the leaf where it is about the chain."""
        steps = (step.certificate for step in self.report.path)
        return next((each for each in steps if each.sha256 == found.certificate), self.leaf)


def seen_in(report: TrustReport) -> Seen | None:
    """What of a judgement matters to clients; None where nothing was judged.

    Args:
        report: of any chain.
    """
    if not report.path or not report.hostname:
        return None
    return Seen(report=report, leaf=report.path[0].certificate, roots=tuple(_roots(report)))


def _roots(report: TrustReport) -> Iterator[ReachedRoot]:
    end = report.path[-1].certificate
    ends = [end] if report.anchored else _beyond(end)
    for root in ends:
        # One that stands in for a public root is in no list; what is held of it is told by its store only.
        yield ReachedRoot(certificate=root, standing=report.programs or standing_of(root), in_use=True)
    known = {end.sha256}
    for path in report.paths:
        root = path.steps[-1].certificate
        if path.programs is not None and root.sha256 not in known and _is_as_good(path):
            known.add(root.sha256)
            yield ReachedRoot(certificate=root, standing=path.programs, in_use=False)


def _beyond(end: Certificate) -> Sequence[Certificate]:
    """The public roots that an end which the store does not know is, or leads to."""
    if matching_key(end.subject.der) == matching_key(end.issuer.der):
        return [end] if standing_of(end).public else []
    return [root for root in roots_named(end.issuer.der) if check_signature(end, root).valid]


def _is_as_good(path: CertificationPath) -> bool:
    """Whether another path has no error but those that depend on whose list of roots is gone by."""
    return not any(found.severity is Severity.ERROR and found.code not in ABOUT_ROOTS for found in path.findings)
