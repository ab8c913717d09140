"""Where guests may go: what they may name, and what may be connected to for them."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.errors import ConnectError, Fault, InputError
from tlsglass.net.admission import Admission, HostPattern
from tlsglass.net.channel import Channel
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.target import parse_target


def admission(*patterns: str, own: Sequence[Endpoint] = (), welcome: str = "") -> Admission:
    """Rules made of patterns."""
    return Admission(patterns=tuple(map(HostPattern.parse, patterns)), own=frozenset(own), welcome=welcome)


@pytest.mark.parametrize(
    ("pattern", "admitted", "refused"),
    [
        ("a.test", ["a.test", "A.Test.", "https://a.test/x", "a.test:443"], ["a.test:444", "b.a.test", "aa.test"]),
        ("a.test:8443", ["a.test:8443"], ["a.test", "a.test:844"]),
        ("a.test:*", ["a.test", "a.test:22"], ["b.test"]),
        ("*.a.test", ["b.a.test", "c.b.a.test"], ["a.test", "ba.test", "b.a.test:22", "b.a.test.evil.test"]),
        ("*", ["a.test", "192.0.2.1", "[::1]"], ["a.test:22"]),
        ("*:*", ["a.test:22", "10.0.0.1:1"], []),
        ("bücher.test", ["bücher.test", "xn--bcher-kva.test"], ["bucher.test"]),
        ("192.0.2.1", ["192.0.2.1", "[::ffff:192.0.2.1]"], ["192.0.2.2", "a.test", "192.0.2.1:22"]),
        ("192.0.2.0/24:*", ["192.0.2.9:22"], ["192.0.3.1", "a.test"]),
        ("192.0.2.9/24", ["192.0.2.1"], ["192.0.3.1"]),
        ("2001:db8::/32", ["[2001:db8::1]"], ["[2001:db9::1]", "[2001:db8::1]:22", "192.0.2.1"]),
        ("[2001:db8::1]:8443", ["[2001:db8::1]:8443"], ["[2001:db8::1]"]),
    ],
)
def test_what_guests_may_name(pattern: str, admitted: list[str], refused: list[str]) -> None:
    """A name, all names below one, addresses; without a port the usual one is meant."""
    rules = admission(pattern)
    for text in admitted:
        rules.check(parse_target(text))
    for text in refused:
        with pytest.raises(InputError) as error:
            rules.check(parse_target(text))
        assert error.value.fault is Fault.NOT_ALLOWED
        assert error.value.message == f"Guests may not look at {parse_target(text).origin} here."
        assert error.value.hint == f"Open to guests: {pattern}."


def test_a_hint_names_some_and_counts_the_rest() -> None:
    """A long list is no help."""
    with pytest.raises(InputError) as error:
        admission(*(f"{n}.a.test" for n in "abcdefgh"), welcome="the demo").check(parse_target("b.test"))
    assert error.value.hint == (
        "Open to guests: the demo, a.a.test, b.a.test, c.a.test, d.a.test, e.a.test, f.a.test and 2 more."
    )
    with pytest.raises(InputError) as error:
        admission().check(parse_target("b.test"))
    assert error.value.hint == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":443",
        "a b",
        "a.test:0",
        "a.test:65536",
        "a.test:x",
        "a..test",
        "*a.test",
        "a.*.test",
        "10.0.0.0/33",
        "a.test/24",
        "[a.test]",
        "[::1",
        "::g",
        "https://a.test",
        "-",
    ],
)
def test_what_is_no_pattern(text: str) -> None:
    """A mistake in a list must not open anything."""
    with pytest.raises(ValueError, match=r"is no pattern|is no network|has a port that is none|no address in its"):
        HostPattern.parse(text)


def test_a_pattern_without_end_is_not_repeated() -> None:
    """What is said of it stays short."""
    with pytest.raises(ValueError, match="is too long for a pattern of hosts") as error:
        HostPattern.parse("a" * 100_000)
    assert len(str(error.value)) < 1_000


@given(st.text(max_size=40), st.integers(1, 65535))
def test_any_text_is_a_pattern_or_a_sentence(text: str, port: int) -> None:
    """Whatever is a pattern can be asked about any host and address."""
    try:
        pattern = HostPattern.parse(text)
    except ValueError as error:
        assert str(error).endswith((".", "none", "brackets."))  # noqa: PT017 - both outcomes are fine
        return
    assert pattern.text == text
    assert isinstance(pattern.admits("a.test", port), bool)
    assert isinstance(pattern.permits(Endpoint(address="::1", port=port)), bool)


class Dialed:
    """A dialer that notes what it is asked for."""

    def __init__(self) -> None:
        self.endpoints: list[Endpoint] = []

    def __call__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        stop: Stop,  # noqa: ARG002 - as a dialer is called
        timeout: float,  # noqa: ARG002 - as above
        on_failure: Callable[[Endpoint, str], None],  # noqa: ARG002 - as above
    ) -> Channel:
        """Connect nowhere."""
        self.endpoints = list(endpoints)
        raise ConnectError(Fault.REFUSED, "enough")


def dialed(rules: Admission, *addresses: str, port: int = 443) -> tuple[list[str], list[str], Fault]:
    """Where a guarded dialer goes, of which it says that it does not, and how that ends."""
    inner, said = Dialed(), list[str]()
    endpoints = [Endpoint(address=address, port=port) for address in addresses]
    with Stop() as stop, pytest.raises(ConnectError) as error:
        rules.dialer(inner)(endpoints, stop=stop, timeout=1, on_failure=lambda _, message: said.append(message))
    return [endpoint.address for endpoint in inner.endpoints], said, error.value.fault


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.1.1",
        "169.254.169.254",
        "fd00:ec2::254",
        "fe80::1%1",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "100.64.0.1",
    ],
)
def test_no_name_leads_into_this_machine_or_its_network(address: str) -> None:
    """Whatever it resolves to at the moment of connecting, and though every name is open."""
    where, said, fault = dialed(admission("*:*"), address)
    assert (where, fault) == ([], Fault.NOT_ALLOWED)
    assert said == [f"{Endpoint(address=address, port=443)} is not for guests."]


def test_of_many_such_addresses_the_first_are_named() -> None:
    """And the others counted."""
    endpoints = [Endpoint(address=f"127.0.0.{number}", port=443) for number in range(1, 9)]
    with Stop() as stop, pytest.raises(ConnectError) as error:
        admission("*").dialer(Dialed())(endpoints, stop=stop, timeout=1, on_failure=lambda *_: None)
    assert "127.0.0.5:443, 127.0.0.6:443 and 2 more, inside this machine" in error.value.message


def test_a_name_that_leads_to_both_leads_only_outside() -> None:
    """As a server of names for rebinding answers."""
    where, said, fault = dialed(admission("*"), "127.0.0.1", "8.8.8.8", "::1")
    assert (where, fault) == (["8.8.8.8"], Fault.REFUSED)
    assert said == ["127.0.0.1:443 is not for guests.", "[::1]:443 is not for guests."]


def test_listed_addresses_are_open_at_their_port() -> None:
    """Private ones too, by whatever name they are reached; what stands beside them is not."""
    rules = admission("intranet.test", "10.1.0.0/16", "[::1]:8443")
    assert dialed(rules, "10.1.2.3", "10.2.0.1", "::ffff:10.1.2.3")[0] == ["10.1.2.3", "::ffff:10.1.2.3"]
    assert dialed(rules, "::1", port=8443)[0] == ["::1"]
    assert dialed(rules, "::1", "10.1.2.3", port=22)[0] == []


def test_our_own_servers_are_open() -> None:
    """By address and port, so that no other server of this machine is."""
    own = Endpoint(address="127.0.0.1", port=4430)
    assert dialed(admission(own=[own]), "127.0.0.1", port=4430)[0] == ["127.0.0.1"]
    assert dialed(admission(own=[own]), "127.0.0.1", port=4431)[0] == []
