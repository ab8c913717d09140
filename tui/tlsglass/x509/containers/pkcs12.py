"""PKCS #12 files: certificates behind a password, beside keys that are named and never shown. RFC 7292.

What is not encrypted is read by our own tolerant reader. For the rest cryptography opens the file; how much work that
may take is looked at before.
"""

import warnings
from collections.abc import Iterator, Sequence

from tlsglass.errors import Fault, InputError
from tlsglass.limits import DEEPEST_BAGS, LONGEST_PASSWORD, MOST_ATTEMPTS, MOST_ITERATIONS
from tlsglass.x509.containers.model import Item, Kind, item, private_key
from tlsglass.x509.containers.passwords import Ask
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem
from tlsglass.x509.values import Contents, inner, integer, object_identifier, string

_DATA = "1.2.840.113549.1.7.1"
_ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
_KEY_BAG = "1.2.840.113549.1.12.10.1.1"
_SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2"
_CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3"
_LIST_BAG = "1.2.840.113549.1.12.10.1.4"
_SAFE_CONTENTS_BAG = "1.2.840.113549.1.12.10.1.6"
_X509 = frozenset({"1.2.840.113549.1.9.22.1", "1.2.840.113549.1.9.23.1"})
_FRIENDLY_NAME = "1.2.840.113549.1.9.20"

_AS_GOOD_AS_ANY = 10**15
"""Rounds that nobody could make; larger numbers of rounds count as this one."""

_HINT = "Give it with --password-file, or where it is asked for."


class _Survey:
    """What can be seen of a file without its password."""

    def __init__(self, place: str, problems: list[Problem]) -> None:
        self._place = place
        self._problems = problems
        self.items: list[Item] = []
        self.encrypted = 0
        """How many of its safes are encrypted."""

        self.iterations = 0

    def read(self, der: bytes) -> None:
        """Look at a PFX. RFC 7292 §4."""
        reading = read(der)
        self._problems.extend(reading.problems)
        try:
            contents = Contents(reading.elements[0])
            contents.take("INTEGER")
            authenticated = contents.take("SEQUENCE")
            mac = contents.optional("SEQUENCE")
            if mac is not None and mac.children[2:]:
                self._add(mac.children[2])
            if mac is not None and mac.children:
                self._count(mac.children[0])
            safes = self._content(authenticated)
            for safe in Contents(safes).rest() if safes else ():
                self._safe(safe)
        except DecodeError as error:
            self._problems.append(error.problem)

    def _content(self, info: Element) -> Element | None:
        """What the data of a ContentInfo holds; None where it is encrypted or of another kind."""
        contents = Contents(info)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        held = contents.take("[0]")
        if oid == _ENCRYPTED_DATA:
            self.encrypted += 1
            self._count(held)
            return None
        if oid != _DATA:
            text = f"Its content is of the kind {oid}, which is not opened here."
            raise DecodeError(text, info.start)
        return _only(_octets(inner(held)))

    def _count(self, element: Element) -> None:
        """Add up all numbers of an algorithm or of what is encrypted: rounds, and a few small ones beside them."""
        if element.tag == "INTEGER":
            self._add(element)
        for child in element.children:
            self._count(child)

    def _add(self, number: Element) -> None:
        # Python writes out no number of any length, and beyond some size one is as good as another.
        self.iterations += min(abs(integer(number, [])), _AS_GOOD_AS_ANY)

    def _safe(self, safe: Element) -> None:
        try:
            bags = self._content(safe)
            for bag in Contents(bags).rest() if bags else ():
                self._bag(bag, 0)
        except DecodeError as error:
            self._problems.append(error.problem)

    def _bag(self, bag: Element, depth: int) -> None:
        try:
            contents = Contents(bag)
            kind = object_identifier(contents.take("OBJECT IDENTIFIER"))
            value = inner(contents.take("[0]"))
            name = _friendly_name(contents.optional("SET"))
            self._sort_in(kind, value, name, depth)
        except DecodeError as error:
            self._problems.append(error.problem)

    def _sort_in(self, kind: str, value: Element, name: str, depth: int) -> None:
        place = f"{self._place}bag {len(self.items) + 1}"
        if kind in {_CERTIFICATE_BAG, _LIST_BAG}:
            contents = Contents(value)
            form = object_identifier(contents.take("OBJECT IDENTIFIER"))
            if form not in _X509:
                self._pass_over(value, f"What is in a bag of the form {form} is not read here.")
            else:
                held = Kind.CERTIFICATE if kind == _CERTIFICATE_BAG else Kind.REVOCATION_LIST
                self.items.append(item(held, _octets(inner(contents.take("[0]"))), place, name))
        elif kind in {_KEY_BAG, _SHROUDED_KEY_BAG}:
            self._count(value)
            how = "encrypted" if kind == _SHROUDED_KEY_BAG else "unencrypted"
            self.items.append(private_key(place, f"{how}, '{name}'" if name else how))
        elif kind != _SAFE_CONTENTS_BAG:
            self._pass_over(value, f"A bag of the kind {kind} is not opened here.")
        elif depth < DEEPEST_BAGS:
            for inside in Contents(value).rest():
                self._bag(inside, depth + 1)
        else:
            self._pass_over(value, f"Bags lie in bags; those further in than {DEEPEST_BAGS} are not opened.")

    def _pass_over(self, value: Element, text: str) -> None:
        self._problems.append(Problem(text=text, offset=value.start))


def unpack_pkcs12(der: bytes, place: str, problems: list[Problem], ask: Ask) -> Sequence[Item]:
    """The certificates of a PKCS #12 file, and the names of its keys.

    Args:
        der: the PFX, as recognised.
        place: where in the file it stands.
        problems: what is wrong with its encoding is added here, with offsets in it.
        ask: gives the password, where neither none nor the empty one opens it.

    Raises:
        InputError: no password opens it, or opening it would take too long.
    """
    survey = _Survey(place, problems)
    survey.read(der)
    if not survey.encrypted:
        return survey.items
    if survey.iterations > MOST_ITERATIONS:
        raise InputError(
            Fault.TOO_LARGE,
            f"The PKCS #12 file wants {survey.iterations:,} rounds to make keys from its password; "
            f"up to {MOST_ITERATIONS:,} are made here.",
            "Have it written with fewer: openssl pkcs12 -export -iter 100000.",
        )
    for password in _passwords(ask):
        opened = _open(der, password, place)
        if opened is not None:
            lists = [found for found in survey.items if found.kind is Kind.REVOCATION_LIST]
            keys = [found for found in survey.items if found.kind is Kind.PRIVATE_KEY]
            known = {found.der for found in opened if found.kind is Kind.CERTIFICATE}
            plain = [f for f in survey.items if f.kind is Kind.CERTIFICATE and f.der not in known]
            named = keys or [found for found in opened if found.kind is Kind.PRIVATE_KEY]
            certificates = [found for found in opened if found.kind is Kind.CERTIFICATE]
            return [*certificates, *plain, *lists, *named]
    raise InputError(Fault.BAD_PASSWORD, "The password does not open the PKCS #12 file, or it is damaged.", _HINT)


def _passwords(ask: Ask) -> Iterator[bytes | None]:
    """None, the empty one, and those that are given."""
    yield None
    yield b""
    for attempt in range(MOST_ATTEMPTS):
        password = ask(attempt)
        if password is None:
            if attempt:
                return
            raise InputError(Fault.BAD_PASSWORD, "The PKCS #12 file needs a password.", _HINT)
        if len(password) > LONGEST_PASSWORD:
            text = f"The password has {len(password):,} characters; passwords have up to {LONGEST_PASSWORD:,} here."
            raise InputError(Fault.BAD_PASSWORD, text, _HINT)
        yield password.encode()


def _open(der: bytes, password: bytes | None, place: str) -> list[Item] | None:
    """What the file holds; None where the password does not open it."""
    # It takes long to load and few files need it.
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd certificates in it, which our own reading tells of
            found = load_pkcs12(der, password)
    except (ValueError, UnsupportedAlgorithm):
        return None
    held = [found.cert] if found.cert else []
    items = [
        item(
            Kind.CERTIFICATE,
            entry.certificate.public_bytes(Encoding.DER),
            f"{place}bag {number}",
            (entry.friendly_name or b"").decode("utf-8", "backslashreplace"),
        )
        for number, entry in enumerate([*held, *found.additional_certs], start=1)
    ]
    if found.key is not None:
        items.append(private_key(f"{place}key", "encrypted"))
    return items


def _octets(element: Element) -> bytes:
    """The value of an OCTET STRING, also of one in pieces. X.690 §8.7."""
    if element.tag != "OCTET STRING":
        text = f"OCTET STRING was expected here, not {element.tag}."
        raise DecodeError(text, element.start)
    return b"".join(_octets(child) for child in element.children) if element.constructed else element.content


def _only(data: bytes) -> Element:
    """The element that some bytes are."""
    reading = read(data)
    if not reading.elements:
        text = "An OCTET STRING that should hold something is empty."
        raise DecodeError(text, 0)
    return reading.elements[0]


def _friendly_name(attributes: Element | None) -> str:
    """The name that the file gives a bag; empty where it gives none. RFC 2985 §5.5.1."""
    for attribute in attributes.children if attributes else ():
        try:
            contents = Contents(attribute)
            if object_identifier(contents.take("OBJECT IDENTIFIER")) == _FRIENDLY_NAME:
                return string(Contents(contents.take("SET"), "SET").take(), [])
        except DecodeError:
            continue
    return ""
