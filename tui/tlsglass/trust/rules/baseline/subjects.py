"""What a server's certificate of the web may say of its holder, by how that was validated. CA/B BR §7.1.2.7, §7.1.4.1.

As version 2.1.7 of 25 August 2025 has it. Clients go by none of it. What extended validation asks for beside is laid
down in guidelines of its own, which are not looked at here; that common names are alternative names is left to `names`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from tlsglass.frozen import dataclass
from tlsglass.trust.case import Case, not_checked
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.profiles import VALIDATIONS, validations
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import listed, named, shortened
from tlsglass.x509.der import read
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.model import Attribute, Certificate, Problem
from tlsglass.x509.names import read_name
from tlsglass.x509.oids.attributes import attribute_label

_NAME = "subject"
_TYPES = "CA/Browser Forum BR §7.1.2.7.1"
_DATES = "CA/Browser Forum BR §1.2.2"
_ENCODING = "CA/Browser Forum BR §7.1.4.1"
_SINCE = datetime(2023, 9, 15, tzinfo=UTC)
"""From when on authorities have to keep to what is laid down of subjects."""

_NO_UNITS_SINCE = datetime(2022, 9, 1, tzinfo=UTC)

_COMMON_NAME, _SURNAME, _COUNTRY, _LOCALITY, _STATE = "2.5.4.3", "2.5.4.4", "2.5.4.6", "2.5.4.7", "2.5.4.8"
_STREET, _ORGANIZATION, _UNIT, _GIVEN_NAME = "2.5.4.9", "2.5.4.10", "2.5.4.11", "2.5.4.42"
_DOMAIN = "0.9.2342.19200300.100.1.25"
_MAY_BE_SEVERAL = frozenset({_STREET, _DOMAIN})
_COUNTRY_CODE = re.compile(r"[A-Za-z]{2}\Z")
_FILLING = "-. "
"""Characters of which alone a value says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What is laid down of subjects that were validated in one way."""

    reference: str
    required: tuple[str, ...] = ()
    place_required: bool = False
    """Whether a locality, or a state or province, has to be there."""

    forbidden: frozenset[str] = frozenset()
    permitted: frozenset[str] | None = None
    """The only attributes that may be there; None where others may be, too."""

    filling_forbidden: bool = True
    """Whether values that say nothing are spoken of."""

    beside: str = ""
    """What else is laid down, and is not looked at."""


_KINDS: Mapping[str, _Kind] = {
    "2.23.140.1.2.1": _Kind(
        reference="CA/Browser Forum BR §7.1.2.7.2",
        permitted=frozenset({_COUNTRY, _COMMON_NAME}),
        filling_forbidden=False,
    ),
    "2.23.140.1.2.3": _Kind(
        reference="CA/Browser Forum BR §7.1.2.7.3",
        required=(_COUNTRY, _SURNAME, _GIVEN_NAME),
        place_required=True,
    ),
    "2.23.140.1.2.2": _Kind(
        reference="CA/Browser Forum BR §7.1.2.7.4",
        required=(_COUNTRY, _ORGANIZATION),
        place_required=True,
        forbidden=frozenset({_SURNAME, _GIVEN_NAME}),
    ),
    "2.23.140.1.1": _Kind(
        reference="CA/Browser Forum BR §7.1.2.7.5",
        beside=", but for the forum's guidelines for extended validation, which were not looked at",
    ),
}
"""By the policy that says how the holder was validated. Organizational units are spoken of apart."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the subject of the leaf by the day on which it was issued."""
    leaf, begins = case.leaf, case.leaf.not_before
    attributes = _attributes(leaf)
    if attributes is None or begins is None:
        return  # `readability` says so
    try:
        oid = next(iter(validations(leaf)), None)
    except DecodeError:
        return  # `policies` says so
    units = _units(leaf, attributes) if begins >= _NO_UNITS_SINCE else []
    if begins < _SINCE or oid is None:
        yield from told(case, _NAME, units, "", _DATES) if units else (_left_out(leaf, begins),)
        return
    kind, words = _KINDS[oid], VALIDATIONS[oid]
    faults = [*units, *_by_kind(leaf, kind, words, attributes), *_repeated(leaf, attributes)]
    fine = f"It is {words}, and its subject keeps to what is laid down for that{kind.beside}."
    yield from told(case, _NAME, faults, fine, kind.reference)


def _attributes(leaf: Certificate) -> tuple[Attribute, ...] | None:
    """All attributes of the subject; None where some of it can't be read, so that nothing is known to be absent."""
    problems: list[Problem] = []
    elements = read(leaf.subject.der).elements
    if len(elements) != 1:
        return None
    name = read_name(elements[0], problems)
    return None if problems else tuple(attribute for rdn in name.rdns for attribute in rdn)


def _left_out(leaf: Certificate, begins: datetime) -> Check:
    why = f"it was issued before {_SINCE:%Y-%m-%d}, from when on it is laid down what a subject has to say."
    if begins >= _SINCE:
        why = f"{named(leaf)} does not say how its holder was validated, by which it would be judged."
    return not_checked(_NAME, f"not checked, because {why}", _TYPES)


def _units(leaf: Certificate, attributes: Sequence[Attribute]) -> list[Fault]:
    units = [each.value for each in attributes if each.oid == _UNIT]
    if not units:
        return []
    detail = f"Authorities may put no organizational unit into a subject since {_NO_UNITS_SINCE:%Y-%m-%d}, and that of "
    return [
        _fault(
            leaf,
            f"names an organizational unit: {shortened(units[0])}",
            f"{detail}{named(leaf)}, which was issued later, has {listed(units)}.",
            _DATES,
        )
    ]


def _by_kind(leaf: Certificate, kind: _Kind, words: str, attributes: Sequence[Attribute]) -> Iterator[Fault]:
    present = dict.fromkeys(each.oid for each in attributes)
    missing = [_label(oid) for oid in kind.required if oid not in present]
    if kind.place_required and not present.keys() & {_LOCALITY, _STATE}:
        missing.append("locality or state")
    if missing:
        title = f"does not say its holder's {listed(missing)}"
        yield _fault(leaf, title, f"{named(leaf)} is {words}, so its subject has to say more.", kind.reference)
    surplus = [
        _label(oid)
        for oid in present
        if oid in kind.forbidden or (kind.permitted is not None and oid not in kind.permitted and oid != _UNIT)
    ]
    if surplus:
        title = f"says its holder's {listed(surplus)}, though it is {words}"
        detail = f"{named(leaf)} is {words}, so its subject may say nothing of that."
        yield _fault(leaf, title, detail, kind.reference)
    empty = [_label(each.oid) for each in attributes if not each.value.strip(_FILLING)]
    if empty and kind.filling_forbidden:
        title = f"has a subject in which nothing stands for {listed(dict.fromkeys(empty))}"
        detail = "What is not there has to be left out of a subject, and not to be filled with dashes, full stops or "
        yield _fault(leaf, title, f"{detail}spaces. That of {named(leaf)} has such values.", kind.reference)
    odd = [each.value for each in attributes if each.oid == _COUNTRY and not _COUNTRY_CODE.match(each.value)]
    if odd:
        detail = f"A country is told by its code of two letters (ISO 3166-1), and {named(leaf)} has {listed(odd)}."
        yield _fault(leaf, f"has a country that is no code: {shortened(odd[0])}", detail, kind.reference)


def _repeated(leaf: Certificate, attributes: Sequence[Attribute]) -> Iterator[Fault]:
    """What stands there more than once, or together with another in one relative name."""
    oids = [each.oid for each in attributes]
    several = [_label(oid) for oid in dict.fromkeys(oids) if oids.count(oid) > 1 and oid not in _MAY_BE_SEVERAL]
    if several:
        detail = f"Each attribute may stand once in a subject, and in that of {named(leaf)} some stand more often."
        yield _fault(leaf, f"says its holder's {listed(several)} more than once", detail, _ENCODING)
    if any(len(rdn) > 1 for rdn in leaf.subject.rdns):
        detail = (
            f"Each relative name of a subject has to have one attribute, and that of {named(leaf)} has one with more."
        )
        yield _fault(leaf, "has a relative name of several attributes", detail, _ENCODING)


def _label(oid: str) -> str:
    """An attribute within a sentence: 'state or province'."""
    label = attribute_label(oid)
    return label[:1].lower() + label[1:]


def _fault(leaf: Certificate, title: str, detail: str, reference: str) -> Fault:
    return Fault(
        code=FindingCode.BASELINE_NOT_MET,
        certificate=leaf,
        field="subject",
        title=title,
        detail=f"{detail} Clients accept it.",
        reference=reference,
        fix="Have a certificate issued with a subject that keeps to it, or tell its issuer, who has to replace it.",
        public=Severity.WARNING,
        private=None,
    )
