"""What is found in the zoo, by the ids: exactly these codes, and nothing at all with what is not in here."""

from tlsglass.trust.model import FindingCode as Code

FINDINGS: dict[str, set[Code]] = {
    "expired": {Code.EXPIRED},
    "not-yet-valid": {Code.NOT_YET_VALID},
    "expires-soon": {Code.EXPIRES_SOON},
    "expired-intermediate": {Code.EXPIRED},
    "wrong-name": {Code.NAME_MISMATCH},
    "cn-only": {Code.NAME_ONLY_IN_CN},
    "self-signed": {Code.SELF_SIGNED},
    "unknown-root": {Code.UNKNOWN_ISSUER, Code.ROOT_SENT},
    "missing-intermediate": {Code.MISSING_INTERMEDIATE},
    "wrong-order": {Code.WRONG_ORDER, Code.UNRELATED_CERTIFICATE},
    "sent-twice": {Code.DUPLICATE_CERTIFICATE},
    "bad-signature": {Code.BAD_SIGNATURE},
    "wrong-key-id": {Code.KEY_ID_MISMATCH},
    "cross-signed-late": {Code.VERIFICATION_FAILED},
    "cross-both-expired": {Code.EXPIRED},
    "loop": {Code.UNKNOWN_ISSUER},
    "thicket": {Code.UNKNOWN_ISSUER, Code.TOO_COMPLEX},
    "sha1": {Code.WEAK_SIGNATURE},
    "rsa1024": {Code.WEAK_KEY},
    "two-algorithms": {Code.SIGNATURE_ALGORITHM_MISMATCH},
    "policy": {Code.POLICY_NOT_MET},
    "critical": {Code.UNKNOWN_CRITICAL_EXTENSION},
    "no-ca": {Code.INVALID_CA},
    "no-cert-sign": {Code.INVALID_CA},
    "path-length": {Code.INVALID_CA},
    "self-issued": {Code.JUDGES_DIFFER},
    "self-issued-too-long": {Code.INVALID_CA},
    "wrong-usage": {Code.WRONG_USAGE},
    "wrong-key-usage": {Code.WRONG_USAGE},
    "intermediate-usage": {Code.WRONG_USAGE},
    "name-constraints": {Code.NAME_NOT_PERMITTED},
    "too-complex": {Code.TOO_COMPLEX},
    "constraints-kept": {Code.JUDGES_DIFFER},
    "excluded-name": {Code.NAME_NOT_PERMITTED},
    "outside-address": {Code.NAME_NOT_PERMITTED},
    "excluded-address": {Code.NAME_NOT_PERMITTED},
    "outside-mail": {Code.NAME_NOT_PERMITTED},
    "excluded-mail": {Code.NAME_NOT_PERMITTED},
    "outside-directory": {Code.NAME_NOT_PERMITTED},
    "excluded-directory": {Code.NAME_NOT_PERMITTED},
    "outside-uri": {Code.NAME_NOT_PERMITTED},
    "excluded-uri": {Code.NAME_NOT_PERMITTED},
    "long-lived": {Code.LIFETIME_TOO_LONG},
    "ca-as-server": {Code.CA_AS_SERVER},
    "no-purpose": {Code.SERVER_USAGE_MISSING},
    "long-exponent": {Code.FAULTY_KEY},
    "shared-key": {Code.KEY_REUSED},
    "negative-serial": {Code.INVALID_SERIAL, Code.JUDGES_DIFFER},
    "wide-wildcard": {Code.WIDE_WILDCARD},
    "twice": {Code.UNREADABLE},
    "thirteenth-month": {Code.UNREADABLE},
    "no-key-ids": {Code.NONCONFORMING, Code.JUDGES_DIFFER},
    "not-logged": {Code.TRANSPARENCY_NOT_MET},
    "wrong-timestamp": {Code.SCT_INVALID},
    "reserved-name": {Code.FORBIDDEN_NAME},
    "other-common-name": {Code.COMMON_NAME_NOT_IN_SAN},
    "short-serial": {Code.WEAK_SERIAL},
    "no-policy": {Code.BASELINE_NOT_MET},
    "revoked": {Code.REVOKED},
    "revoked-issuer-staple": {Code.REVOKED},
    "must-staple": {Code.STAPLE_UNUSABLE},
    "stale-staple": {Code.STAPLE_UNUSABLE},
    "tls10": {Code.OLD_PROTOCOL},
    "good-ed25519": {Code.UNSUPPORTED_ALGORITHM},
}

STILL_TRUSTED = {
    "wrong-timestamp",
    "other-common-name",
    "short-serial",
    "no-policy",
    "expires-soon",
    "wrong-order",
    "sent-twice",
    "cross-signed-late",
    "self-issued",
    "constraints-kept",
    "no-key-ids",
    "stale-staple",
    "tls10",
    "good-ed25519",
    "shared-key",
    "negative-serial",
}
"""What is found with these makes nobody untrustworthy."""

WHEN_ASKED = {"no-answer": {Code.REVOCATION_UNAVAILABLE}}
"""What is found beside the revoked when the authorities are asked."""

ON_THE_TOUR = {Code.LOOK_ALIKE_NAME}
"""What the guide sends one to under another name of an exhibit."""

_OF_PROGRAMS = "it is about the anchors of root programs, whose keys nobody here has"

NOT_SHOWN: dict[Code, str] = {
    Code.ROOT_DISTRUSTED: _OF_PROGRAMS,
    Code.ROOT_LIMITED: _OF_PROGRAMS,
    Code.NOT_IN_ALL_PROGRAMS: _OF_PROGRAMS,
}
"""The codes that nothing in the zoo gives, and why."""
