"""Which revocation lists are fetched: once each, until all reasons are covered, with their deltas, and with an end."""

import pytest
from cryptography import x509

from tests.inquiries import CRL, ROOT, Inquiry, asked_about, leaf_with
from tests.trust.authority import SERVER_AUTH, Authority, ec_key
from tests.trust.cases import judged
from tests.trust.revocation.lists_of import list_by, point, scope_of
from tests.web import Web, http
from tlsglass.limits import DEFAULTS
from tlsglass.trust.revocation.model import Source, Status


def test_a_list_is_fetched_once() -> None:
    """The next certificate in it is looked up in the one that is there; nobody is asked then."""
    inquiry = Inquiry(web=Web(crl_test=http(list_by(ROOT))))
    for _ in range(2):
        answers = inquiry.about(judged([leaf_with(crl=[CRL])]))
        assert answers is not None
        assert answers[0].status is Status.GOOD
    assert inquiry.asked == [CRL]


def test_a_list_that_can_t_be_believed_is_not_kept() -> None:
    """Its signature is another's."""
    inquiry = Inquiry(web=Web(crl_test=http(list_by(ROOT, signed_by=Authority.root("Other", key=ec_key(3))))))
    for _ in range(2):
        inquiry.about(judged([leaf_with(crl=[CRL])]))
    assert inquiry.asked == [CRL, CRL]


def test_addresses_of_one_point_lead_to_the_same_list() -> None:
    """The first that has it is enough, the web before other schemes; if none has, each says why."""
    points = x509.CRLDistributionPoints([point("ldap://crl.test/a", "http://broken.test", CRL)])
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, points])
    web = Web(crl_test=http(list_by(ROOT)), broken_test=http(b"", "404 Gone"))
    answers, inquiry = asked_about(web, leaf)
    assert [(answer.status, answer.url) for answer in answers] == [(Status.GOOD, CRL)]
    assert inquiry.asked == ["http://broken.test", CRL]
    answers, inquiry = asked_about(Web(crl_test=http(b"none"), broken_test=http(b"", "404 Gone")), leaf)
    assert [answer.url for answer in answers] == ["http://broken.test", CRL, "ldap://crl.test/a"]
    assert ["404 Gone" in (answers[0].problem or ""), "no revocation list" in (answers[1].problem or "")] == [True] * 2
    assert "of the scheme 'ldap'" in (answers[2].problem or "")


def test_a_point_with_a_directorys_name_alone_can_t_be_asked() -> None:
    """And says so."""
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Part")])
    points = x509.CRLDistributionPoints([x509.DistributionPoint(None, relative, None, None)])
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, points])
    (answer,), inquiry = asked_about(Web(), leaf)
    assert (answer.status, answer.url) == (Status.UNAVAILABLE, None)
    assert "no directory is asked from here" in (answer.problem or "")
    assert inquiry.told == []


def test_points_are_asked_until_all_reasons_are_covered() -> None:
    """A list of some reasons is no answer alone; a whole one is, and then no further one is fetched."""
    some = frozenset({x509.ReasonFlags.key_compromise})
    urls = ["http://some.test", "http://all.test", "http://more.test"]
    leaf = leaf_with(crl=urls)
    web = Web(some_test=http(list_by(ROOT, scope=scope_of(reasons=some))), all_test=http(list_by(ROOT)))
    answers, inquiry = asked_about(web, leaf)
    assert [answer.status for answer in answers] == [Status.GOOD, Status.GOOD]
    assert inquiry.asked == urls[:2]
    revoked = Web(some_test=http(list_by(ROOT, [leaf], scope=scope_of(reasons=some))))
    assert [answer.status for answer in asked_about(revoked, leaf)[0]] == [Status.REVOKED]


def test_points_without_number_have_an_end() -> None:
    """Only so many are asked, and of the others that is said: of lists, of responders, and of one list's addresses."""
    urls = [f"http://crl{number}.test" for number in range(9)]
    web = Web(**{f"crl{number}_test": http(b"") for number in range(9)})
    one_list = ROOT.issues("a.test", extensions=[SERVER_AUTH, x509.CRLDistributionPoints([point(*urls[:5])])])
    for leaf, source, words in (
        (leaf_with(crl=urls), Source.CRL, "5 more that the certificate names were not asked"),
        (leaf_with(ocsp=urls), Source.OCSP, "5 more that the certificate names were not asked"),
        (one_list, Source.CRL, "1 more that the certificate names was not asked"),
    ):
        answers, inquiry = asked_about(web, leaf)
        assert len(set(inquiry.asked)) == DEFAULTS.asked_addresses
        assert (answers[-1].source, answers[-1].url) == (source, None)
        limit = "no more than 4 of one kind are (limit asked-addresses; --limit asked-addresses=8 raises it)."
        assert answers[-1].problem == f"{words}: {limit}"


def test_what_is_known_needs_no_further_address() -> None:
    """A limit that nobody went up to is not named."""
    urls = [f"http://crl{number}.test" for number in range(9)]
    (answer,), _ = asked_about(Web(crl0_test=http(list_by(ROOT))), leaf_with(crl=urls))
    assert (answer.status, answer.problem) == (Status.GOOD, None)


def test_deltas_without_number_have_an_end() -> None:
    """The list counts without them, and it is said that more are named."""
    urls = [f"http://crl{number}.test" for number in range(1, 7)]
    web = Web(crl_test=http(list_by(ROOT)), **{f"crl{number}_test": http(b"none") for number in range(1, 7)})
    (answer,), inquiry = asked_about(web, leaf_with(crl=[CRL], freshest=urls))
    assert inquiry.asked == [CRL, *urls[:4]]
    assert "and 2 more that the certificate names were not asked" in (answer.problem or "")


@pytest.mark.parametrize("in_list", [True, False])
def test_deltas_are_fetched_where_they_are_named(*, in_list: bool) -> None:
    """By the certificate or by the list. RFC 5280 §4.2.1.15, §5.2.6."""
    delta = "http://delta.test"
    leaf = leaf_with(crl=[CRL], freshest=() if in_list else [delta])
    named = [(x509.FreshestCRL([point(delta)]), False)] if in_list else []
    web = Web(crl_test=http(list_by(ROOT, extensions=named)), delta_test=http(list_by(ROOT, [leaf], number=6, base=5)))
    (answer,), inquiry = asked_about(web, leaf)
    assert (answer.status, answer.delta_url) == (Status.REVOKED, delta)
    assert inquiry.asked == [CRL, delta]


def test_a_delta_that_is_not_to_be_had_leaves_the_list() -> None:
    """With the last reason."""
    leaf = leaf_with(crl=[CRL], freshest=["http://gone.test", "http://garbage.test"])
    web = Web(crl_test=http(list_by(ROOT)), gone_test=http(b"", "410 Gone"), garbage_test=http(b"none"))
    (answer,), _ = asked_about(web, leaf)
    assert answer.status is Status.GOOD
    assert "its delta list could not be had, since what came is no revocation list" in (answer.problem or "")
    leaf = leaf_with(crl=[CRL], freshest=["http://gone.test"])
    (answer,), _ = asked_about(web, leaf)
    assert "since http://gone.test can't be had: the server answered 410 Gone" in (answer.problem or "")
