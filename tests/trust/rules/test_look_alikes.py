"""A name that may be taken for another is warned of, whatever the certificate is. UTS #39."""

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import findings_of, only
from tlsglass.trust.model import FindingCode, Severity
from tlsglass.trust.rules import look_alikes

LEAF = Authority.root().issues("a.test")


def test_a_name_of_mixed_scripts_is_told_with_what_it_looks_like() -> None:
    """In both forms, so that whoever reads it sees which letters they are."""
    found = only(findings_of(look_alikes.examine, [LEAF], hostname="xn--pple-43d.test"))
    assert (found.code, found.severity, found.certificate) == (FindingCode.LOOK_ALIKE_NAME, Severity.WARNING, None)
    assert found.title == "the name mixes Cyrillic and Latin and looks like 'apple'"
    assert "xn--pple-43d.test is read as аpple.test," in found.detail  # noqa: RUF001 - the letter is the point


@pytest.mark.parametrize(("hostname", "is_address"), [("a.test", False), ("xn--bcher-kva.test", False), ("::1", True)])
def test_other_names_are_not(hostname: str, is_address: bool) -> None:  # noqa: FBT001 - a table
    """ASCII, words of one script, and addresses."""
    assert findings_of(look_alikes.examine, [LEAF], hostname=hostname, is_address=is_address) == []
