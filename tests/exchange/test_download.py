"""Downloads: what is at an address, bounded in every way, and nothing from inside where the site is not."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web import PUBLIC, Said
from tests.web import Web as MemoryWeb
from tlsglass.errors import ChannelError, ConnectError, DownloadError, Fault, ResolveError
from tlsglass.exchange.download import Download, download
from tlsglass.limits import Limits
from tlsglass.net.channel import Channel
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop

OK = b"HTTP/1.1 200 OK\r\nContent-Type: Application/PKIX-CRL; q=1\r\nContent-Length: 5\r\n\r\nhello"
CRUMBS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"1;" + b"x" * 1000 + b"\r\n.\r\n") * 900


class Web(MemoryWeb):
    """The same, and how to download from it."""

    def get(self, url: str, *, limit: int = 1000, private: bool = False, body: bytes | None = None) -> Download:
        """Download from it."""
        with Stop() as stop:
            try:
                return download(
                    url,
                    body=body,
                    content_type="application/ocsp-request" if body else None,
                    limit="issuer_bytes",
                    limits=Limits(issuer_bytes=limit),
                    stop=stop,
                    timeout=20,
                    resolver=self.resolve,
                    dialer=self.dial,
                    allow_private=private,
                )
            finally:
                assert all(channel.closed for channel in self.channels)


def refusal(web: Web, url: str = "http://a.test/", *, limit: int = 1000, private: bool = False) -> DownloadError:
    """Why a download is refused."""
    with pytest.raises(DownloadError) as caught:
        web.get(url, limit=limit, private=private)
    return caught.value


def sends_to(url: str, status: int = 302) -> bytes:
    """An answer that sends on."""
    return f"HTTP/1.1 {status} Elsewhere\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")


def test_what_is_there_comes_back_with_where_it_came_from() -> None:
    """The body, the media type, the peer; the request is one that asks for nothing special."""
    web = Web(a_test=OK)
    got = web.get("http://a.test/x?y#z")
    assert got == Download(
        data=b"hello",
        url="http://a.test/x?y#z",
        status=200,
        content_type="application/pkix-crl",
        peer=Endpoint(address=PUBLIC, port=80),
        redirects=(),
    )
    lines = web.channels[0].sent.decode().split("\r\n")
    assert lines[:2] == ["GET /x?y HTTP/1.1", "Host: a.test"]
    assert "Accept-Encoding: identity" in lines
    assert web.asked == [("a.test", 80)]


def test_a_body_goes_by_post() -> None:
    """With its length and type."""
    web = Web(a_test=OK)
    web.get("http://a.test:8080", body=b"question")
    head, _, body = web.channels[0].sent.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[:2] == ["POST / HTTP/1.1", "Host: a.test:8080"]
    assert lines[-2:] == ["Content-Type: application/ocsp-request", "Content-Length: 8"]
    assert body == b"question"
    literal = Web()
    literal.answers["fe80::1%eth0"] = OK
    literal.addresses["fe80::1%eth0"] = "fe80::1%eth0"
    literal.get("http://[fe80::1%eth0]/", private=True)
    assert literal.channels[0].sent.startswith(b"GET / HTTP/1.1\r\nHost: [fe80::1]\r\n")
    untyped = Web(a_test=OK)
    untyped.get("http://a.test", body=b"")
    assert b"Content-Type" not in untyped.channels[0].sent


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.0 200 OK\r\nContent-Encoding: identity\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"HTTP/1.1 103 Early\r\n\r\n" * 20 + OK + b"and more", b"hello"),
    ],
)
def test_every_framing_is_understood(answer: bytes, body: bytes) -> None:
    """RFC 9112 §6.3; also where each byte comes alone."""
    assert Web(a_test=answer).get("http://a.test").data == body
    assert Web(a_test=answer + b" " * 40_000).get("http://a.test", limit=99_999).data.startswith(body)
    alone = [answer[at : at + 1] for at in range(len(answer))]
    assert Web(a_test=alone).get("http://a.test").data == body


@pytest.mark.parametrize(
    ("answer", "fault", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", Fault.TOO_LARGE, "it has 1,001 bytes, more than 1,000"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001, Fault.TOO_LARGE, "it has more than 1,000 bytes"),
        (b"HTTP/1.1 103 Early\r\n\r\n" * 21 + OK, Fault.TOO_LARGE, "more than 20 interim responses (limit interim;"),
        (CRUMBS, Fault.TOO_LARGE, "what comes is longer than 1,000 bytes"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Fault.TRUNCATED, "the answer is not whole (peer closed"),
        (b"", Fault.CLOSED, "closed the connection without an answer"),
        (b"220 mail.test\r\n", Fault.PEER_MISBEHAVED, "can't be read as HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, Fault.PEER_MISBEHAVED, "can't be read as HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 101 + b"\r\n", Fault.PEER_MISBEHAVED, "has 101 fields"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", Fault.PEER_MISBEHAVED, "compressed (gzip)"),
        (b"HTTP/1.1 404 Not Here\r\n\r\n", Fault.HTTP_STATUS, "the server answered 404 Not Here."),
        (b"HTTP/1.1 304 \r\n\r\n", Fault.HTTP_STATUS, "the server answered 304."),
        (b"HTTP/1.1 302 Where\r\n\r\n", Fault.HTTP_STATUS, "the server answered 302 Where."),
    ],
)
def test_what_is_not_a_whole_answer_is_refused(answer: bytes, fault: Fault, words: str) -> None:
    """With a sentence that names the address."""
    error = refusal(Web(a_test=answer))
    assert error.fault is fault
    assert error.message.startswith("http://a.test/ can't be had: ")
    assert words in error.message
    assert error.message.endswith(".")


@pytest.mark.parametrize(
    ("url", "fault", "words"),
    [
        ("https://a.test/", Fault.NOT_ALLOWED, "would be a circle"),
        ("HTTPS://a.test/", Fault.NOT_ALLOWED, "would be a circle"),
        ("file:///etc/passwd", Fault.NOT_ALLOWED, "the scheme 'file'"),
        ("ldap://a.test/cn=x", Fault.NOT_ALLOWED, "the scheme 'ldap'"),
        ("ftp://a.test/", Fault.NOT_ALLOWED, "the scheme 'ftp'"),
        ("urn:a:b", Fault.NOT_ALLOWED, "the scheme 'urn'"),
        ("", Fault.NOT_ALLOWED, "the scheme ''"),
        ("http://", Fault.BAD_TARGET, "there is no host"),
        ("http://user:word@a.test/", Fault.BAD_TARGET, "before @ is never sent"),
        ("http://::1/", Fault.BAD_TARGET, "not in brackets"),
        ("http://a.test/ b", Fault.BAD_TARGET, "has a space"),
        ("http://a.test/\r\nX: y", Fault.BAD_TARGET, "has a space"),
        ("http://a.test/" + "x" * 9000, Fault.BAD_TARGET, "characters long"),
        ("http://2130706433/", Fault.BAD_TARGET, "ends in a number"),
    ],
)
def test_only_http_addresses_are_followed(url: str, fault: Fault, words: str) -> None:
    """Everything else is refused before anybody is asked anything."""
    web = Web(a_test=OK)
    error = refusal(web, url)
    assert error.fault is fault
    assert words in error.message
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "asked", "host"),
    [
        ("HTTP://A.test", ("a.test", 80), "a.test"),
        ("http://a.test:/", ("a.test", 80), "a.test"),
        ("http://[2606:4700::1]:81/", ("2606:4700::1", 81), "[2606:4700::1]:81"),
        ("http://[2606:4700::1]", ("2606:4700::1", 80), "[2606:4700::1]"),
        ("http://bücher.test?q", ("xn--bcher-kva.test", 80), "xn--bcher-kva.test"),
    ],
)
def test_addresses_are_read_as_they_are_meant(url: str, asked: tuple[str, int], host: str) -> None:
    """RFC 3986 §3.2."""
    web = Web()
    web.answers[asked[0]] = OK
    web.get(url)
    assert web.asked == [asked]
    assert f"\r\nHost: {host}\r\n".encode() in web.channels[0].sent


def test_redirects_are_followed_and_told() -> None:
    """At most three, absolute or relative, by GET."""
    web = Web(a_test=sends_to("http://b.test/b"), b_test=sends_to("//c.test"), c_test=sends_to("http://d.test", 308))
    web.answers["d.test"] = OK
    got = web.get("http://a.test")
    assert got.redirects == ("http://a.test", "http://b.test/b", "http://c.test")
    assert got.url == "http://d.test"
    assert [host for host, _ in web.asked] == ["a.test", "b.test", "c.test", "d.test"]


def test_redirects_have_an_end() -> None:
    """Neither a fourth one nor a circle is followed, nor one that leaves plain HTTP."""
    web = Web()
    web.answers["a.test"] = sends_to("/1")
    assert "in a circle, to http://a.test/1 again" in refusal(web, "http://a.test/").message
    many = Web(**{f"h{number}_test": sends_to(f"http://h{number + 1}.test/") for number in range(9)})
    assert "sent on more than 3 times" in refusal(many, "http://h0.test/").message
    assert len(many.asked) == 4
    assert "would be a circle" in refusal(Web(a_test=sends_to("https://a.test/"))).message


def test_a_question_is_not_lost_on_the_way() -> None:
    """307 and 308 keep the method, the others turn POST into GET. RFC 9110 §15.4."""
    web = Web(a_test=sends_to("http://b.test", 307), b_test=OK)
    web.get("http://a.test", body=b"question")
    assert web.channels[1].sent.startswith(b"POST ")
    with pytest.raises(DownloadError, match="status 302, which drops POST"):
        Web(a_test=sends_to("http://b.test"), b_test=OK).get("http://a.test", body=b"question")


def test_nobody_is_led_inside() -> None:
    """A public site's certificate can't have us ask what only this network may: not at once, not by a redirect."""
    web = Web(a_test=sends_to("http://inside.test/"), inside_test=OK)
    for address in ("127.0.0.1", "10.1.2.3", "169.254.1.1", "::1", "::ffff:10.0.0.1"):
        web.addresses["inside.test"] = address
        for url in ("http://a.test/", "http://inside.test/"):
            error = refusal(web, url)
            assert error.fault is Fault.NOT_ALLOWED
            assert f"leads to {address}, inside this machine or its network, but comes from outside." in error.message
    # Where the site is inside as well, its certificate may lead there, but a public address still may not.
    assert web.get("http://inside.test/", private=True).data == b"hello"
    assert "but comes from outside" in refusal(web, "http://a.test/", private=True).message
    web.addresses["a.test"] = "192.168.0.1"
    assert web.get("http://a.test/", private=True).data == b"hello"


def test_metadata_services_are_never_asked() -> None:
    """Wherever the site is."""
    web = Web(a_test=OK)
    web.addresses["a.test"] = "169.254.169.254"
    for private in (True, False):
        error = refusal(web, private=private)
        assert error.fault is Fault.NOT_ALLOWED
        assert "169.254.169.254, where clouds tell a machine its secrets" in error.message
    assert web.channels == []


def test_what_counts_is_where_the_connection_went() -> None:
    """Of several addresses only the public ones are tried; and a dialer that goes elsewhere is not used."""
    tried: list[Endpoint] = []

    class Rebinding(Web):
        def resolve(self, host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
            return (Endpoint(address="127.0.0.1", port=port), *super().resolve(host, port, stop, deadline))

        def reach(self, endpoints: Sequence[Endpoint]) -> Said:
            tried.extend(endpoints)
            return Said(Endpoint(address="10.0.0.1", port=80), OK)

    web = Rebinding(a_test=OK)
    assert "leads to 10.0.0.1" in refusal(web).message
    assert tried == [Endpoint(address=PUBLIC, port=80)]
    assert web.channels[0].sent == b""


@pytest.mark.parametrize(
    "error",
    [
        ResolveError(Fault.NO_SUCH_HOST, "There is no address for the name 'a.test'."),
        ConnectError(Fault.REFUSED, "There was a refusal."),
        ChannelError(Fault.CANCELLED, "There was a wish to stop."),
    ],
)
def test_what_the_network_says_is_said_of_the_address(error: ResolveError | ConnectError | ChannelError) -> None:
    """With its fault, which tells a stop from a failure."""

    class Broken(Web):
        def resolve(self, host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
            if isinstance(error, ResolveError):
                raise error
            return super().resolve(host, port, stop, deadline)

        def reach(self, endpoints: Sequence[Endpoint]) -> Said:
            if isinstance(error, ConnectError):
                raise error
            return super().reach(endpoints)

    class Mute(Said):
        def receive(self, limit: int, deadline: float) -> bytes:
            assert super().receive(limit, deadline)
            raise error

    web = Broken(a_test=OK)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tests.web.Said", Mute)
        refused = refusal(web)
    assert refused.fault is error.fault
    assert refused.message.startswith("http://a.test/ can't be had: there ")


def test_a_resolver_that_knows_nowhere() -> None:
    """It breaks its word, and is refused all the same."""
    with Stop() as stop, pytest.raises(DownloadError, match=r"leads to nowhere\.$"):
        download(
            "http://a.test", limit="issuer_bytes", stop=stop, timeout=1, resolver=lambda *_: (), allow_private=False
        )


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", OK[:60], sends_to("http://")[:40]]))
def test_no_answer_breaks_it(noise: bytes, start: bytes) -> None:
    """Whatever comes is a body within the limit, or a refusal with a sentence."""
    try:
        length, end = len(Web(a_test=start + noise).get("http://a.test/", limit=50).data), "."
    except DownloadError as error:
        length, end = 0, error.message[-1]
    assert (length <= 50, end) == (True, ".")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_no_address_breaks_it(rest: str) -> None:
    """Whatever a certificate has for an address is fetched or refused with a sentence."""
    web = Web()
    with Stop() as stop, pytest.raises(DownloadError) as caught:
        download(
            f"http://{rest}",
            limit="issuer_bytes",
            stop=stop,
            timeout=1,
            resolver=web.resolve,
            dialer=_refusing,
            allow_private=False,
        )
    assert caught.value.message.endswith(".")


def _refusing(
    endpoints: Sequence[Endpoint], *, stop: Stop, timeout: float, on_failure: Callable[[Endpoint, str], None]
) -> Channel:
    assert endpoints
    assert not stop.is_set()
    assert timeout
    on_failure(endpoints[0], "Nobody is at home.")
    raise ConnectError(Fault.REFUSED, "Nobody is at home.")
