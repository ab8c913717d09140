"""Certificates that keep to the standards, and that browsers refuse all the same."""

from datetime import timedelta

from cryptography import x509

from tlsglass.demo.authority import AGE, distinguished_name
from tlsglass.demo.changes import having
from tlsglass.demo.presentations.model import Authorities, Presentation, filed, leaf, present

_TOO_LONG = timedelta(days=1000)
_SUFFIX = "co.uk"


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    lasting = leaf(by.intermediate, "long-lived", ends=by.at - AGE + _TOO_LONG)
    authority = having(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    shared = by.intermediate.key
    return {
        "shared-key": present(leaf(by.intermediate, "shared-key", key=shared), by.intermediate),
        "long-lived": present(lasting, by.intermediate),
        "ca-as-server": present(leaf(by.intermediate, "ca-as-server", changes=[authority]), by.intermediate),
    }


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    wide = by.intermediate.leaf(distinguished_name("Everybody"), [x509.DNSName(f"*.{_SUFFIX}")])
    return {"wide-wildcard": filed(wide, by.intermediate)}
