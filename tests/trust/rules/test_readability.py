"""Certificates that can't be read, in part or at all."""

from dataclasses import replace

from tests.trust.authority import Authority
from tests.trust.cases import checks_of, codes, findings_of, judged, only
from tlsglass.trust.model import FindingCode, Severity, Verdict
from tlsglass.trust.rules import readability
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Problem

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")


def test_a_well_encoded_chain_passes() -> None:
    """All of it is counted."""
    check = checks_of(readability.examine, [LEAF])[0]
    assert check.detail == "2 of 2 certificates are encoded well."


def test_bytes_that_are_no_certificate_are_an_error_and_the_judgement_goes_on() -> None:
    """Whatever the server sent."""
    garbage = parse_certificate(b"\x00\x01 no certificate")
    found = only(findings_of(readability.examine, [garbage]))
    assert (found.code, found.severity) == (FindingCode.UNREADABLE, Severity.ERROR)
    assert "its validity" in found.detail
    report = judged([garbage, garbage])
    assert report.verdict is Verdict.UNTRUSTED
    assert FindingCode.UNREADABLE in codes(report.findings)


def test_a_part_that_cannot_be_read_is_named() -> None:
    """Even where the parser says nothing about it."""
    leaf = replace(LEAF.parsed, not_before=None, problems=())
    found = only(findings_of(readability.examine, [leaf]))
    assert found.detail == "What can't be read is its validity, so it can't be judged."


def test_irregular_encoding_is_a_warning() -> None:
    """The first few problems are told, the others counted."""
    leaf = replace(LEAF.parsed, problems=tuple(Problem(text=f"Problem {i}.") for i in range(5)))
    found = only(findings_of(readability.examine, [leaf]))
    assert found.severity is Severity.WARNING
    assert found.detail.endswith("Problem 0. Problem 1. Problem 2. And 2 more.")
    assert judged([leaf]).verdict is Verdict.TRUSTED


def test_the_stores_certificates_may_be_irregular() -> None:
    """Mozilla's list has one with a negative serial number."""

    class _Irregular(Store):
        def _parse(self, der: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as in the base class
            return replace(super()._parse(der), problems=(Problem(text="odd"),))

    assert not findings_of(readability.examine, [LEAF], store=_Irregular.from_der("odd", [ROOT.der]))


def test_an_extension_that_comes_again_has_a_rule_of_its_own() -> None:
    """So it is not told twice."""
    twice = replace(LEAF.parsed, problems=(Problem(text="The extension 2.5.29.15 is there more than once."),))
    assert not findings_of(readability.examine, [twice])


def test_a_key_that_is_no_point_of_its_curve_is_none() -> None:
    """Nobody can have the private key to it. Kinds of key that are not known are another matter."""
    good = LEAF.parsed.public_key
    flipped = good.der[:-1] + bytes([good.der[-1] ^ 1])
    found = only(findings_of(readability.examine, [replace(LEAF.parsed, public_key=replace(good, der=flipped))]))
    assert (found.severity, "its public key" in found.detail) == (Severity.ERROR, True)
    unknown = replace(good, der=good.der.replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030177")))
    assert readability.is_key(good)
    assert readability.is_key(unknown)
    assert readability.is_key(replace(good, algorithm="1.2.3", curve=None))
    assert not readability.is_key(replace(good, der=b""))
