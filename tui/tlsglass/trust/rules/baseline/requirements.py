"""All rules of the Baseline Requirements, or why they are not asked. CA/Browser Forum BR for TLS servers, 2.1.7."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, Rule, not_checked
from tlsglass.trust.model import Check, Finding
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules.baseline import identifiers, keys, lifetimes, names, profiles, rsa, subjects, usages
from tlsglass.trust.wording import named

_NAME = "Baseline Requirements"
_REFERENCE = "CA/Browser Forum BR §1.1"

RULES: tuple[Rule, ...] = (
    lifetimes.examine,
    names.examine,
    names.examine_common_name,
    keys.examine_kinds,
    rsa.examine,
    rsa.examine_listed,
    keys.examine_signatures,
    usages.examine_server,
    usages.examine_server_key,
    usages.examine_authorities,
    usages.examine_root,
    identifiers.examine_key_ids,
    identifiers.examine_serials,
    profiles.examine_versions,
    profiles.examine_policy,
    subjects.examine,
    profiles.examine_addresses,
)
"""In the order in which their checks are listed."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the path by the Baseline Requirements, if it is to be judged by them."""
    if case.profile is Profile.RFC5280:
        detail = "not checked, because the profile is rfc5280: they bind the authorities of the public web only."
        yield not_checked(_NAME, detail, _REFERENCE)
    elif not case.issuers:
        detail = f"No authority is known that issued {named(case.leaf)}, and they bind authorities."
        yield not_checked(_NAME, detail, _REFERENCE)
    else:
        for rule in RULES:
            yield from rule(case)
