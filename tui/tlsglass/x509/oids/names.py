"""An object identifier of any kind by its name."""

from tlsglass.x509.oids.algorithms import CURVES, HASHES, PUBLIC_KEYS, SIGNATURES
from tlsglass.x509.oids.attributes import attribute_name
from tlsglass.x509.oids.extensions import EXTENSIONS
from tlsglass.x509.oids.policies import POLICIES, QC_TYPES, STATEMENTS
from tlsglass.x509.oids.purposes import EXTENDED_KEY_USAGES


def oid_name(oid: str) -> str:
    """What an object identifier is called, whatever it identifies.

    Args:
        oid: dotted.

    Returns:
        The name ('subjectAltName', 'ecdsa-with-SHA256'); empty where it is not known.
    """
    if oid in EXTENSIONS:
        return EXTENSIONS[oid].name
    for named in (SIGNATURES, CURVES, EXTENDED_KEY_USAGES, POLICIES):
        if oid in named:
            return str(named[oid][0])
    for plain in (PUBLIC_KEYS, HASHES, STATEMENTS, QC_TYPES):
        if oid in plain:
            return plain[oid]
    name = attribute_name(oid)
    return name if name != oid else ""
