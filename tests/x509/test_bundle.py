"""Mozilla's whole list, and what the library cryptography reads in each of its certificates."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field
from tlsglass.x509.pem import certificates_in_pem, to_pem

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


@cache
def _bundle() -> tuple[bytes, ...]:
    return certificates_in_pem(Path(certifi.where()).read_bytes())


@pytest.fixture(params=range(len(_bundle())), scope="module")
def pair(request: pytest.FixtureRequest) -> tuple[Certificate, x509.Certificate]:
    """One certificate, read by us and by cryptography."""
    der = _bundle()[request.param]
    return parse_certificate(der), x509.load_der_x509_certificate(der)


@pytest.mark.filterwarnings("ignore")
def test_agrees_with_cryptography(pair: tuple[Certificate, x509.Certificate]) -> None:
    """Every fact is the same as in a reader of others."""
    ours, theirs = pair
    assert ours.sha256 == hashlib.sha256(ours.der).hexdigest()
    assert ours.version == theirs.version.value + 1
    assert ours.serial == theirs.serial_number
    assert ours.subject.rfc4514 == theirs.subject.rfc4514_string()
    assert ours.issuer.rfc4514 == theirs.issuer.rfc4514_string()
    assert ours.subject.der == theirs.subject.public_bytes()
    assert ours.not_before == theirs.not_valid_before_utc
    assert ours.not_after == theirs.not_valid_after_utc
    assert ours.signature == theirs.signature
    assert ours.signature_algorithm.oid == theirs.signature_algorithm_oid.dotted_string
    hash_algorithm = theirs.signature_hash_algorithm
    assert hash_algorithm is not None
    assert (ours.signature_algorithm.hash or "").lower() == hash_algorithm.name
    assert [extension.oid for extension in ours.extensions] == [e.oid.dotted_string for e in theirs.extensions]
    assert [extension.critical for extension in ours.extensions] == [e.critical for e in theirs.extensions]
    assert [extension.problem for extension in ours.extensions] == [None] * len(ours.extensions)
    assert ours.is_self_issued


@pytest.mark.filterwarnings("ignore")
def test_key_agrees_with_cryptography(pair: tuple[Certificate, x509.Certificate]) -> None:
    """Kind, size, curve and pin of the key are the same as in a reader of others."""
    ours, theirs = pair
    key = theirs.public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert ours.public_key.der == spki
    assert ours.spki_sha256 == b64encode(hashlib.sha256(spki).digest()).decode()
    if isinstance(key, rsa.RSAPublicKey):
        assert (ours.public_key.algorithm, ours.public_key.bits) == ("RSA", key.key_size)
    else:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        expected = ("EC", key.key_size, _CURVES[key.curve.name])
        assert (ours.public_key.algorithm, ours.public_key.bits, ours.public_key.curve) == expected


@pytest.mark.filterwarnings("ignore")
def test_extensions_agree_with_cryptography(pair: tuple[Certificate, x509.Certificate]) -> None:
    """The facts that come from extensions are the same as in a reader of others."""
    ours, theirs = pair
    constraints = theirs.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert ours.basic_constraints is not None
    assert ours.basic_constraints.ca == constraints.ca == ours.is_ca
    assert ours.basic_constraints.path_length == constraints.path_length
    key_ids = [e.value.digest for e in theirs.extensions if isinstance(e.value, x509.SubjectKeyIdentifier)]
    assert ours.subject_key_id == (key_ids[0] if key_ids else None)
    authorities = [e.value for e in theirs.extensions if isinstance(e.value, x509.AuthorityKeyIdentifier)]
    assert ours.authority_key_id == (authorities[0].key_identifier if authorities else None)
    usages = [e.value for e in theirs.extensions if isinstance(e.value, x509.KeyUsage)]
    assert (ours.key_usage is None) == (not usages)
    for usage in usages:
        assert ours.key_usage is not None
        assert ("keyCertSign" in ours.key_usage) == usage.key_cert_sign
        assert ("cRLSign" in ours.key_usage) == usage.crl_sign
        assert ("digitalSignature" in ours.key_usage) == usage.digital_signature


def test_pem_is_the_same_again() -> None:
    """What is written is what was read, in the form that others write too."""
    text = "".join(map(to_pem, _bundle()))
    assert certificates_in_pem(text.encode()) == _bundle()
    theirs = x509.load_der_x509_certificate(_bundle()[0]).public_bytes(Encoding.PEM).decode()
    assert to_pem(_bundle()[0]) == theirs


def test_every_field_explains_itself_and_has_an_id_of_its_own() -> None:
    """No line of the tree is without a meaning and a source, and no two share an id."""
    for der in _bundle():
        fields = certificate_fields(parse_certificate(der))
        seen: set[str] = set()
        for field in _flat(fields):
            assert field.id not in seen
            seen.add(field.id)
            assert field.meaning.endswith(".")
            assert field.reference
            assert field.label
            assert "\n" not in field.summary
            assert field.span is None or 0 <= field.span.start < field.span.end <= len(der)


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [line for field in fields for line in (field, *_flat(field.children))]
