"""What the command `openssl x509` prints of each certificate of cryptography-vectors is what we read in it."""

import ipaddress
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from tests.x509.certificate_vectors import by_name
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate, Name
from tlsglass.x509.oids.attributes import SHORT_NAMES

_REFUSED = {
    "x509/custom/invalid_utf8_common_name.pem": "OpenSSL takes no UTF8String that is not UTF-8",
    "x509/custom/long-form-name-attribute.pem": "OpenSSL takes no attribute type in a tag of several octets",
    "x509/custom/name_attribute_unsupported_tag.pem": "an attribute is longer than the name that holds it",
}
"""What OpenSSL does not read, and why."""

_SAID_OTHERWISE: dict[tuple[str, str], tuple[object, str]] = {
    ("pkcs7/ascii-san.pem", "names"): ("OTHER:1.3.6.1.5.5.7.8.9", "the fact has the kind by its OID, the tree both"),
    ("x509/custom/san_other_name.pem", "names"): ("OTHER:1.2.3.4", "the fact has the kind, the tree also the value"),
    ("x509/custom/malformed-san.pem", "names"): ("", "OpenSSL dumps the bytes of a list that it can't read"),
    ("x509/san_edipartyname.der", "names"): ("EDI:a50c810a13086564695061727479", "OpenSSL dumps the whole list"),
    ("x509/san_x400address.der", "names"): ("X400:a303130161", "OpenSSL says that it can't print it"),
    ("x509/scottishpower-bitstring-dn.pem", "subject"): (
        "2.5.4.3=ScottishPower,2.5.4.11=02,2.5.4.45=#03090070b3d51f305f0001",
        "OpenSSL writes the hex of a BIT STRING in capitals",
    ),
}
"""What we say where OpenSSL says something else, by file and fact, and why."""

_OTHER_NAMES = {
    "pkcs7/ascii-san.pem": "retourne@example.com (SmtpUTF8 mailbox)",
    "x509/custom/san_other_name.pem": "Hello World (1.2.3.4)",
}

_OPTIONS = (
    *("x509", "-inform", "DER", "-noout", "-serial", "-dates", "-dateopt", "iso_8601", "-fingerprint", "-sha256"),
    *("-subject", "-issuer", "-nameopt", "esc_2253,esc_ctrl,utf8,dump_nostr,dump_der,sep_comma_plus,oid"),
    *("-text", "-certopt", "no_extensions", "-ext", "subjectAltName"),
)


def _openssl(der: bytes) -> str | None:
    """What openssl prints; None where it does not read the certificate."""
    done = subprocess.run(["openssl", *_OPTIONS], input=der, capture_output=True, check=False, timeout=60)
    return None if done.returncode else done.stdout.decode("utf-8", "backslashreplace")


@pytest.fixture(scope="module")
def printed() -> dict[str, str | None]:
    """What openssl prints of each certificate."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return dict(zip(by_name(), threads.map(_openssl, by_name().values()), strict=True))


@pytest.fixture(scope="module")
def oids() -> dict[str, str]:
    """The dotted OIDs by the names under which openssl prints them."""
    found = {}
    listed = subprocess.run(["openssl", "list", "-objects"], capture_output=True, text=True, check=True, timeout=60)
    for line in listed.stdout.splitlines():
        if listing := re.fullmatch(r"(\S+) = (?:(.*), )?([0-9.]+)", line):
            found[listing[1]] = found[listing[2] or listing[1]] = listing[3]
    return found


def _line(text: str, label: str) -> str:
    """What stands after a label, in its last line."""
    return str(re.findall(rf"^ *{re.escape(label)} ?(.*?) *$", text, re.MULTILINE)[-1])


def _name(name: Name) -> str:
    """A name as openssl is told to print it: dotted OIDs, in the order of encoding."""
    types = {short: oid for oid, short in SHORT_NAMES.items()}
    relative_names = re.split(r"(?<!\\),", name.rfc4514)[::-1] if name.rfc4514 else []
    return ",".join(
        re.sub(r"(^|(?<!\\)\+)([A-Z]+)=", lambda match: f"{match[1]}{types[match[2]]}=", relative_name)
        for relative_name in relative_names
    )


def _moment(text: str) -> datetime | None:
    return None if text == "Bad time value" else datetime.fromisoformat(text)


def _alternative_names(certificate: Certificate) -> str:
    """The alternative names as openssl prints them."""
    return ", ".join(_alternative_name(name.kind, name.value) for name in certificate.san)


def _alternative_name(kind: str, value: str) -> str:
    match kind:
        case "IP":
            address = ipaddress.ip_address(value)
            if address.version == 6:
                value = ":".join(f"{int(group, 16):X}" for group in address.exploded.split(":"))
            return f"IP Address:{value}"
        case "DIRNAME":
            return "DirName:" + "".join(f"/{part}" for part in value.split(",")[::-1])
        case _:
            return f"{ {'EMAIL': 'email', 'RID': 'Registered ID'}.get(kind, kind) }:{value}"


def test_openssl_reads_what_we_read(printed: dict[str, str | None]) -> None:
    """All but a few that are told, which we read all the same."""
    assert {name for name, text in printed.items() if text is None} == set(_REFUSED)
    for name in _REFUSED:
        certificate = parse_certificate(by_name()[name])
        assert certificate.serial
        assert certificate.not_after
        assert certificate.public_key.bits


def _disagreements(certificate: Certificate, text: str, oids: dict[str, str]) -> list[tuple[str, object, object]]:
    """What is told differently: which fact, by us, by openssl."""
    c = certificate
    serial = _line(text, "serial=")
    said = [
        ("sha256", c.sha256, _line(text, "sha256 Fingerprint=").replace(":", "").lower()),
        ("serial", c.serial, int(serial, 16)),
        ("subject", _name(c.subject), _line(text, "subject=")),
        ("issuer", _name(c.issuer), _line(text, "issuer=")),
        ("not before", c.not_before, _moment(_line(text, "notBefore="))),
        ("not after", c.not_after, _moment(_line(text, "notAfter="))),
    ]
    algorithm = _line(text, "Signature Algorithm:")
    said.append(("signature", c.signature_algorithm.oid, oids.get(algorithm, algorithm)))
    key = _line(text, "Public Key Algorithm:")
    said.append(("key", c.public_key.oid, oids.get(key, key)))
    if size := re.search(r"Public-Key: \((\d+) bit\)", text):
        said.append(("bits", c.public_key.bits, int(size[1])))
    names = re.search(r"^X509v3 Subject Alternative Name:.*\n    (.*)$", text, re.MULTILINE)
    said.append(("names", _alternative_names(c), names[1] if names else ""))
    return [fact for fact in said if fact[1] != fact[2]]


def test_we_say_what_openssl_says(printed: dict[str, str | None], oids: dict[str, str]) -> None:
    """In every fact of every certificate that it reads, but for a few where it says less."""
    found = {}
    for name, text in printed.items():
        if text is not None:
            for fact, ours, theirs in _disagreements(parse_certificate(by_name()[name]), text, oids):
                found[name, fact] = (ours, theirs)
    assert {key: values for key, values in found.items() if key not in _SAID_OTHERWISE} == {}
    assert {key: ours for key, (ours, _) in found.items()} == {key: ours for key, (ours, _) in _SAID_OTHERWISE.items()}


@pytest.mark.parametrize(("name", "text"), _OTHER_NAMES.items())
def test_other_names_are_read_as_openssl_reads_them(printed: dict[str, str | None], name: str, text: str) -> None:
    """The value with the kind of name."""
    (extension,) = (found for found in parse_certificate(by_name()[name]).extensions if found.oid == "2.5.29.17")
    assert [field.value for field in extension.fields] == [text]
    assert f"::{text.partition(' (')[0]}\n" in (printed[name] or "")
