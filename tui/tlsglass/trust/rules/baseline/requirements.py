"""All rules of the Baseline Requirements, or why they are not asked. CA/Browser Forum BR for TLS servers."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, Rule, not_checked
from tlsglass.trust.model import Check, Finding, Profile

RULES: tuple[Rule, ...] = ()
"""In the order in which their checks are listed."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the path by the Baseline Requirements, if it is to be judged by them."""
    if case.profile is Profile.RFC5280:
        detail = "not checked, because the profile is rfc5280: they bind the authorities of the public web only."
        yield not_checked("Baseline Requirements", detail, "CA/Browser Forum BR §1.1")
        return
    for rule in RULES:
        yield from rule(case)
