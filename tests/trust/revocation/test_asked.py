"""What was said of revocation becomes findings and checks, and what was not asked is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from tests.trust.authority import DAY, NOW, SERVER_AUTH, Authority, Issued, ec_key, self_signed
from tests.trust.cases import case, codes, judged
from tests.trust.handshakes import handshake, sent
from tests.trust.revocation.lists_of import locations
from tests.trust.revocation.responders import revoked_staple, staple_of
from tlsglass.tls.model import Handshake
from tlsglass.trust.model import Check, CheckStatus, Finding, FindingCode, Severity, Verdict
from tlsglass.trust.revocation import asked
from tlsglass.trust.revocation.asked import is_short_lived
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.sources import ALL_REASONS

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test", extensions=locations(ocsp=["http://ocsp.test"], crl=["http://crl.test/a"]))
CHAIN = (LEAF, MIDDLE)


def answer(of: Issued = LEAF, status: Status = Status.GOOD, **facts: object) -> RevocationAnswer:
    """What a responder says."""
    whole = RevocationAnswer(
        certificate=of.parsed.sha256,
        source=Source.OCSP,
        url="http://ocsp.test",
        status=status,
        this_update=NOW - DAY,
        next_update=NOW + DAY,
        responder="'Responder'",
        signature_valid=True,
    )
    return replace(whole, **facts)  # type: ignore[arg-type]  # any of its fields


def revoked(of: Issued = LEAF, **facts: object) -> RevocationAnswer:
    """A responder says that it is revoked."""
    return answer(of, Status.REVOKED, **({"revoked_at": NOW - 2 * DAY} | facts))


def said(
    answers: Sequence[RevocationAnswer] | None,
    chain: Sequence[Issued] = CHAIN,
    *,
    shaken: Handshake | None = None,
    from_file: bool = False,
) -> list[Finding | Check]:
    """All that the rule says."""
    made = case(chain, shaken=shaken)
    return list(asked.examine(replace(made, revocation=answers, from_file=from_file)))


def test_points_that_are_too_many_are_told() -> None:
    """Those beyond were not asked."""
    many = MIDDLE.issues("a.test", extensions=locations(crl=[f"http://crl.test/{place}" for place in range(20)]))
    _, passed_over, _ = said([answer(many)], (many, MIDDLE))
    assert isinstance(passed_over, Check)
    name, status = "further distribution points for revocation", CheckStatus.NOT_CHECKED
    assert (passed_over.name, passed_over.status) == (name, status)
    assert passed_over.detail == "4 distribution points of 'leaf' were not asked: 16 are looked at."


def test_good_ones_pass() -> None:
    """Each with who says so, until when, and what is odd."""
    first, second = said([answer(), answer(MIDDLE, source=Source.CRL, delta_url="http://d.test", next_update=None)])
    assert isinstance(first, Check)
    assert (first.name, first.status) == ("revocation", CheckStatus.PASSED)
    assert first.detail == (
        "Of 'leaf': The responder of 'Responder' says that it is good, as of 2026-11-22 12:00 UTC "
        "until 2026-11-24 12:00 UTC."
    )
    assert isinstance(second, Check)
    assert (second.name, second.status) == ("revocation, depth 1", CheckStatus.PASSED)
    assert second.detail == (
        "Of 'Test Intermediate CA': The list of 'Responder', with its delta list does not have it, "
        "as of 2026-11-22 12:00 UTC."
    )
    odd, _ = said([answer(problem="It is odd.", this_update=None)])
    assert odd.detail.endswith("good until 2026-11-24 12:00 UTC. It is odd.")


def test_a_revoked_leaf_is_an_error() -> None:
    """With the day, the reason, who says so, and the field that leads there."""
    found, _ = said([revoked(reason="keyCompromise")])
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.certificate) == (
        FindingCode.REVOKED,
        Severity.ERROR,
        LEAF.parsed.sha256,
    )
    assert found.title == "revoked 2 days ago (2026-11-21 12:00 UTC)"
    assert found.detail == (
        "Its issuer revoked it at 2026-11-21 12:00 UTC; the reason given is keyCompromise, "
        "as the responder of 'Responder' says."
    )
    assert found.field == "extensions.1.3.6.1.5.5.7.1.1"
    assert "Make a new key" in (found.fix or "")


def test_a_revoked_intermediate_is_an_error_of_its_own() -> None:
    """Another authority is needed then."""
    _, found = said([answer(), revoked(MIDDLE, source=Source.CRL, problem="It is old.")])
    assert isinstance(found, Finding)
    assert (found.code, found.certificate) == (FindingCode.REVOKED, MIDDLE.parsed.sha256)
    assert found.title == "'Test Intermediate CA' was revoked 2 days ago (2026-11-21 12:00 UTC)"
    assert found.field == "extensions.2.5.29.31"
    assert found.detail.endswith("as the list of 'Responder' says. It is old.")
    assert found.fix is not None
    assert found.fix.startswith("Have a certificate issued by another authority than 'Test Intermediate CA'")


def test_what_is_on_hold_may_come_back() -> None:
    """RFC 5280 §5.3.1."""
    found, _ = said([revoked(reason="certificateHold")])
    assert "It is on hold, which may be lifted." in found.detail


@pytest.mark.parametrize(
    ("source", "whose"), [(Source.OCSP, LEAF), (Source.STAPLE, MIDDLE), (Source.CRL, LEAF), (Source.CRL, MIDDLE)]
)
def test_what_was_never_issued_is_told_as_that(source: Source, whose: Issued) -> None:
    """RFC 6960 §2.2: responders have it on hold since 1970. A list that says so means what it says."""
    refusal = revoked(whose, source=source, reason="certificateHold", revoked_at=datetime(1970, 1, 1, tzinfo=UTC))
    found = next(each for each in said([refusal]) if isinstance(each, Finding))
    assert (found.code, found.severity) == (FindingCode.REVOKED, Severity.ERROR)
    assert ("never issued" in found.title) is (source is not Source.CRL)
    assert ("may be lifted" in found.detail) is (source is Source.CRL)
    if source is Source.OCSP:
        assert found.title == "revoked as a certificate that was never issued"
        assert found.detail == (
            "Its issuer has no record of it, as the responder of 'Responder' says: it is said to be on hold since "
            "1970-01-01 00:00 UTC, which stands for certificates that were never issued."
        )
    if source is Source.STAPLE:
        assert found.title.startswith("'Test Intermediate CA' is revoked as")


def test_a_revocation_without_a_date_counts_as_of_now() -> None:
    """Though the standard asks for one; no date is made up for it."""
    found, _ = said([revoked(revoked_at=None)])
    assert isinstance(found, Finding)
    assert found.title == "revoked"
    assert "Its issuer revoked it, and does not say when" in found.detail


def test_what_was_revoked_later_was_not_revoked_then() -> None:
    """Where another time is supposed."""
    found, _ = said([revoked(revoked_at=NOW + DAY)])
    assert isinstance(found, Check)
    assert found.status is CheckStatus.PASSED
    assert found.detail.startswith("It was not yet revoked at 2026-11-23 12:00 UTC; the responder of")


def test_the_staple_and_the_answer_are_one_finding() -> None:
    """Where both say revoked; where the staple says good, that is told."""
    both = judged(
        [LEAF, MIDDLE],
        shaken=handshake(entries=[sent(LEAF, staple=revoked_staple(LEAF, MIDDLE))]),
        revocation=[revoked(), answer(MIDDLE)],
    )
    assert codes(both.findings) == [FindingCode.REVOKED]
    assert both.verdict is Verdict.UNTRUSTED
    found, _ = said([revoked()], shaken=handshake(entries=[sent(LEAF, staple=staple_of(LEAF, MIDDLE))]))
    assert "The server's staple still says that it is good." in found.detail


def test_the_report_holds_all_answers() -> None:
    """The staple's first."""
    report = judged(
        [LEAF, MIDDLE],
        shaken=handshake(entries=[sent(LEAF, staple=staple_of(LEAF, MIDDLE))]),
        revocation=[answer()],
    )
    assert [each.source for each in report.revocation] == [Source.STAPLE, Source.OCSP]
    unasked = judged([LEAF])
    assert unasked.revocation == ()


@pytest.mark.parametrize(
    ("answers", "title", "words"),
    [
        (
            [answer(status=Status.UNAVAILABLE, problem="It is out of order.")],
            "nobody could say whether it is revoked",
            "Whether 'leaf' is revoked is not known. It is out of order.",
        ),
        (
            [answer(status=Status.UNKNOWN), answer(status=Status.UNAVAILABLE, problem="Nor this.")],
            "the responder does not know it",
            "The responder 'Responder' does not know the certificate. Nor this.",
        ),
        (
            [answer(source=Source.CRL, reasons=frozenset({"superseded", "keyCompromise"}))],
            "nobody could say whether it is revoked",
            "does not have it, but only knows of revocations for keyCompromise and superseded.",
        ),
        (
            [answer(source=Source.CRL, reasons=frozenset())],
            "nobody could say whether it is revoked",
            "only knows of revocations for no reason at all.",
        ),
    ],
)
def test_what_nobody_could_say_is_a_warning(answers: list[RevocationAnswer], title: str, words: str) -> None:
    """With every reason; the certificate may be good all the same."""
    found, _ = said(answers)
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.title) == (FindingCode.REVOCATION_UNAVAILABLE, Severity.WARNING, title)
    assert words in found.detail
    assert found.field is not None


def test_what_nobody_could_say_of_an_issuer_names_it() -> None:
    """The leaf needs no name."""
    unsaid, unknown = answer(MIDDLE, status=Status.UNAVAILABLE, problem="No."), answer(MIDDLE, status=Status.UNKNOWN)
    titles = [said([answer(), each])[1] for each in (unsaid, unknown)]
    assert [each.title for each in titles if isinstance(each, Finding)] == [
        "nobody could say whether 'Test Intermediate CA' is revoked",
        "the responder does not know 'Test Intermediate CA'",
    ]


def test_who_could_not_be_asked_has_no_field() -> None:
    """Nothing in the certificate led anywhere."""
    found, _ = said([answer(status=Status.UNAVAILABLE, url=None, problem="No.")])
    assert isinstance(found, Finding)
    assert found.field is None


def test_lists_that_cover_all_reasons_together_are_enough() -> None:
    """RFC 5280 §6.3.3 (d)."""
    some = frozenset({"keyCompromise"})
    parts = [answer(source=Source.CRL, reasons=some), answer(source=Source.CRL, reasons=ALL_REASONS - some)]
    check, _ = said(parts)
    assert isinstance(check, Check)
    assert check.status is CheckStatus.PASSED


def test_who_was_not_asked_is_named() -> None:
    """By host, each once, with the way to ask."""
    (check,) = said(None)
    assert isinstance(check, Check)
    assert check.status is CheckStatus.NOT_CHECKED
    assert check.detail == (
        "Nobody was asked, since that tells others what is looked at; R or --revocation asks ocsp.test and crl.test."
    )
    (check,) = said(None, from_file=True)
    assert check.detail == "Nobody was asked; ocsp.test and crl.test would know."
    odd = ROOT.issues("a.test", extensions=locations(ocsp=["http://[", "nothing"]))
    (check,) = said(None, [odd])
    assert check.detail.endswith("asks http://[ and nothing.")


def test_nobody_to_ask_is_normal_for_short_lived_certificates() -> None:
    """And said of others as it is. CA/B BR §7.1.2.11.2."""
    short = ROOT.issues("a.test", not_before=NOW - DAY, not_after=NOW + 5 * DAY)
    nothing: list[RevocationAnswer] = []
    for answers in (None, nothing):
        (check,) = said(answers, [short])
        assert isinstance(check, Check)
        assert check.status is CheckStatus.NOT_CHECKED
        assert "which is normal: it is short-lived" in check.detail
        (check,) = said(answers, [ROOT.issues("a.test", extensions=[SERVER_AUTH])])
        assert check.detail == "'leaf' names neither a responder nor a list that could be asked."
        unpublished = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.56"), b"\5\0")
        (check,) = said(answers, [ROOT.issues("a.test", extensions=[SERVER_AUTH, unpublished])])
        assert check.detail == (
            "The issuer of 'leaf' publishes nothing of its revocation, as noRevAvail says (RFC 9608 §2)."
        )
    quick = ROOT.intermediate(not_before=NOW - DAY, not_after=NOW + DAY)
    assert "short-lived" not in said([], [quick])[0].detail


@pytest.mark.parametrize(
    ("since", "days", "short"),
    [
        ("2026-03-15", 7, True),
        ("2026-03-15", 8, False),
        ("2026-03-14", 10, True),
        ("2026-03-14", 11, False),
        ("2024-03-15", 10, True),
        ("2024-03-14", 10, False),
    ],
)
def test_how_short_short_is_depends_on_the_date_of_issue(since: str, days: int, *, short: bool) -> None:
    """CA/B BR §1.6.1; the last second counts."""
    begins = datetime.fromisoformat(since).replace(tzinfo=UTC)
    ends = begins + timedelta(days=days) - timedelta(seconds=1)
    certificate = replace(LEAF.parsed, not_before=begins, not_after=ends)
    assert is_short_lived(certificate) is short
    assert not is_short_lived(replace(certificate, not_after=ends + timedelta(seconds=1)))
    assert not is_short_lived(replace(certificate, not_before=None))
    assert not is_short_lived(replace(certificate, not_after=None))


def test_who_vouches_for_itself_has_nobody_to_ask() -> None:
    """The check says so."""
    own = self_signed("a.test", key=ec_key(9))
    (check,) = said([], [own])
    assert check.detail == "The certificate vouches for itself: nobody else could revoke it."


def test_statuses_are_those_of_cryptography() -> None:
    """Which names them as RFC 6960 does."""
    assert {Status[each.name] for each in ocsp.OCSPCertStatus} == {Status.GOOD, Status.REVOKED, Status.UNKNOWN}
