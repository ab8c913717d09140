"""What OpenSSL said in the handshake: each of its errors is one of our findings, follows from one, or is added.

Our rules and OpenSSL judge the same chain apart from each other. Nothing that OpenSSL says may get lost, and where
only OpenSSL objects, the chain is not trusted.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from tlsglass.tls.model import VerificationError
from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import listed, named
from tlsglass.x509.certificate import parse_certificate

_REFERENCE = "RFC 5280 §6"

END_OF_PATH = frozenset(
    {FindingCode.KEY_ID_MISMATCH, FindingCode.SELF_SIGNED, FindingCode.UNKNOWN_ISSUER, FindingCode.MISSING_INTERMEDIATE}
)
"""The findings that say that a path has no anchor."""

_NO_ANCHOR = frozenset(
    {
        "UNABLE_TO_GET_ISSUER_CERT",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "CERT_UNTRUSTED",
    }
)
"""The errors that say in other words that the path has no anchor; a finding on any certificate accounts for them."""

_ACCOUNTS = {
    "CERT_HAS_EXPIRED": {FindingCode.EXPIRED},
    "CERT_NOT_YET_VALID": {FindingCode.NOT_YET_VALID},
    "ERROR_IN_CERT_NOT_BEFORE_FIELD": {FindingCode.UNREADABLE},
    "ERROR_IN_CERT_NOT_AFTER_FIELD": {FindingCode.UNREADABLE},
    "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY": {FindingCode.UNREADABLE},
    "NO_ISSUER_PUBLIC_KEY": {FindingCode.UNREADABLE},
    "CERT_SIGNATURE_FAILURE": {FindingCode.BAD_SIGNATURE, FindingCode.SIGNATURE_ALGORITHM_MISMATCH},
    "SIGNATURE_ALGORITHM_INCONSISTENCY": {FindingCode.SIGNATURE_ALGORITHM_MISMATCH},
    "PERMITTED_VIOLATION": {FindingCode.NAME_NOT_PERMITTED},
    "EXCLUDED_VIOLATION": {FindingCode.NAME_NOT_PERMITTED},
    "SUBTREE_MINMAX": {FindingCode.NAME_NOT_PERMITTED},
    "UNSUPPORTED_CONSTRAINT_TYPE": {FindingCode.NAME_NOT_PERMITTED},
    "UNSUPPORTED_CONSTRAINT_SYNTAX": {FindingCode.NAME_NOT_PERMITTED},
    "UNSUPPORTED_NAME_SYNTAX": {FindingCode.NAME_NOT_PERMITTED},
    # What OpenSSL says where there are too many names and constraints to be compared.
    "UNSPECIFIED": {FindingCode.TOO_COMPLEX},
    "UNHANDLED_CRITICAL_EXTENSION": {FindingCode.UNKNOWN_CRITICAL_EXTENSION},
    "NO_EXPLICIT_POLICY": {FindingCode.POLICY_NOT_MET},
    "INVALID_POLICY_EXTENSION": {FindingCode.UNREADABLE, FindingCode.POLICY_NOT_MET},
    "INVALID_EXTENSION": {FindingCode.UNREADABLE},
    "UNABLE_TO_DECRYPT_CERT_SIGNATURE": {FindingCode.BAD_SIGNATURE},
    "INVALID_CA": {FindingCode.INVALID_CA},
    "PATH_LENGTH_EXCEEDED": {FindingCode.INVALID_CA},
    "KEYUSAGE_NO_CERTSIGN": {FindingCode.INVALID_CA},
    "INVALID_PURPOSE": {FindingCode.WRONG_USAGE, FindingCode.INVALID_CA},
    "KEYUSAGE_NO_DIGITAL_SIGNATURE": {FindingCode.WRONG_USAGE},
    "EE_KEY_TOO_SMALL": {FindingCode.WEAK_KEY},
    "CA_KEY_TOO_SMALL": {FindingCode.WEAK_KEY},
    "CA_MD_TOO_WEAK": {FindingCode.WEAK_SIGNATURE},
    "CERT_REVOKED": {FindingCode.REVOKED},
    "HOSTNAME_MISMATCH": {FindingCode.NAME_MISMATCH, FindingCode.NAME_ONLY_IN_CN},
    "IP_ADDRESS_MISMATCH": {FindingCode.NAME_MISMATCH, FindingCode.NAME_ONLY_IN_CN},
}
"""The findings that say the same as an error, on the same certificate."""

_BY_THE_CLOCK = frozenset({"CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"})
"""The errors that hold for the moment of the handshake only."""

_CAUSES = (
    FindingCode.INVALID_CA,
    FindingCode.BAD_SIGNATURE,
    FindingCode.UNREADABLE,
    FindingCode.MISSING_INTERMEDIATE,
    FindingCode.SELF_SIGNED,
    FindingCode.UNKNOWN_ISSUER,
)
"""What makes OpenSSL's path go another way than it should, so that further errors follow from it."""

_SENTENCES = {
    "UNHANDLED_CRITICAL_EXTENSION": "It has a critical extension that OpenSSL does not know, so it must be refused.",
    "PERMITTED_VIOLATION": "It has a name that its issuer's name constraints don't permit.",
    "EXCLUDED_VIOLATION": "It has a name that its issuer's name constraints exclude.",
    "UNSUPPORTED_NAME_SYNTAX": "It has a name that can't be held against its issuer's name constraints.",
    "INVALID_EXTENSION": "One of its extensions is not encoded as it should be.",
    "CERT_CHAIN_TOO_LONG": "The path is longer than OpenSSL goes.",
    "PATH_LOOP": "The path goes in a circle.",
    "UNABLE_TO_GET_ISSUER_CERT": "Its issuer's certificate was not found.",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "Its issuer's certificate was not found in the store.",
    "CERT_HAS_EXPIRED": "It has expired by this machine's clock.",
    "CERT_NOT_YET_VALID": "It is not yet valid by this machine's clock.",
    "SIGNATURE_ALGORITHM_MISMATCH": "It is signed with another kind of key than its issuer's certificate has.",
    "SIGNATURE_ALGORITHM_INCONSISTENCY": "It names two different signature algorithms.",
    "SUBTREE_MINMAX": "Its issuer's name constraints have limits of a kind that nobody supports.",
    "UNSUPPORTED_CONSTRAINT_TYPE": "It has a name of a kind that OpenSSL can't hold against name constraints.",
    "UNSUPPORTED_CONSTRAINT_SYNTAX": "Its issuer's name constraints can't be understood.",
    "NO_EXPLICIT_POLICY": "Its issuers ask for a certificate policy that the path does not have.",
    "INVALID_POLICY_EXTENSION": "Its policies are not encoded as they should be.",
    "UNSPECIFIED": "OpenSSL gave up, as it does where there are too many names and name constraints to compare.",
}


def account(case: Case, findings: Sequence[Finding], elsewhere: Sequence[Finding] = ()) -> Iterator[Finding | Check]:
    """Account for every error of OpenSSL.

    Args:
        case: what is judged.
        findings: what our own rules found of the path.
        elsewhere: what they found of the other paths: OpenSSL has built one in the handshake, which may be any of them.

    Yields:
        A finding for each error that none of ours accounts for, one where OpenSSL has taken another way than a path
        that our rules don't refuse, and a check that says what OpenSSL made of the chain.
    """
    if case.handshake is None:
        return
    if case.supposed is not None:
        detail = "OpenSSL verified what was sent by the store as it is, and not what is supposed."
        yield not_checked("OpenSSL", detail, _REFERENCE)
        return
    errors = tuple(dict.fromkeys(case.handshake.verification_errors))
    if case.is_of_another_time:
        errors = tuple(error for error in errors if error.name not in _BY_THE_CLOCK)
    own = [error for error in errors if _is_accounted(case, error, findings)]
    others = [error for error in errors if error not in own and _is_accounted(case, error, elsewhere)]
    accounted = [error for error in errors if error in own or error in others]
    left = [error for error in errors if error not in accounted]
    for error in left:
        yield _failed(error, findings)
    if others and not left and not any(found.severity is Severity.ERROR for found in findings):
        yield _another_way(case, others)
        return
    further = case.handshake.verification_errors_left_out
    if further and not left:
        detail = f"OpenSSL's own verification found {further:,} errors more than are looked at; the others are known."
        yield not_checked("OpenSSL", detail, _REFERENCE)
    elif not errors and case.is_of_another_time:
        yield not_checked("OpenSSL", "OpenSSL verified the chain at the handshake, not for this moment.", _REFERENCE)
    elif not errors:
        yield passed("OpenSSL", "OpenSSL's own verification found nothing wrong.", _REFERENCE)
    elif not left:
        said = listed(f"{error.name} at depth {error.depth}" for error in accounted)
        yield passed("OpenSSL", f"All that OpenSSL's own verification says is accounted for here: {said}.", _REFERENCE)


def _is_accounted(case: Case, error: VerificationError, findings: Sequence[Finding]) -> bool:
    # Without a store there is no finding either: that nothing was consulted is said as a check.
    ends = not case.store.size or any(found.code in END_OF_PATH for found in findings)
    if ends and error.name in _NO_ANCHOR:
        return True
    # OpenSSL finds no issuer of a certificate whose extensions it can't make sense of.
    same = _ACCOUNTS.get(error.name, {FindingCode.UNREADABLE} if error.name in _NO_ANCHOR else set[FindingCode]())
    digest = sha256(error.certificate).hexdigest()
    return any(
        found.code in same and found.certificate == digest and found.severity is Severity.ERROR for found in findings
    )


def _failed(error: VerificationError, findings: Sequence[Finding]) -> Finding:
    certificate = parse_certificate(error.certificate)
    causes = {found.code for found in findings if found.severity is Severity.ERROR}
    sentence = _SENTENCES.get(error.name, "This is an error that only OpenSSL finds.")
    return finding(
        FindingCode.VERIFICATION_FAILED,
        Severity.ERROR,
        certificate,
        title=f"OpenSSL refuses {named(certificate)}: {error.name}",
        detail=f"OpenSSL's verification gives error {error.code} ({error.name}) for {named(certificate)} at depth "
        f"{error.depth}. {sentence}",
        reference=_REFERENCE,
        fix=None,
        cause=next((cause for cause in _CAUSES if cause in causes), None),
    )


def _another_way(case: Case, errors: Sequence[VerificationError]) -> Finding:
    """OpenSSL does not go back once it has chosen an issuer, and so it may miss the path that is in use here."""
    said = listed(f"{error.name} at depth {error.depth}" for error in errors)
    certificate = parse_certificate(errors[0].certificate)
    return finding(
        FindingCode.VERIFICATION_FAILED,
        Severity.WARNING,
        certificate,
        title=f"OpenSSL takes another way over {named(certificate)}, and refuses it",
        detail="There is a good path, but OpenSSL chose another issuer in the handshake, and it does not go back to "
        f"try the others: {said}. What is built on it, such as curl and Python, refuses the site.",
        reference="RFC 4158 §2.4.2",
        fix=f"Send the certificates of {' < '.join(named(step.certificate) for step in case.path.steps)} alone, in "
        "this order.",
    )
