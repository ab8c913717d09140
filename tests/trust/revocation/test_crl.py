"""What a list says counts where it may, and for no more than it says. RFC 5280 §6.3."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key, key_usage, rsa_key
from tests.trust.revocation.lists_of import POINT, URL, list_by, read_by, scope_of
from tlsglass.trust.revocation.crl import Delta, judge_list
from tlsglass.trust.revocation.lists import ReadList, read_list
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.sources import DistributionPoint, read_points

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
OTHER = Authority.root("Other CA", key=ec_key(3))
SERIAL = LEAF.certificate.serial_number


def judged(
    found: ReadList,
    *,
    leaf: Issued = LEAF,
    issuer: Authority = ROOT,
    point: DistributionPoint = POINT,
    delta: Delta | None = None,
) -> RevocationAnswer:
    """What a list says of a leaf now."""
    return judge_list(found, certificate=leaf.parsed, issuer=issuer.parsed, point=point, url=URL, at=NOW, delta=delta)


@pytest.mark.parametrize("root", [ROOT, Authority.root(key=rsa_key())], ids=["EC", "RSA"])
def test_who_is_in_it_is_revoked_and_who_is_not_is_good(root: Authority) -> None:
    """With all that it says."""
    leaf = root.issues("a.test")
    revoked = judged(
        read_list(list_by(root, {leaf.certificate.serial_number: x509.ReasonFlags.superseded})),
        leaf=leaf,
        issuer=root,
    )
    assert revoked == RevocationAnswer(
        certificate=leaf.parsed.sha256,
        source=Source.CRL,
        url=URL,
        status=Status.REVOKED,
        this_update=NOW - DAY,
        next_update=NOW + DAY,
        revoked_at=NOW - 2 * DAY,
        reason="superseded",
        responder="'Test Root CA'",
        signature_valid=True,
    )
    good = judged(read_by(root), leaf=leaf, issuer=root)
    assert (good.status, good.revoked_at, good.problem) == (Status.GOOD, None, None)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (read_by(ROOT, [LEAF], signed_by=OTHER), "its signature is not that of 'Test Root CA'"),
        (read_by(OTHER, [LEAF]), "it is the list of 'Other CA' and not of 'Test Root CA'"),
        (read_by(ROOT, [LEAF], base=3), "it is only the difference to another list"),
        (read_by(ROOT, scope=scope_of(indirect=True)), "indirect list, signed by 'Test Root CA' for other issuers"),
        (read_by(ROOT, scope=scope_of(only_attributes=True)), "it only has attribute certificates"),
        (
            read_by(ROOT, scope=scope_of(only_authorities=True)),
            "only has certificates of authorities",
        ),
        (read_by(ROOT, next_update=NOW - 3 * DAY, this_update=NOW - 9 * DAY), "out of date since 3 days (2026-11-20"),
        (read_by(ROOT, this_update=NOW + DAY, next_update=NOW + 2 * DAY), "it is from the future (2026-11-24"),
        (
            read_by(ROOT, scope=scope_of(full_name=[x509.UniformResourceIdentifier("http://crl.test/b.crl")])),
            "it is the part of all lists for another distribution point",
        ),
        (
            read_by(
                ROOT,
                extensions=[(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\x05\x00"), True)],
            ),
            "critical extensions that are not understood here (1.2.3)",
        ),
    ],
)
def test_a_list_that_says_nothing_of_the_certificate(found: ReadList, words: str) -> None:
    """With the reason, and what is known of it all the same."""
    answer = judged(found)
    assert answer.status is Status.UNAVAILABLE
    assert answer.problem is not None
    assert answer.problem.startswith(f"The list of {URL} can't be relied on: ")
    assert words in answer.problem
    assert answer.revoked_at is None


def test_a_signature_that_cannot_be_checked() -> None:
    """The issuer's key is of no kind that is known."""
    keyless = replace(ROOT.parsed, public_key=replace(ROOT.parsed.public_key, der=b""))
    answer = judge_list(read_by(ROOT), certificate=LEAF.parsed, issuer=keyless, point=POINT, url=URL, at=NOW)
    assert (answer.status, answer.signature_valid) == (Status.UNAVAILABLE, None)
    assert "its signature can't be checked: the key of the issuer can't be read" in (answer.problem or "")


def test_an_issuer_that_may_not_sign_lists() -> None:
    """RFC 5280 §6.3.3 (f)."""
    root = Authority.root(extensions=[x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign")])
    leaf = root.issues("a.test")
    assert "(its key usage lacks cRLSign)" in (judged(read_by(root), leaf=leaf, issuer=root).problem or "")
    lax = Authority.root(extensions=[x509.BasicConstraints(ca=True, path_length=None)])
    assert judged(read_by(lax), leaf=lax.issues("a.test"), issuer=lax).status is Status.GOOD


def test_the_point_may_name_another_signer() -> None:
    """Which is not supported, and is said."""
    point = replace(POINT, issuers=("CN=Lists",))
    answer = judged(read_by(OTHER), point=point)
    assert "indirect list, signed by 'Other CA' for other issuers, which is not supported" in (answer.problem or "")


def test_lists_of_authorities_and_of_users() -> None:
    """Each has its own kind only."""
    middle = ROOT.intermediate()
    users, authorities = (
        read_by(ROOT, scope=scope_of(only_users=True)),
        read_by(ROOT, scope=scope_of(only_authorities=True)),
    )
    assert judged(users).status is Status.GOOD
    assert judged(authorities, leaf=middle).status is Status.GOOD
    assert "it has no certificates of authorities" in (judged(users, leaf=middle).problem or "")


def test_a_part_of_all_lists_is_told_by_its_name() -> None:
    """By one of the point's addresses, or by a relative name. RFC 5280 §6.3.3 (b)(2)."""
    addresses = [x509.UniformResourceIdentifier(url) for url in ("http://crl.test/a.crl", "ldap://crl.test/a")]
    points = x509.CRLDistributionPoints([x509.DistributionPoint(addresses, None, None, None)])
    (point,) = read_points(points.public_bytes(), LEAF.parsed.issuer)
    assert judged(read_by(ROOT, scope=scope_of(full_name=addresses[1:])), point=point).status is Status.GOOD
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "Part 1")])
    by_name = x509.CRLDistributionPoints([x509.DistributionPoint(None, relative, None, None)])
    (point,) = read_points(by_name.public_bytes(), LEAF.parsed.issuer)
    found = read_by(ROOT, scope=scope_of(relative_name=relative))
    assert judged(found, point=point).status is Status.GOOD
    assert judged(found).status is Status.UNAVAILABLE


def test_a_revocation_in_an_old_list_still_counts() -> None:
    """It is not taken back; that the list is old is said."""
    answer = judged(read_by(ROOT, [LEAF], next_update=NOW - DAY, this_update=NOW - 9 * DAY))
    assert answer.status is Status.REVOKED
    assert answer.problem == f"Of the list of {URL}: it is out of date since 24 hours (2026-11-22 12:00 UTC)."


def test_an_entry_with_something_unknown_still_counts() -> None:
    """It is noted."""
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    answer = judged(read_by(ROOT, [LEAF], entry_extensions=[(odd, True)]))
    assert answer.status is Status.REVOKED
    assert "not understood here (1.2.3.4)" in (answer.problem or "")


def test_a_certificate_without_a_serial_number_is_in_no_list() -> None:
    """It can't be looked for."""
    answer = judge_list(
        read_by(ROOT),
        certificate=replace(LEAF.parsed, serial=None),
        issuer=ROOT.parsed,
        point=POINT,
        url=URL,
        at=NOW,
    )
    assert answer.status is Status.UNAVAILABLE
    assert "serial number of the certificate can't be read" in (answer.problem or "")


def test_a_list_without_an_end_is_current() -> None:
    """The standard asks for the time of the next list, but old ones lack it."""
    endless = replace(read_by(ROOT), next_update=None)
    assert judged(endless).status is Status.GOOD


def test_reasons_that_are_left_out_are_told() -> None:
    """Those of the list, of the point, or of both."""
    some = frozenset({x509.ReasonFlags.key_compromise, x509.ReasonFlags.superseded})
    limited = read_by(ROOT, scope=scope_of(reasons=some))
    point = replace(POINT, reasons=frozenset({"keyCompromise", "cACompromise"}))
    assert judged(read_by(ROOT)).reasons is None
    assert judged(limited).reasons == frozenset({"keyCompromise", "superseded"})
    assert judged(read_by(ROOT), point=point).reasons == frozenset({"keyCompromise", "cACompromise"})
    assert judged(limited, point=point).reasons == frozenset({"keyCompromise"})


BASE = read_by(ROOT, [LEAF], number=5)
DELTA_URL = "http://crl.test/delta"


def _delta(found: ReadList) -> Delta:
    return Delta(url=DELTA_URL, found=found)


def test_a_delta_says_what_is_new() -> None:
    """Revoked since, taken off the list, or nothing. RFC 5280 §5.2.4."""
    new = {SERIAL: x509.ReasonFlags.ca_compromise}
    added = judged(read_by(ROOT), delta=_delta(read_list(list_by(ROOT, new, number=6, base=5))))
    assert (added.status, added.reason, added.delta_url) == (Status.REVOKED, "cACompromise", DELTA_URL)
    removed = {SERIAL: x509.ReasonFlags.remove_from_crl}
    lifted = judged(BASE, delta=_delta(read_list(list_by(ROOT, removed, number=6, base=2))))
    assert (lifted.status, lifted.revoked_at) == (Status.GOOD, None)
    same = judged(BASE, delta=_delta(read_list(list_by(ROOT, (), number=6, base=5, next_update=NOW + 9 * DAY))))
    assert (same.status, same.next_update, same.problem) == (Status.REVOKED, NOW + 9 * DAY, None)


def test_an_older_delta_adds_nothing() -> None:
    """The list itself is newer."""
    answer = judged(read_by(ROOT), delta=_delta(read_by(ROOT, [LEAF], number=5, base=4)))
    assert (answer.status, answer.delta_url, answer.problem) == (Status.GOOD, None, None)


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (Delta(url=DELTA_URL, found=None, problem="nobody is there"), "could not be had, since nobody is there"),
        (_delta(read_by(ROOT, number=6)), "it is none"),
        (_delta(read_by(OTHER, number=6, base=5)), "it is one to another list"),
        (_delta(read_by(ROOT, number=6, base=5, scope=scope_of(only_users=True))), "it is one to another list"),
        (_delta(read_by(ROOT, number=6, base=5, signed_by=OTHER)), "its signature is not that of 'Test Root CA'"),
        (_delta(read_by(ROOT, number=8, base=6)), "it is one to a newer list"),
        (_delta(read_by(ROOT, number=6, base=5, next_update=NOW - DAY, this_update=NOW - 2 * DAY)), "out of date"),
        (
            _delta(
                read_by(
                    ROOT,
                    number=6,
                    base=5,
                    extensions=[(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\x05\x00"), True)],
                )
            ),
            "it is none",
        ),
    ],
)
def test_a_delta_that_does_not_fit_leaves_the_list_as_it_is(delta: Delta, words: str) -> None:
    """The list alone counts, and it is said why."""
    answer = judged(BASE, delta=delta)
    assert (answer.status, answer.delta_url) == (Status.REVOKED, None)
    assert answer.problem is not None
    assert answer.problem.startswith(f"Of the list of {URL}: its delta list ")
    assert words in answer.problem


def test_a_delta_needs_numbers() -> None:
    """Without them nobody knows which is newer."""
    delta = read_by(ROOT, number=6, base=5)
    assert "to a newer list" in (judged(read_by(ROOT, number=None), delta=_delta(delta)).problem or "")
    assert judged(BASE, delta=_delta(replace(delta, number=None))).delta_url is None
