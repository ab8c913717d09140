"""What an authority that is trusted signs, though it be nonsense: the rules behind every signature check are reached.

An input is the part that is signed. It is signed here, by a key of ours, after the damage.
"""

from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Parser
from tests.fuzz.whole_parsers import check_observation
from tests.report.looking import FILE, look
from tests.trust.authority import NOW, Authority, Issued, ec_key
from tests.trust.revocation.lists_of import list_by, locations
from tests.trust.revocation.responders import staple_of, steady
from tests.web import Web, http
from tests.x509 import der_writer as der
from tlsglass.inquiry import ask
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target_file import FileTarget
from tlsglass.trust.judge import judge
from tlsglass.trust.model import TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.revocation.cache import ListCache
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.der import read
from tlsglass.x509.elements import Element

_VALIDITY = der.seq(
    *(der.tlv(der.UTC_TIME, f"{NOW + timedelta(days=days):%y%m%d%H%M%SZ}".encode()) for days in (-20, 40))
)
_JUDGED = FileTarget(text=FILE.text, path=FILE.path, hostname="a.test")
_VERSION = "[0]"
_LEAST = 7
"""Parts of what is signed of a certificate, with its version. RFC 5280 §4.1."""


@cache
def _root() -> Authority:
    return Authority.root(key=ec_key(1))


@cache
def _middle() -> Authority:
    return _root().intermediate(key=ec_key(2))


@cache
def _store() -> Store:
    return _root().store()


def _signed(part: bytes, authority: Authority) -> bytes:
    """A part with a signature that holds, as certificates and lists have it."""
    return der.seq(part, der.ALGORITHM, der.bit_string(_signature(part, authority)))


def _signature(part: bytes, authority: Authority) -> bytes:
    assert isinstance(authority.key, ec.EllipticCurvePrivateKey)
    return authority.key.sign(part, ec.ECDSA(SHA256(), deterministic_signing=True))


def _part(whole: bytes) -> bytes:
    """What is signed of something that was signed."""
    return read(whole).elements[0].children[0].encoded


def _issued_by(whole: bytes, authority: Authority) -> bytes:
    """What would be signed of a certificate if the authority had issued it, for now."""
    parts = list(read(whole).elements[0].children[0].children)
    if len(parts) < _LEAST or parts[0].tag != _VERSION:
        return b""
    version, serial, _, _, _, *rest = parts
    name = parse_certificate(authority.der).subject.der
    kept = (each.encoded for each in rest)
    return der.seq(version.encoded, serial.encoded, der.ALGORITHM, name, _VALIDITY, *kept)  # and its own key


def leaves() -> tuple[bytes, ...]:
    """What is signed of certificates of servers."""
    own = _root().issues(
        "a.test",
        "*.b.test",
        extensions=locations(ocsp=["http://ocsp.test/"], crl=["http://crl.test/a"], freshest=["http://crl.test/b"]),
    )
    others = (_issued_by(certificate, _root()) for certificate in seeds.certificates()[:80:2])
    return (*[_part(own.der)] * 8, *filter(None, others))


def _middles() -> tuple[bytes, ...]:
    others = (
        _issued_by(certificate, _root())
        for certificate in seeds.certificates()[:80:2]
        if b"\x55\x1d\x13" in certificate
    )
    return (*[_part(_middle().der)] * 8, *[_with_key(part) for part in filter(None, others)])


def _with_key(part: bytes) -> bytes:
    """The same as a certificate of the one in the middle, so that it could have signed what is below it."""
    own = parse_certificate(_middle().der)
    version, serial, algorithm, issuer, validity, _, _, *rest = read(part).elements[0].children
    kept: list[Element] = [version, serial, algorithm, issuer, validity]
    return der.seq(
        *(each.encoded for each in kept), own.subject.der, own.public_key.der, *(each.encoded for each in rest)
    )


@cache
def _below() -> bytes:
    return _middle().issues("a.test", "192.0.2.1").der


def leaf(data: bytes) -> Observation:
    """A look at a certificate of a trusted authority."""
    return look(_signed(data, _root()) + _root().der, _JUDGED, _store())


def _chain(data: bytes) -> Observation:
    return look(_below() + _signed(data, _root()), _JUDGED, _store())


@cache
def _asked_about() -> Issued:
    """A certificate that names a responder and lists."""
    addresses = locations(ocsp=["http://ocsp.test/"], crl=["http://crl.test/"], freshest=["http://delta.test/"])
    return _root().issues("a.test", extensions=addresses)


@cache
def _judged() -> TrustReport:
    return judge(
        (_asked_about().parsed,),
        hostname="a.test",
        is_address=False,
        store=_store(),
        handshake=None,
        at=NOW,
        profile=Profile.WEBPKI,
        from_file=True,
    )


def _answers(ocsp: bytes, crl: bytes, delta: bytes) -> tuple[RevocationAnswer, ...]:
    """What comes of asking whom these answer."""
    web = Web(ocsp_test=http(ocsp), crl_test=http(crl), delta_test=http(delta))
    with Stop() as stop:
        asking = ask(
            _judged(),
            at=NOW,
            site=Endpoint(address="192.88.98.1", port=443),
            lists=ListCache(),
            stop=stop,
            timeout=20,
            resolver=web.resolve,
            dialer=web.dial,
            clock=lambda: 0.0,
        )
        while True:
            try:
                next(asking)
            except StopIteration as done:
                return tuple(done.value or ())


def _check_answers(data: bytes, found: tuple[RevocationAnswer, ...]) -> None:
    assert found
    for one in found:
        if one.problem is not None:
            checks.sentence(one.problem)
        assert len((one.responder or "").encode()) <= 1_000 + 8 * len(data)
        assert one.revoked_at is None or one.revoked_at.tzinfo is not None


def _response(data: bytes) -> tuple[RevocationAnswer, ...]:
    """ResponseData, signed and wrapped. RFC 6960 §4.2.1."""
    basic = _signed(data, _root())
    kind = der.oid("1.3.6.1.5.5.7.48.1.1")
    whole = der.seq(der.tlv(0x0A, b"\0"), der.tlv(0xA0, der.seq(kind, der.tlv(der.OCTET_STRING, basic))))
    return _answers(whole, b"", b"")


def _list(data: bytes) -> tuple[RevocationAnswer, ...]:
    return _answers(b"", _signed(data, _root()), b"")


def _delta(data: bytes) -> tuple[RevocationAnswer, ...]:
    return _answers(b"", list_by(_root(), number=5), _signed(data, _root()))


def _responses() -> tuple[bytes, ...]:
    """ResponseData, one of it about the very certificate."""
    found = []
    for whole in (*[steady(staple_of(_asked_about(), _root()), _root())] * 8, *seeds.ocsp_responses()):
        held = [
            element
            for element in seeds.all_elements(whole)
            if element.tag == "OCTET STRING" and len(element.content) > 200
        ]
        found += [_part(element.content) for element in held[:1] if element.content[:1] == b"\x30"]
    return tuple(found)


def _own_lists() -> tuple[bytes, ...]:
    """TBSCertList: the authority's own, and others'."""
    return (
        *[_part(list_by(_root(), [_asked_about()]))] * 6,
        *[_part(list_by(_root()))] * 2,
        *map(_part, seeds.revocation_lists()),
    )


def _own_deltas() -> tuple[bytes, ...]:
    return tuple(_part(list_by(_root(), held, number=6, base=5)) for held in ([_asked_about()], []))


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="signed-leaf",
        covers=("trust.judge", "trust.rules.extensions", "trust.rules.usage", "trust.rules.strength"),
        read=leaf,
        seeds=leaves,
        check=check_observation,
        inputs=80,
        calls=(400_000, 1_500),
    ),
    Parser(
        name="signed-authority",
        covers=("trust.rules.constraints", "trust.rules.policies", "trust.paths.search"),
        read=_chain,
        seeds=_middles,
        check=check_observation,
        inputs=80,
        calls=(400_000, 1_500),
    ),
    Parser(
        name="signed-response",
        covers=("inquiry", "trust.revocation.ocsp"),
        read=_response,
        seeds=_responses,
        check=_check_answers,
        inputs=200,
        calls=(100_000, 400),
    ),
    Parser(
        name="signed-list",
        covers=("inquiry", "trust.revocation.crl", "trust.revocation.lists"),
        read=_list,
        seeds=_own_lists,
        check=_check_answers,
        inputs=200,
        calls=(100_000, 400),
    ),
    Parser(
        name="signed-delta",
        covers=("inquiry", "trust.revocation.crl", "trust.revocation.lists"),
        read=_delta,
        seeds=_own_deltas,
        check=_check_answers,
        inputs=150,
        calls=(100_000, 400),
    ),
)
