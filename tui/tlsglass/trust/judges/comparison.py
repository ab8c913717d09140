"""Our verdict beside those of two other judges, on the same path; where one differs, it is said why.

A difference is explained by a rule with its reference, or it is said that none is known: then one of the two is wrong.
"""

import re
from collections.abc import Iterator, Sequence

from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.judges import openssl, webpki
from tlsglass.trust.model import Check, Finding, FindingCode, Opinion, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules.readability import is_key
from tlsglass.trust.wording import listed, named
from tlsglass.x509.model import Certificate, PublicKey

_REFERENCE = "RFC 5280 §6"

_NOT_ASKED: dict[str, dict[FindingCode, str]] = {
    openssl.NAME: {
        FindingCode.TOO_COMPLEX: "it goes on for longer before it gives up",
        FindingCode.MISSING_INTERMEDIATE: "it was given the issuer that was fetched",
        FindingCode.NAME_MISMATCH: "it was asked about the path and not about the name",
        FindingCode.NAME_ONLY_IN_CN: "it was asked about the path and not about the name",
        FindingCode.WRONG_USAGE: "it was asked about the path and not about the purpose",
        FindingCode.INVALID_CA: "without a purpose it takes old certificates without basic constraints for CAs",
        FindingCode.WEAK_KEY: "sizes of keys are a matter of its security level, which holds in connections",
        FindingCode.WEAK_SIGNATURE: "hashes are a matter of its security level, which holds in connections",
        FindingCode.REVOKED: "it looks at staples only where a program hands them to it",
        FindingCode.STAPLE_UNUSABLE: "it looks at staples only where a program hands them to it",
        FindingCode.OLD_PROTOCOL: "the protocol is no matter of the path",
        FindingCode.VERIFICATION_FAILED: "in the handshake it built its own path and judged the purpose as well",
        FindingCode.POLICY_NOT_MET: "it looks at policies only where it is told to (X509_V_FLAG_POLICY_CHECK)",
        FindingCode.UNREADABLE: "it reads certificates with less care",
        FindingCode.ROOT_DISTRUSTED: "it knows no bounds that a root program sets",
        FindingCode.ROOT_LIMITED: "it knows no bounds that a root program sets",
        FindingCode.WIDE_WILDCARD: "it was asked about the path and not about the name",
        FindingCode.FORBIDDEN_NAME: "it was asked about the path and not about the name",
        FindingCode.LIFETIME_TOO_LONG: "it knows no limit for lifetimes (CA/B BR §6.3.2)",
        FindingCode.SERVER_USAGE_MISSING: "it takes what names no purposes for any (CA/B BR §7.1.2.7.10)",
        FindingCode.FAULTY_KEY: "it does not look at the numbers of a server's own key (CA/B BR §6.1.6)",
        FindingCode.UNSUPPORTED_ALGORITHM: "it takes more kinds of keys and signatures (CA/B BR §6.1.5, §7.1.3.2)",
        FindingCode.CA_AS_SERVER: "it takes a CA for a server as well (CA/B BR §7.1.2.7.8)",
        FindingCode.TRANSPARENCY_NOT_MET: "it asks for no timestamps of logs (RFC 6962)",
    },
    webpki.NAME: {
        FindingCode.TOO_COMPLEX: "it goes on for longer before it gives up",
        FindingCode.MISSING_INTERMEDIATE: "it was given the issuer that was fetched",
        FindingCode.POLICY_NOT_MET: "it does not look at policies",
        FindingCode.KEY_ID_MISMATCH: "it takes key identifiers for a hint (RFC 5280 §4.2.1.2)",
        FindingCode.WEAK_KEY: "it does not look at the size of a server's own key",
        FindingCode.REVOKED: "it does not look at revocation",
        FindingCode.STAPLE_UNUSABLE: "it does not look at revocation",
        FindingCode.OLD_PROTOCOL: "the protocol is no matter of the path",
        FindingCode.VERIFICATION_FAILED: "only OpenSSL objects",
        FindingCode.ROOT_DISTRUSTED: "it knows no bounds that a root program sets",
        FindingCode.ROOT_LIMITED: "it knows no bounds that a root program sets",
        FindingCode.WIDE_WILDCARD: "it knows no public suffixes (CA/B BR §3.2.2.6)",
        FindingCode.FORBIDDEN_NAME: "it takes the names of private networks, too (CA/B BR §4.2.2)",
        FindingCode.LIFETIME_TOO_LONG: "it knows no limit for lifetimes (CA/B BR §6.3.2)",
        FindingCode.SERVER_USAGE_MISSING: "it takes what names no purposes for any (CA/B BR §7.1.2.7.10)",
        FindingCode.FAULTY_KEY: "it does not look at the numbers of a server's own key (CA/B BR §6.1.6)",
        FindingCode.UNSUPPORTED_ALGORITHM: "it does not look at the kind of a server's own key (CA/B BR §6.1.5)",
        FindingCode.TRANSPARENCY_NOT_MET: "it asks for no timestamps of logs (RFC 6962)",
    },
}
"""What a judge says nothing about, and why."""

_CURVES = frozenset({"P-192", "P-224", "P-256", "P-384", "P-521"})
_ODD = "It can't make sense of a certificate that is not encoded as the standard has it, which can be read here."

_WIDE_WILDCARD = re.compile(r"\*\.[^.]+\.?")

_SUBJECT_KEY_ID = "2.5.29.14"

_STRICTER: tuple[tuple[str, str, str], ...] = (
    (
        r"2\.5\.29\.35\b|authorityKeyIdentifier",
        "It wants an authority key identifier in its plain form.",
        "CA/B BR §7.1.2.11.1",
    ),
    (r"2\.5\.29\.14\b", "It wants a subject key identifier in every CA.", "RFC 5280 §4.2.1.2"),
    (r"2\.5\.29\.17\b", "It wants the names in a subject alternative name.", "CA/B BR §7.1.2.7.12"),
    (r"2\.5\.29\.37\b|EKU", "It wants an extended key usage, without anyExtendedKeyUsage.", "CA/B BR §7.1.2.7.10"),
    (r"2\.5\.29\.15\b|keyUsage|keyCertSign", "It wants the key usage that fits.", "CA/B BR §7.1.2.10.7"),
    (r"2\.5\.29\.19\b|basicConstraints", "It wants basic constraints that fit.", "CA/B BR §7.1.2.10.4"),
    (r"unsupported .*constraint", "It does not know every form of name constraint.", "RFC 5280 §4.2.1.10"),
    (r"2\.5\.29\.30\b|name constraint", "It holds names against name constraints.", "RFC 5280 §4.2.1.10"),
    (r"critical", "It has an opinion on which extensions are critical.", "RFC 5280 §4.2"),
    (r"public key algorithm|key algorithm", "It takes only the keys of the web's CAs.", "CA/B BR §6.1.5"),
    (r"signature algorithm", "It takes only the signatures of the web's CAs.", "CA/B BR §7.1.3.2"),
    (r"serial", "It wants a serial number that is positive and has at most 20 octets.", "RFC 5280 §4.1.2.2"),
    (r"version", "It takes version 3 only.", "RFC 5280 §4.1.2.1"),
    (r"depth|exhausted: all", "It follows paths of up to eight intermediates.", "cryptography, max_chain_depth"),
    (r"EE.*CA|leaf.*CA|self-signed", "It takes no CA for a server's certificate.", "CA/B BR §7.1.2.7.8"),
    (r"pars(e|ing)|ASN\.1|InvalidVersion|DER", "It reads certificates with more care.", "RFC 5280 §4.1"),
    (r"subject|issuer|NULL|empty", "It has rules for names in certificates.", "RFC 5280 §4.1.2.6"),
)
"""What cryptography refuses that we don't: a pattern for its words, why in a sentence, and the rule."""


def opinions(case: Case) -> tuple[Opinion, ...]:
    """What the other judges say.

    Args:
        case: what is judged.

    Returns:
        One of each; nothing of either where no path leads to an anchor, as there is nothing then to give them.
    """
    if not case.path.anchored:
        return ()
    return (openssl.opinion(case), webpki.opinion(case))


def compare(case: Case, findings: Sequence[Finding], others: Sequence[Opinion]) -> Iterator[Finding | Check]:
    """Hold our verdict against theirs.

    Args:
        case: what is judged.
        findings: all that our rules found.
        others: what they say.

    Yields:
        A check for each that agrees, or whose difference is one of what it was asked; a finding where it differs.
    """
    errors = list(dict.fromkeys(found.code for found in findings if found.severity is Severity.ERROR))
    if not others:
        because = (
            "It is given the better of many paths only." if case.path.anchored else "There is no path to an anchor."
        )
        yield not_checked("other judges", f"{openssl.NAME} and {webpki.NAME} were not asked. {because}", _REFERENCE)
    for other in others:
        name, who = f"judged by {other.judge}", f"{other.judge} {other.version}"
        if other.accepts and not errors:
            yield passed(name, f"{who} accepts the same path.", _REFERENCE)
        elif other.accepts:
            yield _milder(case, who, other, errors)
        elif errors:
            yield passed(name, f"{who} refuses the same path, too: {other.words}.", _REFERENCE)
        elif other.judge == webpki.NAME and case.profile is Profile.RFC5280:
            detail = f"{who}, which knows the profile webpki only, refuses the same path: {other.words}."
            yield passed(name, detail, _REFERENCE)
        elif other.judge == openssl.NAME:
            errors.append(FindingCode.VERIFICATION_FAILED)
            yield _refused(case, who, other, findings)
        else:
            yield _stricter(case, who, other)


def passed_over(judge: str, leaf: Certificate) -> dict[FindingCode, str]:
    """What a judge says nothing about, and why.

    Args:
        judge: its name.
        leaf: the server's certificate.
    """
    reasons = dict(_NOT_ASKED[judge])
    if any(_WIDE_WILDCARD.fullmatch(name.value) for name in leaf.san):
        reasons[FindingCode.NAME_MISMATCH] = (
            "it takes a wildcard for a whole top-level domain, as RFC 9525 §6.3 lets it"
        )
    if any(name.value.startswith("*.") for name in leaf.san):
        reasons[FindingCode.NAME_NOT_PERMITTED] = (
            "it does not hold all that a wildcard stands for against what is excluded (RFC 5280 §4.2.1.10)"
        )
    if judge == webpki.NAME and any(each.critical and each.oid == _SUBJECT_KEY_ID for each in leaf.extensions):
        reasons[FindingCode.UNKNOWN_CRITICAL_EXTENSION] = (
            "it knows the subject key identifier, critical or not (RFC 5280 §4.2.1.2)"
        )
    if judge == webpki.NAME and not is_key(leaf.public_key):
        reasons[FindingCode.UNREADABLE] = "it does not look at a server's own key"
    return reasons


def _milder(case: Case, who: str, other: Opinion, errors: Sequence[FindingCode]) -> Finding | Check:
    reasons = passed_over(other.judge, case.leaf)
    unexplained = [code.value for code in errors if code not in reasons]
    if not unexplained:
        why = listed(dict.fromkeys(reasons[code] for code in errors))
        name = f"judged by {other.judge}"
        return passed(name, f"{who} accepts the same path, as was to be expected: {why}.", _REFERENCE)
    return finding(
        FindingCode.JUDGES_DIFFER,
        Severity.NOTICE,
        None,
        title=f"{other.judge} accepts the same path",
        detail=f"{who} accepts the path that is refused here for {listed(unexplained)}. tlsglass knows no rule that "
        "would explain that.",
        reference=_REFERENCE,
    )


def _refused(case: Case, who: str, other: Opinion, findings: Sequence[Finding]) -> Finding:
    """What OpenSSL refuses is not trusted, as in the handshake: too many programs judge with it."""
    certificates = [step.certificate for step in case.path.steps]
    certificate = next((found for found in certificates if found.sha256 == other.certificate), case.leaf)
    why, rule, cause = "None of the rules here says the same.", _REFERENCE, None
    if any(found.code is FindingCode.UNREADABLE for found in findings):
        why, rule, cause = _ODD, "RFC 5280 §4.1", FindingCode.UNREADABLE
    elif any(_is_unknown(each.public_key) for each in certificates):
        why, rule = "It does not know keys of that kind.", "RFC 5280 §4.1.2.7"
    return finding(
        FindingCode.VERIFICATION_FAILED,
        Severity.ERROR,
        certificate,
        title=f"OpenSSL refuses {named(certificate)}: {other.words}",
        detail=f"{who}, given this path alone, refuses {named(certificate)}: {other.words}. {why}",
        reference=rule,
        cause=cause,
    )


def _is_unknown(key: PublicKey) -> bool:
    """Whether a key is of a kind, or of a curve, that has no name."""
    return key.algorithm == key.oid or (key.algorithm == "EC" and key.curve not in _CURVES)


def _stricter(case: Case, who: str, other: Opinion) -> Finding:
    known = next(((why, rule) for words, why, rule in _STRICTER if re.search(words, other.words)), None)
    if known is None and _is_long_by_all(case):
        known = ("It counts self-issued certificates towards the path length, too.", "RFC 5280 §4.2.1.9")
    why, rule = known or ("tlsglass knows no rule that would explain that.", _REFERENCE)
    return finding(
        FindingCode.JUDGES_DIFFER,
        Severity.WARNING,
        None,
        title=f"{other.judge} refuses the same path: {other.words}",
        detail=f"{who} says of the path that is trusted here: {other.words}. {why}",
        reference=rule,
    )


def _is_long_by_all(case: Case) -> bool:
    """Whether a path length would be exceeded if self-issued certificates counted, which they don't."""
    lengths = (step.certificate.basic_constraints for step in case.issuers)
    return any(
        each is not None and each.path_length is not None and below > each.path_length
        for below, each in enumerate(lengths)
    )
