"""The checks panel: groups that open and close, rows that lead somewhere, and what is read in full."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.app import App, ComposeResult

from tests.ui.test_panes import AT, CAUSE, CONSEQUENCE, NOTICE, PASSED, REPORT, UNDONE, WARNING
from tlsglass.trust.clients.model import ClientStanding, Reason, Stance
from tlsglass.trust.model import Finding, FindingCode
from tlsglass.trust.topics import Topic
from tlsglass.ui.themes import DARK
from tlsglass.ui.widgets.checks import Checks, FilterChip, Group, Kind, Row, groups, heading, line

CLIENTS = tuple(
    ClientStanding(
        family=family,
        programs=programs,
        stance=stance,
        because=(Reason(stance=stance, sentence=f"{family} says so.", reference="RFC 1"),) * bool(programs),
    )
    for family, programs, stance in (
        ("Browsers", ("Mozilla",), Stance.ACCEPTS),
        ("curl", ("Mozilla",), Stance.REFUSES),
        ("Other", (), Stance.UNKNOWN),
    )
)


def names(group: Group) -> list[str]:
    """What the rows of a group are called."""
    return [row.name for row in group.rows]


def test_the_group_of_the_main_reason_comes_first() -> None:
    """The others with findings follow in their order; a consequence stands with its cause, wherever it belonged."""
    astray = replace(CONSEQUENCE, code=FindingCode.BAD_SIGNATURE)
    found = groups(replace(REPORT, findings=(CAUSE, CONSEQUENCE, astray, WARNING, NOTICE)))
    assert [group.topic for group in found] == [Topic.PATH, Topic.VALIDITY, Topic.NAMES, Topic.REVOCATION]
    assert names(found[0]) == ["missing-intermediate", "unknown-issuer", "bad-signature", "root-sent"]
    assert [row.follows for row in found[0].rows] == [False, True, True, False]
    # Without its cause a consequence stands for itself.
    alone = groups(replace(REPORT, findings=(astray,)))
    assert (alone[0].topic, alone[0].rows[0].follows) == (Topic.SIGNATURES, False)


def test_clients_are_a_group_that_says_how_it_is_known() -> None:
    """They are no findings: the filter does not count them."""
    (clients, *_) = groups(replace(REPORT, findings=()), CLIENTS)
    assert (clients.topic, clients.note) == (Topic.CLIENTS, "derived from rules, not tested")
    assert [row.kind for row in clients.rows] == [Kind.PASSED, Kind.ERROR, Kind.NOT_CHECKED]
    assert clients.only(Kind.ERROR).rows == ()
    assert clients.rows[1].said == "refuses. curl says so."
    assert clients.rows[2].said == "unknown."
    (curl,) = CLIENTS[1].because
    more = replace(CLIENTS[1], because=(curl, replace(curl, sentence="3 more reasons are not listed.", reference="")))
    (counted, *_) = groups(replace(REPORT, findings=()), (more,))
    assert counted.rows[0].paragraphs == ("curl says so. (RFC 1)", "3 more reasons are not listed.")
    assert clients.rows[1].text() == "curl: refuses (derived from rules, not tested)\ncurl says so. (RFC 1)"
    assert clients.summary == "refuse it: curl; not known: Other"
    (kind, *_) = groups(replace(REPORT, findings=()), CLIENTS[:1])
    assert kind.summary.startswith("nobody: ")
    (refused, *_) = groups(replace(REPORT, findings=()), CLIENTS[1:2])
    assert refused.summary == "all refuse it: curl says so."
    assert clients.text().startswith("Who is affected (derived from rules, not tested)\nBrowsers: accepts")


def test_what_is_copied_is_printable() -> None:
    """Text for a mail carries nothing that steers a terminal."""
    (group, *_) = groups(REPORT)
    assert group.rows[0].text().startswith(r"missing-intermediate: does not send [/x] \x1b[31m\u202e (RFC 8446 §4.4.2)")
    assert all(line.isprintable() for line in group.text().split("\n"))


@pytest.mark.parametrize(
    ("said", "width", "references"),
    [
        (16, 78, "RFC 8446 §4.4.2, RFC 5246 §7.4.2"),
        (17, 78, "RFC 8446 §4.4.2"),
        (33, 78, "RFC 8446 §4.4.2"),
        (34, 78, ""),
        (90, 78, ""),
        (90, 100, "RFC 8446 §4.4.2"),
    ],
)
def test_what_is_said_goes_before_its_references(said: int, width: int, references: str) -> None:
    """They are read in full where the row is."""
    finding = replace(WARNING, title="x" * said, reference="RFC 8446 §4.4.2, RFC 5246 §7.4.2")
    drawn = line(Row(kind=Kind.WARNING, item=finding), {}, width)
    assert drawn.cell_length == width
    words = drawn.plain[drawn.plain.index("x" * 10) :].rstrip()
    assert words.lstrip("x…").strip() == references
    assert ("…" in words) is (said == 90)


def test_lines_fit_whatever_is_in_them() -> None:
    """The label of the certificate has a column of its own where there is room."""
    (group, *_) = groups(REPORT)
    for width in (40, 78, 110):
        for row in group.rows:
            drawn = line(row, {"aa": "a.test"}, width)
            assert drawn.cell_length <= width
            assert drawn.plain.isprintable()
            assert ("a.test" in drawn.plain) is (width == 110)
        assert heading(group, width, is_open=False).cell_length <= width
    assert "a.test" not in line(Row(kind=Kind.WARNING, item=WARNING), {}, 110).plain


def pointed(panel: Checks) -> Finding | None:
    """The finding that the cursor is on."""
    return panel.finding


class Host(App[None]):
    """An owner of the checks."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.chosen: list[Finding] = []
        self.opened: list[Row] = []

    def compose(self) -> ComposeResult:
        """Only what is tested."""
        yield Checks()

    def on_checks_chosen(self, message: Checks.Chosen) -> None:
        """Remember it."""
        self.chosen.append(message.finding)

    def on_checks_opened(self, message: Checks.Opened) -> None:
        """Remember it."""
        self.opened.append(message.row)

    def lines(self) -> list[str]:
        """The list's lines."""
        return [str(option.prompt) for option in self.query_one(Checks).list.options]

    def firsts(self) -> list[str]:
        """The first two words of each."""
        return [" ".join(shown.split()[:2]) for shown in self.lines()]


async def test_findings_stand_open_and_what_passed_is_folded() -> None:
    """The cursor begins at the main reason; Enter goes where a finding comes from and reads a check in full."""
    host = Host()
    async with host.run_test(size=(110, 20)) as pilot:
        panel = host.query_one(Checks)
        assert host.lines() == ["Nothing was judged yet."]
        before = panel.pointed, panel.finding
        assert before == (None, None)
        await pilot.press("space", "right")
        panel.show(REPORT, {"aa": "a.test"})
        panel.list.focus()
        await pilot.pause()
        assert host.firsts() == [
            "Path ✗",
            "✗ missing-intermediate",
            "✗ unknown-issuer",
            "· root-sent",
            "Validity !",
            "! expires-soon",
            "▸ Names",
            "▸ Revocation",
        ]
        assert pointed(panel) is CAUSE
        await pilot.press("enter")
        assert host.chosen == [CAUSE]
        await pilot.press("space")
        assert [row.item for row in host.opened] == [CAUSE]
        await pilot.press("up")
        assert pointed(panel) is CAUSE  # of its group
        await pilot.press("end", "enter")
        assert host.firsts()[-2:] == ["▾ Revocation", "\N{EN DASH} revocation"]
        await pilot.press("down", "enter")
        assert [row.item for row in host.opened] == [CAUSE, UNDONE]
        assert pointed(panel) is None
        await pilot.press("left")
        assert host.firsts()[-1] == "▸ Revocation"
        assert panel.list.highlighted == 7
        await pilot.press("z")
        assert len(host.lines()) == 10
        await pilot.press("z")
        assert len(host.lines()) == 8
        await pilot.press("space")
        assert host.firsts()[-2] == "▾ Revocation"
        await pilot.press("space", "right", "home", "right")
        assert len(host.lines()) == 9


async def test_keys_and_clicks_filter_by_kind() -> None:
    """A second time shows all again; the headline's way to the main reason too."""
    host = Host()
    async with host.run_test(size=(110, 20)) as pilot:
        panel = host.query_one(Checks)
        panel.show(REPORT, {"aa": "a.test"}, lambda _: CLIENTS)
        panel.list.focus()
        await pilot.pause()
        chips = {chip.id: str(chip.render()) for chip in panel.query(FilterChip) if chip.display}
        assert chips["only-error"] == "✗ 2 errors"
        assert chips["only-warning"] == "! 1 warning"
        assert chips["only-not-checked"].endswith("1 not checked")
        await pilot.press("w")
        assert host.firsts() == ["Validity !", "! expires-soon"]
        await pilot.press("w")
        assert host.firsts()[-6:] == ["▾ Who", "✓ Browsers", "✗ curl", "\N{EN DASH} Other", "▸ Names", "▸ Revocation"]
        await pilot.click("#only-passed")
        assert host.firsts() == ["Names ✓", "✓ name"]
        panel.point_at_first()
        await pilot.pause()
        assert pointed(panel) is CAUSE
        panel.show(replace(REPORT, findings=(), checks=(PASSED,), at=AT + timedelta(1)), {})
        await pilot.press("e")
        assert host.lines() == ["None of these."]


async def test_the_reader_stays_where_they_are() -> None:
    """A group that opens above does not move the cursor to another row."""
    host = Host()
    async with host.run_test(size=(110, 20)) as pilot:
        panel = host.query_one(Checks)
        panel.show(replace(REPORT, findings=()), {})
        panel.list.focus()
        await pilot.press("end")
        before = panel.pointed
        panel.action_fold_all()
        await pilot.pause()
        assert panel.pointed == before
