"""The parsers of certificates and of what they consist of."""

from collections.abc import Callable

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tlsglass.x509 import values
from tlsglass.x509.algorithms import parameter_parts, read_algorithm, read_identifier, read_pss_parameters
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.documents.bare_keys import parse_bare_key
from tlsglass.x509.documents.model import Document
from tlsglass.x509.documents.ocsp_responses import parse_ocsp_response
from tlsglass.x509.documents.requests import parse_request
from tlsglass.x509.documents.revocation_lists import entries, parse_revocation_list
from tlsglass.x509.documents.timestamp_lists import parse_timestamp_list
from tlsglass.x509.elements import DecodeError, Element, Reading
from tlsglass.x509.extensions.decode import DECODERS, Decoder
from tlsglass.x509.extensions.decoded import Decoded
from tlsglass.x509.extensions.raw import element_part, shown
from tlsglass.x509.extensions.transparency import exact_timestamps, timestamps_of
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.general_names import NamedElement, read_general_names
from tlsglass.x509.model import Certificate, Field, Name, Problem, PublicKey
from tlsglass.x509.names import name_parts, read_name
from tlsglass.x509.parts import Part
from tlsglass.x509.public_keys import public_key_parts, read_public_key
from tlsglass.x509.structure import Structure, locate
from tlsglass.x509.times import plain, rfc3339, time
from tlsglass.x509.walk import Header, children, header, opened

_DOCUMENTS = (
    ("revocation-list", parse_revocation_list, seeds.revocation_lists, "revocation_lists"),
    ("ocsp-response", parse_ocsp_response, seeds.ocsp_responses, "ocsp_responses"),
    ("request", parse_request, seeds.requests, "requests"),
    ("bare-key", parse_bare_key, seeds.public_keys, "bare_keys"),
    ("timestamp-list", parse_timestamp_list, seeds.timestamps, "timestamp_lists"),
)

_BESIDE = {"timestamp_lists": "x509.ct_logs", "bare_keys": "x509.public_keys"}
"""What some documents are read with; the others share `reading`."""


def _first(data: bytes) -> Element:
    """The first element of some bytes."""
    elements = read(data).elements
    if not elements:
        text = "There is no element."
        raise DecodeError(text, 0)
    return elements[0]


# ── Elements. ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _check_reading(data: bytes, reading: Reading) -> None:
    checks.tiles(reading.elements, 0, len(data))
    checks.problems(reading.problems, len(data))


def _walk(data: bytes) -> tuple[Header, list[Header], list[Problem]]:
    found: list[Problem] = []
    top = header(data, 0, len(data))
    inside = list(children(data, top, found))
    for child in inside[:20]:
        opened(data, child, found)
    return top, inside, found


def _check_walk(data: bytes, result: tuple[Header, list[Header], list[Problem]]) -> None:
    top, inside, found = result
    assert top.start <= top.content <= top.end <= top.after <= len(data)
    at = top.content
    for child in inside:
        assert at == child.start < child.content <= child.end <= child.after <= top.end
        at = child.after
    checks.problems(found, len(data), bounded=False)
    assert not inside or at == top.end or found


_VALUES: tuple[Callable[[Element, list[Problem]], object], ...] = (
    values.boolean,
    values.integer,
    values.string,
    time,
    shown,
    lambda element, _: values.small_integer(element),
    lambda element, _: values.object_identifier(element),
    lambda element, _: values.bits(element),
    lambda element, _: values.bit_numbers(element),
    lambda element, _: values.inner(element),
    lambda element, found: rfc3339(time(element, found)) + plain(time(element, found)),
)


def _each_value(data: bytes) -> list[object]:
    """One element, read as everything."""
    element = _first(data)
    found: list[Problem] = []
    given: list[object] = []
    for way in _VALUES:
        try:
            given.append(way(element, found))
        except DecodeError as error:
            found.append(error.problem)
    return [*given, *found]


def _check_values(data: bytes, given: list[object]) -> None:
    for one in given:
        if isinstance(one, str):
            one.encode()
            assert len(one) <= 100 + 4 * len(data)
        if isinstance(one, Problem):
            checks.problems([one], len(data))


# ── What certificates consist of. ─────────────────────────────────────────────────────────────────────────────────────


def _name(data: bytes) -> tuple[Name, tuple[Part, ...]]:
    element = _first(data)
    found: list[Problem] = []
    read_one = read_name(element, found)
    checks.problems(found, len(data), bounded=False)
    return read_one, name_parts(element)


def _check_name(data: bytes, result: tuple[Name, tuple[Part, ...]]) -> None:
    checks.name(result[0])
    checks.parts(result[1], len(data))


def _general_names(data: bytes) -> list[NamedElement]:
    return read_general_names(_first(data), [])


def _check_general_names(data: bytes, found: list[NamedElement]) -> None:
    for one in found:
        assert one.name.kind
        assert len(str(one.name).encode()) <= 100 + 64 * len(data)
    checks.parts([one.part for one in found], len(data))


def _public_key(data: bytes) -> tuple[PublicKey, tuple[Part, ...]]:
    element = _first(data)
    found: list[Problem] = []
    key = read_public_key(element, found)
    checks.problems(found, len(data), bounded=False)
    return key, public_key_parts(element, key)


def _check_public_key(data: bytes, result: tuple[PublicKey, tuple[Part, ...]]) -> None:
    checks.key(result[0])
    checks.parts(result[1], len(data))


def _algorithm(data: bytes) -> tuple[Part, ...]:
    element = _first(data)
    read_algorithm(element, []).name.encode()
    parameters = read_identifier(element)[1]
    try:
        pss = read_pss_parameters(parameters).parts
    except DecodeError:
        pss = ()
    return (*parameter_parts(parameters), *pss)


def _check_structure(data: bytes, found: Structure) -> None:
    checks.problems(found.problems, len(data), bounded=False)
    for extension in found.extensions:
        checks.span(extension.element.span, len(data))
        checks.problems(extension.problems, len(data))
        checks.problems(extension.value_problems, len(data), bounded=False)


def _certificate(data: bytes) -> tuple[Certificate, tuple[Field, ...]]:
    found = parse_certificate(data)
    return found, certificate_fields(found)


def _check_certificate(data: bytes, result: tuple[Certificate, tuple[Field, ...]]) -> None:
    found, lines = result
    assert found.der == data
    checks.problems(found.problems, len(data))
    checks.fields(lines, len(data))
    checks.extensions(found.extensions, len(data))
    checks.name(found.subject)
    checks.name(found.issuer)
    checks.key(found.public_key)
    found.label.encode()
    assert len(found.serial_hex) <= 2 * len(data) + 2
    assert all(moment is None or moment.tzinfo is not None for moment in (found.not_before, found.not_after))


def _decoder(decoder: Decoder) -> Callable[[bytes], tuple[Decoded, list[Problem]]]:
    def decode(data: bytes) -> tuple[Decoded, list[Problem]]:
        found: list[Problem] = []
        return decoder(_first(data), found), found

    return decode


def _check_decoded(data: bytes, result: tuple[Decoded, list[Problem]]) -> None:
    decoded, found = result
    checks.parts(decoded.parts, len(data))
    checks.problems(found, len(data), bounded=False)
    assert len(decoded.value.encode()) <= 1_000 + 64 * len(data)


# ── Documents. ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _check_document(data: bytes, found: Document) -> None:
    assert found.der == data
    found.label.encode()
    checks.problems(found.problems, len(data))
    checks.fields(found.fields, len(data))
    checks.extensions(getattr(found, "extensions", ()), len(data))


def _entries(data: bytes) -> list[object]:
    return [*entries(parse_revocation_list(data))]


def _timestamps(data: bytes) -> list[object]:
    lists: list[object] = []
    for way in (timestamps_of, exact_timestamps):
        try:
            lists.append(way(data))
        except DecodeError as error:
            lists.append(error.problem)
    return lists


def _decoders() -> dict[str, tuple[Decoder, tuple[str, ...]]]:
    """Each decoder once, with the extensions that it serves."""
    found: dict[str, tuple[Decoder, tuple[str, ...]]] = {}
    for oid, decoder in DECODERS.items():
        module = decoder.__module__.rpartition(".")[2]
        name = f"extension-{module}-{decoder.__name__}".replace("_", "-")
        found[name] = (decoder, (*found.get(name, (decoder, ()))[1], oid))
    return found


def _values_of(oids: tuple[str, ...]) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(value for oid in oids for value in seeds.extension_values().get(oid, ()))


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="elements", covers=("x509.der", "x509.elements"), read=read, seeds=seeds.certificates, check=_check_reading
    ),
    Parser(
        name="headers",
        covers=("x509.walk",),
        read=_walk,
        seeds=seeds.revocation_lists,
        refuses=(DecodeError,),
        check=_check_walk,
    ),
    Parser(
        name="values",
        covers=("x509.values", "x509.times", "x509.extensions.raw"),
        read=_each_value,
        seeds=seeds.single_elements,
        refuses=(DecodeError,),
        check=_check_values,
        inputs=300,
    ),
    Parser(
        name="raw-elements",
        covers=("x509.extensions.raw",),
        read=lambda data: element_part(_first(data)),
        seeds=lambda: tuple(value for group in seeds.extension_values().values() for value in group[:2]),
        refuses=(DecodeError,),
        check=lambda data, part: checks.parts([part], len(data)),
    ),
    Parser(
        name="name",
        covers=("x509.names", "x509.oids.attributes"),
        read=_name,
        seeds=seeds.names,
        refuses=(DecodeError,),
        check=_check_name,
    ),
    Parser(
        name="general-names",
        covers=("x509.general_names",),
        read=_general_names,
        seeds=_values_of(("2.5.29.17", "2.5.29.18")),
        refuses=(DecodeError,),
        check=_check_general_names,
    ),
    Parser(
        name="public-key",
        covers=("x509.public_keys",),
        read=_public_key,
        seeds=seeds.public_keys,
        refuses=(DecodeError,),
        check=_check_public_key,
    ),
    Parser(
        name="algorithm",
        covers=("x509.algorithms",),
        read=_algorithm,
        seeds=seeds.algorithms,
        refuses=(DecodeError,),
        check=lambda data, found: checks.parts(found, len(data)),
    ),
    Parser(name="structure", covers=("x509.structure",), read=locate, seeds=seeds.certificates, check=_check_structure),
    Parser(
        name="certificate",
        covers=("x509.certificate", "x509.fields", "x509.sections", "x509.extensions.decode", "x509.parts"),
        read=_certificate,
        seeds=seeds.certificates,
        check=_check_certificate,
        inputs=400,
    ),
    Parser(
        name="timestamps",
        covers=("x509.extensions.transparency",),
        read=_timestamps,
        seeds=lambda: (*seeds.extension_values()["1.3.6.1.4.1.11129.2.4.2"], *seeds.timestamps()),
        check=checks.nothing,
        form=Form.RECORDS,
    ),
    Parser(
        name="revocation-entries",
        covers=("x509.documents.revocation_lists",),
        read=_entries,
        seeds=seeds.revocation_lists,
        refuses=(DecodeError,),
        check=checks.nothing,
    ),
    *(
        Parser(
            name=name,
            covers=(f"x509.documents.{module}", _BESIDE.get(module, "x509.documents.reading")),
            read=parse,
            seeds=of,
            check=_check_document,
            form=Form.RECORDS if name == "timestamp-list" else Form.ELEMENTS,
            inputs=300,
        )
        for name, parse, of, module in _DOCUMENTS
    ),
)

OF_EXTENSIONS: tuple[Parser, ...] = tuple(
    Parser(
        name=name,
        covers=(decoder.__module__.removeprefix("tlsglass."),),
        read=_decoder(decoder),
        seeds=_values_of(oids),
        refuses=(DecodeError,),
        check=_check_decoded,
        inputs=120,
    )
    for name, (decoder, oids) in _decoders().items()
)
"""Each decoder of an extension by itself."""
