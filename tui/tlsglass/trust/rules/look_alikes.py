"""Whether the name that was asked for may be taken for another. UTS #39 §5.1.

The certificate may be as good as can be: it is the name that deceives, and whoever reads it has to know.
"""

from collections.abc import Iterator

from tlsglass.idn import look_alike, unicode_form
from tlsglass.trust.case import Case, finding
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import shortened

_REFERENCE = "UTS #39 §5.1"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Look at the letters of the name, one label after the other."""
    found = None if case.is_address else look_alike(case.hostname)
    if found is not None:
        yield finding(
            FindingCode.LOOK_ALIKE_NAME,
            Severity.WARNING,
            None,
            title=f"the name {found.words}",
            detail=f"{shortened(case.hostname)} is read as {shortened(unicode_form(case.hostname))}, and its label "
            f"'{found.label}' {found.words}. Such names are made to be taken for others; some are meant well.",
            reference=_REFERENCE,
            fix=None,
        )
