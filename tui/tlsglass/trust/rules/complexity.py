"""Whether all paths were seen, or a bound ended the search, which no honest chain comes near. RFC 4158 §1.5.2."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity

_REFERENCE = "RFC 4158 §1.5.2"


def examine(case: Case, *, is_good: bool) -> Iterator[Finding | Check]:
    """Judge whether the search for paths came to its end.

    Args:
        case: what is judged.
        is_good: whether a path was found that leads to an anchor and that no rule refuses.
    """
    path = case.path
    if not path.bound:
        count = "One path was" if path.found == 1 else f"{path.found} paths were"
        yield passed("paths", f"{count} found, and there is no other.", _REFERENCE)
        return
    sent = len(case.certificates)
    why = "One good path was found all the same, so the verdict stands, but there may be others."
    if not is_good:
        why = "No good path was found up to there; there may be one, but clients have such bounds too, and refuse."
    yield finding(
        FindingCode.TOO_COMPLEX,
        Severity.NOTICE if is_good or not case.store.size else Severity.ERROR,
        case.leaf,
        field="issuer",
        title="too many ways through the chain to see all",
        detail=f"The {sent:,} certificates that were sent can be joined to paths in so many ways that the search was "
        f"ended: {path.bound}. {why}",
        reference=_REFERENCE,
        fix="Send only the server's certificate and the intermediates that lead from it to one root, in that order.",
    )
