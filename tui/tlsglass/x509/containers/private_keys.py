"""Private keys, named and nothing more: not a byte of one leaves this module. RFC 5958, RFC 8017 §A.1, RFC 5915."""

from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.oids.algorithms import PUBLIC_KEYS
from tlsglass.x509.values import Contents, object_identifier

_LABELS = {
    "PRIVATE KEY": "unencrypted, PKCS #8",
    "ENCRYPTED PRIVATE KEY": "encrypted, PKCS #8",
    "RSA PRIVATE KEY": "RSA, PKCS #1",
    "EC PRIVATE KEY": "EC, SEC 1",
    "DSA PRIVATE KEY": "DSA, as OpenSSL writes it",
    "OPENSSH PRIVATE KEY": "OpenSSH",
}
_NUMBERS = {9: "RSA, PKCS #1", 6: "DSA, as OpenSSL writes it"}
"""By how many numbers the key has."""


def name_of_label(label: str) -> str:
    """What the label of a PEM block says of the private key in it.

    Args:
        label: such as 'RSA PRIVATE KEY'; from outside.
    """
    return _LABELS.get(label, label.lower())


def name_of_der(der: bytes) -> str:
    """What can be said of a private key in DER.

    Args:
        der: what was recognised as one.
    """
    elements = read(der).elements
    parts = elements[0].children if elements else ()
    tags = [part.tag for part in parts]
    if tags[:1] == ["SEQUENCE"]:
        return _LABELS["ENCRYPTED PRIVATE KEY"]
    if tags[1:2] == ["OCTET STRING"]:
        return _LABELS["EC PRIVATE KEY"]
    if tags[1:2] == ["SEQUENCE"]:
        try:
            oid = object_identifier(Contents(parts[1]).take("OBJECT IDENTIFIER"))
        except DecodeError:
            return _LABELS["PRIVATE KEY"]
        return f"{PUBLIC_KEYS.get(oid, oid)}, {_LABELS['PRIVATE KEY']}"
    return _NUMBERS.get(len(parts), "unencrypted")
