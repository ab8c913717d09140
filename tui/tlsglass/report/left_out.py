"""What of what came was more than is taken: all limits that were reached without that ending the look.

One that ended it is named by the error, one of a file by its notes, and one of whoever was asked about revocation or
for an issuer by what is told of them.
"""

from collections.abc import Iterator

from tlsglass.limits import MOST_AUTHORITIES, MOST_VERIFICATION_ERRORS
from tlsglass.observation import Observation
from tlsglass.trust.topics import FURTHER


def left_out(observation: Observation) -> tuple[str, ...]:
    """A sentence each, which names the limit where it can be raised. Not yet made printable.

    Args:
        observation: what is known.
    """
    sentences = (
        *observation.left_out,
        *_of_handshake(observation),
        *_of_judgement(observation),
        *_of_certificates(observation),
    )
    return tuple(dict.fromkeys(sentences))


def _of_handshake(observation: Observation) -> Iterator[str]:
    agreed = observation.handshake
    if agreed is None:
        return
    if further := agreed.client_certificate_authorities_left_out:
        named = f"{MOST_AUTHORITIES + further:,} authorities for client certificates"
        yield f"The server named {named}; only {MOST_AUTHORITIES:,} are kept."
    if further := agreed.verification_errors_left_out:
        found = f"{MOST_VERIFICATION_ERRORS + further:,} errors"
        yield f"OpenSSL found {found} in the chain; only {MOST_VERIFICATION_ERRORS:,} are kept."


def _of_judgement(observation: Observation) -> Iterator[str]:
    for check in observation.trust.checks if observation.trust is not None else ():
        if check.name.startswith(f"{FURTHER} "):
            yield check.detail


def _of_certificates(observation: Observation) -> Iterator[str]:
    """What of certificates is not read. Of a file only those of the path are looked at: it may hold thousands."""
    trust = observation.trust
    in_path = [step.certificate for step in trust.path] if trust is not None else []
    for certificate in (*(() if observation.contents is not None else observation.certificates), *in_path):
        for problem in certificate.problems:
            if problem.limit:
                yield f"Of '{certificate.label}': {problem.text}"
