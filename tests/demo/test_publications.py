"""What the zoo's authorities publish over plain HTTP, as others read it."""

import http.client
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.demo.clients import PATIENCE, everything
from tests.demo.test_zoo_seen import leaf_of
from tlsglass.demo.alterations import element
from tlsglass.demo.authority import Authority
from tlsglass.demo.publications import HOSTS, Publications, stem
from tlsglass.demo.zoo import Zoo
from tlsglass.net.stop import Stop

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@contextmanager
def plainly(zoo: Zoo) -> Iterator[socket.socket]:
    """A connection to where the authorities publish."""
    address = (zoo.publications.address, zoo.publications.port)
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        yield connection


def asked(zoo: Zoo, method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes]:
    """Status, media type and body of an answer."""
    connection = http.client.HTTPConnection(zoo.publications.address, zoo.publications.port, timeout=PATIENCE)
    connection.request(method, path, body)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer.status, answer.headers["Content-Type"], said


def request_for(leaf: x509.Certificate, issuer: x509.Certificate, nonce: bytes | None = None) -> bytes:
    """A question about a certificate."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        leaf,
        issuer,
        hashes.SHA1(),  # noqa: S303 - what OCSP names certificates by
    )
    if nonce is not None:
        types = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.4"), b"\x30\x00")
        builder = builder.add_extension(types, critical=False)
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


def test_the_names_in_certificates_lead_to_the_publications(zoo: Zoo) -> None:
    """All three, whichever port is asked for."""
    with Stop() as stop:
        for host in HOSTS:
            assert zoo.resolver(f"{host.upper()}.", 80, stop, 0.0) == (zoo.publications,)


def test_addresses_in_the_certificates_of_these_exhibits_lead_there(zoo: Zoo) -> None:
    """For clients that don't know the zoo's names."""
    by_ocsp, by_list = leaf_of(zoo, "revoked-ocsp"), leaf_of(zoo, "revoked-crl")
    base = f"http://{zoo.publications}/"
    access = by_ocsp.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    kinds = [AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS]
    assert [each.access_method for each in access] == kinds
    assert all(each.access_location.value.startswith(base) for each in access)
    with pytest.raises(x509.ExtensionNotFound):
        by_ocsp.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    only = by_list.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert [each.access_method for each in only] == kinds[1:]
    (point,) = by_list.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name
    assert point.full_name[0].value == f"{base}demo-status-ca.crl"


def test_lists_and_certificates_are_to_be_had(zoo: Zoo) -> None:
    """Signed by who publishes them."""
    status, kind, der = asked(zoo, "GET", "/demo-status-ca.cer")
    issuer = x509.load_der_x509_certificate(der)
    assert (status, kind) == (200, "application/pkix-cert")
    status, kind, der = asked(zoo, "GET", "/demo-status-ca.crl")
    assert (status, kind) == (200, "application/pkix-crl")
    found = x509.load_der_x509_crl(der)
    key = issuer.public_key()
    assert found.is_signature_valid(key)  # type: ignore[arg-type]  # one that signs
    serial = leaf_of(zoo, "revoked-crl").serial_number
    assert found.get_revoked_certificate_by_serial_number(serial) is not None
    assert found.get_revoked_certificate_by_serial_number(serial + 1) is None


def test_the_roots_list_has_a_difference(zoo: Zoo) -> None:
    """In which the revoked intermediate is, and not in the list itself, which has the two others."""
    whole = x509.load_der_x509_crl(asked(zoo, "GET", "/demo-root-ca.crl")[2])
    delta = x509.load_der_x509_crl(asked(zoo, "GET", "/demo-root-ca-delta.crl")[2])
    assert (len(whole), len(delta)) == (2, 1)
    assert delta[0].serial_number not in {entry.serial_number for entry in whole}
    number = whole.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    assert delta.extensions.get_extension_for_class(x509.DeltaCRLIndicator).value.crl_number == number
    (point,) = whole.extensions.get_extension_for_class(x509.FreshestCRL).value
    assert point.full_name
    assert point.full_name[0].value == f"http://{zoo.publications}/demo-root-ca-delta.crl"


@pytest.mark.parametrize(
    "path", ["/", "/demo-root-ca", "/demo-root-ca.txt", "/demo-root-ca-delta.cer", "/x.crl", "/ocsp/!"]
)
def test_what_is_not_published(zoo: Zoo, path: str) -> None:
    """404, in words."""
    status, kind, said = asked(zoo, "GET", path)
    if path == "/":
        assert ocsp.load_der_ocsp_response(said).response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
        return
    assert (status, kind, said) == (404, "text/plain; charset=utf-8", b"Nothing is published here.\n")


def test_the_responder_knows_good_revoked_and_unknown(zoo: Zoo) -> None:
    """By GET under either path and by POST, with the nonce repeated."""
    issuer = x509.load_der_x509_certificate(asked(zoo, "GET", "/demo-status-ca.cer")[2])
    revoked, good = leaf_of(zoo, "revoked-ocsp"), leaf_of(zoo, "revoked-crl")
    question = quote(b64encode(request_for(revoked, issuer)), safe="")
    for path in (f"/ocsp/{question}", f"/{question}"):
        said = ocsp.load_der_ocsp_response(asked(zoo, "GET", path)[2])
        assert said.certificate_status is ocsp.OCSPCertStatus.REVOKED
        assert said.revocation_reason is x509.ReasonFlags.superseded
    assert good.serial_number != revoked.serial_number
    stranger = leaf_of(zoo, "good")
    nonce = bytes(range(32))
    said = ocsp.load_der_ocsp_response(asked(zoo, "POST", "/ocsp", request_for(stranger, issuer, nonce))[2])
    assert said.certificate_status is ocsp.OCSPCertStatus.UNKNOWN
    assert said.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == nonce


def test_questions_that_make_no_sense(zoo: Zoo) -> None:
    """Refused by status: what is no question, and what is about another's certificate."""
    said = ocsp.load_der_ocsp_response(asked(zoo, "POST", "/ocsp", b"what?")[2])
    assert said.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    stranger = Authority.root("Stranger", at=AT).certificate
    said = ocsp.load_der_ocsp_response(asked(zoo, "POST", "/ocsp", request_for(stranger, stranger))[2])
    assert said.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


_AUTHORITY = Authority.root("A Root", at=AT)
_SHA1, _SHA256 = bytes.fromhex("300906052b0e03021a0500"), bytes.fromhex("300d06096086480165030402010500")
_UNKNOWN_HASH = _SHA1.replace(b"\x1a", b"\x1b")
_NONCE = bytes.fromhex("301706092b060105050730010204 0a 0408 0102030405060708")


def _questions(hashed: bytes, name: bytes, serial: bytes, *, times: int = 1, extensions: bytes = b"") -> bytes:
    """One or several questions about a certificate of the authority, put together by hand."""
    key = x509.SubjectKeyIdentifier.from_public_key(_AUTHORITY.certificate.public_key()).digest
    about = hashed + element(0x04, name) + element(0x04, key) + element(0x02, serial)
    listed = element(0x30, element(0x30, element(0x30, about)) * times)
    more = element(0xA2, element(0x30, extensions)) if extensions else b""
    return element(0x30, element(0x30, listed + more))


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        (_questions(_SHA1, bytes(20), b"\5", extensions=_NONCE), True),
        (_questions(_SHA1, bytes(20), b"\5", extensions=_NONCE * 2), False),
        (_questions(_SHA1, bytes(20), b"\5", times=2), False),
        (_questions(_SHA1, bytes(20), b"\5", times=0), False),
        (_questions(_SHA1, bytes(20), b"\x80"), False),
        (_questions(_SHA1, bytes(3), b"\5"), False),
        (_questions(_SHA256, bytes(32), b"\5"), False),
        (_questions(_UNKNOWN_HASH, bytes(20), b"\5"), False),
    ],
)
def test_questions_that_are_odd(question: bytes, answered: bool) -> None:  # noqa: FBT001 - a parameter
    """Whatever is in them, there is an answer: those that the library can't answer are refused by status, too."""
    said = ocsp.load_der_ocsp_response(_AUTHORITY.publications.answer("POST", "/", question).body)
    assert (said.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL) is answered
    assert answered or said.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400 "),
        (b"DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 405 "),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n" + b"x" * 99_999, b"HTTP/1.1 413 "),
        (b"", b""),
    ],
)
def test_requests_that_are_refused(zoo: Zoo, request_: bytes, answer: bytes) -> None:
    """With a status; who asks nothing hears nothing."""
    with plainly(zoo) as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        said = everything(connection)
    assert said[: len(answer)] == answer
    assert bool(said) is bool(answer)


def test_books_without_a_zoo() -> None:
    """An authority on its own keeps books that nobody can look into."""
    books = Publications("http://127.0.0.1:9")
    root = Authority.root("A Root", at=AT, publications=books)
    below = root.authority("Below")
    assert stem(root.certificate) == "a-root"
    root.revoke(below.certificate, at=AT - timedelta(days=1))
    found = x509.load_der_x509_crl(books.answer("GET", "/a-root.crl", b"").body)
    assert found.get_revoked_certificate_by_serial_number(below.certificate.serial_number) is not None
    said = books.answer("POST", "/", request_for(below.certificate, root.certificate)).body
    assert ocsp.load_der_ocsp_response(said).certificate_status is ocsp.OCSPCertStatus.REVOKED
