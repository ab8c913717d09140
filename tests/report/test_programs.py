"""The standing in the root programs, in both reports."""

from dataclasses import replace
from datetime import date

from tests.report.samples import ROOT, TRUST, TRUSTED
from tests.report.schema import errors
from tlsglass.report.json_report import to_json
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.trust.model import StoreLabel
from tlsglass.trust.programs.model import ProgramData, ProgramStanding, ProgramStatus, RootStanding

STANDING = RootStanding(
    root=ROOT.sha256,
    public=True,
    data=ProgramData(name="data", version="1.2", newest=date(2026, 7, 27)),
    programs=(
        ProgramStanding(
            program="Mozilla",
            status=ProgramStatus.DISTRUSTED,
            distrusted_after=date(2026, 4, 15),
            permitted=("*.tr",),
            certificate=ROOT.sha256,
            detail="In the list. Certificates issued after 2026-04-15 are not trusted.",
            reference="https://mozilla.test/",
        ),
        *(
            ProgramStanding(
                program=program,
                status=ProgramStatus.INCLUDED,
                certificate=ROOT.sha256,
                detail="In the list.",
                reference="https://program.test/",
            )
            for program in ("Google", "Android", "Apple", "Microsoft", "OpenJDK")
        ),
        ProgramStanding(
            program="Oracle", status=ProgramStatus.NOT_INCLUDED, detail="Not in the list.", reference="https://o.test/"
        ),
    ),
)

LOOK = replace(TRUSTED, trust=replace(TRUST, programs=STANDING))


def test_the_json_has_the_standing_by_the_names_of_the_schema() -> None:
    """A program each, in the order of the value, with the age of the data."""
    document = to_json(LOOK)
    assert errors(document) == []
    trust = document["trust"]
    assert isinstance(trust, dict)
    found = trust["programs"]
    assert found["data"] == {"name": "data", "version": "1.2", "newest": "2026-07-27"}
    assert [(each["name"], each["status"]) for each in found["programs"]] == [
        ("Mozilla", "distrusted"),
        *((name, "included") for name in ("Google", "Android", "Apple", "Microsoft", "OpenJDK")),
        ("Oracle", "not-included"),
    ]
    assert (found["programs"][0]["distrusted_after"], found["programs"][0]["permitted"]) == ("2026-04-15", ["*.tr"])
    undated = replace(STANDING, data=replace(STANDING.data, newest=None))
    assert errors(to_json(replace(LOOK, trust=replace(TRUST, programs=undated)))) == []


def test_the_text_has_a_line_for_all_and_one_for_each_that_says_more() -> None:
    """What is merely included or not is in the summary; of a root that is not public there is only that."""
    text = to_text(LOOK, color=False)
    assert (
        """
Root programs
  Standing      in the list of Mozilla, Google, Android, Apple, Microsoft and
                  OpenJDK; not of Oracle
  Mozilla       In the list. Certificates issued after 2026-04-15 are not
                  trusted.
  Data          data 1.2, of 2026-07-27 or later
"""
        in text
    )
    private = replace(STANDING, public=False)
    text = to_text(replace(LOOK, trust=replace(TRUST, programs=private)), color=False)
    assert "Root programs\n  Standing      not a public root: no list that is known has it\n  Data " in text
    assert "Root programs" not in to_text(TRUSTED, color=False)


def test_several_stores_are_named_apart_and_together() -> None:
    """`store` stays one text; `stores` has each with its date; the anchor says which of them have it."""
    label = StoreLabel(
        name="Mozilla", date=date(2026, 10, 18), also=(StoreLabel(name="system", date=None),), added="corp.pem", count=3
    )
    path = (*TRUST.path[:-1], replace(TRUST.path[-1], stores=("Mozilla", "system")))
    look = replace(TRUSTED, trust=replace(TRUST, store=label, path=path))
    document = to_json(look)
    assert errors(document) == []
    trust = document["trust"]
    assert isinstance(trust, dict)
    assert (trust["store"], trust["store_date"]) == ("Mozilla + system", "2026-10-18")
    assert trust["stores"] == [
        {"name": "Mozilla", "date": "2026-10-18"},
        {"name": "system", "date": None},
        {"name": "corp.pem", "date": None},
    ]
    assert trust["anchor_stores"] == ["Mozilla", "system"]
    assert str(label) == "Mozilla 2026-10-18 + system + corp.pem"
    assert outline(look)[0].note == "from the store (Mozilla, system)"
    assert "✓ Root  from the store (Mozilla, system)\n" in to_text(look, color=False)


def test_an_anchor_that_was_sent_says_too_which_stores_have_it() -> None:
    """Where there are several; names of files are made printable."""
    label = StoreLabel(name="a", date=None, also=(StoreLabel(name="\x1b[2J", date=None),), count=2)
    end = replace(TRUST.path[-1], sent=2, stores=("\x1b[2J",))
    look = replace(
        TRUSTED,
        certificates=(*TRUSTED.certificates, ROOT),
        trust=replace(TRUST, store=label, path=(*TRUST.path[:-1], end)),
    )
    assert outline(look)[0].note == "sent #2, in the store (\x1b[2J)"
    kept = replace(end, sent=None)
    look = replace(look, trust=replace(TRUST, store=label, path=(*TRUST.path[:-1], kept)))
    assert "from the store (\\x1b[2J)" in to_text(look, color=False)
