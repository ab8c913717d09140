"""What an extension of a certificate holds, for the rules that need more of it than the certificate's facts."""

from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Certificate


def extension_value(certificate: Certificate, oid: str) -> Element | None:
    """What the first extension of a kind holds; None where there is none. RFC 5280 §4.2.

    Args:
        certificate: any certificate.
        oid: the kind, dotted.

    Raises:
        DecodeError: it does not hold exactly one element.
    """
    for extension in certificate.extensions:
        if extension.oid == oid:
            reading = read(extension.der)
            if len(reading.elements) != 1:
                text = f"The extension holds {len(reading.elements)} values in place of one."
                raise DecodeError(text, 0)
            return reading.elements[0]
    return None
