"""What subjects say of the holder, by the kind of validation and the day of issue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from tests.trust.authority import NOW, SERVER_AUTH, Authority, Issued
from tests.trust.cases import check_named, checks_of, findings_of, only
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import subjects
from tlsglass.x509.model import Certificate

ROOT = Authority.root()
PUBLIC = ROOT.public_store()
DV, IV, OV, EV = "2.23.140.1.2.1", "2.23.140.1.2.3", "2.23.140.1.2.2", "2.23.140.1.1"
TYPES = {
    "C": NameOID.COUNTRY_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "L": NameOID.LOCALITY_NAME,
    "STREET": NameOID.STREET_ADDRESS,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "SN": NameOID.SURNAME,
    "GN": NameOID.GIVEN_NAME,
    "CN": NameOID.COMMON_NAME,
}
BEFORE_PROFILES = datetime(2023, 9, 14, 23, 59, 59, tzinfo=UTC)
BEFORE_UNITS = datetime(2022, 8, 31, 23, 59, 59, tzinfo=UTC)
ONE_SECOND = timedelta(seconds=1)


def _leaf(subject: str, policy: str | None = DV, *, begins: datetime = NOW) -> Issued:
    """A leaf with a subject such as 'C=DE,L=Bonn', a plus between what makes one relative name."""
    rdns = [
        x509.RelativeDistinguishedName([x509.NameAttribute(TYPES[type_], value) for type_, value in parts])
        for parts in ([each.split("=") for each in rdn.split("+")] for rdn in subject.split(",") if rdn)
    ]
    policies = [x509.PolicyInformation(x509.ObjectIdentifier(policy), None)] if policy else []
    extensions = [SERVER_AUTH, *([x509.CertificatePolicies(policies)] if policies else [])]
    return ROOT.issues("a.test", subject=x509.Name(rdns), extensions=extensions, not_before=begins)


@pytest.mark.parametrize(
    ("policy", "subject"),
    [
        (DV, ""),
        (DV, "C=DE,CN=a.test"),
        (IV, "C=DE,L=Bonn,SN=Doe,GN=Jo"),
        (IV, "C=DE,ST=NRW,O=Jo's Shop,SN=Doe,GN=Jo,CN=a.test"),
        (OV, "C=XX,L=Bonn,STREET=Here,STREET=There,O=Shop"),
        (OV, "C=DE,ST=NRW,O=S.-A.,CN=a.test"),
        (EV, "C=DE,O=Shop"),
    ],
    ids=["none", "domain", "individual", "trader", "organization", "state", "extended"],
)
def test_subjects_that_keep_to_what_is_laid_down(policy: str, subject: str) -> None:
    """One check that passed; of extended validation it says what was not looked at."""
    sent = [_leaf(subject, policy)]
    assert not findings_of(subjects.examine, sent, store=PUBLIC)
    check = check_named(checks_of(subjects.examine, sent, store=PUBLIC), "subject")
    assert check.status is CheckStatus.PASSED
    assert ("not looked at" in check.detail) is (policy == EV)


@pytest.mark.parametrize(
    ("policy", "subject", "title", "section"),
    [
        (DV, "O=Shop,L=Bonn,CN=a", "says its holder's organization and locality, though it is domain", "7.1.2.7.2"),
        (DV, "OU=Desk,CN=a.test", "names an organizational unit: Desk", "1.2.2"),
        (EV, "C=DE,O=Shop,OU=Desk", "names an organizational unit: Desk", "1.2.2"),
        (DV, "C=D1", "has a country that is no code: D1", "7.1.2.7.2"),
        (IV, "C=DE,L=Bonn,GN=Jo", "does not say its holder's surname", "7.1.2.7.3"),
        (IV, "C=DE,SN=Doe,GN=Jo", "does not say its holder's locality or state", "7.1.2.7.3"),
        (OV, "L=Bonn", "does not say its holder's country and organization", "7.1.2.7.4"),
        (OV, "C=DE,O=Shop", "does not say its holder's locality or state", "7.1.2.7.4"),
        (OV, "C=DE,L=Bonn,O=Shop,SN=Doe", "says its holder's surname, though it is organization", "7.1.2.7.4"),
        (OV, "C=DE,ST= - ,L=..,O=Shop", "nothing stands for state or province and locality", "7.1.2.7.4"),
        (EV, "C=DE,O=-", "nothing stands for organization", "7.1.2.7.5"),
        (DV, "CN=a.test,CN=b.test", "says its holder's common name more than once", "7.1.4.1"),
        (OV, "C=DE,L=Bonn+O=Shop", "has a relative name of several attributes", "7.1.4.1"),
    ],
)
def test_subjects_that_do_not(policy: str, subject: str, title: str, section: str) -> None:
    """A warning below public roots, where nobody refuses it; no client asks for it elsewhere."""
    sent = [_leaf(subject, policy)]
    found = only(findings_of(subjects.examine, sent, store=PUBLIC))
    assert (found.code, found.severity, found.field) == (FindingCode.BASELINE_NOT_MET, Severity.WARNING, "subject")
    assert title in found.title
    assert found.reference == f"CA/Browser Forum BR §{section}"
    assert found.detail.endswith("Clients accept it.")
    assert not findings_of(subjects.examine, sent)
    assert check_named(checks_of(subjects.examine, sent), "subject").status is CheckStatus.NOT_CHECKED


def test_what_domain_validation_says_nothing_of_may_be_empty() -> None:
    """That the common name is no alternative name is another rule's matter."""
    assert not findings_of(subjects.examine, [_leaf("CN=-")], store=PUBLIC)


def test_rules_bind_from_their_day_on() -> None:
    """Units were forbidden a year before all else was laid down; the day of issue counts."""
    unit = "names an organizational unit: Desk"
    organization = "says its holder's organization, though it is domain validated"
    for begins, found in (
        (BEFORE_UNITS, []),
        (BEFORE_UNITS + ONE_SECOND, [unit]),
        (BEFORE_PROFILES, [unit]),
        (BEFORE_PROFILES + ONE_SECOND, [unit, organization]),
    ):
        sent = [_leaf("O=Shop,OU=Desk", begins=begins)]
        assert [each.title for each in findings_of(subjects.examine, sent, store=PUBLIC)] == found
    check = check_named(checks_of(subjects.examine, [_leaf("OU=Desk", begins=BEFORE_UNITS)], store=PUBLIC), "subject")
    assert check.status is CheckStatus.NOT_CHECKED
    assert "it was issued before 2023-09-15" in check.detail


def test_without_a_policy_only_units_are_spoken_of() -> None:
    """What else may be there depends on how the holder was validated."""
    check = check_named(checks_of(subjects.examine, [_leaf("O=Shop", None)], store=PUBLIC), "subject")
    assert check.status is CheckStatus.NOT_CHECKED
    assert "does not say how its holder was validated" in check.detail
    assert len(findings_of(subjects.examine, [_leaf("O=Shop,OU=Desk", None)], store=PUBLIC)) == 1


def _altered(leaf: Certificate, subject: bytes) -> Certificate:
    return replace(leaf, subject=replace(leaf.subject, der=subject))


def test_nothing_is_said_of_what_cannot_be_read() -> None:
    """Something that seems to be absent may be there; others tell of what can't be read."""
    leaf = _leaf("C=DE", OV).parsed
    odd = tuple(replace(each, der=b"") if each.oid == "2.5.29.32" else each for each in leaf.extensions)
    for unreadable in (
        _altered(leaf, b""),
        _altered(leaf, bytes.fromhex("30023100")),
        replace(leaf, not_before=None),
        replace(leaf, extensions=odd),
    ):
        assert not findings_of(subjects.examine, [unreadable], store=PUBLIC)
        assert not checks_of(subjects.examine, [unreadable], store=PUBLIC)
