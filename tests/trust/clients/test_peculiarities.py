"""What only some families of clients mind: purposes, algorithms, policies, names and numbers."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.trust.authority import NOW, ec_key
from tests.trust.cases import judged
from tests.trust.clients.below_public_roots import (
    ACCEPTS,
    CHROME,
    CURL,
    DAY,
    DEPENDS,
    EDGE,
    FIREFOX,
    GNUTLS,
    GO,
    JAVA,
    PYTHON,
    REFUSES,
    REQUESTS,
    ROOT,
    SAFARI,
    UNKNOWN,
    public,
    said_of,
    stances_of,
)
from tlsglass.trust.clients.affected import FAMILIES
from tlsglass.trust.model import FindingCode, Severity
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status


def test_who_wants_it_said_that_a_certificate_is_for_servers() -> None:
    """Apple does; by the standard one that names no purposes is for any."""
    unsaid = said_of(public(ROOT.issues("a.test", extensions=[])), FindingCode.SERVER_USAGE_MISSING)
    assert {family for family, stance in unsaid.items() if stance is REFUSES} == {SAFARI}
    assert unsaid[CURL] is ACCEPTS
    anything = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
    for_any = said_of(public(ROOT.issues("a.test", extensions=[anything])), FindingCode.SERVER_USAGE_MISSING)
    assert (for_any[SAFARI], for_any[CURL]) == (REFUSES, UNKNOWN)


def test_who_knows_which_algorithms_and_suffixes() -> None:
    """Browsers take few kinds of keys; Chrome and Java know the suffixes of registries."""
    curve = said_of(
        public(ROOT.issues("a.test", key=ec_key(curve=ec.BrainpoolP256R1))), FindingCode.UNSUPPORTED_ALGORITHM
    )
    assert {family for family, stance in curve.items() if stance is REFUSES} == {CHROME, EDGE, FIREFOX}
    wide = said_of(public(ROOT.issues("*.co.uk"), hostname="shop.co.uk"), FindingCode.WIDE_WILDCARD)
    assert {family for family, stance in wide.items() if stance is REFUSES} == {CHROME, EDGE, JAVA}
    private = judged([ROOT.issues("*.co.uk")], store=ROOT.store(), hostname="shop.co.uk")
    assert said_of(private, FindingCode.WIDE_WILDCARD)[JAVA] is ACCEPTS


def test_who_looks_at_policies() -> None:
    """Where an issuer requires one that the certificate does not have."""
    claimed, asked = (x509.PolicyInformation(x509.ObjectIdentifier(f"1.2.3.{last}"), None) for last in (1, 2))
    required = x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None)
    ca = x509.BasicConstraints(ca=True, path_length=None)
    strict = ROOT.intermediate("Strict", extensions=[ca, x509.CertificatePolicies([asked]), required])
    leaf = strict.issues("a.test", extensions=[x509.CertificatePolicies([claimed])])
    said = said_of(public(leaf, strict), FindingCode.POLICY_NOT_MET)
    assert {family for family, stance in said.items() if stance is REFUSES} == {CHROME, EDGE, GO}
    assert {family for family, stance in said.items() if stance is ACCEPTS} == {FIREFOX, CURL, PYTHON, REQUESTS}


def test_chrome_minds_names_of_private_networks_where_it_was_led_by_one() -> None:
    """Not where such a name only stands among the others."""
    both = [ROOT.issues("a.test", "www.example.com")]
    asked = said_of(judged(both, store=ROOT.public_store()), FindingCode.FORBIDDEN_NAME)
    assert {family for family, stance in asked.items() if stance is REFUSES} == {CHROME, EDGE}
    besides = judged(both, hostname="www.example.com", store=ROOT.public_store())
    assert FindingCode.FORBIDDEN_NAME in {found.code for found in besides.findings}
    assert said_of(besides, FindingCode.FORBIDDEN_NAME) == {}


@pytest.mark.parametrize(("serial", "refused"), [(-5, {GO}), (0, set[str]())])
def test_go_takes_no_negative_serial_number(serial: int, refused: set[str]) -> None:
    """Zero it takes."""
    report = public(ROOT.issues("a.test", not_after=NOW - DAY))
    odd = replace(report.path[0].certificate, serial=serial)
    found = replace(report.findings[0], code=FindingCode.INVALID_SERIAL, severity=Severity.WARNING)
    path = (replace(report.path[0], certificate=odd), *report.path[1:])
    said = said_of(replace(report, path=path, findings=(found,)), FindingCode.INVALID_SERIAL)
    assert set(said) == refused


def test_what_openssl_said_itself_counts_for_those_that_judge_by_it() -> None:
    """As a warning it is about the way that it takes; GnuTLS may take that, too."""
    report = replace(public(ROOT.issues("a.test")), findings=())
    fault = replace(
        public(ROOT.issues("b.test")).findings[0], code=FindingCode.VERIFICATION_FAILED, title="OpenSSL refuses it"
    )
    said = said_of(replace(report, findings=(replace(fault, severity=Severity.WARNING),)), fault.code)
    assert said == {CURL: REFUSES, PYTHON: REFUSES, REQUESTS: REFUSES, GNUTLS: UNKNOWN}
    said = said_of(replace(report, findings=(fault,)), fault.code)
    assert len(said) == len(FAMILIES)
    assert said[GO] is UNKNOWN


def test_gnutls_looks_at_staples_and_counts_self_issued_certificates() -> None:
    """It was seen to do so; the standard leaves these out of a path's length."""
    report = public(ROOT.issues("a.test"))
    leaf = report.path[0].certificate.sha256
    revoked = replace(public(ROOT.issues("b.test")).findings[0], code=FindingCode.REVOKED, certificate=leaf)
    for source, stance in ((Source.STAPLE, REFUSES), (Source.CRL, UNKNOWN)):
        answer = RevocationAnswer(certificate=leaf, source=source, url=None, status=Status.REVOKED)
        found = replace(report, findings=(revoked,), revocation=(answer,))
        assert said_of(found, FindingCode.REVOKED)[GNUTLS] is stance
    steady = ROOT.intermediate("Steady", key=ec_key(50), path_length=0)
    renewed = steady.intermediate("Steady", key=ec_key(51))
    chain = public(renewed.issues("a.test"), renewed, steady)
    assert {family for family, stance in stances_of(chain).items() if stance is REFUSES} == {GNUTLS}


def test_python_asks_for_key_identifiers_since_3_13() -> None:
    """In what is certified, not in anchors."""
    without, with_them = (stances_of(public(ROOT.issues("a.test", key_id=kept))) for kept in (False, True))
    assert (without[PYTHON], without[REQUESTS]) == (DEPENDS, DEPENDS)
    assert (with_them[PYTHON], with_them[REQUESTS]) == (ACCEPTS, ACCEPTS)
