"""What the authorities issue, as the openssl command judges it."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tlsglass.demo.authority import Authority, Leaf, distinguished_name

AT = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def root() -> Authority:
    """A root."""
    return Authority.root("Root", at=AT)


def leaf_by(authority: Authority) -> Leaf:
    """An ordinary leaf."""
    return authority.leaf(distinguished_name("a.demo.test"), [x509.DNSName("a.demo.test")])


def pem_file(folder: Path, name: str, certificate: x509.Certificate) -> str:
    """The path of a PEM file."""
    path = folder / name
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return str(path)


def openssl(*arguments: str) -> str:
    """What the command says, on either stream."""
    result = subprocess.run(["openssl", *arguments], capture_output=True, text=True, timeout=20, check=False)
    return result.stdout + result.stderr


@pytest.mark.parametrize("revoked", [False, True])
def test_staple_verifies(root: Authority, tmp_path: Path, *, revoked: bool) -> None:
    """A staple is signed by the issuer, current, and about the certificate asked for."""
    intermediate = root.authority("Intermediate")
    leaf = leaf_by(intermediate)
    response = tmp_path / "response.der"
    revoked_at = AT - timedelta(days=2) if revoked else None
    response.write_bytes(intermediate.staple(leaf.certificate, revoked_at=revoked_at))
    issuer = pem_file(tmp_path, "issuer.pem", intermediate.certificate)
    said = openssl(
        *("ocsp", "-respin", str(response), "-issuer", issuer),
        *("-cert", pem_file(tmp_path, "leaf.pem", leaf.certificate)),
        *("-CAfile", pem_file(tmp_path, "root.pem", root.certificate), "-verify_other", issuer, "-trust_other"),
    )
    assert "Response verify OK" in said
    assert f"leaf.pem: {'revoked' if revoked else 'good'}" in said
    assert ("keyCompromise" in said) is revoked


def test_chain_is_strictly_standard(root: Authority, tmp_path: Path) -> None:
    """Nothing is wrong by `-x509_strict` and for the purpose of a server."""
    intermediate = root.authority("Intermediate")
    said = openssl(
        *("verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "a.demo.test"),
        *("-CAfile", pem_file(tmp_path, "root.pem", root.certificate)),
        *("-untrusted", pem_file(tmp_path, "intermediate.pem", intermediate.certificate)),
        pem_file(tmp_path, "leaf.pem", leaf_by(intermediate).certificate),
    )
    assert said.endswith("leaf.pem: OK\n")
