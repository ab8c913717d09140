"""Signature algorithms with their parameters. RFC 5280 §4.1.1.2, RFC 4055 §3.1."""

from tlsglass.frozen import dataclass
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions.raw import element_part
from tlsglass.x509.model import Algorithm, Problem
from tlsglass.x509.oids.algorithms import HASHES, MGF1, RSASSA_PSS, SIGNATURES, WITHOUT_PARAMETERS
from tlsglass.x509.parts import Part
from tlsglass.x509.values import Contents, inner, object_identifier, small_integer

NO_ALGORITHM = Algorithm(oid="", name="", hash=None)
"""What stands where an algorithm should be and can't be read."""

_PSS_REFERENCE = "RFC 4055 §3.1"
_DEFAULT_SALT_LENGTH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PssParameters:
    """RSASSA-PSS-params. RFC 4055 §3.1."""

    hash: str
    mask_generation: str
    mask_hash: str | None
    """None where the mask generation function is not MGF1."""

    salt_length: int
    """In bytes."""

    trailer: int
    """The number of the trailer field; 1 is the only one that is defined."""

    @property
    def without_salt(self) -> tuple[str, str, str | None, int]:
        """All that has to be the same for a key and what it signs. RFC 4055 §3.3."""
        return self.hash, self.mask_generation, self.mask_hash, self.trailer

    @property
    def parts(self) -> tuple[Part, ...]:
        """One part for each parameter."""
        generation = f"{self.mask_generation} with {self.mask_hash}" if self.mask_hash else self.mask_generation
        return (
            Part(
                label="Hash",
                value=self.hash,
                key="hash",
                meaning="The hash function that the signature is made over.",
                reference=_PSS_REFERENCE,
            ),
            Part(
                label="Mask generation",
                value=generation,
                key="mask_generation",
                meaning="The function that stretches the hash to the size of the key.",
                reference=_PSS_REFERENCE,
            ),
            Part(
                label="Salt length",
                value=str(self.salt_length),
                key="salt_length",
                summary=f"{self.salt_length} bytes",
                meaning="How many random bytes go into each signature; of a key, the least.",
                reference=_PSS_REFERENCE,
            ),
        )


def read_algorithm(element: Element, problems: list[Problem]) -> Algorithm:
    """The AlgorithmIdentifier of a signature.

    Args:
        element: the SEQUENCE of OID and parameters.
        problems: what is wrong with it is added here.
    """
    try:
        oid, parameters = read_identifier(element)
    except DecodeError as error:
        problems.append(error.problem)
        return NO_ALGORITHM
    name, hash_name = SIGNATURES.get(oid, (oid, None))
    if parameters is not None and oid in WITHOUT_PARAMETERS:
        text = f"{name} has parameters ({parameters.tag}), which have to be left out."
        problems.append(Problem(text=text, offset=parameters.start))
    if oid == RSASSA_PSS:
        try:
            hash_name = read_pss_parameters(parameters).hash
        except DecodeError as error:
            problems.append(error.problem)
    return Algorithm(oid=oid, name=name, hash=hash_name)


def parameter_parts(parameters: Element | None) -> tuple[Part, ...]:
    """The parameters of an algorithm as the elements that they are; none where they are absent or NULL."""
    if parameters is None or parameters.tag == "NULL":
        return ()
    meaning = "What the algorithm needs to know beyond its name."
    part = Part(
        label="Parameters",
        value=parameters.encoded.hex(),
        key="parameters",
        summary=f"{len(parameters.encoded):,} bytes",
        span=parameters.span,
        meaning=meaning,
        reference="RFC 5280 §4.1.1.2",
        children=(element_part(parameters),),
    )
    return (part,)


def read_identifier(element: Element) -> tuple[str, Element | None]:
    """The OID and the parameters of any AlgorithmIdentifier.

    Raises:
        DecodeError: it is not one.
    """
    contents = Contents(element)
    oid = object_identifier(contents.take("OBJECT IDENTIFIER"))
    parameters = contents.take() if contents.peek() else None
    contents.finish()
    return oid, parameters


def read_pss_parameters(element: Element | None) -> PssParameters:
    """The parameters of RSASSA-PSS; those left out have their defaults, which rest on SHA-1.

    Raises:
        DecodeError: they are not well-formed.
    """
    hash_name, mask_generation = "SHA1", "MGF1"
    mask: str | None = "SHA1"
    salt_length, trailer = _DEFAULT_SALT_LENGTH, 1
    if element is not None:
        contents = Contents(element)
        if found := contents.optional("[0]"):
            hash_name = _hash_name(inner(found))
        if found := contents.optional("[1]"):
            oid, parameters = read_identifier(inner(found))
            if oid == MGF1 and parameters is not None:
                mask = _hash_name(parameters)
            else:
                mask_generation, mask = oid, None
        if found := contents.optional("[2]"):
            salt_length = small_integer(inner(found))
        if found := contents.optional("[3]"):
            trailer = small_integer(inner(found))
        contents.finish()
    return PssParameters(
        hash=hash_name, mask_generation=mask_generation, mask_hash=mask, salt_length=salt_length, trailer=trailer
    )


def _hash_name(element: Element) -> str:
    oid, _ = read_identifier(element)
    return HASHES.get(oid, oid)
