"""The forms in which what is selected can be copied."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from cryptography import x509

from tests.report.samples import EMPTY, LEAF, MIDDLE, ROOT, TRUSTED, UNJUDGED, certificate, finding, judged
from tests.report.schema import errors
from tlsglass.observation import Observation
from tlsglass.report.forms import Form, forms, size_text
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.target import parse_target
from tlsglass.trust.model import FindingCode, PathStep
from tlsglass.x509.containers.model import Kind, item
from tlsglass.x509.pem import to_pem


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _forms(observation: Observation, key: str) -> dict[str, Form]:
    node = next(node for node in _all(outline(observation)) if node.key == key)
    return {form.id: form for form in forms(observation, node)}


def test_a_field_is_copied_as_its_value_first() -> None:
    """Then with its label, then what belongs to its certificate."""
    found = _forms(TRUSTED, f"{LEAF.sha256}/subject")
    assert list(found)[:3] == ["value", "labelled", "certificate-pem"]
    assert found["value"].text == "CN=www.example.test"
    assert found["value"].note == "CN=www.example.test"
    assert found["labelled"].text == "Subject: CN=www.example.test"


def test_a_list_is_labelled_above_it() -> None:
    """A value of several lines keeps them."""
    found = _forms(TRUSTED, f"{LEAF.sha256}/names")
    assert found["labelled"].text == "Names:\n" + found["value"].text
    assert found["value"].note == f"{len(found['value'].text)} B"


def test_a_certificate_is_copied_as_pem_first() -> None:
    """It has no value of its own; every other form of it follows."""
    found = _forms(TRUSTED, LEAF.sha256)
    assert list(found) == [
        "certificate-pem",
        "sha256",
        "sha256-plain",
        "sha1",
        "spki-pin",
        "tlsa",
        "name-rfc4514",
        "name-one-line",
        "serial",
        "names",
        "certificate-der",
        "certificate-text",
        "certificate-json",
        "bytes-hex",
        "bytes-base64",
        "bytes-c",
        "bytes-go",
        "bytes-python",
        "subtree-json",
        "chain-pem",
        "path-pem",
        "openssl-command",
        "curl-command",
        "report-json",
        "report-text",
    ]
    assert x509.load_pem_x509_certificate(found["certificate-pem"].text.encode()).serial_number == 0x0A1B2C
    assert found["sha256-plain"].text == LEAF.sha256
    assert found["sha256"].text.replace(":", "").lower() == LEAF.sha256
    assert len(found["sha256"].text) == 95
    assert len(found["sha1"].text) == 59
    assert found["spki-pin"].text == f"sha256//{LEAF.spki_sha256}"
    assert found["serial"].text == "0a1b2c"
    assert found["names"].text == "www.example.test\nexample.test"
    assert bytes.fromhex(found["certificate-der"].text) == LEAF.der
    assert json.loads(found["certificate-json"].text)["sha256"] == LEAF.sha256


def test_the_chain_as_sent_and_the_path_differ() -> None:
    """What a server sends, and what one installs to trust it."""
    found = _forms(TRUSTED, LEAF.sha256)

    def serials(form: str) -> list[bytes]:
        return [_der(c) for c in x509.load_pem_x509_certificates(found[form].text.encode())]

    assert serials("chain-pem") == [LEAF.der, MIDDLE.der]
    assert serials("path-pem") == [LEAF.der, MIDDLE.der, ROOT.der]
    assert found["path-pem"].note == size_text(len(found["path-pem"].text))


def _der(loaded: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - only this needs it

    return loaded.public_bytes(Encoding.DER)


def test_a_public_key_offers_its_pin_and_a_fingerprint_its_kinds_first() -> None:
    """What fits the line stands before what fits its certificate."""
    assert list(_forms(TRUSTED, f"{LEAF.sha256}/public_key"))[2:4] == ["spki-pin", "certificate-pem"]
    assert list(_forms(TRUSTED, f"{LEAF.sha256}/fingerprints.sha1"))[2:6] == [
        "sha256",
        "sha256-plain",
        "sha1",
        "certificate-pem",
    ]


def test_a_certificate_without_names_or_key() -> None:
    """What it does not have is not offered."""
    bare = replace(certificate("Keyless", "Root"), spki_sha256="")
    found = _forms(replace(EMPTY, certificates=(bare,)), bare.sha256)
    assert not {"names", "spki-pin", "tlsa", "path-pem", "findings"} & set(found)
    assert "spki-pin" not in _forms(replace(EMPTY, certificates=(bare,)), f"{bare.sha256}/public_key")


def test_a_finding_is_copied_as_text() -> None:
    """It can stand in a mail without what is around it."""
    whole, bare = finding(), replace(finding(FindingCode.WEAK_KEY), fix=None, certificate=None, reference="")
    found = _forms(judged(findings=(whole, bare)), f"{LEAF.sha256}/validity.not_after")
    text = (
        "expired (error): expired in few words\nexpired in a sentence.\nRFC 5280 §4.1.2.5\nFix: Renew it.\n"
        f"Certificate SHA-256: {LEAF.sha256}"
    )
    assert list(found)[:3] == ["value", "labelled", "finding"]
    assert found["finding"].text == text
    assert found["findings"].text == (f"{text}\n\nweak-key (error): weak-key in few words\nweak-key in a sentence.")


def test_a_line_about_the_chain() -> None:
    """A missing issuer is no certificate, but its name can be copied."""
    about = finding(FindingCode.MISSING_INTERMEDIATE)
    found = _forms(judged(missing=LEAF.issuer, findings=(about,)), "missing")
    assert list(found)[:4] == ["value", "labelled", "finding", "subtree-json"]
    assert found["value"].text == found["labelled"].text == "missing: CN=Middle"


def test_without_a_line_there_is_the_site() -> None:
    """Even before anything was seen."""
    assert [form.id for form in forms(EMPTY, None)] == ["openssl-command", "curl-command", "report-json", "report-text"]
    found = {form.id: form for form in forms(judged(path=()), None)}
    assert "path-pem" not in found
    assert errors(json.loads(found["report-json"].text)) == []
    assert found["report-text"].text.startswith("www.example.test:443")


def test_the_bytes_of_a_field() -> None:
    """Tag and length included; what is derived has none."""
    found = _forms(TRUSTED, f"{LEAF.sha256}/serial")
    assert found["bytes-hex"].text == "02030a1b2c"
    assert base64.b64decode(found["bytes-base64"].text).hex() == "02030a1b2c"
    assert "serial_len = 5" in found["bytes-c"].text
    assert "bytes-hex" not in _forms(TRUSTED, f"{LEAF.sha256}/fingerprints")
    node = Node(key="x", label="x", summary="", item=item(Kind.REVOCATION_LIST, bytes(300_000), ""))
    assert "bytes-hex" not in {form.id for form in forms(EMPTY, node)}


def test_a_record_names_the_service_that_showed_the_key() -> None:
    """An intermediate's record names none, since no service has its key; nor is there one for an address."""
    assert _forms(TRUSTED, LEAF.sha256)["tlsa"].text.startswith("_443._tcp.www.example.test. IN TLSA 3 1 1 ")
    assert _forms(TRUSTED, MIDDLE.sha256)["tlsa"].text.startswith("3 1 1 ")
    by_address = replace(TRUSTED, target=parse_target("192.0.2.1"))
    assert _forms(by_address, LEAF.sha256)["tlsa"].text.startswith("3 1 1 ")


def test_the_issuers_name_where_the_issuer_is_selected() -> None:
    """Elsewhere the subject's."""
    found = _forms(TRUSTED, f"{LEAF.sha256}/issuer")
    assert (found["name-rfc4514"].text, found["name-one-line"].text) == ("CN=Middle", "/CN=Middle")
    assert _forms(TRUSTED, LEAF.sha256)["name-one-line"].text == "/CN=www.example.test"


def test_ids_are_unique_on_every_line() -> None:
    """A form is found again by its id."""
    for observation in (TRUSTED, UNJUDGED, judged(findings=(finding(),))):
        for node in _all(outline(observation)):
            ids = [form.id for form in forms(observation, node)]
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1234, "1.2 kB"), (3_700_000, "3.7 MB"), (5 * 10**9, "5000.0 MB")]
)
def test_sizes(count: int, text: str) -> None:
    """Decimal units, as the screen has them."""
    assert size_text(count) == text


def test_the_repaired_chain_is_offered_where_there_is_one() -> None:
    """What the server should send, in PEM: here without the root, which it did send."""
    path = tuple(PathStep(certificate=one, sent=place) for place, one in enumerate((LEAF, MIDDLE, ROOT)))
    found = {form.id: form for form in forms(judged(path=path), None)}
    assert found["repaired-pem"].label == "Repaired chain, PEM"
    assert found["repaired-pem"].text == to_pem(LEAF.der) + to_pem(MIDDLE.der)
    assert "repaired-pem" not in {form.id for form in forms(TRUSTED, None)}
