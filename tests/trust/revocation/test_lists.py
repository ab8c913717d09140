"""Lists of any size: their heads, and the one entry that is looked for."""

import re
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import DAY, NOW, Authority
from tests.trust.revocation.lists_of import list_by, point, read_by, scope_of
from tlsglass.trust.revocation import lists
from tlsglass.trust.revocation.lists import Entry, ListError, Scope, find_entry, read_list
from tlsglass.x509 import encoding

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
SERIAL = LEAF.certificate.serial_number


def test_the_head_says_what_the_list_says() -> None:
    """Issuer, times, numbers and where differences are."""
    found = read_by(
        ROOT, [LEAF], base=3, extensions=[(x509.FreshestCRL([point("http://d.test")]), False)], number=2**100
    )
    assert found.issuer.rfc4514 == "CN=Test Root CA"
    assert (found.this_update, found.next_update) == (NOW - DAY, NOW + DAY)
    assert (found.number, found.base, found.scope, found.unknown) == (2**100, 3, Scope(), ())
    assert [each.urls for each in found.freshest] == [("http://d.test",)]
    bare = read_by(ROOT, number=None)
    assert (bare.number, bare.base, bare.freshest) == (None, None, ())


def test_every_scope_is_read() -> None:
    """RFC 5280 §5.2.5."""
    reasons = frozenset({x509.ReasonFlags.key_compromise})
    full = [x509.UniformResourceIdentifier("http://c.test/1")]
    assert read_by(ROOT, scope=scope_of(only_users=True)).scope.only_users
    assert read_by(ROOT, scope=scope_of(only_authorities=True)).scope.only_authorities
    assert read_by(ROOT, scope=scope_of(only_attributes=True)).scope.only_attributes
    assert read_by(ROOT, scope=scope_of(indirect=True)).scope.indirect
    assert read_by(ROOT, scope=scope_of(reasons=reasons)).scope.reasons == frozenset({"keyCompromise"})
    named = read_by(ROOT, scope=scope_of(full_name=full)).scope
    assert named == Scope(names=named.names)
    assert len(named.names or ()) == 1


def test_critical_extensions_that_are_not_understood_are_noted() -> None:
    """Others don't matter."""
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    assert read_by(ROOT, extensions=[(odd, True)]).unknown == ("1.2.3.4",)
    assert read_by(ROOT, extensions=[(odd, False)]).unknown == ()


@pytest.mark.parametrize("reason", [None, x509.ReasonFlags.key_compromise, x509.ReasonFlags.remove_from_crl])
def test_an_entry_says_since_when_and_why(reason: x509.ReasonFlags | None) -> None:
    """The reason is optional."""
    found = read_list(list_by(ROOT, {SERIAL - 1: None, SERIAL: reason, SERIAL + 1: None}))
    assert find_entry(found, SERIAL) == Entry(
        revoked_at=NOW - 2 * DAY, reason=reason.value if reason else None, unknown=()
    )
    assert find_entry(found, SERIAL + 2) is None


def test_extensions_of_entries_that_are_not_understood_are_noted() -> None:
    """Where they are critical; the date of invalidity is understood."""
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    invalid = x509.InvalidityDate(NOW - 3 * DAY)
    found = read_by(ROOT, [LEAF], entry_extensions=[(odd, True), (invalid, False)])
    entry = find_entry(found, SERIAL)
    assert entry is not None
    assert entry.unknown == ("1.2.3.4",)


def test_a_number_inside_an_entry_is_no_entry() -> None:
    """The bytes of the serial number may stand elsewhere, in another entry's extension."""
    wanted = b"\x02\x02\x12\x34"
    inside = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x04\x04" + wanted)
    found = read_list(list_by(ROOT, {7: None}, entry_extensions=[(inside, False)]))
    assert wanted in found.der
    assert find_entry(found, 0x1234) is None
    long = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x04\x81\xc8" + wanted * 50)
    found = read_list(list_by(ROOT, {7: None, 0x1234: None}, entry_extensions=[(long, False)]))
    assert find_entry(found, 0x1234) is not None


def _with_entries(content: bytes) -> bytes:
    """A list with these bytes in the place of its entries; its signature is another's."""
    empty = list_by(ROOT, {7: None})
    whole = read_list(empty)
    start, end = whole.entries
    signed = encoding.signed_part(empty)
    offset = len(empty) - len(empty[empty.index(signed) :])
    head = signed[4 if signed[1] == 0x82 else 3 if signed[1] == 0x81 else 2 : start - offset - 2]
    tail = signed[end - offset :]
    rest = empty[offset + len(signed) :]
    return encoding.joined(0x30, encoding.joined(0x30, head, encoding.joined(0x30, content), tail), rest)


@pytest.mark.parametrize(
    "content",
    [
        b"\x05\x00\x02\x01\x09",
        b"\x30\x03\x02\x01\x09",
        b"\x30\x09\x02\x01\x09\x17",
        b"\x30\x80\x02\x01\x09",
        b"\x30\x84\xff\xff\xff\xff\x02\x01\x09",
        b"\x30",
    ],
)
def test_entries_that_cannot_be_read_are_not_taken_for_an_answer(content: bytes) -> None:
    """Where the number stands somewhere in them; else it is not in them, however they are read."""
    found = read_list(_with_entries(content))
    if b"\x02\x01\x09" in content:
        with pytest.raises(ListError, match="entries can't be read"):
            find_entry(found, 9)
    assert find_entry(found, 8) is None


def test_entries_are_passed_over_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs a list of nothing can't keep us busy."""
    found = read_list(_with_entries(b"\x30\x00" * 10 + b"\x30\x03\x02\x01\x09"))
    monkeypatch.setattr(lists, "MOST_ENTRIES", 10)
    with pytest.raises(ListError, match="more than 10 entries"):
        find_entry(found, 9)


def test_a_serial_number_without_end_is_refused() -> None:
    """No list has it, since its length would take more octets."""
    with pytest.raises(ListError, match="too long"):
        find_entry(read_by(ROOT), 2**2000)


def test_a_long_list_takes_no_time() -> None:
    """A million entries, forty megabytes; the bound is far above what it takes."""
    entry = b"\x30\x24\x02\x11%b\x17\x0d260101000000Z\x30\x00"
    content = b"".join(entry % (b"\x01" + number.to_bytes(16)) for number in range(1_000_000))
    found = read_list(_with_entries(content))
    began = time.process_time()
    last = find_entry(found, int.from_bytes(b"\x01" + (999_999).to_bytes(16)))
    assert last is not None
    assert find_entry(found, SERIAL) is None
    assert time.process_time() - began < 5


def test_pem_is_taken_as_well() -> None:
    """Some publish it, though RFC 5280 §4.2.1.13 asks for DER."""
    der = list_by(ROOT, [LEAF])
    pem = x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)
    assert read_list(b"A list:\n" + pem).der == der
    with pytest.raises(ListError, match="garbled PEM"):
        read_list(pem.replace(b"\n", b"A\n", 2)[:-40].replace(b"=", b"") + b"A")


@pytest.mark.parametrize("data", [b"", b"<html>", b"0", b"0\x80", b"0\x03\x02\x01\x00", ROOT.der])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    """With the end of a sentence."""
    with pytest.raises(ListError, match="no revocation list that can be read"):
        read_list(data)


def test_an_extension_that_cannot_be_read_is_not_passed_over() -> None:
    """A scope that is garbled might be anything."""
    garbled = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.28"), b"\xff")
    with pytest.raises(ListError, match=re.escape("The extension 2.5.29.28 can't be read")):
        read_by(ROOT, extensions=[(garbled, True)])


_WHOLE = list_by(ROOT, [LEAF], base=1, scope=scope_of(only_users=True))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.data())
def test_damaged_lists_are_refused_or_read(data: st.DataObject) -> None:
    """Never anything but a sentence or an answer."""
    whole = _WHOLE
    place = data.draw(st.integers(0, 1000)) % len(whole)
    damaged = whole[:place] + data.draw(st.binary(max_size=3)) + whole[place + data.draw(st.integers(0, 3)) :]
    said = ""
    try:
        find_entry(read_list(damaged), SERIAL)
    except ListError as error:
        said = str(error)
    assert not said.endswith(".")


def test_openssl_agrees_on_a_list(tmp_path: Path) -> None:
    """Numbers, times and entries as another reads them."""
    der = list_by(ROOT, {SERIAL: x509.ReasonFlags.superseded}, number=77, next_update=NOW + timedelta(days=3))
    file = tmp_path / "list.crl"
    file.write_bytes(der)
    text = subprocess.run(
        ["openssl", "crl", "-inform", "DER", "-in", str(file), "-noout", "-text"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    found = read_list(der)
    entry = find_entry(found, SERIAL)
    assert entry is not None
    assert f"Serial Number: {SERIAL:X}" in text
    assert f"{entry.revoked_at:%b %d %H:%M:%S %Y} GMT" in text
    assert f"X509v3 CRL Number: \n                {found.number}" in text
    assert found.next_update is not None
    assert f"Next Update: {found.next_update:%b %d %H:%M:%S %Y} GMT" in text
