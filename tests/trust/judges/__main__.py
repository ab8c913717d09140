"""`python -m tests.trust.judges 20000`: so many chains of each kind, and every difference that no rule explains.

Unlike the tests it goes on after the first, counts those that say the same, and shows one of each.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.trust.judges.chains import Chain, build
from tests.trust.judges.differences import judged, missed, unexplained
from tests.trust.judges.strategies import Damage, chains, crossing_chains, damage, damaged, good_chain

_Check = Callable[[object], Sequence[str]]


def _of_chain(chain: object) -> list[str]:
    assert isinstance(chain, Chain)
    return unexplained(judged(*chain.built()))


def _of_crossing(chain: object) -> list[str]:
    assert isinstance(chain, Chain)
    sent, store = chain.built()
    return [*unexplained(judged(sent, store)), *missed(sent, store)]


_GOOD = build(good_chain(1))


def _of_damage(how: object) -> list[str]:
    assert isinstance(how, Damage)
    return unexplained(judged(damaged(_GOOD[0], how), _GOOD[1]))


_KINDS: dict[str, tuple[st.SearchStrategy[object], _Check]] = {
    "changes": (chains(), _of_chain),
    "crossings": (crossing_chains(), _of_crossing),
    "damage": (damage(), _of_damage),
}


def _run(name: str, strategy: st.SearchStrategy[object], check: _Check, cases: int) -> int:
    """Try so many, and give the number of kinds of difference."""
    seen: Counter[str] = Counter()
    first: dict[str, object] = {}

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def look(case: object) -> None:
        for said in check(case):
            kind = re.sub(r"'[^']*'|\d+", "_", said)
            seen[kind] += 1
            first.setdefault(kind, (said, case))

    look()
    print(f"{name}: {cases:,} cases, {len(seen)} kinds of difference that no rule explains", flush=True)  # noqa: T201 - this is a program
    for kind, count in seen.most_common():
        print(f"  {count:,} times: {first[kind]}", flush=True)  # noqa: T201 - this is a program
    return len(seen)


def main() -> int:
    """Try all kinds, or the one that is named after the number."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    chosen = sys.argv[2:] or list(_KINDS)
    return min(1, sum(_run(name, *_KINDS[name], cases) for name in chosen))


if __name__ == "__main__":
    sys.exit(main())
