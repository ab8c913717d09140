"""Staples: believed when they may be, and never for more than they say."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import DAY, MUST_STAPLE, NOW, SERVER_AUTH, Authority, Issued, ec_key, rsa_key, self_signed
from tests.trust.cases import case, check_named, checks_of, codes, findings_of, judged, only
from tests.trust.handshakes import handshake, sent
from tests.trust.revocation.responders import responder_of, revoked_staple, staple_of
from tlsglass.tls.model import CertificateEntry
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity, Verdict
from tlsglass.trust.revocation import staple as stapling
from tlsglass.trust.revocation.model import Status
from tlsglass.trust.revocation.ocsp import OcspError, read_answer
from tlsglass.trust.stores import Store

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")


def _found(staple: bytes, leaf: Issued = LEAF, authority: Authority = ROOT) -> Finding:
    shaken = handshake(entries=[sent(leaf, staple=staple)])
    return only(findings_of(stapling.examine, [leaf], store=authority.store(), shaken=shaken))


def _check(staple: bytes | None, leaf: Issued = LEAF, authority: Authority = ROOT) -> Check:
    shaken = handshake(entries=[sent(leaf, staple=staple)])
    return check_named(checks_of(stapling.examine, [leaf], store=authority.store(), shaken=shaken), "staple")


def test_a_good_staple_passes_with_its_signer_and_dates() -> None:
    """Signed by the issuer itself."""
    check = _check(staple_of(LEAF, ROOT))
    assert check.status is CheckStatus.PASSED
    assert check.detail == (
        "The staple of 'Test Root CA' says that the certificate is good, as of 2026-11-22 12:00 UTC "
        "until 2026-11-24 12:00 UTC."
    )
    assert "until" not in _check(staple_of(LEAF, ROOT, next_update=None)).detail


@pytest.mark.parametrize("algorithm", [None, hashes.SHA256(), hashes.SHA512()])
def test_any_hash_function_may_name_the_certificate(algorithm: hashes.HashAlgorithm | None) -> None:
    """RFC 6960 §4.1.1: it is named in the response."""
    assert _check(staple_of(LEAF, ROOT, algorithm=algorithm)).status is CheckStatus.PASSED


@pytest.mark.parametrize("key", [rsa_key(), ed25519.Ed25519PrivateKey.generate()], ids=["RSA", "Ed25519"])
def test_any_kind_of_key_may_sign(key: ed25519.Ed25519PrivateKey) -> None:
    """The signature is checked as a certificate's is."""
    authority = Authority.root(key=key)
    leaf = authority.issues("a.test")
    assert _check(staple_of(leaf, authority), leaf, authority).status is CheckStatus.PASSED


def test_a_responder_may_sign_if_the_issuer_said_so() -> None:
    """RFC 6960 §4.2.2.2: its certificate comes with the response."""
    responder = responder_of(ROOT)
    check = _check(staple_of(LEAF, ROOT, signer=responder, brings=[responder]))
    assert check.detail.startswith("The staple of 'Responder' says")


@pytest.mark.parametrize(
    ("responder", "words"),
    [
        (responder_of(ROOT, may_sign=False), "extended key usage lacks OCSPSigning"),
        (responder_of(Authority.root("Other", key=ec_key(3))), "was not authorised by 'Test Root CA'"),
        (responder_of(ROOT, not_after=NOW - DAY), "is not valid now"),
    ],
)
def test_a_responder_that_may_not_sign_is_not_believed(responder: Issued, words: str) -> None:
    """Also where it says that all is well."""
    found = _found(staple_of(LEAF, ROOT, signer=responder, brings=[responder]))
    assert (found.code, found.severity) == (FindingCode.STAPLE_UNUSABLE, Severity.WARNING)
    assert words in found.detail


def test_a_staple_that_nobody_known_signed_is_not_believed() -> None:
    """With and without a certificate that has nothing to do with it."""
    stranger = responder_of(ROOT)
    assert "nor that of a responder" in _found(staple_of(LEAF, ROOT, signer=stranger)).detail
    assert "nor that of a responder" in _found(staple_of(LEAF, ROOT, signer=stranger, brings=[LEAF])).detail


def test_a_staple_whose_signature_cannot_be_checked_is_not_believed() -> None:
    """The issuer's key can't be read."""
    issuer, certificate, staple = ROOT.parsed, LEAF.parsed, staple_of(LEAF, ROOT)
    ec_public_key = bytes.fromhex("06072a8648ce3d0201")
    unknown = issuer.public_key.der.replace(ec_public_key, bytes.fromhex("06072a8648ce3d027f"))
    odd = replace(issuer, public_key=replace(issuer.public_key, der=unknown))
    with pytest.raises(OcspError, match="signature can't be checked: the key or the algorithm is not supported"):
        read_answer(staple, certificate=certificate, issuer=odd, at=NOW)
    keyless = replace(issuer, public_key=replace(issuer.public_key, der=b""))
    with pytest.raises(OcspError, match="can't be read"):
        read_answer(staple, certificate=certificate, issuer=keyless, at=NOW)


def test_a_signature_algorithm_that_is_not_known_is_not_believed() -> None:
    """One of 512-bit hashes with a twisted number."""
    staple = staple_of(LEAF, ROOT)
    ecdsa_with_sha256 = bytes.fromhex("06082a8648ce3d040302")
    assert ecdsa_with_sha256 in staple
    twisted = staple.replace(ecdsa_with_sha256, bytes.fromhex("06082a8648ce3d04037f"))
    assert _found(twisted).code is FindingCode.STAPLE_UNUSABLE


def test_a_revoked_certificate_is_the_main_reason() -> None:
    """With the day and the reason; also where it has expired besides."""
    shaken = handshake(entries=[sent(LEAF, staple=revoked_staple(LEAF, ROOT))])
    report = judged([LEAF], shaken=shaken, at=NOW + 200 * DAY)
    found = report.findings[0]
    assert (found.code, found.severity) == (FindingCode.REVOKED, Severity.ERROR)
    assert report.findings[1].code is FindingCode.EXPIRED
    assert _found(revoked_staple(LEAF, ROOT)).title == "revoked 2 days ago (2026-11-21 12:00 UTC)"
    assert "the reason given is keyCompromise" in found.detail
    assert report.verdict is Verdict.UNTRUSTED


def test_a_revocation_without_reason_invents_none() -> None:
    """The reason is optional."""
    staple = staple_of(LEAF, ROOT, status=ocsp.OCSPCertStatus.REVOKED, revoked=NOW - DAY)
    assert "reason" not in _found(staple).detail


@pytest.mark.parametrize(
    ("staple", "title"),
    [
        (
            staple_of(LEAF, ROOT, status=ocsp.OCSPCertStatus.UNKNOWN),
            "the OCSP responder does not know the certificate",
        ),
        (
            staple_of(LEAF, ROOT, this_update=NOW + DAY, next_update=NOW + 2 * DAY),
            "the OCSP staple is from the future",
        ),
        (
            staple_of(LEAF, ROOT, this_update=NOW - 9 * DAY, next_update=NOW - 2 * DAY),
            "the OCSP staple is out of date since 2 days",
        ),
        (staple_of(ROOT.issues("b.test"), ROOT), "the OCSP staple can't be used"),
        (b"no response", "the OCSP staple can't be used"),
        (b"", "the OCSP staple can't be used"),
    ],
)
def test_a_staple_that_says_nothing_certain_is_told(staple: bytes, title: str) -> None:
    """It is a warning, for the certificate may be good all the same."""
    found = _found(staple)
    assert (found.code, found.severity, found.title) == (FindingCode.STAPLE_UNUSABLE, Severity.WARNING, title)


def test_a_responders_refusal_is_told_by_its_status() -> None:
    """RFC 6960 §4.2.1."""
    refusal = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    assert "the status 'try later'" in _found(refusal.public_bytes(Encoding.DER)).detail


def test_no_staple_is_not_checked_unless_the_certificate_demands_one() -> None:
    """RFC 7633 §4.3.3: clients that asked for the staple must not take the certificate for valid."""
    assert _check(None).detail == "The server stapled none, and nobody was asked."
    demanding = ROOT.issues("a.test", extensions=[SERVER_AUTH, MUST_STAPLE])
    found = only(findings_of(stapling.examine, [demanding]))
    assert (found.code, found.severity, found.field) == (
        FindingCode.STAPLE_UNUSABLE,
        Severity.ERROR,
        "extensions.1.3.6.1.5.5.7.1.24",
    )
    shaken = handshake(entries=[sent(demanding, staple=b"garbage")])
    assert only(findings_of(stapling.examine, [demanding], shaken=shaken)).severity is Severity.ERROR


def test_without_issuer_or_handshake_no_staple_is_judged() -> None:
    """A signature needs a key to be checked with."""
    orphan = Authority.root("Other", key=ec_key(3)).issues("a.test")
    assert "is not known" in _check(revoked_staple(LEAF, ROOT), orphan).detail
    check = check_named(checks_of(stapling.examine, [LEAF], shaken=None), "staple")
    assert (check.status, check.detail) == (CheckStatus.NOT_CHECKED, "The handshake did not finish.")


def test_a_file_has_no_staple() -> None:
    """Which is said, and said of nothing else."""
    filed = replace(case([LEAF], shaken=None), from_file=True)
    (check,) = stapling.examine(filed)
    assert isinstance(check, Check)
    assert (check.name, check.status, check.detail) == ("staple", CheckStatus.NOT_CHECKED, "A file has no staple.")


def test_a_self_signed_certificate_is_its_own_issuer() -> None:
    """Its staple is signed with its own key."""
    own = self_signed("a.test")
    assert _check(staple_of(own, own), own).status is CheckStatus.PASSED


MIDDLE = ROOT.intermediate("Middle")
BELOW = MIDDLE.issues("a.test")
GOOD_LEAF = sent(BELOW, staple=staple_of(BELOW, MIDDLE))


def _of_issuer(
    entry: CertificateEntry, *, version: str = "TLSv1.3", store: Store | None = None
) -> list[Finding | Check]:
    """What is said of an issuer by the entry with which it was sent, below a leaf that is good."""
    shaken = handshake(version=version, entries=[GOOD_LEAF, entry])
    leaf, *others = stapling.examine(case([BELOW, MIDDLE], store=store, shaken=shaken))
    assert isinstance(leaf, Check)
    assert leaf.status is CheckStatus.PASSED
    return others


def test_each_certificate_of_the_path_may_have_a_staple() -> None:
    """RFC 8446 §4.4.2.1. A good one passes by its depth and its name."""
    (check,) = _of_issuer(sent(MIDDLE, staple=staple_of(MIDDLE, ROOT)))
    assert isinstance(check, Check)
    assert (check.name, check.status) == ("staple, depth 1", CheckStatus.PASSED)
    assert check.detail.startswith("The staple of 'Test Root CA' says that 'Middle' is good, as of")


def test_a_revoked_issuer_is_an_error_of_the_issuer() -> None:
    """The leaf's own staple may be as good as it likes, and where both are revoked both are told."""
    revoked = sent(MIDDLE, staple=revoked_staple(MIDDLE, ROOT))
    shaken = handshake(entries=[GOOD_LEAF, revoked])
    report = judged([BELOW, MIDDLE], shaken=shaken)
    found = only(report.findings)
    assert (found.code, found.severity, found.certificate) == (
        FindingCode.REVOKED,
        Severity.ERROR,
        MIDDLE.parsed.sha256,
    )
    assert found.title == "'Middle' was revoked 2 days ago (2026-11-21 12:00 UTC)"
    assert "as the server's own OCSP staple says." in found.detail
    assert found.fix is not None
    assert found.fix.startswith("Have a certificate issued by another authority than 'Middle'")
    assert report.verdict is Verdict.UNTRUSTED
    assert [(each.certificate, each.status, each.url) for each in report.revocation] == [
        (BELOW.parsed.sha256, Status.GOOD, None),
        (MIDDLE.parsed.sha256, Status.REVOKED, None),
    ]
    both = handshake(entries=[sent(BELOW, staple=revoked_staple(BELOW, MIDDLE)), revoked])
    assert codes(judged([BELOW, MIDDLE], shaken=both).findings) == [FindingCode.REVOKED] * 2


@pytest.mark.parametrize(
    ("entry", "title", "detail"),
    [
        (
            sent(MIDDLE, staple=staple_of(MIDDLE, ROOT, status=ocsp.OCSPCertStatus.UNKNOWN)),
            "the OCSP responder does not know 'Middle'",
            "The responder 'Test Root CA' does not know",
        ),
        (
            sent(MIDDLE, staple=staple_of(MIDDLE, ROOT, this_update=NOW + DAY, next_update=NOW + 2 * DAY)),
            "the OCSP staple of 'Middle' is from the future",
            "right from 2026-11-24",
        ),
        (
            sent(MIDDLE, staple=staple_of(MIDDLE, ROOT, this_update=NOW - 9 * DAY, next_update=NOW - 2 * DAY)),
            "the OCSP staple of 'Middle' is out of date since 2 days",
            "replaced until 2026-11-21",
        ),
        (
            sent(MIDDLE, staple=staple_of(BELOW, MIDDLE)),
            "the OCSP staple of 'Middle' can't be used",
            "about another certificate",
        ),
        (
            sent(MIDDLE, problem="The status that came with it is empty."),
            "the OCSP staple of 'Middle' can't be used",
            "nothing certain. The status that came with it is empty.",
        ),
    ],
    ids=["unknown", "future", "stale", "other", "damaged"],
)
def test_an_issuers_staple_that_says_nothing_certain_is_a_warning(
    entry: CertificateEntry, title: str, detail: str
) -> None:
    """About the issuer, and of nobody else."""
    (found,) = _of_issuer(entry)
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.title) == (FindingCode.STAPLE_UNUSABLE, Severity.WARNING, title)
    assert found.certificate == MIDDLE.parsed.sha256
    assert detail in found.detail


def test_an_issuer_without_a_staple_is_told_where_others_have_one() -> None:
    """Before TLS 1.3 it can't have one, so nothing is missed; nor of one that was not sent."""
    (check,) = _of_issuer(sent(MIDDLE))
    assert isinstance(check, Check)
    assert (check.name, check.status) == ("staple, depth 1", CheckStatus.NOT_CHECKED)
    assert check.detail == "The server stapled none for 'Middle'."
    assert _of_issuer(sent(MIDDLE), version="TLSv1.2") == []
    assert _of_issuer(sent(ROOT)) == []
    alone = stapling.examine(case([BELOW, MIDDLE], shaken=handshake(entries=[sent(BELOW), sent(MIDDLE)])))
    assert [said.name for said in alone if isinstance(said, Check)] == ["staple"]


def test_an_issuer_whose_own_issuer_is_not_known() -> None:
    """Its staple can't be verified; that a damaged one is none, can be told."""
    nobody = Store.from_der("empty", [])
    (check,) = _of_issuer(sent(MIDDLE, staple=revoked_staple(MIDDLE, ROOT)), store=nobody)
    assert isinstance(check, Check)
    assert check.detail == (
        "There is a staple, but the issuer of 'Middle' is not known, so its signature can't be checked."
    )
    (found,) = _of_issuer(sent(MIDDLE, problem="The status that came with it is empty."), store=nobody)
    assert isinstance(found, Finding)


def test_a_staple_goes_with_its_certificate_wherever_that_stands() -> None:
    """Without the leaf, an issuer is judged by the staple that came with it, not by the leaf's."""
    entries = [GOOD_LEAF, sent(MIDDLE, staple=revoked_staple(MIDDLE, ROOT))]
    found = only(findings_of(stapling.examine, [MIDDLE], shaken=handshake(entries=entries)))
    assert (found.code, found.certificate) == (FindingCode.REVOKED, MIDDLE.parsed.sha256)


def test_what_was_revoked_later_was_not_revoked_then() -> None:
    """Where another time is supposed, also before the staple was made."""
    shaken = handshake(entries=[sent(LEAF, staple=revoked_staple(LEAF, ROOT))])
    (check,) = stapling.examine(case([LEAF], shaken=shaken, at=NOW - 3 * DAY))
    assert isinstance(check, Check)
    assert check.status is CheckStatus.PASSED
    assert check.detail.startswith("It was not yet revoked at 2026-11-20 12:00 UTC; the server's own OCSP staple says")


def test_no_more_staples_are_read_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all paths of a chain; the same one again costs nothing."""
    monkeypatch.setattr(stapling, "MOST_STAPLES", 1)
    entries = [GOOD_LEAF, sent(MIDDLE, staple=staple_of(MIDDLE, ROOT))]
    made = case([BELOW, MIDDLE], shaken=handshake(entries=entries))
    leaf = BELOW.parsed.sha256
    assert [[each.certificate for each in found] for found in stapling.read([made, made])] == [[leaf], [leaf]]
    _, check = stapling.examine(made)
    assert isinstance(check, Check)
    assert (check.name, check.status) == ("further staples", CheckStatus.NOT_CHECKED)
    assert check.detail == "There are more staples than the 1 that are read: that of 'Middle' was not."


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.data())
def test_a_damaged_staple_is_never_believed_more(data: st.DataObject) -> None:
    """Cut off or with a byte changed: refused with a sentence, or read to say what it said before."""
    staple = staple_of(LEAF, ROOT)
    at = data.draw(st.integers(0, 1000)) % len(staple)
    damaged = staple[:at] + data.draw(st.binary(max_size=2)) + staple[at + 1 :]
    try:
        read = read_answer(damaged, certificate=LEAF.parsed, issuer=ROOT.parsed, at=NOW)
    except OcspError as error:
        text = str(error)
    else:
        text = f"{read.status}."
    assert text.endswith(".")
