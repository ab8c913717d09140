"""What each exhibit presents: a server chain, key, staple and the terms of TLS in its handshake, a file its chain.

The servers that never get as far as a certificate are not in here.
"""

from tlsglass.demo.presentations import (
    answers,
    chains,
    constraints,
    dates,
    encoding,
    healthy,
    keys,
    limits,
    names,
    paths,
    protocol,
    public,
    requirements,
    revocation,
)
from tlsglass.demo.presentations.model import Authorities, Presentation

__all__ = ("Authorities", "Presentation", "files", "servers")


def servers(by: Authorities) -> dict[str, Presentation]:
    """What the servers present, by their ids.

    Args:
        by: who issues.
    """
    rooms = (
        *(healthy, dates, names, chains, paths, keys, limits, constraints, requirements),
        *(encoding, revocation, protocol, answers),
    )
    return {id_: presented for room in rooms for id_, presented in room.servers(by).items()}


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What the files hold, certificates in DER in their order, by their ids.

    Args:
        by: who issues.
    """
    rooms = (paths, keys, constraints, requirements, public, encoding)
    return {id_: chain for room in rooms for id_, chain in room.files(by).items()}
