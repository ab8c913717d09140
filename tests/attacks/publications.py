"""Attacks by what a certificate points to: OCSP responders, revocation lists, issuers. RFC 5280 §4.2.2.1, RFC 6960.

One port plays both parts: who begins with a TLS record gets the site, and who asks in plain HTTP what it publishes.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, repeat

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID
from OpenSSL import SSL

from tests.attacks.attack import Attack, Layer, Manner, Seen
from tests.attacks.bites import EVERYTHING
from tests.attacks.identity import context, crafted_context, intermediate, leaf, root
from tests.attacks.imitations import TEXTS
from tests.attacks.opponent import Opponent
from tests.x509.der_writer import UTF8, certificate, extension, name, oid, seq, tlv
from tlsglass.demo.authority import Pointers
from tlsglass.demo.changes import having
from tlsglass.demo.stream import Stream
from tlsglass.x509.pem import to_pem

_TLS = 22
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
_OK = b"HTTP/1.1 200 OK\r\n"
_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_BITING = EVERYTHING.replace("\r", "").replace("\n", "").replace("\x00", "").encode("utf-8", "surrogatepass")
_CA_ISSUERS = "1.3.6.1.5.5.7.48.2"

Telling = Callable[[Opponent, bytes], None]
"""Answers a request, of which it is given the first line."""


@cache
def _context(port: int, *, whole: bool) -> SSL.Context:
    return context(leaf(Pointers(base=f"http://127.0.0.1:{port}")), whole=whole)


def _site(opponent: Opponent, made: SSL.Context) -> None:
    stream = Stream(opponent, made)
    stream.handshake()
    stream.receive()
    stream.send(_PAGE)
    stream.close()


def _publishing(tell: Telling, *, whole: bool, site: Callable[[int], SSL.Context] | None = None) -> Manner:
    """A site whose certificate points to what tells."""

    def play(opponent: Opponent) -> None:
        if opponent.peek() == bytes([_TLS]):
            _site(opponent, site(opponent.port) if site else _context(opponent.port, whole=whole))
            return
        heard = b""
        while b"\r\n\r\n" not in heard and (data := opponent.receive()):
            heard += data
        tell(opponent, heard.partition(b"\r\n")[0])

    return play


def _saying(*pieces: bytes) -> Telling:
    def tell(opponent: Opponent, _asked: bytes) -> None:
        opponent.flood(pieces)

    return tell


def _for_ever(first: bytes, again: bytes) -> Telling:
    def tell(opponent: Opponent, _asked: bytes) -> None:
        opponent.send(first)
        opponent.flood(repeat(again))

    return tell


def _silence(opponent: Opponent, _asked: bytes) -> None:
    opponent.linger()


def _drip(opponent: Opponent, _asked: bytes) -> None:
    opponent.drip(_OK + b"\r\n" + bytes(1000), every=0.2)


def _in_a_circle(opponent: Opponent, _asked: bytes) -> None:
    opponent.send(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/again\r\n\r\n" % opponent.port)


_STEPS = count()


def _further_and_further(opponent: Opponent, _asked: bytes) -> None:
    opponent.send(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % next(_STEPS))


def _sending_to(where: bytes) -> Telling:
    return _saying(b"HTTP/1.1 302 Found\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n")


def _body(data: bytes) -> bytes:
    return _OK + b"Content-Length: %d\r\n\r\n" % len(data) + data


@cache
def _of_another() -> bytes:
    """An OCSP response about another certificate."""
    return intermediate().staple(leaf(Pointers(base="http://127.0.0.1:9")).certificate)


def _about_another(opponent: Opponent, _asked: bytes) -> None:
    opponent.send(_body(_of_another()))


@cache
def _pointing(port: int, step: int) -> bytes:
    """A certificate whose issuer is the next one, which is to be had at this port."""
    access = seq(oid(_CA_ISSUERS), tlv(0x86, b"http://127.0.0.1:%d/%d" % (port, step + 1)))
    return certificate(
        extension("1.3.6.1.5.5.7.1.1", seq(access)),
        subject=name(("2.5.4.3", UTF8, b"step %d" % step)),
        issuer=name(("2.5.4.3", UTF8, b"step %d" % (step + 1))),
    )


def _next_issuer(opponent: Opponent, asked: bytes) -> None:
    path = asked.split()[1].removeprefix(b"/")
    opponent.send(_body(_pointing(opponent.port, int(path) if path.isdigit() else 0)))


def _itself(opponent: Opponent, _asked: bytes) -> None:
    opponent.send(_body(_pointing(opponent.port, 0)))


def _bundle() -> Iterator[bytes]:
    der = intermediate().certificate.public_bytes(Encoding.PEM)
    yield _OK + b"\r\n" + der * 3000


def _crowd(port: int) -> SSL.Context:
    """For a site whose certificate is of an issuer that is not sent, and names ten addresses of it."""
    access = seq(*(seq(oid(_CA_ISSUERS), tlv(0x86, b"http://127.0.0.1:%d/%d" % (port, each))) for each in range(10)))
    issuer = name(("2.5.4.3", UTF8, b"Crowd"))
    return crafted_context(certificate(extension("1.3.6.1.5.5.7.1.1", access), issuer=issuer))


def _in_the_crowd(opponent: Opponent, asked: bytes) -> None:
    """The first address gives 60 certificates, none of which is the issuer's, and the others nothing."""
    many = (certificate(subject=name(("2.5.4.3", UTF8, b"other %d" % each))) for each in range(60))
    pem = "".join(to_pem(each) for each in many).encode()
    opponent.send(_body(pem) if asked.split()[1] == b"/0" else _NOTHING)


def _named(port: int, kind: str) -> str:
    return f"http://127.0.0.1:{port}/{kind}"


@cache
def _thousand_responders(port: int) -> SSL.Context:
    """For a site whose certificate names 1,000 responders, and as many lists in as many places."""
    told = [x509.UniformResourceIdentifier(_named(port, f"ocsp/{n}")) for n in range(1000)]
    lists = [[x509.UniformResourceIdentifier(_named(port, f"crl/{n}"))] for n in range(1000)]
    access = [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, each) for each in told]
    points = [x509.DistributionPoint(each, None, None, None) for each in lists]
    changes = (having(x509.AuthorityInformationAccess(access)), having(x509.CRLDistributionPoints(points)))
    return context(leaf(Pointers(base=_named(port, "")), changes=changes))


@cache
def _long_path(port: int) -> SSL.Context:
    """For a site whose path has 12 intermediates, each of which names a responder and a list."""
    pointers = Pointers(base=f"http://127.0.0.1:{port}")
    issuers = [root()]
    for number in range(12):
        issuers.append(issuers[-1].authority(f"Link {number}", path_length=None, pointers=pointers))
    made = context(leaf(pointers, by=issuers[-1]), whole=False)
    for issuer in reversed(issuers[1:]):
        made.add_extra_chain_cert(issuer.certificate)
    return made


ASKING = ("--revocation", "--aia")
"""The words of the command line with which others are asked."""

_BOUND = ("--limit", "download-time=1s", "--limit", "revocation-time=2s")

_GOOD = Seen()
_UNTRUSTED = Seen(untrusted=True)


def _asked(  # noqa: PLR0913 - what an attack is, by name but for the first three
    id_: str,
    plays: str,
    tell: Telling,
    *,
    timeout: float = 10.0,
    site: Callable[[int], SSL.Context] | None = None,
    seen: Seen = _GOOD,
) -> Attack:
    """An attack on who asks about revocation; the chain is whole."""
    return Attack(
        id=id_,
        layer=Layer.PUBLICATIONS,
        plays=plays,
        manner=_publishing(tell, whole=True, site=site),
        seen=seen,
        timeout=timeout,
        words=(*ASKING, *_BOUND),
        megabytes=96,
    )


def _fetched(
    id_: str, plays: str, tell: Telling, *, timeout: float = 10.0, site: Callable[[int], SSL.Context] | None = None
) -> Attack:
    """An attack on who fetches the issuer; the chain is not whole."""
    return Attack(
        id=id_,
        layer=Layer.PUBLICATIONS,
        plays=plays,
        manner=_publishing(tell, whole=False, site=site),
        seen=_UNTRUSTED,
        timeout=timeout,
        words=(*ASKING, *_BOUND),
        megabytes=96,
    )


ATTACKS = (
    _asked("responder-silent", "Responder and list say nothing.", _silence, timeout=0.5),
    _asked("responder-drips", "Responder and list drip.", _drip, timeout=0.5),
    _asked("responder-endless", "Responder and list never end.", _for_ever(_OK + b"\r\n", bytes(60_000))),
    _asked(
        "responder-endless-head", "Responder and list send header fields for ever.", _for_ever(_OK, b"A: b\r\n" * 9000)
    ),
    _asked(
        "responder-endless-chunks",
        "Responder and list send empty chunks for ever.",
        _for_ever(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 30_000 + b"\r\n.\r\n"),
    ),
    _asked(
        "responder-interim-flood",
        "Responder and list send interim responses for ever.",
        _for_ever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2000),
    ),
    _asked("responder-circle", "Responder and list send on in a circle.", _in_a_circle),
    _asked("responder-further", "Responder and list send on without end.", _further_and_further),
    _asked(
        "responder-to-metadata",
        "Responder and list send on to a metadata service.",
        _sending_to(b"http://169.254.169.254/latest/meta-data/"),
    ),
    _asked("responder-to-file", "Responder and list send on to a file.", _sending_to(b"file:///etc/passwd")),
    _asked("responder-to-bites", "Responder and list send on to what bites.", _sending_to(b"http://" + _BITING)),
    _asked("responder-of-another", "The responder tells of another certificate.", _about_another),
    _asked(
        "responder-lies-about-length",
        "Responder and list announce 10^30 bytes.",
        _saying(_OK + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n"),
    ),
    _asked("responder-no-http", "Responder and list speak something that bites.", _saying(_BITING)),
    _asked(
        "responder-biting-reason",
        "Responder and list refuse with a reason that bites.",
        _saying(b"HTTP/1.1 500 [/x] \xc2\x9b31m\xe2\x80\xae\r\n\r\n"),
    ),
    *(
        _asked(
            f"responder-forging-by-{kind}",
            f"Responder and list refuse with a reason that imitates lines of ours by {kind.replace('-', ' ')}.",
            _saying(f"HTTP/1.1 500 {TEXTS[kind]}\r\n\r\n".encode()),
        )
        for kind in ("blanks", "wide-letters", "words")
    ),
    _asked(
        "responder-compressed",
        "Responder and list are compressed.",
        _saying(_OK + b"Content-Encoding: gzip\r\n\r\n" + bytes(1000)),
    ),
    _asked("responder-deep", "Responder and list are nested 5,000 deep.", _saying(_body(b"\x30\x80" * 5000))),
    _asked(
        "responder-huge",
        "Responder and list give 4 MB of small elements.",
        _saying(_body(tlv(0x30, b"\x05\x00" * 2_000_000))),
    ),
    _asked(
        "thousand-responders",
        "A certificate names 1,000 responders and 1,000 lists, none of which tells anything.",
        _saying(_NOTHING),
        site=_thousand_responders,
        seen=Seen(says="996 more that the certificate names were not asked"),
    ),
    _asked(
        "long-path",
        "A path of 13 certificates has responders and lists for each, none of which tells anything.",
        _saying(_NOTHING),
        site=_long_path,
        seen=Seen(says="no more than 10 of a path are"),
    ),
    _fetched("issuer-silent", "The issuer's address says nothing.", _silence, timeout=0.5),
    _fetched("issuer-endless", "The issuer's certificate never ends.", _for_ever(_OK + b"\r\n", bytes(60_000))),
    _fetched("issuer-to-file", "The issuer's address sends on to a file.", _sending_to(b"file:///etc/passwd")),
    _fetched(
        "issuer-of-issuer",
        "Each issuer names another one to fetch.",
        _next_issuer,
        site=lambda port: crafted_context(_pointing(port, 0)),
    ),
    _fetched(
        "issuer-itself",
        "The issuer's address gives the certificate that names it.",
        _itself,
        site=lambda port: crafted_context(_pointing(port, 0)),
    ),
    _fetched(
        "issuer-in-a-crowd",
        "Ten addresses are named for the issuer, the first of which gives 60 certificates of others.",
        _in_the_crowd,
        site=_crowd,
    ),
    _fetched(
        "issuer-bundle", "The issuer's address gives a bundle of 3,000.", lambda opponent, _: opponent.flood(_bundle())
    ),
)
