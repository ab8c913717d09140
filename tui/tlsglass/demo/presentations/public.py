"""Certificates as public authorities issue them, and what browsers ask of those only.

The site is shop.example.com, as names below demo.test must not be certified by public authorities (RFC 6761 §6.2).
"""

from collections.abc import Sequence

from cryptography import x509

from tlsglass.demo.authority import Authority, distinguished_name
from tlsglass.demo.changes import Change, lacking
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.logs import logged
from tlsglass.demo.presentations.model import Authorities, filed

_SITE = "shop.example.com"
_SHORT_SERIAL = 0x10_2030
_NEEDED = 2
"""Logs that have to know a certificate of up to 180 days."""


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    stand_ins = by.stand_ins
    return {
        "logged": _issued(by),
        "not-logged": _issued(by, logs=0),
        "wrong-timestamp": _issued(by, strangers=1),
        "reserved-name": _issued(by, name=f"reserved-name.{ZONE}"),
        "other-common-name": _issued(by, common_name="Shop"),
        "short-serial": _issued(by, serial=_SHORT_SERIAL),
        "no-policy": _issued(by, changes=[lacking(x509.CertificatePolicies)]),
        "unvalidated-holder": _issued(by, organization="Demo Shop"),
        "distrusted-root": _issued(by, issuing=stand_ins.distrusted.issuing),
        "limited-root": _issued(by, issuing=stand_ins.limited.issuing),
        "not-in-java": _issued(by, issuing=stand_ins.partial.issuing),
    }


def _issued(  # noqa: PLR0913 - what is otherwise than it should be, by name
    by: Authorities,
    *,
    issuing: Authority | None = None,
    name: str = _SITE,
    common_name: str | None = None,
    organization: str | None = None,
    serial: int | None = None,
    changes: Sequence[Change] = (),
    logs: int = _NEEDED,
    strangers: int = 0,
) -> tuple[bytes, ...]:
    """A site's certificate below a public root, and its issuer's.

    Args:
        by: who issues for the zoo.
        issuing: who issues it; one below a root without bounds unless given.
        name: its alternative name.
        common_name: its common name; the same unless given.
        organization: its organization; none unless given.
        serial: its serial number.
        changes: what of its extensions is unusual.
        logs: how many logs know it.
        strangers: how many of its timestamps are for another certificate.
    """
    issuing = issuing or by.stand_ins.public.issuing
    subject = distinguished_name(common_name or name, organization=organization)
    leaf = issuing.leaf(subject, [x509.DNSName(name)], serial=serial, changes=changes)
    if logs:
        leaf = logged(issuing, leaf, by.logs[:logs], strangers=by.logs[logs : logs + strangers])
    return filed(leaf, issuing)
