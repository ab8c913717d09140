"""The table of clients, in both reports."""

from dataclasses import replace
from unittest import mock

from tests.report.samples import TRUST, TRUSTED
from tests.report.schema import errors
from tests.report.test_programs import LOOK, STANDING
from tlsglass.report.json_report import to_json
from tlsglass.report.text_report import to_text
from tlsglass.trust.clients.affected import FAMILIES


def test_the_json_has_the_table_by_the_names_of_the_schema() -> None:
    """A family each, with what it rests on; none where nothing was judged."""
    document = to_json(LOOK)
    assert errors(document) == []
    trust = document["trust"]
    assert isinstance(trust, dict)
    clients = {each["family"]: each for each in trust["clients"]}
    assert list(clients) == [family.name for family in FAMILIES]
    assert clients["Java"]["programs"] == ["OpenJDK", "Oracle"]
    assert clients["Chrome"]["basis"] == "derived from rules, not tested"
    assert set(clients["Go"]["because"][0]) == {"stance", "sentence", "reference", "read", "findings"}
    unjudged = to_json(replace(TRUSTED, trust=replace(TRUST, hostname="")))["trust"]
    assert isinstance(unjudged, dict)
    assert unjudged["clients"] == []


def test_an_address_is_not_broken() -> None:
    """Whoever reads a claim may want to look it up, however narrow the terminal is."""
    long = f"https://program.test/{'a' * 100}"
    first, *rest = STANDING.programs
    standing = replace(STANDING, programs=(first, *(replace(each, reference=long) for each in rest)))
    with mock.patch("tlsglass.trust.clients.seen.standing_of", return_value=standing):
        text = to_text(TRUSTED, color=False, width=40)
    assert (
        f"  ! it depends: Java\n    OpenJDK's list has 'Root'. Oracle's\n      list does not have 'Root'.\n    {long}\n"
        in text
    )
    assert "Clients" not in to_text(replace(TRUSTED, trust=replace(TRUST, hostname="")), color=False)
