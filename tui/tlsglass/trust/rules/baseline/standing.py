"""How much it matters that a requirement is not met: below a root of the public lists, and below a private one.

The Baseline Requirements bind the authorities of the public web. Of what they forbid, browsers refuse some below any
root, some below publicly trusted roots only, and some not at all: then it is a matter between authorities and browsers.
"""

from collections.abc import Iterable, Iterator

from tlsglass.frozen import dataclass
from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.x509.model import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a certificate that the requirements forbid."""

    code: FindingCode
    certificate: Certificate
    field: str
    """The id of the certificate's field that shows it."""

    title: str
    detail: str
    reference: str
    fix: str | None
    public: Severity
    """How much it matters below a publicly trusted root."""

    private: Severity | None
    """How much it matters below any other root; None where it does not matter there at all."""


def is_public(case: Case) -> bool:
    """Whether the path ends in a root of a public list, as browsers have it."""
    return case.path.anchored and case.store.is_public(case.path.steps[-1].certificate)


def _is_private(case: Case) -> bool:
    """Whether the path ends in a root that is of no list, but was added here."""
    return case.path.anchored and case.store.origin(case.path.steps[-1].certificate) == "none"


def told(case: Case, name: str, faults: Iterable[Fault], fine: str, reference: str) -> Iterator[Finding | Check]:
    """What a rule says of its faults.

    Args:
        case: what is judged.
        name: what was checked, in a few words.
        faults: what was found.
        fine: what to say where nothing was.
        reference: the requirement.

    Yields:
        A finding for each fault that matters, and a check for each that does not below a private root; where there are
        none, one check that passed.
    """
    faults = list(faults)
    if not faults:
        yield passed(name, fine, reference)
    public = is_public(case)
    for fault in faults:
        severity = fault.public if public else fault.private
        if severity is None:
            why = f"It is asked of publicly trusted authorities only, else it would not be met. {fault.detail}"
            yield not_checked(name, why, fault.reference)
            continue
        detail = fault.detail
        if severity is Severity.NOTICE and not public:
            detail += f" Below a private root{', as here,' if _is_private(case) else ''} that does not matter."
        yield finding(
            fault.code,
            severity,
            fault.certificate,
            field=fault.field,
            title=fault.title,
            detail=detail,
            reference=fault.reference,
            fix=fault.fix,
        )
