"""Whom a certificate names, in all forms that RFC 5280 has for it."""

from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority, name
from tests.trust.revocation.lists_of import at, locations, point
from tlsglass.limits import MOST_POINTS
from tlsglass.trust.revocation.sources import read_points, sources
from tlsglass.x509.names import NO_NAME

ROOT = Authority.root()
ISSUER = ROOT.parsed.subject


def test_all_addresses_in_their_order() -> None:
    """Responders, points and delta points; doubles once."""
    leaf = ROOT.issues(
        "a.test",
        extensions=locations(
            ocsp=["http://o.test", "http://p.test", "http://o.test"],
            crl=["http://c.test/1"],
            freshest=["ldap://d.test"],
        ),
    )
    found = sources(leaf.parsed)
    assert found.ocsp == ("http://o.test", "http://p.test")
    assert [each.urls for each in found.points] == [("http://c.test/1",)]
    assert [each.urls for each in found.freshest] == [("ldap://d.test",)]
    assert found.urls == ("http://o.test", "http://p.test", "http://c.test/1", "ldap://d.test")


def test_a_certificate_that_names_nobody() -> None:
    """Nobody is found."""
    assert sources(ROOT.parsed).urls == ()


def test_reasons_and_signers_of_a_point() -> None:
    """The signer makes it an indirect list."""
    reasons = frozenset({x509.ReasonFlags.key_compromise, x509.ReasonFlags.superseded})
    signer = [x509.DirectoryName(name("List CA"))]
    odd = x509.DistributionPoint(None, None, reasons, signer)
    both = x509.CRLDistributionPoints([odd, point("http://c.test", "http://d.test")])
    first, second = read_points(both.public_bytes(), ISSUER)
    assert (first.urls, first.names, first.issuers) == ((), frozenset(), ("CN=List CA",))
    assert first.reasons == frozenset({"keyCompromise", "superseded"})
    assert (second.urls, second.reasons, second.issuers) == (("http://c.test", "http://d.test"), None, ())
    assert len(second.names) == 2


def test_relative_names_are_those_of_the_issuer_and_one_more() -> None:
    """RFC 5280 §4.2.1.13: the same as the whole name written out, in whatever case."""
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "Part 7")])
    whole = x509.Name([*ROOT.certificate.subject, x509.NameAttribute(NameOID.COMMON_NAME, "PART 7")])
    points = x509.CRLDistributionPoints(
        [
            x509.DistributionPoint(None, relative, None, None),
            x509.DistributionPoint([x509.DirectoryName(whole)], None, None, None),
        ]
    )
    first, second = read_points(points.public_bytes(), ISSUER)
    assert first.urls == second.urls == ()
    assert first.names == second.names != frozenset()
    (nameless, _) = read_points(points.public_bytes(), NO_NAME)
    assert nameless.names != first.names


def test_names_of_other_kinds_are_no_addresses() -> None:
    """A DNS name leads nowhere, but can be compared."""
    points = x509.CRLDistributionPoints([x509.DistributionPoint([x509.DNSName("c.test")], None, None, None)])
    (found,) = read_points(points.public_bytes(), ISSUER)
    assert found.urls == ()
    assert len(found.names) == 1


def test_points_that_cannot_be_read_name_nobody() -> None:
    """And don't hide the others, of which only so many count."""
    good = x509.CRLDistributionPoints([point("http://c.test")]).public_bytes()
    mixed = b"\x30" + bytes([len(good) - 2 + 2]) + b"\x05\x00" + good[2:]
    assert [each.urls for each in read_points(mixed, ISSUER)] == [("http://c.test",)]
    assert read_points(b"", ISSUER) == ()
    many = x509.CRLDistributionPoints([x509.DistributionPoint([at("http://c.test")], None, None, None)] * 40)
    assert len(read_points(many.public_bytes(), ISSUER)) == MOST_POINTS


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.data())
def test_any_bytes_are_points_or_none(data: st.DataObject) -> None:
    """Never an error, and never more than are looked at."""
    whole = x509.CRLDistributionPoints([point("http://c.test"), point("ldap://d.test")]).public_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + 1 :]
    assert len(read_points(damaged, ISSUER)) <= MOST_POINTS
