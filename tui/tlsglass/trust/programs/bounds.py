"""Whether a certificate keeps within the bounds that a program sets to a root."""

from tlsglass.trust.programs.model import ProgramStanding
from tlsglass.x509.model import Certificate

BOUNDS = "https://wiki.mozilla.org/CA/Additional_Trust_Changes"
"""Mozilla on what it holds besides its list; the bounds of others are not known."""


def is_too_late(leaf: Certificate, program: ProgramStanding) -> bool:
    """Whether a certificate was issued after the day from which on the program trusts no new one.

    Its own first moment counts, and the day as a whole. One without a readable date is not said to be too late.
    """
    day, issued = program.distrusted_after, leaf.not_before
    return day is not None and issued is not None and issued.date() > day


def names_outside(leaf: Certificate, program: ProgramStanding) -> tuple[str, ...]:
    """The DNS names of a certificate for which the program does not trust the root; none where it trusts all."""
    if not program.permitted:
        return ()
    return tuple(
        name.value
        for name in leaf.san
        if name.kind == "DNS" and not any(_is_permitted(name.value, pattern) for pattern in program.permitted)
    )


def _is_permitted(name: str, pattern: str) -> bool:
    """Whether a name lies below the domain of a wildcard. RFC 5280 §4.2.1.10."""
    domain, labels = pattern.removeprefix("*.").lower(), name.lower().rstrip(".")
    return labels == domain or labels.endswith(f".{domain}")
