"""Bytes that are nearly right: trees of arbitrary elements, and real certificates that were damaged."""

from functools import cache
from pathlib import Path

import certifi
from hypothesis import strategies as st

from tests.x509.certificate_vectors import by_name
from tests.x509.der_writer import SAN_OID, certificate, extension, seq, tlv
from tlsglass.x509.pem import certificates_in_pem


@cache
def _real() -> tuple[bytes, ...]:
    bundle = certificates_in_pem(Path(certifi.where()).read_bytes())
    return (
        *bundle[::20],
        *list(by_name().values())[::25],
        certificate(extension(SAN_OID, seq(tlv(0x82, b"a.example"), tlv(0x87, b"\x7f\0\0\1")))),
    )


nested = st.recursive(
    st.builds(tlv, st.integers(0, 0xFF), st.binary(max_size=12)),
    lambda inner: st.builds(
        lambda tag, parts: tlv(tag, *parts),
        st.sampled_from([0x30, 0x31, 0xA0, 0xA3, 0x24]),
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)
"""Well-formed trees of arbitrary elements."""


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real certificate with some bytes changed, taken out or put in."""
    der = bytearray(draw(st.sampled_from(_real())))
    for _ in range(draw(st.integers(1, 6))):
        position = draw(st.integers(0, len(der) - 1))
        match draw(st.sampled_from(["change", "remove", "insert", "cut"])):
            case "change":
                der[position] = draw(st.integers(0, 255))
            case "remove":
                del der[position : position + draw(st.integers(1, 8))]
            case "insert":
                der[position:position] = draw(st.binary(max_size=8))
            case _:
                del der[position + 1 :]
        if not der:
            break
    return bytes(der)
