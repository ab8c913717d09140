"""Whom is asked, in which order, what is told of it, and that every failure is an answer."""

import math
import time
from base64 import b64decode
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.trust.authority import NOW, SERVER_AUTH, Authority, Issued, ec_key, self_signed
from tests.trust.cases import judged
from tests.trust.revocation.lists_of import list_by, locations, point, scope_of
from tests.trust.revocation.responders import revoked_staple, staple_of
from tests.web import PUBLIC, Web, http
from tlsglass import events
from tlsglass.errors import Fault, ResolveError
from tlsglass.inquiry import Answers, ask
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.trust.model import TrustReport
from tlsglass.trust.revocation.cache import ListCache
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.stores import Store

ROOT = Authority.root()
OCSP, CRL = "http://ocsp.test", "http://crl.test/a.crl"
TRY_LATER = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(Encoding.DER)


@dataclass(kw_only=True)
class Inquiry:
    """An inquiry to be made, and what came of it."""

    web: Web
    lists: ListCache = field(default_factory=ListCache)
    site: str = PUBLIC
    timeout: float = 20.0
    limits: Limits = DEFAULTS
    ends: float = math.inf
    told: list[events.Event] = field(default_factory=list)

    def about(self, report: TrustReport) -> Answers | None:
        """Ask about a path."""
        with Stop() as stop:
            return self._finished(
                ask(
                    report,
                    at=NOW,
                    site=Endpoint(address=self.site, port=443),
                    lists=self.lists,
                    stop=stop,
                    timeout=self.timeout,
                    resolver=self.web.resolve,
                    dialer=self.web.dial,
                    clock=lambda: 1.5,
                    limits=self.limits,
                    ends=self.ends,
                )
            )

    def _finished(self, asking: Generator[events.Event, None, Answers | None]) -> Answers | None:
        while True:
            try:
                self.told.append(next(asking))
            except StopIteration as end:
                answers: Answers | None = end.value
                return answers

    @property
    def asked(self) -> list[str]:
        """Who was asked, by what is told of it."""
        return [event.url for event in self.told if isinstance(event, events.RevocationAsked)]


def leaf_with(
    *, ocsp: Sequence[str] = (), crl: Sequence[str] = (), freshest: Sequence[str] = (), issuer: Authority = ROOT
) -> Issued:
    """A leaf that names these."""
    return issuer.issues("a.test", extensions=locations(ocsp=ocsp, crl=crl, freshest=freshest))


def _pointing() -> Sequence[x509.ExtensionType]:
    """What a CA's certificate has that names a responder."""
    return (x509.BasicConstraints(ca=True, path_length=None), *locations(ocsp=[OCSP]))


def answers_of(web: Web, leaf: Issued, *others: Issued) -> tuple[list[RevocationAnswer], Inquiry]:
    """What is said of a chain below the root."""
    inquiry = Inquiry(web=web)
    answers = inquiry.about(judged([leaf, *others]))
    assert answers is not None
    answered = [event.answer for event in inquiry.told if isinstance(event, events.RevocationAnswered)]
    assert answered == [answer for answer in answers if answer.url]
    return list(answers), inquiry


def test_a_responder_is_asked_by_get_and_nobody_else() -> None:
    """Its answer is enough; the question and the answer are told, in that order."""
    leaf = leaf_with(ocsp=[OCSP], crl=[CRL])
    web = Web(ocsp_test=http(staple_of(leaf, ROOT)), crl_test=http(list_by(ROOT)))
    (answer,), inquiry = answers_of(web, leaf)
    assert (answer.status, answer.source, answer.url) == (Status.GOOD, Source.OCSP, OCSP)
    assert inquiry.told == [
        events.RevocationAsked(at=1.5, certificate=leaf.parsed.sha256, source=Source.OCSP, url=OCSP),
        events.RevocationAnswered(at=1.5, answer=answer),
    ]
    sent = web.channels[0].sent
    path = sent.split(b" ")[1].decode()
    request = ocsp.load_der_ocsp_request(b64decode(unquote(path[1:])))
    assert request.serial_number == leaf.certificate.serial_number
    assert b"Accept: application/ocsp-response\r\n" in sent


@pytest.mark.parametrize("refusal", [http(b"", "405 No"), b"nonsense", b""])
def test_a_responder_that_knows_no_get_is_asked_by_post(refusal: bytes) -> None:
    """With a nonce, as nothing on the way keeps an answer to POST."""
    leaf = leaf_with(ocsp=[OCSP])
    nonces: list[x509.OCSPNonce] = []

    def say(sent: bytes) -> bytes:
        if sent.startswith(b"GET "):
            return refusal
        request = ocsp.load_der_ocsp_request(sent.partition(b"\r\n\r\n")[2])
        nonces.extend(each.value for each in request.extensions if isinstance(each.value, x509.OCSPNonce))
        return http(staple_of(leaf, ROOT, nonce=nonces[0].nonce))

    (answer,), inquiry = answers_of(Web(ocsp_test=say), leaf)
    assert (answer.status, len(nonces[0].nonce)) == (Status.GOOD, 32)
    assert inquiry.asked == [OCSP, OCSP]


def test_a_responder_with_a_long_address_is_asked_by_post_at_once() -> None:
    """RFC 9919 §6."""
    leaf = leaf_with(ocsp=[f"{OCSP}/{'x' * 200}"])
    web = Web(ocsp_test=http(staple_of(leaf, ROOT)))
    answers_of(web, leaf)
    assert [channel.sent[:5] for channel in web.channels] == [b"POST "]


@pytest.mark.parametrize(
    "said", [http(TRY_LATER), http(b"garbage"), http(b"", "500 Broken"), b"", http(revoked_staple(ROOT, ROOT))]
)
def test_where_the_responder_can_t_be_believed_the_list_is_fetched(said: bytes) -> None:
    """Both answers are kept."""
    leaf = leaf_with(ocsp=[OCSP], crl=[CRL])
    answers, inquiry = answers_of(Web(ocsp_test=said, crl_test=http(list_by(ROOT, [leaf]))), leaf)
    assert [answer.status for answer in answers] == [Status.UNAVAILABLE, Status.REVOKED]
    assert answers[0].problem
    assert inquiry.asked[-1] == CRL


def test_a_responder_that_does_not_know_leads_to_the_list() -> None:
    """And to further responders before it."""
    leaf = leaf_with(ocsp=[OCSP, "http://second.test"], crl=[CRL])
    unknown = http(staple_of(leaf, ROOT, status=ocsp.OCSPCertStatus.UNKNOWN))
    answers, inquiry = answers_of(Web(ocsp_test=unknown, second_test=unknown, crl_test=http(list_by(ROOT))), leaf)
    assert [answer.status for answer in answers] == [Status.UNKNOWN, Status.UNKNOWN, Status.GOOD]
    assert inquiry.asked == [OCSP, "http://second.test", CRL]


def test_every_certificate_but_the_anchor_is_asked_about() -> None:
    """Leaf first; who names nobody is passed over."""
    middle = ROOT.intermediate()
    leaf = leaf_with(ocsp=[OCSP], issuer=middle)
    answers, _ = answers_of(Web(ocsp_test=http(staple_of(leaf, middle))), leaf, middle)
    assert [answer.certificate for answer in answers] == [leaf.parsed.sha256]
    ca = [x509.BasicConstraints(ca=True, path_length=None), *locations(crl=[CRL])]
    told = ROOT.intermediate(extensions=ca)
    leaf = leaf_with(ocsp=[OCSP], issuer=told)
    web = Web(ocsp_test=http(staple_of(leaf, told)), crl_test=http(list_by(ROOT, [told])))
    answers, _ = answers_of(web, leaf, told)
    assert [(answer.certificate, answer.status) for answer in answers] == [
        (leaf.parsed.sha256, Status.GOOD),
        (told.parsed.sha256, Status.REVOKED),
    ]


def test_paths_that_lead_nowhere_are_not_asked_about() -> None:
    """Without the issuer no answer could be checked, and so nobody need hear of it."""
    orphan = leaf_with(ocsp=[OCSP], issuer=Authority.root("Other", key=ec_key(3)))
    answers, inquiry = answers_of(Web(), orphan)
    (answer,) = answers
    assert (answer.status, answer.url, answer.source) == (Status.UNAVAILABLE, None, Source.OCSP)
    assert "is not known, so that no answer could be checked" in (answer.problem or "")
    assert inquiry.told == []
    by_list = leaf_with(crl=[CRL], issuer=Authority.root("Other", key=ec_key(3)))
    assert answers_of(Web(), by_list)[0][0].source is Source.CRL
    silent = Authority.root("Other", key=ec_key(3)).issues("a.test", extensions=[SERVER_AUTH])
    assert answers_of(Web(), silent)[0] == []
    assert answers_of(Web(), self_signed("a.test"))[0] == []


def test_nothing_was_sent_and_nothing_is_asked() -> None:
    """An empty path has no certificates."""
    assert Inquiry(web=Web()).about(judged([])) == ()


def test_long_paths_have_an_end() -> None:
    """Only so many certificates are asked about; of further ones that is said, where somebody could be asked."""
    authorities = [ROOT]
    for number in range(DEFAULTS.asked_certificates + 2):
        authorities.append(authorities[-1].intermediate(f"CA {number}", key=ec_key(200 + number)))
    orphan = [each.parsed for each in reversed(authorities[1:])]
    report = judged(orphan, store=Store.from_der("none", []))
    assert len(report.path) > DEFAULTS.asked_certificates
    assert Inquiry(web=Web()).about(report) == ()
    below = ROOT.intermediate("Below", extensions=_pointing())
    report = judged([leaf_with(ocsp=[OCSP], issuer=below), below])
    inquiry = Inquiry(web=Web(ocsp_test=http(b"")), limits=Limits(asked_certificates=1))
    answers = inquiry.about(report)
    assert answers is not None
    assert set(inquiry.asked) == {OCSP}
    assert (answers[-1].certificate, answers[-1].source, answers[-1].url) == (below.parsed.sha256, Source.OCSP, None)
    assert answers[-1].problem == (
        "Nobody was asked about 'Below': no more than 1 of a path are (limit asked-certificates; "
        "--limit asked-certificates=2 raises it)."
    )


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
    answers, inquiry = _asked(web, leaf)
    assert [(answer.status, answer.url) for answer in answers] == [(Status.GOOD, CRL)]
    assert inquiry.asked == ["http://broken.test", CRL]
    answers, inquiry = _asked(Web(crl_test=http(b"none"), broken_test=http(b"", "404 Gone")), leaf)
    assert [answer.url for answer in answers] == ["http://broken.test", CRL, "ldap://crl.test/a"]
    assert ["404 Gone" in (answers[0].problem or ""), "no revocation list" in (answers[1].problem or "")] == [True] * 2
    assert "of the scheme 'ldap'" in (answers[2].problem or "")


def _asked(web: Web, leaf: Issued) -> tuple[Answers, Inquiry]:
    inquiry = Inquiry(web=web)
    answers = inquiry.about(judged([leaf]))
    assert answers is not None
    return answers, inquiry


def test_a_point_with_a_directorys_name_alone_can_t_be_asked() -> None:
    """And says so."""
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Part")])
    points = x509.CRLDistributionPoints([x509.DistributionPoint(None, relative, None, None)])
    leaf = ROOT.issues("a.test", extensions=[SERVER_AUTH, points])
    (answer,), inquiry = _asked(Web(), leaf)
    assert (answer.status, answer.url) == (Status.UNAVAILABLE, None)
    assert "no directory is asked from here" in (answer.problem or "")
    assert inquiry.told == []


def test_points_are_asked_until_all_reasons_are_covered() -> None:
    """A list of some reasons is no answer alone; a whole one is, and then no further one is fetched."""
    some = frozenset({x509.ReasonFlags.key_compromise})
    urls = ["http://some.test", "http://all.test", "http://more.test"]
    leaf = leaf_with(crl=urls)
    web = Web(some_test=http(list_by(ROOT, scope=scope_of(reasons=some))), all_test=http(list_by(ROOT)))
    answers, inquiry = _asked(web, leaf)
    assert [answer.status for answer in answers] == [Status.GOOD, Status.GOOD]
    assert inquiry.asked == urls[:2]
    revoked = Web(some_test=http(list_by(ROOT, [leaf], scope=scope_of(reasons=some))))
    assert [answer.status for answer in _asked(revoked, leaf)[0]] == [Status.REVOKED]


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
        answers, inquiry = _asked(web, leaf)
        assert len(set(inquiry.asked)) == DEFAULTS.asked_addresses
        assert (answers[-1].source, answers[-1].url) == (source, None)
        limit = "no more than 4 of one kind are (limit asked-addresses; --limit asked-addresses=8 raises it)."
        assert answers[-1].problem == f"{words}: {limit}"


def test_what_is_known_needs_no_further_address() -> None:
    """A limit that nobody went up to is not named."""
    urls = [f"http://crl{number}.test" for number in range(9)]
    (answer,), _ = _asked(Web(crl0_test=http(list_by(ROOT))), leaf_with(crl=urls))
    assert (answer.status, answer.problem) == (Status.GOOD, None)


def test_deltas_without_number_have_an_end() -> None:
    """The list counts without them, and it is said that more are named."""
    urls = [f"http://crl{number}.test" for number in range(1, 7)]
    web = Web(crl_test=http(list_by(ROOT)), **{f"crl{number}_test": http(b"none") for number in range(1, 7)})
    (answer,), inquiry = _asked(web, leaf_with(crl=[CRL], freshest=urls))
    assert inquiry.asked == [CRL, *urls[:4]]
    assert "and 2 more that the certificate names were not asked" in (answer.problem or "")


@pytest.mark.parametrize("in_list", [True, False])
def test_deltas_are_fetched_where_they_are_named(*, in_list: bool) -> None:
    """By the certificate or by the list. RFC 5280 §4.2.1.15, §5.2.6."""
    delta = "http://delta.test"
    leaf = leaf_with(crl=[CRL], freshest=() if in_list else [delta])
    named = [(x509.FreshestCRL([point(delta)]), False)] if in_list else []
    web = Web(crl_test=http(list_by(ROOT, extensions=named)), delta_test=http(list_by(ROOT, [leaf], number=6, base=5)))
    (answer,), inquiry = _asked(web, leaf)
    assert (answer.status, answer.delta_url) == (Status.REVOKED, delta)
    assert inquiry.asked == [CRL, delta]


def test_a_delta_that_is_not_to_be_had_leaves_the_list() -> None:
    """With the last reason."""
    leaf = leaf_with(crl=[CRL], freshest=["http://gone.test", "http://garbage.test"])
    web = Web(crl_test=http(list_by(ROOT)), gone_test=http(b"", "410 Gone"), garbage_test=http(b"none"))
    (answer,), _ = _asked(web, leaf)
    assert answer.status is Status.GOOD
    assert "its delta list could not be had, since what came is no revocation list" in (answer.problem or "")
    leaf = leaf_with(crl=[CRL], freshest=["http://gone.test"])
    (answer,), _ = _asked(web, leaf)
    assert "since http://gone.test can't be had: the server answered 410 Gone" in (answer.problem or "")


def test_a_certificate_that_can_t_be_named_is_not_asked_about() -> None:
    """Its issuer's key can't be read, so that the question can't be written."""
    leaf = leaf_with(ocsp=[OCSP])
    report = judged([leaf])
    broken = _with_keyless_root(report)
    inquiry = Inquiry(web=Web())
    answers = inquiry.about(broken)
    assert answers is not None
    assert "can't be asked" in (answers[0].problem or "")
    assert inquiry.asked == []


def _with_keyless_root(report: TrustReport) -> TrustReport:
    leaf, root = report.path
    key = replace(root.certificate.public_key, der=b"")
    return replace(report, path=(leaf, replace(root, certificate=replace(root.certificate, public_key=key))))


def test_the_time_for_all_questions_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was not asked by then is not asked at all."""
    leaf = leaf_with(ocsp=[OCSP], crl=[CRL])
    moments = iter([0.0, *[1000.0] * 9])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    answers, inquiry = _asked(Web(), leaf)
    assert [answer.status for answer in answers] == [Status.UNAVAILABLE] * 2
    assert all("the time for all questions is over" in (answer.problem or "") for answer in answers)
    assert inquiry.asked == []


@pytest.mark.parametrize(("ends", "limit"), [(0.0, "total-time"), (math.inf, "revocation-time")])
def test_the_time_that_is_over_is_named(ends: float, limit: str) -> None:
    """That of all questions, or that of the whole look where it is over first."""
    inquiry = Inquiry(web=Web(), limits=Limits(revocation_time=0), ends=ends)
    answers = inquiry.about(judged([leaf_with(ocsp=[OCSP])]))
    assert answers is not None
    assert f"is over (limit {limit}; --limit {limit}=" in (answers[0].problem or "")


def test_sites_outside_lead_nobody_inside() -> None:
    """The certificate of a public site names an address on this machine; one of a site that is there may."""
    leaf = leaf_with(ocsp=[OCSP])
    web = Web(ocsp_test=http(staple_of(leaf, ROOT)))
    web.addresses["ocsp.test"] = "127.0.0.1"
    (answer,), _ = _asked(web, leaf)
    assert "leads to 127.0.0.1, inside this machine" in (answer.problem or "")
    inside = Inquiry(web=web, site="10.0.0.1")
    answers = inside.about(judged([leaf]))
    assert answers is not None
    assert answers[0].status is Status.GOOD


STOP = "http://stop.test"


@pytest.mark.parametrize(
    "leaf",
    [leaf_with(ocsp=[STOP], crl=[CRL]), leaf_with(crl=[STOP]), leaf_with(crl=[CRL], freshest=[STOP])],
    ids=["responder", "list", "delta"],
)
def test_a_wish_to_stop_ends_it(leaf: Issued) -> None:
    """Then there are no answers at all, as what is missing would look like what could not be had."""

    class Stopping(Web):
        def resolve(self, host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
            if host == "stop.test":
                stop.set()
                raise ResolveError(Fault.CANCELLED, "It was stopped.")
            return super().resolve(host, port, stop, deadline)

    inquiry = Inquiry(web=Stopping(crl_test=http(list_by(ROOT))))
    assert inquiry.about(judged([leaf])) is None
