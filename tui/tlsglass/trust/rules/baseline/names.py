"""Which names the web's authorities may put into a certificate. CA/B BR §4.2.2, §7.1.2.7.12, §7.1.4.3.

Names of private networks can't be validated, as anybody may use them. Chrome refuses a site that is reached by one
below a publicly trusted root (`IsHostnameNonUnique` in its cert_verify_proc.cc); other names no client refuses for
that, but most cover nothing. Below a private root such names are no fault, since its authority knows whose they are.
"""

import ipaddress
import re
from collections.abc import Iterator

from tlsglass.limits import MOST_HOSTS
from tlsglass.target import is_address
from tlsglass.trust.case import Case, not_checked
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.names.public_suffixes import public_suffix
from tlsglass.trust.rules import identity
from tlsglass.trust.rules.baseline.standing import Fault, is_public, told
from tlsglass.trust.topics import FURTHER_NAMES
from tlsglass.trust.wording import listed, named, shortened
from tlsglass.x509.model import Certificate, GeneralName

_NAMES = "CA/Browser Forum BR §7.1.2.7.12"
_PRIVATE_NAMES = "CA/Browser Forum BR §4.2.2"
_WILDCARDS = "CA/Browser Forum BR §3.2.2.6"
_COMMON_NAME = "CA/Browser Forum BR §7.1.4.3"
_FIELD = "names"
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)\Z")
_LONGEST_NAME = 253
_COMMON_NAME_OID = "2.5.4.3"
_ONION_LABEL = 56
"""Characters of an onion address of version 3. CA/B BR, appendix B."""

_SPECIAL = {
    "test": "RFC 6761 §6.2",
    "localhost": "RFC 6761 §6.3",
    "invalid": "RFC 6761 §6.4",
    "example": "RFC 6761 §6.5",
    "local": "RFC 6762 §3",
    "alt": "RFC 9476 §2",
    "internal": "ICANN Board 2024.07.29.06",
}
"""Top-level domains that nobody can register in, and where that is said."""

_PRIVATE_SUFFIX = "home.arpa"
"""A suffix for home networks. RFC 8375."""


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the alternative names of the leaf."""
    names = case.leaf.san[:MOST_HOSTS]
    further = len(case.leaf.san) - len(names)
    faults = [*_forms(case.leaf, names), *_wildcards(case, names), *_of_private_networks(case, names)]
    which = f"The first {len(names):,}" if further else "All"
    yield from told(case, "forms of names", faults, f"{which} names are such as an authority may certify.", _NAMES)
    if further:
        detail = f"{further:,} further names of {named(case.leaf)} were not judged by their form: {MOST_HOSTS:,} are."
        yield not_checked(FURTHER_NAMES, detail, _NAMES)


def examine_common_name(case: Case) -> Iterator[Finding | Check]:
    """Judge that the common names are among the alternative names, in the same form.

    No client looks at the common name any more, so nobody refuses it; people and old programs read it.
    """
    certificate = case.leaf
    if not certificate.san:
        return  # `identity` says so
    common_names = [each.value for rdn in certificate.subject.rdns for each in rdn if each.oid == _COMMON_NAME_OID]
    names = {name.value for name in certificate.san if name.kind in {"DNS", "IP"}}
    missing = [value for value in common_names if value not in names]
    faults = [_common_name(certificate, missing, names)] if missing else []
    fine = "It is one of the alternative names, too." if common_names else "There is none, and nobody needs one."
    yield from told(case, "common name", faults, fine, _COMMON_NAME)


def is_of_private_network(host: str) -> bool:
    """Whether a host's name or address means another host elsewhere. CA/B BR §1.6.1 'Internal Name', RFC 6890.

    Args:
        host: a name in its ASCII form, a wildcard among them, or an address.
    """
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        name = host.lower().removesuffix(".").removeprefix("*.")
    if name.rpartition(".")[2] in _SPECIAL or _is_of_home(name):
        return True
    return public_suffix(name) is None


def _is_of_home(name: str) -> bool:
    """Whether a name is of a home's network. Chrome refuses none, since the list of public suffixes has `home.arpa`."""
    return name == _PRIVATE_SUFFIX or name.endswith(f".{_PRIVATE_SUFFIX}")


def _forms(leaf: Certificate, names: tuple[GeneralName, ...]) -> Iterator[Fault]:
    """Names that are not written as those of hosts are. RFC 5280 §4.2.1.6, RFC 1034 §3.5."""
    reasons: dict[str, list[str]] = {}
    for name in names:
        reason = _oddity(name.value) if name.kind == "DNS" else "" if name.kind == "IP" else "is no host"
        if reason:
            reasons.setdefault(reason, []).append(str(name))
    for reason, odd in reasons.items():
        yield _fault(
            leaf,
            f"has a name that {reason}: {shortened(odd[0])}",
            f"What {named(leaf)} has among its names {reason}: {listed(odd)}. Authorities may certify host names and "
            "addresses only.",
            _NAMES,
        )


def _oddity(name: str) -> str:
    """What is wrong with how a DNS name is written; empty where nothing is."""
    host = name.removeprefix("*.")
    if is_address(host):
        return "is an address that is given as a name"
    if "*" in host:
        return "has a wildcard that is not the whole first label"
    if len(host) > _LONGEST_NAME:
        return "is too long for a name"
    odd = next(filter(None, map(_oddity_of_label, host.split("."))), "")
    if not odd and host.endswith(".onion") and len(host.split(".")[-2]) != _ONION_LABEL:
        return "is an onion address of an old version"
    return odd


def _oddity_of_label(label: str) -> str:
    if "_" in label:
        return "has an underscore, as no host's name may"
    if not _LABEL.match(label):
        return "is not written as a host's name"
    if label[2:4] == "--" and not _is_punycode(label):
        return "has a reserved label that is no internationalized one"
    return ""


def _is_punycode(label: str) -> bool:
    """Whether a label is what the requirements call a P-label."""
    if label[:2].lower() != "xn":
        return False
    try:
        label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return False
    return True


def _wildcards(case: Case, names: tuple[GeneralName, ...]) -> Iterator[Fault]:
    """Wildcards for all that others register. That they cover the host that was asked for is judged by `identity`."""
    if not is_public(case):
        return  # it would not matter, and the list of suffixes need not be read
    wide = [name.value for name in names if name.kind == "DNS" and identity.is_wide(name.value)]
    if wide:
        detail = f"A wildcard stands for every name under a suffix below which others register theirs: {listed(wide)}. "
        detail += "Authorities have to refuse it, unless all of these names belong to whoever asks."
        yield _fault(case.leaf, f"has a wildcard for a public suffix: {shortened(wide[0])}", detail, _WILDCARDS)


def _of_private_networks(case: Case, names: tuple[GeneralName, ...]) -> Iterator[Fault]:
    if not is_public(case):
        return  # it would not matter, and the list of suffixes need not be read
    hosts = [name.value for name in names if name.kind == "IP" or (name.kind == "DNS" and not _oddity(name.value))]
    private = [host for host in hosts if is_of_private_network(host)]
    if not private:
        return
    is_asked = is_of_private_network(case.hostname) and not _is_of_home(case.hostname.lower().removesuffix("."))
    yield Fault(
        code=FindingCode.FORBIDDEN_NAME,
        certificate=case.leaf,
        field=_FIELD,
        title=f"has a name of private networks: {shortened(private[0])}",
        detail=f"Names and addresses that everybody may use within a network of their own belong to nobody: "
        f"{listed(private)}. A publicly trusted authority can't make sure whose they are, and must not certify them."
        + (" Chrome refuses the site when it is reached by such a name." if is_asked else ""),
        reference=_PRIVATE_NAMES,
        fix="Use a name that is registered, or an authority of your own for the names of your network.",
        public=Severity.ERROR if is_asked else Severity.WARNING,
        private=None,
    )


def _common_name(certificate: Certificate, missing: list[str], names: set[str]) -> Fault:
    known = {name.lower() for name in names}
    is_form = all(value.lower() in known for value in missing)
    what = "in another form than among" if is_form else "but not among"
    return Fault(
        code=FindingCode.COMMON_NAME_NOT_IN_SAN,
        certificate=certificate,
        field="subject",
        title=f"{shortened(missing[0])} is the common name, {what} the alternative names",
        detail=f"A common name has to be one of the alternative names, letter by letter, and {listed(missing)} is not. "
        "Clients don't look at it, but people do.",
        reference=_COMMON_NAME,
        fix="Have a certificate issued without a common name, or with one of its names.",
        public=Severity.WARNING,
        private=None,
    )


def _fault(leaf: Certificate, title: str, detail: str, reference: str) -> Fault:
    return Fault(
        code=FindingCode.FORBIDDEN_NAME,
        certificate=leaf,
        field=_FIELD,
        title=title,
        detail=detail,
        reference=reference,
        fix="Have a certificate issued without it.",
        public=Severity.WARNING,
        private=None,
    )
