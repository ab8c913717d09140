"""Sites with which nothing is wrong."""

from cryptography.hazmat.primitives.asymmetric import ed25519
from OpenSSL import SSL

from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present

NAMES = 500
"""How many names the certificate of many-names has."""

IDN_LABELS = ("xn--bcher-kva", "xn--r8jz45g", "xn--pple-43d")
"""bücher, 例え, and apple with a Cyrillic first letter, as A-labels. RFC 5890 §2.3.2.1."""


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    good = leaf(by.intermediate, "good")
    many = ("many-names", *(f"name{number:03}.many-names" for number in range(1, NAMES)))
    idn = ("idn", *(f"{label}.idn" for label in IDN_LABELS))
    return {
        "good": present(good, by.intermediate, staples=[by.intermediate.staple(good.certificate)]),
        "good-rsa": present(leaf(by.rsa_intermediate, "good-rsa", key=by.rsa_key), by.rsa_intermediate),
        "good-ed25519": present(
            leaf(by.intermediate, "good-ed25519", key=ed25519.Ed25519PrivateKey.generate()), by.intermediate
        ),
        "tls12": present(leaf(by.intermediate, "tls12"), by.intermediate, newest=SSL.TLS1_2_VERSION),
        "pq": present(leaf(by.intermediate, "pq"), by.intermediate, oldest=SSL.TLS1_3_VERSION),
        "wildcard": present(leaf(by.intermediate, "wildcard", names=("*",)), by.intermediate),
        "idn": present(leaf(by.intermediate, "idn", names=idn), by.intermediate),
        "many-names": present(leaf(by.intermediate, "many-names", names=many), by.intermediate),
        "long-chain": _long_chain(by),
    }


def _long_chain(by: Authorities) -> Presentation:
    authorities = [by.root]
    for level in range(1, 6):
        authorities.append(authorities[-1].authority(f"Demo Level {level} CA", path_length=5 - level))
    return present(leaf(authorities[-1], "long-chain"), *reversed(authorities[1:]))
