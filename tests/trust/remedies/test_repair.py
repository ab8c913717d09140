"""The repaired chain: what the server should send."""

from dataclasses import replace

import pytest

from tests.trust.authority import Authority, Issued, ec_key, self_signed
from tests.trust.cases import fetched_from, judged, parsed
from tlsglass.trust.model import TrustReport
from tlsglass.trust.remedies.repair import repair, repaired_chain
from tlsglass.trust.stores import Store

ROOT = Authority.root()
UPPER = ROOT.intermediate("Upper CA", key=ec_key(1))
LOWER = UPPER.intermediate("Lower CA", key=ec_key(2))
LEAF = LOWER.issues("a.test")
STRANGER = Authority.root("Stranger", key=ec_key(3))
CROSS = STRANGER.intermediate("Test Root CA", key=ec_key(100))


@pytest.mark.parametrize("sent", [[LEAF, LOWER, UPPER], [LEAF, LOWER, UPPER, CROSS], [self_signed("a.test")]])
def test_what_is_right_needs_no_repair(sent: list[Issued]) -> None:
    """Nor does a cross-certificate for other clients, or what stands alone."""
    assert repaired_chain(judged(sent)) is None


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ([LEAF, UPPER, LOWER], [LEAF, LOWER, UPPER]),
        ([LEAF, LOWER, UPPER, ROOT], [LEAF, LOWER, UPPER]),
        ([LEAF, LOWER, LOWER, UPPER], [LEAF, LOWER, UPPER]),
        ([LEAF, STRANGER, LOWER, UPPER], [LEAF, LOWER, UPPER]),
        ([LEAF, UPPER, CROSS, LOWER, STRANGER], [LEAF, LOWER, UPPER, CROSS]),
    ],
)
def test_order_roots_copies_and_strangers(sent: list[Issued], wanted: list[Issued]) -> None:
    """Leaf first, each issuer after what it issued, no root; what serves other clients stays."""
    assert repaired_chain(judged(sent)) == parsed(wanted)


def test_what_is_not_at_hand_can_not_be_repaired() -> None:
    """Until it is fetched."""
    assert repaired_chain(judged([LEAF, UPPER])) is None
    report = judged([LEAF, UPPER], fetched=[fetched_from("http://ca.test/lower.cer", LOWER)])
    assert repaired_chain(report) == parsed([LEAF, LOWER, UPPER])


def test_an_intermediate_of_the_store_is_sent_all_the_same() -> None:
    """Other clients don't have it as an anchor."""
    store = Store.from_der("own", [LOWER.der])
    assert repaired_chain(judged([LEAF], store=store)) == parsed([LEAF, LOWER])


def test_nothing_sent_is_nothing_to_repair() -> None:
    """Nor is what was not judged along several paths any trouble."""
    assert repaired_chain(judged([])) is None
    report = judged([LEAF, UPPER, LOWER])
    assert repaired_chain(replace(report, paths=())) == parsed([LEAF, LOWER, UPPER])


def test_the_certificate_for_a_new_key_is_no_root() -> None:
    """Its issuer has the same name and another key, so nobody has it in a store. RFC 4210 §4.4."""
    renewed = UPPER.intermediate("Upper CA", key=ec_key(4))
    leaf = renewed.issues("a.test")
    assert repaired_chain(judged([leaf, renewed, UPPER])) is None
    assert repaired_chain(judged([leaf, UPPER, renewed])) == parsed([leaf, renewed, UPPER])


def _told(report: TrustReport, sent: list[Issued]) -> list[tuple[str, str, int | None, int | None, str]]:
    mended = repair(report, parsed(sent))
    assert mended is not None
    return [(each.certificate.label, each.change.value, each.sent, each.place, each.why) for each in mended.entries]


def test_what_the_repair_changes_is_told_one_by_one() -> None:
    """What stays in its place among the others is not moved; what goes is told after the chain, with its reason."""
    sent = [LEAF, UPPER, STRANGER, LOWER, UPPER, ROOT]
    assert _told(judged(sent), sent) == [
        ("leaf", "kept", 0, 0, ""),
        ("Lower CA", "moved", 3, 1, "was #3"),
        ("Upper CA", "moved", 1, 2, "was #1"),
        ("Stranger", "removed", 2, None, "a root, which clients have or don't trust"),
        ("Upper CA", "removed", 4, None, "sent before"),
        ("Test Root CA", "removed", 5, None, "a root, which clients have or don't trust"),
    ]
    other = ROOT.issues("b.test")
    assert _told(judged([LEAF, LOWER, UPPER, other]), [LEAF, LOWER, UPPER, other])[-1][1:] == (
        "removed",
        3,
        None,
        "no part of the path",
    )


def test_what_was_not_sent_is_told_with_where_it_was_had() -> None:
    """From an address, or from the store."""
    report = judged([LEAF, UPPER], fetched=[fetched_from("http://ca.test/lower.cer", LOWER)])
    assert _told(report, [LEAF, UPPER])[1] == ("Lower CA", "added", None, 1, "fetched from http://ca.test/lower.cer")
    store = Store.from_der("own", [LOWER.der])
    assert _told(judged([LEAF], store=store), [LEAF])[1] == ("Lower CA", "added", None, 1, "from the store")
    assert repair(judged([LEAF, LOWER, UPPER]), parsed([LEAF, LOWER, UPPER])) is None
