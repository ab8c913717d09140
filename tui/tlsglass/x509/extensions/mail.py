"""What the mail program of the holder can do. RFC 4262, RFC 8551 §2.5.2."""

from tlsglass.x509.elements import Element
from tlsglass.x509.extensions.decoded import Decoded, listed
from tlsglass.x509.extensions.raw import element_part, shown
from tlsglass.x509.model import Problem
from tlsglass.x509.oids.algorithms import HASHES, PUBLIC_KEYS, SIGNATURES
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, object_identifier

_CIPHERS = {
    "1.2.840.113549.3.2": "RC2-CBC",
    "1.2.840.113549.3.4": "RC4",
    "1.2.840.113549.3.7": "DES-EDE3-CBC",
    "1.3.14.3.2.7": "DES-CBC",
    "2.16.840.1.101.3.4.1.2": "AES-128-CBC",
    "2.16.840.1.101.3.4.1.6": "AES-128-GCM",
    "2.16.840.1.101.3.4.1.22": "AES-192-CBC",
    "2.16.840.1.101.3.4.1.26": "AES-192-GCM",
    "2.16.840.1.101.3.4.1.42": "AES-256-CBC",
    "2.16.840.1.101.3.4.1.46": "AES-256-GCM",
    "2.16.840.1.101.3.4.1.5": "AES-128 key wrap",
    "2.16.840.1.101.3.4.1.25": "AES-192 key wrap",
    "2.16.840.1.101.3.4.1.45": "AES-256 key wrap",
}
_NAMES = {**PUBLIC_KEYS, **HASHES, **{oid: name for oid, (name, _) in SIGNATURES.items()}, **_CIPHERS}


def capabilities(element: Element, problems: list[Problem]) -> Decoded:
    """The algorithms, the most wanted first. RFC 8551 §2.5.2."""
    parts = []
    for child in Contents(element).rest():
        contents = Contents(child)
        oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
        parameters = contents.take() if contents.peek() else None
        contents.finish()
        name = _NAMES.get(oid, oid)
        simple = parameters is not None and not parameters.constructed and parameters.tag != "NULL"
        parts.append(
            Part(
                label="Capability",
                value=f"{name} ({shown(parameters, problems)})" if parameters and simple else name,
                span=child.span,
                meaning=f"An algorithm that the holder can read, {oid}.",
                children=(element_part(parameters),) if parameters and not simple else (),
            )
        )
    return listed(parts)
