"""A name that may be taken for another is warned of, whatever the certificate is. UTS #39."""

import pytest
from cryptography import x509

from tests.trust.authority import Authority, Issued
from tests.trust.cases import checks_of, findings_of, only
from tlsglass.trust.model import FindingCode, Severity
from tlsglass.trust.rules import look_alikes

LEAF = Authority.root().issues("a.test")


def test_a_name_of_mixed_scripts_is_told_with_what_it_looks_like() -> None:
    """In both forms, so that whoever reads it sees which letters they are."""
    found = only(findings_of(look_alikes.examine, [LEAF], hostname="xn--pple-43d.test"))
    assert (found.code, found.severity, found.certificate) == (FindingCode.LOOK_ALIKE_NAME, Severity.WARNING, None)
    assert found.title == "the name mixes Cyrillic and Latin and looks like 'apple'"
    assert "xn--pple-43d.test is read as аpple.test," in found.detail  # noqa: RUF001 - the letter is the point


@pytest.mark.parametrize(
    ("hostname", "reference"),
    [("xn--pple-43d.test", "UTS #39 §5.1, §5.2"), ("ѕсоре.test", "UTS #39 §4.1")],  # noqa: RUF001 - as above
)
def test_the_reference_is_that_of_what_was_found(hostname: str, reference: str) -> None:
    """Mixed scripts and their restriction levels, or a word that is confusable as a whole."""
    assert only(findings_of(look_alikes.examine, [LEAF], hostname=hostname)).reference == reference


def _held_by(*values: str) -> Issued:
    attributes = [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, value) for value in values]
    return Authority.root().issues("a.test", subject=x509.Name(attributes))


def test_a_holder_whose_name_mixes_scripts_within_a_word_is_told() -> None:
    """The first such word, at the certificate's subject: two of these letters are Cyrillic."""
    leaf = _held_by("Société Générale", "Gооgle Trust", "Аmazon")  # noqa: RUF001 - the letters are the point
    found = only(findings_of(look_alikes.examine, [leaf]))
    assert (found.code, found.severity) == (FindingCode.LOOK_ALIKE_NAME, Severity.WARNING)
    assert (found.certificate, found.field) == (leaf.parsed.sha256, "subject")
    assert found.title == "a word in the name of its holder mixes Cyrillic and Latin and looks like 'Google'"
    assert found.detail.startswith("The organization in the subject is 'Gооgle Trust', whose word 'Gооgle'")  # noqa: RUF001 - as above


@pytest.mark.parametrize(
    "value",
    ["Société Générale", "АО Компания ABC", "株式会社 Example", "Ελλάδα", "α-Test", "x" * 300 + " Gооgle"],  # noqa: RUF001 - as above
)
def test_holders_of_other_names_are_not(value: str) -> None:
    """Words of one script each, scripts that are written together, and what stands behind hundreds of letters."""
    assert findings_of(look_alikes.examine, [_held_by(value)]) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (("x" * 300 + " Gооgle",), "1 attribute was not searched"),  # noqa: RUF001 - as above
        (("x",) * 64 + ("Gооgle", "plain", "Аmazon"), "2 attributes were not searched"),  # noqa: RUF001 - as above
        (("x" * 300, *("y",) * 70), None),
        (("Société Générale",), None),
        (("Gооgle", *("é",) * 70), None),  # noqa: RUF001 - as above
    ],
)
def test_what_is_not_searched_of_a_holder_is_told(values: tuple[str, ...], told: str | None) -> None:
    """Where it might have such a word, and none was found before."""
    checks = checks_of(look_alikes.examine, [_held_by(*values)])
    assert [check.name for check in checks] == (["further words of names"] if told else [])
    assert all(f", {told} to the end for words that mix scripts" in check.detail for check in checks)


@pytest.mark.parametrize(("hostname", "is_address"), [("a.test", False), ("xn--bcher-kva.test", False), ("::1", True)])
def test_other_names_are_not(hostname: str, is_address: bool) -> None:  # noqa: FBT001 - a table
    """ASCII, words of one script, and addresses."""
    assert findings_of(look_alikes.examine, [LEAF], hostname=hostname, is_address=is_address) == []
