"""Whether a name lies within a name that a constraint begins with, for every form of name. RFC 5280 §4.2.1.10.

Names and constraints are brought into a form for comparing once, so that comparing costs next to nothing. What can't
be brought into one, and forms for which the standard has no comparison, compare with nothing.
"""

import ipaddress
import re

from tlsglass.frozen import dataclass
from tlsglass.x509.encoding import relative_names
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.general_names import NamedElement, read_general_name
from tlsglass.x509.model import Certificate
from tlsglass.x509.values import Contents, inner, string

_SUBJECT_ALTERNATIVE_NAME = "2.5.29.17"
_EMAIL_ADDRESS = "1.2.840.113549.1.9.1"
_SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9"
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://([^/?#]*)")
_ADDRESS_SIZES = frozenset({4, 16})


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail address, or what a constraint says of some."""

    local: str
    """What stands before the `@`; empty where a constraint leaves it open."""

    host: str


Value = str | Mailbox | bytes | tuple[bytes, ...]
"""A host name, a mailbox, an address with or without its mask, or relative names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A name, or what a constraint begins with, ready to be compared."""

    form: str
    """The kind of name: 'DNS', 'OTHER:1.2.3'. Only names of one form are compared."""

    text: str
    """As in a sentence: `DNS:a.example`. Not yet made printable."""

    value: Value | None
    """What is compared; None where it compares with nothing."""

    in_subject: bool = False
    """Whether it is from the subject, not from the alternative names."""


def names_of(certificate: Certificate) -> tuple[Comparable, ...]:
    """All names of a certificate that constraints apply to. RFC 5280 §4.2.1.10, §6.1.3 (b).

    The subject counts as a directory name. A mail address in it counts where there are no alternative names; common
    names never do.

    Args:
        certificate: any certificate.

    Raises:
        DecodeError: its alternative names can't be read.
    """
    names = []
    subject = certificate.subject
    if subject.rdns:
        text = f"DIRNAME:{subject.rfc4514}"
        names.append(Comparable(form="DIRNAME", text=text, value=_directory(subject.der), in_subject=True))
    element = extension_value(certificate, _SUBJECT_ALTERNATIVE_NAME)
    if element is not None:
        names.extend(_name(read_general_name(child, [])) for child in Contents(element).rest())
        return tuple(names)
    for attribute in (attribute for relative in subject.rdns for attribute in relative):
        if attribute.oid == _EMAIL_ADDRESS:
            value = _mailbox(attribute.value)
            names.append(Comparable(form="EMAIL", text=f"EMAIL:{attribute.value}", value=value, in_subject=True))
    return tuple(names)


def base_of(name: NamedElement) -> Comparable:
    """What a constraint begins with. RFC 5280 §4.2.1.10.

    Args:
        name: the base of a subtree, addresses with their mask.
    """
    kind = name.name.kind
    value: Value | None = None
    match kind:
        case "DNS" | "URI":
            value = _host(name.text)
        case "EMAIL":
            value = _mailbox(name.text) or Mailbox("", _host(name.text))
        case "IP":
            content = name.element.content
            value = content if len(content) % 2 == 0 and len(content) // 2 in _ADDRESS_SIZES else None
        case "DIRNAME":
            value = _directory(inner(name.element).encoded)
    return Comparable(form=_form(name), text=f"{kind}:{name.text}", value=value)


def is_within(name: Comparable, base: Comparable, *, excluding: bool) -> bool | None:
    """Whether a name lies within a subtree.

    Args:
        name: the name of a certificate.
        base: what the subtree begins with; of the same form.
        excluding: whether the subtree is an excluded one, so that a wildcard which covers a name in it counts.

    Returns:
        None where these two can't be compared.
    """
    match name.value, base.value:
        case str(host), str(domain):
            return _dns_within(host, domain, excluding=excluding) if name.form == "DNS" else _host_within(host, domain)
        case Mailbox() as mailbox, Mailbox() as wanted:
            return _mail_within(mailbox, wanted)
        case bytes(address), bytes(network):
            return _address_within(address, network)
        case tuple(relative), tuple(first):
            return relative[: len(first)] == first
        case _:
            return None


def _name(name: NamedElement) -> Comparable:
    kind, element = name.name.kind, name.element
    value: Value | None = None
    match kind:
        case "DNS":
            value = _host(name.text)
        case "URI":
            value = _authority(name.text)
        case "EMAIL":
            value = _mailbox(name.text)
        case "IP":
            value = element.content if len(element.content) in _ADDRESS_SIZES else None
        case "DIRNAME":
            value = _directory(inner(element).encoded)
        case "OTHER" if name.name.value == _SMTP_UTF8_MAILBOX:
            value = _mailbox(string(inner(element.children[1]), []))
    return Comparable(form=_form(name), text=f"{kind}:{name.text}", value=value)


def _form(name: NamedElement) -> str:
    if name.name.kind != "OTHER":
        return name.name.kind
    # Internationalized mail addresses are constrained as others are. RFC 9598 §6.
    return "EMAIL" if name.name.value == _SMTP_UTF8_MAILBOX else f"OTHER:{name.name.value}"


def _host(text: str) -> str:
    return text.lower().removesuffix(".")


def _mailbox(text: str) -> Mailbox | None:
    """None where it has no host."""
    local, at, host = text.rpartition("@")
    return Mailbox(local, _host(host)) if at and host else None


def _authority(text: str) -> str | None:
    """The host of a URI; None where it has none or an address, which must be refused."""
    found = _AUTHORITY.match(text)
    if found is None:
        return None
    host = found[1].rpartition("@")[2]
    if host.startswith("["):
        return None
    host = _host(host.partition(":")[0])
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host or None
    return None


def _directory(name: bytes) -> tuple[bytes, ...] | None:
    try:
        return relative_names(name)
    except ValueError:
        return None


def _dns_within(name: str, base: str, *, excluding: bool) -> bool:
    if not base or name == base:
        return True
    if name.endswith(base) and (base[0] == "." or name[-len(base) - 1] == "."):
        return True
    # A wildcard covers names of one label more. It is excluded where one of them is.
    return excluding and name[:2] == "*." and base.partition(".")[2] == name[2:]


def _host_within(name: str, base: str) -> bool:
    """A host is meant by its name, all below a domain by the domain's with a dot before it."""
    return not base or name == base or (base[0] == "." and name.endswith(base))


def _mail_within(mailbox: Mailbox, wanted: Mailbox) -> bool:
    if wanted.local:
        return mailbox == wanted
    return _host_within(mailbox.host, wanted.host)


def _address_within(address: bytes, network: bytes) -> bool:
    size = len(address)
    if len(network) != 2 * size:
        return False
    wanted, base, mask = (int.from_bytes(part) for part in (address, network[:size], network[size:]))
    return wanted & mask == base & mask
