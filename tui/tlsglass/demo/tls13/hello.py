"""The ClientHello, and what is agreed by it. RFC 8446 §4.1.2, §4.2."""

from collections.abc import Mapping
from enum import IntEnum

from tlsglass.demo.tls13.alerts import Alert, AlertError
from tlsglass.demo.tls13.groups import Group
from tlsglass.errors import HandshakeError
from tlsglass.frozen import dataclass
from tlsglass.tls.wire import Cursor

TLS_1_3 = 0x0304
AES_128_GCM_SHA256 = 0x1301
ECDSA_SECP256R1_SHA256 = 0x0403
HTTP_1_1 = b"http/1.1"
"""The ALPN protocol that is spoken in the zoo. RFC 7301 §6."""

_OCSP = 1
_HOST_NAME = 0
_RANDOM_LENGTH = 32
_LONGEST_SESSION_ID = 32
_NO_COMPRESSION = b"\0"


class Extension(IntEnum):
    """The extensions that are read or written here. RFC 8446 §4.2."""

    SERVER_NAME = 0
    STATUS_REQUEST = 5
    SUPPORTED_GROUPS = 10
    SIGNATURE_ALGORITHMS = 13
    ALPN = 16
    PRE_SHARED_KEY = 41
    SUPPORTED_VERSIONS = 43
    KEY_SHARE = 51


_NEEDED = (Extension.SIGNATURE_ALGORITHMS, Extension.SUPPORTED_GROUPS, Extension.KEY_SHARE)
"""Without them there is no handshake by certificate. RFC 8446 §9.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientHello:
    """What a client offers."""

    session_id: bytes
    cipher_suites: tuple[int, ...]
    compressions: bytes
    extensions: frozenset[int]
    """The types of all that there are."""

    versions: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    schemes: tuple[int, ...] = ()
    """Of its signature_algorithms."""

    shares: Mapping[int, bytes]
    """Its keys, by the groups that they are from."""

    protocols: tuple[bytes, ...] = ()
    """Of ALPN. RFC 7301 §3.1."""

    server_name: bytes | None = None
    """RFC 6066 §3."""

    wants_staples: bool = False
    """Whether it asks for OCSP responses. RFC 8446 §4.4.2.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What both sides can do."""

    group: Group
    share: bytes | None
    """The client's key; None where it has sent none of the group."""


def read_client_hello(body: bytes) -> ClientHello:
    """Read a ClientHello.

    Args:
        body: the message without its header.

    Raises:
        AlertError: it is malformed (decode_error), or has an extension twice or in a wrong place (illegal_parameter).
    """
    try:
        return _read(Cursor(body, "client_hello"))
    except HandshakeError as error:
        raise AlertError(Alert.DECODE_ERROR) from error


def agree(hello: ClientHello) -> Terms:
    """Find what both sides can do.

    Raises:
        AlertError: there is nothing, or the client breaks a rule of what has to be in its hello.
    """
    if TLS_1_3 not in hello.versions:
        raise AlertError(Alert.PROTOCOL_VERSION)
    if hello.compressions != _NO_COMPRESSION:
        raise AlertError(Alert.ILLEGAL_PARAMETER)
    if not hello.extensions.issuperset(_NEEDED):
        raise AlertError(Alert.MISSING_EXTENSION)
    common = [group for group in Group if group in hello.groups]
    if AES_128_GCM_SHA256 not in hello.cipher_suites or ECDSA_SECP256R1_SHA256 not in hello.schemes or not common:
        raise AlertError(Alert.HANDSHAKE_FAILURE)
    group = next((group for group in common if group in hello.shares), common[0])
    return Terms(group=group, share=hello.shares.get(group))


def _read(cursor: Cursor) -> ClientHello:
    cursor.number(2)  # legacy_version, which says nothing
    cursor.take(_RANDOM_LENGTH)
    session_id = cursor.vector(1)
    cipher_suites = _numbers(cursor.nested(2))
    compressions = cursor.vector(1)
    extensions = _extensions(cursor)
    if len(session_id) > _LONGEST_SESSION_ID:
        raise AlertError(Alert.DECODE_ERROR)
    return ClientHello(
        session_id=session_id,
        cipher_suites=cipher_suites,
        compressions=compressions,
        extensions=frozenset(extensions),
        versions=_numbers(_list(extensions, Extension.SUPPORTED_VERSIONS, 1)),
        groups=_numbers(_list(extensions, Extension.SUPPORTED_GROUPS, 2)),
        schemes=_numbers(_list(extensions, Extension.SIGNATURE_ALGORITHMS, 2)),
        shares=_shares(_list(extensions, Extension.KEY_SHARE, 2)),
        protocols=_protocols(_list(extensions, Extension.ALPN, 2)),
        server_name=_server_name(_list(extensions, Extension.SERVER_NAME, 2)),
        wants_staples=_wants_staples(extensions),
    )


def _extensions(cursor: Cursor) -> dict[int, Cursor]:
    found: dict[int, Cursor] = {}
    for kind, content in cursor.extensions():
        if kind in found or Extension.PRE_SHARED_KEY in found:
            raise AlertError(Alert.ILLEGAL_PARAMETER)
        found[kind] = content
    _ended(cursor)
    return found


def _list(extensions: Mapping[int, Cursor], kind: Extension, width: int) -> Cursor:
    """The vector that an extension consists of; an empty one where there is none."""
    content = extensions.get(kind)
    if content is None:
        return Cursor(b"", "client_hello")
    inner = content.nested(width)
    _ended(content)
    return inner


def _numbers(cursor: Cursor) -> tuple[int, ...]:
    found = []
    while cursor.remaining:
        found.append(cursor.number(2))
    return tuple(found)


def _shares(cursor: Cursor) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    while cursor.remaining:
        group, share = cursor.number(2), cursor.vector(2)
        if group in found:
            raise AlertError(Alert.ILLEGAL_PARAMETER)
        found[group] = share
    return found


def _protocols(cursor: Cursor) -> tuple[bytes, ...]:
    found = []
    while cursor.remaining:
        found.append(cursor.vector(1))
    return tuple(found)


def _server_name(cursor: Cursor) -> bytes | None:
    found = None
    while cursor.remaining:
        kind, name = cursor.number(1), cursor.vector(2)
        if kind == _HOST_NAME:
            found = name
    return found


def _wants_staples(extensions: Mapping[int, Cursor]) -> bool:
    content = extensions.get(Extension.STATUS_REQUEST)
    return content is not None and content.number(1) == _OCSP


def _ended(cursor: Cursor) -> None:
    if cursor.remaining:
        raise AlertError(Alert.DECODE_ERROR)
