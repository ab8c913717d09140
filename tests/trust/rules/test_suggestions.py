"""Which name was meant: variants, slips, relatives; with the definition of the distance as oracle."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority
from tests.trust.cases import findings_of, only
from tlsglass.trust.rules import identity
from tlsglass.trust.rules.suggestions import edits, meant_name
from tlsglass.x509.model import GeneralName

ROOT = Authority.root()


def _names(*values: str) -> list[GeneralName]:
    return [GeneralName(kind="DNS", value=value) for value in values]


@pytest.mark.parametrize(
    ("hostname", "names", "meant"),
    [
        ("example.com", ["mail.example.com", "www.example.com"], "www.example.com"),
        ("www.example.com", ["mail.example.com", "EXAMPLE.com."], "example.com"),
        ("example.com", ["*.example.com"], "www.example.com"),
        ("exmaple.com", ["other.test", "example.com"], "example.com"),
        ("example.con", ["example.com"], "example.com"),
        ("wwwexample.com", ["www.example.com"], "www.example.com"),
        ("mail.exampel.com", ["*.example.com"], "mail.example.com"),
        ("web1.example.com", ["web2.example.com", "mail.example.com"], "web2.example.com"),
        ("blog.example.com", ["example.com", "other.test"], "example.com"),
        ("blog.example.com", ["shop.example.com", "other.test"], "shop.example.com"),
        ("blog.example.com", ["shop.example.com", "mail.example.com"], None),
        ("a.b.example.com", ["*.example.com"], None),
        ("b.test", ["a.test"], None),
        ("b.org", ["b.com"], None),
        ("a.com", ["b.a.com.test"], None),
        ("example.com", ["elsewhere.org"], None),
        ("example.com", [], None),
        ("exxaammple.com", ["example.com"], None),
        ("192.0.2.1", ["example.com"], None),
    ],
)
def test_the_nearest_name(hostname: str, names: list[str], meant: str | None) -> None:
    """Where one is near."""
    assert meant_name(_names(*names), hostname) == meant


def test_only_names_of_hosts_and_a_bounded_number_of_them_are_compared() -> None:
    """A certificate may have ten thousand."""
    assert meant_name([GeneralName(kind="URI", value="example.com")], "exmaple.com") is None
    assert meant_name(_names(*["x.test"] * 200, "example.com"), "exmaple.com") is None


def test_the_fix_asks_whether_it_was_meant() -> None:
    """And says what else can be done."""
    sent = [ROOT.issues("www.a.test")]
    assert only(findings_of(identity.examine, sent)).fix == (
        "Did you mean www.a.test? If not, ask by one of its names, or have a certificate issued that has DNS:a.test."
    )
    fix = only(findings_of(identity.examine, [ROOT.issues("b.test")])).fix
    assert fix is not None
    assert fix.startswith("Ask by one of its names")
    found = only(findings_of(identity.examine, sent, hostname="192.0.2.1", is_address=True))
    assert "Did you mean" not in str(found.fix)


_TEXTS = st.text("ab.-", max_size=9)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(_TEXTS, _TEXTS, st.integers(0, 4))
def test_edits_are_counted_as_they_are_defined(one: str, other: str, most: int) -> None:
    """The optimal string alignment distance, as its recursion has it."""

    @cache
    def distance(left: int, right: int) -> int:
        if not left or not right:
            return left + right
        ways = [
            distance(left - 1, right) + 1,
            distance(left, right - 1) + 1,
            distance(left - 1, right - 1) + (one[left - 1] != other[right - 1]),
        ]
        if left > 1 and right > 1 and one[left - 2 : left] == other[right - 2 : right][::-1]:
            ways.append(distance(left - 2, right - 2) + 1)
        return min(ways)

    expected = distance(len(one), len(other))
    assert edits(one, other, most) == (expected if expected <= most else None)


def test_texts_that_differ_over_a_long_stretch_are_not_compared() -> None:
    """It would take long, and nobody mistypes so much."""
    assert edits("a" + "x" * 60 + "b", "c" + "x" * 60 + "d", 2) is None
