"""What certificates may be used for."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.trust.authority import SERVER_AUTH, Authority, ec_key, key_usage
from tests.trust.cases import checks_of, codes, findings_of, only, statuses
from tests.trust.openssl_verdict import refusal
from tlsglass.trust.model import CheckStatus, FindingCode
from tlsglass.trust.rules import usage
from tlsglass.x509.model import BasicConstraints

ROOT = Authority.root()
PATH_LENGTH_EXCEEDED = 25
CA = x509.BasicConstraints(ca=True, path_length=None)


@pytest.mark.parametrize(
    "extensions",
    [
        [],
        [SERVER_AUTH],
        [x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])],
        [x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH])],
        [key_usage("digital_signature")],
        [key_usage("key_encipherment")],
        [key_usage("key_agreement")],
    ],
)
def test_a_servers_certificate_may_be_used_by_a_server(extensions: Sequence[x509.ExtensionType]) -> None:
    """Usages that are absent restrict nothing."""
    sent = [ROOT.issues("a.test", extensions=extensions)]
    assert not findings_of(usage.examine, sent)
    assert statuses(checks_of(usage.examine, sent)) == {CheckStatus.PASSED}


def test_a_certificate_for_other_purposes_is_refused_by_name() -> None:
    """Known purposes by name, others by number."""
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, x509.ObjectIdentifier("1.2.3.4")])
    found = only(findings_of(usage.examine, [ROOT.issues("a.test", extensions=[purposes])]))
    assert (found.code, found.field) == (FindingCode.WRONG_USAGE, "extensions.2.5.29.37")
    assert (found.title, "clientAuth and 1.2.3.4," in found.detail) == ("not issued for servers", True)


def test_an_intermediate_for_other_purposes_is_refused_too() -> None:
    """Clients take an issuer's extended key usage as a limit for what it issues."""
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    middle = ROOT.intermediate(extensions=[CA, key_usage("key_cert_sign"), purposes])
    found = only(findings_of(usage.examine, [middle.issues("a.test"), middle]))
    assert found.title == "'Test Intermediate CA' is not issued for servers"
    assert found.fix is not None
    assert found.fix.startswith("Have the server's certificate issued by an authority that may issue for servers;")


def test_an_anchors_purposes_do_not_count_but_those_of_an_anchored_leaf_do() -> None:
    """What stands in the store was put there for this."""
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    root = Authority.root("Mail", key=ec_key(3), extensions=[CA, key_usage("key_cert_sign"), purposes])
    assert not findings_of(usage.examine, [root.issues("a.test")], store=root.store())
    assert codes(findings_of(usage.examine, [root], store=root.store())) == [
        FindingCode.WRONG_USAGE,
        FindingCode.WRONG_USAGE,
    ]


def test_a_key_that_may_only_sign_certificates_is_no_servers() -> None:
    """RFC 5280 §4.2.1.3."""
    found = only(findings_of(usage.examine, [ROOT.issues("a.test", extensions=[key_usage("key_cert_sign")])]))
    assert (found.code, found.field) == (FindingCode.WRONG_USAGE, "extensions.2.5.29.15")
    nothing = replace(ROOT.issues("a.test").parsed, key_usage=frozenset(), extended_key_usage=())
    assert ["nothing" in each.detail for each in findings_of(usage.examine, [nothing])] == [True, True]


@pytest.mark.parametrize(
    ("extensions", "field", "words"),
    [
        ([], "extensions.2.5.29.19", "no basic constraints"),
        ([x509.BasicConstraints(ca=False, path_length=None)], "extensions.2.5.29.19", "say that it is no CA"),
        ([CA, key_usage("crl_sign")], "extensions.2.5.29.15", "lacks keyCertSign"),
    ],
)
def test_an_issuer_that_is_no_ca_is_refused(extensions: Sequence[x509.ExtensionType], field: str, words: str) -> None:
    """As when a server's certificate is used to issue another."""
    middle = ROOT.intermediate(extensions=extensions)
    found = only(findings_of(usage.examine, [middle.issues("a.test"), middle]))
    assert (found.code, found.field, found.certificate) == (FindingCode.INVALID_CA, field, middle.parsed.sha256)
    assert words in found.detail


def test_a_path_may_not_be_longer_than_an_issuer_allows() -> None:
    """RFC 5280 §4.2.1.9 counts the intermediates below that are not self-issued."""
    upper = ROOT.intermediate("Upper", key=ec_key(1), path_length=0)
    lower = upper.intermediate("Lower", key=ec_key(2))
    found = only(findings_of(usage.examine, [lower.issues("a.test"), lower, upper]))
    assert found.code is FindingCode.INVALID_CA
    assert "allows no intermediate certificates below it, and there is 1." in found.detail
    assert found.fix == (
        "Have the certificate issued nearer to 'Upper', or have that issued anew with a path length of 1."
    )
    longer = ROOT.intermediate("Longer", key=ec_key(1), path_length=1)
    second = longer.intermediate("Second", key=ec_key(2))
    third = second.intermediate("Third", key=ec_key(3))
    found = only(findings_of(usage.examine, [third.issues("a.test"), third, second, longer]))
    assert "allows 1 intermediate certificate below it, and there are 2." in found.detail
    same_name = upper.intermediate("Upper", key=ec_key(2))
    assert not findings_of(usage.examine, [same_name.issues("a.test"), same_name, upper])


def test_an_anchor_of_version_3_says_somewhere_that_it_is_one() -> None:
    """OpenSSL refuses one without basic constraints and key usage."""
    root = Authority.root("Mute", key=ec_key(3), extensions=[])
    assert codes(findings_of(usage.examine, [root.issues("a.test")], store=root.store())) == [FindingCode.INVALID_CA]


@pytest.mark.parametrize("self_issued", [(), (1,), (2,), (1, 2), (1, 2, 3)])
@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_path_lengths_are_counted_as_openssl_counts_them(length: int, self_issued: tuple[int, ...]) -> None:
    """RFC 5280 §6.1.4 (l) and (m): of three below the first, those that are self-issued don't count."""
    above = ROOT.intermediate("Level 0", key=ec_key(30), path_length=length)
    sent, called = [above], "Level 0"
    for level in (1, 2, 3):
        called = called if level in self_issued else f"Level {level}"
        above = above.intermediate(called, key=ec_key(30 + level))
        sent.append(above)
    leaf = above.issues("a.test")
    found = findings_of(usage.examine, [leaf, *sent[::-1]])
    good = 3 - len(self_issued) <= length
    assert codes(found) == ([] if good else [FindingCode.INVALID_CA])
    assert refusal(leaf, sent, ROOT) == (0 if good else PATH_LENGTH_EXCEEDED)


def test_a_name_that_is_encoded_otherwise_is_self_issued_all_the_same() -> None:
    """RFC 5280 §7.1: names are compared without regard to case and spaces."""
    upper = ROOT.intermediate("Upper", key=ec_key(1), path_length=0)
    renewed = upper.intermediate("UPPER", key=ec_key(2))
    leaf = renewed.issues("a.test")
    assert not findings_of(usage.examine, [leaf, renewed, upper])
    assert refusal(leaf, [renewed, upper], ROOT) == 0


def test_an_anchor_without_constraints_is_an_anchor_all_the_same() -> None:
    """Old roots are of version 1; RFC 5280 §6.1.1 (d) takes name and key of an anchor, no more."""
    root = Authority.root("Old", key=ec_key(3), extensions=[key_usage("key_cert_sign")])
    assert not findings_of(usage.examine, [root.issues("a.test")], store=root.store())
    assert codes(findings_of(usage.examine, [root.issues("a.test"), root])) == [FindingCode.INVALID_CA]
    assert root.parsed.basic_constraints != BasicConstraints(ca=True, path_length=None)
