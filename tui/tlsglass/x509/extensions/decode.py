"""Which decoder serves which extension, and what is left when none does."""

from collections.abc import Callable

from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extensions import (
    constraints,
    delegation,
    identifiers,
    locations,
    logotypes,
    mail,
    markers,
    policies,
    qualified,
    revocation,
    usages,
    vendors,
)
from tlsglass.x509.extensions.decoded import Decoded
from tlsglass.x509.extensions.raw import raw_parts
from tlsglass.x509.extensions.transparency import timestamp_list
from tlsglass.x509.model import Extension, Problem
from tlsglass.x509.oids.extensions import extension_type
from tlsglass.x509.parts import fields_of
from tlsglass.x509.structure import LocatedExtension

Decoder = Callable[[Element, list[Problem]], Decoded]
"""Takes what extnValue holds and a list to which it adds problems; raises `DecodeError`."""

_MICROSOFT = "1.3.6.1.4.1.311"
_NETSCAPE = "2.16.840.1.113730.1"

DECODERS: dict[str, Decoder] = {
    "2.5.29.9": identifiers.subject_directory_attributes,
    "2.5.29.14": identifiers.subject_key_identifier,
    "2.5.29.15": usages.key_usage,
    "2.5.29.16": usages.private_key_usage_period,
    "2.5.29.17": identifiers.alternative_names,
    "2.5.29.18": identifiers.alternative_names,
    "2.5.29.19": constraints.basic_constraints,
    "2.5.29.20": revocation.list_number,
    "2.5.29.21": revocation.reason,
    "2.5.29.24": revocation.moment,
    "2.5.29.27": revocation.list_number,
    "2.5.29.28": revocation.issuing_distribution_point,
    "2.5.29.29": identifiers.alternative_names,
    "2.5.29.30": constraints.name_constraints,
    "2.5.29.31": locations.distribution_points,
    "2.5.29.32": policies.certificate_policies,
    "2.5.29.33": policies.policy_mappings,
    "2.5.29.35": identifiers.authority_key_identifier,
    "2.5.29.36": constraints.policy_constraints,
    "2.5.29.37": usages.extended_key_usage,
    "2.5.29.46": locations.distribution_points,
    "2.5.29.54": constraints.inhibit_any_policy,
    "2.5.29.56": markers.marker,
    "1.3.6.1.5.5.7.1.1": locations.information_access,
    "1.3.6.1.5.5.7.1.3": qualified.qualified_statements,
    "1.3.6.1.5.5.7.1.11": locations.information_access,
    "1.3.6.1.5.5.7.1.12": logotypes.logotype,
    "1.3.6.1.5.5.7.1.14": delegation.proxy_certificate_information,
    "1.3.6.1.5.5.7.1.24": markers.tls_feature,
    "1.3.6.1.5.5.7.1.31": markers.acme_identifier,
    "1.3.6.1.5.5.7.48.1.2": revocation.nonce,
    "1.3.6.1.5.5.7.48.1.5": markers.marker,
    "1.3.6.1.5.5.7.48.1.6": revocation.moment,
    "1.3.6.1.5.5.7.48.1.9": markers.marker,
    "1.3.6.1.4.1.11129.2.4.2": timestamp_list,
    "1.3.6.1.4.1.11129.2.4.5": timestamp_list,
    "1.3.6.1.4.1.11129.2.4.3": markers.marker,
    "1.3.6.1.4.1.44363.44": markers.marker,
    "2.23.140.3.1": qualified.organization_identifier,
    "0.4.0.194121.2.1": markers.marker,
    "1.2.840.113549.1.9.15": mail.capabilities,
    f"{_NETSCAPE}.1": usages.netscape_cert_type,
    **{f"{_NETSCAPE}.{number}": vendors.text_value for number in (2, 3, 4, 7, 8, 12, 13)},
    f"{_MICROSOFT}.20.2": vendors.text_value,
    f"{_MICROSOFT}.21.1": vendors.ca_version,
    f"{_MICROSOFT}.21.2": vendors.octets_value,
    f"{_MICROSOFT}.21.4": revocation.moment,
    f"{_MICROSOFT}.21.7": vendors.certificate_template,
    f"{_MICROSOFT}.21.10": policies.application_policies,
    f"{_MICROSOFT}.21.14": locations.distribution_points,
    f"{_MICROSOFT}.25.2": vendors.security_identifier,
}


def read_extension(located: LocatedExtension, field_id: str, problems: list[Problem]) -> Extension:
    """Decode one extension as far as it goes.

    Args:
        located: the extension.
        field_id: the id of its field; its parts get ids below it.
        problems: all that is wrong with it is added here; `Extension.problem` is the first of it.

    Returns:
        The extension; one that is not known or can't be decoded has its bytes in hex as its value.
    """
    kind = extension_type(located.oid)
    own = list(located.problems)
    decoded = None
    decoder = DECODERS.get(located.oid)
    if decoder is not None and located.value is not None:
        own.extend(located.value_problems)
        decoded = _decode(decoder, located.root, own)
    der = located.value.content if located.value else b""
    if decoded is None:
        tree = None if decoder is None and located.value_problems else located.root
        decoded = Decoded(value=der.hex(), parts=raw_parts(located.value, tree))
    problems.extend(own)
    return Extension(
        oid=located.oid,
        name=kind.name,
        critical=located.critical,
        der=der,
        value=decoded.value,
        span=located.element.span,
        problem=own[0] if own else None,
        fields=fields_of(decoded.parts, field_id, meaning=kind.meaning, reference=kind.reference),
    )


def _decode(decoder: Decoder, root: Element | None, problems: list[Problem]) -> Decoded | None:
    if root is None:
        return None
    try:
        return decoder(root, problems)
    except DecodeError as error:
        problems.append(error.problem)
        return None
