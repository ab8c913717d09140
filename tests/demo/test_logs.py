"""The zoo's logs: what they promise is what a verifier made by others finds."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tlsglass.demo.authority import Authority, distinguished_name
from tlsglass.demo.logs import demo_logs, logged

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("count", [1, 3])
def test_timestamps_are_those_of_rfc_6962(count: int) -> None:
    """As cryptography reads them, with signatures over the certificate without them."""
    issuer, logs = Authority.root("A Root", at=AT), demo_logs(AT)
    plain = issuer.leaf(distinguished_name("a.test"), [x509.DNSName("a.test")])
    certificate = logged(issuer, plain, logs[:count]).certificate
    found = certificate.extensions.get_extension_for_class(x509.PrecertificateSignedCertificateTimestamps).value
    assert [each.log_id for each in found] == [log.id for log in logs[:count]]
    body = certificate.tbs_precertificate_bytes
    assert body == plain.certificate.tbs_certificate_bytes
    for each, log in zip(found, logs[:count], strict=True):
        assert each.version is x509.certificate_transparency.Version.v1
        assert each.timestamp.replace(tzinfo=UTC) < AT
        assert each.signature_hash_algorithm is not None
        assert each.signature_hash_algorithm.name == "sha256"
        log.key.public_key().verify(each.signature, _promised(each, body, issuer), ec.ECDSA(hashes.SHA256()))
    certificate.verify_directly_issued_by(issuer.certificate)


def _promised(stamp: x509.certificate_transparency.SignedCertificateTimestamp, body: bytes, issuer: Authority) -> bytes:
    """What a log signs. RFC 6962 §3.2."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(issuer.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    moment = round((stamp.timestamp.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
    entry = b"\0\1" + digest.finalize() + len(body).to_bytes(3) + body
    return b"\0\0" + moment.to_bytes(8) + entry + len(stamp.extension_bytes).to_bytes(2) + stamp.extension_bytes
