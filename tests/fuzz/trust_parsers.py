"""The parsers of what a judgement needs: places of a certificate, lists, responses, logs, anchors, and names."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.trust.authority import NOW, Authority
from tests.trust.revocation.responders import staple_of, steady
from tlsglass.errors import InputError
from tlsglass.limits import MOST_LOGS, MOST_POINTS
from tlsglass.trust.names.forms import base_of, is_within, names_of
from tlsglass.trust.programs.standing import standing_of
from tlsglass.trust.revocation.lists import Entry, ListError, find_entry, read_list
from tlsglass.trust.revocation.model import RevocationAnswer, Source
from tlsglass.trust.revocation.ocsp import judge_response
from tlsglass.trust.revocation.sources import DistributionPoint, Sources, read_points, sources
from tlsglass.trust.rules.identity import matches, matching_names
from tlsglass.trust.signatures.certificates import SignatureCheck, check_signature
from tlsglass.trust.signatures.keys import NotCheckable, is_signed
from tlsglass.trust.stores import Store, load_store
from tlsglass.trust.supposition.moment import parse_moment
from tlsglass.trust.transparency.log_list import read_log_list
from tlsglass.trust.transparency.model import LogList
from tlsglass.trust.transparency.signed import without_timestamps
from tlsglass.x509 import encoding
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.general_names import read_general_names
from tlsglass.x509.names import NO_NAME
from tlsglass.x509.public_keys import rsa_numbers

_PLACES = (
    encoding.signed_part,
    encoding.signature_parameters,
    encoding.subject_of,
    encoding.key_bits,
    encoding.matching_key,
    encoding.relative_names,
)
_SCHEMES = ("RSA", "RSA-PSS", "ECDSA", "DSA", "own")


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="tlsglass-fuzz-")


def as_file(data: bytes, name: str) -> Path:
    """The bytes as a file; the next of that name takes its place."""
    path = Path(_folder().name) / name
    path.write_bytes(data)
    return path


def _places(data: bytes) -> list[bytes | str | tuple[bytes, ...]]:
    found: list[bytes | str | tuple[bytes, ...]] = []
    for way in _PLACES:
        try:
            found.append(way(data))
        except ValueError as error:
            found.append(str(error))
    assert encoding.has_unique_ids(data) in {True, False}
    return found


def _check_places(data: bytes, found: list[bytes | str | tuple[bytes, ...]]) -> None:
    for one in found:
        size = sum(map(len, one)) if isinstance(one, tuple) else len(one)
        # A character of Latin-1 becomes two of UTF-8, and each value gets its length before it.
        assert size <= 100 + 8 * len(data)


def _list(data: bytes) -> list[Entry | None]:
    """What a list says of some numbers, and of one that stands in it."""
    found = read_list(data)
    start, end = found.entries
    numbers = [1, 0x1234, -5]
    for element in read(found.der, start, min(end, start + 400)).elements[:1] if start < end else ():
        if element.children and element.children[0].tag == "INTEGER":
            numbers += [int.from_bytes(element.children[0].content, signed=True)]
    return [find_entry(found, number) for number in numbers]


def _check_points(_data: bytes, found: tuple[DistributionPoint, ...]) -> None:
    assert len(found) <= MOST_POINTS
    for point in found:
        "".join((*point.urls, *point.issuers)).encode()


def _check_sources(data: bytes, found: Sources) -> None:
    assert sum(map(len, found.urls)) <= 100 + 8 * len(data)


@cache
def _leaf_and_issuer() -> tuple[bytes, bytes, bytes]:
    """A certificate, who issued it, and a response about it."""
    root = Authority.root()
    leaf = root.issues("a.test")
    return leaf.der, root.der, steady(staple_of(leaf, root), root)


def _response(data: bytes) -> RevocationAnswer:
    leaf, issuer = map(parse_certificate, _leaf_and_issuer()[:2])
    return judge_response(data, certificate=leaf, issuer=issuer, at=NOW, source=Source.STAPLE, url=None)


def _check_response(_data: bytes, found: RevocationAnswer) -> None:
    if found.problem is not None:
        checks.sentence(found.problem)
    assert len((found.responder or "").encode()) <= 5_000


def _check_logs(data: bytes, found: LogList) -> None:
    assert 0 < len(found.logs) <= MOST_LOGS
    assert sum(len(log.name) + len(log.key) for log in found.logs.values()) <= 4 * len(data)


def _check_store(data: bytes, store: Store) -> None:
    assert store.size > 0
    assert len(store.anchors()) <= store.size
    store.named(data[:100])


def _any_anchor(data: bytes) -> tuple[object, ...]:
    store = Store.from_der("any", (data, data[: len(data) // 2], b""))
    certificate = parse_certificate(data)
    return store.issuers_of(certificate), store.anchors(), store.contains(certificate), standing_of(certificate)


def _signature(data: bytes) -> list[SignatureCheck]:
    certificate = parse_certificate(data)
    issuer = parse_certificate(_leaf_and_issuer()[1])
    return [check_signature(certificate, certificate), check_signature(certificate, issuer)]


def _key(data: bytes) -> list[bool | str]:
    """A key that is none does not verify anything, or can't be used."""
    found: list[bool | str] = []
    for scheme in _SCHEMES:
        try:
            found.append(
                is_signed(
                    data, scheme=scheme, hash_name="" if scheme == "own" else "SHA256", signature=data[:64], signed=b"x"
                )
            )
        except NotCheckable as error:
            found.append(str(error))
    return found


def _check_key(_data: bytes, found: list[bool | str]) -> None:
    assert True not in found
    assert all(len(one) <= 1_000 for one in found if isinstance(one, str))


def _compared(data: bytes) -> list[bool | None]:
    """The names of a certificate, held against the same as constraints."""
    certificate = parse_certificate(data)
    names = names_of(certificate)[:12]
    numbers = rsa_numbers(certificate.public_key)
    assert numbers is None or max(numbers).bit_length() <= 8 * len(data)
    block = next((each.der for each in certificate.extensions if each.oid == "2.5.29.17"), b"")
    found = [base_of(one) for element in read(block).elements[:1] for one in read_general_names(element, [])[:12]]
    list(matching_names(certificate, "a.example", is_address=False))
    list(matching_names(certificate, "192.0.2.1", is_address=True))
    same = [(name, base) for name in names for base in found if name.form == base.form]
    return [is_within(name, base, excluding=excluding) for name, base in same for excluding in (False, True)]


def _check_without_timestamps(data: bytes, found: bytes) -> None:
    checks.tiles(read(found).elements, 0, len(found))
    # Lengths that were written shorter or longer than they need be are written anew.
    assert len(found) <= len(data) + 16


def _matches(data: bytes) -> bool:
    pattern, _, hostname = data.decode("utf-8", "surrogateescape").partition(" ")
    return matches(pattern, hostname)


def _check_moment(_data: bytes, found: Any) -> None:  # noqa: ANN401 - of any parser
    assert found.utcoffset().total_seconds() == 0
    assert found.microsecond == 0


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="places",
        covers=("x509.encoding",),
        read=_places,
        seeds=lambda: (*seeds.certificates(), *seeds.names(), *seeds.public_keys()),
        check=_check_places,
    ),
    Parser(
        name="revocation-list-read",
        covers=("trust.revocation.lists",),
        read=_list,
        seeds=seeds.revocation_lists,
        refuses=(ListError,),
        check=checks.nothing,
        inputs=400,
    ),
    Parser(
        name="distribution-points",
        covers=("trust.revocation.sources",),
        read=lambda data: read_points(data, NO_NAME),
        seeds=lambda: (*seeds.extension_values()["2.5.29.31"], *seeds.extension_values()["2.5.29.46"]),
        check=_check_points,
    ),
    Parser(
        name="revocation-sources",
        covers=("trust.revocation.sources",),
        read=lambda data: sources(parse_certificate(data)),
        seeds=seeds.certificates,
        check=_check_sources,
        inputs=150,
    ),
    Parser(
        name="ocsp-response-judged",
        covers=("trust.revocation.ocsp",),
        read=_response,
        seeds=lambda: (*seeds.ocsp_responses(), *[_leaf_and_issuer()[2]] * 8),
        check=_check_response,
        inputs=400,
    ),
    Parser(
        name="log-list",
        covers=("trust.transparency.log_list",),
        read=lambda data: read_log_list(as_file(data, "logs.json")),
        seeds=lambda: (seeds.log_list(),),
        refuses=(InputError,),
        check=_check_logs,
        form=Form.LINES,
        inputs=400,
    ),
    Parser(
        name="without-timestamps",
        covers=("trust.transparency.signed",),
        read=without_timestamps,
        seeds=seeds.certificates,
        refuses=(ValueError,),
        check=_check_without_timestamps,
        inputs=200,
    ),
    Parser(
        name="ca-file",
        covers=("trust.stores.loading", "trust.stores.store", "trust.stores.anchors", "x509.pem"),
        read=lambda data: load_store("none", as_file(data, "ca.pem")),
        seeds=seeds.pem_files,
        refuses=(InputError,),
        check=_check_store,
        form=Form.LINES,
        inputs=200,
    ),
    Parser(
        name="anchor",
        covers=("trust.stores.store", "trust.programs.standing", "trust.programs.data"),
        read=_any_anchor,
        seeds=seeds.certificates,
        check=checks.nothing,
        inputs=150,
        calls=(500_000, 200),  # what the root programs hold is read when it is first asked for
    ),
    Parser(
        name="signature",
        covers=("trust.signatures.certificates",),
        read=_signature,
        seeds=seeds.certificates,
        check=checks.nothing,
        inputs=200,
    ),
    Parser(
        name="verifying-key", covers=("trust.signatures.keys",), read=_key, seeds=seeds.public_keys, check=_check_key
    ),
    Parser(
        name="names-compared",
        covers=("trust.names.forms", "trust.rules.identity"),
        read=_compared,
        seeds=lambda: tuple(data for data in seeds.certificates() if b"\x55\x1d\x11" in data),
        refuses=(DecodeError,),
        check=checks.nothing,
        inputs=200,
    ),
    Parser(
        name="moment",
        covers=("trust.supposition.moment",),
        read=lambda data: parse_moment(data.decode("utf-8", "surrogateescape"), NOW),
        seeds=lambda: (
            b"2027-01-31",
            b"2027-01-31T12:00Z",
            b"+30d",
            b"-12h",
            b"+2w",
            b"now",
            b"2027-01-31T12:00+14:00",
        ),
        refuses=(ValueError,),
        check=_check_moment,
        form=Form.LINES,
    ),
    Parser(
        name="name-matches",
        covers=("trust.rules.identity",),
        read=_matches,
        seeds=lambda: (
            b"*.a.example b.a.example",
            b"xn--bcher-kva.example xn--bcher-kva.example",
            b"a.example a.example",
        ),
        check=checks.nothing,
        form=Form.LINES,
    ),
)
