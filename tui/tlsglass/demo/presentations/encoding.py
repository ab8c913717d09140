"""Certificates that are not written as they should be."""

from cryptography import x509

from tlsglass.demo.alterations import signed_anew
from tlsglass.demo.authority import Leaf
from tlsglass.demo.changes import having, lacking
from tlsglass.demo.presentations.model import Authorities, Presentation, filed, leaf, present

_KEY_USAGE = bytes.fromhex("0603551d0f")
_PLACEHOLDER = bytes.fromhex("0603551d7f")
"""2.5.29.127, which nobody has given away: it stands for the second key usage until the certificate is signed."""

_KEY_ENCIPHERMENT = bytes.fromhex("03020520")


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    second = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.127"), _KEY_ENCIPHERMENT)
    issued = leaf(by.intermediate, "twice", changes=[having(second, critical=True)])
    der = signed_anew(issued.certificate, by.intermediate.key, _PLACEHOLDER, _KEY_USAGE)
    twice = Leaf(certificate=x509.load_der_x509_certificate(der), key=issued.key)
    return {"twice": present(twice, by.intermediate)}


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    odd = leaf(by.intermediate, "thirteenth-month").certificate
    ends = f"{odd.not_valid_after_utc:%y%m%d%H%M%S}Z".encode()
    thirteenth = signed_anew(odd, by.intermediate.key, ends, ends[:2] + b"13" + ends[4:])
    issued = leaf(by.intermediate, "negative-serial").certificate
    serial = issued.serial_number.to_bytes(issued.serial_number.bit_length() // 8 + 1)
    negative = signed_anew(issued, by.intermediate.key, serial, b"\x80" + serial[1:])
    nameless = leaf(by.intermediate, "no-key-ids", changes=[lacking(x509.AuthorityKeyIdentifier)])
    return {
        "thirteenth-month": filed(thirteenth, by.intermediate),
        "negative-serial": filed(negative, by.intermediate),
        "no-key-ids": filed(nameless, by.intermediate),
    }
