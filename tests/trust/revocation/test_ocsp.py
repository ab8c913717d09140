"""OCSP answers that were asked for: every status, signer and time, and no answer to another question."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key
from tests.trust.revocation.responders import resigned, responder_of, revoked_staple, staple_of
from tlsglass.exchange.download import download
from tlsglass.net.stop import Stop
from tlsglass.trust.revocation import ocsp as judging
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.ocsp import judge_response
from tlsglass.trust.revocation.questions import REQUEST_TYPE, get_url, ocsp_request

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
URL = "http://ocsp.test"


def judged(der: bytes, *, at: datetime = NOW, nonce: bytes | None = None) -> RevocationAnswer:
    """What a response says of the leaf."""
    return judge_response(
        der, certificate=LEAF.parsed, issuer=ROOT.parsed, at=at, source=Source.OCSP, url=URL, nonce=nonce
    )


@pytest.fixture(autouse=True)
def made_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Responses count as made when the tests judge, whatever the clock says."""
    real = ocsp.load_der_ocsp_response

    class MadeNow:
        def __init__(self, der: bytes) -> None:
            self._response = real(der)

        def __getattr__(self, name: str) -> object:
            return NOW if name == "produced_at_utc" else getattr(self._response, name)

    monkeypatch.setattr(ocsp, "load_der_ocsp_response", MadeNow)


def test_a_good_answer_says_all_that_is_known() -> None:
    """By whom and until when."""
    assert judged(staple_of(LEAF, ROOT)) == RevocationAnswer(
        certificate=LEAF.parsed.sha256,
        source=Source.OCSP,
        url=URL,
        status=Status.GOOD,
        this_update=NOW - DAY,
        next_update=NOW + DAY,
        responder="'Test Root CA'",
        signature_valid=True,
    )


def test_revoked_and_unknown() -> None:
    """Each with what it says."""
    revoked = judged(revoked_staple(LEAF, ROOT))
    assert (revoked.status, revoked.revoked_at, revoked.reason) == (Status.REVOKED, NOW - 2 * DAY, "keyCompromise")
    assert judged(staple_of(LEAF, ROOT, status=ocsp.OCSPCertStatus.UNKNOWN)).status is Status.UNKNOWN


@pytest.mark.parametrize("status", [each for each in ocsp.OCSPResponseStatus if each.value])
def test_every_refusal_is_told_by_its_name(status: ocsp.OCSPResponseStatus) -> None:
    """RFC 6960 §4.2.1."""
    answer = judged(ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER))
    assert (answer.status, answer.signature_valid) == (Status.UNAVAILABLE, None)
    assert answer.problem == (f"The responder gave no answer but the status '{status.name.lower().replace('_', ' ')}'.")


def test_an_answer_holds_for_its_time() -> None:
    """Good only then; revoked also afterwards."""
    old = judged(staple_of(LEAF, ROOT), at=NOW + 3 * DAY)
    assert (old.status, old.problem) == (Status.UNAVAILABLE, "It is out of date since 2 days (2026-11-24 12:00 UTC).")
    still = judged(revoked_staple(LEAF, ROOT), at=NOW + 3 * DAY)
    assert (still.status, still.problem) == (Status.REVOKED, old.problem)
    early = judged(staple_of(LEAF, ROOT), at=NOW - 2 * DAY)
    assert (early.status, early.problem) == (Status.UNAVAILABLE, "It is from the future (2026-11-22 12:00 UTC).")
    assert judged(staple_of(LEAF, ROOT), at=NOW - DAY - timedelta(minutes=4)).status is Status.GOOD
    assert judged(staple_of(LEAF, ROOT, next_update=None), at=NOW + 300 * DAY).status is Status.GOOD


def test_an_answer_that_was_signed_too_early_is_odd() -> None:
    """Before the status that it tells was known."""
    answer = judged(staple_of(LEAF, ROOT, this_update=NOW + DAY, next_update=NOW + 9 * DAY), at=NOW + 2 * DAY)
    assert answer.status is Status.GOOD
    assert answer.problem == (
        "It was signed at 2026-11-23 12:00 UTC, before its status was known (2026-11-24 12:00 UTC)."
    )


def test_responders_are_named_by_name_or_key() -> None:
    """Where they are not who signed, that is odd, and told. RFC 6960 §4.2.2.3."""
    by_key, by_name = staple_of(LEAF, ROOT), staple_of(LEAF, ROOT, by_name=True)
    assert judged(by_name).problem is None
    key_hash = x509.SubjectKeyIdentifier.from_public_key(ROOT.key.public_key()).digest
    responder = b"\xa2\x16\x04\x14"
    for odd in (
        judged(resigned(by_key, responder + key_hash, responder + bytes(20), ROOT)),
        judged(resigned(by_name, b"Test Root CA", b"Best Root CA", ROOT)),
    ):
        assert (odd.status, odd.problem) == (
            Status.GOOD,
            "It names another responder than 'Test Root CA', who signed it.",
        )


def test_a_delegated_responder_that_nobody_checks_is_told() -> None:
    """Without id-pkix-ocsp-nocheck it might be revoked itself. RFC 6960 §4.2.2.2.1."""
    unchecked = responder_of(ROOT, no_check=False)
    answer = judged(staple_of(LEAF, ROOT, signer=unchecked, brings=[unchecked]))
    assert (answer.status, answer.responder) == (Status.GOOD, "'Responder'")
    assert "lacks id-pkix-ocsp-nocheck" in (answer.problem or "")
    checked = responder_of(ROOT)
    assert judged(staple_of(LEAF, ROOT, signer=checked, brings=[checked])).problem is None


@pytest.mark.parametrize(
    "signer", [responder_of(ROOT, may_sign=False), responder_of(Authority.root("Other", key=ec_key(3)))]
)
def test_who_may_not_sign_is_not_believed(signer: Issued) -> None:
    """The signature is then known to be wrong."""
    answer = judged(staple_of(LEAF, ROOT, signer=signer, brings=[signer]))
    assert (answer.status, answer.signature_valid) == (Status.UNAVAILABLE, False)


def test_what_is_not_looked_at_in_a_large_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its single responses, and of its certificates."""
    monkeypatch.setattr(judging, "MOST_RESPONDERS", 1)
    responder = responder_of(ROOT)
    answer = judged(staple_of(LEAF, ROOT, signer=responder, brings=[LEAF, responder]))
    assert answer.problem == (
        "Its signature is not the issuer's, nor that of a responder whose certificate it brings. "
        "Only the first 1 of the 2 are looked at."
    )
    monkeypatch.setattr(judging, "MOST_READ_RESPONSES", 0)
    assert judged(staple_of(LEAF, ROOT)).problem == (
        "The first 0 of the single responses in it are about others, and no more are looked at."
    )


def test_the_answer_to_another_question_is_not_believed() -> None:
    """Its nonce is another; one that has none may be a cached one. RFC 9654 §2.1, §3.1."""
    asked = bytes(32)
    assert judged(staple_of(LEAF, ROOT, nonce=asked), nonce=asked).status is Status.GOOD
    assert judged(staple_of(LEAF, ROOT), nonce=asked).status is Status.GOOD
    assert judged(staple_of(LEAF, ROOT, nonce=asked)).status is Status.GOOD
    other = judged(staple_of(LEAF, ROOT, nonce=b"x" * 32), nonce=asked)
    assert (other.status, other.signature_valid) == (Status.UNAVAILABLE, True)
    assert other.problem == "It answers another question: its nonce is not the one that was asked with."


_DAMAGED = staple_of(LEAF, ROOT, status=ocsp.OCSPCertStatus.UNKNOWN)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(0, 1000), st.binary(max_size=2))
def test_a_damaged_answer_is_never_a_good_one(place: int, noise: bytes) -> None:
    """Refused, or what it was."""
    at = place % len(_DAMAGED)
    answer = judged(_DAMAGED[:at] + noise + _DAMAGED[at + 1 :])
    assert answer.status in {Status.UNKNOWN, Status.UNAVAILABLE}


@contextmanager
def openssl_responder(folder: Path, leaf: Issued, *, revoked: bool) -> Iterator[str]:
    """`openssl ocsp` as a responder on loopback, for one leaf; gives its address."""
    for name, pem in (("ca.pem", ROOT.pem), ("key.pem", ROOT.key_pem)):
        (folder / name).write_bytes(pem)
    state = "R\t361231235959Z\t261121120000Z,superseded" if revoked else "V\t361231235959Z\t"
    (folder / "index.txt").write_text(f"{state}\t{leaf.certificate.serial_number:X}\tunknown\t/CN=leaf\n")
    command = ["openssl", "ocsp", "-index", "index.txt", "-port", "0", "-rsigner", "ca.pem", "-rkey", "key.pem"]
    responder = Popen([*command, "-CA", "ca.pem", "-nmin", "60"], cwd=folder, stdout=PIPE, stderr=PIPE, text=True)
    try:
        assert responder.stdout is not None
        found = next(filter(None, (re.match(r"ACCEPT \S*:(\d+)", line) for line in responder.stdout)))
        yield f"http://127.0.0.1:{found[1]}"
    finally:
        responder.terminate()
        responder.communicate(timeout=30)


def _by_get(url: str, leaf: Issued, stop: Stop) -> RevocationAnswer:
    asked = get_url(url, ocsp_request(leaf.parsed, ROOT.parsed))
    assert asked is not None
    got = download(asked, limit="ocsp_bytes", stop=stop, timeout=30, allow_private=True)
    return _read(got.data, leaf, None)


def _by_post(url: str, leaf: Issued, stop: Stop) -> RevocationAnswer:
    nonce = b"n" * 32
    body = ocsp_request(leaf.parsed, ROOT.parsed, nonce)
    got = download(
        url, body=body, content_type=REQUEST_TYPE, limit="ocsp_bytes", stop=stop, timeout=30, allow_private=True
    )
    assert x509.OCSPNonce(nonce).public_bytes()[2:] in got.data
    return _read(got.data, leaf, nonce)


def _read(der: bytes, leaf: Issued, nonce: bytes | None) -> RevocationAnswer:
    # It stamps its answers by the clock, and the certificates here don't matter to it.
    return judge_response(
        der,
        certificate=leaf.parsed,
        issuer=ROOT.parsed,
        at=datetime.now(UTC) + timedelta(minutes=1),
        source=Source.OCSP,
        url=URL,
        nonce=nonce,
    )


@pytest.mark.parametrize("ask", [_by_get, _by_post])
def test_openssls_responder_is_understood(ask: Callable[[str, Issued, Stop], RevocationAnswer], tmp_path: Path) -> None:
    """By GET, and by POST with a nonce that it repeats; good, revoked, and unknown."""
    stranger = replace(LEAF, certificate=ROOT.issues("b.test").certificate)
    with Stop() as stop:
        with openssl_responder(tmp_path, LEAF, revoked=False) as url:
            assert ask(url, LEAF, stop).status is Status.GOOD
            assert ask(url, stranger, stop).status is Status.UNKNOWN
        with openssl_responder(tmp_path, LEAF, revoked=True) as url:
            answer = ask(url, LEAF, stop)
    assert (answer.status, answer.reason) == (Status.REVOKED, "superseded")
    assert answer.revoked_at == datetime(2026, 11, 21, 12, tzinfo=UTC)
