"""Issuers that are fetched: which addresses are asked, what is made of the answers, and where it ends."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import SERVER_AUTH, Authority, Issued, ec_key, key_usage
from tests.trust.cases import codes, judged
from tlsglass.errors import DownloadError, Fault, InputError
from tlsglass.limits import DEEPEST_ISSUERS, DEFAULTS, Limits
from tlsglass.trust import aia
from tlsglass.trust.model import CheckStatus, FetchedCertificate, FindingCode, TrustReport, Verdict

ROOT = Authority.root()


def at(*urls: str) -> x509.AuthorityInformationAccess:
    """Where the issuer can be had."""
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(url))
            for url in urls
        ]
    )


def below(authority: Authority, name: str, number: int, *urls: str) -> Authority:
    """An intermediate that says where its issuer can be had."""
    return authority.intermediate(
        name,
        key=ec_key(number),
        extensions=[x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign"), at(*urls)],
    )


UPPER = below(ROOT, "Upper CA", 1, "http://ca.test/root")
LOWER = below(UPPER, "Lower CA", 2, "http://ca.test/upper")
LEAF = LOWER.issues("a.test", extensions=[SERVER_AUTH, at("http://ca.test/lower")])


class Web:
    """What there is to be had, and what was asked for."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self._pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str) -> bytes:
        """Give what is there."""
        self.asked.append(url)
        if url not in self._pages:
            raise DownloadError(Fault.HTTP_STATUS, f"{url} can't be had: the server answered 404.")
        return self._pages[url]


def chased(
    sent: Sequence[Issued], web: Web, authority: Authority = ROOT, limits: Limits = DEFAULTS
) -> list[TrustReport]:
    """What came of fetching."""

    def judge_with(fetched: Sequence[FetchedCertificate]) -> TrustReport:
        return judged(sent, store=authority.store(), fetched=fetched)

    return list(aia.chase(judge_with(()), fetch=web.fetch, judge_with=judge_with, limits=limits))


def notes(report: TrustReport) -> list[tuple[CheckStatus, str]]:
    """What is said of the asking."""
    return [(check.status, check.detail) for check in report.checks if check.name == "issuer fetched"]


def test_a_missing_issuer_is_had_and_its_own_too() -> None:
    """Up to the store; the answer that completes it is the last that is asked for."""
    web = Web({"http://ca.test/lower": LOWER.der, "http://ca.test/upper": UPPER.der})
    (report,) = chased([LEAF], web)
    assert web.asked == ["http://ca.test/lower", "http://ca.test/upper"]
    assert [step.fetched_from for step in report.path] == [None, *web.asked, None]
    assert (report.anchored, report.verdict) == (True, Verdict.UNTRUSTED)
    assert codes(report.findings) == [FindingCode.MISSING_INTERMEDIATE] * 2
    assert notes(report) == [
        (CheckStatus.PASSED, "http://ca.test/lower, which 'leaf' names for its issuer, gave 1 certificate."),
        (CheckStatus.PASSED, "http://ca.test/upper, which 'Lower CA' names for its issuer, gave 1 certificate."),
    ]
    assert notes(report.along(0)) == notes(report)


def test_nothing_is_asked_where_nothing_is_missing() -> None:
    """Nor where no address is named, nor for a root."""
    web = Web({})
    assert chased([LEAF, LOWER, UPPER], web) == []
    assert chased([Authority.root("Other", key=ec_key(9)).issues("a.test")], web) == []
    own = Authority.root("Own", key=ec_key(9), extensions=[at("http://ca.test/own")])
    assert chased([own], web) == []
    assert chased([], web) == []
    assert web.asked == []


def test_an_address_that_gives_nothing_is_told_and_the_next_one_asked() -> None:
    """With the reason; what can't be read is one."""
    leaf = LOWER.issues(
        "a.test", extensions=[SERVER_AUTH, at("http://no.test/", "http://bad.test/", "http://ca.test/lower")]
    )
    web = Web({"http://bad.test/": b"<html>", "http://ca.test/lower": LOWER.der})
    (report,) = chased([leaf, UPPER], web)
    assert report.anchored
    (first, second, third) = notes(report)
    assert first == (
        CheckStatus.NOT_CHECKED,
        "The issuer of 'leaf' was not had: http://no.test/ can't be had: the server answered 404.",
    )
    assert second[0] is CheckStatus.NOT_CHECKED
    assert third[0] is CheckStatus.PASSED


def test_another_certificate_than_the_issuers_does_not_count() -> None:
    """It is told, and the path stays as it was."""
    web = Web({"http://ca.test/lower": UPPER.der})
    (report,) = chased([LEAF], web)
    assert not report.anchored
    assert len(report.path) == 1
    assert web.asked == ["http://ca.test/lower"]


def test_an_answer_that_gives_what_is_known_leads_no_further() -> None:
    """And no address is asked twice."""
    lower = below(UPPER, "Lower CA", 2, "http://ca.test/lower")
    web = Web({"http://ca.test/lower": lower.der})
    (report,) = chased([LEAF], web)
    assert web.asked == ["http://ca.test/lower"]
    assert len(report.path) == 2
    again = below(UPPER, "Lower CA", 2, "http://ca.test/other")
    twice = Web({"http://ca.test/lower": again.der, "http://ca.test/other": again.der})
    (report,) = chased([LEAF], twice)
    assert twice.asked == ["http://ca.test/lower", "http://ca.test/other"]
    assert not report.anchored


def test_depth_and_number_of_downloads_are_bounded() -> None:
    """A CA may not lead anybody around for ever."""
    authority, pages = ROOT, {}
    for level in range(8):
        pages[f"http://ca.test/{level - 1}"] = authority.der
        authority = below(authority, f"Level {level}", 20 + level, f"http://ca.test/{level - 1}")
    pages["http://ca.test/7"] = authority.der
    leaf = authority.issues("a.test", extensions=[SERVER_AUTH, at("http://ca.test/7")])
    deep = Web(pages)
    (report,) = chased([leaf], deep)
    assert not report.anchored
    assert len(deep.asked) == DEEPEST_ISSUERS
    assert notes(report)[-1] == (
        CheckStatus.NOT_CHECKED,
        f"The issuer of 'Level 4' was not asked for: only {DEEPEST_ISSUERS} are fetched one after the other.",
    )
    few = Web(pages)
    (report,) = chased([leaf], few, limits=Limits(downloads=2))
    assert len(few.asked) == 2
    assert "--limit downloads=4 raises it" in report.checks[-1].detail


@pytest.mark.parametrize(
    "data",
    [
        LOWER.der,
        LOWER.pem,
        pkcs7.serialize_certificates([LOWER.certificate, UPPER.certificate], Encoding.DER),
        pkcs7.serialize_certificates([LOWER.certificate, UPPER.certificate], Encoding.PEM),
    ],
)
def test_answers_are_read_in_every_form(data: bytes) -> None:
    """RFC 5280 §4.2.2.1 has DER and PKCS #7; PEM is met too."""
    found, left_out = aia.certificates_in(data)
    assert LOWER.parsed in found
    assert left_out == 0


def test_a_bundle_of_several_counts_them() -> None:
    """And one that has no certificate gives none."""
    bundle = pkcs7.serialize_certificates([LOWER.certificate, UPPER.certificate], Encoding.DER)
    (report,) = chased([LEAF], Web({"http://ca.test/lower": bundle}))
    assert report.anchored
    assert notes(report)[0][1].endswith("gave 2 certificates.")


def test_addresses_and_bundles_without_number_have_an_end() -> None:
    """And it is told what is passed over."""
    urls = [f"http://no{number}.test/" for number in range(5)]
    (report,) = chased([LOWER.issues("a.test", extensions=[SERVER_AUTH, at(*urls)])], Web({}))
    only = "only 3 of one certificate are."
    assert notes(report)[-1][1] == f"2 further addresses were not asked for the issuer of 'leaf': {only}"
    (report,) = chased([LOWER.issues("a.test", extensions=[SERVER_AUTH, at(*urls[:4])])], Web({}))
    assert notes(report)[-1][1] == f"1 further address was not asked for the issuer of 'leaf': {only}"
    (report,) = chased([LEAF], Web({"http://ca.test/lower": LOWER.pem * 40}))
    assert notes(report)[0][1].endswith("gave 32 certificates and 8 more, which are not looked at.")


def test_what_holds_no_certificate_is_refused() -> None:
    """With a sentence."""
    with pytest.raises(InputError):
        aia.certificates_in(b"nothing")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 600), st.booleans())
def test_any_answer_is_read_or_refused(noise: bytes, place: int, pem: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes, nothing but our own error is raised, and what is given are certificates."""
    whole = LOWER.pem if pem else LOWER.der
    with suppress(InputError):
        found, _ = aia.certificates_in(whole[:place] + noise + whole[place + len(noise) :])
        assert all(each.der for each in found)
