"""`python -m tests.benchmarks.judging`: the search for paths and the verdict, on chains usual and pathological."""

import time
from collections.abc import Callable, Sequence

from cryptography import x509

from tests.benchmarks.measuring import Row, median
from tests.trust.authority import NOW, SERVER_AUTH, Authority, Issued, ec_key, key_usage, rsa_key
from tests.trust.cases import DONE
from tests.trust.crowds import LOWER, UPPER, impostor, mesh
from tests.trust.rules.test_policies import ONE, TWO, mapping, with_policies
from tlsglass.trust.judge import judge
from tlsglass.trust.paths import find_paths
from tlsglass.trust.stores import Store

_RUNS = 7
_MOST = 100
"""Certificates of a pathological chain."""

_Chain = tuple[Sequence[Issued], Store]


def judgements() -> list[Row]:
    """How long paths and verdict take, by kind of chain; everything is parsed beforehand, and nothing is kept.

    In seconds of the processor, so that other programs on the machine don't count.
    """
    return [_row(name, make(), 0.010 if name.startswith("usual") else 1.0) for name, make in _CHAINS.items()]


def _row(name: str, chain: _Chain, budget: float) -> Row:
    sent, store = [issued.parsed for issued in chain[0]], chain[1]
    searched = median(lambda: _seconds(lambda: find_paths(sent, store, NOW)), _RUNS)
    judged = median(
        lambda: _seconds(lambda: judge(sent, hostname="a.test", is_address=False, store=store, handshake=DONE, at=NOW)),
        _RUNS,
    )
    return Row(
        what=f"verdict: {name}",
        measured=f"{judged * 1000:.1f} ms, its paths {searched * 1000:.1f} ms",
        budget=f"{budget * 1000:.0f} ms",
        held=judged <= budget,
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _usual() -> _Chain:
    return [LOWER.issues("a.test"), LOWER, UPPER], Authority.root().store()


def _of_the_web() -> _Chain:
    """Below a public root, with a wildcard: all rules of the web are asked, and the list of public suffixes."""
    root = Authority.root(key=rsa_key(4096, 1))
    lower = root.intermediate(key=rsa_key(2048, 2))
    return [lower.issues("a.test", "*.example.co.uk", key=rsa_key(2048, 3)), lower], root.public_store()


def _thicket(*, anchored: bool) -> _Chain:
    """CAs that all certify each other, with or without one that is an anchor."""
    thicket = mesh(11)
    anchor = Authority.root("Mesh 10", key=ec_key(400)) if anchored else Authority.root()
    return [thicket[0].issues("a.test"), *thicket[: _MOST - 1]], anchor.store()


def _impostors() -> _Chain:
    """A hundred certificates with the issuer's name and key identifier, one of them with its key, sent last."""
    others = [impostor(number) for number in range(_MOST - 3)]
    return [LOWER.issues("a.test"), *others, LOWER, UPPER], Authority.root().store()


def _one_holder() -> _Chain:
    """A hundred certificates of one name and one key."""
    root = Authority.root("Flood", key=ec_key(5))
    flood = [root.intermediate("Flood", key=ec_key(5)) for _ in range(_MOST - 1)]
    return [flood[0].issues("a.test"), *flood], Authority.root().store()


def _ring() -> _Chain:
    """A hundred keys of one name, each certified by the next."""
    keys = [ec_key(500 + place) for place in range(_MOST - 1)]
    ring = [Authority.root("Ring", key=key).intermediate("Ring", key=keys[place - 1]) for place, key in enumerate(keys)]
    return [Authority.root("Ring", key=keys[0]).issues("a.test"), *ring], Authority.root().store()


def _names_and_constraints() -> _Chain:
    """As many names below as many constraints as are compared at most, twice over."""
    root = Authority.root()
    domains = [f"d{number}.test" for number in range(600)]
    permitted = x509.NameConstraints([x509.DNSName(domain) for domain in ("a.test", *domains)], None)
    usual = [x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign", "crl_sign"), permitted]
    upper = root.intermediate("Upper", key=ec_key(1), extensions=usual)
    lower = upper.intermediate("Lower", key=ec_key(2), extensions=usual)
    return [lower.issues("a.test", *domains), lower, upper], root.store()


def _mapped_policies() -> _Chain:
    """Thirty authorities, each of which maps two policies to both: a tree of them would have a billion leaves."""
    policies = with_policies(ONE, TWO)
    mappings = mapping(*((issuer, subject) for issuer in (ONE, TWO) for subject in (ONE, TWO)))
    usual = [x509.BasicConstraints(ca=True, path_length=None), key_usage("key_cert_sign", "crl_sign")]
    authority = root = Authority.root()
    sent: list[Issued] = []
    for number in range(30):
        extensions = [*usual, policies, mappings, *([x509.PolicyConstraints(0, None)] if not number else [])]
        authority = authority.intermediate(f"Mapping {number}", key=ec_key(700 + number), extensions=extensions)
        sent.insert(0, authority)
    return [authority.issues("a.test", extensions=[SERVER_AUTH, policies]), *sent], root.store()


_CHAINS: dict[str, Callable[[], _Chain]] = {
    "usual chain": _usual,
    "usual chain of the web": _of_the_web,
    "100 that certify each other": lambda: _thicket(anchored=False),
    "the same with an anchor": lambda: _thicket(anchored=True),
    "97 impostors of the issuer": _impostors,
    "100 of one name and key": _one_holder,
    "100 keys of one name in a ring": _ring,
    "600 names below 600 constraints, twice": _names_and_constraints,
    "30 that map two policies to both": _mapped_policies,
}


if __name__ == "__main__":
    for row in judgements():
        print(row, flush=True)
