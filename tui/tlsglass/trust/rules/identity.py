"""Whether the certificate was issued for the name that was asked for. RFC 9525 §6.

The matcher is our own: names come from our tolerant reading of the certificate, one bad name must not hide the others,
and importing service-identity would cost more than the whole judgement. It is the tests' oracle instead; where the two
differ, RFC 9525 decides: `*` as a whole label also stands for an A-label.
"""

import ipaddress
from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import listed, shortened
from tlsglass.x509.model import Certificate, GeneralName

_REFERENCE = "RFC 9525 §6"
_FEWEST_WILDCARD_LABELS = 3
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the leaf by the name."""
    names = [name for name in case.leaf.san if name.kind in {"DNS", "IP"}]
    match = matching_name(case.leaf, case.hostname, is_address=case.is_address)
    if match is not None:
        yield passed("name", f"{case.hostname} is covered by {shortened(str(match))}.", _REFERENCE)
    elif not names and _is_common_name(case.leaf, case.hostname, is_address=case.is_address):
        yield finding(
            FindingCode.NAME_ONLY_IN_CN,
            Severity.ERROR,
            case.leaf,
            field="subject",
            title=f"has {shortened(case.hostname)} only as common name",
            detail="The certificate has no subject alternative names, and clients have not looked for a host's name in "
            "the common name for years.",
            reference="RFC 9525 §2",
            fix=f"Have a certificate issued with {_as_name(case)} among its subject alternative names.",
        )
    else:
        yield _mismatch(case, names)


def matching_name(certificate: Certificate, hostname: str, *, is_address: bool) -> GeneralName | None:
    """The first subject alternative name that covers a host; the common name is not looked at. RFC 9525 §6.3, §6.4.

    Args:
        certificate: the server's.
        hostname: the name in its ASCII form, or an address.
        is_address: whether it is an address.
    """
    address = _address(hostname) if is_address else None
    if address is not None:
        return next((name for name in certificate.san if name.kind == "IP" and _address(name.value) == address), None)
    return next((name for name in certificate.san if name.kind == "DNS" and matches(name.value, hostname)), None)


def matches(pattern: str, hostname: str) -> bool:
    """Whether a DNS name of a certificate covers a host. RFC 9525 §6.3.

    Args:
        pattern: the name, of which the whole left-most label may be `*`.
        hostname: the host in its ASCII form.
    """
    wanted, offered = _normal(hostname), _normal(pattern)
    if not wanted or not pattern.isascii() or _address(wanted):
        return False
    if "*" not in offered:
        return offered == wanted
    label, _, rest = offered.partition(".")
    covered, _, domain = wanted.partition(".")
    labels = rest.split(".")
    whole = label == "*" and "*" not in rest and len(labels) + 1 >= _FEWEST_WILDCARD_LABELS and all(labels)
    return whole and bool(covered) and domain == rest


def _mismatch(case: Case, names: list[GeneralName]) -> Finding:
    if names:
        title = f"issued for {shortened(names[0].value)}"
        title += f" and {len(names) - 1:,} more, not for this name" if len(names) > 1 else ", not for this name"
        has = f"The names it does have are {listed(str(name) for name in names)}."
        if len(names) == 1:
            has = f"The only name it has is {shortened(str(names[0]))}."
    else:
        title = "names no host at all"
        has = "It has no host names or addresses among its subject alternative names."
    what = "the address" if case.is_address else "the name"
    return finding(
        FindingCode.NAME_MISMATCH,
        Severity.ERROR,
        case.leaf,
        field="names" if case.leaf.san else "subject",
        title=title,
        detail=f"None of its names covers {what} {shortened(case.hostname)}. {has}",
        reference=_REFERENCE,
        fix=f"Ask by one of its names, or have a certificate issued that has {_as_name(case)}.",
    )


def _as_name(case: Case) -> str:
    return f"{'IP' if case.is_address else 'DNS'}:{shortened(case.hostname)}"


def _is_common_name(certificate: Certificate, hostname: str, *, is_address: bool) -> bool:
    common_name = certificate.subject.common_name or ""
    if is_address:
        address = _address(hostname)
        return address is not None and _address(common_name) == address
    return matches(common_name, hostname)


def _normal(name: str) -> str:
    """A DNS name for comparing: ASCII letters in lower case, without the dot of the root."""
    return name.removesuffix(".").lower()


def _address(text: str) -> _Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
