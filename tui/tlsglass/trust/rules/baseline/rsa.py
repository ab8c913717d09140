"""Whether the numbers of RSA keys are such as they should be. CA/B BR §6.1.1.3, §6.1.5, §6.1.6.

BoringSSL, and Chrome with it, refuses exponents that are even, 1 or longer than 33 bits, and even moduli
(`rsa_check_public_key` in its rsa_impl). No browser looks for keys that can be factored, though anybody can do it.

Authorities have to refuse keys of Infineon's library (ROCA), whose primes are `k * M + (65537 ** a mod M)` for a
product M of small primes, so that the modulus is a power of 65537 modulo each of those: Nemec and others, The Return of
Coppersmith's Attack, CCS 2017. They have to refuse keys that Fermat's method factors within 100 rounds, too, and those
that Debian's OpenSSL once made; there are lists of the latter, and no package that would bring them.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from tlsglass.trust.case import Case, not_checked
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.rules.baseline.standing import Fault, told
from tlsglass.trust.wording import named
from tlsglass.x509.model import Certificate
from tlsglass.x509.public_keys import rsa_numbers

_NUMBERS = "CA/Browser Forum BR §6.1.6"
_SIZES = "CA/Browser Forum BR §6.1.5"
_WEAK = "CA/Browser Forum BR §6.1.1.3"
_LONGEST_EXPONENT = 33
"""Bits that BoringSSL takes."""

_LEAST_ADVISED = 65537
_NO_SMALLER_FACTOR = 752
"""No prime below it should divide a modulus. CA/B BR §6.1.6."""

_LAST_SHARED_PRIME = 167
"""The largest prime by which all keys of Infineon's faulty library have telling remainders."""

_FERMAT_ROUNDS = 100
_LISTED_KINDS = frozenset({"RSA", "EC"})
"""Of which kinds there are weak keys of Debian's that an authority has to know."""

_FIX = "Make a new key with a current OpenSSL, have a certificate issued for it, and have the old one revoked."


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge every RSA key of the path. What can't be read is left to `strength`."""
    certificates = [step.certificate for step in case.path.steps if step.certificate.public_key.algorithm == "RSA"]
    faults: list[Fault] = []
    for certificate in certificates:
        numbers = rsa_numbers(certificate.public_key)
        if numbers is not None:
            faults.extend((*_exponent(certificate, numbers[1]), *_modulus(certificate, numbers[0])))
    if certificates:
        yield from told(case, "RSA numbers", faults, "Moduli and exponents are such as they should be.", _NUMBERS)


def examine_listed(case: Case) -> Iterator[Finding | Check]:
    """Say that the key of the leaf was not looked up among Debian's weak ones, where it could be one of them."""
    if case.leaf.public_key.algorithm in _LISTED_KINDS:
        detail = "not checked, because the lists of the keys that Debian's OpenSSL made from 2006 to 2008, when they "
        detail += "could be guessed (CVE-2008-0166), don't come along with this program."
        yield not_checked("Debian's weak keys", detail, _WEAK)


def _exponent(certificate: Certificate, exponent: int) -> Iterator[Fault]:
    whose, size = f"The key of {named(certificate)}", exponent.bit_length()
    if exponent % 2 == 0 or exponent == 1 or size > _LONGEST_EXPONENT:
        what = f"{exponent}" if size <= _LONGEST_EXPONENT else f"of {size:,} bits"
        detail = f"{whose} has the public exponent {what}. It has to be odd and at least 3, and Chrome takes one of at "
        detail += f"most {_LONGEST_EXPONENT} bits."
        yield _fault(certificate, f"an RSA exponent that nobody takes ({what})", detail, _NUMBERS, Severity.ERROR)
    elif exponent < _LEAST_ADVISED:
        detail = f"{whose} has the public exponent {exponent}. Authorities should take {_LEAST_ADVISED} or more, since "
        detail += "small ones make mistakes of programs worse. Clients accept it."
        fault = _fault(certificate, f"a small RSA exponent ({exponent})", detail, _NUMBERS, Severity.NOTICE)
        yield replace(fault, private=None)


def _modulus(certificate: Certificate, modulus: int) -> Iterator[Fault]:
    whose, size = f"The key of {named(certificate)}", modulus.bit_length()
    if modulus % 2 == 0:
        detail = f"{whose} is even, so it is no product of two large primes. Chrome refuses it."
        yield _fault(certificate, "an even RSA modulus", detail, _NUMBERS, Severity.ERROR)
    elif way := _weakness(modulus):
        detail = f"{whose} can be taken apart by anybody: {way}. Who does that can pass for its holder."
        yield _fault(certificate, "an RSA key that can be factored", detail, _WEAK, Severity.WARNING)
    if size % 8:
        detail = f"{whose} has {size:,} bits, which is no multiple of 8. Clients accept it."
        yield replace(
            _fault(certificate, f"an RSA key of {size:,} bits", detail, _SIZES, Severity.WARNING), private=None
        )


def _fault(certificate: Certificate, what: str, detail: str, reference: str, severity: Severity) -> Fault:
    return Fault(
        code=FindingCode.FAULTY_KEY,
        certificate=certificate,
        field="public_key",
        title=f"{named(certificate)} has {what}",
        detail=detail,
        reference=reference,
        fix=_FIX,
        public=severity,
        private=severity,
    )


@lru_cache(maxsize=256)
def _weakness(modulus: int) -> str:
    """How an odd modulus can be factored; empty where no quick way is known."""
    divisor = math.gcd(modulus, _small_product())
    if divisor != 1:
        smallest = next(prime for prime in _small_primes() if divisor % prime == 0)
        return f"{smallest} divides it"
    if all(modulus % prime in remainders for prime, remainders in _remainders()):
        return "it was made by a library of Infineon whose primes can be guessed (ROCA, CVE-2017-15361)"
    root = math.isqrt(modulus - 1) + 1
    for middle in range(root, root + _FERMAT_ROUNDS):
        rest = middle * middle - modulus
        if math.isqrt(rest) ** 2 == rest:
            return "its two primes are so close to each other that Fermat's method finds them"
    return ""


@cache
def _small_primes() -> tuple[int, ...]:
    """The odd primes that should not divide a modulus."""
    return tuple(n for n in range(3, _NO_SMALLER_FACTOR, 2) if all(n % d for d in range(3, math.isqrt(n) + 1, 2)))


@cache
def _small_product() -> int:
    return math.prod(_small_primes())


@cache
def _remainders() -> tuple[tuple[int, frozenset[int]], ...]:
    """By which primes the keys of Infineon's library have which remainders: the powers of 65537."""
    primes = (prime for prime in _small_primes() if prime <= _LAST_SHARED_PRIME)
    return tuple((prime, frozenset(pow(65537, power, prime) for power in range(prime))) for prime in primes)
