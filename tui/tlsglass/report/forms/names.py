"""Distinguished names as OpenSSL writes them."""

from tlsglass.x509.model import Name

_VISIBLE = range(0x20, 0x7F)


def one_line(name: Name) -> str:
    r"""A name as `openssl x509 -nameopt compat` has it: '/C=GB/O=Example/CN=a.example'.

    Args:
        name: the name; relative names of several attributes are joined by plus signs.

    Returns:
        The name in the order of encoding; what is not ASCII is written as the bytes of its UTF-8 (`\xC3\xBC`).
    """
    return "".join(f"/{'+'.join(f'{a.name}={_escaped(a.value)}' for a in rdn)}" for rdn in name.rdns)


def comma_separated(name: Name) -> str:
    """A name in the order of encoding, with commas between: 'C=GB, O=Example, CN=a.example'."""
    return ", ".join(" + ".join(f"{a.name}={a.value}" for a in rdn) for rdn in name.rdns)


def _escaped(value: str) -> str:
    return "".join(chr(byte) if byte in _VISIBLE else f"\\x{byte:02X}" for byte in value.encode(errors="surrogatepass"))
