"""How judgements look: a mark or a word, each with its colour, so that neither stands alone."""

from textual.content import Content

from tlsglass.trust.model import Severity, Verdict

MARKS: dict[Severity | None, tuple[str, str]] = {
    Severity.ERROR: ("✗", "$text-error"),
    Severity.WARNING: ("!", "$text-warning"),
    Severity.NOTICE: ("·", "$text-muted"),
    None: ("✓", "$text-success"),
}
"""The mark of a judgement and its colour. None means that nothing was found."""

WORDS: dict[Verdict, tuple[str, str]] = {
    Verdict.TRUSTED: ("✓ TRUSTED", "bold $text-success"),
    Verdict.UNTRUSTED: ("✗ NOT TRUSTED", "bold $text-error"),
    Verdict.UNKNOWN: ("? NOT JUDGED", "bold $text-warning"),
}
"""Each verdict as the screen says it, with its colour."""


def mark(severity: Severity | None) -> Content:
    """The mark of a judgement in its colour."""
    return Content.styled(*MARKS[severity])
