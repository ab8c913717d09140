"""The standing of roots: what the data says of every root in use, and what it must not be taken to say."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from unittest import mock

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import judged
from tlsglass import __version__
from tlsglass.trust.programs import data, standing
from tlsglass.trust.programs.data import Bounds, ListedRoot, listed_roots
from tlsglass.trust.programs.known_bounds import known_bounds
from tlsglass.trust.programs.model import ProgramStatus
from tlsglass.trust.programs.standing import standing_in, standing_of
from tlsglass.trust.stores import load_store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

ROOT = Authority.root()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Nothing is kept from one test to the next."""
    yield
    for cached in (standing_of, standing._mozilla, data.old_lists, data._by_name, data.program_data):
        cached.cache_clear()


def _certifi() -> list[Certificate]:
    return [parse_certificate(der) for der in load_store("mozilla")._ders]


def _called(name: str) -> Certificate:
    return next(root for root in _certifi() if root.label == name)


def test_every_root_of_certifi_is_in_the_data() -> None:
    """All 117 of the list that is in use; were one missing, its standing would be a guess."""
    roots = _certifi()
    found = [root for root in roots if root.sha256 in listed_roots()]
    assert len(found) == len(roots) > 100
    assert all(standing_of(root).public for root in roots)


def test_fingerprints_of_the_data_are_those_of_its_certificates() -> None:
    """The data is looked up by them, so none may be taken on trust."""
    assert len(listed_roots()) > 300
    assert all(hashlib.sha256(listed.der).hexdigest() == sha256 for sha256, listed in listed_roots().items())


def test_every_constraint_of_the_data_is_understood() -> None:
    """Of three roots only it says more than that they are included, and all of that is Mozilla's."""
    bounds = {
        (parse_certificate(listed.der).label, program): bound
        for listed in listed_roots().values()
        for program, bound in listed.programs.items()
        if bound != Bounds()
    }
    assert bounds == {
        ("Entrust Root Certification Authority", "Mozilla"): Bounds(distrusted_after=date(2024, 11, 30)),
        ("Izenpe.com", "Mozilla"): Bounds(distrusted_after=date(2026, 4, 15)),
        ("TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1", "Mozilla"): Bounds(permitted=("*.tr",)),
    }


def test_mozillas_bounds_are_told() -> None:
    """A date after which it trusts no new certificate, and names that alone are permitted."""
    late = standing_of(_called("Izenpe.com")).of("Mozilla")
    assert (late.status, late.distrusted_after) == (ProgramStatus.DISTRUSTED, date(2026, 4, 15))
    assert "after 2026-04-15" in late.detail
    narrow = standing_of(_called("TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1")).of("Mozilla")
    assert (narrow.status, narrow.permitted, narrow.has_root) == (ProgramStatus.LIMITED, ("*.tr",), True)


def test_a_root_counts_as_included_by_another_certificate_of_its_name_and_key() -> None:
    """OpenJDK has R6 of GlobalSign with another serial number: an anchor is a name and a key. RFC 5280 §6.1.1."""
    for root in _certifi():
        other = standing_of(root).of("OpenJDK")
        if other.certificate not in {None, root.sha256}:
            break
    else:
        pytest.fail("there is no such root any more")
    assert other.status is ProgramStatus.INCLUDED
    assert other.detail.startswith("In the list with another certificate of the same name and key.")
    listed = parse_certificate(listed_roots()[other.certificate or ""].der)
    assert (listed.subject, listed.public_key.der) == (root.subject, root.public_key.der)


def test_apples_old_list_is_not_taken_for_its_present_one() -> None:
    """The data has the page of iOS 15.1: it says that ISRG Root X1 was there, and nothing of ISRG Root X2."""
    once, never = standing_of(_called("ISRG Root X1")), standing_of(_called("ISRG Root X2"))
    assert once.of("Apple").status is ProgramStatus.ONCE_INCLUDED
    assert never.of("Apple").status is ProgramStatus.UNKNOWN
    assert not once.of("Apple").has_root
    assert all("iOS 15.1" in each.of("Apple").detail for each in (once, never))
    assert (
        once.summary
        == "in the list of Mozilla, Google, Android, Microsoft, OpenJDK and Oracle; in an old list of Apple (2021)"
    )


def test_apples_list_counts_once_the_data_has_a_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as it has the root by whose lack the old one is known."""
    roots = dict(listed_roots())
    known = roots[data._ISRG_ROOT_X2]
    roots[data._ISRG_ROOT_X2] = replace(known, programs={**known.programs, "Apple": Bounds()})
    monkeypatch.setattr(data, "listed_roots", lambda: roots)
    assert standing_of(_called("ISRG Root X2")).of("Apple").status is ProgramStatus.INCLUDED
    monkeypatch.setattr(data, "listed_roots", dict)
    data.old_lists.cache_clear()
    assert data.old_lists()


def test_sources_on_mozilla_that_differ_are_both_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What certifi has is there. What only the data has was taken out, or left out by certifi, which can't be told."""
    newer = standing_of(_called("SECOM TLS RSA Root CA 2024")).of("Mozilla")
    assert newer.status is ProgramStatus.INCLUDED
    assert newer.detail.startswith("certifi of 20")
    gone = next(
        parse_certificate(listed.der)
        for sha256, listed in listed_roots().items()
        if "Mozilla" in listed.programs and not standing._mozilla().contains(parse_certificate(listed.der))
    )
    older = standing_of(gone)
    assert (older.of("Mozilla").status, older.public) == (ProgramStatus.UNKNOWN, True)
    assert "not known of Mozilla" in older.summary
    standing_of.cache_clear()
    undated = replace(standing._mozilla().label, date=None)
    monkeypatch.setattr(standing._mozilla(), "label", undated)
    assert (
        standing_of(gone)
        .of("Mozilla")
        .detail.endswith("certifi does not: it was taken out of the list, or left out there.")
    )


def test_a_private_root_is_not_public() -> None:
    """Nobody's list has it, and no program is said to have refused it."""
    found = standing_of(ROOT.parsed)
    assert not found.public
    assert found.root == ROOT.parsed.sha256
    assert found.summary == "not a public root: no list that is known has it"
    assert Counter(each.status for each in found.programs) == {
        ProgramStatus.NOT_INCLUDED: 6,
        ProgramStatus.UNKNOWN: 1,
    }
    with pytest.raises(LookupError):
        found.of("Netscape")


def _listing(**programs: Bounds) -> dict[str, ListedRoot]:
    return {ROOT.parsed.sha256: ListedRoot(sha256=ROOT.parsed.sha256, der=ROOT.der, programs=programs)}


def test_bounds_of_an_unknown_kind_leave_the_standing_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the data may say more than is understood here."""
    unclear = data._bounds([{"action": "DISTURB", "domains": [], "date": "2026-01-01T00:00:00"}])
    assert unclear.unclear
    monkeypatch.setattr(data, "listed_roots", lambda: _listing(Google=unclear, Oracle=Bounds()))
    found = standing_of(ROOT.parsed)
    assert found.of("Google").status is ProgramStatus.UNKNOWN
    assert "not known here" in found.of("Google").detail
    assert found.of("Oracle").status is ProgramStatus.INCLUDED
    assert "not in the data" in found.of("Oracle").detail


def test_several_constraints_of_one_program_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date and names together; names stand in one text with commas between them, as in the report."""
    bounds = data._bounds(
        [
            {"action": "DISTRUST", "domains": [], "date": "2026-02-03T00:00:00"},
            {"action": "DISTRUST", "domains": ["*.gov.tr, *.k12.tr"]},
        ]
    )
    monkeypatch.setattr(data, "listed_roots", lambda: _listing(Google=bounds))
    found = standing_of(ROOT.parsed).of("Google")
    assert (found.status, found.distrusted_after) == (ProgramStatus.DISTRUSTED, date(2026, 2, 3))
    assert found.permitted == ("*.gov.tr", "*.k12.tr")
    assert "*.gov.tr, *.k12.tr" in found.detail


def test_a_name_with_another_key_is_another_root() -> None:
    """Whoever takes the name of a public root does not take its standing."""
    impostor = replace(_called("ISRG Root X1"), public_key=ROOT.parsed.public_key, sha256=ROOT.parsed.sha256)
    assert not standing_of(impostor).public


def test_the_data_says_its_version_and_how_old_it_is_at_most() -> None:
    """It has no date of its own, so the newest that it tells of stands for it."""
    found = data.program_data()
    assert found.version
    assert found.newest is not None
    assert str(found) == f"cryptodatahub {found.version}, of {found.newest:%Y-%m-%d} or later"
    assert str(replace(found, newest=None)) == f"cryptodatahub {found.version}"


def test_a_judgement_brings_the_standing_of_its_anchor() -> None:
    """Of each path; none where the path leads to no anchor."""
    leaf = ROOT.issues("a.test")
    good = judged([leaf], store=ROOT.store())
    assert good.programs == standing_of(ROOT.parsed)
    assert good.paths[0].programs is good.along(0).programs
    assert judged([leaf], store=Authority.root("Other").store()).programs is None


def test_bounds_that_the_data_lacks_are_of_roots_that_it_has() -> None:
    """A misspelt fingerprint would never be met; each says where the program announced it."""
    assert len(known_bounds()) > 30
    for (program, sha256), bound in known_bounds().items():
        assert program in listed_roots()[sha256].programs, sha256
        assert bound.reference.startswith("https://")


def test_bounds_that_other_programs_announced_are_told() -> None:
    """Chrome's go by the timestamps of public logs, Java's by the day of issue."""
    chrome = standing_of(_called("HiPKI Root CA - G1")).of("Google")
    assert (chrome.status, chrome.distrusted_after, chrome.by_timestamp) == (
        ProgramStatus.DISTRUSTED,
        date(2025, 7, 31),
        True,
    )
    assert "that public logs first saw after 2025-07-31" in chrome.detail
    entrust = next(
        parse_certificate(listed.der)
        for listed in listed_roots().values()
        if parse_certificate(listed.der).label == "Entrust Root Certification Authority - G2"
    )
    java = standing_of(entrust).of("Oracle")
    assert (java.distrusted_after, java.by_timestamp) == (date(2024, 11, 11), False)
    assert (java.bounds_reference or "").endswith("EntrustTLSPolicy.java")


def test_the_data_can_be_read_before_it_is_needed() -> None:
    """So that no first look waits for it: a root that is met then is only looked up."""
    standing.read_ahead()
    with mock.patch("importlib.resources.files", side_effect=AssertionError):
        assert not standing_of(ROOT.parsed).public


def test_what_stands_in_for_a_public_root_says_whose_word_that_is() -> None:
    """In each of its sentences, so that nobody takes it for a word of the program's."""
    bounds = Bounds(distrusted_after=date(2026, 5, 6), permitted=("*.example.net",))
    found = standing_in(ROOT.parsed, {"Mozilla": bounds, "Google": Bounds(), "Apple": Bounds()})
    assert (found.root, found.public, found.stand_in) == (ROOT.parsed.sha256, True, True)
    assert [each.program for each in found.programs] == list(data.PROGRAMS)
    assert all(each.detail.startswith("As the demo has it: ") for each in found.programs)
    assert found.summary == (
        "in the list of Mozilla, Google and Apple; not of Android, Microsoft, OpenJDK and Oracle; as the demo has it"
    )
    assert str(found.data) == f"the demo of tlsglass {__version__}"
    assert found.root_named("'Root'") == "'Root' (as the demo has it)"
    mozilla = found.of("Mozilla")
    assert (mozilla.distrusted_after, mozilla.permitted) == (date(2026, 5, 6), ("*.example.net",))
    assert found.of("Google").detail == "As the demo has it: in the list."
    assert found.of("Oracle").detail == "As the demo has it: not in the list."
