"""How clients behave, as functions from what was seen and a finding to a reason; and what all of them do alike."""

from collections.abc import Callable, Mapping

from tlsglass.target import is_address
from tlsglass.trust.clients.model import Reason, Stance
from tlsglass.trust.clients.seen import Seen
from tlsglass.trust.model import Finding, Severity
from tlsglass.trust.revocation.model import Source, Status
from tlsglass.trust.wording import named, shortened

Behaviour = Callable[[Seen, Finding], Reason | None]
"""What a family makes of a finding; None where it does not matter to it."""


def says(stance: Stance, sentence: str, reference: str) -> Behaviour:
    """Always the same."""

    def behave(_seen: Seen, found: Finding) -> Reason:
        return Reason(stance=stance, sentence=sentence, reference=reference, codes=(str(found.code),))

    return behave


def refuses(sentence: str, reference: str) -> Behaviour:
    """It refuses, whatever else was seen."""
    return says(Stance.REFUSES, sentence, reference)


def accepts(sentence: str, reference: str) -> Behaviour:
    """It takes that."""
    return says(Stance.ACCEPTS, sentence, reference)


def ignores(_seen: Seen, _found: Finding) -> None:
    """It makes nothing of it."""


def fetches(who: str, reference: str) -> Behaviour:
    """It fetches issuers that were not sent. RFC 5280 §4.2.2.1.

    Args:
        who: what does so: 'It', 'Windows'.
        reference: who says so.
    """

    def behave(seen: Seen, found: Finding) -> Reason:
        fetched = next((step.fetched_from for step in seen.report.path if step.fetched_from), None)
        addresses = seen.certificate(found).ca_issuers
        if fetched:
            stance, rest = Stance.ACCEPTS, f" At {shortened(fetched)} it was had here, too."
        elif addresses:
            stance, rest = Stance.DEPENDS, f" Whether {shortened(addresses[0])} gives it was not tried here."
        else:
            stance, rest = Stance.REFUSES, " But the certificate does not say where its issuer can be had."
        sentence = f"{who} fetches issuers that were not sent.{rest}"
        return Reason(stance=stance, sentence=sentence, reference=reference, codes=(str(found.code),))

    return behave


def hashes(*, sha1: Behaviour, older: Behaviour) -> Behaviour:
    """What it makes of signatures with weak hash functions.

    Args:
        sha1: what it makes of SHA-1.
        older: what it makes of MD5 and its forerunners.
    """

    def behave(seen: Seen, found: Finding) -> Reason | None:
        digest = (seen.certificate(found).signature_algorithm.hash or "").upper().replace("-", "")
        return (sha1 if digest == "SHA1" else older)(seen, found)

    return behave


def names(*, host: Behaviour, address: Behaviour) -> Behaviour:
    """What it makes of a name, by what was asked for: a host's name or an address."""

    def behave(seen: Seen, found: Finding) -> Reason | None:
        return (address if is_address(seen.report.hostname) else host)(seen, found)

    return behave


def short_rsa(*, below: int, refused: Behaviour, longer: Behaviour) -> Behaviour:
    """What it makes of short RSA keys; of other weak keys nothing is known.

    Args:
        below: RSA keys of fewer bits are refused.
        refused: what it makes of those.
        longer: what it makes of the others.
    """

    def behave(seen: Seen, found: Finding) -> Reason | None:
        key = seen.certificate(found).public_key
        if key.algorithm not in {"RSA", "RSASSA-PSS"} or key.bits is None:
            return unknown(seen, found)
        return (refused if key.bits < below else longer)(seen, found)

    return behave


def unknown(_seen: Seen, found: Finding) -> Reason:
    """Nothing that is at hand says what it makes of this."""
    sentence = f"What it makes of this is not known here: {found.title}."
    return Reason(stance=Stance.UNKNOWN, sentence=sentence, reference=found.reference, codes=(str(found.code),))


def of_public(behave: Behaviour, otherwise: Behaviour) -> Behaviour:
    """One thing for chains that lead to a public root, another for others."""

    def choose(seen: Seen, found: Finding) -> Reason | None:
        return (behave if seen.is_public else otherwise)(seen, found)

    return choose


def _path_validation(sentence: str, reference: str) -> Behaviour:
    """What path validation refuses, whoever does it; but of the anchor's own contents RFC 5280 says little."""

    def behave(seen: Seen, found: Finding) -> Reason:
        if seen.report.anchored and len(seen.report.path) > 1:
            root = seen.report.path[-1].certificate
            if found.certificate == root.sha256:
                return Reason(
                    stance=Stance.UNKNOWN,
                    sentence=f"Whether it looks at what the root {named(root)} says of itself is left to it.",
                    reference="RFC 5280 §6.1.1 (d)",
                    codes=(str(found.code),),
                )
        return Reason(stance=Stance.REFUSES, sentence=sentence, reference=reference, codes=(str(found.code),))

    return behave


def _usage(seen: Seen, found: Finding) -> Reason | None:
    if found.field == "extensions.2.5.29.37" and found.certificate == seen.leaf.sha256:
        sentence = "Its purposes are stated, and a server's is not among them, so it must not be used as one's."
        return refuses(sentence, "RFC 5280 §4.2.1.12")(seen, found)
    return unknown(seen, found)


def _purposes_left_out(seen: Seen, found: Finding) -> Reason | None:
    if seen.leaf.extended_key_usage is None:
        sentence = "A certificate that names no purposes may be used for any."
        return accepts(sentence, "RFC 5280 §4.2.1.12")(seen, found)
    return unknown(seen, found)


def where_refused(behave: Behaviour) -> Behaviour:
    """What it makes of a finding that is an error; of milder ones it makes nothing."""

    def choose(seen: Seen, found: Finding) -> Reason | None:
        return behave(seen, found) if found.severity is Severity.ERROR else None

    return choose


def negative_serial(behave: Behaviour) -> Behaviour:
    """What it makes of a serial number below zero; of other odd ones it makes nothing."""

    def choose(seen: Seen, found: Finding) -> Reason | None:
        serial = seen.certificate(found).serial
        return behave(seen, found) if serial is not None and serial < 0 else None

    return choose


def seen_by_openssl(seen: Seen, found: Finding) -> Reason | None:
    """OpenSSL has said so itself in the handshake, or of the path."""
    return refuses(f"{found.title}.", found.reference)(seen, found)


def where_stapled(behave: Behaviour) -> Behaviour:
    """What it makes of a revocation that the certificate's staple tells; of others nothing is known."""

    def choose(seen: Seen, found: Finding) -> Reason | None:
        answers = (each for each in seen.report.revocation if each.certificate == found.certificate)
        revoking = (each.source for each in answers if each.status is Status.REVOKED)
        return (behave if Source.STAPLE in revoking else unknown)(seen, found)

    return choose


def purposes_of_issuers(behave: Behaviour) -> Behaviour:
    """What it makes of an issuer whose purposes leave a server's out."""

    def choose(seen: Seen, found: Finding) -> Reason | None:
        is_issuer = found.certificate != seen.leaf.sha256
        return (behave if is_issuer and found.field == "extensions.2.5.29.37" else _usage)(seen, found)

    return choose


ALL: Mapping[str, Behaviour] = {
    "expired": _path_validation("Path validation refuses what has expired.", "RFC 5280 §6.1.3 (a)(2)"),
    "not-yet-valid": _path_validation("Path validation refuses what is not valid yet.", "RFC 5280 §6.1.3 (a)(2)"),
    "bad-signature": _path_validation("Path validation refuses a wrong signature.", "RFC 5280 §6.1.3 (a)(1)"),
    "invalid-ca": _path_validation(
        "Path validation refuses an issuer that may not issue what stands below it.", "RFC 5280 §6.1.4 (k) to (n)"
    ),
    "name-not-permitted": _path_validation("Name constraints do not permit it.", "RFC 5280 §6.1.3 (b)"),
    "unknown-critical-extension": _path_validation(
        "Whoever does not know a critical extension has to refuse the certificate.", "RFC 5280 §4.2"
    ),
    "name-mismatch": refuses("No name of the certificate is the one that was asked for.", "RFC 9525 §6"),
    "wrong-usage": _usage,
    "server-usage-missing": _purposes_left_out,
    "wrong-order": says(Stance.DEPENDS, "Clients are advised to sort what was sent, not bound to.", "RFC 8446 §4.4.2"),
    "old-protocol": unknown,
    # As a warning it says that OpenSSL takes another way, which others need not take.
    "verification-failed": where_refused(unknown),
}
"""What every client does that validates paths and names, whoever made it."""
