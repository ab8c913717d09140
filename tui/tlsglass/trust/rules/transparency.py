"""What is known of the certificate's presence in public logs. RFC 6962 §3.3."""

from collections.abc import Iterator

from tlsglass.trust.case import Case, not_checked
from tlsglass.trust.model import Check, Finding

_TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Say that signed certificate timestamps are not verified, and whether there are any."""
    has_some = any(extension.oid == _TIMESTAMPS for extension in case.leaf.extensions)
    detail = (
        "The certificate has timestamps of public logs; their signatures were not checked."
        if has_some
        else "The certificate has no timestamps of public logs of its own; no log was asked."
    )
    yield not_checked("transparency", detail, "RFC 6962 §3.3")
