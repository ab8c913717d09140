"""An observation as an outline: the certificate tree that the screen draws, the report prints and copying reads."""

from dataclasses import dataclass

from tlsglass.trust.model import Finding, Severity
from tlsglass.x509.model import Certificate, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One line of the outline."""

    key: str
    """Stable across events of one probe: '<sha256>/validity.not_after', so that an expanded line stays so."""

    label: str
    """Left: 'Subject', or a certificate's label. Not yet made printable."""

    summary: str
    """Right of the label, one line. Not yet made printable."""

    note: str = ""
    """At the right edge: 'from the store', 'sent #0'."""

    mark: Severity | None = None
    """The worst finding at or below this line."""

    findings: tuple[Finding, ...] = ()
    """The findings that concern this very line."""

    certificate: Certificate | None = None
    """The certificate that it belongs to; None for a line about the chain."""

    field: Field | None = None
    """The field that it shows; None for a certificate or a line about the chain."""

    children: "tuple[Node, ...]" = ()
