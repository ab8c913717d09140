"""Every certificate of the package cryptography-vectors, in whatever file it lies."""

import binascii
import re
import warnings
from functools import cache

from cryptography import x509

from tests.x509.vectors import folder
from tlsglass.errors import InputError
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.containers.unpack import unpack

_PEM = re.compile(
    rb"^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)^-----END (?:X509 |TRUSTED )?CERTIFICATE-----",
    re.MULTILINE | re.DOTALL,
)
_SEQUENCE = b"\x30"
_NO_VECTORS = frozenset({".py", ".pyc", ".typed"})


@cache
def file_names() -> tuple[str, ...]:
    """All files of the package but its code, by their paths in it."""
    return tuple(
        sorted(
            str(path.relative_to(folder()))
            for path in folder().rglob("*")
            if path.is_file() and path.suffix not in _NO_VECTORS
        )
    )


@cache
def candidates() -> dict[str, frozenset[bytes]]:
    """What looks like a certificate to somebody else, by file: each PEM block of that label, and DER that loads."""
    found = {}
    for name in file_names():
        data = folder().joinpath(name).read_bytes()
        ders = {binascii.a2b_base64(match[1]) for match in _PEM.finditer(data)}
        if data.startswith(_SEQUENCE) and _loads(data):
            ders.add(data)
        if ders:
            found[name] = frozenset(ders)
    return found


def _loads(der: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it will refuse one day
            x509.load_der_x509_certificate(der)
    except ValueError:
        return False
    return True


@cache
def unpacked() -> dict[str, tuple[bytes, ...]]:
    """The certificates that we find in each file; those without any are left out."""
    found = {}
    for name in file_names():
        try:
            contents = unpack(folder().joinpath(name).read_bytes())
        except InputError:
            continue
        ders = tuple(item.der for item in contents.items if item.kind is Kind.CERTIFICATE)
        if ders:
            found[name] = ders
    return found


@cache
def by_name() -> dict[str, bytes]:
    """Each different certificate once, by its file and, in a file of several, which one it is."""
    found: dict[str, bytes] = {}
    seen: set[bytes] = set()
    for name, ders in unpacked().items():
        for number, der in enumerate(ders):
            if der not in seen:
                seen.add(der)
                found[f"{name}#{number}" if number else name] = der
    return found
