"""The forms in which what is selected can be copied: those that fit it best come first.

A value alone is the true one: a paste must not differ from what the server sent. Where it stands among lines of ours
its line ends are escapes, and texts that are written for people are printable. Whoever shows a form's note on screen
makes it printable.
"""

import base64
import json
from collections.abc import Iterator, Sequence

from tlsglass.observation import Observation
from tlsglass.report.asn1 import span_of
from tlsglass.report.commands import curl_command, openssl_command
from tlsglass.report.forms.certificate_text import certificate_text
from tlsglass.report.forms.literals import c_literal, go_literal, python_literal
from tlsglass.report.forms.model import Form, form
from tlsglass.report.forms.names import one_line
from tlsglass.report.forms.pins import tlsa_record
from tlsglass.report.forms.subtree import subtree_json
from tlsglass.report.json_parts import certificate_json
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.report.text_report import to_text
from tlsglass.target import Target, is_address
from tlsglass.text import one_a_line, printable_lines, unbroken
from tlsglass.trust.model import Finding
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import to_pem

_REPORT_WIDTH = 80
_LARGEST_VALUE = 256 * 1024
"""Bytes of a value that are offered for the clipboard; larger ones are saved."""

_KEY_FIELDS = ("public_key", "fingerprints.spki")


def forms(observation: Observation, node: Node | None) -> tuple[Form, ...]:
    """All forms that fit a line of the outline.

    Args:
        observation: what the line is part of.
        node: the line; None where nothing is selected, which leaves what concerns the whole site.

    Returns:
        The forms in the order in which they are offered, each id once.
    """
    found: dict[str, Form] = {}
    for offered in _all(observation, node):
        found.setdefault(offered.id, offered)
    return tuple(found.values())


def finding_text(finding: Finding) -> str:
    """A finding as a few lines of text that can stand in a mail or a ticket."""
    lines = [f"{finding.code} ({finding.severity}): {finding.title}", finding.detail, finding.reference]
    if finding.fix:
        lines.append(f"Fix: {finding.fix}")
    if finding.certificate:
        lines.append(f"Certificate SHA-256: {finding.certificate}")
    return printable_lines(line for line in lines if line)


def with_colons(digits: str) -> str:
    """A fingerprint as certificate viewers show it: upper case, a colon between the bytes."""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)).upper()


def _all(observation: Observation, node: Node | None) -> Iterator[Form]:
    if node is not None:
        if node.certificate is not None and node.field is None:
            yield _pem_form(node.certificate)
        yield from _of_line(node)
        if node.certificate is not None:
            yield from _of_certificate(observation, node.certificate, node)
        yield from _of_bytes(node)
        yield form("subtree-json", "This line and all below it, JSON", json.dumps(subtree_json(node), indent=2))
    yield from _of_site(observation)


def _of_line(node: Node) -> Iterator[Form]:
    """What is written on the line itself, and what was found about it."""
    field = node.field
    if node.certificate is None or field:
        is_list = field is not None and field.in_lines
        yield form("value", "Value", field.value if field else node.label, in_lines=is_list)
        yield form("labelled", "Text with label", _labelled(node.label, field.lines) if field else unbroken(node.label))
    if node.findings:
        yield form("finding", "What is wrong, as text", "\n\n".join(map(finding_text, node.findings)))


def _labelled(label: str, lines: Sequence[str]) -> str:
    """What a line is called and what it says: below it where that is several lines."""
    return one_a_line((f"{label}:", *lines)) if len(lines) > 1 else unbroken(f"{label}: {lines[0]}")


def _of_bytes(node: Node) -> Iterator[Form]:
    """The bytes that the line was read from, tag and length included."""
    data = bytes_of(node)
    if not data or len(data) > _LARGEST_VALUE:
        return
    name = node.label if node.field else "certificate"
    yield form("bytes-hex", "Bytes, hex", data.hex())
    yield form("bytes-base64", "Bytes, base64", base64.b64encode(data).decode())
    yield form("bytes-c", "Bytes, C array", c_literal(data, name))
    yield form("bytes-go", "Bytes, Go slice", go_literal(data, name))
    yield form("bytes-python", "Bytes, Python literal", python_literal(data, name))


def bytes_of(node: Node) -> bytes:
    """The bytes that a line was read from, tag and length included; none where it is derived from others."""
    span = span_of(node) if node.der else None
    return node.der[span.start : span.end] if span is not None else b""


def _of_certificate(observation: Observation, certificate: Certificate, node: Node) -> Iterator[Form]:
    """The certificate's forms; beside a public key its pin is what one is most likely after."""
    field = node.field.id if node.field else ""
    pin = form("spki-pin", "SPKI pin (curl --pinnedpubkey)", f"sha256//{certificate.spki_sha256}")
    if field.startswith(_KEY_FIELDS) and certificate.spki_sha256:
        yield pin
    if field.startswith("fingerprints"):
        yield from _fingerprints(certificate)
    yield _pem_form(certificate)
    yield from _fingerprints(certificate)
    if certificate.spki_sha256:
        yield pin
        yield form("tlsa", "TLSA record 3 1 1 (DANE)", _tlsa(observation, certificate))
    name = certificate.issuer if field.startswith("issuer") else certificate.subject
    whose = "Issuer" if field.startswith("issuer") else "Subject"
    yield form("name-rfc4514", f"{whose}, RFC 4514", name.rfc4514)
    yield form("name-one-line", f"{whose}, OpenSSL one-line", one_line(name))
    yield form("serial", "Serial number", certificate.serial_hex)
    if certificate.san:
        yield form("names", "Names, one a line", one_a_line(name.value for name in certificate.san))
    yield form("certificate-der", "Certificate, DER in hex", certificate.der.hex())
    yield form("certificate-text", "Certificate, text", certificate_text(certificate))
    yield form("certificate-json", "Certificate, JSON", json.dumps(certificate_json(certificate), indent=2))


def _tlsa(observation: Observation, certificate: Certificate) -> str:
    """With the service's name where it is the one that the service itself has shown."""
    target, sent = observation.target, observation.certificates
    if isinstance(target, Target) and not is_address(target.host) and sent and sent[0] == certificate:
        return tlsa_record(certificate, target.host, target.port)
    return tlsa_record(certificate)


def _pem_form(certificate: Certificate) -> Form:
    return form("certificate-pem", "Certificate, PEM", to_pem(certificate.der))


def _fingerprints(certificate: Certificate) -> Iterator[Form]:
    yield form("sha256", "SHA-256 fingerprint", with_colons(certificate.sha256))
    yield form("sha256-plain", "SHA-256 fingerprint, no colons", certificate.sha256)
    yield form("sha1", "SHA-1 fingerprint", with_colons(certificate.sha1))


def _of_site(observation: Observation) -> Iterator[Form]:
    sent, trust = observation.certificates, observation.trust
    if sent:
        yield form("chain-pem", "Whole chain as sent, PEM", "".join(to_pem(c.der) for c in sent))
    if trust is not None and trust.path:
        pem = "".join(to_pem(step.certificate.der) for step in trust.path)
        yield form("path-pem", "Path to the anchor, PEM", pem)
    repaired = repaired_chain(trust) if trust is not None else None
    if repaired is not None:
        yield form("repaired-pem", "Repaired chain, PEM", "".join(to_pem(c.der) for c in repaired))
    if isinstance(observation.target, Target):
        yield form("openssl-command", "openssl command", openssl_command(observation))
        yield form("curl-command", "curl command", curl_command(observation))
    yield form("report-json", "Report, JSON", to_line(to_json(observation)))
    yield form("report-text", "Report, text", to_text(observation, color=False, width=_REPORT_WIDTH))
    if trust is not None and trust.findings:
        yield form("findings", "All findings, as text", "\n\n".join(map(finding_text, trust.findings)))
