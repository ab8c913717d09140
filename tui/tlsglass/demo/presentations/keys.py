"""Keys that are too short or can be guessed, and signatures that prove little or nothing."""

from itertools import count, islice
from math import prod

from cryptography.hazmat.primitives.asymmetric import rsa

from tlsglass.demo.alterations import naming_two_algorithms, signed_with_sha1
from tlsglass.demo.authority import Authority, Leaf
from tlsglass.demo.presentations.model import (
    Authorities,
    Presentation,
    filed,
    leaf,
    present,
    rsa_key,
    rsa_key_of_primes,
)

_GUESSABLE = ((9_233_200_174_759_144, 7919), (9_232_200_174_759_094, 15838))
"""The secret parts of two primes of the form that Infineon's library gave those of keys of 2048 bits: finding such ones
takes long, and nobody relies on the key."""

_GUESSABLE_PRIMES = 126
"""How many small primes make up the public part. Nemec and others, The Return of Coppersmith's Attack, CCS 2017."""


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    issuer, signer = by.rsa_intermediate, _signer(by.rsa_intermediate)
    sha1, two = leaf(issuer, "sha1"), leaf(issuer, "two-algorithms")
    sha1 = Leaf(certificate=signed_with_sha1(sha1.certificate, signer), key=sha1.key)
    two = Leaf(certificate=naming_two_algorithms(two.certificate, signer), key=two.key)
    return {
        "sha1": present(sha1, issuer, weak=True),
        "rsa1024": present(leaf(issuer, "rsa1024", key=rsa_key(1024)), issuer, weak=True),
        "two-algorithms": present(two, issuer),
    }


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    primes = (number for number in count(2) if all(number % divisor for divisor in range(2, number)))
    product = prod(islice(primes, _GUESSABLE_PRIMES))
    first, second = (factor * product + pow(65537, power, product) for factor, power in _GUESSABLE)
    guessable = leaf(by.intermediate, "guessable-key", key=rsa_key_of_primes(first, second, 65537))
    return {"guessable-key": filed(guessable, by.intermediate)}


def _signer(authority: Authority) -> rsa.RSAPrivateKey:
    if isinstance(authority.key, rsa.RSAPrivateKey):
        return authority.key
    message = "the AlgorithmIdentifiers that are exchanged here are those of RSA"
    raise TypeError(message)
