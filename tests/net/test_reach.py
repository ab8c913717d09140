"""Which addresses strangers may send us to."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.net.reach import is_metadata, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::808:808", "2606:4700::1"])
def test_what_anybody_may_reach(address: str) -> None:
    """Also where IPv4 is wrapped in IPv6."""
    assert is_public(address)
    assert not is_metadata(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00::1",
        "ff02::1",
        "2001:0:a00:1::1",
    ],
)
def test_what_is_inside(address: str) -> None:
    """Loopback, private, link-local, shared, multicast, and any of these in disguise. RFC 6890."""
    assert not is_public(address)
    assert not is_metadata(address)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254"]
)
def test_metadata_services(address: str) -> None:
    """One of them has an address that looks public."""
    assert is_metadata(address)
    assert not is_public(address)


def test_no_address_is_an_error() -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="does not appear to be"):
        is_public("localhost")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.ip_addresses(v=4))
def test_wrapping_changes_nothing(address: ipaddress.IPv4Address) -> None:
    """Whatever is inside is inside however it is written."""
    for wrapped in (
        f"::ffff:{address}",
        str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address))),
    ):
        assert is_public(wrapped) == is_public(str(address))
        assert is_metadata(wrapped) == is_metadata(str(address))
