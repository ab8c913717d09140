"""The forms in which what is selected can be copied: those that fit it best come first.

The text of a form is the true value: a paste must not differ from what the server sent. Whoever shows a form's note on
screen makes it printable.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tlsglass.observation import Observation
from tlsglass.report.commands import curl_command, openssl_command
from tlsglass.report.json_parts import certificate_json
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.report.text_report import to_text
from tlsglass.target import Target
from tlsglass.trust.model import Finding
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import to_pem

_NOTE_LIMIT = 60
_KILO = 1000
_REPORT_WIDTH = 80
_KEY_FIELDS = ("public_key", "fingerprints.spki")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to copy something."""

    id: str
    """Stable: 'certificate-pem'."""

    label: str
    """What it is called: 'Certificate, PEM'."""

    text: str
    """What is copied."""

    note: str
    """The text itself where it is short, else its size. Not yet made printable."""


def forms(observation: Observation, node: Node | None) -> tuple[Form, ...]:
    """All forms that fit a line of the outline.

    Args:
        observation: what the line is part of.
        node: the line; None where nothing is selected, which leaves what concerns the whole site.

    Returns:
        The forms in the order in which they are offered, each id once.
    """
    found: dict[str, Form] = {}
    for form in _all(observation, node):
        found.setdefault(form.id, form)
    return tuple(found.values())


def finding_text(finding: Finding) -> str:
    """A finding as a few lines of text that can stand in a mail or a ticket."""
    lines = [f"{finding.code} ({finding.severity}): {finding.title}", finding.detail, finding.reference]
    if finding.fix:
        lines.append(f"Fix: {finding.fix}")
    if finding.certificate:
        lines.append(f"Certificate SHA-256: {finding.certificate}")
    return "\n".join(line for line in lines if line)


def with_colons(digits: str) -> str:
    """A fingerprint as certificate viewers show it: upper case, a colon between the bytes."""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)).upper()


def size_text(count: int) -> str:
    """A number of bytes in a few characters: `512 B`, `1.2 kB`, `3.4 MB`."""
    if count < _KILO:
        return f"{count} B"
    if count < _KILO**2:
        return f"{count / _KILO:.1f} kB"
    return f"{count / _KILO**2:.1f} MB"


def _form(ident: str, label: str, text: str) -> Form:
    short = len(text) <= _NOTE_LIMIT and "\n" not in text
    return Form(id=ident, label=label, text=text, note=text if short else size_text(len(text.encode(errors="replace"))))


def _all(observation: Observation, node: Node | None) -> Iterator[Form]:
    if node is not None:
        if node.certificate is not None and node.field is None:
            yield _pem_form(node.certificate)
        yield from _of_line(node)
        if node.certificate is not None:
            yield from _of_certificate(node.certificate, node)
    yield from _of_site(observation)


def _of_line(node: Node) -> Iterator[Form]:
    """What is written on the line itself, and what was found about it."""
    value = node.field.value if node.field else node.label
    if node.certificate is None or node.field:
        yield _form("value", "Value", value)
        separator = "\n" if "\n" in value else " "
        yield _form("labelled", "Text with label", f"{node.label}:{separator}{value}" if node.field else node.label)
    if node.findings:
        yield _form("finding", "What is wrong, as text", "\n\n".join(map(finding_text, node.findings)))


def _of_certificate(certificate: Certificate, node: Node) -> Iterator[Form]:
    """The certificate's forms; beside a public key its pin is what one is most likely after."""
    field = node.field.id if node.field else ""
    pin = _form("spki-pin", "Pin (SPKI SHA-256)", f"sha256//{certificate.spki_sha256}")
    if field.startswith(_KEY_FIELDS) and certificate.spki_sha256:
        yield pin
    if field.startswith("fingerprints"):
        yield from _fingerprints(certificate)
    yield _pem_form(certificate)
    yield from _fingerprints(certificate)
    if certificate.spki_sha256:
        yield pin
    yield _form("subject", "Subject", certificate.subject.rfc4514)
    yield _form("serial", "Serial number", certificate.serial_hex)
    if certificate.san:
        yield _form("names", "Names, one a line", "\n".join(name.value for name in certificate.san))
    yield _form("certificate-der", "Certificate, DER in hex", certificate.der.hex())
    yield _form("certificate-json", "Certificate, JSON", json.dumps(certificate_json(certificate), indent=2))


def _pem_form(certificate: Certificate) -> Form:
    return _form("certificate-pem", "Certificate, PEM", to_pem(certificate.der))


def _fingerprints(certificate: Certificate) -> Iterator[Form]:
    yield _form("sha256", "SHA-256 fingerprint", with_colons(certificate.sha256))
    yield _form("sha256-plain", "SHA-256 fingerprint, no colons", certificate.sha256)
    yield _form("sha1", "SHA-1 fingerprint", with_colons(certificate.sha1))


def _of_site(observation: Observation) -> Iterator[Form]:
    sent, trust = observation.certificates, observation.trust
    if sent:
        yield _form("chain-pem", "Whole chain as sent, PEM", "".join(to_pem(c.der) for c in sent))
    if trust is not None and trust.path:
        pem = "".join(to_pem(step.certificate.der) for step in trust.path)
        yield _form("path-pem", "Path to the anchor, PEM", pem)
    if isinstance(observation.target, Target):
        yield _form("openssl-command", "openssl command", openssl_command(observation))
        yield _form("curl-command", "curl command", curl_command(observation))
    yield _form("report-json", "Report, JSON", to_line(to_json(observation)))
    yield _form("report-text", "Report, text", to_text(observation, color=False, width=_REPORT_WIDTH))
    if trust is not None and trust.findings:
        yield _form("findings", "All findings, as text", "\n\n".join(map(finding_text, trust.findings)))
