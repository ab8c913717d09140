"""Certificates in odd forms made by the command `openssl`, and what that command reads in them."""

import subprocess
from pathlib import Path

import pytest

from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import certificates_in_pem
from tlsglass.x509.times import plain

_CONFIG = """
[req]
distinguished_name = name
prompt = no
utf8 = yes
string_mask = utf8only
[name]
C = DE
O = Größe, "Söhne" + Co;
OU = <a\\\\b>
CN = a.example
emailAddress = a@example
[everything]
basicConstraints = critical, CA:TRUE, pathlen:2
keyUsage = critical, digitalSignature, nonRepudiation, keyCertSign, cRLSign, decipherOnly
extendedKeyUsage = serverAuth, clientAuth, OCSPSigning, 1.2.3.4
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = DNS:a.example, DNS:*.b.example, IP:192.0.2.1, IP:2001:db8::1, email:a@example, \
URI:https://a.example/, RID:1.2.3.4, dirName:alternative, otherName:1.3.6.1.4.1.311.20.2.3;UTF8:a@example
issuerAltName = DNS:issuer.example
nameConstraints = permitted;DNS:.example, permitted;IP:10.0.0.0/255.0.0.0, excluded;email:.test
certificatePolicies = 2.23.140.1.2.1, @policy
policyMappings = 1.2.3.4:1.2.3.5
policyConstraints = requireExplicitPolicy:3, inhibitPolicyMapping:0
inhibitAnyPolicy = 2
authorityInfoAccess = OCSP;URI:http://ocsp.example/, caIssuers;URI:http://ca.example/ca.crt
subjectInfoAccess = caRepository;URI:http://repository.example/
crlDistributionPoints = point
freshestCRL = URI:http://crl.example/delta
tlsfeature = status_request
noCheck = ignored
nsCertType = server, sslCA
nsComment = "a remark"
1.2.3.4 = ASN1:SEQUENCE:unknown
[alternative]
CN = another
[policy]
policyIdentifier = 1.2.3.4.5
CPS.1 = https://cps.example/
userNotice.1 = @notice
[notice]
explicitText = UTF8:As is.
organization = Demo
noticeNumbers = 1, 2
[point]
fullname = URI:http://crl.example/full
CRLissuer = dirName:alternative
reasons = keyCompromise, CACompromise
[unknown]
field = INTEGER:5
"""

_EVERYTHING = {
    "basicConstraints": "CA: yes\nPath length: 2",
    "keyUsage": "digitalSignature\nnonRepudiation\nkeyCertSign\ncRLSign\ndecipherOnly",
    "extKeyUsage": "serverAuth\nclientAuth\nOCSPSigning\n1.2.3.4",
    "subjectAltName": "DNS:a.example\nDNS:*.b.example\nIP:192.0.2.1\nIP:2001:db8::1\nEMAIL:a@example\n"
    "URI:https://a.example/\nRID:1.2.3.4\nDIRNAME:CN=another\nOTHER:a@example (UPN)",
    "issuerAltName": "DNS:issuer.example",
    "nameConstraints": "Permitted: DNS:.example\nPermitted: IP:10.0.0.0/8\nExcluded: EMAIL:.test",
    "certificatePolicies": "domain-validated (DV), 2.23.140.1.2.1\n1.2.3.4.5",
    "policyMappings": "1.2.3.4 -> 1.2.3.5",
    "policyConstraints": "Require explicit policy: after 3\nInhibit policy mapping: after 0",
    "inhibitAnyPolicy": "after 2",
    "authorityInfoAccess": "OCSP: http://ocsp.example/\nCA issuers: http://ca.example/ca.crt",
    "subjectInfoAccess": "CA repository: http://repository.example/",
    "cRLDistributionPoints": "URI: http://crl.example/full\nReasons: keyCompromise, cACompromise\n"
    "CRL issuer: CN=another",
    "freshestCRL": "URI: http://crl.example/delta",
    "tlsFeature": "status_request",
    "ocspNoCheck": "present",
    "netscapeCertType": "SSL server\nSSL CA",
    "netscapeComment": "a remark",
    "1.2.3.4": "3003020105",
}


def _openssl(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["openssl", *words], cwd=folder, check=True, capture_output=True, text=True, timeout=60
    ).stdout


def _made(folder: Path, key: list[str], *words: str) -> Certificate:
    """A certificate made by openssl, read by us; it stays in the folder for openssl to read."""
    (folder / "config").write_text(_CONFIG, encoding="utf-8")
    (folder / "key.pem").write_text(_openssl(folder, "genpkey", *key))
    request = ["req", "-x509", "-config", "config", "-key", "key.pem", "-out", "certificate.pem", "-days", "90"]
    _openssl(folder, *request, *words)
    (der,) = certificates_in_pem((folder / "certificate.pem").read_bytes())
    return parse_certificate(der)


_P256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]


def _told(folder: Path, *words: str) -> str:
    return _openssl(folder, "x509", "-in", "certificate.pem", "-noout", *words).strip()


def test_every_extension_that_openssl_can_write(tmp_path: Path) -> None:
    """All are decoded, and the facts are the same as openssl's."""
    ours = _made(tmp_path, _P256, "-extensions", "everything")
    values = {e.name: e.value for e in ours.extensions}
    identifier = ours.subject_key_id or b""
    assert values.pop("subjectKeyIdentifier") == identifier.hex(":")
    assert values.pop("authorityKeyIdentifier") == f"Key id: {identifier.hex(':')}"
    assert values == _EVERYTHING
    assert ours.problems == ()
    assert identifier.hex(":").upper() in _told(tmp_path, "-ext", "subjectKeyIdentifier")
    policy = next(e for e in ours.extensions if e.name == "certificatePolicies").fields[1]
    assert [(part.label, part.value) for part in policy.children] == [
        ("CPS", "https://cps.example/"),
        ("Notice", "As is. · Demo, 1, 2"),
    ]
    assert ours.must_staple
    assert ours.ocsp_responders == ("http://ocsp.example/",)


def test_common_fields(tmp_path: Path) -> None:
    """Serial, names, dates and fingerprints are the same as openssl's."""
    ours = _made(tmp_path, _P256, "-extensions", "everything")
    assert _told(tmp_path, "-serial") == f"serial={ours.serial_hex.upper()}"
    subject = _told(tmp_path, "-subject", "-nameopt", "RFC2253,-esc_msb,utf8").removeprefix("subject=")
    assert ours.subject.rfc4514.replace("1.2.840.113549.1.9.1=", "emailAddress=") == subject
    assert ours.not_before is not None
    assert ours.not_after is not None
    dates = _told(tmp_path, "-dates", "-dateopt", "iso_8601").replace("Z", " UTC").split("\n")
    assert dates == [f"notBefore={plain(ours.not_before)}", f"notAfter={plain(ours.not_after)}"]
    for name, value in (("sha256", ours.sha256), ("sha1", ours.sha1)):
        fingerprint = _told(tmp_path, "-fingerprint", f"-{name}").partition("=")[2]
        assert fingerprint == bytes.fromhex(value).hex(":").upper()


@pytest.mark.parametrize("serial", ["-5", "0", "128", "0xffffffffffffffffffffffffffffffffffffffff"])
def test_serials(tmp_path: Path, serial: str) -> None:
    """Any number, as openssl writes and reads it."""
    ours = _made(tmp_path, _P256, "-set_serial", serial)
    assert ours.serial == int(serial, 0)
    sign = "-" if (ours.serial or 0) < 0 else ""
    assert _told(tmp_path, "-serial") == f"serial={sign}{ours.serial_hex.upper()}"


@pytest.mark.parametrize(
    ("key", "algorithm", "signature"),
    [
        (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "RSA 1024", "sha256WithRSAEncryption"),
        (["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024"], "RSASSA-PSS 1024", "RSASSA-PSS"),
        (["-algorithm", "ED25519"], "ED25519 256", "Ed25519"),
        (["-algorithm", "ED448"], "ED448 456", "Ed448"),
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp224r1"], "EC 224", "ecdsa-with-SHA256"),
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"], "EC 256", "ecdsa-with-SHA256"),
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:sect163k1"], "EC 163", "ecdsa-with-SHA256"),
        (
            ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"],
            "EC 256",
            "ecdsa-with-SHA256",
        ),
    ],
)
def test_keys(tmp_path: Path, key: list[str], algorithm: str, signature: str) -> None:
    """Kinds of keys that openssl can make, those that other readers refuse included."""
    ours = _made(tmp_path, key)
    assert f"{ours.public_key.algorithm} {ours.public_key.bits}" == algorithm
    assert ours.signature_algorithm.name == signature
    assert ours.problems == ()
    assert (ours.public_key.curve is None) == ("explicit" in key[-1] or ours.public_key.algorithm != "EC")


def test_several_attributes_in_one_relative_name(tmp_path: Path) -> None:
    """In the order that openssl shows them in."""
    ours = _made(tmp_path, _P256, "-subj", "/O=c/CN=a+OU=b", "-multivalue-rdn")
    subject = _told(tmp_path, "-subject", "-nameopt", "RFC2253").removeprefix("subject=")
    assert sorted(ours.subject.rfc4514.split(",")[0].split("+")) == sorted(subject.split(",")[0].split("+"))
    assert ours.subject.rfc4514.split(",")[1] == "O=c"


def test_version_1(tmp_path: Path) -> None:
    """The old format without extensions."""
    _made(tmp_path, _P256)
    _openssl(tmp_path, "req", "-new", "-config", "config", "-key", "key.pem", "-out", "request.pem")
    _openssl(tmp_path, "x509", "-req", "-in", "request.pem", "-signkey", "key.pem", "-out", "certificate.pem")
    (der,) = certificates_in_pem((tmp_path / "certificate.pem").read_bytes())
    ours = parse_certificate(der)
    assert (ours.version, ours.extensions, ours.problems) == (1, (), ())


def test_trusted_certificates_are_refused(tmp_path: Path) -> None:
    """What only openssl reads is refused with a way out that openssl knows."""
    ours = _made(tmp_path, _P256)
    trusted = _openssl(tmp_path, "x509", "-in", "certificate.pem", "-trustout", "-addtrust", "serverAuth")
    with pytest.raises(ValueError, match="TRUSTED CERTIFICATE block, which only OpenSSL reads"):
        certificates_in_pem(trusted.encode())
    (tmp_path / "trusted.pem").write_text(trusted)
    _openssl(tmp_path, "x509", "-in", "trusted.pem", "-out", "new.pem")
    assert certificates_in_pem((tmp_path / "new.pem").read_bytes()) == (ours.der,)
