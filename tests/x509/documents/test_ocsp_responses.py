"""OCSP responses: what others say of them, and what is damaged."""

import pytest
from cryptography.x509 import ocsp

from tests.x509.der_writer import (
    ALGORITHM,
    GENERALIZED_TIME,
    NAME,
    NULL,
    OCTET_STRING,
    bit_string,
    number,
    oid,
    seq,
    tlv,
)
from tests.x509.vectors import vector, vectors
from tlsglass.limits import MOST_INCLUDED, MOST_SINGLE_RESPONSES
from tlsglass.x509.documents.model import OcspResponse
from tlsglass.x509.documents.ocsp_responses import (
    BASIC_RESPONSE,
    parse_ocsp_response,
)
from tlsglass.x509.model import Field

_TIME = tlv(GENERALIZED_TIME, b"20260101000000Z")
_RESPONDER = tlv(0xA1, NAME)
_ID = seq(seq(oid("1.3.14.3.2.26")), tlv(OCTET_STRING, b"n"), tlv(OCTET_STRING, b"k"), number(77))
_GOOD = seq(_ID, tlv(0x80), _TIME)


def _response(*basic: bytes, status: int = 0, kind: str = BASIC_RESPONSE) -> bytes:
    return seq(tlv(0x0A, bytes([status])), tlv(0xA0, seq(oid(kind), tlv(OCTET_STRING, *basic))))


def _basic(*data: bytes, certificates: bytes = b"") -> bytes:
    return _response(seq(seq(*data), ALGORITHM, bit_string(b"signed"), certificates))


def _field(found: OcspResponse, field_id: str) -> Field:
    return next(field for field in found.fields if field.id == field_id)


@pytest.mark.parametrize("name", vectors("x509/ocsp/*resp*.der"))
def test_others_agree(name: str) -> None:
    """Status, responder, times and single responses are those that cryptography finds, where it does."""
    if name.endswith("req-acceptable-responses.der"):
        return
    ours = parse_ocsp_response(vector(name))
    try:
        theirs = ocsp.load_der_ocsp_response(vector(name))
        status = theirs.response_status
    except ValueError:
        assert ours.problems or ours.status == "status 7" or not ours.responses
        return
    assert ours.status.lower() == status.name.lower().replace("_", "")
    try:
        singles = list(theirs.responses)
    except ValueError:
        return
    assert ours.produced_at == theirs.produced_at_utc
    assert ours.signature == theirs.signature
    assert len(ours.certificates) == len(theirs.certificates)
    if theirs.responder_key_hash is not None:
        assert ours.responder == theirs.responder_key_hash.hex()
    assert len(ours.responses) == len(singles)
    for single, other in zip(ours.responses, singles, strict=True):
        assert single.serial == other.serial_number
        assert single.status == other.certificate_status.name.lower()
        assert (single.this_update, single.next_update) == (other.this_update_utc, other.next_update_utc)
        assert single.revoked_at == other.revocation_time_utc
        assert single.reason == (other.revocation_reason.value if other.revocation_reason else None)


def test_a_revoked_one() -> None:
    """Every part is a field with its bytes and what it means."""
    found = parse_ocsp_response(vector("x509/ocsp/resp-revoked-reason.der"))
    assert found.label == "revoked: 081d8b989e92fae68956dce62a893209a1bc24d3"
    assert found.problems == ()
    single = _field(found, "response_0")
    shown = {field.label: field.value for field in single.children}
    assert shown["Reason"] == "superseded"
    assert shown["Revoked"] == "2018-06-27 12:30:01 UTC"
    assert single.children[0].span is not None
    assert _field(found, "extensions").children[0].label == "OCSP nonce"
    assert _field(found, "certificates").children[0].summary == "1,258 bytes"


def test_extensions_of_a_single_response_are_shown() -> None:
    """Such as timestamps of logs."""
    found = parse_ocsp_response(vector("x509/ocsp/resp-sct-extension.der"))
    labels = [field.label for field in _field(found, "response_0").children]
    assert "Signed certificate timestamps" in labels


def test_an_answer_that_is_none() -> None:
    """The status is all that there is."""
    found = parse_ocsp_response(seq(tlv(0x0A, b"\6")))
    assert (found.label, found.problems) == ("unauthorized", ())
    assert [field.id for field in found.fields] == ["status", "fingerprints"]


@pytest.mark.parametrize(
    ("der", "problem"),
    [
        (b"", None),
        (seq(number(1)), "ENUMERATED was expected here, not INTEGER."),
        (seq(), "ENUMERATED is missing at the end of this SEQUENCE."),
        (seq(tlv(0x0A)), "An INTEGER is empty."),
        (_response(kind="1.2.3"), "The response is of the kind 1.2.3, which is not known here."),
        (_response(), "The response should be one element but is 0."),
        (_basic(), "The responder is missing."),
        (_basic(_RESPONDER, _TIME), "The list of responses is missing."),
        (_basic(tlv(0xA0, number(1)), _RESPONDER, _TIME, seq()), "There is no version 2 of responses."),
        (_basic(_RESPONDER, _TIME, seq(), number(1)), "INTEGER is not expected at this place."),
        (_basic(tlv(0xA2, number(1)), _TIME, seq()), "OCTET STRING was expected here, not INTEGER."),
        (
            _basic(_RESPONDER, tlv(GENERALIZED_TIME, b"no"), seq()),
            "GeneralizedTime does not name a moment that exists.",
        ),
        (_basic(_RESPONDER, _TIME, seq(seq())), "The certificate id of a response is missing."),
        (
            _basic(_RESPONDER, _TIME, seq(seq(seq(), tlv(0x80), _TIME))),
            "SEQUENCE is missing at the end of this SEQUENCE.",
        ),
        (
            _basic(_RESPONDER, _TIME, seq(seq(_ID, tlv(0xA1, tlv(NULL)), _TIME))),
            "UTCTime or GeneralizedTime was expected here, not NULL.",
        ),
        (
            _basic(_RESPONDER, _TIME, seq(*[_GOOD] * (MOST_SINGLE_RESPONSES + 1))),
            "There are 1,001 responses; only 1,000 are read.",
        ),
        (
            _basic(_RESPONDER, _TIME, seq(_GOOD), certificates=tlv(0xA0, seq(*[seq()] * (MOST_INCLUDED + 1)))),
            f"There are {MOST_INCLUDED + 1} certificates; only {MOST_INCLUDED} are taken out.",
        ),
    ],
)
def test_what_is_damaged_hides_nothing_else(der: bytes, problem: str | None) -> None:
    """Each problem has its place, and the rest stands."""
    found = parse_ocsp_response(der)
    assert problem is None or problem in [seen.text for seen in found.problems]
    assert found.fields[0].id == "status"
    if b"a.example" in der:
        assert found.responder == "CN=a.example"


def test_an_unreadable_one_has_a_label() -> None:
    """Whatever it is."""
    assert parse_ocsp_response(b"\5\0").label == "unreadable"
    assert parse_ocsp_response(_basic(_RESPONDER, _TIME, seq(seq()))).label == "successful"
    assert parse_ocsp_response(_basic(_RESPONDER, _TIME, seq(_GOOD))).label == "good: 4d"
