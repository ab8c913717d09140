"""The parsers of containers: what in a file is found, and what is taken for what."""

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tlsglass.errors import InputError
from tlsglass.limits import MOST_NOTES
from tlsglass.trust.aia import certificates_in
from tlsglass.x509.containers.model import FileContents, Item, Kind, document
from tlsglass.x509.containers.passwords import nobody
from tlsglass.x509.containers.pem_blocks import Block, base64_only, blocks
from tlsglass.x509.containers.pkcs7 import unpack_pkcs7
from tlsglass.x509.containers.pkcs12 import unpack_pkcs12
from tlsglass.x509.containers.private_keys import name_of_der, name_of_label
from tlsglass.x509.containers.recognise import Other, described, is_timestamp_list, shape_of
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.model import Certificate, Problem
from tlsglass.x509.pem import certificates_in_pem, to_pem

_PASSWORDS = ("cryptography", "password")
"""Those of the vectors."""


def _check_items(data: bytes, found: list[Item] | tuple[Item, ...]) -> None:
    """Nothing of a private key is there, and what is there is no longer than the file."""
    for one in found:
        assert one.der == b"" or one.kind is not Kind.PRIVATE_KEY
        # Text and base64 are shorter in DER, a bare RSA key gets a head of its own.
        assert len(one.der) <= len(data) + 64
        one.place.encode()
        one.name.encode()
        if one.kind not in {Kind.PRIVATE_KEY, Kind.CERTIFICATE}:
            document(one)


def _check_file(data: bytes, found: FileContents) -> None:
    assert found.size == len(data)
    assert found.form
    assert len(found.notes) <= MOST_NOTES + 1
    assert any(one.kind is not Kind.PRIVATE_KEY for one in found.items)
    for note in found.notes:
        checks.sentence(note)
    _check_items(data, found.items)
    assert sum(len(one.der) for one in found.items) <= len(data) + 64 * len(found.items)


def _pkcs7(data: bytes) -> list[Item]:
    """What is recognised as a bundle; nothing else gets there."""
    if shape_of(data) is not Other.PKCS7:
        return []
    problems: list[Problem] = []
    found = list(unpack_pkcs7(data, "", problems))
    checks.problems(problems, len(data), bounded=False)
    return found


def _pkcs12(data: bytes) -> list[Item]:
    """The same."""
    if shape_of(data) is not Other.PKCS12:
        return []
    problems: list[Problem] = []
    found = list(unpack_pkcs12(data, "", problems, lambda attempt: (*_PASSWORDS, None)[attempt]))
    checks.problems(problems, len(data), bounded=False)
    return found


def _blocks(data: bytes) -> list[Block]:
    found = list(blocks(data))
    base64_only(data)
    return found


def _check_blocks(data: bytes, found: list[Block]) -> None:
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert sum(len(one.der or b"") for one in found) <= len(data)
    assert not any(one.der for one in found if one.is_private_key)
    assert all(1 <= one.line <= 1 + data.count(b"\n") for one in found)


def _shape(data: bytes) -> tuple[object, ...]:
    return shape_of(data), is_timestamp_list(data), described(data), name_of_der(data)


def _check_shape(_data: bytes, result: tuple[object, ...]) -> None:
    for text in result[2:]:
        assert isinstance(text, str)
        assert len(text.encode()) <= 2_000


def _check_pem(data: bytes, found: tuple[bytes, ...]) -> None:
    assert all(found)
    assert sum(map(len, found)) <= len(data)
    assert certificates_in_pem("".join(map(to_pem, found)).encode()) == found


def _check_issuers(data: bytes, found: tuple[Certificate, ...]) -> None:
    assert sum(len(one.der) for one in found) <= len(data)


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="file",
        covers=("x509.containers.unpack", "x509.containers.model", "x509.containers.recognise"),
        read=lambda data: unpack(data, nobody),
        seeds=seeds.files,
        refuses=(InputError,),
        check=_check_file,
        inputs=500,
    ),
    Parser(
        name="file-text",
        covers=("x509.containers.unpack", "x509.containers.pem_blocks"),
        read=lambda data: unpack(data, nobody),
        seeds=seeds.pem_files,
        refuses=(InputError,),
        check=_check_file,
        form=Form.LINES,
    ),
    Parser(
        name="pkcs7",
        covers=("x509.containers.pkcs7",),
        read=_pkcs7,
        seeds=seeds.pkcs7_files,
        check=_check_items,
    ),
    Parser(
        name="pkcs12",
        covers=("x509.containers.pkcs12",),
        read=_pkcs12,
        seeds=seeds.pkcs12_files,
        refuses=(InputError,),
        check=_check_items,
        inputs=150,
    ),
    Parser(
        name="pem-blocks",
        covers=("x509.containers.pem_blocks",),
        read=_blocks,
        seeds=seeds.pem_files,
        check=_check_blocks,
        form=Form.LINES,
    ),
    Parser(
        name="pem-certificates",
        covers=("x509.pem",),
        read=certificates_in_pem,
        seeds=seeds.pem_files,
        refuses=(ValueError,),
        check=_check_pem,
        form=Form.LINES,
    ),
    Parser(
        name="shape",
        covers=("x509.containers.recognise", "x509.containers.private_keys"),
        read=_shape,
        seeds=seeds.files,
        check=_check_shape,
    ),
    Parser(
        name="key-label",
        covers=("x509.containers.private_keys",),
        read=lambda data: name_of_label(data.decode("latin-1")),
        seeds=lambda: (b"PRIVATE KEY", b"RSA PRIVATE KEY", b"OPENSSH PRIVATE KEY"),
        check=checks.nothing,
        form=Form.LINES,
        inputs=100,
    ),
    Parser(
        name="fetched-issuers",
        covers=("trust.aia",),
        read=lambda data: certificates_in(data)[0],
        seeds=lambda: (*seeds.pkcs7_files()[:4], *seeds.certificates()[:10], *seeds.pem_files()[:4]),
        refuses=(InputError,),
        check=_check_issuers,
        inputs=200,
    ),
)
