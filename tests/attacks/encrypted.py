"""Attacks in the part of a handshake that is encrypted: what stands beside the chain, and what nobody asked for.

RFC 8446 §4.3 and §4.4, RFC 8879, RFC 7301, RFC 6962 §3.3.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import repeat

from cryptography.hazmat.primitives.serialization import Encoding

from tests.attacks import raw
from tests.attacks.attack import Attack, Layer, Seen
from tests.attacks.bites import EVERYTHING
from tests.attacks.handmade import COMPRESSED, Handmade, certificates, extensions, site_chain
from tests.attacks.identity import intermediate, site_leaf
from tests.attacks.imitations import TEXTS
from tests.attacks.opponent import Opponent
from tests.x509.der_writer import (
    ALGORITHM,
    GENERALIZED_TIME,
    OCTET_STRING,
    PRINTABLE,
    UTF8,
    bit_string,
    certificate,
    name,
    oid,
    seq,
    tlv,
)
from tlsglass.errors import Fault, Phase

_CERTIFICATE_REQUEST, _KEY_UPDATE = 13, 24
_STATUS, _ALPN, _TIMESTAMPS, _SIGNATURES, _COOKIE, _AUTHORITIES, _ECH = 5, 16, 18, 13, 44, 47, 0xFE0D
_GREASE = 0x0A0A
_BITING = EVERYTHING.encode("utf-8", "surrogatepass")
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"


def _attack(id_: str, plays: str, act: Callable[[Handmade], None], seen: Seen) -> Attack:
    def play(opponent: Opponent) -> None:
        act(Handmade(opponent))
        opponent.linger()

    return Attack(id=id_, layer=Layer.HANDSHAKE, plays=plays, manner=play, seen=seen)


def _saying(*messages: bytes) -> Callable[[Handmade], None]:
    """Say this and nothing more."""
    return lambda server: server.say(*messages)


def _finishing(*messages: bytes) -> Callable[[Handmade], None]:
    """Say this, finish as is right, and answer."""

    def act(server: Handmade) -> None:
        server.say(*messages)
        server.finish()
        server.answer(_PAGE)

    return act


def _endless(first: bytes, again: bytes) -> Callable[[Handmade], None]:
    def act(server: Handmade) -> None:
        server.say(first)
        while True:
            server.say(again)

    return act


def _protocol(said: bytes) -> bytes:
    return raw.extension(_ALPN, raw.vector(2, raw.vector(1, said)))


def _wanting(*authorities: bytes, beside: bytes = b"") -> bytes:
    """A request for a client certificate of one of these authorities. RFC 8446 §4.3.2, §4.2.4."""
    listed = raw.extension(_AUTHORITIES, raw.vector(2, b"".join(raw.vector(2, each) for each in authorities)))
    signatures = raw.extension(_SIGNATURES, raw.vector(2, b"\x04\x03"))
    return raw.message(_CERTIFICATE_REQUEST, raw.vector(1, b"") + raw.vector(2, signatures + listed + beside))


def _stapled(response: bytes) -> bytes:
    """A stapled OCSP response, beside the certificate. RFC 8446 §4.4.2.1."""
    return raw.extension(_STATUS, b"\x01" + raw.vector(3, response))


def _timestamps(*each: bytes) -> bytes:
    """A list of signed certificate timestamps. RFC 6962 §3.3."""
    return raw.extension(_TIMESTAMPS, raw.vector(2, b"".join(raw.vector(2, one) for one in each)))


def _unwritable_chain() -> bytes:
    leaf, issuer = (each.public_bytes(Encoding.DER) for each in (site_leaf().certificate, intermediate().certificate))
    ec_key, no_key = oid("1.2.840.10045.2.1"), tlv(6, bytes(7))
    return certificates((leaf, b""), (issuer.replace(ec_key, no_key, 1), b""))


_BITING_NAME = name(("2.5.4.3", UTF8, _BITING), ("2.5.4.10", PRINTABLE, b"\x1b]0;PLANTED\x07"))
_FORGED = [name(("2.5.4.3", UTF8, text.encode())) for text in TEXTS.values()]
_LONG_NAME = name(*[("2.5.4.3", UTF8, b"n" * 60)] * 400)
_TIMESTAMP = bytes(33) + (2**64 - 1).to_bytes(8) + raw.vector(2, b"") + b"\x04\x03" + raw.vector(2, _BITING[:200])
"""One of a log that there is not, of the year 584,556,019."""

_RESPONSE = seq(
    tlv(0x0A, b"\0"),
    tlv(
        0xA0,
        seq(
            oid("1.3.6.1.5.5.7.48.1.1"),
            tlv(
                OCTET_STRING,
                seq(
                    seq(tlv(0xA1, name(("2.5.4.3", UTF8, _BITING))), tlv(GENERALIZED_TIME, b"20260101000000Z"), seq()),
                    ALGORITHM,
                    bit_string(b"\x1b[6n"),
                ),
            ),
        ),
    ),
)
"""An OCSP response about nothing. RFC 6960 §4.2.1."""

_NOTHING = extensions()
_BROKEN = Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_MISBEHAVED)
_TOO_LARGE = Seen(phase=Phase.HANDSHAKE, fault=Fault.TOO_LARGE)
_SHOWN = Seen(certificates=2)
_UNREADABLE = Seen(
    phase=Phase.HANDSHAKE,
    fault=Fault.PEER_MISBEHAVED,
    says="OpenSSL can't read the OCSP response that the server staples",
    certificates=2,
)
_CUT_OFF = Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_MISBEHAVED, certificates=2)
_BOMB = raw.message(COMPRESSED, b"\x00\x01" + (1 << 24).to_bytes(4)[1:] + raw.vector(3, bytes(1000)))

ATTACKS = (
    _attack(
        "padded-handshake",
        "Sends its chain byte by byte, each with 16 kB of padding.",
        lambda server: server.say(extensions(), site_chain(), size=1, padding=16_000),
        _TOO_LARGE,
    ),
    _attack(
        "biting-protocol", "Agrees on a protocol that bites.", _saying(extensions(_protocol(_BITING[:250]))), _BROKEN
    ),
    _attack("no-protocol", "Agrees on a protocol of no bytes.", _saying(extensions(_protocol(b""))), _BROKEN),
    _attack(
        "other-protocol", "Agrees on a protocol that was not offered.", _saying(extensions(_protocol(b"h2"))), _BROKEN
    ),
    _attack(
        "encrypted-extensions-flood",
        "Sends 16,000 encrypted extensions that nobody asked for.",
        _saying(extensions(*(raw.extension(_GREASE + each, b"") for each in range(16_000)))),
        _TOO_LARGE,
    ),
    _attack(
        "retry-configurations",
        "Answers an encrypted hello that nobody sent, with 60 kB of configurations (ECH).",
        _saying(extensions(raw.extension(_ECH, raw.vector(2, bytes(60_000))))),
        _TOO_LARGE,
    ),
    _attack(
        "compressed-chain",
        "Sends a compressed chain that nobody asked for, of 16 MB.",
        _saying(_NOTHING, _BOMB),
        _BROKEN,
    ),
    _attack(
        "key-updates-in-handshake",
        "Changes its keys amid the handshake.",
        _saying(_NOTHING, raw.message(_KEY_UPDATE, b"\x00")),
        _BROKEN,
    ),
    _attack(
        "requests-for-ever",
        "Asks for a client certificate for ever.",
        _endless(_NOTHING, _wanting(_BITING_NAME)),
        _BROKEN,
    ),
    _attack(
        "biting-authorities",
        "Asks for a client certificate of authorities whose names bite.",
        _finishing(_NOTHING, _wanting(_BITING_NAME, _BITING_NAME), site_chain()),
        _SHOWN,
    ),
    _attack(
        "forged-authorities",
        "Asks for a client certificate of authorities whose names imitate lines of ours.",
        _finishing(_NOTHING, _wanting(*_FORGED), site_chain()),
        _SHOWN,
    ),
    _attack(
        "broken-authorities",
        "Asks for a client certificate of authorities whose names are none.",
        _finishing(_NOTHING, _wanting(_BITING[:500], b"", b"\x30\x80"), site_chain()),
        Seen(phase=Phase.HANDSHAKE, fault=Fault.PEER_MISBEHAVED, says="client certificate", certificates=2),
    ),
    _attack(
        "authorities-by-the-thousand",
        "Asks for a client certificate of one of 16,000 authorities.",
        _finishing(_NOTHING, _wanting(*repeat(b"\x30\x00", 16_000)), site_chain()),
        replace(_SHOWN, says="The server named 16,000 authorities for client certificates; only 1,000 are kept."),
    ),
    _attack(
        "huge-authorities",
        "Asks for a client certificate of authorities with names of 8,000 attributes in all.",
        _finishing(_NOTHING, _wanting(*repeat(_LONG_NAME, 2)), site_chain()),
        _SHOWN,
    ),
    _attack(
        "unwritable-issuer",
        "Sends an issuer with a key of no kind, which OpenSSL reads and can't write.",
        _finishing(_NOTHING, _unwritable_chain()),
        Seen(untrusted=True, certificates=2, findings=("bad-signature",)),
    ),
    _attack(
        "biting-responder",
        "Staples the response of a responder whose name bites.",
        _finishing(_NOTHING, site_chain(_stapled(_RESPONSE))),
        _SHOWN,
    ),
    _attack("biting-staple", "Staples what bites.", _finishing(_NOTHING, site_chain(_stapled(_BITING))), _UNREADABLE),
    _attack(
        "deep-staple",
        "Staples 30 kB of elements that never end.",
        _finishing(_NOTHING, site_chain(_stapled(b"\x30\x80" * 15_000))),
        _UNREADABLE,
    ),
    _attack(
        "timestamps-unasked",
        "Sends 200 timestamps that nobody asked for.",
        _finishing(_NOTHING, site_chain(_timestamps(*repeat(_TIMESTAMP, 200)))),
        _CUT_OFF,
    ),
    _attack(
        "extensions-beside-the-chain",
        "Sends 60 kB of extensions beside each of 15 certificates.",
        _saying(_NOTHING, certificates(*repeat((certificate(), raw.extension(_GREASE, bytes(60_000))), 15))),
        _TOO_LARGE,
    ),
)
