"""Object identifiers of any kind by their names."""

import pytest

from tlsglass.x509.oids.names import oid_name


@pytest.mark.parametrize(
    ("oid", "name"),
    [
        ("2.5.29.17", "subjectAltName"),
        ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
        ("1.2.840.10045.3.1.7", "P-256"),
        ("1.3.6.1.5.5.7.3.1", "serverAuth"),
        ("2.23.140.1.2.1", "domain-validated"),
        ("1.2.840.113549.1.1.1", "RSA"),
        ("1.2.840.113549.2.5", "MD5"),
        ("0.4.0.1862.1.6.3", "website authentication"),
        ("2.5.4.3", "CN"),
        ("1.2.3.4", ""),
    ],
)
def test_names(oid: str, name: str) -> None:
    """Whatever it identifies."""
    assert oid_name(oid) == name
