"""Literals, names, records and the text of a certificate, each read back by something that is not ours."""

import ast
import base64
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import LEAF, TRUSTED, finding
from tests.x509.der_writer import certificate, name, number
from tests.x509.vectors import vector, vector_der, vectors
from tlsglass.report.forms import subtree
from tlsglass.report.forms.certificate_text import certificate_text
from tlsglass.report.forms.literals import c_literal, go_literal, python_literal
from tlsglass.report.forms.names import comma_separated, one_line
from tlsglass.report.forms.pins import tlsa_record
from tlsglass.report.forms.subtree import subtree_json
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Field, Problem


def _openssl(*words: str, data: bytes) -> str:
    return subprocess.run(["openssl", *words], input=data, check=True, capture_output=True).stdout.decode()


@given(st.binary(max_size=100))
def test_literals_hold_the_bytes(data: bytes) -> None:
    """Each is read back by its own rules."""
    tree = ast.parse(python_literal(data, "x"))
    (assigned,) = tree.body
    assert isinstance(assigned, ast.Assign)
    assert isinstance(assigned.value, ast.Call)
    assert bytes.fromhex(ast.literal_eval(assigned.value.args[0])) == data
    for text in (c_literal(data, "x"), go_literal(data, "x")):
        body = text[text.index("{") : text.index("}")]
        assert bytes(int(pair, 16) for pair in re.findall(r"0x([0-9a-f]{2})", body)) == data
    assert f"x[{len(data)}]" in c_literal(data, "x")


def test_what_literals_look_like() -> None:
    """Each in its language's customs, under a name that the language allows."""
    text = c_literal(bytes(range(30)), "Key usage (2.5.29.15)")
    assert text.startswith("static const unsigned char key_usage_2_5_29_15[30] = {\n    0x00, 0x01,")
    assert text.endswith("static const unsigned int key_usage_2_5_29_15_len = 30;\n")
    assert go_literal(b"a", "Not after").startswith("var notAfter = []byte{\n\t0x61,\n}")
    assert python_literal(b"", "2nd").startswith("value_2nd = bytes.fromhex(")
    assert python_literal(b"", "\N{SNOWMAN}").startswith("value = ")


def test_the_record_is_what_openssl_makes_of_the_key() -> None:
    """SHA-256 of the SubjectPublicKeyInfo, as s_client's -dane_tlsa_rrdata takes it."""
    pem = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(LEAF.der) + b"-----END CERTIFICATE-----\n"
    key = _openssl("x509", "-noout", "-pubkey", data=pem).encode()
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, check=True, capture_output=True
    ).stdout
    digest = _openssl("dgst", "-sha256", data=der).split()[-1]
    assert tlsa_record(LEAF) == f"3 1 1 {digest}"
    assert tlsa_record(LEAF, "a.test", 853) == f"_853._tcp.a.test. IN TLSA 3 1 1 {digest}"


def test_names_as_openssl_writes_them() -> None:
    """One line with slashes, bytes that are not ASCII escaped; and with commas in the order of encoding."""
    subject = name(("2.5.4.6", 0x13, b"GB"), ("2.5.4.10", 0x0C, "B\u00fcro".encode()), ("2.5.4.3", 0x0C, b"a, b"))
    parsed = parse_certificate(certificate(subject=subject))
    theirs = _openssl("x509", "-inform", "DER", "-noout", "-subject", "-nameopt", "compat", data=parsed.der).strip()
    assert one_line(parsed.subject) == theirs.removeprefix("subject=").strip()
    assert comma_separated(parsed.subject) == "C=GB, O=B\u00fcro, CN=a, b"


_FILES = [
    file
    for file in vectors("x509/*.pem", "x509/custom/*.pem")
    if vector(file).lstrip().startswith(b"-----BEGIN CERTIFICATE-----")
]
_SAID = (
    r"Serial Number:\s*(.*)",
    r"Not Before: (.*)",
    r"Not After : (.*)",
    r"Public-Key: \((\d+) bit\)",
    r"Version: (.*)",
)


@pytest.mark.parametrize("file", _FILES)
def test_the_text_says_what_openssl_says(file: str) -> None:
    """Version, serial number, dates, key size, algorithms, names of hosts and the signature."""
    der = vector_der(file)
    done = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-noout", "-text", "-nameopt", "sep_comma_plus_space,sname,utf8"],
        input=der,
        check=False,
        capture_output=True,
    )
    theirs, ours = done.stdout.decode(errors="replace"), certificate_text(parse_certificate(der))
    if done.returncode:
        assert ours.startswith("Certificate:")
        return
    for pattern in _SAID:
        expected, found = re.search(pattern, theirs), re.search(pattern, ours)
        if expected is not None and not expected[1].startswith(("Bad time", "Unknown")):
            assert found is not None
            assert found[1].strip() == expected[1].strip()
    for host in re.findall(r"DNS:([^,\s]+)", theirs):
        assert host in ours
    value = theirs.partition("Signature Value:")[2].split("\n")
    if "        r:   " in value[1]:
        return  # of DSA the two numbers in it
    digits = "".join(line.strip() for line in value if re.fullmatch(r"\s+[0-9a-f:]+", line))
    assert digits in re.sub(r"\n\s+", "", ours)


def test_the_text_of_what_can_hardly_be_read() -> None:
    """Every part says that it could not be, and why."""
    text = certificate_text(parse_certificate(b"\x30\x02\x30\x00"))
    assert text.count("(unreadable)") >= 5
    assert "    ! The serial number is missing. (at" in text
    negative = certificate_text(parse_certificate(certificate(serial=number(-5))))
    assert "Serial Number: -5 (-0x5)" in negative
    large = certificate_text(parse_certificate(certificate(serial=number(-(1 << 80)))))
    assert " (Negative)01:00:00" in large


def test_a_line_and_all_below_it_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place of its bytes; very many lines are cut and counted."""
    (root,) = outline(TRUSTED)
    whole = subtree_json(root)
    assert whole["label"] == "Root"
    assert whole["offset"] == 0
    children = whole["children"]
    assert isinstance(children, list)
    assert len(children) == len(root.children)
    broken = Node(
        key="x",
        label="x",
        summary="",
        findings=(finding(),),
        field=Field(id="x", label="x", value="y", problems=(Problem(text="Wrong."),)),
    )
    assert subtree_json(broken) == {
        "key": "x",
        "label": "x",
        "value": "y",
        "problems": [{"text": "Wrong.", "offset": None}],
        "findings": ["expired"],
    }
    monkeypatch.setattr(subtree, "MOST_LINES", 2)
    assert subtree_json(root)["left_out"] == 1
