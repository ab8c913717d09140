"""The repaired chain: what the server should send."""

from dataclasses import replace

import pytest

from tests.trust.authority import NOW, Authority, Issued, ec_key, self_signed
from tests.trust.cases import DONE, judged, parsed
from tlsglass.trust.judge import judge
from tlsglass.trust.model import FetchedCertificate
from tlsglass.trust.repair import repaired_chain
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
    fetched = [FetchedCertificate(certificate=LOWER.parsed, url="http://ca.test/lower.cer")]
    report = judge(
        parsed([LEAF, UPPER]),
        hostname="a.test",
        is_address=False,
        store=ROOT.store(),
        handshake=DONE,
        at=NOW,
        fetched=fetched,
    )
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
