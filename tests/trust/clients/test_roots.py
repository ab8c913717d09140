"""Whose list has the root: what each family makes of it, by paths in use and others."""

from dataclasses import replace
from datetime import date

from tests.trust.authority import Authority, ec_key
from tests.trust.cases import judged
from tests.trust.clients.chains import EVERYWHERE, listed, stances, table
from tlsglass.trust.clients.affected import FAMILIES, affected
from tlsglass.trust.clients.model import Stance
from tlsglass.trust.model import FindingCode, PathStep, TrustReport
from tlsglass.trust.programs.data import Bounds, OldList
from tlsglass.trust.stores import Store, load_store
from tlsglass.x509.certificate import parse_certificate

ROOT = Authority.root()
OTHER = Authority.root("Other Root", key=ec_key(9))
LEAF = ROOT.issues("a.test")


def _report(store: Store | None = None) -> TrustReport:
    """A chain without fault, whose timestamps nobody asks for."""
    return replace(judged([LEAF], store=store or ROOT.store()), transparency=None)


def test_a_private_root_depends_on_where_it_was_installed() -> None:
    """For all families alike, and no refusal of a public program is told."""
    found = affected(_report())
    assert [each.family for each in found] == [family.name for family in FAMILIES]
    assert {each.stance for each in found} == {Stance.DEPENDS}
    assert all("No public list has" in each.because[0].sentence for each in found)
    assert all(each.basis == "derived from rules, not tested" for each in found)


def test_a_root_that_all_have_is_accepted_by_all() -> None:
    """Each says whose list it goes by."""
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        found = table(_report())
    assert {each.stance for each in found.values()} == {Stance.ACCEPTS}
    assert found["Chrome"].because[0].sentence == "Google's list has 'Test Root CA'."
    assert found["curl and others with OpenSSL"].because[0].sentence.endswith("and that has 'Test Root CA'.")


def test_a_root_that_one_program_lacks_is_refused_by_its_clients_only() -> None:
    """'Trusted by Mozilla, not by Java'."""
    lacking = {program: bounds for program, bounds in EVERYWHERE.items() if program not in {"OpenJDK", "Oracle"}}
    with listed({ROOT: lacking}, mozilla=[ROOT]):
        found = table(_report())
    assert [family for family, each in found.items() if each.stance is not Stance.ACCEPTS] == ["Java"]
    assert found["Java"].stance is Stance.REFUSES
    assert found["Java"].because[0].codes == (FindingCode.NOT_IN_ALL_PROGRAMS,)


def test_two_lists_that_differ_leave_it_open() -> None:
    """Some Java has OpenJDK's list and some Oracle's."""
    lacking = {program: bounds for program, bounds in EVERYWHERE.items() if program != "Oracle"}
    with listed({ROOT: lacking}, mozilla=[ROOT]):
        java = table(_report())["Java"]
    assert java.stance is Stance.DEPENDS
    assert java.because[0].sentence == "OpenJDK's list has 'Test Root CA'. Oracle's list does not have 'Test Root CA'."


def test_without_mozilla_the_systems_store_is_open() -> None:
    """A distribution may have a root that Mozilla lacks."""
    with listed({ROOT: EVERYWHERE}):
        found = stances(_report())
    assert (found["Firefox"], found["Python, requests"], found["Go"]) == (
        Stance.REFUSES,
        Stance.REFUSES,
        Stance.DEPENDS,
    )


def test_an_old_list_leaves_it_unknown() -> None:
    """What an old list had is no word on the present one."""
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT], old={"Apple": OldList(called="an old one", year=2021)}):
        safari = table(_report())["Safari and apps on Apple's systems"]
    assert safari.stance is Stance.UNKNOWN
    assert "an old one, which has it" in safari.because[0].sentence


def test_bounds_of_mozilla_are_kept_by_firefox_and_unknown_to_requests() -> None:
    """Who only copies the list knows neither dates nor names."""
    late, narrow = Bounds(distrusted_after=date(2020, 1, 1)), Bounds(permitted=("*.tr",))
    for bounds, code in ((late, FindingCode.ROOT_DISTRUSTED), (narrow, FindingCode.ROOT_LIMITED)):
        with listed({ROOT: {**EVERYWHERE, "Mozilla": bounds}}, mozilla=[ROOT]):
            found = table(_report())
        assert found["Firefox"].stance is Stance.REFUSES
        assert found["Firefox"].because[0].codes == (code,)
        assert found["Python, requests"].stance is Stance.ACCEPTS


def test_another_good_path_leads_to_a_root_that_a_program_has() -> None:
    """A cross-certificate is for those that lack the newer root. RFC 4158 §2.2."""
    upper = ROOT.intermediate("Upper", key=ec_key(11))
    cross = OTHER.intermediate("Upper", key=ec_key(11))
    both = Store.from_der("both", [ROOT.der, OTHER.der])
    java_only = {"OpenJDK": Bounds(), "Oracle": Bounds()}
    rest = {program: bounds for program, bounds in EVERYWHERE.items() if program not in java_only}
    with listed({ROOT: rest, OTHER: java_only}, mozilla=[ROOT]):
        report = replace(judged([upper.issues("a.test"), upper, cross], store=both), transparency=None)
        java = table(report)["Java"]
    assert len(report.paths) == 2
    assert java.stance is Stance.ACCEPTS
    assert java.because[0].sentence.endswith("'Other Root', to which another path leads.")


def test_a_root_that_the_store_lacks_may_be_in_another_list() -> None:
    """With a store that does not have it, be it sent or not."""
    sent = judged([LEAF, ROOT], store=OTHER.store())
    below = judged([LEAF], store=OTHER.store())
    assert {FindingCode.UNKNOWN_ISSUER} <= {found.code for found in sent.findings}
    assert {FindingCode.MISSING_INTERMEDIATE} <= {found.code for found in below.findings}
    for report in (sent, below):
        with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
            found = stances(replace(report, transparency=None))
        assert set(found.values()) == {Stance.ACCEPTS}


def test_a_root_that_is_nowhere_is_refused() -> None:
    """Self-signed, or a private root that the store does not have."""
    for sent in ([LEAF, ROOT], [Authority.root("a.test", key=ec_key(12))]):
        found = table(judged(sent, store=OTHER.store()))
        assert {each.stance for each in found.values()} == {Stance.REFUSES}
        assert "No public root is known" in found["Go"].because[0].sentence


def test_nothing_is_said_of_what_was_not_judged() -> None:
    """Files without a name, and servers that sent nothing."""
    report = _report()
    assert affected(replace(report, hostname="")) == ()
    assert affected(replace(report, path=())) == ()


def test_the_table_is_made_anew_for_each_path() -> None:
    """`p` shows another path, and another anchor counts then."""
    cross = OTHER.intermediate("Upper", key=ec_key(11))
    upper = ROOT.intermediate("Upper", key=ec_key(11))
    both = Store.from_der("both", [ROOT.der, OTHER.der])
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        report = replace(judged([upper.issues("a.test"), upper, cross], store=both), transparency=None)
        first = table(report)["Chrome"].because[0].sentence
        second = table(report.along(1))["Chrome"].because[0].sentence
    assert first == "Google's list has 'Test Root CA'."
    assert second == "Google's list has 'Test Root CA', to which another path leads."


def test_every_root_in_use_has_a_word_for_every_family() -> None:
    """By the data as it is: all roots of certifi, whose chains differ in nothing but the root."""
    report = _report()
    found: dict[str, set[Stance]] = {family.name: set() for family in FAMILIES}
    for der in load_store("mozilla")._ders:
        root = PathStep(certificate=parse_certificate(der), sent=None)
        for each in affected(replace(report, path=(report.path[0], root), paths=(), programs=None)):
            found[each.family].add(each.stance)
            assert each.because[0].sentence.endswith(".")
    assert found["Firefox"] == {Stance.ACCEPTS, Stance.REFUSES}
    assert found["Java"] == {Stance.ACCEPTS, Stance.REFUSES}
    assert found["Python, requests"] == {Stance.ACCEPTS}
    assert found["Go"] == {Stance.ACCEPTS}
    assert found["Safari and apps on Apple's systems"] == {Stance.UNKNOWN}
