"""Any file as what it holds. The kind of each thing in it is recognised by its content."""

import codecs
from collections.abc import Iterable, Iterator

from tlsglass.errors import Fault, InputError
from tlsglass.limits import DEFAULTS, MOST_NOTES, Limits
from tlsglass.x509.containers.model import FileContents, Item, Kind, item, private_key
from tlsglass.x509.containers.passwords import Ask, nobody
from tlsglass.x509.containers.pem_blocks import Block, base64_only, blocks
from tlsglass.x509.containers.pkcs7 import unpack_pkcs7
from tlsglass.x509.containers.pkcs12 import unpack_pkcs12
from tlsglass.x509.containers.private_keys import name_of_der, name_of_label
from tlsglass.x509.containers.recognise import Other, Shape, described, is_timestamp_list, shape_of
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.model import Problem
from tlsglass.x509.walk import header

_KINDS = (
    "What can be shown: certificates, requests, revocation lists, OCSP responses, public keys and timestamp lists, "
    "in PEM, DER, PKCS #7 or PKCS #12."
)
_KEY_HINT = "A private key is nobody's business: keep it secret, and choose the certificate's file."
_LABELS = {
    "CERTIFICATE": Kind.CERTIFICATE,
    "X509 CERTIFICATE": Kind.CERTIFICATE,
    "TRUSTED CERTIFICATE": Kind.CERTIFICATE,
    "CERTIFICATE REQUEST": Kind.REQUEST,
    "NEW CERTIFICATE REQUEST": Kind.REQUEST,
    "X509 CRL": Kind.REVOCATION_LIST,
    "OCSP RESPONSE": Kind.OCSP_RESPONSE,
    "PUBLIC KEY": Kind.PUBLIC_KEY,
}
"""What damaged bytes are taken for that can no longer be recognised."""

_QUIET_LABELS = frozenset({"DH PARAMETERS", "EC PARAMETERS", "DSA PARAMETERS", "X9.42 DH PARAMETERS"})
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_RSA_ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")
_BIT_STRING = 0x03
_SEQUENCE = 0x30
_LONG_FORM = 0x80


def unpack(data: bytes, ask: Ask = nobody, limits: Limits = DEFAULTS) -> FileContents:
    """Find out what a file holds.

    Nothing but keys and containers is opened: each item is bytes that are read when somebody looks at them.

    Args:
        data: the file.
        ask: gives the password of a PKCS #12 file that has one.
        limits: how large it may be, and how many things are taken out of it.

    Returns:
        At least one item that is no private key.

    Raises:
        InputError: with a sentence: there is nothing in it that can be shown, only private keys, it is too large, or
            no password opens it.
    """
    if len(data) > limits.file:
        raise InputError(
            Fault.TOO_LARGE,
            f"The file is larger than {limits.file:,} bytes, and no more is read.",
            f"Split it, or take out what you want to see. {limits.hint('file')}",
        )
    reader = _Reader(_plain(data), ask, limits)
    form, items = reader.read()
    if not any(found.kind is not Kind.PRIVATE_KEY for found in items):
        raise _nothing(items, reader)
    return FileContents(form=form, size=len(data), items=tuple(items), notes=tuple(reader.notes))


def _plain(data: bytes) -> bytes:
    """The file without a byte order mark, text of two bytes a character as one; DER begins with none of these."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace").encode("utf-8", "replace")
    return data


def _nothing(items: Iterable[Item], reader: "_Reader") -> InputError:
    keys = [found.name for found in items]
    if keys:
        more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
        return InputError(
            Fault.PRIVATE_KEY, f"The file holds a private key ({keys[0]}){more}, which is never shown.", _KEY_HINT
        )
    if reader.notes:
        return InputError(Fault.BAD_FILE, f"The file holds nothing that can be shown. {reader.notes[0]}", _KINDS)
    return InputError(
        Fault.BAD_FILE, f"The file holds nothing that can be shown, but {described(reader.data)}.", _KINDS
    )


class _Reader:
    """Takes one file apart."""

    def __init__(self, data: bytes, ask: Ask, limits: Limits) -> None:
        self.data = data
        self._limits = limits
        self._ask = ask
        self._form = ""
        self.notes: list[str] = []

    def read(self) -> tuple[str, list[Item]]:
        """How the file is kept, and what is in it."""
        items: list[Item] = []
        for found in self._items():
            if len(items) == self._limits.file_items:
                self._note(
                    f"There are more than {self._limits.file_items:,} things in the file; the rest is not read. "
                    f"{self._limits.hint('file_items')}"
                )
                break
            items.append(found)
        return self._form, items

    def _note(self, text: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(text)
        elif len(self.notes) == MOST_NOTES:
            self.notes.append("There is more that could not be read and is not listed.")

    def _items(self) -> Iterator[Item]:
        if self.data.lstrip().startswith(b"PuTTY-User-Key-File-"):
            yield private_key("", "PuTTY")
            return
        if shape_of(self.data) is None and b"-----BEGIN " in self.data:
            self._form = "PEM"
            for number, block in enumerate(blocks(self.data), start=1):
                yield from self._block(block, f"block {number}, line {block.line}")
            return
        self._form = "DER"
        if is_timestamp_list(self.data):
            self._form = "TLS"
            yield item(Kind.TIMESTAMP_LIST, self.data, "")
            return
        der = self.data
        if shape_of(der) is None and (decoded := base64_only(der)):
            self._form, der = "base64", decoded
            if is_timestamp_list(der):
                yield item(Kind.TIMESTAMP_LIST, der, "")
                return
        yield from self._series(der)

    def _block(self, block: Block, place: str) -> Iterator[Item]:
        if block.is_private_key:
            yield private_key(place, name_of_label(block.label))
            return
        if not block.ended:
            self._note(f"The {block.label} in {place} has no END line of its own.")
        if block.der is None:
            self._note(f"The {block.label} in {place} is garbled: what stands there is not base64.")
            return
        if block.label in _QUIET_LABELS:
            return
        shape = shape_of(block.der) or _LABELS.get(block.label)
        der = block.der
        if block.label == "TRUSTED CERTIFICATE":
            der = self._without_trust(der, place)
        yield from self._opened(der, shape, place)

    def _without_trust(self, der: bytes, place: str) -> bytes:
        """The certificate alone: what OpenSSL adds to it is no part of it."""
        try:
            end = header(der, 0, len(der)).after
        except DecodeError:
            return der
        if end < len(der):
            self._note(f"The trust settings that OpenSSL added to the certificate in {place} are left out.")
        return der[:end]

    def _series(self, der: bytes) -> Iterator[Item]:
        """DER, also several elements one after the other."""
        position, number = 0, 1
        # What is not known is described as a whole; from the second element on, each is known.
        while position < len(der) and (shape := shape_of(der, position)) is not None:
            end = _end(der, position)
            # What follows belongs to the item, as a problem of it, unless it is an item itself.
            if end < len(der) and shape_of(der, end) is None:
                end = len(der)
            place = f"number {number}" if number > 1 or end < len(der) else ""
            yield from self._opened(der[position:end], shape, place)
            position, number = end, number + 1

    def _opened(self, der: bytes, shape: Shape | None, place: str) -> Iterator[Item]:
        """What an element holds."""
        where = f"{place}, " if place else ""
        problems: list[Problem] = []
        match shape:
            case None:
                self._note(f"What stands in {place} is not known: {described(der)}.")
            case Kind.PRIVATE_KEY:
                yield private_key(place, name_of_der(der))
            case Kind.TIMESTAMP_LIST:
                yield item(Kind.TIMESTAMP_LIST, der[header(der, 0, len(der)).content :], place)
            case Kind():
                yield item(shape, der, place)
            case Other.PKCS7:
                self._form = "PKCS #7" if not place else self._form
                yield from unpack_pkcs7(der, where, problems)
            case Other.PKCS12:
                self._form = "PKCS #12" if not place else self._form
                yield from unpack_pkcs12(der, where, problems, self._ask)
            case Other.RSA_PUBLIC_KEY:
                self._note(
                    f"{place or 'It'} is {shape.value}; it is shown as the SubjectPublicKeyInfo of the same key."
                )
                yield item(Kind.PUBLIC_KEY, _as_spki(der), place)
            case _:
                self._note(f"{place or 'It'} is {shape.value}, which is not shown here.")
        for problem in problems:
            at = f" at {problem.offset:#06x}" if problem.offset is not None else ""
            self._note(f"In {place or 'the file'}{at}: {problem.text}")


def _end(der: bytes, start: int) -> int:
    """Where the element that begins there ends; the end of the bytes where that can't be seen."""
    try:
        return header(der, start, len(der)).after
    except DecodeError:
        return len(der)


def _as_spki(key: bytes) -> bytes:
    """An RSAPublicKey of PKCS #1 as a SubjectPublicKeyInfo. RFC 8017 §A.1.1, RFC 3279 §2.3.1."""
    return _element(_SEQUENCE, _RSA_ALGORITHM + _element(_BIT_STRING, b"\0" + key))


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, _LONG_FORM | len(length)]) + length + content
