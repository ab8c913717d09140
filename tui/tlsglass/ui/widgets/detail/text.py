"""One line of the outline in full, as text: its value, what it means, what is wrong with it."""

from datetime import datetime

from textual.content import Content

from tlsglass.report.lifetime import Stage, duration, lifetime
from tlsglass.report.lines import Node
from tlsglass.trust.model import Finding
from tlsglass.ui import content
from tlsglass.ui.judgements import MARKS, mark
from tlsglass.x509 import times
from tlsglass.x509.model import Certificate

_BAR_CELLS = 48
"""Cells of the bar that shows how much of a lifetime is spent."""

_NEARLY_SPENT = 0.9
"""The share of a lifetime from which the bar warns."""


def title(node: Node | None) -> str:
    """What the pane is called: the field or the certificate that it shows. Not yet made printable."""
    return node.label if node is not None else "Detail"


def detail(node: Node | None, at: datetime, width: int) -> Content:
    """The whole pane.

    Args:
        node: the outline's line; None where nothing was seen yet.
        at: the moment that counts as now.
        width: cells of a line.

    Returns:
        Lines, each wrapped to the width.
    """
    if node is None:
        return Content.styled("What the cursor points at is shown here in full.", "$text-muted")
    parts = _value(node, at, width)
    parts += _lifetime(node, at, width)
    if node.field is not None and node.field.meaning:
        parts += [Content(""), *content.plain(node.field.meaning).wrap(width)]
        if node.field.reference:
            parts += content.plain(node.field.reference, "$text-muted").wrap(width)
    for finding in node.findings:
        parts += [Content(""), *_finding(finding, width)]
    parts += _problems(node, width)
    return content.stack(parts)


def _value(node: Node, at: datetime, width: int) -> list[Content]:
    if node.field is not None:
        lines = node.field.lines if node.field.value else (node.field.summary,)
        if not any(lines):
            return [Content.styled("(empty)", "$text-muted")]
        hang = content.HANG if len(lines) > 1 else 0
        shown = [part for line in lines for part in content.indented(content.plain(line), width, 0, hang=hang)]
        ago = _ago(node, at)
        return [content.row(shown[0], Content.styled(ago, "$text-muted"), width)] if ago else shown
    if node.certificate is not None:
        return _certificate(node.certificate, node.note, width)
    return content.indented(content.plain(node.summary or node.label), width, 0, hang=content.HANG)


def _ago(node: Node, at: datetime) -> str:
    """How long ago a date of the validity was, or how soon it comes; empty for all other fields."""
    if node.certificate is None or node.field is None:
        return ""
    moment = {
        "validity.not_before": node.certificate.not_before,
        "validity.not_after": node.certificate.not_after,
    }.get(node.field.id)
    if moment is None:
        return ""
    return f"{duration(at - moment)} ago" if moment <= at else f"in {duration(moment - at)}"


def _certificate(certificate: Certificate, note: str, width: int) -> list[Content]:
    """The facts of a certificate that one looks for first."""
    key = certificate.public_key
    dates = (certificate.not_before, certificate.not_after)
    facts = (
        ("Subject", certificate.subject.rfc4514 or "(empty name)"),
        ("Issuer", certificate.issuer.rfc4514 or "(empty name)"),
        ("Valid", " to ".join(times.plain(moment) if moment else "(unreadable)" for moment in dates)),
        ("Names", ", ".join(name.value for name in certificate.san[:12]) + _and_more(len(certificate.san) - 12)),
        ("Key", " ".join(str(part) for part in (key.algorithm, key.curve or (f"{key.bits} bits" if key.bits else "")))),
        ("Signature", certificate.signature_algorithm.name),
        ("Serial", certificate.serial_hex),
        ("SHA-256", certificate.sha256),
        ("Pin", f"sha256//{certificate.spki_sha256}"),
        ("Size", f"{len(certificate.der):,} bytes" + (f", {note}" if note else "")),
    )
    shown: list[Content] = []
    for label, fact in facts:
        if not fact:
            continue
        first, *rest = content.indented(content.plain(fact), width, 11)
        shown.append(Content.assemble((f"{label:<11}", "$foreground-quiet"), first[11:]))
        shown.extend(rest)
    return shown


def _and_more(count: int) -> str:
    return f" and {count:,} more" if count > 0 else ""


def _lifetime(node: Node, at: datetime, width: int) -> list[Content]:
    """How much of the certificate's life is spent, where the line is about its validity or about all of it."""
    about = node.field is None or node.field.id.split(".")[0] == "validity"
    life = lifetime(node.certificate, at) if node.certificate is not None and about else None
    if life is None or not life.total:
        return []
    words = f" {life.elapsed.days:,} of {life.total.days:,} days"
    cells = max(8, min(_BAR_CELLS, width - len(words) - 2))
    full = life.bar(cells)
    style = "$text-warning" if life.spent > _NEARLY_SPENT else "$text-success"
    bar = Content.assemble(
        ("▕", "$foreground-quiet"),
        ("█" * full, style if life.stage is Stage.VALID else "$text-error"),
        ("░" * (cells - full), "$foreground-quiet"),
        ("▏", "$foreground-quiet"),
        words,
    )
    return [bar] if node.field is not None else [Content(""), bar]


def _finding(finding: Finding, width: int) -> list[Content]:
    _, style = MARKS[finding.severity]
    head = Content.assemble(mark(finding.severity), " ", (finding.code.value, f"bold {style}"))
    lines = [content.row(head, content.plain(finding.reference, "$text-muted", limit=120), width)]
    lines += content.indented(content.plain(finding.title), width, 2, hang=content.HANG)
    if finding.detail:
        lines += content.indented(content.plain(finding.detail), width, 2, hang=content.HANG)
    if finding.fix:
        fix = Content.assemble(("Fix: ", "bold"), content.plain(finding.fix))
        lines += content.indented(fix, width, 2, hang=content.HANG)
    return lines


def _problems(node: Node, width: int) -> list[Content]:
    problems = node.field.problems if node.field is not None else ()
    if node.field is None and node.certificate is not None:
        problems = node.certificate.problems
    shown: list[Content] = []
    for problem in problems:
        where = f" (at 0x{problem.offset:04x})" if problem.offset is not None else ""
        marked = Content.assemble(("! ", "$text-warning"), content.plain(problem.text + where))
        shown += [Content(""), *content.indented(marked, width, 0, hang=content.HANG)]
    return shown
