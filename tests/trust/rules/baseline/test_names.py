"""Which names an authority of the public web may certify."""

from dataclasses import replace

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import SERVER_AUTH, Authority
from tests.trust.cases import checks_of, codes, findings_of, judged, only, statuses
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import names
from tlsglass.x509.model import Certificate, GeneralName

ROOT = Authority.root()
PUBLIC = ROOT.public_store()
LEAF = ROOT.issues("www.example.com").parsed
V3 = "a" * 56


def _with(*values: str, kind: str = "DNS") -> Certificate:
    return replace(LEAF, san=tuple(GeneralName(kind=kind, value=value) for value in values))


@pytest.mark.parametrize(
    "value",
    [
        "www.example.com",
        "WWW.EXAMPLE.CO.UK",
        "*.example.com",
        "xn--bcher-kva.example.com",
        "a--b.example.com",
        "1.example.com",
        "com",
        f"{V3}.onion",
        f"www.{V3}.onion",
        f"{'a' * 63}.example.com",
    ],
)
def test_names_that_may_be_certified(value: str) -> None:
    """Host names below a registry's suffix, and onion addresses."""
    assert not findings_of(names.examine, [_with(value)], store=PUBLIC)
    assert statuses(checks_of(names.examine, [_with(value)], store=PUBLIC)) == {CheckStatus.PASSED}


def test_names_that_are_too_many_are_told() -> None:
    """What is wrong with those beyond is not known, so nothing is said of all."""
    leaf = _with(*(f"{number}.example.com" for number in range(1000)), "a_b.example.com", "c_d.example.com")
    passed, passed_over = checks_of(names.examine, [leaf], store=PUBLIC)
    assert not findings_of(names.examine, [leaf], store=PUBLIC)
    assert passed.detail == "The first 1,000 names are such as an authority may certify."
    assert (passed_over.name, passed_over.status) == ("further names", CheckStatus.NOT_CHECKED)
    assert passed_over.detail.startswith("2 further names of 'leaf' were not judged by their form")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a_b.example.com", "has an underscore"),
        ("1.1.1.1", "is an address that is given as a name"),
        ("w*.example.com", "has a wildcard that is not"),
        ("*.*.example.com", "has a wildcard that is not"),
        ("a.*.example.com", "has a wildcard that is not"),
        ("-a.example.com", "is not written as a host's name"),
        ("a-.example.com", "is not written as a host's name"),
        ("a b.example.com", "is not written as a host's name"),
        ("a..example.com", "is not written as a host's name"),
        ("example.com.", "is not written as a host's name"),
        ("bücher.example.com", "is not written as a host's name"),
        (f"{'a' * 64}.example.com", "is not written as a host's name"),
        (f"{'a.' * 130}com", "is too long for a name"),
        ("xn--\N{ZERO WIDTH SPACE}.example.com", "is not written as a host's name"),
        ("xn--999999999.example.com", "has a reserved label"),
        ("ab--cd.example.com", "has a reserved label"),
        ("aaaaaaaaaaaaaaaa.onion", "is an onion address of an old version"),
    ],
)
def test_names_that_are_written_oddly(value: str, words: str) -> None:
    """A fault of a public authority, which covers nothing or what it should not."""
    found = only(findings_of(names.examine, [_with(value)], store=PUBLIC))
    assert (found.code, found.severity, found.field) == (FindingCode.FORBIDDEN_NAME, Severity.WARNING, "names")
    assert words in found.title
    assert not findings_of(names.examine, [_with(value)])


@pytest.mark.parametrize("kind", ["EMAIL", "URI", "DIRNAME", "OTHER"])
def test_what_is_no_host_is_not_for_servers(kind: str) -> None:
    """Only names and addresses of hosts."""
    found = only(findings_of(names.examine, [_with("x", "y", kind=kind)], store=PUBLIC))
    assert (found.title, f"{kind}:x and {kind}:y" in found.detail) == (f"has a name that is no host: {kind}:x", True)


@pytest.mark.parametrize("value", ["*.co.uk", "*.com", "*.xn--p1ai", "*.CO.UK"])
def test_no_wildcard_for_a_public_suffix(value: str) -> None:
    """Anybody can register a name there."""
    found = only(findings_of(names.examine, [_with(value)], store=PUBLIC))
    assert (found.reference, found.severity) == ("CA/Browser Forum BR §3.2.2.6", Severity.WARNING)
    assert not findings_of(names.examine, [_with(value)])
    assert not findings_of(names.examine, [_with("*.github.io")], store=PUBLIC)


PRIVATE = ["intranet", "a.test", "printer.local", "x.internal", "fritz.home.arpa", "a.corp", "localhost", "*.lan"]


@pytest.mark.parametrize("value", [*PRIVATE, "A.Example."])
def test_names_of_private_networks(value: str) -> None:
    """Whoever has them has them in his own network."""
    assert names.is_of_private_network(value)
    assert not findings_of(names.examine, [_with(value)])


@pytest.mark.parametrize(
    ("value", "private"),
    [
        ("192.168.1.1", True),
        ("10.0.0.1", True),
        ("127.0.0.1", True),
        ("192.0.2.1", True),
        ("fe80::1", True),
        ("::1", True),
        ("1.1.1.1", False),
        ("2606:4700:4700::1111", False),
    ],
)
def test_addresses_of_private_networks(value: str, private: bool) -> None:  # noqa: FBT001 - a table
    """As IANA's registries of special addresses have them (RFC 6890)."""
    assert names.is_of_private_network(value) is private
    found = findings_of(names.examine, [_with(value, kind="IP")], store=PUBLIC)
    assert codes(found) == ([FindingCode.FORBIDDEN_NAME] if private else [])


def test_the_site_that_is_reached_by_such_a_name_is_refused() -> None:
    """By Chrome, below a public root; that there are others is a warning only."""
    leaf = _with(*PRIVATE, "www.example.com")
    by_it = only(findings_of(names.examine, [leaf], hostname="intranet", store=PUBLIC))
    assert (by_it.severity, by_it.reference) == (Severity.ERROR, "CA/Browser Forum BR §4.2.2")
    assert "Chrome refuses the site" in by_it.detail
    besides = only(findings_of(names.examine, [leaf], hostname="www.example.com", store=PUBLIC))
    assert (besides.severity, "Chrome refuses" in besides.detail) == (Severity.WARNING, False)
    for host in ("fritz.home.arpa", "Home.ARPA."):
        listed = only(findings_of(names.examine, [leaf], hostname=host, store=PUBLIC))
        assert (listed.severity, "Chrome refuses" in listed.detail) == (Severity.WARNING, False)


def test_the_judges_know_nothing_of_it() -> None:
    """And it is said why they accept it."""
    report = judged([ROOT.issues("a.test")], store=PUBLIC)
    assert FindingCode.FORBIDDEN_NAME in codes(report.findings)
    assert FindingCode.JUDGES_DIFFER not in codes(report.findings)


@pytest.mark.parametrize(
    ("common_name", "words"),
    [
        (None, None),
        ("www.example.com", None),
        ("192.0.2.1", None),
        ("WWW.example.com", "in another form than among the alternative names"),
        ("192.0.2.01", "but not among the alternative names"),
        ("example.com", "but not among the alternative names"),
        ("Example Inc.", "but not among the alternative names"),
    ],
)
def test_the_common_name_is_among_the_others(common_name: str | None, words: str | None) -> None:
    """Letter by letter; nobody looks at it but people."""
    sent = [ROOT.issues("www.example.com", "192.0.2.1", common_name=common_name)]
    found = findings_of(names.examine_common_name, sent, store=PUBLIC)
    assert [words in each.title for each in found if words] == ([True] if words else [])
    assert {(each.code, each.severity, each.field) for each in found} <= {
        (FindingCode.COMMON_NAME_NOT_IN_SAN, Severity.WARNING, "subject")
    }
    assert bool(found) is bool(words)
    assert not findings_of(names.examine_common_name, sent)


def test_a_common_name_alone_is_judged_as_a_name() -> None:
    """By RFC 9525."""
    sent = [ROOT.issues(common_name="a.test", extensions=[SERVER_AUTH])]
    assert not checks_of(names.examine_common_name, sent, store=PUBLIC)
    assert isinstance(sent[0].certificate, x509.Certificate)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["DNS", "IP", "OTHER"]))
def test_any_name_is_judged(value: str, kind: str) -> None:
    """Whatever a certificate holds."""
    findings_of(names.examine, [_with(value, kind=kind)], store=PUBLIC, hostname="www.example.com")
