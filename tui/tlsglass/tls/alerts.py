"""The alerts of TLS: their names, what each one usually means, and what to try. RFC 8446 §6, RFC 5246 §7.2."""

from tlsglass.frozen import dataclass

CLOSE_NOTIFY = 0
FATAL = 2

LEVELS = {1: "warning", FATAL: "fatal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One kind of alert."""

    code: int
    name: str
    """As the RFC has it: 'handshake_failure'."""

    meaning: str
    """What it usually means when a server sends it, as the end of a sentence, without its full stop."""

    hint: str
    """One sentence: what to try. Empty where there is nothing sensible to say."""


_NO_COMMON_GROUND = "The server may want a protocol version or a cipher suite that this OpenSSL no longer has."
_CLIENT_CERTIFICATE = "This server lets in only clients that show a certificate, and none is sent here."
_SERVER_FAULT = "The fault lies with the server or with something between; trying again may help."
_NAME = "Try another server name with --sni, or check the spelling of this one."

_TABLE = (
    (CLOSE_NOTIFY, "close_notify", "it has nothing more to say", ""),
    (10, "unexpected_message", "it got a message that it did not expect at this point", _SERVER_FAULT),
    (20, "bad_record_mac", "a record did not decrypt, as if bytes had changed on the way", _SERVER_FAULT),
    (21, "decryption_failed", "a record did not decrypt; only old servers say so", _SERVER_FAULT),
    (22, "record_overflow", "a record was longer than it accepts", _SERVER_FAULT),
    (30, "decompression_failure", "compressed data could not be unpacked", _SERVER_FAULT),
    (40, "handshake_failure", "it shares no suite with us, or dislikes the name or that we show no certificate",
     _NO_COMMON_GROUND),
    (41, "no_certificate", "there is no certificate to send; only SSL 3.0 has it", _CLIENT_CERTIFICATE),
    (42, "bad_certificate", "it does not accept the client's certificate, or got none", _CLIENT_CERTIFICATE),
    (43, "unsupported_certificate", "the client's certificate is of a kind that it does not take", _CLIENT_CERTIFICATE),
    (44, "certificate_revoked", "the client's certificate was revoked", _CLIENT_CERTIFICATE),
    (45, "certificate_expired", "the client's certificate has expired", _CLIENT_CERTIFICATE),
    (46, "certificate_unknown", "it does not accept the client's certificate for a reason that it does not tell",
     _CLIENT_CERTIFICATE),
    (47, "illegal_parameter", "a field of our hello is out of range or contradicts another for it", _SERVER_FAULT),
    (48, "unknown_ca", "it does not know the authority of the client's certificate", _CLIENT_CERTIFICATE),
    (49, "access_denied", "it understood and does not let us in", _CLIENT_CERTIFICATE),
    (50, "decode_error", "it could not read a message, often because it dislikes a large or new hello", _SERVER_FAULT),
    (51, "decrypt_error", "a signature or a Finished message did not verify for it", _SERVER_FAULT),
    (60, "export_restriction", "the key length breaks an export rule of old", _NO_COMMON_GROUND),
    (70, "protocol_version", "it speaks none of the protocol versions that we offer (TLS 1.0 to 1.3)",
     "The server may speak only SSL 3.0 or older, or a version that is switched off for this name."),
    (71, "insufficient_security", "it wants stronger cipher suites or keys than we share", _NO_COMMON_GROUND),
    (80, "internal_error", "something went wrong inside the server, often a missing certificate or key for this name",
     "Try another server name with --sni; the server's own log says more."),
    (86, "inappropriate_fallback", "it thinks that this is a fallback to an older version", _SERVER_FAULT),
    (90, "user_canceled", "it stopped the handshake for a reason of its own", _SERVER_FAULT),
    (100, "no_renegotiation", "it does not negotiate anew", ""),
    (109, "missing_extension", "it wants an extension that our hello lacks, often the server name", _NAME),
    (110, "unsupported_extension", "it does not take an extension that it got", _SERVER_FAULT),
    (111, "certificate_unobtainable", "it could not fetch the client's certificate", _CLIENT_CERTIFICATE),
    (112, "unrecognized_name", "it has no site of the name that was asked for", _NAME),
    (113, "bad_certificate_status_response", "it did not accept an OCSP response", _SERVER_FAULT),
    (114, "bad_certificate_hash_value", "a certificate did not match its hash", _SERVER_FAULT),
    (115, "unknown_psk_identity", "it does not know the pre-shared key; it may talk only to clients that have one",
     "This server wants a pre-shared key, which can't be looked at from outside."),
    (116, "certificate_required", "it wants a client certificate and got none", _CLIENT_CERTIFICATE),
    (117, "general_error", "something went wrong for which there is no other alert", _SERVER_FAULT),
    (120, "no_application_protocol", "it speaks none of the application protocols that we offer by ALPN",
     "The server may speak only HTTP/2 or a protocol that is not HTTP."),
    (121, "ech_required", "it wants the hello to be encrypted (ECH)", ""),
)  # fmt: skip

ALERTS = {code: Alert(code=code, name=name, meaning=meaning, hint=hint) for code, name, meaning, hint in _TABLE}

_BY_NAME = {alert.name: alert for alert in ALERTS.values()}


def alert(code: int) -> Alert:
    """The alert of a code; one that only knows its number where the registry has none."""
    known = ALERTS.get(code)
    if known is None:
        return Alert(code=code, name=f"alert_{code}", meaning="its meaning is not known here", hint="")
    return known


def alert_named(name: str) -> Alert | None:
    """The alert of a name, as 'certificate_required'; None where there is none."""
    return _BY_NAME.get(name)


def level_name(code: int) -> str:
    """The name of an alert level; in TLS 1.3 it carries no meaning any more. RFC 8446 §6."""
    return LEVELS.get(code) or f"level {code}"
