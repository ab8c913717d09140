"""What was more than is taken is named in each form of report."""

from dataclasses import replace

from tests.report.looking import look
from tests.report.samples import LEAF, TRUST, TRUSTED
from tests.x509.der_writer import SAN_OID, certificate, extension, seq, tlv
from tlsglass.observation import Observation
from tlsglass.report.json_report import to_json
from tlsglass.report.left_out import left_out
from tlsglass.report.text_report import to_text
from tlsglass.trust.model import Check, CheckStatus, PathStep
from tlsglass.trust.topics import FETCHING, FURTHER_CERTIFICATES, FURTHER_NAMES
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.pem import to_pem

_FULL = certificate(
    *(extension(f"1.2.3.{number}", b"") for number in range(300)),
    extension(SAN_OID, seq(tlv(0x82, b"a.example"))),
)
_OF_FULL = (
    "Of 'a.example': There are 301 extensions; only 256 are read (limit extensions; --limit extensions=512 raises it)."
)


def _checked(*checks: Check) -> Observation:
    return replace(TRUSTED, trust=replace(TRUST, checks=checks))


def test_where_nothing_was_left_out_nothing_is_said() -> None:
    """Other checks and other problems are none of it."""
    assert left_out(TRUSTED) == ()
    assert to_json(TRUSTED)["left_out"] == []
    assert "Left out" not in to_text(TRUSTED, color=False)
    assert "Issuers fetched" not in to_text(TRUSTED, color=False)


def test_each_limit_of_a_site_is_named_once() -> None:
    """Those of the look, of the judgement, and of each certificate, sent or only in the path."""
    full = parse_certificate(_FULL)
    further = Check(
        name=FURTHER_CERTIFICATES, status=CheckStatus.NOT_CHECKED, detail="3 further took no part.", reference="RFC 1"
    )
    names = replace(further, name=FURTHER_NAMES, detail="4 further were not judged.")
    path = (PathStep(certificate=LEAF, sent=0), PathStep(certificate=full, sent=1), PathStep(certificate=full, sent=2))
    seen = replace(
        TRUSTED,
        left_out=("The name has 9 addresses.", "The server sent 9 certificates."),
        certificates=(LEAF, full),
        trust=replace(TRUST, checks=(further, names), path=path),
    )
    told = ("3 further took no part.", "4 further were not judged.")
    expected = ("The name has 9 addresses.", "The server sent 9 certificates.", *told, _OF_FULL)
    assert left_out(seen) == expected
    assert to_json(seen)["left_out"] == list(expected)
    block = to_text(seen, color=False, width=200).partition("\nLeft out\n")[2].partition("\n\n")[0]
    assert block.splitlines() == [f"  ! {sentence}" for sentence in expected]


def test_bounds_of_the_handshake_are_told() -> None:
    """They can't be raised, so no limit is named."""
    assert TRUSTED.handshake is not None
    agreed = replace(TRUSTED.handshake, client_certificate_authorities_left_out=1, verification_errors_left_out=2_000)
    expected = (
        "The server named 1,001 authorities for client certificates; only 1,000 are kept.",
        "OpenSSL found 3,000 errors in the chain; only 1,000 are kept.",
    )
    assert left_out(replace(TRUSTED, handshake=agreed)) == expected
    assert left_out(replace(TRUSTED, handshake=None)) == ()


def test_of_a_file_only_the_path_is_looked_through() -> None:
    """It may hold thousands; each says itself what of it is not read."""
    seen = look(to_pem(_FULL).encode())
    assert left_out(seen) == ()
    assert "(limit extensions;" in " ".join(to_text(seen, color=False).split())
    judged = replace(seen, trust=replace(TRUST, path=(PathStep(certificate=parse_certificate(_FULL), sent=0),)))
    assert left_out(judged) == (_OF_FULL,)


def test_who_was_asked_for_issuers_is_told() -> None:
    """With what came of it."""
    had = Check(name=FETCHING, status=CheckStatus.PASSED, detail="http://a.test gave 1 certificate.", reference="RFC 1")
    not_had = replace(had, status=CheckStatus.NOT_CHECKED, detail="http://b.test\n was not asked.")
    text = to_text(_checked(had, not_had), color=False)
    assert "\nIssuers fetched\n  ✓ http://a.test gave 1 certificate.\n  ! http://b.test\\x0a was not asked.\n" in text
