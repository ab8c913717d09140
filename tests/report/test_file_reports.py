"""What a file holds, in every form of report: outline, JSON, text and names of files made from it."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.report.looking import FILE, look
from tests.report.schema import errors
from tests.trust.authority import Authority
from tests.x509.containers import files_of_others as others
from tests.x509.der_writer import ALGORITHM, NAME, OCTET_STRING, UTC_TIME, bit_string, number, seq, tlv
from tests.x509.vectors import vector
from tlsglass.observation import Observation
from tlsglass.report.commands import openssl_command
from tlsglass.report.files import chain_file_name, report_file_name
from tlsglass.report.forms import forms
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node, Nodes
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.pem import to_pem

_TIMESTAMP = b"\0" + bytes(32) + bytes(8) + b"\0\0" + b"\4\3" + b"\0\3abc"
_TIMESTAMPS = (len(_TIMESTAMP) + 2).to_bytes(2) + len(_TIMESTAMP).to_bytes(2) + _TIMESTAMP


def _written(observation: Observation) -> Any:  # noqa: ANN401 - JSON is anything
    document = json.loads(to_line(to_json(observation)))
    assert errors(document) == []
    return document


def _everything() -> Observation:
    data = b"".join(others.read(name) for name in ("a.pem", "a.csr", "crl.pem", "pub.pem", "a.key"))
    data += b"-----BEGIN X-----\n!\n-----END X-----\n"
    data += to_pem(others.read("ocsp.resp"), "OCSP RESPONSE").encode()
    return look(data + to_pem(tlv(OCTET_STRING, _TIMESTAMPS), "SCT").encode())


def test_every_kind_has_its_json() -> None:
    """With what it says; a certificate stands where those of a site do, and of a key there is nothing."""
    document = _written(_everything())
    assert document["target"] == {
        "text": "certs/x.pem",
        "host": None,
        "port": None,
        "sni": None,
        "address": None,
        "hostname": None,
        "file": "certs/x.pem",
        "unicode": None,
    }
    contents = document["contents"]
    assert contents["form"] == "PEM"
    items = {item["kind"]: item for item in contents["items"]}
    assert set(items) == set(Kind)
    assert items["certificate"]["sha256"] == document["certificates"][0]["sha256"]
    assert items["certificate"]["facts"] is None
    assert items["private-key"] == {
        "kind": "private-key",
        "place": items["private-key"]["place"],
        "name": "unencrypted, PKCS #8",
        "sha256": None,
        "facts": None,
        "problems": [],
        "pem": None,
        "der": None,
    }
    assert items["certificate-request"]["facts"]["subject"] == "CN=a.example"
    revoked = items["revocation-list"]["facts"]
    assert (revoked["issuer"], revoked["count"]) == ("CN=CA", 1)
    assert revoked["revoked"] == [{"serial": "07", "revoked_at": "2026-01-01T00:00:00Z", "reason": "keyCompromise"}]
    single = items["ocsp-response"]["facts"]["responses"][0]
    assert (single["serial"], single["status"], single["reason"]) == ("07", "revoked", "keyCompromise")
    assert items["ocsp-response"]["der"] == others.read("ocsp.resp").hex()
    assert items["public-key"]["facts"]["public_key"] == {"algorithm": "RSA", "bits": 2048, "curve": None}
    assert items["public-key"]["pem"] == others.read("pub.pem").decode()
    timestamp = items["timestamp-list"]["facts"]["timestamps"][0]
    assert (timestamp["milliseconds"], timestamp["signature"], timestamp["log"]) == (0, "616263", None)
    (note,) = contents["notes"]
    assert note.startswith("The X in block 6, line ")
    assert document["trust"]["verdict"] == "unknown"
    assert document["trust"]["hostname"] is None
    assert document["trust"]["checks"][0]["detail"].startswith("not checked: no name given")


def test_no_byte_of_a_private_key_is_anywhere() -> None:
    """Neither in what is known, nor in any report."""
    observation = _everything()
    key = others.read("a.key").decode().splitlines()
    text = to_line(to_json(observation)) + to_text(observation, color=False)
    for node in outline(observation):
        text += "".join(form.text for form in forms(observation, node))
    for line in key[1:-1]:
        assert line not in text


def test_the_outline_has_a_line_for_everything() -> None:
    """In the order of the file; notes come last."""
    nodes = outline(_everything())
    assert [(node.label, node.summary) for node in nodes][1:] == [
        ("Certificate request", "a.example"),
        ("Revocation list", "CA"),
        ("Public key", "RSA 2048 bits"),
        ("Private key", "unencrypted, PKCS #8"),
        ("OCSP response", "revoked: 07"),
        ("Timestamp list", "1 signed certificate timestamp"),
        ("Note", nodes[-1].summary),
    ]
    assert (nodes[0].label, nodes[0].note) == ("a.example", "block 1, line 1")
    assert "garbled" in nodes[-1].summary
    keys = [key for node in nodes for key in _keys(node)]
    assert len(keys) == len(set(keys))
    request = nodes[1]
    assert request.field is not None
    assert request.field.value == others.read("a.csr").decode()
    assert request.children[0].label == "Subject"
    assert request.item is request.children[0].item is not None


def _keys(node: Node) -> list[str]:
    return [node.key, *(key for child in node.children for key in _keys(child))]


def test_lines_are_made_when_they_are_asked_for() -> None:
    """And kept, so that what is open stays the same line."""
    made: list[int] = []

    def maker(number: int) -> Node:
        made.append(number)
        return Node(key=str(number), label="", summary="")

    nodes = Nodes([partial(maker, number) for number in range(3)], ["0", "1", "2"])
    assert (len(nodes), made) == (3, [])
    assert nodes[1] is nodes[-2] is nodes[1:2][0]
    assert made == [1]
    observation = _everything()
    assert outline(observation) is outline(observation)


def test_a_judged_file_has_its_path_on_top() -> None:
    """Then what is not part of it, as it stands in the file."""
    root = Authority.root()
    middle = root.intermediate("Middle")
    leaf, other = middle.issues("a.test"), root.issues("b.test")
    data = "".join(to_pem(found.der) for found in (leaf, other, middle)).encode() + others.read("a.csr")
    observation = look(data, replace(FILE, hostname="a.test"), root.store())
    nodes = outline(observation)
    assert [(node.label, node.note) for node in nodes] == [
        (nodes[0].label, "from the store"),
        (other.parsed.label, f"block 2, line {1 + to_pem(leaf.der).count(chr(10))}"),
        ("Certificate request", nodes[2].note),
    ]
    inner = nodes[0].children[1]
    assert inner.note.startswith("in the file #2")
    assert _written(observation)["trust"]["verdict"] == "trusted"
    stranded = look(to_pem(leaf.der).encode(), replace(FILE, hostname="a.test"), root.store())
    assert outline(stranded)[0].note == "not in the file, not in the store"
    assert "not in the file, not in the store" in to_text(stranded, color=False)
    text = to_text(observation, color=False)
    assert "✓ TRUSTED\n  for a.test, by store test store" in text
    assert "in the file #2" in text
    assert "sent" not in text.partition("Certificates,")[2].partition("Contents")[0]


def test_a_report_for_a_person() -> None:
    """The headline, why there is no verdict, a line for each thing, and what the first ones say."""
    text = to_text(_everything(), color=False, width=100)
    assert text.startswith("certs/x.pem  PEM, ")
    assert "! NOT JUDGED  not checked: no name given." in text
    assert "Contents, 7 items\n  1. Certificate: a.example  block 1, line 1\n" in text
    assert "  5. Private key: unencrypted, PKCS #8 - never shown  block 5" in text
    assert "  ! The X in block 6" in text
    assert "\n2. Certificate request\n  Subject       CN=a.example\n" in text
    assert "2026-01-01 00:00:00 UTC, keyCompromise" in text
    assert "Connection" not in text


def test_a_long_bundle_is_listed_in_part() -> None:
    """And what is left out is counted."""
    text = to_text(look(others.read("a.pem") * 250), color=False)
    assert "  200. Certificate: a.example" in text
    assert "… and 50 more" in text
    assert "\n10. Certificate\n" in text
    assert "\n11. Certificate\n" not in text
    assert text.endswith("\nWhat the items after these 10 say is left out.\n")


def test_a_long_list_is_shown_in_part() -> None:
    """And it is said that there is more; the number of all stands above."""
    moment = tlv(UTC_TIME, b"260101000000Z")
    revoked = seq(*(seq(number(serial), moment) for serial in range(1, 61)))
    signed = seq(number(1), ALGORITHM, NAME, moment, moment, revoked)
    text = to_text(look(seq(signed, ALGORITHM, bit_string(b"signed"))), color=False)
    assert "Revoked       60 certificates\n" in text
    assert text.count("2026-01-01 00:00:00 UTC\n") == 50 + 2
    assert "… those after these 50 are left out\n" in text


def test_names_that_a_file_gives_and_problems_are_shown() -> None:
    """What PKCS #12 calls a certificate stands beside it."""
    text = to_text(look(others.read("a.p12")), color=False)
    assert "1. Certificate: a.example, called 'mine'  bag 1" in text
    damaged = to_text(look(vector("x509/ocsp/resp-invalid-version.der")), color=False)
    assert "Problem       There is no version 2 of responses." in damaged


def test_a_file_that_can_not_be_read() -> None:
    """Is told as such."""
    text = to_text(look(b"hello"), color=False)
    assert "✗ NOT READ  input: The file holds nothing that can be shown" in text
    assert _written(look(b"hello"))["contents"] is None


def test_no_command_connects_to_a_file() -> None:
    """So none is offered; files that are made from it are called as it is."""
    observation = _everything()
    ids = {form.id for form in forms(observation, None)}
    assert {"report-json", "chain-pem"} <= ids
    assert ids.isdisjoint({"openssl-command", "curl-command"})
    with pytest.raises(TypeError, match="is a file"):
        openssl_command(observation)
    assert (chain_file_name(observation), report_file_name(observation)) == ("x-chain.pem", "x.json")
