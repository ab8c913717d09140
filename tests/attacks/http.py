"""Attacks with the answer: heads and bodies that never end, lie about their length, or bite. RFC 9110, RFC 9112."""

import gzip
from collections.abc import Callable, Iterable
from functools import cache
from itertools import repeat
from typing import Unpack

from tests.attacks.attack import Attack, Bounds, Layer, Manner, Seen
from tests.attacks.bites import EVERYTHING, FORGED
from tests.attacks.identity import site_context
from tests.attacks.imitations import TEXTS
from tests.attacks.opponent import Opponent
from tlsglass.demo.stream import Stream
from tlsglass.errors import Fault, Phase

_OK = b"HTTP/1.1 200 OK\r\n"
_HINTS = b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_BITING = EVERYTHING.encode("utf-8", "surrogatepass")
_BITING_VALUE = _BITING.replace(b"\r\n", b" ").replace(b"\r", b" ").replace(b"\x00", b"")
_MEGABYTE = 1 << 20


@cache
def _bomb() -> tuple[bytes, ...]:
    return (_OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(100 * _MEGABYTE), 9),)


def _hear_request(stream: Stream) -> None:
    heard = b""
    while b"\r\n\r\n" not in heard and (data := stream.receive()):
        heard += data


def _saying(*pieces: bytes, then: Callable[[Opponent, Stream], None] = lambda _, stream: stream.close()) -> Manner:
    """Hear the request, say this, and end in a way."""
    return _telling(lambda: pieces, then=then)


def _telling(
    pieces: Callable[[], Iterable[bytes]],
    *,
    then: Callable[[Opponent, Stream], None] = lambda _, stream: stream.close(),
) -> Manner:
    """The same where there is much to say."""

    def play(opponent: Opponent) -> None:
        stream = Stream(opponent, site_context())
        stream.handshake()
        _hear_request(stream)
        for piece in pieces():
            stream.send(piece)
        then(opponent, stream)

    return play


def _waiting(opponent: Opponent, _stream: Stream) -> None:
    opponent.linger()


def _resetting(opponent: Opponent, _stream: Stream) -> None:
    opponent.reset()


def _dripping(opponent: Opponent, stream: Stream) -> None:
    while True:
        stream.send(b".")
        opponent.under_way()
        opponent.pause(0.2)


def _before_the_request(opponent: Opponent) -> None:
    stream = Stream(opponent, site_context())
    stream.handshake()
    stream.send(_OK + b"Content-Length: 5\r\n\r\nearly")
    _hear_request(stream)
    stream.close()


_GOOD = Seen()
_CUT = Seen(phase=Phase.EXCHANGE, fault=Fault.TRUNCATED)
_LATE = Seen(phase=Phase.EXCHANGE, fault=Fault.TIMEOUT)


def _attack(id_: str, plays: str, manner: Manner, seen: Seen = _GOOD, **bounds: Unpack[Bounds]) -> Attack:
    return Attack(id=id_, layer=Layer.HTTP, plays=plays, manner=manner, seen=seen, **bounds)


def _endless(id_: str, plays: str, first: bytes, again: bytes) -> Attack:
    def pieces() -> Iterable[bytes]:
        yield first
        yield from repeat(again)

    return _attack(id_, plays, _telling(pieces), _LATE, endless=True)


ATTACKS = (
    _endless("endless-head", "Sends header fields for ever.", _OK, b"X-Again: and again\r\n" * 500),
    _endless("endless-line", "Sends a status line that never ends.", b"HTTP/1.1 200 ", b"O" * 16_000),
    _endless("endless-body", "Sends a body that never ends.", _OK + b"\r\n", b"and again\n" * 1600),
    _endless("endless-chunks", "Sends chunks for ever.", _CHUNKED, b"400\r\n" + b"c" * 1024 + b"\r\n"),
    _endless("endless-trailers", "Sends trailer fields for ever.", _CHUNKED + b"0\r\n", b"X-Again: again\r\n" * 500),
    _attack(
        "interim-flood",
        "Sends interim responses for ever.",
        _telling(lambda: repeat(_HINTS * 200)),
        Seen(phase=Phase.EXCHANGE, fault=Fault.TOO_LARGE, says="more than 20 interim responses"),
    ),
    _attack(
        "drip",
        "Sends the body byte by byte, with a pause after each.",
        _saying(_OK + b"\r\n", then=_dripping),
        _LATE,
        endless=True,
    ),
    _attack(
        "head-of-10-megabytes",
        "Sends a header field of 10 MB.",
        _saying(_OK + b"X: ", *repeat(b"x" * _MEGABYTE, 10), b"\r\n\r\nbody"),
    ),
    _attack(
        "100-thousand-fields",
        "Sends 100,000 header fields.",
        _saying(_OK + b"A: b\r\n" * 100_000 + b"\r\nbody"),
    ),
    _attack(
        "100-thousand-cookies",
        "Sets 100,000 cookies, where as much as can be is taken.",
        _saying(_OK + b"".join(b"Set-Cookie: c%d=\x1b]0;PLANTED\x07\r\n" % n for n in range(100_000)) + b"\r\nbody"),
        words=("--limit", "headers=10000", "--limit", "header-bytes=16MiB"),
    ),
    _attack(
        "10-thousand-cookies",
        "Sets as many cookies as can be taken at all.",
        _saying(_OK + b"".join(b"Set-Cookie: c%d=\xc2\x9b31m[/x]\r\n" % n for n in range(10_000)) + b"\r\nbody"),
        words=("--limit", "headers=10000", "--limit", "header-bytes=16MiB"),
    ),
    _attack(
        "switching",
        "Switches to a protocol that nobody asked for, and bites.",
        _saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + _BITING),
    ),
    _attack(
        "huge-trailers",
        "Sends 10 MB of trailer fields behind a chunk.",
        _saying(_CHUNKED + b"4\r\nbody\r\n0\r\n" + b"Set-Cookie: \x1b]0;PLANTED\x07\r\n" * 300_000 + b"\r\n"),
    ),
    _attack(
        "coded-over-and-over",
        "Names a hundred codings, one of which unpacks without end.",
        _saying(_OK + b"Content-Encoding: br, zstd, gzip" + b", gzip" * 100 + b"\r\n\r\n" + gzip.compress(bytes(1000))),
    ),
    _attack("negative-length", "Announces a body of -1 bytes.", _saying(_OK + b"Content-Length: -1\r\n\r\nbody")),
    _attack(
        "huge-length",
        "Announces a body of 10^30 bytes.",
        _saying(_OK + b"Content-Length: 1%b\r\n\r\nbody" % (b"0" * 30)),
    ),
    _attack(
        "length-of-5-thousand-digits",
        "Announces a body by a number of 5,000 digits.",
        _saying(_OK + b"Content-Length: %b\r\n\r\nbody" % (b"9" * 5000)),
    ),
    _attack(
        "two-lengths",
        "Announces two lengths of the body.",
        _saying(_OK + b"Content-Length: 4\r\nContent-Length: 400\r\n\r\nbody"),
    ),
    _attack(
        "length-and-chunks",
        "Announces a length and chunks.",
        _saying(_OK + b"Content-Length: 400\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"),
    ),
    _attack("chunk-overflow", "Announces a chunk of 2^80 bytes.", _saying(_CHUNKED + b"F" * 20 + b"\r\nbody"), _CUT),
    _attack(
        "chunk-extension",
        "Sends a chunk extension of 1 MB.",
        _saying(_CHUNKED + b"4;" + b"x" * _MEGABYTE + b"\r\nbody\r\n"),
    ),
    _attack(
        "folded", "Folds a field over 10,000 lines.", _saying(_OK + b"X: y\r\n" + b" z\r\n" * 10_000 + b"\r\nbody")
    ),
    _attack("nul-in-head", "Puts NUL into a header field.", _saying(_OK + b"X: a\x00b\r\n\r\nbody")),
    _attack(
        "biting-head",
        "Puts escape sequences and markup into the reason and the fields.",
        _saying(b"HTTP/1.1 200 " + _BITING_VALUE + b"\r\nX-Bites: " + _BITING_VALUE + b"\r\n\r\nbody"),
    ),
    _attack(
        "biting-latin-1",
        "Puts C1 controls as single bytes and 8-bit text into the head.",
        _saying(b"HTTP/1.1 200 O\xe9K\r\nServer: \x9b31m\x9d0;PLANTED\x9c\xff\r\n\r\nbody"),
    ),
    _attack("biting-body", "Sends a body of escape sequences.", _saying(_OK + b"\r\n", (_BITING + b"\n") * 500)),
    _attack(
        "biting-line",
        "Sends escape sequences in one line of 1 MB.",
        _saying(_OK + b"\r\n", _BITING.replace(b"\n", b"") * 1500),
    ),
    _attack(
        "forged-head",
        "Sends a reason and header fields that imitate lines of ours.",
        _saying(
            b"HTTP/1.1 200 " + TEXTS["words"].encode() + b"\r\n",
            *(b"X-%d: %b\r\n" % (at, text.encode()) for at, text in enumerate(TEXTS.values()) if "\n" not in text),
            *(b"X-Long-%d: %b\r\n" % (at, b"a " * at + FORGED.encode()) for at in range(20)),
            b"Content-Length: 0\r\n\r\n",
        ),
    ),
    *(
        _attack(
            f"no-http-forged-by-{kind}",
            f"Speaks something else, which imitates lines of ours by {kind.replace('-', ' ')}.",
            _saying(f"* OK {text}\r\n".encode()),
        )
        for kind, text in TEXTS.items()
        if kind in {"line-ends", "blanks", "words"}
    ),
    _attack("no-http", "Speaks something else, which bites.", _saying(b"* OK " + _BITING + b"\r\n")),
    _attack(
        "biting-charset",
        "Names a charset that bites, and one that would unpack.",
        _saying(_OK + b'Content-Type: text/html; charset="zip_codec\x9b31m[/x]"\r\n\r\n<p>' + _BITING),
    ),
    _attack(
        "line-of-50-megabytes",
        "Sends a body of 50 MB in one line.",
        _saying(_OK + b"\r\n", *repeat(b"l" * _MEGABYTE, 50)),
    ),
    _attack(
        "lines-of-nothing", "Sends 10 million empty lines.", _saying(_OK + b"\r\n", *repeat(b"\n" * _MEGABYTE, 10))
    ),
    _attack(
        "combining-flood",
        "Sends a letter with 500,000 marks on it.",
        _saying(_OK + b"Content-Type: text/plain; charset=utf-8\r\n\r\na" + "\u0301".encode() * 500_000),
    ),
    _attack(
        "gzip-bomb",
        "Sends 100 MB of nothing in 100 kB.",
        _telling(_bomb),
    ),
    _attack(
        "redirect-to-itself",
        "Sends on to itself, to a file and to a metadata service.",
        _saying(
            b"HTTP/1.1 302 Found\r\nLocation: /\r\nLocation: file:///etc/passwd\r\n"
            b"Location: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
        ),
    ),
    _attack("before-the-request", "Answers before it was asked.", _before_the_request),
    _attack(
        "no-head",
        "Sends a page without a head.",
        _saying(b"<html><title>\x1b]0;PLANTED\x07</title>"),
    ),
    _attack("strange-status", "Answers with a status of 6 digits.", _saying(b"HTTP/1.1 999999 What\r\n\r\nbody")),
    _attack("strange-version", "Answers in HTTP/9.9.", _saying(b"HTTP/9.9 200 OK\r\n\r\nbody")),
    _attack(
        "more-than-announced",
        "Sends a second answer behind the first.",
        _saying((_OK + b"Content-Length: 4\r\n\r\nbody") * 1000),
    ),
    _attack(
        "less-than-announced",
        "Ends before the length that it announced.",
        _saying(_OK + b"Content-Length: 400\r\n\r\nbody"),
        _CUT,
    ),
    _attack("no-word", "Takes the request and says nothing.", _saying(then=_waiting), _LATE, timeout=1.0),
    _attack(
        "half-a-head", "Sends half a head and nothing more.", _saying(_OK + b"X-Ha", then=_waiting), _LATE, timeout=1.0
    ),
    _attack(
        "half-a-body",
        "Sends half a body and nothing more.",
        _saying(_OK + b"Content-Length: 9\r\n\r\nhalf", then=_waiting),
        _LATE,
        timeout=1.0,
    ),
    _attack(
        "reset-in-body",
        "Resets the connection amid the body.",
        _saying(_OK + b"Content-Length: 9000\r\n\r\nhalf", then=_resetting),
        Seen(phase=Phase.EXCHANGE, fault=Fault.RESET),
    ),
)
