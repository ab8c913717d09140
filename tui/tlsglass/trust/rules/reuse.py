"""Whether the server's key is an authority's key, too. NIST SP 800-57 part 1, §5.2."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import listed, named

_REFERENCE = "NIST SP 800-57 Part 1 §5.2"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Hold the leaf's key against those of the path, and of the authorities that were sent besides.

    No client refuses it. A certificate that vouches for itself has one key by its nature.
    """
    others = [step.certificate for step in case.issuers]
    others += [certificate for certificate in case.certificates[1:] if certificate.is_ca]
    own = case.leaf.public_key.der
    same = dict.fromkeys(each for each in others if own and each.public_key.der == own and each != case.leaf)
    if same:
        who = listed(map(named, same))
        yield finding(
            FindingCode.KEY_REUSED,
            Severity.WARNING,
            case.leaf,
            field="public_key",
            title=f"has the same key as {who}",
            detail=f"The key of the server is also that of {who}, so that whoever gets hold of the server's key can "
            "issue certificates. A key should serve one purpose; clients don't mind.",
            reference=_REFERENCE,
            fix="Make a new key for the server, and have a certificate issued for it.",
        )
    elif others:
        yield passed("keys apart", "The server has a key of its own.", _REFERENCE)
