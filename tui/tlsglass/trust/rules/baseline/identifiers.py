"""How certificates name their issuer's key, and how they are numbered. CA/B BR §7.1.2, §7.1.2.11.1."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tlsglass.trust.case import Case
from tlsglass.trust.lifetime import is_issued_since
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import named
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.model import Certificate

_AUTHORITY_KEY_ID = "2.5.29.35"
_KEY_ID = "CA/Browser Forum BR §7.1.2.11.1"
_KEY_ID_SINCE = datetime(2023, 9, 15, tzinfo=UTC)
"""Since when the certificate profiles of version 2.0.0 are binding. CA/B BR §1.2.2."""

_SERIAL = "CA/Browser Forum BR §7.1.2"
"""Each of the profiles in it asks for the random bits."""

_RANDOM_SINCE = datetime(2016, 9, 30, tzinfo=UTC)
"""Since when they are asked for. CA/B BR §1.2.2."""

_RANDOM_BITS = 64
_LEAST_OCTETS = 8


def examine_key_ids(case: Case) -> Iterator[Finding | Check]:
    """Judge the form in which the issuer's key is named: by its identifier, and by nothing else.

    That it is named so at all is asked of private authorities, too: `trust.rules.key_ids`. No client refuses other
    forms; some then look for a certificate of that issuer and number, which a cross-signed or renewed one has not, and
    take another path or none (RFC 4158 §3.5.12).
    """
    bound = [step.certificate for step in case.certified_steps if is_issued_since(step.certificate, _KEY_ID_SINCE)]
    faults = [fault for certificate in bound for fault in _key_id(certificate)]
    fine = "No issuer's key is named by issuer and serial number."
    yield from told(case, "form of key identifiers", faults, fine, _KEY_ID)


def examine_serials(case: Case) -> Iterator[Finding | Check]:
    """Judge whether serial numbers can hold 64 random bits. Which bits of a number are random can't be seen."""
    faults = [fault for step in case.certified_steps for fault in _serial(step.certificate)]
    yield from told(case, "serial numbers", faults, f"All are long enough to hold {_RANDOM_BITS} random bits.", _SERIAL)


def _key_id(certificate: Certificate) -> Iterator[Fault]:
    try:
        element = extension_value(certificate, _AUTHORITY_KEY_ID)
    except DecodeError:
        return  # `readability` says so
    tags = {child.tag for child in element.children} if element is not None else set()
    if not tags & {"[1]", "[2]"}:
        return
    what = f"names its issuer's certificate by issuer and serial number{' too' if '[0]' in tags else ''}"
    yield Fault(
        code=FindingCode.BASELINE_NOT_MET,
        certificate=certificate,
        field=f"extensions.{_AUTHORITY_KEY_ID}",
        title=f"{named(certificate)} {what}",
        detail=f"The authority key identifier of {named(certificate)} has to hold the identifier of the issuer's key, "
        f"and neither issuer nor serial number. It {what}. Clients may take that for the only right one, though "
        "another with the same key would do.",
        reference=_KEY_ID,
        fix="Have it issued with an authority key identifier of the form keyid only.",
        public=Severity.WARNING,
        private=None,
    )


def _serial(certificate: Certificate) -> Iterator[Fault]:
    serial = certificate.serial
    if serial is None or serial <= 0 or not is_issued_since(certificate, _RANDOM_SINCE):
        return
    octets = len(certificate.serial_hex) // 2
    if octets >= _LEAST_OCTETS:
        return
    missing = _RANDOM_BITS - 8 * octets
    yield Fault(
        code=FindingCode.WEAK_SERIAL,
        certificate=certificate,
        field="serial",
        title=f"the serial number of {named(certificate)} is short",
        detail=f"The serial number of {named(certificate)} has {octets} octets. {_RANDOM_BITS} bits of it have to be "
        f"random, so that nobody can tell beforehand what will be signed; of such numbers one in {2**missing:,} is so "
        "short by chance. Clients accept it.",
        reference=_SERIAL,
        fix="Ask its issuer how the number was made; unless it is short by chance, it has to be replaced.",
        public=Severity.WARNING,
        private=None,
    )
