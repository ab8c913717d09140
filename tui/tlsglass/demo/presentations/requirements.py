"""Certificates that keep to the standards, and that browsers refuse all the same."""

from datetime import timedelta
from itertools import count
from math import gcd

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from tlsglass.demo.authority import AGE, distinguished_name
from tlsglass.demo.changes import having, lacking
from tlsglass.demo.presentations.model import Authorities, Presentation, filed, leaf, present, rsa_key_of_primes

_TOO_LONG = timedelta(days=1000, seconds=-1)
_LONG_EXPONENT = 2**40 + 1
_SUFFIX = "co.uk"


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    lasting = leaf(by.intermediate, "long-lived", ends=by.at - AGE + _TOO_LONG)
    authority = having(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    unsaid = leaf(by.intermediate, "no-purpose", changes=[lacking(x509.ExtendedKeyUsage)])
    shared = by.intermediate.key
    return {
        "no-purpose": present(unsaid, by.intermediate),
        "shared-key": present(leaf(by.intermediate, "shared-key", key=shared), by.intermediate),
        "long-lived": present(lasting, by.intermediate),
        "ca-as-server": present(leaf(by.intermediate, "ca-as-server", changes=[authority]), by.intermediate),
    }


def files(by: Authorities) -> dict[str, tuple[bytes, ...]]:
    """What each holds, by its id."""
    wide = by.intermediate.leaf(distinguished_name("Everybody"), [x509.DNSName(f"*.{_SUFFIX}")])
    odd = leaf(by.intermediate, "long-exponent", key=_with_exponent(by.rsa_key, _LONG_EXPONENT))
    return {"wide-wildcard": filed(wide, by.intermediate), "long-exponent": filed(odd, by.intermediate)}


def _with_exponent(key: rsa.RSAPrivateKey, least: int) -> rsa.RSAPrivateKey:
    """A key of the same primes with another public exponent, the first that fits. RFC 8017 §3.1."""
    p, q = key.private_numbers().p, key.private_numbers().q
    exponent = next(number for number in count(least, 2) if gcd(number, (p - 1) * (q - 1)) == 1)
    return rsa_key_of_primes(p, q, exponent)
