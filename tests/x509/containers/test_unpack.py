"""Any file as what it holds."""

import base64

import pytest

from tests.x509.containers import files_of_others as others
from tests.x509.containers.refused import refused
from tests.x509.der_writer import OCTET_STRING, SPKI, certificate, number, oid, seq, tlv
from tlsglass.errors import Fault, InputError
from tlsglass.limits import Limits
from tlsglass.x509.containers import unpack as module
from tlsglass.x509.containers.model import Certificates, FileContents, Kind, document, item
from tlsglass.x509.containers.passwords import nobody
from tlsglass.x509.containers.recognise import Other, shape_of
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.pem import to_pem

_LEAF = certificate()
_OTHER = certificate(serial=number(78))


def _password(attempt: int) -> str | None:
    return others.PASSWORD if attempt == 0 else None


def _kinds(contents: FileContents) -> str:
    return " ".join(found.kind for found in contents.items)


@pytest.mark.parametrize(
    ("name", "form", "kinds"),
    [
        ("a.csr", "PEM", "certificate-request"),
        ("a.der", "DER", "certificate"),
        ("a.p12", "PKCS #12", "certificate certificate private-key"),
        ("a.p7.pem", "PEM", "certificate certificate"),
        ("a.p7b", "PKCS #7", "certificate certificate"),
        ("a.pem", "PEM", "certificate"),
        ("crl.der", "DER", "revocation-list"),
        ("crl.pem", "PEM", "revocation-list"),
        ("csr.der", "DER", "certificate-request"),
        ("des.p12", "PKCS #12", "certificate private-key"),
        ("empty.p12", "PKCS #12", "certificate private-key"),
        ("g.crl", "PEM", "revocation-list"),
        ("g.csr", "PEM", "certificate-request"),
        ("g.p12", "PKCS #12", "certificate private-key"),
        ("g.p7.pem", "PEM", "certificate"),
        ("g.pem", "PEM", "certificate"),
        ("g.pub.der", "DER", "public-key"),
        ("legacy.p12", "PKCS #12", "certificate certificate private-key"),
        ("nokeys.p12", "PKCS #12", "certificate"),
        ("ocsp.resp", "DER", "ocsp-response"),
        ("plain.p12", "PKCS #12", "certificate private-key"),
        ("plaincerts.p12", "PKCS #12", "certificate private-key"),
        ("pub.der", "DER", "public-key"),
        ("pub.pem", "PEM", "public-key"),
        ("rsapub.pem", "PEM", "public-key"),
        ("signed.p7", "PKCS #7", "certificate"),
        ("stream.p7", "PKCS #7", "certificate"),
        ("text.pem", "PEM", "certificate"),
        ("trusted.pem", "PEM", "certificate"),
        ("withcrl.p7b", "PKCS #7", "certificate revocation-list"),
    ],
)
def test_files_of_openssl_and_certtool(name: str, form: str, kinds: str) -> None:
    """All that they write is recognised by its content, and read without a problem."""
    contents = unpack(others.read(name), _password)
    assert (contents.form, _kinds(contents)) == (form, kinds)
    assert contents.size == len(others.read(name))
    read = [document(found) for found in contents.items]
    assert [found.problems for found in read if found] == [()] * sum(found is not None for found in read)
    assert all(not found.problems for found in contents.certificates())


def test_the_same_key_is_found_in_every_form() -> None:
    """PKCS #1 is shown as the SubjectPublicKeyInfo that everybody else has."""
    ders = {unpack(others.read(name)).items[0].der for name in ("pub.pem", "pub.der", "g.pub.der", "rsapub.pem")}
    assert len(ders) == 1
    assert "PKCS #1" in unpack(others.read("rsapub.pem")).notes[0]


def test_the_same_certificate_is_found_in_every_form() -> None:
    """Whatever it is kept in. What OpenSSL adds to a trusted certificate is left out and named."""
    names = (
        "a.pem",
        "a.der",
        "a.p7b",
        "a.p7.pem",
        "a.p12",
        "legacy.p12",
        "plain.p12",
        "text.pem",
        "trusted.pem",
        "stream.p7",
    )
    found = {unpack(others.read(name), _password).items[0].sha256 for name in names}
    assert len(found) == 1
    assert unpack(others.read("trusted.pem")).notes == (
        "The trust settings that OpenSSL added to the certificate in block 1, line 1 are left out.",
    )


def test_text_between_blocks_is_passed_over() -> None:
    """As `openssl s_client -showcerts` writes it; each item says where it stands."""
    text = f"CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n{to_pem(_LEAF)} 1 s:CN = b\r\n"
    text += (
        to_pem(_OTHER).replace("\n", "\r\n")
        + "---\nServer certificate\nsubject=CN = a\n    Master-Key: 00\n---\nDONE\n"
    )
    contents = unpack(text.encode())
    assert [found.place for found in contents.items] == [
        "block 1, line 5",
        f"block 2, line {6 + to_pem(_LEAF).count(chr(10))}",
    ]
    assert [found.der for found in contents.items] == [_LEAF, _OTHER]
    assert contents.notes == ()


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-16-be"])
def test_other_ways_to_write_text(codec: str) -> None:
    """PowerShell writes two bytes a character, and others a mark at the beginning."""
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    assert unpack(mark + to_pem(_LEAF).encode(codec)).items[0].der == _LEAF


def test_base64_without_a_frame() -> None:
    """As it is pasted out of a field."""
    contents = unpack(base64.encodebytes(_LEAF))
    assert (contents.form, contents.items[0].der) == ("base64", _LEAF)


def test_several_elements_of_der() -> None:
    """One after the other, each is an item; what follows the last and is none belongs to it."""
    contents = unpack(_LEAF + SPKI + _OTHER)
    assert _kinds(contents) == "certificate public-key certificate"
    assert [found.place for found in contents.items] == ["number 1", "number 2", "number 3"]
    trailing = unpack(_LEAF + b"\5\0")
    assert [found.place for found in trailing.items] == [""]
    assert trailing.certificates()[0].problems[0].text == "2 bytes follow the end of the certificate."


def test_a_certificate_that_is_cut_off_is_still_one() -> None:
    """What is there is read, and the problem has its place."""
    for data in (_LEAF[:-20], to_pem(_LEAF[:-20]).encode()):
        found = unpack(data).certificates()[0]
        assert found.subject.rfc4514 == "CN=a.example"
        assert found.problems


def test_a_block_is_what_it_holds_and_not_what_it_is_called() -> None:
    """But damaged beyond recognition it is taken for what it is called."""
    assert unpack(to_pem(others.read("csr.der"), "CERTIFICATE").encode()).items[0].kind is Kind.REQUEST
    damaged = unpack(to_pem(b"\x04\1\0", "CERTIFICATE").encode())
    assert damaged.items[0].kind is Kind.CERTIFICATE
    assert damaged.certificates()[0].problems


_TIMESTAMP = b"\0" + bytes(32) + bytes(8) + b"\0\0" + b"\4\3" + b"\0\3abc"
_LIST = (len(_TIMESTAMP) + 2).to_bytes(2) + len(_TIMESTAMP).to_bytes(2) + _TIMESTAMP


@pytest.mark.parametrize("data", [_LIST, tlv(OCTET_STRING, _LIST), base64.b64encode(_LIST)])
def test_timestamp_lists(data: bytes) -> None:
    """As TLS encodes them, and as the value of an extension."""
    contents = unpack(data)
    assert _kinds(contents) == "timestamp-list"
    assert contents.items[0].der == _LIST


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "but nothing, it is empty."),
        (b" \n", "but nothing, it is empty."),
        (bytes(20), "but nothing but zero bytes."),
        (b"hello world", "but text that begins with 'hello world'."),
        (b"MC4CAQAwBQYDK2VwBCIEIJ0000", "but text that looks like base64."),
        (b"\xfe\xed\xfe\xed\0\0", "but a Java keystore (JKS)."),
        (b"<html>", "but a web page or XML."),
        (b"\x04\x85\0\1", "but bytes that begin with 04 85 00 01."),
        (seq(number(1), seq(), tlv(0x80)), "but ASN.1 (SEQUENCE of INTEGER, SEQUENCE, [0])."),
        (seq(), "but ASN.1 (SEQUENCE of nothing)."),
        (tlv(OCTET_STRING, b"\0"), "but ASN.1 (OCTET STRING)."),
        (
            b"-----BEGIN DH PARAMETERS-----\nMA==\n-----END DH PARAMETERS-----",
            "begins with '-----BEGIN DH PARAMETERS-----'.",
        ),
        (
            b"-----BEGIN X-----\nMAA=\n-----END X-----",
            "What stands in block 1, line 1 is not known: ASN.1 (SEQUENCE of",
        ),
        (
            b"-----BEGIN X-----\n!\n-----END X-----",
            "The X in block 1, line 1 is garbled: what stands there is not base64.",
        ),
        (b"-----BEGIN X-----\n", "The X in block 1, line 1 has no END line of its own."),
        (seq(oid("1.2.3")), "but ASN.1 (SEQUENCE of OBJECT IDENTIFIER)."),
        (seq(oid("1.2.840.113549.1.7.2")), "In the file at 0x0000: The bundle has no content."),
    ],
)
def test_what_is_nothing_known_is_described(data: bytes, sentence: str) -> None:
    """With what was seen, and what would be right."""
    error = refused(data)
    assert error.fault is Fault.BAD_FILE
    assert sentence in error.message
    assert error.hint.startswith("What can be shown: certificates,")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("encrypted.p7", "It is a CMS message that is no bundle of certificates"),
        ("ocsp.req", "It is an OCSP request, which is not shown here."),
    ],
)
def test_what_else_openssl_writes_is_described(name: str, sentence: str) -> None:
    """As above."""
    error = refused(others.read(name))
    assert error.fault is Fault.BAD_FILE
    assert sentence in error.message
    assert error.hint.startswith("What can be shown: certificates,")


def test_a_block_that_is_not_ended_is_read_as_far_as_it_goes() -> None:
    """And that is told; the next block is not lost."""
    whole = to_pem(_LEAF)
    contents = unpack((whole.partition("-----END")[0] + to_pem(_OTHER)).encode())
    assert [found.der for found in contents.items] == [_LEAF, _OTHER]
    assert contents.notes == ("The CERTIFICATE in block 1, line 1 has no END line of its own.",)
    cut = unpack(whole.partition("-----END")[0].encode())
    assert cut.items[0].der == _LEAF


def test_headers_in_a_block_are_passed_over() -> None:
    """As old programs write them. RFC 1421 §4.6."""
    head, _, rest = to_pem(_LEAF).partition("\n")
    assert unpack(f"{head}\nX-Made-By: us\n and more\n\n{rest}".encode()).items[0].der == _LEAF


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the size, of what is in it, and of what is told of it."""
    with pytest.raises(InputError, match="The file is larger than 10 bytes, and no more is read") as caught:
        unpack(bytes(11), limits=Limits(file=10))
    assert caught.value.fault is Fault.TOO_LARGE
    assert caught.value.hint.endswith("That is the limit file (10 bytes); --limit file=20 raises it.")
    contents = unpack(to_pem(_LEAF).encode() * 3, limits=Limits(file_items=2))
    assert len(contents.items) == 2
    (note,) = contents.notes
    assert note.startswith("There are more than 2 things in the file; the rest is not read. That is the limit")
    assert note.endswith("file-items (2); --limit file-items=4 raises it.")
    monkeypatch.setattr(module, "MOST_NOTES", 1)
    many = unpack(to_pem(_LEAF).encode() + b"-----BEGIN X-----\n!\n-----END X-----" * 3)
    assert len(many.notes) == 2
    assert many.notes[-1] == "There is more that could not be read and is not listed."


def test_what_is_no_certificate_in_a_bundle_is_told() -> None:
    """And the others are read."""
    signed = seq(number(1), tlv(0x31), seq(), tlv(0xA0, _LEAF, tlv(0xA1, b"")), tlv(0x31))
    contents = unpack(seq(oid("1.2.840.113549.1.7.2"), tlv(0xA0, signed)))
    assert _kinds(contents) == "certificate"
    assert "Number 2 in the bundle is a [1], which is neither" in contents.notes[0]


def test_netscape_sequences() -> None:
    """Certificates and nothing else."""
    contents = unpack(seq(oid("2.16.840.1.113730.2.5"), tlv(0xA0, seq(_LEAF, _OTHER))))
    assert [found.der for found in contents.items] == [_LEAF, _OTHER]


def test_certificates_are_parsed_when_they_are_asked_for() -> None:
    """And once."""
    found = Certificates([_LEAF, _OTHER])
    assert len(found) == 2
    assert found[0] is found[0] is found[-2] is next(iter(found))
    assert found[:1] == (found[0],)
    assert found[1].serial == 78
    assert repr(found) == "<2 certificates>"
    with pytest.raises(IndexError):
        found[2]


def test_values_are_short_in_a_trace() -> None:
    """A file may hold a million bytes."""
    contents = unpack(_LEAF)
    assert repr(contents) == "<DER with 1 items>"
    assert repr(contents.items[0]) == f"<Item certificate {contents.items[0].sha256}>"
    assert contents.items[0] == item(Kind.CERTIFICATE, _LEAF, "")
    assert next(kind.label for kind in Kind) == "Certificate"
    assert nobody(0) is None


def test_kinds_have_words_and_blocks() -> None:
    """What has no PEM block of its own says so."""
    assert [kind.label for kind in Kind if kind.pem_label is None] == ["OCSP response", "Timestamp list", "Private key"]
    assert Kind.REQUEST.pem_label == "CERTIFICATE REQUEST"
    assert document(item(Kind.CERTIFICATE, _LEAF, "")) is None


@pytest.mark.parametrize("version", [b"\1", b"\0"])
def test_what_is_nearly_a_timestamp_list_is_none(version: bytes) -> None:
    """Of another version, or with a length that leads beyond the end."""
    timestamp = version + _TIMESTAMP[1:]
    wrong = len(timestamp) + (version == b"\0")
    data = (len(timestamp) + 2).to_bytes(2) + wrong.to_bytes(2) + timestamp
    assert shape_of(tlv(OCTET_STRING, data)) is None


@pytest.mark.parametrize(
    ("der", "shape"),
    [
        (seq(tlv(6, b""), tlv(0xA0)), None),
        (seq(seq(oid("1.2.3"))), None),
        (seq(seq(oid("1.2.3")), number(1)), None),
        (seq(number(3), seq(number(1), number(2)), seq()), None),
        (seq(number(1), tlv(OCTET_STRING)), Kind.PRIVATE_KEY),
        (seq(number(2), tlv(OCTET_STRING)), None),
        (seq(tlv(1, b"\0")), None),
        (seq(seq(number(1), seq(), tlv(0xA0), seq()), seq(), tlv(3, b"\0")), Other.ATTRIBUTE_CERTIFICATE),
        (seq(seq(number(0)), seq(oid("1.2.3"))), Other.TIMESTAMP),
        (seq(seq(tlv(12, b"a")), seq(), tlv(3, b"\0")), Kind.CERTIFICATE),
        (seq(seq(tlv(12, b"a")), seq(), seq()), None),
        (b"\x30\x06\x30\xff\xff\xff\xff\xff", None),
    ],
)
def test_shapes(der: bytes, shape: object) -> None:
    """Those that no file above has."""
    assert shape_of(der) is shape


def test_small_keys_have_short_lengths() -> None:
    """When a key of PKCS #1 is put into a SubjectPublicKeyInfo."""
    contents = unpack(seq(number(15), number(3)))
    assert contents.items[0].der == seq(
        bytes.fromhex("300d06092a864886f70d0101010500"), tlv(3, b"\0", seq(number(15), number(3)))
    )


def test_trust_settings_of_a_damaged_certificate() -> None:
    """What has no end is taken as it is; without any there is nothing to be left out."""
    assert unpack(to_pem(_LEAF[:-9], "TRUSTED CERTIFICATE").encode()).items[0].der == _LEAF[:-9]
    assert unpack(to_pem(_LEAF, "TRUSTED CERTIFICATE").encode()).notes == ()
