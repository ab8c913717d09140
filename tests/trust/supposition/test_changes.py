"""What is different between two judgements."""

from tests.trust.authority import DAY, NOW, Authority, ec_key
from tests.trust.cases import codes, judged
from tlsglass.trust.model import FindingCode, Verdict
from tlsglass.trust.supposition.changes import changes

ROOT = Authority.root()
LEAF = ROOT.issues("a.test", not_after=NOW + DAY)


def test_what_appears_and_what_is_gone() -> None:
    """Another name and another day."""
    before = judged([LEAF], hostname="b.test", store=ROOT.store())
    after = judged([LEAF], at=NOW + 2 * DAY, store=ROOT.store())
    change = changes(before, after)
    assert change.verdict == (Verdict.UNTRUSTED, Verdict.UNTRUSTED)
    assert FindingCode.EXPIRED in codes(change.appeared)
    assert FindingCode.NAME_MISMATCH in codes(change.gone)
    assert change.path is None


def test_another_path() -> None:
    """As it is afterwards."""
    alone = judged([LEAF], store=Authority.root("Other", key=ec_key(3)).store())
    assert changes(judged([LEAF]), alone).path == (LEAF.parsed,)


def test_the_same_finding_in_other_words_is_no_change() -> None:
    """Expired a day ago, expired two days ago."""
    change = changes(judged([LEAF], at=NOW + 2 * DAY), judged([LEAF], at=NOW + 3 * DAY))
    assert (change.appeared, change.gone) == ((), ())
