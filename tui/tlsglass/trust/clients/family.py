"""A family of clients as a value: whose roots it has, and how it behaves where clients differ."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tlsglass.frozen import dataclass
from tlsglass.trust.clients.behaviours import Behaviour
from tlsglass.trust.clients.model import Reason, Stance
from tlsglass.trust.clients.seen import Seen
from tlsglass.trust.lifetime import is_issued_since, lifetime_by_programs
from tlsglass.trust.model import CertificationPath, FindingCode
from tlsglass.trust.transparency.model import PolicyStatus, TimestampStatus

Demand = Callable[[Seen], Iterator[Reason]]
"""What a family asks for whether there is a finding of it or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Clients that judge alike."""

    name: str
    programs: tuple[str, ...] = ()
    """Whose list of roots it has; none where it goes by the system's."""

    knows_bounds: bool = False
    """Whether it keeps to the bounds that are known of the program."""

    behaviours: Mapping[str, Behaviour]
    """What it makes of findings, by their codes, where that is its own."""

    demands: tuple[Demand, ...] = ()
    """What it asks for besides."""


def longest_lifetime(limits: Sequence[tuple[datetime, int]], *, public_only: bool, reference: str) -> Demand:
    """It takes no certificate that is valid for longer than some days, by its day of issue.

    Args:
        limits: since when how many days are taken, the latest first.
        public_only: whether that is so under public roots only.
        reference: where it says so.
    """
    under = "public roots" if public_only else "any root"

    def examine(seen: Seen) -> Iterator[Reason]:
        length = lifetime_by_programs(seen.leaf)
        limit = next((limit for limit in limits if is_issued_since(seen.leaf, limit[0])), None)
        if length is None or limit is None or (public_only and not seen.is_public):
            return
        since, days = limit
        if length > timedelta(days=days):
            sentence = f"It takes {days} days at most of certificates under {under} issued since {since:%Y-%m-%d}."
            codes = (FindingCode.LIFETIME_TOO_LONG,)
            yield Reason(stance=Stance.REFUSES, sentence=sentence, reference=reference, codes=codes)

    return examine


def transparency(program: str) -> Demand:
    """It wants timestamps of public logs, by a policy that is checked here.

    Args:
        program: whose policy: 'Chrome' or 'Apple'.
    """

    def examine(seen: Seen) -> Iterator[Reason]:
        known = seen.report.transparency
        for policy in known.policies if known and seen.is_public else ():
            if policy.program == program and policy.status is not PolicyStatus.MET:
                refused = policy.status is PolicyStatus.NOT_MET
                yield Reason(
                    stance=Stance.REFUSES if refused else Stance.UNKNOWN,
                    sentence=f"It wants timestamps of public logs. Of the certificate: {_lowered(policy.detail)}",
                    reference=policy.reference,
                    codes=(FindingCode.TRANSPARENCY_NOT_MET,) if refused else (),
                )

    return examine


def any_timestamp(sentence: str, reference: str) -> Demand:
    """It wants timestamps of public logs, by a policy of its own of which only this is known."""

    def examine(seen: Seen) -> Iterator[Reason]:
        known = seen.report.transparency
        if known and seen.is_public and not any(each.status is TimestampStatus.VALID for each in known.timestamps):
            refused = not known.timestamps
            yield Reason(
                stance=Stance.REFUSES if refused else Stance.UNKNOWN,
                sentence=sentence,
                reference=reference,
                codes=(FindingCode.TRANSPARENCY_NOT_MET,) if refused else (),
            )

    return examine


def old_builders(sentence: str, reference: str) -> Demand:
    """Old versions of it follow what was sent, even where that has expired and another path has not."""

    def examine(seen: Seen) -> Iterator[Reason]:
        if any(_has_expired(path) for path in seen.report.paths if not path.in_use):
            yield Reason(stance=Stance.DEPENDS, sentence=sentence, reference=reference, codes=(FindingCode.EXPIRED,))

    return examine


def counts_self_issued(sentence: str, reference: str) -> Demand:
    """It counts self-issued certificates in the length of a path, which RFC 5280 §4.2.1.9 leaves out."""

    def examine(seen: Seen) -> Iterator[Reason]:
        for below, step in enumerate(seen.report.path[1:]):
            constraints = step.certificate.basic_constraints
            if constraints and constraints.path_length is not None and below > constraints.path_length:
                yield Reason(stance=Stance.REFUSES, sentence=sentence, reference=reference)
                return

    return examine


def key_identifiers(sentence: str, reference: str) -> Demand:
    """Some versions of it want the key identifiers that RFC 5280 §4.2.1.1 and §4.2.1.2 ask authorities for."""

    def examine(seen: Seen) -> Iterator[Reason]:
        steps = [step.certificate for step in seen.report.path]
        certified = steps[:-1] if seen.report.anchored or steps[-1].is_self_issued else steps
        if any(each.authority_key_id is None or (each.is_ca and each.subject_key_id is None) for each in certified):
            yield Reason(stance=Stance.DEPENDS, sentence=sentence, reference=reference)

    return examine


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _has_expired(path: CertificationPath) -> bool:
    return any(found.code is FindingCode.EXPIRED for found in path.findings)


def day(year: int, month: int, of_month: int) -> datetime:
    """The first moment of a day."""
    return datetime(year, month, of_month, tzinfo=UTC)
