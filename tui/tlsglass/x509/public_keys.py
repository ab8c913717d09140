"""Public keys: kind, size and curve. RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 5480, RFC 8410."""

from tlsglass.x509.algorithms import parameter_parts, read_identifier, read_pss_parameters
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.model import Problem, PublicKey
from tlsglass.x509.oids.algorithms import CURVES, DSA, EC, FIXED_SIZES, PUBLIC_KEYS, RSA, RSASSA_PSS
from tlsglass.x509.parts import Part
from tlsglass.x509.pem import to_pem
from tlsglass.x509.values import Contents, bits, colon_hex, integer, object_identifier

NO_PUBLIC_KEY = PublicKey(der=b"", oid="", algorithm="", bits=None, curve=None)
"""What stands where a public key should be and can't be read."""

_LARGEST_DECIMAL = 128


def read_public_key(element: Element, problems: list[Problem]) -> PublicKey:
    """A SubjectPublicKeyInfo.

    Args:
        element: the SEQUENCE of algorithm and key.
        problems: what is wrong with it is added here.
    """
    oid, size, curve = "", None, None
    try:
        contents = Contents(element)
        oid, parameters = read_identifier(contents.take("SEQUENCE"))
        key = contents.take("BIT STRING")
        contents.finish()
        size = FIXED_SIZES.get(oid)
        if oid in {RSA, RSASSA_PSS}:
            size = _rsa_numbers(key, problems)[0][0].bit_length()
        elif PUBLIC_KEYS.get(oid) == "EC":
            curve, size = _curve(parameters, element.start)
        elif oid == DSA and parameters is not None:
            size = integer(Contents(parameters).take("INTEGER"), problems).bit_length()
        bits(key)
    except DecodeError as error:
        problems.append(error.problem)
    return PublicKey(der=element.encoded, oid=oid, algorithm=PUBLIC_KEYS.get(oid, oid), bits=size, curve=curve)


def rsa_numbers(key: PublicKey) -> tuple[int, int] | None:
    """The modulus and the exponent of an RSA key; None where it is none or can't be read. RFC 8017 §3.1.

    Args:
        key: a key as read from a certificate.
    """
    reading = read(key.der)
    if reading.problems or len(reading.elements) != 1:
        return None
    try:
        contents = Contents(reading.elements[0])
        if read_identifier(contents.take("SEQUENCE"))[0] not in {RSA, RSASSA_PSS}:
            return None
        (modulus, _), (exponent, _) = _rsa_numbers(contents.take("BIT STRING"), [])
    except DecodeError:
        return None
    return modulus, exponent


def public_key_parts(element: Element, key: PublicKey) -> tuple[Part, ...]:
    """What a SubjectPublicKeyInfo consists of.

    Args:
        element: the SEQUENCE of algorithm and key.
        key: the same, as read by `read_public_key`.
    """
    parts = [
        Part(
            label="Algorithm",
            value=key.algorithm,
            key="algorithm",
            span=element.children[0].span if element.children else None,
            summary=f"{key.algorithm} ({key.oid})" if key.algorithm != key.oid else "",
            meaning="The kind of key.",
        )
    ]
    if key.bits is not None:
        parts.append(
            Part(
                label="Size",
                value=str(key.bits),
                key="bits",
                summary=f"{key.bits} bits",
                meaning="The size of the key in bits, on which its strength depends.",
            )
        )
    if key.curve is not None:
        parts.append(
            Part(
                label="Curve",
                value=key.curve,
                key="curve",
                meaning="The elliptic curve that the key lies on.",
                reference="RFC 5480 §2.1.1.1",
            )
        )
    parts.extend(_key_parts(element, key))
    parts.append(
        Part(
            label="SPKI",
            value=to_pem(key.der, "PUBLIC KEY"),
            in_lines=True,
            key="spki",
            span=element.span,
            summary=f"{len(key.der):,} bytes",
            meaning="The whole public key with its algorithm, as a PEM block that other programs read.",
            reference="RFC 7468 §13",
        )
    )
    return tuple(parts)


def _key_parts(element: Element, key: PublicKey) -> tuple[Part, ...]:
    """The numbers or the octets of the key itself; none where they can't be read."""
    try:
        contents = Contents(element)
        _, parameters = read_identifier(contents.take())
        subject_key = contents.take("BIT STRING")
        if key.oid in {RSA, RSASSA_PSS}:
            pss = read_pss_parameters(parameters).parts if key.oid == RSASSA_PSS and parameters else ()
            return (*_rsa_parts(subject_key), *pss)
        octets, _ = bits(subject_key)
        of_algorithm = _parameter_parts(key, parameters)
    except DecodeError:
        return ()
    label, meaning = "Key", "The public key itself, as its algorithm has it."
    if key.oid == EC:
        label, meaning = "Point", "The point on the curve that is the public key; 04 first means uncompressed."
    part = Part(
        label=label,
        value=colon_hex(octets),
        key=label.lower(),
        span=subject_key.span,
        summary=f"{len(octets):,} bytes",
        meaning=meaning,
    )
    return (*of_algorithm, part)


def _parameter_parts(key: PublicKey, parameters: Element | None) -> tuple[Part, ...]:
    """The parameters of the key's algorithm, but those that only name a curve."""
    if key.oid == DSA and parameters is None:
        part = Part(
            label="Parameters",
            value="inherited from the issuer's key",
            key="parameters",
            meaning="The numbers p, q and g, without which neither the size of the key is known nor what it signed.",
            reference="RFC 3279 §2.3.2",
        )
        return (part,)
    if key.curve is not None:
        return ()
    return parameter_parts(parameters)


def _rsa_parts(key: Element) -> tuple[Part, ...]:
    (modulus, modulus_element), (exponent, exponent_element) = _rsa_numbers(key, [])
    exponent_text = str(exponent) if exponent.bit_length() <= _LARGEST_DECIMAL else f"{exponent:#x}"
    return (
        Part(
            label="Modulus",
            value=colon_hex(modulus.to_bytes((modulus.bit_length() + 7) // 8)),
            key="modulus",
            span=modulus_element.span,
            summary=f"{modulus.bit_length()} bits",
            meaning="The product of secret primes, as a rule two, which is the main part of an RSA key.",
            reference="RFC 8017 §3.1",
        ),
        Part(
            label="Exponent",
            value=exponent_text,
            key="exponent",
            span=exponent_element.span,
            meaning="The public exponent; nearly always 65537.",
            reference="RFC 8017 §3.1",
        ),
    )


def _rsa_numbers(key: Element, problems: list[Problem]) -> list[tuple[int, Element]]:
    """The modulus and the exponent; a negative one, which some encoders write by mistake, is read as positive."""
    bits(key)
    reading = read(key.source, key.start + key.header + 1, key.end)
    problems.extend(reading.problems)
    if not reading.elements:
        text = "The RSA key is empty."
        raise DecodeError(text, key.start)
    contents = Contents(reading.elements[0])
    numbers = []
    for element in (contents.take("INTEGER"), contents.take("INTEGER")):
        number = integer(element, problems)
        if number < 0:
            problems.append(Problem(text="A number of the RSA key is negative.", offset=element.start))
            number = int.from_bytes(element.content)
        numbers.append((number, element))
    return numbers


def _curve(parameters: Element | None, offset: int) -> tuple[str | None, int | None]:
    """The name of the curve and the size of its field. RFC 5480 §2.1.1, X9.62."""
    if parameters is None:
        text = "The key does not say which curve it lies on."
        raise DecodeError(text, offset)
    if parameters.tag == "OBJECT IDENTIFIER":
        oid = object_identifier(parameters)
        return CURVES.get(oid, (oid, None))
    contents = Contents(parameters)
    contents.take("INTEGER")
    field = Contents(contents.take("SEQUENCE"))
    field.take("OBJECT IDENTIFIER")
    size = field.take()
    return None, integer(size, []).bit_length() if size.tag == "INTEGER" else None
