"""What is typed becomes a target or a sentence."""

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tlsglass.errors import Failure, Fault, InputError, Phase
from tlsglass.target import Target, is_address, parse_target


@pytest.mark.parametrize(
    ("text", "origin", "path"),
    [
        ("example.org", "example.org:443", "/"),
        ("  example.org\n", "example.org:443", "/"),
        ("EXAMPLE.org", "example.org:443", "/"),
        ("example.org.", "example.org:443", "/"),
        ("example.org:8443", "example.org:8443", "/"),
        ("example.org:00443", "example.org:443", "/"),
        ("localhost", "localhost:443", "/"),
        ("_tls.example.org", "_tls.example.org:443", "/"),
        ("r3---sn.example.org", "r3---sn.example.org:443", "/"),
        ("192.0.2.1", "192.0.2.1:443", "/"),
        ("192.0.2.1:993", "192.0.2.1:993", "/"),
        ("\uff11\uff19\uff12.0.2.1", "192.0.2.1:443", "/"),
        ("::1", "[::1]:443", "/"),
        ("[::1]", "[::1]:443", "/"),
        ("[::1]:8443", "[::1]:8443", "/"),
        ("2001:DB8:0:0::1", "[2001:db8::1]:443", "/"),
        ("2001:db8::5", "[2001:db8::5]:443", "/"),
        ("2606:4700::6810:1234", "[2606:4700::6810:1234]:443", "/"),
        ("fe80::1%eth0", "[fe80::1%eth0]:443", "/"),
        ("[fe80::1%eth0]:1", "[fe80::1%eth0]:1", "/"),
        ("https://[fe80::1%25eth0]:1/x", "[fe80::1%eth0]:1", "/x"),
        ("https://example.org", "example.org:443", "/"),
        ("HTTPS://example.org:444/a/b?c=d#e", "example.org:444", "/a/b?c=d"),
        ("https://example.org?q=1", "example.org:443", "/?q=1"),
        ("https://example.org#top", "example.org:443", "/"),
        ("//example.org/x", "example.org:443", "/x"),
        ("example.org/x%20y?u=https://other.example/", "example.org:443", "/x%20y?u=https://other.example/"),
        ("example.org/ä", "example.org:443", "/%C3%A4"),
        ("bücher.example", "xn--bcher-kva.example:443", "/"),
    ],
)
def test_every_form_is_understood(text: str, origin: str, path: str) -> None:
    """Host, port and path come out of each form in which one would type them."""
    target = parse_target(text)
    assert target.origin == origin
    assert target.path == path
    assert target.text == text.strip()


def test_a_name_is_asked_for_and_judged_by() -> None:
    """Without further words the host is also the server name and the name to judge by."""
    target = parse_target("example.org")
    assert target == Target(
        text="example.org",
        host="example.org",
        display="example.org",
        port=443,
        path="/",
        is_address=False,
        sni="example.org",
        address=None,
        hostname="example.org",
    )
    assert not target.hostname_is_address


@pytest.mark.parametrize(("text", "hostname"), [("192.0.2.1", "192.0.2.1"), ("[fe80::1%eth0]", "fe80::1")])
def test_an_address_has_no_server_name(text: str, hostname: str) -> None:
    """RFC 6066 §3 has no literals as SNI, and a certificate knows no zones."""
    target = parse_target(text)
    assert target.is_address
    assert target.sni is None
    assert target.hostname == hostname
    assert target.hostname_is_address


@pytest.mark.parametrize(
    ("text", "host", "display"),
    [
        ("bücher.example", "xn--bcher-kva.example", "bücher.example"),
        ("BÜCHER.Example", "xn--bcher-kva.example", "bücher.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", "bücher.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example", "bücher.example"),
        ("faß.example", "xn--fa-hia.example", "faß.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト"),
        ("xn--i-7iq.example", "xn--i-7iq.example", "xn--i-7iq.example"),
        ("_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example", "_dmarc.bücher.example"),
    ],
)
def test_international_names_in_either_form(text: str, host: str, display: str) -> None:
    """IDNA 2008 after the mapping of UTS #46; an A-label that IDNA 2008 does not know is used as it is."""
    target = parse_target(text)
    assert (target.host, target.display, target.sni) == (host, display, host)


def test_the_names_can_be_chosen() -> None:
    """What is asked for, where, and what it is judged by are three different things."""
    target = parse_target("example.org", sni=" Other.example ", address="[2001:DB8::1]", hostname="bücher.example.")
    assert target.host == "example.org"
    assert target.sni == "other.example"
    assert target.address == "2001:db8::1"
    assert target.hostname == "xn--bcher-kva.example"


def test_an_address_can_be_judged_by() -> None:
    """A certificate may be for an address; brackets are understood and zones are not part of it."""
    assert parse_target("example.org", hostname="[::1]").hostname == "::1"
    assert parse_target("example.org", hostname="[::1]").hostname_is_address
    assert parse_target("example.org", hostname="fe80::1%3").hostname == "fe80::1"
    assert parse_target("192.0.2.1", sni="example.org").sni == "example.org"
    assert parse_target("example.org", address="fe80::1%lo").address == "fe80::1%lo"


@pytest.mark.parametrize(
    ("text", "says", "advises"),
    [
        ("", "empty", "https://"),
        ("   ", "empty", "https://"),
        ("host 443", "space in it, after 'host'", "host:port"),
        ("ho\x00st", "control character in it, U+0000", "host:port"),
        ("https://example.org/\ud800", "U+D800", "host:port"),
        ("x" * 9000, "9,000 characters", "host:port"),
        ("http://example.org/", "without TLS", "https://example.org"),
        ("ftp://example.org/", "'ftp' is not known", "host:port"),
        ("https://user:secret@example.org/", "user name or password", "up to the @"),
        ("user@example.org", "user name or password", "up to the @"),
        ("https://", "no host", "host:port"),
        (":443", "no host", "host:port"),
        ("example.org:", "no port after the colon", "1 to 65535"),
        ("example.org:https", "'https' is not a number", "443"),
        ("example.org:٤٤٣", "is not a number", "443"),
        ("example.org:0", "out of range", "1 to 65535"),
        ("example.org:65536", "out of range", "1 to 65535"),
        ("example.org:" + "9" * 5000, "out of range", "1 to 65535"),
        ("[::1", "not closed", "]:443"),
        ("[example.org]:443", "not an IPv6 address", "IPv6"),
        ("[192.0.2.1]", "not an IPv6 address", "IPv6"),
        ("[::1]443", "is not a port", "[::1]:443"),
        ("1:2:3:4:5:6:7:8:443", "needs brackets", "[1:2:3:4:5:6:7:8]:443"),
        ("2001:db8::1:443", "one with port 443", "[2001:db8::1]:443 or [2001:db8::1:443]"),
        ("a:b:c", "several colons", "[IPv6 address]:port"),
        ("1.2.3", "ends in a number", "four numbers"),
        ("256.0.0.1", "ends in a number", "four numbers"),
        ("12345", "ends in a number", "four numbers"),
        (".example.org", "empty label", "one dot"),
        ("example..org", "empty label", "one dot"),
        (".", "empty label", "one dot"),
        ("-a.example", "label '-a'", "no hyphen at either end"),
        ("a-.example", "label 'a-'", "no hyphen at either end"),
        ("a,b.example", "label 'a,b'", "letters, digits"),
        ("example.org%eth0", "label 'org%eth0'", "letters, digits"),
        ("fe80::1%", "several colons", "IPv6"),
        ("a" * 64 + ".example", "64 octets long, more than 63", "missing dot"),
        ("ü" * 80 + ".example", "internationalised", "xn--"),
        (".".join(["a" * 50] * 6), "305 octets long", "doubled"),
        ("ü." * 200 + "example", "407 characters long", "doubled"),
        ("i❤.example", "not a valid internationalised name", "xn--"),
        ("a\u2028b", "space", "host:port"),
        ("a\ufffeb.example", "not a valid internationalised name", "xn--"),
        ("℀.example", "label 'a/c'", "letters, digits"),
        ("xn--.example", "label 'xn--'", "hyphen"),
    ],
)
def test_nonsense_gets_a_sentence(text: str, says: str, advises: str) -> None:
    """The message says what is wrong and the hint what would be right."""
    with pytest.raises(InputError) as caught:
        parse_target(text)
    assert caught.value.fault is Fault.BAD_TARGET
    assert caught.value.phase is Phase.INPUT
    assert says in caught.value.message
    assert advises in caught.value.hint
    assert len(caught.value.message) < 300
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("sni", "", "server name (SNI) is empty"),
        ("sni", "a b", "space"),
        ("sni", "192.0.2.1", "address can't be sent"),
        ("sni", "::1", "address can't be sent"),
        ("sni", "-x", "label '-x' of the server name"),
        ("address", "", "address to connect to is empty"),
        ("address", "example.org", "'example.org' is not an address"),
        ("address", "192.0.2.1:443", "'192.0.2.1:443' is not an address"),
        ("address", "[::1]:443", "is not an address"),
        ("hostname", "", "name to judge by is empty"),
        ("hostname", "a..b", "empty label"),
        ("hostname", "i❤.example", "not a valid internationalised name"),
    ],
)
def test_nonsense_in_an_option_gets_a_sentence(option: str, value: str, says: str) -> None:
    """The options are checked as strictly as the target."""
    with pytest.raises(InputError, match=r".") as caught:
        parse_target("example.org", **{option: value})
    assert caught.value.fault is Fault.BAD_TARGET
    assert says in caught.value.message


def read(text: str) -> Target | Failure:
    """A target, or why it is none."""
    try:
        return parse_target(text)
    except InputError as error:
        return error.failure()


@given(
    st.text(max_size=80)
    | st.text(alphabet="abz019.:-_[]%/@?#xnü。ß \\", max_size=40)
    | st.builds("https://{}".format, st.text(max_size=60))
    | st.builds("xn--{}".format, st.text(alphabet="abcz019-", max_size=30))
)
@example("::%1")
@example("[::1%25]")
@settings(derandomize=True, max_examples=1500, deadline=None)
def test_any_text_is_a_target_or_an_input_error(text: str) -> None:
    """Nothing else is raised, and what was understood is understood again in the same way."""
    target = read(text)
    if isinstance(target, Failure):
        assert target.message.endswith(".")
        assert target.hint
        return
    again = parse_target(target.origin)
    assert (again.origin, again.host, again.port) == (target.origin, target.host, target.port)
    assert again.display == target.display
    assert target.path.startswith("/")
    assert target.path.isascii()
    assert target.host.isascii()
    assert parse_target(target.display if target.is_address or "%" in target.host else target.host).host == target.host


@given(st.ip_addresses())
@settings(derandomize=True, max_examples=100, deadline=None)
def test_every_address_is_one(address: object) -> None:
    """What the standard library writes is read."""
    assert is_address(str(address))
    assert parse_target(f"[{address}]:1" if ":" in str(address) else f"{address}:1").is_address


def test_only_international_names_need_the_tables() -> None:
    """The command line parses targets before anything is painted, so parsing loads next to nothing."""
    script = (
        "import sys; from tlsglass.target import parse_target; parse_target('example.org');"
        "print('idna' in sys.modules, 'socket' in sys.modules, end=' ');"
        "parse_target('bücher.example'); print('idna' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False True\n"
