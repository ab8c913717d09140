"""Keys that are too short, and signatures that prove little or nothing."""

from cryptography.hazmat.primitives.asymmetric import rsa

from tlsglass.demo.alterations import naming_two_algorithms, signed_with_sha1
from tlsglass.demo.authority import Authority, Leaf
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present, rsa_key


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    issuer, signer = by.rsa_intermediate, _rsa_key_of(by.rsa_intermediate)
    sha1, two = leaf(issuer, "sha1"), leaf(issuer, "two-algorithms")
    sha1 = Leaf(certificate=signed_with_sha1(sha1.certificate, signer), key=sha1.key)
    two = Leaf(certificate=naming_two_algorithms(two.certificate, signer), key=two.key)
    return {
        "sha1": present(sha1, issuer, weak=True),
        "rsa1024": present(leaf(issuer, "rsa1024", key=rsa_key(1024)), issuer, weak=True),
        "two-algorithms": present(two, issuer),
    }


def _rsa_key_of(authority: Authority) -> rsa.RSAPrivateKey:
    if isinstance(authority.key, rsa.RSAPrivateKey):
        return authority.key
    message = "the AlgorithmIdentifiers that are exchanged here are those of RSA"
    raise TypeError(message)
