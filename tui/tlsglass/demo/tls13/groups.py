"""Key exchange over the two groups that every client has. RFC 8446 §4.2.8.2, §7.4.2."""

from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tlsglass.demo.tls13.alerts import Alert, AlertError

_UNCOMPRESSED = 65
"""Bytes of a point of P-256 in the only form that is allowed."""


class Group(IntEnum):
    """The groups that are known here, the preferred one first. RFC 8446 §4.2.7."""

    X25519 = 0x001D
    SECP256R1 = 0x0017


def exchanged(group: Group, share: bytes) -> tuple[bytes, bytes]:
    """Make a key, and exchange it for the client's.

    Args:
        group: where both keys are from.
        share: the client's key.

    Returns:
        Our key, and the secret that both have now.

    Raises:
        AlertError: the client's is no key of the group (illegal_parameter).
    """
    try:
        return _over_x25519(share) if group is Group.X25519 else _over_p256(share)
    except ValueError as error:
        raise AlertError(Alert.ILLEGAL_PARAMETER) from error


def _over_x25519(share: bytes) -> tuple[bytes, bytes]:
    key = x25519.X25519PrivateKey.generate()
    secret = key.exchange(x25519.X25519PublicKey.from_public_bytes(share))
    return key.public_key().public_bytes_raw(), secret


def _over_p256(share: bytes) -> tuple[bytes, bytes]:
    if len(share) != _UNCOMPRESSED:
        raise AlertError(Alert.ILLEGAL_PARAMETER)
    key = ec.generate_private_key(ec.SECP256R1())
    secret = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), share))
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint), secret
