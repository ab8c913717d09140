"""What of what came was more than is taken: all limits that were reached without that ending the look.

One that ended it is named by the error, one of a file by its notes, and one of whoever was asked about revocation or
for an issuer by what is told of them.
"""

from collections.abc import Iterator

from tlsglass.observation import Observation
from tlsglass.trust.topics import FURTHER


def left_out(observation: Observation) -> tuple[str, ...]:
    """A sentence each, which names the limit. Not yet made printable.

    Args:
        observation: what is known.
    """
    return tuple(dict.fromkeys((*observation.left_out, *_of_judgement(observation), *_of_certificates(observation))))


def _of_judgement(observation: Observation) -> Iterator[str]:
    for check in observation.trust.checks if observation.trust is not None else ():
        if check.name == FURTHER:
            yield check.detail


def _of_certificates(observation: Observation) -> Iterator[str]:
    """What of certificates is not read. Of a file only those of the path are looked at: it may hold thousands."""
    trust = observation.trust
    in_path = [step.certificate for step in trust.path] if trust is not None else []
    for certificate in (*(() if observation.contents is not None else observation.certificates), *in_path):
        for problem in certificate.problems:
            if problem.limit:
                yield f"Of '{certificate.label}': {problem.text}"
