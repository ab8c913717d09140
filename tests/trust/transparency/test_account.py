"""Timestamps from every source, and whether they are what they claim to be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import DAY, NOW, Authority, Issued, rsa_key
from tests.trust.cases import DONE, case
from tests.trust.handshakes import handshake, sent
from tests.trust.logs import (
    PublicLog,
    for_certificate,
    for_precertificate,
    log,
    log_list,
    logged,
    octets,
    serialized,
    with_list,
)
from tests.x509.vectors import folder
from tlsglass.limits import MOST_TIMESTAMPS
from tlsglass.tls.model import Handshake
from tlsglass.trust.stores import Store
from tlsglass.trust.transparency.account import account_of
from tlsglass.trust.transparency.model import LogList, Source, TimestampStatus, TransparencyReport
from tlsglass.trust.transparency.signed import without_timestamps
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.pem import certificates_in_pem

ROOT = Authority.root()
LEAF = ROOT.issues("a.test")
FIRST, SECOND = log(1, "One"), log(2, "Two")
RSA = replace(log(3, "Three"), key=rsa_key())
LOGS = log_list(FIRST, SECOND, RSA)


def _account(
    leaf: Issued, *, logs: LogList = LOGS, shaken: Handshake | None = DONE, store: Store | None = None
) -> TransparencyReport:
    store = store or ROOT.store()
    store.log_list = logs
    return account_of(case([leaf], store=store, shaken=shaken))


def _statuses(report: TransparencyReport) -> list[TimestampStatus]:
    return [each.status for each in report.timestamps]


def test_embedded_ones_are_verified_with_either_kind_of_key() -> None:
    """Over the certificate without them, and the hash of the issuer's key."""
    report = _account(logged(ROOT, LEAF, FIRST, RSA))
    assert _statuses(report) == [TimestampStatus.VALID] * 2
    assert [each.log.name for each in report.timestamps if each.log] == ["Log 1", "Log 3"]
    assert {each.source for each in report.timestamps} == {Source.CERTIFICATE}
    assert report.notes == ()
    assert str(report.log_list) == "test list, 2026-11-01"


def test_those_of_handshake_and_staple_are_about_the_certificate_as_it_is() -> None:
    """An x509_entry each. The staple's shape is all that counts for finding them."""
    stamps = serialized(FIRST.stamp(for_certificate(LEAF), extensions=b"\1\2"))
    extension = b"\x06\x0a\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x05" + octets(octets(stamps))
    inside = b"\x30\x82" + len(extension).to_bytes(2) + extension
    report = _account(LEAF, shaken=handshake(entries=[sent(LEAF, timestamps=stamps, staple=octets(inside))]))
    assert [each.source for each in report.timestamps] == [Source.HANDSHAKE, Source.STAPLE]
    assert _statuses(report) == [TimestampStatus.VALID] * 2


def test_one_of_another_certificate_is_invalid() -> None:
    """As one whose issuer has another key, and one from the future."""
    other = for_precertificate(ROOT.issues("b.test").certificate.tbs_certificate_bytes, ROOT)
    report = _account(with_list(ROOT, LEAF, octets(serialized(FIRST.stamp(other)))))
    assert _statuses(report) == [TimestampStatus.INVALID]
    future = _account(logged(ROOT, LEAF, FIRST, at=NOW + DAY))
    assert (future.timestamps[0].status, future.timestamps[0].reason) == (
        TimestampStatus.INVALID,
        "it is from the future",
    )
    early = case([logged(ROOT, LEAF, FIRST)], store=ROOT.store(), at=NOW - 20 * DAY)
    early.store.log_list = LOGS
    assert _statuses(account_of(early)) == [TimestampStatus.INVALID]
    assert _statuses(account_of(replace(early, seen_at=NOW))) == [TimestampStatus.VALID]


def test_what_can_not_be_checked_says_why() -> None:
    """A log that is not listed, a version and an algorithm that logs do not use, an issuer that is not known."""
    assert _statuses(_account(logged(ROOT, LEAF, log(9, "Nine")))) == [TimestampStatus.UNKNOWN_LOG]
    entry = for_certificate(LEAF)
    later = _account(LEAF, shaken=handshake(entries=[sent(LEAF, timestamps=serialized(FIRST.stamp(entry, version=1)))]))
    assert later.timestamps[0].reason == "it is of version 2 with ECDSA with SHA256, which no log of RFC 6962 uses"
    weak = serialized(FIRST.stamp(entry).replace(b"\0\0\4\3", b"\0\0\2\3"))
    assert (
        "ECDSA with SHA1"
        in _account(LEAF, shaken=handshake(entries=[sent(LEAF, timestamps=weak)])).timestamps[0].reason
    )
    orphan = _account(logged(ROOT, LEAF, FIRST), store=Store.from_der("empty", []))
    assert orphan.timestamps[0].reason == "the issuer's key, which is signed with it, is not known"
    odd = replace(FIRST.listed, key=b"no key")
    unusable = replace(LOGS, logs={FIRST.id: odd})
    assert _statuses(_account(logged(ROOT, LEAF, FIRST), logs=unusable)) == [TimestampStatus.NOT_CHECKED]


def test_lists_that_can_not_be_read_or_are_too_long_are_said() -> None:
    """The others are read all the same."""
    listed = with_list(ROOT, LEAF, b"\4\0")
    report = _account(listed, shaken=handshake(entries=[sent(listed, timestamps=b"\0\5")]))
    assert [note.split(" of the ")[1].split()[0] for note in report.notes] == ["certificate", "handshake"]
    wrong = _account(with_list(ROOT, LEAF, b"\4\3\0\5x"))
    assert len(wrong.notes) == 1
    assert _account(with_list(ROOT, LEAF, b"")).notes[0].endswith("The list of timestamps is empty.")
    assert "says that it has 9 bytes" in _account(with_list(ROOT, LEAF, b"\4\2\0\x09")).notes[0]
    stamp = FIRST.stamp(for_certificate(LEAF))
    stamps = serialized(*[stamp] * (MOST_TIMESTAMPS + 1))
    many = _account(LEAF, shaken=handshake(entries=[sent(LEAF, timestamps=stamps)]))
    assert len(many.timestamps) == MOST_TIMESTAMPS
    assert many.notes == ("Only the first 32 of 33 timestamps were checked.",)


def test_without_any_no_list_is_looked_into() -> None:
    """Nor without a handshake."""
    report = _account(LEAF, shaken=None)
    assert (report.timestamps, report.log_list) == ((), None)
    assert _account(LEAF, shaken=handshake(entries=[sent(LEAF, staple=b"\4\1\0")])).timestamps == ()


def test_a_real_certificate() -> None:
    """Of 2018 by Let's Encrypt: what its logs signed is what others take for it, and the listed keys verify it."""
    path = folder() / "x509"
    leaf = parse_certificate(certificates_in_pem((path / "cryptography-scts.pem").read_bytes())[0])
    issuer = parse_certificate(certificates_in_pem((path / "letsencryptx3.pem").read_bytes())[0])
    assert without_timestamps(leaf.der) == (path / "cryptography-scts-tbs-precert.der").read_bytes()
    assert leaf.issuer.der == issuer.subject.der
    assert leaf.not_before is not None
    made = case([leaf], store=Store.from_der("X3", [issuer.der]), at=leaf.not_before + 10 * DAY)
    report = account_of(made)
    assert _statuses(report) == [TimestampStatus.VALID] * len(report.timestamps)
    assert len(report.timestamps) >= 1
    assert report.log_list is not None
    assert report.log_list.name == "cryptodatahub"


def test_the_rest_of_a_certificate_stays_as_it_is() -> None:
    """As cryptography has it; where it is the only extension, none is left."""
    leaf = logged(ROOT, LEAF, FIRST)
    assert (
        without_timestamps(leaf.der)
        == leaf.certificate.tbs_precertificate_bytes
        == LEAF.certificate.tbs_certificate_bytes
    )
    bare = x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(x509.Name([])).serial_number(5)
    bare = bare.public_key(LEAF.certificate.public_key()).not_valid_before(NOW).not_valid_after(NOW + timedelta(1))
    plain = Issued(certificate=bare.sign(ROOT.key, LEAF.certificate.signature_hash_algorithm), key=LEAF.key)  # type: ignore[arg-type]  # SHA-256
    assert without_timestamps(with_list(ROOT, plain, octets(bytes(300))).der) == plain.certificate.tbs_certificate_bytes


@pytest.mark.parametrize("der", [b"", b"\x30\x00", b"\x30\x02\x30\x00", ROOT.issues("a.test").der[:40]])
def test_bytes_that_are_no_certificate(der: bytes) -> None:
    """They are said to be none."""
    with pytest.raises(ValueError, match="certificate"):
        without_timestamps(der)


@given(st.binary(max_size=200), st.binary(max_size=200))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_never_raises(shaken: bytes, staple: bytes) -> None:
    """Whatever comes."""
    report = _account(LEAF, shaken=handshake(entries=[sent(LEAF, timestamps=shaken, staple=staple)]))
    assert TimestampStatus.VALID not in _statuses(report)


@given(st.data())
@settings(derandomize=True, max_examples=100, deadline=None)
def test_a_changed_byte_is_never_valid(data: st.DataObject) -> None:
    """Of the list of a log that is known, in the handshake."""
    whole = bytearray(serialized(FIRST.stamp(for_certificate(LEAF))))
    place = 2 + data.draw(st.integers(0, 999)) % (len(whole) - 2)  # a signature's length varies
    whole[place] ^= data.draw(st.integers(1, 255))
    changed = sent(LEAF, timestamps=bytes(whole))
    assert TimestampStatus.VALID not in _statuses(_account(LEAF, shaken=handshake(entries=[changed])))


def test_logs_are_told_apart_by_their_keys() -> None:
    """One log can't sign for another."""
    entry = for_precertificate(LEAF.certificate.tbs_certificate_bytes, ROOT)
    forged = FIRST.stamp(entry).replace(FIRST.id, SECOND.id)
    assert isinstance(FIRST, PublicLog)
    report = _account(with_list(ROOT, LEAF, octets(serialized(forged))))
    assert _statuses(report) == [TimestampStatus.INVALID]
