"""The JSON report: each document fits the schema that ships, and says what was seen."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

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
    finding,
    judged,
)
from tests.report.schema import errors, shipped_schema
from tlsglass.errors import Failure, Fault, Phase
from tlsglass.exchange.model import Ending
from tlsglass.observation import Observation
from tlsglass.report.json_parts import certificate_json
from tlsglass.report.json_report import to_json, to_line, unusable_target
from tlsglass.trust.model import CertificationPath, FindingCode, PathStep, Severity, StoreLabel, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Extension, Problem


def _written(observation: Observation) -> Any:  # noqa: ANN401 - JSON is anything
    """The document as a reader of the line gets it, found to fit the schema."""
    document = json.loads(to_line(to_json(observation)))
    assert errors(document) == []
    return document


def test_a_whole_look() -> None:
    """Every key that others rely on. design.md, 'The JSON report'."""
    document = _written(TRUSTED)
    assert document["schema"] == "tlsglass/1"
    assert document["target"] == {
        "text": "www.example.test",
        "host": "www.example.test",
        "port": 443,
        "sni": "www.example.test",
        "address": None,
        "hostname": "www.example.test",
        "file": None,
        "unicode": "www.example.test",
    }
    assert document["contents"] is None
    assert document["started"] == "2026-11-23T12:00:00.000Z"
    assert document["error"] is None
    assert document["endpoint"] == "192.0.2.1:443"
    assert document["endpoints"] == ["[2001:db8::1]:443", "192.0.2.1:443"]
    assert document["attempts"] == [{"endpoint": "[2001:db8::1]:443", "message": "no route"}]
    assert document["handshake"]["version"] == "TLSv1.3"
    assert document["handshake"]["group"] == "X25519MLKEM768"
    assert document["handshake"]["ocsp_staple"] == "3000"
    problem = "The status that came with it is empty."
    assert document["handshake"]["entries"] == [
        {"certificate": LEAF.sha256, "ocsp_staple": "3000", "timestamps": None, "problem": None},
        {"certificate": MIDDLE.sha256, "ocsp_staple": None, "timestamps": "0000", "problem": problem},
    ]
    bare = _written(replace(TRUSTED, handshake=replace(HANDSHAKE, entries=())))
    assert (bare["handshake"]["ocsp_staple"], bare["handshake"]["entries"]) == (None, [])
    assert document["handshake"]["verification_errors"] == [{"code": 10, "name": "CERT_HAS_EXPIRED", "depth": 0}]
    assert document["messages"] == [
        {"direction": "sent", "name": "client_hello", "length": 512, "encrypted": False, "detail": ""}
    ]
    assert document["response"] == {
        "status": 200,
        "reason": "OK",
        "version": "HTTP/1.1",
        "headers": [["Content-Type", "text/html; charset=utf-8"], ["Server", "a\x1b[31m server"]],
        "content_type": "text/html; charset=utf-8",
        "bytes": 1256,
        "truncated": False,
        "problem": None,
        "ended_by": "content-length",
    }
    assert document["timings"] == {"resolve": 2, "connect": 14.1, "handshake": 31, "first_byte": 48, "total": 52.1}


def test_certificates_stand_in_the_order_sent() -> None:
    """With their bytes, from which all else can be had."""
    leaf, middle = _written(TRUSTED)["certificates"]
    assert (leaf["sha256"], middle["sha256"]) == (LEAF.sha256, MIDDLE.sha256)
    assert leaf["serial"] == "0a1b2c"
    assert (leaf["subject"], leaf["issuer"]) == ("CN=www.example.test", "CN=Middle")
    assert (leaf["not_before"], leaf["not_after"]) == ("2026-10-24T12:00:00Z", "2027-01-22T11:59:59Z")
    assert leaf["san"] == ["DNS:www.example.test", "DNS:example.test"]
    assert leaf["public_key"] == {"algorithm": "EC", "bits": 256, "curve": "P-256"}
    assert leaf["signature_algorithm"] == {"oid": "1.2.840.10045.4.3.2", "name": "ecdsa-with-SHA256"}
    assert [extension["name"] for extension in leaf["extensions"]] == ["basicConstraints", "subjectAltName"]
    assert x509.load_pem_x509_certificate(leaf["pem"].encode()).serial_number == 0x0A1B2C


def test_the_judgement() -> None:
    """Store, date, moment, path and what of it was not sent."""
    trust = _written(judged(out_of_order=frozenset({3, 1}), unrelated=frozenset({2})))["trust"]
    assert (trust["verdict"], trust["store"], trust["store_date"]) == ("trusted", "Mozilla", "2026-10-18")
    assert (trust["at"], trust["hostname"], trust["anchored"]) == ("2026-11-23T12:00:00Z", "www.example.test", True)
    assert trust["profile"] == "webpki"
    assert trust["paths"] == [[LEAF.sha256, MIDDLE.sha256, ROOT.sha256]]
    assert [certificate["sha256"] for certificate in trust["from_store"]] == [ROOT.sha256]
    assert (trust["out_of_order"], trust["unrelated"]) == ([1, 3], [2])
    assert trust["checks"] == [{"name": "name", "status": "passed", "detail": "it fits", "reference": "RFC 9525"}]


def test_the_profile_that_was_asked_for() -> None:
    """By its name on the command line."""
    assert _written(judged(profile=Profile.RFC5280))["trust"]["profile"] == "rfc5280"


def test_findings_carry_their_evidence() -> None:
    """Which certificate, which field, and what it follows from."""
    consequence = replace(finding(FindingCode.UNKNOWN_ISSUER, certificate=None, field=None), cause=FindingCode.EXPIRED)
    found = _written(judged(findings=(finding(severity=Severity.WARNING), consequence)))["trust"]["findings"]
    remedy = found[0].pop("remedy")
    assert (remedy["actor"], remedy["steps"], remedy["repairs_chain"]) == ("operator", ["Renew it."], False)
    assert remedy["commands"][0]["text"].startswith("openssl req -new ")
    assert found[0] == {
        "code": "expired",
        "severity": "warning",
        "certificate": LEAF.sha256,
        "field": "validity.not_after",
        "title": "expired in few words",
        "detail": "expired in a sentence.",
        "reference": "RFC 5280 §4.1.2.5",
        "fix": "Renew it.",
        "cause": None,
    }
    assert (found[1]["certificate"], found[1]["field"], found[1]["cause"]) == (None, None, "expired")


def test_a_judgement_without_path_or_date() -> None:
    """What is not there is null or empty and never left out."""
    observation = judged(path=(), store=StoreLabel(name="none", date=None), missing=STRANGER.issuer)
    trust = _written(observation)["trust"]
    assert (trust["paths"], trust["store_date"], trust["missing"]) == ([], None, "CN=Nobody")


def test_what_was_not_judged_is_unknown() -> None:
    """A reader may ask for the verdict of any document."""
    assert _written(UNJUDGED)["trust"]["verdict"] == "unknown"


def test_nothing_seen_but_an_error() -> None:
    """The phase, the code and both sentences; all else is empty."""
    document = _written(replace(EMPTY, failure=FAILURE))
    assert document["error"] == {
        "phase": "connect",
        "code": "refused",
        "message": "192.0.2.1:443 refused.",
        "hint": "Is the server running?",
    }
    assert (document["handshake"], document["response"], document["endpoint"]) == (None, None, None)
    assert set(document["timings"].values()) == {None}


def test_a_target_that_makes_no_sense() -> None:
    """Its document has the keys of every other one."""
    failure = Failure(phase=Phase.INPUT, fault=Fault.BAD_TARGET, message="no", hint="")
    document = unusable_target("a b", failure, NOW)
    assert errors(json.loads(to_line(document))) == []
    assert document.keys() == to_json(EMPTY).keys()
    assert document["target"] == dict.fromkeys(("host", "port", "sni", "address", "hostname", "file", "unicode")) | {
        "text": "a b"
    }


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        (replace(TRUSTED, response=None), (200, 1256, True, None)),
        (replace(TRUSTED, response=None, head=None), (None, 1256, True, None)),
        (replace(TRUSTED, response=None, received=0), (200, 0, True, None)),
        (
            replace(TRUSTED, head=None, response=replace(RESPONSE, head=None, size=0, ended_by=Ending.TIMEOUT)),
            (None, 0, False, "timeout"),
        ),
    ],
)
def test_an_answer_that_was_broken_off_or_is_no_http(
    observation: Observation, expected: tuple[int | None, int, bool, str | None]
) -> None:
    """What came of it is kept."""
    answer = _written(observation)["response"]
    assert (answer["status"], answer["bytes"], answer["truncated"], answer["ended_by"]) == expected


def test_messages_of_the_handshake_stand_in_for_those_not_reported_singly() -> None:
    """An observation may know them from its handshake alone."""
    assert _written(replace(TRUSTED, messages=())) == _written(TRUSTED)
    assert _written(replace(EMPTY, endpoint=None))["messages"] == []


def test_a_certificate_that_can_hardly_be_read() -> None:
    """Unreadable parts are null or empty, and every problem is told."""
    document = certificate_json(parse_certificate(b"\x30\x03\x02\x01\x00"))
    whole = json.loads(to_line({**to_json(EMPTY), "certificates": [document]}))
    assert errors(whole) == []
    assert document["not_after"] is None
    assert document["problems"]


def test_a_problem_of_an_extension() -> None:
    """It is told where it is."""
    extension = Extension(
        oid="1.2.3",
        name="1.2.3",
        critical=True,
        der=b"\x00",
        value="00",
        span=None,
        problem=Problem(text="It ends early.", offset=7),
        fields=(),
    )
    document = certificate_json(replace(LEAF, extensions=(extension,)))
    assert document["extensions"] == [
        {
            "oid": "1.2.3",
            "name": "1.2.3",
            "critical": True,
            "value": "00",
            "problem": {"text": "It ends early.", "offset": 7},
        }
    ]


@settings(derandomize=True, max_examples=200)
@given(st.text(), st.text(alphabet='\x00\x1b\x7f\x9b\u202e\u2028\ud800a"\\'))
def test_whatever_text_a_server_sends_the_line_is_printable_ascii(value: str, nasty: str) -> None:
    """No terminal acts on it, no reader splits it, and the value comes back as it was."""
    head = replace(HEAD, headers=(("A", value), ("B", nasty)))
    line = to_line(to_json(replace(TRUSTED, response=replace(RESPONSE, head=head))))
    assert re.fullmatch(r"[ -~]+", line)
    assert json.loads(line)["response"]["headers"] == [["A", value], ["B", nasty]]


def test_the_schema_says_what_each_key_means() -> None:
    """A key without a description is of no use to who reads it for the first time."""

    def undescribed(schema: Any, path: str) -> list[str]:  # noqa: ANN401 - JSON is anything
        if isinstance(schema, list):
            return [found for item in schema for found in undescribed(item, path)]
        if not isinstance(schema, dict):
            return []
        found = []
        for key, value in schema.get("properties", {}).items():
            if not value.get("description"):
                found.append(f"{path}.{key}")
            found += undescribed(value, f"{path}.{key}")
        for key in ("anyOf", "items", "$defs"):
            found += undescribed(schema.get(key), path)
        for value in schema.get("$defs", {}).values():
            found += undescribed(value, path)
        return found

    assert undescribed(shipped_schema(), "$") == []


def test_the_schema_names_every_finding_and_every_phase() -> None:
    """What the code can say, the schema says too; two phases are kept for what is to come."""
    schema = shipped_schema()
    described = schema["$defs"]["finding"]["properties"]["code"]["description"]
    assert [code for code in FindingCode if f" {code}" not in described] == []
    phases = schema["properties"]["error"]["anyOf"][1]["properties"]["phase"]["enum"]
    assert set(phases) == {*Phase, "proxy", "starttls"}


def test_what_was_said_of_revocation() -> None:
    """All of it, by the names that the schema has."""
    document = to_json(judged(revocation=ANSWERS))
    assert errors(document) == []
    trust = document["trust"]
    assert isinstance(trust, dict)
    staple, responder, listed = trust["revocation"]
    assert [staple["source"], responder["source"], listed["source"]] == ["staple", "ocsp", "crl"]
    assert (staple["url"], staple["status"], staple["signature_valid"]) == (None, "good", True)
    assert (responder["status"], responder["signature_valid"]) == ("unavailable", None)
    moment = f"{NOW:%Y-%m-%dT%H:%M:%S}Z"
    assert listed == {
        "certificate": MIDDLE.sha256,
        "source": "crl",
        "url": "http://crl.example/a.crl",
        "status": "revoked",
        "this_update": moment,
        "next_update": moment,
        "revoked_at": moment,
        "reason": "cACompromise",
        "responder": "'Root'",
        "signature_valid": True,
        "problem": None,
        "delta_url": "http://crl.example/b.crl",
    }


def test_all_paths_and_what_should_have_been_sent() -> None:
    """The one in use first, each with its line; certificates that were not sent are there in full."""
    fetched = PathStep(certificate=MIDDLE, sent=None, fetched_from="http://ca.test/middle.cer")
    steps = (PathStep(certificate=LEAF, sent=0), fetched, PathStep(certificate=ROOT, sent=None))
    other = (PathStep(certificate=LEAF, sent=0), PathStep(certificate=STRANGER, sent=None))
    paths = tuple(
        CertificationPath(
            steps=each,
            in_use=place == 0,
            reason=f"reason {place}",
            verdict=Verdict.TRUSTED,
            anchored=True,
            missing=None,
            out_of_order=frozenset(),
            unrelated=frozenset(),
            findings=(),
            checks=(),
        )
        for place, each in enumerate((steps, other))
    )
    trust = _written(replace(judged(path=steps, paths=paths), certificates=(LEAF,)))["trust"]
    assert trust["paths"] == [[c.sha256 for c in (LEAF, MIDDLE, ROOT)], [LEAF.sha256, STRANGER.sha256]]
    assert trust["path_reasons"] == ["reason 0", "reason 1"]
    assert [one["sha256"] for one in trust["from_store"]] == [ROOT.sha256, STRANGER.sha256]
    assert [(one["url"], one["certificate"]["sha256"]) for one in trust["fetched"]] == [
        ("http://ca.test/middle.cer", MIDDLE.sha256)
    ]
    assert trust["repaired_chain"] == [LEAF.sha256, MIDDLE.sha256]
    assert _written(TRUSTED)["trust"]["repaired_chain"] is None
