"""Certificate policies and the statements of qualified certificates by name."""

POLICIES = {
    "2.5.29.32.0": ("anyPolicy", ""),
    "2.23.140.1.1": ("extended-validation", "EV"),
    "2.23.140.1.2.1": ("domain-validated", "DV"),
    "2.23.140.1.2.2": ("organization-validated", "OV"),
    "2.23.140.1.2.3": ("individual-validated", "IV"),
    "2.23.140.1.3": ("extended-validation-codesigning", "EV code signing"),
    "2.23.140.1.4.1": ("codesigning", "code signing"),
    "2.23.140.1.4.2": ("timestamping", "time stamping"),
    "2.23.140.1.5.1.1": ("smime-mailbox-validated-legacy", "S/MIME"),
    "2.23.140.1.5.1.2": ("smime-mailbox-validated-multipurpose", "S/MIME"),
    "2.23.140.1.5.1.3": ("smime-mailbox-validated-strict", "S/MIME"),
    "2.23.140.1.5.2.1": ("smime-organization-validated-legacy", "S/MIME"),
    "2.23.140.1.5.2.2": ("smime-organization-validated-multipurpose", "S/MIME"),
    "2.23.140.1.5.2.3": ("smime-organization-validated-strict", "S/MIME"),
    "2.23.140.1.5.3.1": ("smime-sponsor-validated-legacy", "S/MIME"),
    "2.23.140.1.5.3.2": ("smime-sponsor-validated-multipurpose", "S/MIME"),
    "2.23.140.1.5.3.3": ("smime-sponsor-validated-strict", "S/MIME"),
    "2.23.140.1.5.4.1": ("smime-individual-validated-legacy", "S/MIME"),
    "2.23.140.1.5.4.2": ("smime-individual-validated-multipurpose", "S/MIME"),
    "2.23.140.1.5.4.3": ("smime-individual-validated-strict", "S/MIME"),
    "2.23.140.1.31": ("tor-onion-service", "EV"),
    "0.4.0.2042.1.1": ("etsi-ncp", "ETSI"),
    "0.4.0.2042.1.2": ("etsi-ncp-plus", "ETSI"),
    "0.4.0.2042.1.3": ("etsi-lcp", "ETSI"),
    "0.4.0.2042.1.4": ("etsi-evcp", "ETSI, EV"),
    "0.4.0.2042.1.6": ("etsi-dvcp", "ETSI, DV"),
    "0.4.0.2042.1.7": ("etsi-ovcp", "ETSI, OV"),
    "0.4.0.194112.1.0": ("etsi-qcp-natural", "ETSI, qualified"),
    "0.4.0.194112.1.1": ("etsi-qcp-legal", "ETSI, qualified"),
    "0.4.0.194112.1.2": ("etsi-qcp-natural-qscd", "ETSI, qualified"),
    "0.4.0.194112.1.3": ("etsi-qcp-legal-qscd", "ETSI, qualified"),
    "0.4.0.194112.1.4": ("etsi-qevcp-web", "ETSI, qualified, EV"),
    "0.4.0.194112.1.5": ("etsi-qncp-web", "ETSI, qualified"),
    "2.16.840.1.114412.2.1": ("digicert-ev", "EV"),
    "1.3.6.1.4.1.44947.1.1.1": ("isrg-domain-validated", "DV"),
}
"""Policies: the name, and in short what was validated."""

STATEMENTS = {
    "1.3.6.1.5.5.7.11.1": "id-qcs-pkixQCSyntax-v1",
    "1.3.6.1.5.5.7.11.2": "id-qcs-pkixQCSyntax-v2",
    "0.4.0.1862.1.1": "QcCompliance",
    "0.4.0.1862.1.2": "QcLimitValue",
    "0.4.0.1862.1.3": "QcRetentionPeriod",
    "0.4.0.1862.1.4": "QcSSCD",
    "0.4.0.1862.1.5": "QcPDS",
    "0.4.0.1862.1.6": "QcType",
    "0.4.0.1862.1.7": "QcCClegislation",
    "0.4.0.19495.2": "PSD2",
}
"""Statements of qualified certificates. RFC 3739 §3.2.6, ETSI EN 319 412-5, TS 119 495."""

QC_TYPES = {
    "0.4.0.1862.1.6.1": "electronic signatures",
    "0.4.0.1862.1.6.2": "electronic seals",
    "0.4.0.1862.1.6.3": "website authentication",
}
"""What a qualified certificate is for. ETSI EN 319 412-5 §4.2.3."""


def policy_text(oid: str) -> str:
    """A policy as `organization-validated (OV), 2.23.140.1.2.2`, or its dotted OID."""
    if oid not in POLICIES:
        return oid
    name, validated = POLICIES[oid]
    return f"{name} ({validated}), {oid}" if validated else f"{name}, {oid}"
