"""Public keys that stand alone. RFC 5280 §4.1.2.7, RFC 7468 §13."""

from tlsglass.x509.certificate import pin
from tlsglass.x509.der import read
from tlsglass.x509.documents.model import BareKey
from tlsglass.x509.documents.reading import fingerprint_part, pin_part
from tlsglass.x509.elements import in_order
from tlsglass.x509.fields import marked
from tlsglass.x509.model import Problem
from tlsglass.x509.parts import fields_of
from tlsglass.x509.public_keys import NO_PUBLIC_KEY, read_public_key
from tlsglass.x509.sections import key_section


def parse_bare_key(der: bytes) -> BareKey:
    """Read all that can be read of a SubjectPublicKeyInfo. Never raises.

    Args:
        der: any bytes.
    """
    whole = read(der)
    problems = list(whole.problems)
    element = whole.elements[0] if whole.elements else None
    key = read_public_key(element, problems) if element else NO_PUBLIC_KEY
    if len(whole.elements) > 1:
        at = whole.elements[1].start
        problems.append(Problem(text=f"{len(der) - at:,} bytes follow the end of the key.", offset=at))
    spki = pin(key.der) if key.der else ""
    sections = (
        key_section(key, element, "The public half of a key pair."),
        fingerprint_part(der, "key", pin_part(spki)),
    )
    ordered = in_order(problems)
    fields = fields_of(sections, "", meaning="", reference="RFC 5280 §4.1.2.7")
    return BareKey(der=der, public_key=key, spki_sha256=spki, problems=ordered, fields=marked(fields, ordered))
