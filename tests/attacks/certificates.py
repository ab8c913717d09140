"""Attacks with certificates: too many, too large, too deep, and with names that bite. RFC 5280."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise, permutations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

from tests.attacks import raw
from tests.attacks.attack import Attack, Layer, Manner, Seen
from tests.attacks.bites import EVERYTHING
from tests.attacks.identity import context, crafted_context, site_leaf
from tests.attacks.imitations import TEXTS
from tests.attacks.opponent import Opponent
from tests.x509.der_writer import (
    ALGORITHM,
    BMP,
    IA5,
    KEY,
    OCTET_STRING,
    PRINTABLE,
    SAN_OID,
    T61,
    UNIVERSAL,
    UTC_TIME,
    UTF8,
    bit_string,
    certificate,
    extension,
    name,
    number,
    oid,
    seq,
    tlv,
)
from tests.x509.saying import certificate_saying
from tlsglass.demo.stream import Stream
from tlsglass.errors import Fault, Phase
from tlsglass.x509.der import read
from tlsglass.x509.extensions.decode import DECODERS

_CN, _O = "2.5.4.3", "2.5.4.10"
_DNS, _MAIL, _URI, _DIRECTORY = 0x82, 0x81, 0x86, 0xA4
_RSA = "1.2.840.113549.1.1.1"
_SUITE_RSA = 0xC02F
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
_BITING = EVERYTHING.encode("utf-8", "surrogatepass")


def _served(*chain: bytes) -> Manner:
    """A whole handshake with that chain, and a page."""
    return _serving(partial(crafted_context, *chain))


def _serving(context_of: Callable[[], SSL.Context]) -> Manner:
    made = cache(context_of)

    def play(opponent: Opponent) -> None:
        stream = Stream(opponent, made())
        stream.handshake()
        stream.receive()
        stream.send(_PAGE)
        stream.close()

    return play


def _shown(*chain: bytes, suite: int = 0xC02B) -> Manner:
    """The chain as OpenSSL would not send it, and then the end of the connection."""
    hello = raw.message(raw.SERVER_HELLO, raw.server_hello(suite=suite))

    def play(opponent: Opponent) -> None:
        opponent.hear_hello()
        opponent.send(raw.in_records(hello + raw.certificate_message(*chain)))

    return play


def _names(*names: bytes, kind: int = _DNS) -> bytes:
    return extension(SAN_OID, seq(*(tlv(kind, each) for each in names)))


def _rsa(modulus: int, exponent: int) -> bytes:
    return seq(seq(oid(_RSA), b"\x05\x00"), bit_string(seq(number(modulus), number(exponent))))


def _signed(der: bytes) -> bytes:
    """The same with a signature that fits, as all of them have one key."""
    (outer,) = read(der).elements
    signed = outer.children[0].encoded
    return seq(signed, ALGORITHM, bit_string(KEY.sign(signed, ec.ECDSA(hashes.SHA256()))))


def _mesh(size: int) -> list[bytes]:
    """Certificates each of which has issued each other: one name and one key for all."""
    own = name((_CN, UTF8, b"Everybody"))
    leaf = certificate(_names(b"127.0.0.1"), issuer=own)
    authority = extension("2.5.29.19", seq(b"\x01\x01\xff"))
    others = (certificate(authority, serial=number(each + 1), issuer=own, subject=own) for each in range(size))
    return [*map(_signed, (leaf, *others))]


def _line(size: int) -> list[bytes]:
    """CAs each of which was issued by the next, and the last by nobody."""
    names = [name((_CN, UTF8, b"Link %d" % each)) for each in range(size + 1)]
    authority = extension("2.5.29.19", seq(b"\x01\x01\xff"))
    leaf = certificate(_names(b"127.0.0.1"), issuer=names[0], subject=name((_CN, UTF8, b"Server")))
    links = (certificate(authority, issuer=above, subject=own) for own, above in pairwise(names))
    return [*map(_signed, (leaf, *links))]


def _web(size: int) -> list[bytes]:
    """CAs each of which has issued a certificate for each other."""
    names = [name((_CN, UTF8, b"Knot %d" % each)) for each in range(size)]
    authority = extension("2.5.29.19", seq(b"\x01\x01\xff"))
    leaf = certificate(_names(b"127.0.0.1"), issuer=names[0], subject=name((_CN, UTF8, b"Server")))
    knots = (certificate(authority, issuer=above, subject=own) for own, above in permutations(names, 2))
    return [*map(_signed, (leaf, *knots))]


def _constrained() -> list[bytes]:
    """3,000 names under a CA that permits 1,500."""
    own = name((_CN, UTF8, b"Narrow"))
    permitted = tlv(0xA0, *(seq(tlv(_DNS, b"c%d.test" % each)) for each in range(1500)))
    authority = certificate(
        extension("2.5.29.19", seq(b"\x01\x01\xff")), extension("2.5.29.30", seq(permitted)), issuer=own, subject=own
    )
    leaf = certificate(_names(*(b"n%d.test" % each for each in range(3000))), issuer=own)
    return [_signed(leaf), _signed(authority)]


def _constraining(size: int) -> list[bytes]:
    """A line of CAs each of which forbids the names of all below it, so that every two of them are one error."""
    names = [name((_CN, UTF8, b"Narrow %d" % each)) for each in range(size + 1)]
    elsewhere = tlv(_DIRECTORY, name((_O, UTF8, b"Elsewhere")))
    narrow = extension("2.5.29.30", seq(tlv(0xA0, seq(elsewhere))))
    authority = extension("2.5.29.19", seq(b"\x01\x01\xff"))
    line = pairwise(names)
    return [
        certificate(_names(b"127.0.0.1"), issuer=names[0], subject=name((_CN, UTF8, b"Server"))),
        *(certificate(authority, narrow, subject=own, issuer=above, serial=number(9)) for own, above in line),
    ]


_SMALL = certificate()
_DEEP = b"\x05\x00"
for _ in range(5000):
    _DEEP = seq(_DEEP)

_ATTRIBUTES = name(
    (_CN, UTF8, _BITING),
    (_O, PRINTABLE, b"\x1b]0;PLANTED\x07"),
    ("2.5.4.11", T61, b"\x9b31m\xff"),
    ("2.5.4.7", BMP, "\u202e\u200b\x1b[6n".encode("utf-16-be")),
    ("2.5.4.8", UNIVERSAL, "\u202e\u2028\x1b[6n".encode("utf-32-be")),
    ("1.2.3.4.5.6", IA5, b"[/x]\x07"),
)
_BROKEN = name(
    (_CN, UTF8, b"\xed\xa0\x80\xff\xfe\xc0\x9b"),
    (_O, BMP, b"\xd8\x00\x00"),
    ("2.5.4.8", UNIVERSAL, b"\x00\x11\x00\x00\xff\xff\xff\xff\x00"),
)
_BITING_EXTENSIONS = (
    extension(SAN_OID, seq(tlv(_DNS, _BITING), tlv(_MAIL, _BITING), tlv(_URI, _BITING), tlv(_DIRECTORY, _ATTRIBUTES))),
    extension("2.5.29.31", seq(seq(tlv(0xA0, tlv(0xA0, tlv(_URI, b"http://" + _BITING)))))),
    extension(
        "2.5.29.32",
        seq(seq(oid("1.2.3"), seq(seq(oid("1.3.6.1.5.5.7.2.2"), seq(tlv(UTF8, _BITING)))))),
    ),
    extension("2.16.840.1.113730.1.13", tlv(IA5, _BITING)),
    extension("1.2.3.4.5", tlv(UTF8, _BITING)),
)
_CONFUSABLE = (
    "xn--pple-43d.com",
    "xn--80ak6aa92e.com",
    "xn--" + "a" * 59 + ".com",
    "xn--\x1b[31m.com",
    "a" * 5000 + ".com",
    ".".join(["a"] * 2000),
    "*.*.*.test",
    "127.0.0.1\x00.evil.test",
)

_TIMESTAMPS = raw.vector(2, bytes(33) + bytes(8) + bytes(2) + b"\x04\x03" + raw.vector(2, b"signed")) * 40
_CONFUSED = "G\u043e\u043egle Trust"

_UNREADABLE = Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_MISBEHAVED, untrusted=True)
_TOO_LARGE = Seen(phase=Phase.HANDSHAKE, fault=Fault.TOO_LARGE)
_BROKEN_OFF = Seen(phase=Phase.HANDSHAKE, fault=Fault.CLOSED, untrusted=True)
_UNTRUSTED = Seen(untrusted=True)


def _attack(id_: str, plays: str, manner: Manner, seen: Seen = _UNTRUSTED) -> Attack:
    return Attack(id=id_, layer=Layer.CERTIFICATES, plays=plays, manner=manner, seen=seen)


ATTACKS = (
    _attack("thousand-certificates", "Sends the same certificate 1,000 times.", _shown(*[_SMALL] * 1000), _TOO_LARGE),
    _attack(
        "thousand-scraps",
        "Sends a certificate and 1,000 scraps that are none.",
        _shown(_SMALL, *[seq()] * 1000),
        replace(_UNREADABLE, certificates=500, says="The server sent 1,001 certificates; only 500 are kept"),
    ),
    _attack("10-megabytes-of-certificates", "Sends certificates of 10 MB.", _shown(*[bytes(1 << 20)] * 10), _TOO_LARGE),
    _attack("no-certificate", "Sends an empty list of certificates.", _shown(), _UNREADABLE),
    _attack("empty-certificate", "Sends a certificate of no bytes.", _shown(b""), _UNREADABLE),
    _attack("no-der", "Sends escape sequences for a certificate.", _shown(_BITING), _UNREADABLE),
    _attack("deep-der", "Nests 5,000 elements in each other.", _shown(_DEEP), _UNREADABLE),
    _attack("indefinite-der", "Opens 30,000 elements that never end.", _shown(b"\x30\x80" * 30_000), _UNREADABLE),
    _attack(
        "huge-length-der", "Says that it has 2^64 bytes.", _shown(b"\x30\x88" + b"\xff" * 8 + bytes(100)), _UNREADABLE
    ),
    _attack(
        "trailing-der", "Sends bytes behind the end of a certificate.", _shown(certificate(after=_BITING)), _UNREADABLE
    ),
    _attack(
        "10-thousand-names",
        "Has 10,000 alternative names.",
        _served(certificate(_names(*(b"%x.a" % n for n in range(10_000))))),
    ),
    _attack(
        "2-thousand-hosts",
        "Is in order and has 2,001 names, of which the last is one that no host has.",
        _serving(lambda: context(site_leaf(*(f"n{each}.attack.test" for each in range(1_999)), "a_b.attack.test"))),
        Seen(says="1,001 further names of 'attack.test' were not judged by their form"),
    ),
    _attack(
        "biting-names",
        "Has names of every kind that bite.",
        _served(certificate(*_BITING_EXTENSIONS, issuer=_ATTRIBUTES, subject=_ATTRIBUTES)),
    ),
    _attack("broken-names", "Has names that are no text.", _shown(certificate(subject=_BROKEN)), _UNREADABLE),
    _attack(
        "confusable-names",
        "Has names that look like others, or are none.",
        _served(certificate(_names(*(each.encode() for each in _CONFUSABLE)))),
    ),
    _attack(
        "confusable-holder",
        "Has a holder whose name looks like another's.",
        _served(certificate(subject=name((_CN, UTF8, b"a.test"), (_O, UTF8, _CONFUSED.encode())))),
        Seen(untrusted=True, findings=("look-alike-name",), says="looks like 'Google'"),
    ),
    _attack(
        "confusable-far-away",
        "Has a holder whose name looks like another's behind 300 letters, and in its 65th attribute.",
        _served(
            certificate(
                subject=name(
                    (_CN, UTF8, b"a.test"),
                    (_O, UTF8, f"{'x' * 300} {_CONFUSED}".encode()),
                    *[(_O, UTF8, b"x")] * 62,
                    (_O, UTF8, _CONFUSED.encode()),
                )
            )
        ),
        Seen(untrusted=True, says="2 attributes were not searched to the end for words that mix scripts"),
    ),
    *(
        _attack(
            f"certificate-forged-by-{kind}",
            f"Has names and extensions of every kind that imitate lines of ours by {kind.replace('-', ' ')}.",
            _shown(certificate_saying(text)),
            _BROKEN_OFF,
        )
        for kind, text in TEXTS.items()
    ),
    _attack("huge-name", "Has a common name of 90 kB.", _served(certificate(subject=name((_CN, UTF8, b"n" * 90_000))))),
    _attack(
        "5-thousand-attributes",
        "Has a subject of 5,000 attributes.",
        _served(certificate(subject=name(*[(_CN, UTF8, b"n")] * 5000))),
    ),
    _attack(
        "huge-oid",
        "Has an extension whose OID has one arc of 8,000 bytes.",
        _served(certificate(seq(tlv(6, b"\x2a" + b"\x81" * 8000 + b"\x01"), tlv(4, b"")))),
    ),
    _attack(
        "many-arcs",
        "Has an extension whose OID has 60,000 arcs.",
        _served(certificate(seq(tlv(6, b"\x2a" + b"\x01" * 60_000), tlv(4, b"")))),
    ),
    _attack(
        "huge-serial", "Has a serial number of 60,000 bytes.", _served(certificate(serial=tlv(2, b"\x7f" * 60_000)))
    ),
    _attack(
        "negative-serial",
        "Has a negative version and serial number.",
        _shown(certificate(version=tlv(0xA0, number(-5)), serial=number(-77))),
        _BROKEN_OFF,
    ),
    _attack(
        "doubled-extensions",
        "Has the same extension 200 times.",
        _served(certificate(*[extension("2.5.29.19", seq())] * 200)),
    ),
    _attack(
        "thousand-extensions",
        "Has 1,000 extensions.",
        _served(certificate(*(extension(f"1.2.3.{n}", bytes(9)) for n in range(1000)))),
    ),
    _attack(
        "malformed-extensions",
        "Has every extension that is known, each of nonsense.",
        _served(certificate(*(extension(dotted, b"\x30\x84\xff\xff\xff\xff\x1b[6n") for dotted in sorted(DECODERS)))),
    ),
    _attack(
        "strange-times",
        "Is valid from and to what is no time.",
        _shown(certificate(validity=seq(tlv(UTC_TIME, b"\x1b[31m"), tlv(0x18, b"99999999999999Z")))),
        _UNREADABLE,
    ),
    _attack(
        "rsa-of-64-kilobits",
        "Has an RSA key of 65,536 bits.",
        _shown(certificate(spki=_rsa(2**65_535 + 1, 65_537)), suite=_SUITE_RSA),
        _BROKEN_OFF,
    ),
    _attack(
        "rsa-exponent",
        "Has RSA keys with an exponent of 1, and one of 4,000 bits.",
        _shown(
            certificate(spki=_rsa(2**2047 + 1, 1)), certificate(spki=_rsa(2**2047 + 1, 2**4000 + 1)), suite=_SUITE_RSA
        ),
        _BROKEN_OFF,
    ),
    _attack(
        "40-timestamps",
        "Has 40 timestamps of logs that there are not.",
        _served(certificate(extension("1.3.6.1.4.1.11129.2.4.2", tlv(OCTET_STRING, raw.vector(2, _TIMESTAMPS))))),
        Seen(untrusted=True, says="Only the first 32 of 40 timestamps were checked."),
    ),
    _attack("no-key", "Has nothing for a key.", _shown(certificate(spki=seq())), _UNREADABLE),
    _attack("mesh", "Sends 100 certificates each of which may have issued each other.", _served(*_mesh(100))),
    _attack("long-line", "Sends 60 CAs each of which was issued by the next.", _served(*_line(60))),
    _attack("web", "Sends 30 certificates of six CAs that have issued each other.", _served(*_web(6))),
    _attack("constraints", "Has 3,000 names under a CA that permits 1,500 others.", _served(*_constrained())),
    _attack(
        "constraining-chain",
        "Sends 60 CAs each of which forbids the names of all below it, of which OpenSSL tells one by one.",
        _served(*_constraining(60)),
        Seen(untrusted=True, says="errors in the chain; only 1,000 are kept."),
    ),
    _attack(
        "key-of-another",
        "Has a key with an algorithm of its own that bites.",
        _shown(certificate(spki=seq(seq(oid("1.2.3.4"), tlv(UTF8, _BITING)), bit_string(b"\x1b[6n")))),
        _UNREADABLE,
    ),
)
