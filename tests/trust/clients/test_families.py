"""How families differ: what each makes of a fault, and that each claim has its reference."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.trust.authority import NOW, SERVER_AUTH, Authority, ec_key, rsa_key
from tests.trust.cases import judged
from tests.trust.clients.below_public_roots import (
    ACCEPTS,
    ANDROID,
    CHROME,
    CURL,
    DAY,
    DEPENDS,
    EDGE,
    FIREFOX,
    GNUTLS,
    GO,
    JAVA,
    MIDDLE,
    PYTHON,
    REFUSES,
    REQUESTS,
    ROOT,
    SAFARI,
    UNKNOWN,
    WINDOWS,
    A,
    B,
    public,
    said_of,
    stances_of,
)
from tests.trust.clients.chains import EVERYWHERE, about, listed, stances, table
from tests.trust.handshakes import handshake
from tests.trust.logs import log, logged
from tlsglass.limits import MOST_REASONS
from tlsglass.trust.clients import unread
from tlsglass.trust.clients.affected import FAMILIES, affected
from tlsglass.trust.clients.behaviours import ALL
from tlsglass.trust.clients.unread import UNREAD
from tlsglass.trust.model import FindingCode, PathStep
from tlsglass.trust.stores import Store


def test_who_fetches_what_was_not_sent() -> None:
    """Some fetch, Firefox has most, the others see a gap; without an address nobody can fetch."""
    at = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                x509.oid.AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.test/")
            )
        ]
    )
    gap = said_of(public(MIDDLE.issues("a.test", extensions=[at])), FindingCode.MISSING_INTERMEDIATE)
    assert {family for family, stance in gap.items() if stance is DEPENDS} == {
        CHROME,
        EDGE,
        SAFARI,
        WINDOWS,
        FIREFOX,
        GO,
    }
    assert {family for family, stance in gap.items() if stance is REFUSES} == {
        ANDROID,
        CURL,
        JAVA,
        PYTHON,
        REQUESTS,
        GNUTLS,
    }
    nowhere = said_of(public(MIDDLE.issues("a.test")), FindingCode.MISSING_INTERMEDIATE)
    assert nowhere[CHROME] is REFUSES
    assert (nowhere[FIREFOX], nowhere[GO]) == (DEPENDS, DEPENDS)


def test_what_was_fetched_here_is_fetched_by_others_too() -> None:
    """It is known then that the address gives it, and which root it leads to."""
    leaf = MIDDLE.issues("a.test")
    report = public(leaf, MIDDLE)
    steps = (
        report.path[0],
        PathStep(certificate=MIDDLE.parsed, sent=None, fetched_from="http://ca.test/"),
        report.path[2],
    )
    missing = public(leaf).findings
    found = replace(report, path=steps, findings=missing)
    assert said_of(found, FindingCode.MISSING_INTERMEDIATE)[SAFARI] is ACCEPTS
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        chrome = table(found)[CHROME]
    assert chrome.stance is ACCEPTS
    assert "At http://ca.test/ it was had here, too." in str(chrome.because)


def test_who_looks_at_common_names() -> None:
    """Browsers have given them up; libraries keep them for names of hosts, not for addresses."""
    host = said_of(public(ROOT.issues(common_name="a.test")), FindingCode.NAME_ONLY_IN_CN)
    assert {family for family, stance in host.items() if stance is ACCEPTS} == {CURL, JAVA, PYTHON, GNUTLS}
    assert {family for family, stance in host.items() if stance is REFUSES} == {
        CHROME,
        SAFARI,
        EDGE,
        FIREFOX,
        ANDROID,
        GO,
        REQUESTS,
    }
    assert host[WINDOWS] is UNKNOWN
    address = said_of(public(ROOT.issues(common_name="192.0.2.1"), hostname="192.0.2.1"), FindingCode.NAME_ONLY_IN_CN)
    assert (address[GNUTLS], address[CURL], address[GO], address[JAVA]) == (REFUSES, UNKNOWN, REFUSES, REFUSES)


@pytest.mark.parametrize("digest", ["SHA-1", "MD5"])
def test_who_refuses_weak_hashes(digest: str) -> None:
    """Java minds SHA-1 under the roots that came with it only."""
    report = public(ROOT.issues("a.test"))
    leaf = report.path[0].certificate
    weak = replace(leaf, signature_algorithm=replace(leaf.signature_algorithm, hash=digest))
    found = judged([weak], store=ROOT.store()).findings
    report = replace(report, path=(PathStep(certificate=weak, sent=0), *report.path[1:]), findings=found)
    said = said_of(report, FindingCode.WEAK_SIGNATURE)
    assert {family for family, stance in said.items() if stance is UNKNOWN} == {ANDROID, WINDOWS}
    assert set(said.values()) == {REFUSES, UNKNOWN}
    private = {each.family: each for each in affected(replace(report, programs=None))}[JAVA]
    stance = next(reason.stance for reason in private.because if FindingCode.WEAK_SIGNATURE in reason.codes)
    assert stance is (ACCEPTS if digest == "SHA-1" else REFUSES)


def test_who_refuses_short_keys() -> None:
    """By how long they have to be at least; of other kinds of keys nothing is known."""
    short = said_of(public(ROOT.issues("a.test", key=rsa_key(1024))), FindingCode.WEAK_KEY)
    assert {family for family, stance in short.items() if stance is REFUSES} == {SAFARI, PYTHON, REQUESTS}
    assert {family for family, stance in short.items() if stance is ACCEPTS} == {CHROME, EDGE, FIREFOX, GO}
    assert short[CURL] is DEPENDS
    report = public(ROOT.issues("a.test", key=rsa_key(1024)))
    leaf = report.path[0].certificate
    for key, stance in (
        (replace(leaf.public_key, bits=512), REFUSES),
        (replace(leaf.public_key, algorithm="DSA"), UNKNOWN),
    ):
        odd = replace(report, path=(PathStep(certificate=replace(leaf, public_key=key), sent=0), *report.path[1:]))
        assert said_of(odd, FindingCode.WEAK_KEY)[GO] is stance


def test_who_speaks_old_protocols() -> None:
    """Nothing is known of GnuTLS, which leaves it to who builds it; of Safari it was announced."""
    store = ROOT.store()
    report = judged([ROOT.issues("a.test")], store=store, shaken=handshake(version="TLSv1.1"))
    said = said_of(replace(report, transparency=None), FindingCode.OLD_PROTOCOL)
    assert {family for family, stance in said.items() if stance is UNKNOWN} == {ANDROID, GNUTLS, WINDOWS}
    assert {family for family, stance in said.items() if stance is DEPENDS} == {SAFARI}
    assert set(said.values()) == {REFUSES, UNKNOWN, DEPENDS}


def test_who_sorts_what_was_sent() -> None:
    """Those of whom it is documented; the others are advised to."""
    upper = ROOT.intermediate("Upper", key=ec_key(20))
    lower = upper.intermediate("Lower", key=ec_key(21))
    said = said_of(public(lower.issues("a.test"), upper, lower), FindingCode.WRONG_ORDER)
    assert {family for family, stance in said.items() if stance is DEPENDS} == {SAFARI, FIREFOX, ANDROID, WINDOWS}
    assert said[JAVA] is ACCEPTS


def test_faults_of_the_path_are_refused_by_all() -> None:
    """Whoever validates paths as RFC 5280 has it, and names as RFC 9525 has it."""
    cases = (
        (ROOT.issues("a.test", not_after=NOW - DAY), FindingCode.EXPIRED),
        (ROOT.issues("a.test", not_before=NOW + DAY), FindingCode.NOT_YET_VALID),
        (ROOT.issues("b.test"), FindingCode.NAME_MISMATCH),
        (ROOT.issues("a.test", signed_by=ec_key(30)), FindingCode.BAD_SIGNATURE),
        (
            ROOT.issues("a.test", extensions=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])]),
            FindingCode.WRONG_USAGE,
        ),
    )
    for leaf, code in cases:
        assert set(said_of(public(leaf), code).values()) == {REFUSES}, code
        assert len(said_of(public(leaf), code)) == len(FAMILIES)


def test_faults_count_without_a_root_too() -> None:
    """What has expired is refused wherever it leads."""
    report = judged([ROOT.issues("a.test", not_after=NOW - DAY)], store=Authority.root("Other", key=ec_key(8)).store())
    assert about(report, GO, FindingCode.EXPIRED)[0][0] is REFUSES


def test_what_a_root_says_of_itself_is_left_to_each() -> None:
    """An anchor is a name and a key; its dates need not count. RFC 5280 §6.1.1 (d)."""
    old = Authority.root(not_after=NOW - DAY)
    said = {
        each.family: each.stance
        for each in affected(replace(judged([old.issues("a.test")], store=old.store()), transparency=None))
    }
    assert set(said.values()) == {UNKNOWN}


def test_errors_of_which_no_source_says_anything_leave_it_unknown() -> None:
    """Nothing is guessed: the title of the finding is told, with its reference."""
    lower = ROOT.intermediate(
        extensions=[
            x509.BasicConstraints(ca=True, path_length=None),
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]),
        ]
    )
    report = public(lower.issues("a.test"), lower)
    said = said_of(report, FindingCode.WRONG_USAGE)
    known = {CHROME, EDGE, FIREFOX, CURL, PYTHON, REQUESTS, GO}
    assert {family for family, stance in said.items() if stance is REFUSES} == known
    assert {family for family, stance in said.items() if stance is UNKNOWN} == {each.name for each in FAMILIES} - known
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        reason = table(report)[JAVA].because[0]
    assert reason.sentence.startswith("What it makes of this is not known here: ")


def test_who_asks_for_timestamps_of_public_logs() -> None:
    """Browsers do of public authorities; Edge and Android are not known, and libraries don't look."""
    leaf = ROOT.issues("a.test")
    none = stances_of(public(leaf, with_logs=True))
    assert {family for family, stance in none.items() if stance is REFUSES} == {CHROME, SAFARI, FIREFOX}
    enough = stances_of(public(logged(ROOT, leaf, A, B), with_logs=True))
    assert {family for family, stance in enough.items() if stance is not ACCEPTS} == set()
    unsure = public(logged(ROOT, leaf, log(3, "C")), with_logs=True)
    assert stances_of(unsure)[FIREFOX] is UNKNOWN
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        assert table(unsure)[FIREFOX].because[0].codes == ()  # nothing was found
    assert stances_of(replace(public(leaf), transparency=None))[CHROME] is ACCEPTS


def test_who_limits_how_long_certificates_last() -> None:
    """By the day of issue, under public roots and at Apple under any. The last second does not count."""
    year = datetime(2026, 1, 1, tzinfo=UTC)
    for days, refusing in ((398, set()), (399, {CHROME, EDGE, SAFARI}), (826, {CHROME, EDGE, SAFARI})):
        leaf = ROOT.issues("a.test", not_before=year, not_after=year + days * DAY)
        found = stances_of(public(leaf))
        assert {family for family, stance in found.items() if stance is REFUSES} == refusing, days
    for issued, days in (("2026-03-15", 200), ("2027-03-14", 200), ("2027-03-15", 100), ("2029-03-15", 47)):
        begins = datetime.fromisoformat(f"{issued}T00:00Z")
        for more, refusing in ((0, set()), (1, {CHROME, EDGE})):
            leaf = ROOT.issues("a.test", not_before=begins, not_after=begins + (days + more) * DAY)
            found = stances_of(replace(public(leaf), findings=()))
            assert {family for family, stance in found.items() if stance is REFUSES} == refusing, (issued, days + more)
    old = datetime(2019, 1, 1, tzinfo=UTC)
    early = ROOT.issues("a.test", not_before=old, not_after=NOW + DAY)
    assert REFUSES not in stances_of(public(early)).values()
    private = ROOT.issues("a.test", not_before=year, not_after=year + 900 * DAY)
    found = stances(replace(judged([private], store=ROOT.store()), transparency=None))
    assert {family for family, stance in found.items() if stance is REFUSES} == {SAFARI}
    undated = public(ROOT.issues("a.test"))
    leafless = replace(undated.path[0].certificate, not_before=None)
    odd = replace(undated, path=(PathStep(certificate=leafless, sent=0), *undated.path[1:]))
    assert set(stances_of(odd).values()) == {ACCEPTS}


def test_old_builders_stop_at_what_has_expired() -> None:
    """Where another path that was sent has expired and the one in use has not, as in September 2021."""
    old = Authority.root("Old Root", key=ec_key(40), not_after=NOW - DAY)
    upper = ROOT.intermediate("Upper", key=ec_key(41))
    cross = old.intermediate("Upper", key=ec_key(41))
    store = Store.from_der("both", [ROOT.der, old.der])
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        report = replace(judged([upper.issues("a.test"), upper, cross], store=store), transparency=None)
    assert stances_of(report)[CURL] is DEPENDS
    assert stances_of(report)[GO] is ACCEPTS


def test_firefox_takes_no_authority_for_a_server() -> None:
    """Of the others nothing is known."""
    leaf = ROOT.issues("a.test", extensions=[x509.BasicConstraints(ca=True, path_length=None), SERVER_AUTH])
    said = said_of(public(leaf), FindingCode.CA_AS_SERVER)
    assert {family for family, stance in said.items() if stance is REFUSES} == {FIREFOX}
    assert len(said) == len(FAMILIES)


def test_a_thousand_faults_give_a_few_reasons() -> None:
    """What is unknown of each certificate would fill the report; the weightiest come first."""
    report = public(ROOT.issues("a.test", extensions=[SERVER_AUTH], key=rsa_key(1024)))
    fault = next(found for found in report.findings if found.code is FindingCode.WEAK_KEY)
    many = tuple(replace(fault, code=FindingCode.UNREADABLE, title=f"fault {number}") for number in range(1000))
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        found = affected(replace(report, findings=(*many, fault)))
    assert {len(each.because) for each in found} == {MOST_REASONS}
    assert {each.because[-1].sentence.split(" ", 1)[1] for each in found} == {"more reasons are not listed."}
    assert {each.because[-1].reference for each in found} == {""}
    assert all("fault" in each.because[-2].sentence for each in found)
    assert found[2].because[0].stance is REFUSES


def test_who_looks_at_revocation() -> None:
    """Most libraries don't unless told to; browsers have lists of their own."""
    leaf = ROOT.issues("a.test")
    report = public(leaf)
    revoked = replace(judged([ROOT.issues("b.test")], store=ROOT.store()).findings[0], code=FindingCode.REVOKED)
    said = said_of(replace(report, findings=(revoked,)), FindingCode.REVOKED)
    assert {family for family, stance in said.items() if stance is ACCEPTS} == {CURL, GO, JAVA, PYTHON, REQUESTS}
    assert {family for family, stance in said.items() if stance is DEPENDS} == {CHROME, EDGE, FIREFOX}


def test_what_is_known_is_about_findings_that_there_are() -> None:
    """A misspelt code would never be met."""
    known = {code for family in FAMILIES for code in family.behaviours} | set(ALL)
    assert known <= set(FindingCode)


def test_every_reason_has_a_reference() -> None:
    """An RFC or an address, and a sentence that ends."""
    reports = [
        public(MIDDLE.issues("a.test")),
        public(ROOT.issues(common_name="a.test", key=rsa_key(1024)), with_logs=True),
        judged([ROOT.issues("a.test")], store=ROOT.store(), shaken=handshake(version="TLSv1.1")),
    ]
    for report in reports:
        for standing in affected(report):
            for reason in standing.because:
                assert re.search(r"https://|RFC \d|§", reason.reference), reason
                assert reason.sentence.endswith("."), reason
            assert standing.deciding[0] is standing.because[0]


def test_what_was_not_held_against_its_source_is_said_to_be_so() -> None:
    """Nobody shall take it for a fact; of what was read nothing more is said."""
    report = public(ROOT.issues(common_name="a.test"))
    reasons = {each.family: each.because[0] for each in affected(report)}
    assert (reasons[ANDROID].is_read, reasons[GO].is_read) == (False, True)
    assert reasons[ANDROID].told == f"{reasons[ANDROID].sentence} (Source not read.)"
    assert reasons[GO].told == reasons[GO].sentence


def test_sources_that_were_not_read_are_those_of_the_table() -> None:
    """One that was taken out of the table, or is written in another way, would never be met."""
    modules = [path for path in Path(unread.__file__).parent.glob("*.py") if path.name != "unread.py"]
    text = "".join(re.sub(r'"\n *"', "", path.read_text(encoding="utf-8")) for path in modules)
    assert [address for address in UNREAD if address.partition("#")[0] not in text] == []
