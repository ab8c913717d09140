"""Moduli and exponents of RSA keys."""

import math
from dataclasses import replace
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.trust.authority import Authority, ec_key, rsa_key
from tests.trust.cases import checks_of, codes, findings_of, only, statuses
from tests.x509.der_writer import bit_string, number, oid, seq, tlv
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules.baseline import rsa as rules
from tlsglass.x509.model import Certificate

ROOT = Authority.root()
LEAF = ROOT.issues("a.test", key=rsa_key())


@cache
def _primes() -> tuple[int, int]:
    """The primes of a key of 2048 bits."""
    private = rsa_key().private_numbers()
    return private.p, private.q


def _next_prime(after: int) -> int:
    """The next number that Fermat's little theorem takes for a prime, by three bases."""
    found = after + 2
    while any(pow(base, found - 1, found) != 1 for base in (2, 3, 5)):
        found += 2
    return found


def _guessable_prime(product: int, power: int) -> int:
    """A prime of the form that the faulty library gave its primes."""
    found = pow(65537, power, product) + product * 2**40
    while pow(2, found - 1, found) != 1:
        found += product
    return found


def _with(modulus: int, exponent: int = 65537) -> Certificate:
    """The leaf with another RSA key."""
    key = seq(number(modulus), number(exponent))
    der = seq(seq(oid("1.2.840.113549.1.1.1"), tlv(5)), bit_string(key))
    public = LEAF.parsed.public_key
    return replace(LEAF.parsed, public_key=replace(public, der=der, bits=modulus.bit_length()))


def test_a_usual_key_is_good() -> None:
    """Of any usual size; keys of other kinds are not spoken of."""
    for bits in (2048, 3072):
        sent = [ROOT.issues("a.test", key=rsa_key(bits))]
        assert statuses(checks_of(rules.examine, sent)) == {CheckStatus.PASSED}
        assert not findings_of(rules.examine, sent)
    assert not checks_of(rules.examine, [ROOT.issues("a.test")])


@pytest.mark.parametrize("exponent", [1, 2, 65536, 2**33 + 1, 2**256 - 1])
def test_exponents_that_browsers_refuse(exponent: int) -> None:
    """Even ones, 1, and those of more than 33 bits, below any root."""
    found = only(findings_of(rules.examine, [_with(math.prod(_primes()), exponent)]))
    assert (found.code, found.severity, found.field) == (FindingCode.FAULTY_KEY, Severity.ERROR, "public_key")
    assert "exponent" in found.title


@pytest.mark.parametrize("exponent", [3, 17, 257])
def test_small_exponents_are_only_advised_against(exponent: int) -> None:
    """A notice below public roots."""
    sent = [_with(math.prod(_primes()), exponent)]
    assert only(findings_of(rules.examine, sent, store=ROOT.public_store())).severity is Severity.NOTICE
    assert not findings_of(rules.examine, sent)


def test_a_key_may_have_a_large_exponent() -> None:
    """Up to what BoringSSL takes."""
    assert not findings_of(rules.examine, [_with(math.prod(_primes()), 2**32 + 1)])


def test_moduli_that_anybody_can_factor() -> None:
    """By a small factor, by Fermat's method, or since a library guessed its primes."""
    first, second = _primes()
    near = _next_prime(first + 10**6)
    product = math.prod(n for n in range(3, 168) if all(n % d for d in range(2, n)))
    by_infineon = math.prod(_guessable_prime(product, power) for power in (1009, 1013))
    for modulus, words in (
        (first * second * 751, "751 divides it"),
        (first * near, "Fermat's method"),
        (first * first, "Fermat's method"),
        (by_infineon, "ROCA, CVE-2017-15361"),
    ):
        found = findings_of(rules.examine, [_with(modulus)])
        assert codes(found) == [FindingCode.FAULTY_KEY], words
        assert (words in found[0].detail, found[0].severity) == (True, Severity.WARNING)
        assert found[0].reference == "CA/Browser Forum BR §6.1.1.3"


def test_an_even_modulus_is_refused() -> None:
    """BoringSSL looks for that."""
    found = findings_of(rules.examine, [_with(math.prod(_primes()) * 2**7)])
    assert ("an even RSA modulus" in found[0].title, found[0].severity) == (True, Severity.ERROR)


def test_sizes_are_multiples_of_eight() -> None:
    """No client minds."""
    sent = [_with(_primes()[0] * _next_prime(2**1026 + 1))]
    found = only(findings_of(rules.examine, sent, store=ROOT.public_store()))
    assert (f"an RSA key of {sent[0].public_key.bits:,} bits" in found.title, found.severity) == (
        True,
        Severity.WARNING,
    )
    assert not findings_of(rules.examine, sent)


def test_a_key_that_cannot_be_read_is_left_alone() -> None:
    """Another rule says so."""
    public = LEAF.parsed.public_key
    unread = replace(LEAF.parsed, public_key=replace(public, der=public.der[:40]))
    assert statuses(checks_of(rules.examine, [unread])) == {CheckStatus.PASSED}


def test_of_debians_weak_keys_it_is_said_that_nobody_looked() -> None:
    """Of the kinds that there are: the list has RSA and EC keys."""
    for key in (rsa_key(), ec_key()):
        (check,) = checks_of(rules.examine_listed, [ROOT.issues("a.test", key=key)])
        assert check.status is CheckStatus.NOT_CHECKED
        assert "CVE-2008-0166" in check.detail
    assert not checks_of(rules.examine_listed, [ROOT.issues("a.test", key=ed25519.Ed25519PrivateKey.generate())])
