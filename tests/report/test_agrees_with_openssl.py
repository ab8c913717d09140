"""The report says of every server of the zoo what OpenSSL's own command says of it."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from tests.demo.clients import ca_file_of
from tests.report.conftest import IDS
from tests.report.schema import errors
from tlsglass.demo.zoo import Zoo
from tlsglass.observation import Observation
from tlsglass.report.forms import forms
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text

_NO_HANDSHAKE = {"hangs-up", "alert", "silent"}
_SEEN = [name for name in IDS if name not in _NO_HANDSHAKE]
_OTHER_RULES = {
    *("revoked", "must-staple", "sha1", "rsa1024", "cn-only", "policy", "too-complex", "long-lived", "ca-as-server"),
    *("revoked-issuer-staple", "cross-signed-late", "no-purpose"),
}
"""Exhibits that `s_client` accepts unless told otherwise: staples, weak keys, names in the CN, policies, many names,
and what only browsers refuse.

The last it refuses though there is a good path: it does not go back once it has taken another way.
"""

_UNPRINTED = {"markup"}
"""Exhibits with a name in their SAN that `openssl x509` gives up on, so that it prints bytes."""


@cache
def _x509(pem: str) -> str:
    """What `openssl x509` prints of a certificate."""
    command = (
        "openssl x509 -noout -subject -issuer -nameopt RFC2253,-esc_msb,utf8 -serial -dates -fingerprint -sha256 -text"
    )
    done = subprocess.run(command.split(), input=pem.encode(), capture_output=True, check=True)
    sha1 = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha1"], input=pem.encode(), capture_output=True, check=True
    )
    return (done.stdout + sha1.stdout).decode()


def _first(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    assert match is not None, pattern
    return match[1]


def _unescaped(name: str) -> str:
    """A name with the escapes of control characters undone: RFC 4514 leaves them to the writer."""
    return re.sub(r"\\([01][0-9A-F]|7F)", lambda match: chr(int(match[1], 16)), name)


def _date(text: str) -> str:
    return datetime.strptime(text, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _san(text: str) -> list[str]:
    """The alternative names as OpenSSL prints them, in the report's words."""
    line = _first(r"X509v3 Subject Alternative Name:[^\n]*\n +(.*)$", text)
    kinds = {"DNS": "DNS", "IP Address": "IP", "email": "EMAIL", "URI": "URI"}
    return [f"{kinds[kind]}:{value}" for kind, _, value in (name.partition(":") for name in line.split(", "))]


@pytest.mark.parametrize("name", _SEEN)
def test_certificates(documents: dict[str, Any], name: str) -> None:
    """Names, serial, dates, alternative names, fingerprints, key and signature of each certificate that was sent."""
    assert documents[name]["certificates"]
    for certificate in documents[name]["certificates"]:
        text = _x509(certificate["pem"])
        assert _unescaped(certificate["subject"]) == _unescaped(_first(r"^subject=(.*)$", text))
        assert _unescaped(certificate["issuer"]) == _unescaped(_first(r"^issuer=(.*)$", text))
        assert certificate["serial"] == _first(r"^serial=(.*)$", text).lower()
        assert certificate["not_before"] == _date(_first(r"^notBefore=(.*)$", text))
        assert certificate["not_after"] == _date(_first(r"^notAfter=(.*)$", text))
        assert certificate["sha256"] == _first(r"^sha256 Fingerprint=(.*)$", text).replace(":", "").lower()
        assert certificate["sha1"] == _first(r"^sha1 Fingerprint=(.*)$", text).replace(":", "").lower()
        assert certificate["version"] == int(_first(r"^ +Version: (\d)", text))
        assert certificate["signature_algorithm"]["name"].casefold().removeprefix("id-") == (
            # The inner one is printed first; the outer one, which signed it, last.
            re.findall(r"^ +Signature Algorithm: (.*)$", text, re.MULTILINE)[-1].casefold()
        )
        _check_key(certificate["public_key"], text)
        _check_extensions(certificate, text, printed=name not in _UNPRINTED)


def _check_key(key: dict[str, Any], text: str) -> None:
    algorithm = _first(r"Public Key Algorithm: (.*)$", text)
    words = {"RSA": "rsaEncryption", "EC": "id-ecPublicKey", "ED25519": "ED25519"}
    assert words[key["algorithm"]] == algorithm
    if key["algorithm"] != "ED25519":
        assert key["bits"] == int(_first(r"Public-Key: \((\d+) bit\)", text))
    if key["algorithm"] == "EC":
        assert key["curve"] == _first(r"NIST CURVE: (.*)$", text)


def _check_extensions(certificate: dict[str, Any], text: str, *, printed: bool) -> None:
    """As many as OpenSSL sees, as many of them critical, and the same names."""
    known = re.findall(r"^ {12}\S[^\n]*: (critical)?$", text, re.MULTILINE)
    assert len(certificate["extensions"]) == len(known)
    assert [bool(word) for word in known] == [extension["critical"] for extension in certificate["extensions"]]
    if "Subject Alternative Name" not in text:
        assert certificate["san"] == []
    elif printed:
        assert certificate["san"] == _san(text)
    else:
        assert "DNS:" not in _first(r"X509v3 Subject Alternative Name:[^\n]*\n +(.*)$", text)


Client = Callable[[str], str]


@pytest.fixture(scope="session")
def s_client(zoo: Zoo) -> Iterator[Client]:
    """Asks `openssl s_client` about an exhibit; what was asked once is remembered."""

    @cache
    def ask(name: str) -> str:
        exhibit = zoo.exhibit(f"{name}.demo.test")
        assert exhibit is not None
        command = [
            *("openssl", "s_client", "-connect", f"127.0.0.1:{exhibit.port}", "-servername", exhibit.host),
            *("-verify_hostname", exhibit.host, "-CAfile", str(ca_file), "-alpn", "http/1.1", "-showcerts"),
        ]
        if name == "tls10":
            command += ["-tls1", "-cipher", "ALL:@SECLEVEL=0"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        return (done.stdout + done.stderr).decode(errors="replace")

    with ca_file_of(zoo) as ca_file:
        yield ask


@pytest.mark.parametrize("name", _SEEN)
def test_the_chain_as_sent(documents: dict[str, Any], s_client: Client, name: str) -> None:
    """The same certificates in the same order."""
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", s_client(name), re.DOTALL)
    assert [certificate["pem"] for certificate in documents[name]["certificates"]] == blocks


@pytest.mark.parametrize("name", _SEEN)
def test_what_was_negotiated(documents: dict[str, Any], s_client: Client, name: str) -> None:
    """Version, cipher suite and ALPN; the group where that OpenSSL knows the one that we prefer."""
    text, handshake = s_client(name), documents[name]["handshake"]
    version, cipher = re.findall(r"^New, (\S+), Cipher is (\S+)$", text, re.MULTILINE)[0]
    assert handshake["openssl_cipher"] == cipher
    if handshake["version"] == "TLSv1":
        assert _first(r"^ +Protocol +: (\S+)$", text) == "TLSv1"
    else:
        assert handshake["version"] == version
    alpn = re.search(r"^ALPN protocol: (.*)$", text, re.MULTILINE)
    assert handshake["alpn"] == (alpn[1] if alpn else None)
    key = re.search(r"^Server Temp Key: (?:ECDH, )?([^,]+),", text, re.MULTILINE)
    group = {"X25519": "x25519", "prime256v1": "secp256r1"}.get(key[1], key[1]) if key else None
    if handshake["group"] != "X25519MLKEM768":
        assert handshake["group"] == group
    requested = "Acceptable client certificate CA names" in text
    assert bool(handshake["client_certificate_authorities"]) == requested


@pytest.mark.parametrize("name", [name for name in _SEEN if name not in _OTHER_RULES])
def test_the_verdict(documents: dict[str, Any], s_client: Client, name: str) -> None:
    """Trusted is what OpenSSL verifies with the same root for the same name."""
    verified = "Verify return code: 0 (ok)" in s_client(name)
    assert documents[name]["trust"]["verdict"] == ("trusted" if verified else "untrusted")


@pytest.mark.parametrize("name", IDS)
def test_the_document_fits_the_schema(documents: dict[str, Any], name: str) -> None:
    """Of every exhibit, seen in whole or not at all."""
    assert errors(documents[name]) == []
    assert (documents[name]["handshake"] is None) == (name in _NO_HANDSHAKE)


@pytest.mark.parametrize("name", IDS)
def test_everything_else_that_is_made_of_it(observations: dict[str, Observation], name: str) -> None:
    """The tree, the text and the forms of any server can be had, and hold no control character where they are shown."""
    observation = observations[name]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", to_text(observation, color=False, width=80))
    assert bool(outline(observation)) == (name not in _NO_HANDSHAKE)
    for node in outline(observation):
        assert forms(observation, node)
