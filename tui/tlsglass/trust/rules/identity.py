"""Whether the certificate was issued for the name that was asked for. RFC 9525 §6.

The matcher is our own: names come from our tolerant reading of the certificate, one bad name must not hide the others,
and importing service-identity would cost more than the whole judgement. It is the tests' oracle instead; where the two
differ, RFC 9525 decides: `*` as a whole label also stands for an A-label.
"""

import ipaddress
from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.names.public_suffixes import public_suffix
from tlsglass.trust.profile import Profile
from tlsglass.trust.rules.suggestions import meant_name
from tlsglass.trust.wording import listed, shortened
from tlsglass.turns import give_way
from tlsglass.x509.model import Certificate, GeneralName

_REFERENCE = "RFC 9525 §6"
_FEWEST_WILDCARD_LABELS = 3
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the leaf by the name."""
    names = [name for name in case.leaf.san if name.kind in {"DNS", "IP"}]
    matching = list(matching_names(case.leaf, case.hostname, is_address=case.is_address))
    match = next((name for name in matching if not is_wide(name.value)), None)
    if match is not None:
        yield passed("name", f"{case.hostname} is covered by {shortened(str(match))}.", _REFERENCE)
    elif matching:
        yield from _wide(case, matching[0])
    elif not names and _is_common_name(case.leaf, case.hostname, is_address=case.is_address):
        yield finding(
            FindingCode.NAME_ONLY_IN_CN,
            Severity.ERROR,
            case.leaf,
            field="subject",
            title=f"has {shortened(case.hostname)} only as common name",
            detail="The certificate has no subject alternative names, and browsers have not looked for a host's name "
            "in the common name for years. Some programs still do.",
            reference="RFC 9525 §2",
            fix=f"Have a certificate issued with {_as_name(case)} among its subject alternative names.",
        )
    else:
        yield _mismatch(case, names)


def matching_names(certificate: Certificate, hostname: str, *, is_address: bool) -> Iterator[GeneralName]:
    """The subject alternative names that cover a host; the common name is not looked at. RFC 9525 §6.3, §6.4.

    Args:
        certificate: the server's.
        hostname: the name in its ASCII form, or an address.
        is_address: whether it is an address.
    """
    address = _address(hostname) if is_address else None
    if address is not None:
        yield from (name for name in certificate.san if name.kind == "IP" and _address(name.value) == address)
    else:
        yield from (name for name in certificate.san if name.kind == "DNS" and matches(name.value, hostname))


def is_wide(pattern: str) -> bool:
    """Whether a name is a wildcard for all that is registered under a public suffix: `*.co.uk`.

    Args:
        pattern: a name of a certificate.
    """
    domain = _normal(pattern).removeprefix("*.")
    return pattern.startswith("*.") and public_suffix(domain) == domain


def matches(pattern: str, hostname: str) -> bool:
    """Whether a DNS name of a certificate covers a host. RFC 9525 §6.3.

    That section would let a wildcard stand for a whole top-level domain; OpenSSL and browsers take no such one, nor do
    we.

    Args:
        pattern: the name, of which the whole left-most label may be `*`.
        hostname: the host in its ASCII form.
    """
    give_way()
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


def _wide(case: Case, name: GeneralName) -> Iterator[Finding | Check]:
    """RFC 9525 leaves it to clients which wildcards they take; browsers take none for a public suffix.

    Chrome takes none for what registries run (`VerifyHostname` in its x509_certificate.cc). OpenSSL and most programs
    don't know the suffixes, so that by the profile rfc5280 it is a warning.
    """
    suffix = shortened(name.value).removeprefix("*.")
    refused = case.profile is Profile.WEBPKI
    if not refused:
        yield passed("name", f"{case.hostname} is covered by {shortened(str(name))}.", _REFERENCE)
    yield finding(
        FindingCode.WIDE_WILDCARD,
        Severity.ERROR if refused else Severity.WARNING,
        case.leaf,
        field="names",
        title=f"its wildcard is for all of {suffix}",
        detail=f"{shortened(case.hostname)} is covered only by {shortened(name.value)}, which stands for every name "
        f"under {suffix}, whoever has registered it. Browsers don't take it; other programs may.",
        reference="RFC 9525 §7.1, CA/Browser Forum BR §3.2.2.6",
        fix=f"Have a certificate issued that has {_as_name(case)}.",
    )


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
    meant = None if case.is_address else meant_name(names, case.hostname)
    mistaken = ""
    if case.is_address and any(name.kind == "DNS" and _same_address(name.value, case.hostname) for name in names):
        mistaken = "; clients don't look for addresses among the DNS names, where it has it"
    ask = f"Did you mean {shortened(meant)}? If not, ask" if meant else "Ask"
    what = "the address" if case.is_address else "the name"
    return finding(
        FindingCode.NAME_MISMATCH,
        Severity.ERROR,
        case.leaf,
        field="names" if case.leaf.san else "subject",
        title=title,
        detail=f"None of its names covers {what} {shortened(case.hostname)}. {has}",
        reference=_REFERENCE,
        fix=f"{ask} by one of its names, or have a certificate issued that has {_as_name(case)}{mistaken}.",
    )


def _same_address(one: str, other: str) -> bool:
    address = _address(one)
    return address is not None and address == _address(other)


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
    give_way()
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
