"""PKCS #12 files: passwords, limits, and what can be read without one."""

import warnings

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from tests.x509.containers import files_of_others as others
from tests.x509.der_writer import BMP, OCTET_STRING, SET, certificate, number, oid, seq, tlv
from tests.x509.vectors import vector, vectors
from tlsglass.errors import Fault, InputError
from tlsglass.limits import MOST_ATTEMPTS
from tlsglass.x509.containers import pkcs12 as module
from tlsglass.x509.containers.model import Item, Kind
from tlsglass.x509.containers.pkcs12 import unpack_pkcs12
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.model import Problem

_DATA = "1.2.840.113549.1.7.1"
_BAGS = "1.2.840.113549.1.12.10.1"
_LEAF = certificate()


def _content(content: bytes, kind: str = _DATA) -> bytes:
    return seq(oid(kind), tlv(0xA0, tlv(OCTET_STRING, content)))


def _bag(kind: int, value: bytes, *attributes: bytes) -> bytes:
    return seq(oid(f"{_BAGS}.{kind}"), tlv(0xA0, value), tlv(SET, *attributes) if attributes else b"")


def _certificate_bag(der: bytes, *attributes: bytes, kind: str = "1.2.840.113549.1.9.22.1") -> bytes:
    return _bag(3, seq(oid(kind), tlv(0xA0, tlv(OCTET_STRING, der))), *attributes)


def _name(text: str) -> bytes:
    return seq(oid("1.2.840.113549.1.9.20"), tlv(SET, tlv(BMP, text.encode("utf-16-be"))))


def _plain(*bags: bytes) -> bytes:
    return seq(number(3), _content(seq(_content(seq(*bags)))))


def _read(der: bytes) -> tuple[list[Item], list[str]]:
    problems: list[Problem] = []
    return list(unpack_pkcs12(der, "", problems, lambda _: None)), [problem.text for problem in problems]


@pytest.mark.parametrize("name", vectors("pkcs12/*.p12"))
def test_the_vectors_of_cryptography(name: str) -> None:
    """Each is opened with its password, and holds the certificates that cryptography finds."""
    password = "password" if name.endswith(("-pwd.p12", "java-truststore.p12")) else "cryptography"
    if name.endswith("no-cert-key-aes256cbc.p12"):
        with pytest.raises(InputError, match="private key"):
            unpack(vector(name), lambda _: password)
        return
    contents = unpack(vector(name), lambda _: password)
    theirs = None
    for candidate in (password.encode(), b"", None):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that it is BER
                theirs = pkcs12.load_pkcs12(vector(name), candidate)
            break
        except ValueError:
            continue
    assert theirs is not None
    held = [*([theirs.cert] if theirs.cert else []), *theirs.additional_certs]
    found = {item.der for item in contents.items if item.kind is Kind.CERTIFICATE}
    assert found == {entry.certificate.public_bytes(Encoding.DER) for entry in held}
    names = {item.name for item in contents.items if item.kind is Kind.CERTIFICATE}
    assert names == {(entry.friendly_name or b"").decode() for entry in held}
    assert any(item.kind is Kind.PRIVATE_KEY for item in contents.items) == (theirs.key is not None)
    assert all(not item.der for item in contents.items if item.kind is Kind.PRIVATE_KEY)


def test_none_and_the_empty_password_are_tried_before_anybody_is_asked() -> None:
    """So that such files open by themselves."""

    def nobody_is_asked(_attempt: int) -> str | None:
        raise AssertionError

    assert unpack(others.read("empty.p12"), nobody_is_asked).items
    assert unpack(others.read("plain.p12"), nobody_is_asked).items
    assert unpack(vector("pkcs12/no-password.p12"), nobody_is_asked).items


def test_a_password_is_asked_for_a_few_times() -> None:
    """Then it is said that none fits."""
    asked: list[int] = []

    def wrong(attempt: int) -> str | None:
        asked.append(attempt)
        return "wrong"

    with pytest.raises(InputError) as raised:
        unpack(others.read("a.p12"), wrong)
    assert asked == list(range(MOST_ATTEMPTS))
    assert raised.value.fault is Fault.BAD_PASSWORD
    assert raised.value.message == "The password does not open the PKCS #12 file, or it is damaged."
    second = unpack(others.read("a.p12"), lambda attempt: others.PASSWORD if attempt else "wrong")
    assert len(second.items) == 3


def test_nobody_has_the_password() -> None:
    """That is said, and how to give it."""
    with pytest.raises(InputError) as raised:
        unpack(others.read("a.p12"))
    assert raised.value.message == "The PKCS #12 file needs a password."
    assert "--password-file" in raised.value.hint
    with pytest.raises(InputError, match="does not open"):
        unpack(others.read("a.p12"), lambda attempt: None if attempt else "wrong")
    with pytest.raises(InputError, match="has 2,000 characters"):
        unpack(others.read("a.p12"), lambda _: "x" * 2000)


def test_endless_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds are counted before any is made."""
    monkeypatch.setattr(module, "MOST_ITERATIONS", 1000)
    with pytest.raises(InputError) as raised:
        unpack(others.read("a.p12"), lambda _: others.PASSWORD)
    assert raised.value.fault is Fault.TOO_LARGE
    assert "up to 1,000 are made here" in raised.value.message


def test_what_is_not_encrypted_needs_no_password() -> None:
    """Names, lists and bags in bags too; a key is named, and so is what is passed over."""
    inner = seq(_certificate_bag(_LEAF, _name("ä")))
    crl = others.read("crl.der")
    listed = _bag(4, seq(oid("1.2.840.113549.1.9.23.1"), tlv(0xA0, tlv(OCTET_STRING, crl))))
    key = _bag(1, seq(number(0)), _name("mine"))
    other = _certificate_bag(b"x", kind="1.2.840.113549.1.9.22.2")
    items, problems = _read(_plain(_bag(6, inner), listed, key, other, _bag(5, seq())))
    assert problems == [
        "What is in a bag of the form 1.2.840.113549.1.9.22.2 is not read here.",
        "A bag of the kind 1.2.840.113549.1.12.10.1.5 is not opened here.",
    ]
    assert [(item.kind, item.name) for item in items] == [
        (Kind.CERTIFICATE, "ä"),
        (Kind.REVOCATION_LIST, ""),
        (Kind.PRIVATE_KEY, "unencrypted, 'mine'"),
    ]
    assert (items[0].der, items[1].der, items[2].der) == (_LEAF, crl, b"")


@pytest.mark.parametrize(
    ("der", "problem"),
    [
        (seq(number(3)), "SEQUENCE is missing at the end of this SEQUENCE."),
        (
            seq(number(3), seq(oid("1.2.3"), tlv(0xA0, seq()))),
            "Its content is of the kind 1.2.3, which is not opened here.",
        ),
        (seq(number(3), seq(oid(_DATA), tlv(0xA0, seq()))), "OCTET STRING was expected here, not SEQUENCE."),
        (seq(number(3), _content(b"")), "An OCTET STRING that should hold something is empty."),
        (seq(number(3), _content(seq(seq()))), "OBJECT IDENTIFIER is missing at the end of this SEQUENCE."),
        (_plain(seq()), "OBJECT IDENTIFIER is missing at the end of this SEQUENCE."),
        (seq(number(3), _content(seq()), seq()), None),
        (seq(number(3), _content(seq()), seq(seq(), tlv(4), tlv(2))), "An INTEGER is empty."),
    ],
)
def test_what_is_damaged_is_told(der: bytes, problem: str | None) -> None:
    """With its place; nothing raises."""
    items, problems = _read(der)
    assert items == []
    assert problems == ([problem] if problem else [])


def test_bags_in_bags_have_an_end() -> None:
    """Deeper ones are not opened, and it is said."""
    bag = _certificate_bag(_LEAF)
    for _ in range(10):
        bag = _bag(6, seq(bag))
    assert _read(_plain(bag)) == ([], ["Bags lie in bags; those further in than 4 are not opened."])


def test_names_that_are_none_are_left_out() -> None:
    """Attributes of other kinds and damaged ones are passed over."""
    odd = (seq(oid("1.2.3"), tlv(SET)), number(1), seq(oid("1.2.840.113549.1.9.20"), tlv(SET)))
    items, _ = _read(_plain(_certificate_bag(_LEAF, *odd)))
    assert [item.name for item in items] == [""]


def test_strings_in_pieces_are_put_together() -> None:
    """As BER allows, and old programs write. X.690 §8.7."""
    safe = seq(_content(seq(_certificate_bag(_LEAF))))
    pieces = tlv(0x24, tlv(OCTET_STRING, safe[:9]), tlv(OCTET_STRING, safe[9:]))
    items, problems = _read(seq(number(3), seq(oid(_DATA), tlv(0xA0, pieces))))
    assert [item.der for item in items] == [_LEAF]
    assert problems == ["OCTET STRING is in the constructed form, which DER does not allow."]


def test_a_key_that_is_seen_only_behind_the_password_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where it too lies in an encrypted safe."""
    monkeypatch.setattr(module, "_SHROUDED_KEY_BAG", "")
    items = unpack(others.read("a.p12"), lambda _: others.PASSWORD).items
    assert [(item.kind, item.name) for item in items][-1] == (Kind.PRIVATE_KEY, "encrypted")
