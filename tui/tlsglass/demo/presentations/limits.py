"""Who may issue what, and who went beyond it."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tlsglass.demo.authority import Authority, key_usage
from tlsglass.demo.changes import having
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present

ORGANIZATION_VALIDATED = x509.ObjectIdentifier("2.23.140.1.2.2")
"""The CA/Browser Forum's policy for certificates that name an organization."""

UNKNOWN_EXTENSION = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.32473.1"), bytes.fromhex("0500"))
"""An extension that nobody knows: RFC 5612 keeps this number for examples."""


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    critical = leaf(by.intermediate, "critical", changes=[having(UNKNOWN_EXTENSION, critical=True)])
    return {
        "policy": _policy(by),
        "critical": present(critical, by.intermediate),
        "no-ca": _no_ca(by),
        "no-cert-sign": _no_cert_sign(by),
        "path-length": _path_length(by),
        **_self_issued(by),
        **_usages(by),
    }


def _policy(by: Authorities) -> Presentation:
    strict = by.root.authority("Demo Strict CA", changes=[having(x509.PolicyConstraints(0, None), critical=True)])
    policies = x509.CertificatePolicies([x509.PolicyInformation(ORGANIZATION_VALIDATED, None)])
    return present(leaf(strict, "policy", changes=[having(policies)]), strict)


def _no_ca(by: Authorities) -> Presentation:
    """The issuer is a site like others, whose key somebody signs with."""
    site = leaf(by.intermediate, "some-other-site", key=by.rsa_key)
    issuer = Authority(certificate=site.certificate, key=by.rsa_key, at=by.at, publications=by.root.publications)
    return present(leaf(issuer, "no-ca"), issuer, by.intermediate)


def _no_cert_sign(by: Authorities) -> Presentation:
    quiet = by.root.authority("Demo Quiet CA", changes=[having(key_usage(crl_sign=True), critical=True)])
    return present(leaf(quiet, "no-cert-sign"), quiet)


def _path_length(by: Authorities) -> Presentation:
    upper = by.root.authority("Demo Upper CA")
    lower = upper.authority("Demo Lower CA")
    return present(leaf(lower, "path-length"), lower, upper)


def _self_issued(by: Authorities) -> dict[str, Presentation]:
    """An authority that may have none below it certifies its new key. RFC 5280 §6.1.4 (l)."""
    name = "Demo Steady CA"
    before = by.root.authority(name)
    after = before.authority(name)
    below = after.authority("Demo Further CA")
    return {
        "self-issued": present(leaf(after, "self-issued"), after, before),
        "self-issued-too-long": present(leaf(below, "self-issued-too-long"), below, after, before),
    }


def _usages(by: Authorities) -> dict[str, Presentation]:
    for_clients = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    for_mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    to_certify = having(key_usage(digital_signature=False, key_cert_sign=True), critical=True)
    mail = by.root.authority("Demo Mail CA", changes=[having(for_mail)])
    upper = by.root.authority("Demo Post CA", path_length=1, changes=[having(for_mail)])
    lower = upper.authority("Demo Post Web CA")
    return {
        "wrong-usage": present(leaf(by.intermediate, "wrong-usage", changes=[having(for_clients)]), by.intermediate),
        "wrong-key-usage": present(leaf(by.intermediate, "wrong-key-usage", changes=[to_certify]), by.intermediate),
        "intermediate-usage": present(leaf(mail, "intermediate-usage"), mail),
        "upper-usage": present(leaf(lower, "upper-usage"), lower, upper),
    }
