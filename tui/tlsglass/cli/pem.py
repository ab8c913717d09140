"""`show --pem`: the certificates themselves, as they were sent or as they should be, for a file that a server reads."""

from typing import Literal

from tlsglass.observation import Observation
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import to_pem

Which = Literal["sent", "repaired"]
"""As they were sent, or as they should be."""


def chain_pem(observation: Observation, which: Which) -> str:
    """The certificates of a look in PEM, leaf first.

    Args:
        observation: what was seen.
        which: as they were sent, or as they should be; where those are the same, both give the same.

    Raises:
        ValueError: with a sentence: there are none, or what should be sent is not at hand.
    """
    certificates = tuple(observation.certificates)
    if not certificates:
        message = "No certificate was seen."
        raise ValueError(message)
    if which == "repaired":
        certificates = _repaired(observation)
    return "".join(to_pem(certificate.der) for certificate in certificates)


def _repaired(observation: Observation) -> tuple[Certificate, ...]:
    trust = observation.trust
    if trust is None or not trust.path:
        message = "What should be sent is not known, since nothing was judged: --hostname has a file judged as a site."
        raise ValueError(message)
    if trust.missing is not None:
        missing = trust.missing.rfc4514 or "(empty name)"
        message = f"What should be sent is not at hand: there is no certificate of {missing}. --aia fetches what the "
        message += "certificates name an address of."
        raise ValueError(message)
    return repaired_chain(trust) or tuple(observation.judged)
