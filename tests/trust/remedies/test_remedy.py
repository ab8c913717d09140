"""What can be done about each kind of finding, by whom, and with which words."""

from collections.abc import Sequence
from dataclasses import replace

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from tests.trust.authority import DAY, MUST_STAPLE, NOW, SERVER_AUTH, Authority, Issued, ec_key, rsa_key, self_signed
from tests.trust.cases import bare_finding, judged, parsed
from tests.trust.handshakes import handshake
from tlsglass.trust.model import Finding, FindingCode, Severity, TrustReport
from tlsglass.trust.remedies.remedy import CHAIN, Actor, Remedy, remedy
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.stores import Store

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test", "www.a.test")
FILE = "/etc/ssl/a.test-repaired.pem"
AIA = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.test/m.cer")
        )
    ]
)


def found(report: TrustReport, code: FindingCode) -> Finding:
    """The first finding of a code."""
    return next(finding for finding in report.findings if finding.code is code)


def mend(code: FindingCode, sent: Sequence[Issued], report: TrustReport | None = None) -> Remedy:
    """What can be done about it."""
    report = report or judged(sent)
    return remedy(found(report, code), report, parsed(sent), file=FILE)


def commands(made: Remedy) -> dict[str, str]:
    """Its commands by what they are for."""
    return {command.what: command.text for command in made.commands}


def test_a_chain_is_repaired_by_the_file_that_is_shown() -> None:
    """With the lines of two servers that use it."""
    upper = ROOT.intermediate("Upper CA", key=ec_key(1))
    lower = upper.intermediate("Lower CA", key=ec_key(2))
    leaf = lower.issues("a.test")
    made = mend(FindingCode.WRONG_ORDER, [leaf, upper, lower])
    assert made.actor is Actor.OPERATOR
    assert made.repair is not None
    assert made.repair.chain == parsed([leaf, lower, upper])
    assert "these 3 certificates, in this order" in made.steps[0]
    assert commands(made)["nginx"] == f"ssl_certificate {FILE};"
    assert f"SSLCertificateFile {FILE}" in commands(made).values()
    alone = ROOT.issues("a.test")
    assert "this one certificate" in mend(FindingCode.ROOT_SENT, [alone, ROOT]).steps[0]
    assert FindingCode.ROOT_SENT in CHAIN


def test_what_is_not_at_hand_is_to_be_fetched_or_asked_for() -> None:
    """The certificate says where, or doesn't."""
    leaf = MIDDLE.issues("a.test", extensions=[SERVER_AUTH, AIA])
    made = mend(FindingCode.MISSING_INTERMEDIATE, [leaf])
    assert (made.repair, made.fetch_from) == (None, "http://ca.test/m.cer")
    assert made.facts == (("Missing", "CN=Test Intermediate CA"),)
    assert "not at hand" in made.steps[-1]
    without = mend(FindingCode.MISSING_INTERMEDIATE, [LEAF])
    assert (without.repair, without.fetch_from) == (None, None)
    assert "its issuer publishes it" in without.steps[-1]


def test_a_chain_that_needs_no_repair_keeps_its_advice() -> None:
    """As where a finding of another path is asked about."""
    report = judged([LEAF, MIDDLE])
    stray = Finding(
        code=FindingCode.WRONG_ORDER,
        severity=Severity.WARNING,
        certificate=None,
        field=None,
        title="",
        detail="",
        reference="",
        fix="Sort them.",
    )
    made = remedy(stray, report, parsed([LEAF, MIDDLE]), file=FILE)
    assert (made.steps, made.facts, made.commands, made.repair) == (("Sort them.",), (), (), None)
    assert remedy(stray, replace(report, path=(), paths=()), (), file=FILE).fetch_from is None


def test_what_has_expired_is_renewed_for_the_same_names() -> None:
    """Since when, by whom it was issued, for how long, and the request for the next one."""
    old = MIDDLE.issues("a.test", not_before=NOW - 90 * DAY, not_after=NOW - 3 * DAY)
    made = mend(FindingCode.EXPIRED, [old, MIDDLE])
    facts = dict(made.facts)
    assert facts["Ended"] == "2026-11-20 12:00 UTC, 3 days ago"
    assert facts["Issued by"] == "CN=Test Intermediate CA"
    assert (facts["Lifetime"], facts["Names"]) == ("87 days", "a.test")
    (request,) = commands(made).values()
    assert request.endswith("-addext subjectAltName=DNS:a.test")
    soon = mend(FindingCode.EXPIRES_SOON, [MIDDLE.issues("a.test", not_after=NOW + DAY), MIDDLE])
    assert dict(soon.facts)["Ends"] == "2026-11-24 12:00 UTC, in 24 hours"


def test_what_certbot_renews_is_said_where_its_issuer_is_known() -> None:
    """A name that can't be in a request leaves only that."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Let's Encrypt")])
    theirs = Authority(
        certificate=ROOT._sign(
            name, ec_key(20), (NOW - DAY, NOW + DAY), [x509.BasicConstraints(ca=True, path_length=None)], None
        ),
        key=ec_key(20),
    )
    old = theirs.issues("a.test", "b\\c.test", not_after=NOW - DAY)
    made = mend(FindingCode.EXPIRED, [old, theirs])
    assert commands(made) == {"If certbot keeps it": "certbot renew"}


def test_an_issuer_that_has_expired_is_replaced_in_the_file_or_by_its_holder() -> None:
    """What is from the store is nobody's at the server."""
    aged = ROOT.intermediate(not_after=NOW - DAY)
    made = mend(FindingCode.EXPIRED, [aged.issues("a.test"), aged])
    assert made.actor is Actor.OPERATOR
    assert made.commands == ()
    assert "Published at" not in dict(made.facts)
    with_address = ROOT.intermediate(
        not_after=NOW - DAY, extensions=[x509.BasicConstraints(ca=True, path_length=None), AIA]
    )
    made = mend(FindingCode.EXPIRED, [with_address.issues("a.test"), with_address])
    assert dict(made.facts)["Published at"] == "http://ca.test/m.cer"
    old_root = Authority.root("Old Root", key=ec_key(21), not_after=NOW - DAY)
    sent = [old_root.issues("a.test")]
    made = mend(FindingCode.EXPIRED, sent, judged(sent, store=old_root.store()))
    assert (made.actor, made.commands) == (Actor.ISSUER, ())


def test_a_date_of_what_is_not_in_the_path_leaves_the_advice() -> None:
    """Nothing is known of it but the finding itself."""
    old = MIDDLE.issues("a.test", not_after=NOW - 3 * DAY)
    report = judged([old, MIDDLE])
    stray = replace(found(report, FindingCode.EXPIRED), certificate="00" * 32)
    made = remedy(stray, report, parsed([old, MIDDLE]), file=FILE)
    assert made.actor is Actor.ISSUER
    assert made.steps[-1].startswith("The certificate is not the server's own.")


def test_a_first_moment_that_can_not_be_read_leaves_the_lifetime_out() -> None:
    """The last one is enough to say since when it is over."""
    old = MIDDLE.issues("a.test", not_after=NOW - 3 * DAY)
    report = judged([old, MIDDLE])
    step = replace(report.path[0], certificate=replace(report.path[0].certificate, not_before=None))
    undated = replace(report, path=(step, *report.path[1:]))
    assert "Lifetime" not in dict(mend(FindingCode.EXPIRED, [old, MIDDLE], undated).facts)


def test_too_early_waits() -> None:
    """For the leaf as for an issuer."""
    sent = [MIDDLE.issues("a.test", not_before=NOW + DAY), MIDDLE]
    assert mend(FindingCode.NOT_YET_VALID, sent).actor is Actor.OPERATOR
    late = ROOT.intermediate(not_before=NOW + DAY)
    made = mend(FindingCode.NOT_YET_VALID, [late.issues("a.test"), late])
    assert made.actor is Actor.READER
    assert commands(made) == {"What this machine takes for the time": "date -u"}


def test_another_name_asks_for_all_names_and_that_one() -> None:
    """What it has is listed."""
    sent = [LEAF, MIDDLE]
    made = mend(FindingCode.NAME_MISMATCH, sent, judged(sent, hostname="b.example.org"))
    assert made.facts == (("Asked for", "b.example.org"), ("It has", "a.test and www.a.test"))
    assert list(commands(made)) == ["Request for a certificate, with a new key"]
    assert "DNS:a.test,DNS:www.a.test,DNS:b.example.org" in made.commands[0].text
    public = [ROOT.issues("example.org")]
    made = mend(FindingCode.NAME_MISMATCH, public, judged(public, hostname="www.example.org"))
    assert commands(made)["Or from Let's Encrypt, by certbot"] == "certbot certonly -d example.org -d www.example.org"
    odd = [ROOT.issues("a b.test")]
    assert mend(FindingCode.NAME_MISMATCH, odd, judged(odd)).commands == ()
    nameless = [ROOT.issues(common_name=None)]
    made = mend(FindingCode.NAME_MISMATCH, nameless, judged(nameless))
    assert dict(made.facts)["It has"] == "no name of a host"


def test_an_issuer_that_nobody_knows_takes_another_certificate_or_another_store() -> None:
    """The path's end is told."""
    sent = [self_signed("a.test")]
    made = mend(FindingCode.SELF_SIGNED, sent)
    assert made.facts == (("Path ends at", "'self', issued by CN=self"),)
    assert "--ca-file" in made.steps[-1]
    report = replace(judged(sent), path=())
    assert remedy(found(report, FindingCode.SELF_SIGNED), report, (), file=FILE).facts == ()


def test_what_is_set_in_the_server_is_told_line_by_line() -> None:
    """Protocol versions and stapling."""
    sent = [LEAF, MIDDLE]
    old = judged(sent, shaken=handshake(version="TLSv1"))
    assert commands(mend(FindingCode.OLD_PROTOCOL, sent, old))["Apache"] == "SSLProtocol -all +TLSv1.2 +TLSv1.3"
    stapling = [MIDDLE.issues("a.test", extensions=[SERVER_AUTH, MUST_STAPLE]), MIDDLE]
    assert "ssl_stapling on;" in commands(mend(FindingCode.STAPLE_UNUSABLE, stapling))["nginx"]
    answer = RevocationAnswer(
        certificate=stapling[0].parsed.sha256, source=Source.STAPLE, url=None, status=Status.UNAVAILABLE
    )
    stapled = replace(judged(stapling), revocation=(answer,))  # it is on, so that is not what is wrong
    assert mend(FindingCode.STAPLE_UNUSABLE, stapling, stapled).commands == ()


def test_what_others_say_is_nothing_to_be_mended() -> None:
    """Unless the finding itself knows better."""
    report = judged([LEAF, MIDDLE])
    said = replace(bare_finding(FindingCode.JUDGES_DIFFER), fix=None)
    made = remedy(said, report, parsed([LEAF, MIDDLE]), file=FILE)
    assert made.actor is Actor.NOBODY
    assert "nothing in the server's files" in made.steps[0]
    made = remedy(replace(said, fix="Send fewer names."), report, (), file=FILE)
    assert (made.actor, made.steps) == (Actor.OPERATOR, ("Send fewer names.",))


def test_all_else_takes_another_certificate() -> None:
    """The server's own is asked for; an issuer's is its issuer's to replace."""
    weak = MIDDLE.issues("a.test", key=rsa_key(1024))
    made = mend(FindingCode.WEAK_KEY, [weak, MIDDLE])
    assert made.actor is Actor.OPERATOR
    assert commands(made)
    below = ROOT.intermediate("Weak CA", key=rsa_key(1024))
    sent = [below.issues("a.test"), below]
    made = mend(FindingCode.WEAK_KEY, sent)
    assert made.actor is Actor.ISSUER
    assert made.steps[-1].startswith("'Weak CA' is not the server's own.")
    report = judged([LEAF, MIDDLE])
    stray = replace(bare_finding(FindingCode.NONCONFORMING), severity=Severity.ERROR)
    assert remedy(stray, report, (), file=FILE).steps == ("Have another certificate issued.",)
    nothing = replace(report, path=(), paths=())
    assert remedy(stray, nothing, (), file=FILE).actor is Actor.ISSUER


def test_what_is_only_said_needs_no_mending() -> None:
    """A notice without a fix."""
    made = remedy(bare_finding(FindingCode.NONCONFORMING), judged([LEAF, MIDDLE]), (), file=FILE)
    assert (made.actor, made.commands) == (Actor.NOBODY, ())


def test_names_that_may_not_be_are_not_asked_for_again() -> None:
    """The fix says what to ask for instead."""
    wide = replace(bare_finding(FindingCode.WIDE_WILDCARD), fix="Name each host.")
    made = remedy(wide, judged([LEAF, MIDDLE]), (), file=FILE)
    assert (made.actor, made.steps, made.commands) == (Actor.OPERATOR, ("Name each host.",), ())


def test_root_programs_are_the_operators_choice_of_an_authority() -> None:
    """With what is known of the root."""
    report = judged([LEAF, MIDDLE])
    assert report.programs is not None
    lacking = replace(bare_finding(FindingCode.NOT_IN_ALL_PROGRAMS), fix="Choose another root.")
    made = remedy(lacking, report, (), file=FILE)
    assert made.actor is Actor.OPERATOR
    assert made.facts[0] == ("The root is", "not a public root: no list that is known has it")
    assert remedy(lacking, replace(report, programs=None), (), file=FILE).facts == ()


def test_a_store_of_nothing_gives_no_advice_that_needs_one() -> None:
    """The name is judged all the same."""
    sent = [LEAF, MIDDLE]
    report = judged(sent, store=Store.from_der("none", []), hostname="b.test")
    assert mend(FindingCode.NAME_MISMATCH, sent, report).commands
