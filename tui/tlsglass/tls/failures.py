"""OpenSSL's errors made into ours: what went wrong in words, and whose fault it was. RFC 8446 §6.

OpenSSL tells a reason as a short text. An alert that could be read on the way is told by its number, which is surer.
"""

import re

from OpenSSL import SSL

from tlsglass.errors import ExchangeError, Fault, HandshakeError
from tlsglass.tls import plaintext
from tlsglass.tls.alerts import Alert, alert, alert_named
from tlsglass.tls.witness import Witness

_ALERT = re.compile(r"(?:sslv3|ssl/tls|tlsv13|tlsv1|tls)(?: alert)? (.+)")
_HANDSHAKE_FAILURE = 40

_INCOMPATIBLE = {
    "unsupported protocol": "it chose a protocol version that is not offered, such as SSL 3.0",
    "bad protocol version number": "it chose a protocol version that is not offered",
    "unknown cipher returned": "it chose a cipher suite that is not known",
    "wrong cipher returned": "it chose a cipher suite that was not offered",
    "unable to find public key parameters": "its key is of a kind that this OpenSSL can't use",
    "unknown certificate type": "its key is of a kind that this OpenSSL can't use",
    "unsupported elliptic curve": "it uses an elliptic curve that this OpenSSL does not have",
    "wrong curve": "it uses an elliptic curve that was not offered",
    "dh key too small": "its Diffie-Hellman key is too small to be used",
    "bad dh value": "its Diffie-Hellman key can't be used",
    "bad key share": "it chose a key exchange group that was not offered",
    "wrong signature type": "it signs in a way that was not offered",
    "unsupported compression algorithm": "it wants compression, which is unsafe",
}
_BAD_STAPLE = "tlsv1 bad certificate status response"
"""What OpenSSL says of a stapled response that is no DER, too. RFC 8446 §4.4.2.1."""

_TOO_LARGE = "excessive message size"

_OLD_SERVER = "The server may be very old or very strict; its operator can see why in its log."
_BROKEN_SERVER = "The server or something between breaks the protocol; trying again tells whether always."
_NOTHING_SAID = (
    "Check the port. A firewall, a server with no certificate for this name, or one that wants STARTTLS does so."
)
_CLOSED_LATER = (
    "The server's own log says more; it may not like the name, a cipher suite, or a missing client certificate."
)
_NO_CLIENT_CERTIFICATE = "It asked for a client certificate and none is sent here, which may be why."


def handshake_failure(error: SSL.Error, witness: Witness) -> HandshakeError:
    """The error for a handshake that OpenSSL could not go on with.

    Args:
        error: what pyOpenSSL raised.
        witness: who looked on, and may know the alert and what was said last.

    Returns:
        NOT_TLS, CLOSED, ALERT, TOO_LARGE, PEER_INCOMPATIBLE or PEER_MISBEHAVED.
    """
    if witness.not_tls:
        return plaintext.not_tls(witness.opening)
    if isinstance(error, (SSL.SysCallError, SSL.ZeroReturnError)):
        return _closed(witness)
    reasons = _reasons(error)
    code = witness.facts.fatal_alert
    # OpenSSL tells of some alerts in the same words whether it got or sent them.
    received = alert(code) if code is not None else None if witness.alert_sent else _alert_in(reasons)
    if received is not None:
        return _refused(received, witness)
    return _not_understood(error, reasons, witness)


def exchange_failure(error: SSL.Error, *, certificate_requested: bool) -> ExchangeError:
    """The error for a channel that broke after the handshake.

    Args:
        error: what pyOpenSSL raised.
        certificate_requested: whether the server had asked for a client certificate.

    Returns:
        TRUNCATED where the transport ended without close_notify, else ALERT or PEER_MISBEHAVED.
    """
    if isinstance(error, SSL.SysCallError):
        message = "The server closed the connection without saying so in TLS (no close_notify)."
        return ExchangeError(Fault.TRUNCATED, message, "What came before may be cut short.")
    reasons = _reasons(error)
    received = _alert_in(reasons)
    if received is None:
        message = f"What the server sent breaks the protocol: {_told(reasons)}."
        return ExchangeError(Fault.PEER_MISBEHAVED, message, _BROKEN_SERVER)
    message = f"The server ended the connection with the alert {received.name}: {received.meaning}."
    return ExchangeError(Fault.ALERT, message, _NO_CLIENT_CERTIFICATE if certificate_requested else received.hint)


def _refused(received: Alert, witness: Witness) -> HandshakeError:
    message = f"The server ended the handshake with the alert {received.name}: {received.meaning}."
    if received.code == _HANDSHAKE_FAILURE and witness.facts.certificate_requested:
        return HandshakeError(Fault.ALERT, message, _NO_CLIENT_CERTIFICATE)
    return HandshakeError(Fault.ALERT, message, received.hint)


def _not_understood(error: SSL.Error, reasons: list[str], witness: Witness) -> HandshakeError:
    """The error for a server that OpenSSL could not go on with, of its own accord."""
    if _TOO_LARGE in reasons:
        message = "The server sent a message that is larger than OpenSSL takes."
        return HandshakeError(Fault.TOO_LARGE, message, "The chain is probably much longer than it needs to be.")
    for reason in reasons:
        if reason in _INCOMPATIBLE:
            message = f"The server can't be talked to: {_INCOMPATIBLE[reason]}."
            return HandshakeError(Fault.PEER_INCOMPATIBLE, message, _OLD_SERVER)
    if _BAD_STAPLE in reasons:
        staples = sum(entry.ocsp_staple is not None for entry in witness.facts.entries or ())
        which = f"one of the {staples:,} OCSP responses" if staples > 1 else "the OCSP response"
        message = f"OpenSSL can't read {which} that the server staples: {_told(reasons)}."
        return HandshakeError(Fault.PEER_MISBEHAVED, message, "The operator can switch stapling off, or mend it.")
    if witness.facts.certificates and _concerns_encoding(error):
        asked = ", or a name in its request for a client certificate" if witness.facts.certificate_requested else ""
        message = f"OpenSSL can't read a certificate or a key of the server{asked}: {_told(reasons)}."
        return HandshakeError(Fault.PEER_MISBEHAVED, message, "The certificates as sent show what is wrong with them.")
    message = f"The server's handshake breaks the protocol: {_told(reasons)}."
    return HandshakeError(Fault.PEER_MISBEHAVED, message, _BROKEN_SERVER)


def _closed(witness: Witness) -> HandshakeError:
    last = witness.last_received
    if last is None:
        message = "The server closed the connection before it said anything."
        return HandshakeError(Fault.CLOSED, message, _NOTHING_SAID)
    said = f"{last.name} ({last.detail})" if last.name == "alert" else last.name
    message = f"The server closed the connection during the handshake, after {said}."
    hint = _NO_CLIENT_CERTIFICATE if witness.facts.certificate_requested else _CLOSED_LATER
    return HandshakeError(Fault.CLOSED, message, hint)


def _told(reasons: list[str]) -> str:
    return "; ".join(reasons) or "OpenSSL does not say how"


def _reasons(error: SSL.Error) -> list[str]:
    """OpenSSL's reasons, the first cause first; none where it tells none."""
    entries = error.args[0] if error.args else ()
    return list(dict.fromkeys(reason for *_, reason in entries if reason))


def _concerns_encoding(error: SSL.Error) -> bool:
    return any(library.startswith("asn1") for library, *_ in error.args[0])


def _alert_in(reasons: list[str]) -> Alert | None:
    """The alert that a reason tells of; None where they tell of something else."""
    for reason in reasons:
        match = _ALERT.fullmatch(reason)
        if match:
            return alert_named(match[1].replace(" ", "_").replace("cancelled", "canceled"))
    return None
