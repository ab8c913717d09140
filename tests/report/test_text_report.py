"""The report that a person reads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.report.samples import (
    ANSWERS,
    EMPTY,
    FAILURE,
    HANDSHAKE,
    HEAD,
    LEAF,
    MIDDLE,
    NOW,
    RESPONSE,
    ROOT,
    STRANGER,
    TRUSTED,
    UNJUDGED,
    certificate,
    finding,
    judged,
)
from tlsglass.exchange.model import Ending
from tlsglass.observation import Observation, Timings
from tlsglass.report.text_report import to_text
from tlsglass.trust.model import CertificationPath, FindingCode, PathStep, Severity, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.x509.model import Problem


def _text(observation: Observation, said: bytes = b"") -> str:
    return to_text(observation, color=False, width=80, said=said)


def test_a_trusted_site() -> None:
    """The headline, the path, the certificate, the connection and the answer, in this order."""
    assert _text(TRUSTED) == (
        f"""\
www.example.test:443  192.0.2.1:443
✓ TRUSTED
  for www.example.test, by store Mozilla 2026-10-18, at 2026-11-23 12:00:00 UTC

Clients, derived from rules, not tested
  ! it depends: Chrome; Edge; Safari and apps on Apple's systems; Firefox;
      Android apps; curl and others with OpenSSL; Go; Java; GnuTLS; .NET and
      others on Windows
    No public list has 'Root': it is trusted where someone made it so.
    RFC 5280 §6.1.1 (d)
  ! it depends: Python, ssl
    No public list has 'Root': it is trusted where someone made it so.
    RFC 5280 §6.1.1 (d)
    Since Python 3.13 it asks for key identifiers (VERIFY_X509_STRICT), which
      are missing here.
    https://docs.python.org/3/whatsnew/3.13.html#ssl
  ! it depends: Python, requests
    No public list has 'Root': it is trusted where someone made it so.
    RFC 5280 §6.1.1 (d)
    On Python 3.13 and later urllib3 has asked for key identifiers since its
      version 2.4.0 (VERIFY_X509_STRICT), which are missing here.
    https://github.com/urllib3/urllib3/blob/main/CHANGES.rst

Certificates, 2 sent
  ✓ Root  from the store
    ✓ Middle  sent #1
      ✓ www.example.test  sent #0

Certificate of the server
  Subject       CN=www.example.test
  Issuer        CN=Middle
  Serial        0a1b2c
  Valid         2026-10-24 12:00:00 UTC to 2027-01-22 11:59:59 UTC
                ████████░░░░░░░░░░░░░░░░ 59 days left, 33 % of 90 days spent
  Names         www.example.test, example.test
  Public key    EC P-256
  Signature     ecdsa-with-SHA256
  SHA-256       {LEAF.sha256}
  SHA-1         {LEAF.sha1}
  Pin           sha256//{LEAF.spki_sha256}

Connection
  Protocol      TLSv1.3
  Cipher suite  TLS_AES_256_GCM_SHA384
  Group         X25519MLKEM768
  Signed with   ecdsa_secp256r1_sha256
  ALPN          http/1.1
  SNI           www.example.test
  Client        the server asked for a client certificate
  Times         resolve 2 ms, connect 14 ms, TLS 31 ms, first byte 48 ms,
                  total 52 ms

Response, 1,256 bytes, ended by content-length
  HTTP/1.1 200 OK
  Content-Type: text/html; charset=utf-8
  Server: a\\x1b[31m server
"""
    )


def test_reasons_come_with_their_rule_and_what_to_do() -> None:
    """The first error stands in the headline with how many more; a consequence is indented under its cause."""
    consequence = replace(finding(FindingCode.UNKNOWN_ISSUER, certificate=None, field=None), cause=FindingCode.EXPIRED)
    other = replace(finding(FindingCode.WEAK_KEY, certificate=ROOT), fix=None)
    notice = finding(FindingCode.ROOT_SENT, Severity.NOTICE)
    text = _text(judged(verdict=Verdict.UNTRUSTED, findings=(finding(), consequence, other, notice)))
    assert "\n✗ NOT TRUSTED  expired in few words · 2 more reasons\n" in text
    assert (
        """
Findings
  ✗ expired: expired in few words (www.example.test)
    expired in a sentence. RFC 5280 §4.1.2.5
    Fix: Renew it.
    ✗ unknown-issuer: unknown-issuer in few words
      unknown-issuer in a sentence. RFC 5280 §4.1.2.5
      Fix: Renew it.
  ✗ weak-key: weak-key in few words (Root)
    weak-key in a sentence. RFC 5280 §4.1.2.5
  · root-sent: root-sent in few words (www.example.test)
"""
        in text
    )
    assert "      ✗ www.example.test  sent #0\n" in text
    assert "  ✗ Root  from the store\n" in text


def test_who_was_asked_about_revocation() -> None:
    """Each answer with its mark, times and reasons; nothing of it where nobody was asked and nothing stapled."""
    text = to_text(judged(revocation=ANSWERS), color=False, width=300)
    start = text.index("\n\nRevocation\n")
    leaf, middle, when = LEAF.label, MIDDLE.label, f"{NOW:%Y-%m-%d %H:%M:%S} UTC"
    dates = f"as of {when}, until {when}, revoked {when}"
    assert text[start + 2 :].split("\n\n")[0].splitlines() == [
        "Revocation",
        f"  ✓ good: {leaf} (staple)",
        f"    as of {when}, signed by 'Responder'",
        f"  ! unavailable: {leaf} (ocsp, http://ocsp.example/\\x1b[31m)",
        "    It is out of \\u202eorder.",
        f"  ✗ revoked: {middle} (crl, http://crl.example/a.crl)",
        f"    {dates}, reason cACompromise, signed by 'Root', with delta list http://crl.example/b.crl",
    ]
    assert "✓ good: www.example.test (staple)\n" in _text(judged(revocation=ANSWERS[:1]))
    assert "Revocation" not in _text(judged())


def test_another_profile_is_named() -> None:
    """Beside the store; that of browsers goes without saying."""
    text = _text(judged(profile=Profile.RFC5280))
    assert "for www.example.test, by store Mozilla 2026-10-18 and profile rfc5280, at" in " ".join(text.split())


def test_one_more_reason() -> None:
    """One is not many."""
    text = _text(judged(verdict=Verdict.UNTRUSTED, findings=(finding(), finding(FindingCode.WEAK_KEY))))
    assert "✗ NOT TRUSTED  expired in few words · 1 more reason\n" in text


def test_what_is_missing_out_of_order_or_beside_the_path() -> None:
    """All stand where they are."""
    path = (PathStep(certificate=LEAF, sent=0), PathStep(certificate=MIDDLE, sent=2))
    observation = judged(path=path, missing=MIDDLE.issuer, out_of_order=frozenset({2}), verdict=Verdict.UNKNOWN)
    text = _text(replace(observation, certificates=(LEAF, STRANGER, MIDDLE)))
    assert "! NOT JUDGED\n" in text
    assert (
        """
Certificates, 3 sent
  ✗ missing: CN=Root  not sent, not in the store
    ✓ Middle  sent #2, out of order
      ✓ www.example.test  sent #0
  · Stranger  sent #1, not part of the path
"""
        in text
    )


def test_a_chain_that_was_not_judged() -> None:
    """The certificates stand as sent, without a mark; the first is the server's."""
    text = _text(replace(UNJUDGED, failure=FAILURE))
    assert "✗ NO ANSWER  connect: 192.0.2.1:443 refused.\n  Is the server running?\n" in text
    assert "\nCertificates, 2 sent\n  www.example.test  sent #0\n  Middle  sent #1\n" in text
    assert "\n  Subject       CN=www.example.test\n" in text
    assert "Connection" not in text


def test_times_without_a_handshake() -> None:
    """How long it took until it failed is worth knowing."""
    text = _text(replace(UNJUDGED, failure=FAILURE, timings=Timings(resolve=0.002)))
    assert "\nConnection\n  Times         resolve 2 ms\n" in text
    assert "Protocol" not in text


def test_nothing_seen() -> None:
    """Only what prevented it."""
    assert _text(replace(EMPTY, failure=replace(FAILURE, hint=""))) == (
        "www.example.test:443\n✗ NO ANSWER  connect: 192.0.2.1:443 refused.\n"
    )


def test_a_judgement_of_nothing() -> None:
    """A server may send no certificate at all."""
    text = _text(replace(judged(path=(), verdict=Verdict.UNTRUSTED), certificates=()))
    assert "\nCertificates, 0 sent\n" in text
    assert "Subject" not in text


def test_a_certificate_that_can_hardly_be_read() -> None:
    """What is not there has a dash, and problems are told."""
    broken = replace(
        certificate("", "", names=tuple(f"{n}.example.test" for n in range(20))),
        not_after=None,
        serial=None,
        spki_sha256="",
        public_key=replace(LEAF.public_key, curve=None, bits=None),
        problems=(Problem(text="The time is none.", offset=3),),
    )
    text = _text(replace(EMPTY, certificates=(broken,)))
    assert "  Subject       (empty name)\n" in text
    assert "  Serial        -\n" in text
    assert "  Pin           -\n" in text
    assert "UTC to (unreadable)\n" in text
    assert "  Public key    EC\n" in text
    assert " and 8 more\n" in text
    assert "  Problem       The time is none.\n" in text
    assert "█" not in text


def test_years_have_four_digits() -> None:
    """So that a moment before the year 1000 is not taken for one of this century."""
    old = replace(LEAF, not_before=datetime(50, 1, 2, tzinfo=UTC))
    assert "  Valid         0050-01-02 00:00:00 UTC to " in _text(replace(EMPTY, certificates=(old,)))


def test_the_size_of_a_key_without_a_curve() -> None:
    """RSA keys are told apart by their bits."""
    key = replace(LEAF.public_key, algorithm="RSA", curve=None, bits=2048)
    assert "  Public key    RSA 2048 bits\n" in _text(replace(EMPTY, certificates=(replace(LEAF, public_key=key),)))


def test_what_was_not_agreed_has_a_dash() -> None:
    """A handshake with RSA key exchange has neither group nor signature."""
    handshake = replace(
        HANDSHAKE,
        group=None,
        signature_algorithm=None,
        alpn=None,
        server_name=None,
        client_certificate_requested=False,
    )
    text = _text(replace(EMPTY, handshake=handshake))
    assert [line for line in text.splitlines() if line.endswith(" -")] == [
        "  Group         -",
        "  Signed with   -",
        "  ALPN          -",
        "  SNI           -",
    ]
    assert "Client" not in text
    assert "Times" not in text


@pytest.mark.parametrize(
    ("observation", "said", "expected"),
    [
        (
            replace(
                TRUSTED,
                head=None,
                received=9,
                response=replace(RESPONSE, head=None, size=9, ended_by=Ending.EOF, truncated=True),
            ),
            b"220 \x1b[2J ready",
            "Response, 9 bytes, ended by eof, incomplete\n  no HTTP: 220 \\x1b[2J ready\n",
        ),
        (
            replace(TRUSTED, response=replace(RESPONSE, problem="It has no\x1b end.")),
            b"",
            "\n  ! It has no\\x1b end.\n  HTTP/1.1 200 OK\n",
        ),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=900, ended_by=Ending.EOF)),
            b"220 ready",
            "Response, 900 bytes, ended by eof\n  no HTTP, begins with: 220 ready\n",
        ),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=900, ended_by=Ending.EOF)),
            b"",
            "Response, 900 bytes, ended by eof\n  no HTTP\n",
        ),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=8, problem="It ended early.")),
            b"HTTP/1.1",
            "\n  ! It ended early.\n  it says: HTTP/1.1\n",
        ),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=99, problem="It ended early.")),
            b"HTTP/1.1",
            "\n  ! It ended early.\n  begins with: HTTP/1.1\n",
        ),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=99, problem="It ended early.")),
            b"",
            "\n  ! It ended early.\n",
        ),
        (replace(TRUSTED, head=None, response=None, received=3), b"", "\nResponse, 3 bytes, incomplete\n"),
        (replace(TRUSTED, response=None), b"", "Response, 1,256 bytes, incomplete\n  HTTP/1.1 200 OK\n"),
    ],
)
def test_answers_that_are_no_http_or_not_whole(observation: Observation, said: bytes, expected: str) -> None:
    """What the server said is shown, made printable."""
    assert expected in _text(observation, said)


def test_many_headers_are_counted() -> None:
    """A flood of headers does not hide the rest."""
    head = replace(HEAD, headers=tuple(("X", str(n)) for n in range(50)))
    text = _text(replace(TRUSTED, response=replace(RESPONSE, head=head)))
    assert "  X: 39\n  … and 10 more headers\n" in text
    assert "X: 40" not in text


def test_other_paths_and_what_was_fetched() -> None:
    """The path in use stands as a tree, the others on a line each with why they are not in use."""
    path = (
        PathStep(certificate=LEAF, sent=0),
        PathStep(certificate=MIDDLE, sent=None, fetched_from="http://ca.test/\x1b"),
    )
    first = CertificationPath(
        steps=path,
        in_use=True,
        reason="good",
        verdict=Verdict.TRUSTED,
        anchored=True,
        missing=None,
        out_of_order=frozenset(),
        unrelated=frozenset(),
        findings=(),
        checks=(),
    )
    other = replace(first, steps=(path[0], PathStep(certificate=STRANGER, sent=1)), reason="expired [x]\x1b")
    text = _text(replace(judged(path=path, paths=(first, other)), certificates=(LEAF, STRANGER)))
    assert "✓ Middle  fetched from http://ca.test/\\x1b\n" in text
    assert "  Path 2 of 2: www.example.test < Stranger (expired [x]\\x1b)\n" in text
    assert "not part of the path" not in text
