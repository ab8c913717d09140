"""How far an address reaches: whether going there could touch what only this machine or its network should.

What strangers wrote into a certificate must not lead there: a fetch of `http://169.254.169.254/` would ask a cloud's
metadata service in our name. RFC 6890, RFC 4291 §2.5.
"""

import ipaddress

_METADATA = frozenset(
    map(
        ipaddress.ip_address,
        ("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"),
    )
)
"""Where clouds tell a machine its secrets; the fourth is an address like any other."""

_WRAPPING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96")))
"""IPv4 addresses as a translator shows them, and as they were once compatible. RFC 6052 §2.1, RFC 4291 §2.5.5.1."""

_IPV4_BITS = 0xFFFFFFFF


def is_public(address: str) -> bool:
    """Whether an address is one that anybody may be sent to.

    Args:
        address: an IPv4 or IPv6 address, with or without a zone.

    Returns:
        False for what is on this machine, in its network or set aside, also where an IPv6 address only wraps it.

    Raises:
        ValueError: it is no address.
    """
    return all(
        _is_global(found) and not found.is_multicast and not _is_site_local(found) and found not in _METADATA
        for found in meant(address)
    )


def is_metadata(address: str) -> bool:
    """Whether a cloud's metadata service answers at an address.

    Args:
        address: an IPv4 or IPv6 address, with or without a zone.

    Raises:
        ValueError: it is no address.
    """
    return any(found in _METADATA for found in meant(address))


def meant(address: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What going to an address means: itself unless it only wraps another, and the IPv4 addresses that it leads to.

    Args:
        address: an IPv4 or IPv6 address, with or without a zone.

    Raises:
        ValueError: it is no address.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return [found]
    if found.ipv4_mapped is not None:
        return [found.ipv4_mapped]
    meant: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [found]
    if found.sixtofour is not None:
        meant.append(found.sixtofour)
    if any(found in network for network in _WRAPPING):
        meant.append(ipaddress.IPv4Address(int(found) & _IPV4_BITS))
    return meant


def _is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it reaches everywhere; one of 6to4 says nothing of that but by the address it leads to (RFC 3056 §2)."""
    return address.is_global or (isinstance(address, ipaddress.IPv6Address) and address.sixtofour is not None)


def _is_site_local(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local
