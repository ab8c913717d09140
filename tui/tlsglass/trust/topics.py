"""What findings and checks are about, so that a long list of them can be read in groups."""

from enum import StrEnum

from tlsglass.trust.model import Check, Finding, FindingCode

FETCHING = "issuer fetched"
"""What the checks are called that tell who was asked for an issuer, and what came of it."""

FURTHER = "further"
"""How the name of each check begins that tells of what is passed over, since there is too much of it."""

FURTHER_CERTIFICATES = f"{FURTHER} certificates"
FURTHER_NAMES = f"{FURTHER} names"
FURTHER_WORDS = f"{FURTHER} words of names"
FURTHER_POINTS = f"{FURTHER} distribution points for revocation"
FURTHER_STAPLES = f"{FURTHER} staples"


class Topic(StrEnum):
    """What a finding or a check is about; the value is how a heading says it."""

    CLIENTS = "Who is affected"
    PATH = "Path"
    VALIDITY = "Validity"
    NAMES = "Names"
    SIGNATURES = "Signatures and keys"
    USAGE = "Usage and constraints"
    REVOCATION = "Revocation"
    TRANSPARENCY = "Transparency"
    SERVER = "Server and handshake"
    ENCODING = "Encoding and practice"
    PROGRAMS = "Root programs"
    JUDGES = "Other judges"


_CODES = {
    FindingCode.EXPIRED: Topic.VALIDITY,
    FindingCode.NOT_YET_VALID: Topic.VALIDITY,
    FindingCode.EXPIRES_SOON: Topic.VALIDITY,
    FindingCode.NAME_MISMATCH: Topic.NAMES,
    FindingCode.NAME_ONLY_IN_CN: Topic.NAMES,
    FindingCode.NAME_NOT_PERMITTED: Topic.NAMES,
    FindingCode.SELF_SIGNED: Topic.PATH,
    FindingCode.UNKNOWN_ISSUER: Topic.PATH,
    FindingCode.MISSING_INTERMEDIATE: Topic.PATH,
    FindingCode.KEY_ID_MISMATCH: Topic.PATH,
    FindingCode.TOO_COMPLEX: Topic.PATH,
    FindingCode.WRONG_ORDER: Topic.PATH,
    FindingCode.UNRELATED_CERTIFICATE: Topic.PATH,
    FindingCode.DUPLICATE_CERTIFICATE: Topic.PATH,
    FindingCode.ROOT_SENT: Topic.PATH,
    FindingCode.WEAK_KEY: Topic.SIGNATURES,
    FindingCode.WEAK_SIGNATURE: Topic.SIGNATURES,
    FindingCode.BAD_SIGNATURE: Topic.SIGNATURES,
    FindingCode.SIGNATURE_ALGORITHM_MISMATCH: Topic.SIGNATURES,
    FindingCode.REVOKED: Topic.REVOCATION,
    FindingCode.STAPLE_UNUSABLE: Topic.REVOCATION,
    FindingCode.REVOCATION_UNAVAILABLE: Topic.REVOCATION,
    FindingCode.INVALID_CA: Topic.USAGE,
    FindingCode.WRONG_USAGE: Topic.USAGE,
    FindingCode.UNKNOWN_CRITICAL_EXTENSION: Topic.USAGE,
    FindingCode.POLICY_NOT_MET: Topic.USAGE,
    FindingCode.UNREADABLE: Topic.ENCODING,
    FindingCode.NONCONFORMING: Topic.ENCODING,
    FindingCode.OLD_PROTOCOL: Topic.SERVER,
    FindingCode.VERIFICATION_FAILED: Topic.JUDGES,
    FindingCode.JUDGES_DIFFER: Topic.JUDGES,
    FindingCode.SCT_INVALID: Topic.TRANSPARENCY,
    FindingCode.TRANSPARENCY_NOT_MET: Topic.TRANSPARENCY,
    FindingCode.WIDE_WILDCARD: Topic.NAMES,
    FindingCode.CA_AS_SERVER: Topic.USAGE,
    FindingCode.SERVER_USAGE_MISSING: Topic.USAGE,
    FindingCode.UNSUPPORTED_ALGORITHM: Topic.SIGNATURES,
    FindingCode.BASELINE_NOT_MET: Topic.ENCODING,
    FindingCode.ROOT_DISTRUSTED: Topic.PROGRAMS,
    FindingCode.ROOT_LIMITED: Topic.PROGRAMS,
    FindingCode.NOT_IN_ALL_PROGRAMS: Topic.PROGRAMS,
}

_WORDS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (Topic.PROGRAMS, ("root programs", "distrust by", "names by")),
    (Topic.JUDGES, ("judged by", "other judges", "openssl")),
    (Topic.TRANSPARENCY, ("timestamp", "transparency", "public log", "sct", "ct policy")),
    (Topic.REVOCATION, ("revocation", "staple", "must-staple")),
    (Topic.NAMES, ("name",)),
    (Topic.VALIDITY, ("validity", "lifetime")),
    (Topic.SIGNATURES, ("signature", "key identifiers", "serial", "rsa")),
    (Topic.SIGNATURES, ("key",)),
    (Topic.PATH, ("path", "order", FETCHING, "alternative", "certificates", "root sent")),
    (Topic.USAGE, ("usage", "purposes", "authority", "issuer", "extensions", "policies", "constraints")),
    (Topic.SERVER, ("protocol", "handshake", "cipher")),
)
"""The words that the name of a check, or a code that is not above, has in it; the more telling ones first."""


def topic_of(item: Finding | Check) -> Topic:
    """What a finding or a check is about; what is not known is taken for a matter of practice.

    Args:
        item: the finding or the check.
    """
    if isinstance(item, Finding) and item.code in _CODES:
        return _CODES[item.code]
    name = item.code.value.replace("-", " ") if isinstance(item, Finding) else item.name.lower()
    found = (topic for topic, words in _WORDS if any(word in name for word in words))
    return next(found, Topic.ENCODING)
