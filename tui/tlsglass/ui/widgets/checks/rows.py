"""What the checks panel lists, without any drawing: rows in groups, the group with the main reason first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.text import printable, printable_lines
from tlsglass.trust.clients.model import ClientStanding, Reason, Stance
from tlsglass.trust.model import Check, CheckStatus, Finding, Severity, TrustReport
from tlsglass.trust.programs.model import ProgramStanding, ProgramStatus
from tlsglass.trust.topics import Topic, topic_of


class Kind(StrEnum):
    """What a row of the list is; the value is its plural."""

    ERROR = "errors"
    WARNING = "warnings"
    NOTICE = "notices"
    PASSED = "passed"
    NOT_CHECKED = "not checked"


_KINDS = {Severity.ERROR: Kind.ERROR, Severity.WARNING: Kind.WARNING, Severity.NOTICE: Kind.NOTICE}
_STATUSES = {CheckStatus.NOT_CHECKED: Kind.NOT_CHECKED, CheckStatus.PASSED: Kind.PASSED}
_STANCES = {
    Stance.REFUSES: Kind.ERROR,
    Stance.DEPENDS: Kind.WARNING,
    Stance.UNKNOWN: Kind.NOT_CHECKED,
    Stance.ACCEPTS: Kind.PASSED,
}
"""How what a client would make of a chain is marked."""

_STANDINGS = {
    ProgramStatus.INCLUDED: Kind.PASSED,
    ProgramStatus.LIMITED: Kind.WARNING,
    ProgramStatus.DISTRUSTED: Kind.WARNING,
    ProgramStatus.NOT_INCLUDED: Kind.NOTICE,
    ProgramStatus.ONCE_INCLUDED: Kind.NOT_CHECKED,
    ProgramStatus.UNKNOWN: Kind.NOT_CHECKED,
}
"""How the standing of a root in a program is marked."""

Item = Finding | Check | ProgramStanding | ClientStanding
"""What a row is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list."""

    kind: Kind
    item: Item
    follows: bool = False
    """Whether it is a finding that follows from another one of its group."""

    @property
    def what(self) -> str:
        """What a message calls it."""
        return "finding" if isinstance(self.item, Finding) else "check" if self.counts else "standing"

    @property
    def counts(self) -> bool:
        """Whether it is a finding or a check, as the filter counts them; the others are tables beside them."""
        return isinstance(self.item, Finding | Check)

    @property
    def name(self) -> str:
        """What it is called: a code, what was checked, a program, a family of clients. Not yet made printable."""
        match self.item:
            case Finding() as finding:
                return finding.code.value
            case Check() as check:
                return check.name
            case ProgramStanding() as standing:
                return standing.program
            case ClientStanding() as standing:
                return standing.family

    @property
    def said(self) -> str:
        """What it says, in a line. Not yet made printable."""
        match self.item:
            case Finding() as finding:
                return finding.title
            case Check() as check:
                return check.detail
            case ProgramStanding() as standing:
                return f"{standing.status.value.replace('-', ' ')}. {standing.detail}"
            case ClientStanding() as standing:
                return " ".join((f"{standing.stance}.", *(reason.told for reason in standing.because[:1])))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What it says in full. Not yet made printable."""
        match self.item:
            case Finding() as finding:
                return (finding.detail,)
            case Check() as check:
                return (check.detail,)
            case ProgramStanding() as standing:
                return (standing.detail,)
            case ClientStanding() as standing:
                return tuple(_cited(reason) for reason in standing.because)

    @property
    def reference(self) -> str:
        """The rule, or the source."""
        item = self.item
        if isinstance(item, ClientStanding):
            return item.because[0].reference if item.because else ""
        return item.reference

    def text(self) -> str:
        """The row as plain text, as one would paste it into a mail. Printable, line by line."""
        return printable_lines(part for part in self._parts() if part)

    def _parts(self) -> Iterator[str]:
        match self.item:
            case Finding() as finding:
                yield f"{finding.code.value}: {finding.title} ({finding.reference})"
                yield finding.detail
                if finding.fix:
                    yield f"Fix: {finding.fix}"
            case Check() as check:
                yield f"{check.name}: {self.kind.value}, {check.detail} ({check.reference})"
            case ProgramStanding():
                yield f"{self.name}: {self.said} ({self.reference})"
            case ClientStanding() as standing:
                yield f"{self.name}: {standing.stance} ({standing.basis})"
                yield from self.paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows about the same thing."""

    topic: Topic
    rows: tuple[Row, ...]
    note: str = ""
    """What is to be known of all of them: how it is known. Not yet made printable."""

    summary: str = ""
    """What they say together, in a line; the first row speaks for them where that is empty. Not yet made printable."""

    @property
    def what(self) -> str:
        """What a message calls it."""
        return f"all of '{self.topic.value}'"

    @property
    def findings(self) -> tuple[Row, ...]:
        """The rows that something is wrong with, which are never folded away."""
        return tuple(row for row in self.rows if isinstance(row.item, Finding))

    def count(self, kind: Kind) -> int:
        """How many rows are of a kind."""
        return sum(row.kind is kind for row in self.rows)

    def only(self, kind: Kind) -> "Group":
        """The same group with the findings and checks of one kind."""
        return replace(self, rows=tuple(row for row in self.rows if row.kind is kind and row.counts))

    def text(self) -> str:
        """All rows as plain text."""
        heading = f"{self.topic.value} ({self.note})" if self.note else self.topic.value
        return "\n".join((printable(heading), *(row.text() for row in self.rows)))


def groups(report: TrustReport, clients: Sequence[ClientStanding] = ()) -> tuple[Group, ...]:
    """All rows of a report.

    Args:
        report: the judgement.
        clients: what families of clients would make of the chain.

    Returns:
        The groups with findings first, in the order of the findings, so that the main reason is on top. In each the
        findings as they are ordered, then what was not checked, then what passed. A consequence stands under its cause.
    """
    by_topic: dict[Topic, list[Row]] = {}
    placed: dict[object, Topic] = {}
    for finding in report.findings:
        topic = placed.get(finding.cause) if finding.cause is not None else None
        follows = topic is not None
        topic = topic or topic_of(finding)
        placed.setdefault(finding.code, topic)
        by_topic.setdefault(topic, []).append(Row(kind=_KINDS[finding.severity], item=finding, follows=follows))
    with_findings = tuple(by_topic)
    for status in (CheckStatus.NOT_CHECKED, CheckStatus.PASSED):
        for check in report.checks:
            if check.status is status:
                by_topic.setdefault(topic_of(check), []).append(Row(kind=_STATUSES[status], item=check))
    notes, summaries = {}, {}
    if report.programs is not None:
        notes[Topic.PROGRAMS] = f"known from {report.programs.data}"
        summaries[Topic.PROGRAMS] = report.programs.summary
        standings = (Row(kind=_STANDINGS[each.status], item=each) for each in report.programs.programs)
        by_topic.setdefault(Topic.PROGRAMS, []).extend(standings)
    if clients:
        notes[Topic.CLIENTS] = clients[0].basis
        summaries[Topic.CLIENTS] = _affected(clients)
        by_topic.setdefault(Topic.CLIENTS, []).extend(Row(kind=_STANCES[each.stance], item=each) for each in clients)
    order = (*with_findings, *(topic for topic in Topic if topic in by_topic and topic not in with_findings))
    return tuple(
        Group(
            topic=topic,
            rows=tuple(by_topic[topic]),
            note=notes.get(topic, ""),
            summary=summaries.get(topic, ""),
        )
        for topic in order
    )


def _affected(clients: Sequence[ClientStanding]) -> str:
    """Who is affected, in a line."""
    words = {
        Stance.REFUSES: ("refuse it", "all refuse it"),
        Stance.DEPENDS: ("it depends", "with each it depends"),
        Stance.UNKNOWN: ("not known", "of none it is known"),
        Stance.ACCEPTS: ("", "nobody: no documented rule of these clients speaks against what was seen"),
    }
    stances = {each.stance for each in clients}
    if len(stances) == 1:
        said = words[clients[0].stance][1]
        reasons = {reason.told for each in clients for reason in each.because[:1]}
        because = f": {reasons.pop()}" if len(reasons) == 1 and Stance.ACCEPTS not in stances else ""
        return f"{said}{because}"
    families = {stance: [each.family for each in clients if each.stance is stance] for stance in words}
    told = (stance for stance in words if families[stance] and stance is not Stance.ACCEPTS)
    return "; ".join(f"{words[stance][0]}: {', '.join(families[stance])}" for stance in told)


def rows(found: Sequence[Group]) -> Iterator[Row]:
    """All rows of some groups that are findings or checks."""
    return (row for group in found for row in group.rows if row.counts)


def _cited(reason: Reason) -> str:
    return f"{reason.told} ({reason.reference})" if reason.reference else reason.told
