"""Whom is asked, in which order, what is told of it, and that every failure is an answer."""

import math
import time
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.inquiries import CRL, OCSP, ROOT, Inquiry, answers_of, asked_about, leaf_with
from tests.trust.authority import SERVER_AUTH, Authority, Issued, ec_key, self_signed
from tests.trust.cases import judged
from tests.trust.revocation.lists_of import list_by, locations
from tests.trust.revocation.responders import revoked_staple, staple_of
from tests.web import Web, http
from tlsglass import events
from tlsglass.errors import Fault, ResolveError
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.trust.model import TrustReport
from tlsglass.trust.revocation.model import Source, Status
from tlsglass.trust.stores import Store

TRY_LATER = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(Encoding.DER)


def _pointing() -> Sequence[x509.ExtensionType]:
    """What a CA's certificate has that names a responder."""
    return (x509.BasicConstraints(ca=True, path_length=None), *locations(ocsp=[OCSP]))


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
    answers, inquiry = asked_about(Web(), leaf)
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
    (answer,), _ = asked_about(web, leaf)
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
