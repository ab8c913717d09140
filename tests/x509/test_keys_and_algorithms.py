"""Public keys and signature algorithms."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa, x448, x25519
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from tests.x509.der_writer import ALGORITHM, KEY, NULL, SPKI, bit_string, certificate, issued, number, oid, seq, tlv
from tlsglass.x509.algorithms import read_algorithm, read_pss_parameters
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Field, Problem, PublicKey
from tlsglass.x509.public_keys import public_key_parts, read_public_key, rsa_numbers

_RSA = rsa.generate_private_key(65537, 1024)  # noqa: S505 - small is fast, and it protects nothing
_EC = "1.2.840.10045.2.1"


def _spki(oid_text: str, parameters: bytes, key: bytes) -> bytes:
    return seq(seq(oid(oid_text), parameters), bit_string(key))


def _read(der: bytes) -> tuple[PublicKey, list[str]]:
    problems: list[Problem] = []
    return read_public_key(read(der).elements[0], problems), [problem.text for problem in problems]


def _parts(der: bytes) -> dict[str, str]:
    element = read(der).elements[0]
    return {part.key: part.value for part in public_key_parts(element, read_public_key(element, []))}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (_RSA.public_key(), ("RSA", 1024, None)),
        (KEY.public_key(), ("EC", 256, "P-256")),
        (ec.derive_private_key(5, ec.SECP521R1()).public_key(), ("EC", 521, "P-521")),
        (ec.derive_private_key(5, ec.SECP256K1()).public_key(), ("EC", 256, "secp256k1")),
        (ec.derive_private_key(5, ec.BrainpoolP384R1()).public_key(), ("EC", 384, "brainpoolP384r1")),
        (ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key(), ("ED25519", 256, None)),
        (ed448.Ed448PrivateKey.from_private_bytes(bytes(57)).public_key(), ("ED448", 456, None)),
        (x25519.X25519PrivateKey.from_private_bytes(bytes(32)).public_key(), ("X25519", 253, None)),
        (x448.X448PrivateKey.from_private_bytes(bytes(56)).public_key(), ("X448", 448, None)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_keys_of_cryptography(key: CertificatePublicKeyTypes, expected: tuple[str, int, str | None]) -> None:
    """Kind, size and curve of a key that another library made."""
    found = parse_certificate(issued(key=key))
    assert (found.public_key.algorithm, found.public_key.bits, found.public_key.curve) == expected
    assert found.problems == ()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert found.public_key.der == der
    assert _parts(der)["spki"] == pem.decode()


def test_parts_of_rsa_and_ec_keys() -> None:
    """The numbers are those that the other library has."""
    der = _RSA.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    parts = _parts(der)
    assert int(parts["modulus"].replace(":", ""), 16) == _RSA.public_key().public_numbers().n
    assert (parts["exponent"], parts["bits"], parts["algorithm"]) == ("65537", "1024", "RSA")
    point = KEY.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    assert _parts(SPKI)["point"] == point.hex(":")
    assert _parts(SPKI)["curve"] == "P-256"


@pytest.mark.parametrize(
    ("oid_text", "name"),
    [
        ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
        ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
        ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
        ("2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s"),
        ("2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256f"),
        ("2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128s"),
        ("2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f"),
        ("2.16.840.1.101.3.4.4.2", "ML-KEM-768"),
        ("1.2.3.4", "1.2.3.4"),
    ],
)
def test_keys_by_their_oid(oid_text: str, name: str) -> None:
    """RFC 9881, RFC 9909, RFC 9935; and what is not known keeps its OID."""
    der = _spki(oid_text, b"", b"key")
    found, problems = _read(der)
    assert (found.algorithm, found.bits, found.curve, problems) == (name, None, None, [])
    assert _parts(der)["key"] == "6b:65:79"


def test_pss_keys() -> None:
    """A key that may only be used with RSASSA-PSS shows how. RFC 4055 §1.2."""
    key = seq(number(2**1023), number(3))
    sha256 = seq(oid("2.16.840.1.101.3.4.2.1"))
    parameters = seq(tlv(0xA0, sha256), tlv(0xA1, seq(oid("1.2.840.113549.1.1.8"), sha256)), tlv(0xA2, number(32)))
    found, problems = _read(_spki("1.2.840.113549.1.1.10", parameters, key))
    assert (found.algorithm, found.bits, problems) == ("RSASSA-PSS", 1024, [])
    parts = _parts(_spki("1.2.840.113549.1.1.10", parameters, key))
    assert (parts["hash"], parts["mask_generation"], parts["salt_length"]) == ("SHA256", "MGF1 with SHA256", "32")
    assert "hash" not in _parts(_spki("1.2.840.113549.1.1.10", b"", key))


@pytest.mark.parametrize(
    ("der", "expected", "problem"),
    [
        (_spki("1.2.840.113549.1.1.1", b"", b""), ("RSA", None, None), "The RSA key is empty."),
        (
            _spki("1.2.840.113549.1.1.1", b"", seq(number(5))),
            ("RSA", None, None),
            "INTEGER is missing at the end of this SEQUENCE.",
        ),
        (
            _spki("1.2.840.113549.1.1.1", b"", seq(tlv(2, b"\x80\1"), number(3))),
            ("RSA", 16, None),
            "A number of the RSA key is negative.",
        ),
        (_spki(_EC, b"", b"\4"), ("EC", None, None), "The key does not say which curve it lies on."),
        (_spki(_EC, seq(number(1)), b"\4"), ("EC", None, None), "SEQUENCE is missing at the end of this SEQUENCE."),
        (seq(seq(oid(_EC), oid("1.3.132.0.34"))), ("EC", None, None), "BIT STRING is missing"),
        (
            seq(seq(oid("1.3.101.112")), tlv(3)),
            ("ED25519", 256, None),
            "A BIT STRING does not say how many of its bits are unused, or wrongly.",
        ),
        (seq(number(1)), ("", None, None), "SEQUENCE was expected here, not INTEGER."),
        (seq(), ("", None, None), "SEQUENCE is missing at the end of this SEQUENCE."),
    ],
)
def test_damaged_keys(der: bytes, expected: tuple[str, int | None, str | None], problem: str) -> None:
    """What could be read before the damage stays."""
    found, problems = _read(der)
    assert (found.algorithm, found.bits, found.curve) == expected
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert found.der == der
    assert _parts(der)["spki"].startswith("-----BEGIN PUBLIC KEY-----\n")


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (seq(number(1), seq(oid("1.2.840.10045.1.1"), number(2**255 + 1))), (256, None)),
        (seq(number(1), seq(oid("1.2.840.10045.1.2"), seq(number(163)))), (None, None)),
        (oid("1.2.3.4"), (None, "1.2.3.4")),
        (oid("1.2.156.10197.1.301"), (256, "SM2")),
    ],
)
def test_unusual_curves(parameters: bytes, expected: tuple[int | None, str | None]) -> None:
    """Explicit curves have a size and no name; unknown ones have their OID."""
    found, problems = _read(_spki(_EC, parameters, b"\4"))
    assert ((found.bits, found.curve), problems) == (expected, [])


def test_huge_exponents_are_shown_in_hex() -> None:
    """Decimal would take quadratic time, and Python refuses it."""
    key = seq(number(2**1023), number(2**20000))
    assert _parts(_spki("1.2.840.113549.1.1.1", tlv(NULL), key))["exponent"] == f"{2**20000:#x}"


def test_dsa() -> None:
    """RFC 3279 §2.3.2: the size is that of p; parameters that are taken over from the issuer leave it open."""
    found, problems = _read(_spki("1.2.840.10040.4.1", seq(number(2**1023), number(2**159), number(4)), b"\2\1\5"))
    assert (found.algorithm, found.bits, problems) == ("DSA", 1024, [])
    assert _read(_spki("1.2.840.10040.4.1", b"", b"\2\1\5")) == (
        PublicKey(
            der=_spki("1.2.840.10040.4.1", b"", b"\2\1\5"),
            oid="1.2.840.10040.4.1",
            algorithm="DSA",
            bits=None,
            curve=None,
        ),
        [],
    )


def _field(fields: tuple[Field, ...], field_id: str) -> Field:
    flat = [line for field in fields for line in (field, *field.children)]
    return next(field for field in flat if field.id == field_id)


def test_a_pss_signature_of_cryptography() -> None:
    """The hash comes from the parameters, and each of them is a field."""
    builder = x509.load_der_x509_certificate(issued())
    name = builder.subject
    der = (
        x509.CertificateBuilder(
            issuer_name=name,
            subject_name=name,
            public_key=_RSA.public_key(),
            serial_number=1,
            not_valid_before=builder.not_valid_before_utc,
            not_valid_after=builder.not_valid_after_utc,
        )
        .sign(_RSA, hashes.SHA384(), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA384()), 48))
        .public_bytes(serialization.Encoding.DER)
    )
    found = parse_certificate(der)
    assert (found.signature_algorithm.name, found.signature_algorithm.hash) == ("RSASSA-PSS", "SHA384")
    fields = certificate_fields(found)
    assert _field(fields, "signature.hash").value == "SHA384"
    assert _field(fields, "signature.mask_generation").value == "MGF1 with SHA384"
    assert _field(fields, "signature.salt_length").summary == "48 bytes"
    assert found.problems == ()


def test_pss_parameters() -> None:
    """RFC 4055 §3.1: what is left out has defaults."""
    default = read_pss_parameters(None)
    assert (default.hash, default.mask_generation, default.mask_hash) == ("SHA1", "MGF1", "SHA1")
    assert (default.salt_length, default.trailer) == (20, 1)
    odd = read_pss_parameters(read(seq(tlv(0xA1, seq(oid("1.2.3"))), tlv(0xA3, number(2)))).elements[0])
    assert (odd.mask_generation, odd.mask_hash, odd.trailer) == ("1.2.3", None, 2)
    assert [part.value for part in odd.parts] == ["SHA1", "1.2.3", "20"]
    unknown = read_pss_parameters(read(seq(tlv(0xA0, seq(oid("1.2.3"))))).elements[0])
    assert unknown.hash == "1.2.3"
    with pytest.raises(DecodeError):
        read_pss_parameters(read(number(1)).elements[0])


@pytest.mark.parametrize(
    ("der", "name", "hash_name", "problems"),
    [
        (seq(oid("1.2.840.113549.1.1.11"), tlv(NULL)), "sha256WithRSAEncryption", "SHA256", 0),
        (seq(oid("1.2.840.113549.1.1.4")), "md5WithRSAEncryption", "MD5", 0),
        (seq(oid("1.3.101.112")), "Ed25519", None, 0),
        (seq(oid("2.16.840.1.101.3.4.3.18")), "ML-DSA-65", None, 0),
        (seq(oid("2.16.840.1.101.3.4.3.33")), "HashML-DSA-65-with-SHA512", "SHA512", 0),
        (seq(oid("1.2.3.4")), "1.2.3.4", None, 0),
        (seq(oid("1.2.840.113549.1.1.10"), number(5)), "RSASSA-PSS", None, 1),
        (seq(), "", None, 1),
    ],
)
def test_signature_algorithms(der: bytes, name: str, hash_name: str | None, problems: int) -> None:
    """By the names that the RFCs use."""
    found: list[Problem] = []
    algorithm = read_algorithm(read(der).elements[0], found)
    assert (algorithm.name, algorithm.hash, len(found)) == (name, hash_name, problems)


def test_damaged_pss_parameters_leave_the_rest() -> None:
    """The algorithm stays, its parameters are left out of the fields."""
    algorithm = seq(oid("1.2.840.113549.1.1.10"), number(5))
    found = parse_certificate(certificate(inner=algorithm, algorithm=algorithm))
    field = next(field for field in certificate_fields(found) if field.id == "signature")
    assert [child.id for child in field.children] == [
        "signature.algorithm",
        "signature.value",
        "signature.signed_algorithm",
    ]
    assert [problem.text for problem in field.children[0].problems] == ["SEQUENCE was expected here, not INTEGER."]


def test_the_algorithm_in_what_is_signed() -> None:
    """As it is named there, with its bytes; nothing where it is missing."""
    other = seq(oid("1.2.840.113549.1.1.11"))
    for inner, said in ((ALGORITHM, "ecdsa-with-SHA256"), (other, "sha256WithRSAEncryption")):
        found = parse_certificate(certificate(inner=inner, algorithm=ALGORITHM))
        field = next(field for field in certificate_fields(found) if field.id == "signature")
        part = field.children[-1]
        assert (part.id, part.value) == ("signature.signed_algorithm", said)
        assert part.span is not None
        assert found.der[part.span.start : part.span.end] == inner
    gone = parse_certificate(bytes.fromhex("30023000"))
    field = next(field for field in certificate_fields(gone) if field.id == "signature")
    assert [child.id for child in field.children] == ["signature.algorithm", "signature.value"]


def test_dsa_parameters_are_inherited_or_shown() -> None:
    """Where they are left out they are those of the issuer's key; a key of another kind shows its own as elements."""
    for dotted, parameters, expected in (
        ("1.2.840.10040.4.1", b"", "inherited from the issuer's key"),
        ("1.2.3.4", number(5), "020105"),
    ):
        spki = seq(seq(oid(dotted), parameters), bit_string(number(7)))
        found = parse_certificate(certificate(spki=spki))
        key = next(field for field in certificate_fields(found) if field.id == "public_key")
        part = next(child for child in key.children if child.id == "public_key.parameters")
        assert part.value == expected


def test_the_numbers_of_an_rsa_key() -> None:
    """Those that the library has; of other keys, and of what can't be read, there are none."""
    public = _RSA.public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    key, _ = _read(der)
    numbers = public.public_numbers()
    assert rsa_numbers(key) == (numbers.n, numbers.e)
    assert rsa_numbers(_read(SPKI)[0]) is None
    assert rsa_numbers(replace(key, der=bytes.fromhex("3000"))) is None
    for cut in range(len(der)):
        assert rsa_numbers(replace(key, der=der[:cut])) in {None, (numbers.n, numbers.e)}
