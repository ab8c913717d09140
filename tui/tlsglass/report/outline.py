"""An observation as an outline: the certificate tree that the screen draws, the report prints and copying reads.

The path stands as it is trusted: the anchor on top, in it what it issued, down to the leaf. What the server sent
beside the path follows. Until the chain was judged, the certificates stand in the order in which they came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from tlsglass.observation import Observation
from tlsglass.report.lifetime import lifetime
from tlsglass.trust.model import Finding, FindingCode, PathStep, Severity, TrustReport
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field, Name

SUMMARY_LIMIT = 256
"""Characters of a value that a line of the outline keeps; the whole value is in its field."""

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_ABOUT_ISSUER = frozenset({FindingCode.UNKNOWN_ISSUER, FindingCode.MISSING_INTERMEDIATE})


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
    """The worst finding at or below this line; what a certificate issued does not count as its own."""

    findings: tuple[Finding, ...] = ()
    """The findings that concern this very line."""

    certificate: Certificate | None = None
    """The certificate that it belongs to; None for a line about the chain."""

    field: Field | None = None
    """The field that it shows; None for a certificate or a line about the chain."""

    children: "tuple[Node, ...]" = ()


def outline(observation: Observation) -> tuple[Node, ...]:
    """The certificate tree of an observation.

    Events that bring neither certificates nor a judgement give the very same nodes again.
    """
    at = observation.trust.at if observation.trust else observation.started
    return _outline(observation.certificates, observation.trust, at)


@lru_cache(maxsize=8)
def _outline(certificates: tuple[Certificate, ...], trust: TrustReport | None, at: datetime) -> tuple[Node, ...]:
    keys = _keys(certificates)
    if trust is None:
        return tuple(
            _certificate_node(certificate, key, f"sent #{index}", (), at)
            for index, (certificate, key) in enumerate(zip(certificates, keys, strict=True))
        )
    nodes = [_path_node(trust, keys, at)] if trust.path else []
    in_path = {step.sent for step in trust.path}
    for index, certificate in enumerate(certificates):
        if index not in in_path:
            again = keys[index] != certificate.sha256 or any(s.certificate == certificate for s in trust.path)
            note = f"sent #{index}, {'again' if again else 'unrelated'}"
            nodes.append(_certificate_node(certificate, keys[index], note, trust.findings, at))
    return tuple(nodes)


def _keys(certificates: tuple[Certificate, ...]) -> tuple[str, ...]:
    """A key for each certificate: its fingerprint, and which one it is where the same was sent before."""
    seen: dict[str, int] = {}
    keys = []
    for certificate in certificates:
        count = seen[certificate.sha256] = seen.get(certificate.sha256, 0) + 1
        keys.append(certificate.sha256 if count == 1 else f"{certificate.sha256}#{count}")
    return tuple(keys)


def _path_node(trust: TrustReport, keys: tuple[str, ...], at: datetime) -> Node:
    """The path as one nested node, made from the leaf upwards."""
    inner: Node | None = None
    for position, step in enumerate(trust.path):
        key = f"{step.certificate.sha256}@store" if step.sent is None else keys[step.sent]
        node = _certificate_node(step.certificate, key, _note(trust, position, step), trust.findings, at)
        inner = node if inner is None else replace(node, children=(_fields_node(node), inner))
    assert inner is not None  # noqa: S101 - the caller has looked that the path isn't empty
    return inner if trust.missing is None else _missing_node(trust.missing, trust.findings, inner)


def _note(trust: TrustReport, position: int, step: PathStep) -> str:
    if step.sent is None:
        return "from the store"
    words = [f"sent #{step.sent}"]
    if step.sent in trust.out_of_order:
        words.append("out of order")
    if position == len(trust.path) - 1:
        if trust.anchored:
            words.append("in the store")
        elif trust.missing is None:
            words.append("not in the store")
    return ", ".join(words)


def _missing_node(name: Name, findings: tuple[Finding, ...], below: Node) -> Node:
    about = tuple(finding for finding in findings if finding.code in _ABOUT_ISSUER)
    return Node(
        key="missing",
        label=f"missing: {name.rfc4514 or '(empty name)'}",
        summary="",
        note="not sent, not in the store",
        mark=_worst([Severity.ERROR, *(finding.severity for finding in about)]),
        findings=about,
        children=(below,),
    )


def _certificate_node(
    certificate: Certificate, key: str, note: str, findings: tuple[Finding, ...], at: datetime
) -> Node:
    own = tuple(finding for finding in findings if finding.certificate == certificate.sha256)
    return replace(_opened(certificate, key, own, at), note=note)


def _fields_node(node: Node) -> Node:
    """The fields of an issuer folded into one line, so that what it issued stays in sight below it."""
    lines = "\n".join(f"{child.label}: {child.summary}" for child in node.children)
    field = Field(id="", label="Fields", value=lines, meaning="What this certificate says, field by field.")
    return Node(
        key=f"{node.key}/",
        label=field.label,
        summary=str(len(node.children)),
        mark=_worst(child.mark for child in node.children),
        certificate=node.certificate,
        field=field,
        children=node.children,
    )


@lru_cache(maxsize=64)
def _opened(certificate: Certificate, key: str, findings: tuple[Finding, ...], at: datetime) -> Node:
    """A certificate with all its fields. Cached, as it is what costs."""
    fields = certificate_fields(certificate)
    known = set(_ids(fields))
    by_field: dict[str, list[Finding]] = {}
    for finding in findings:
        by_field.setdefault(_nearest(finding.field or "", known), []).append(finding)
    children = tuple(_field_node(field, certificate, key, by_field, at) for field in fields)
    own = tuple(by_field.get("", ()))
    return Node(
        key=key,
        label=certificate.label,
        summary="",
        mark=_worst([*(finding.severity for finding in own), *(child.mark for child in children)]),
        findings=own,
        certificate=certificate,
        children=children,
    )


def _field_node(
    field: Field, certificate: Certificate, key: str, findings: Mapping[str, list[Finding]], at: datetime
) -> Node:
    children = tuple(_field_node(child, certificate, key, findings, at) for child in field.children)
    own = tuple(findings.get(field.id, ()))
    summary = field.summary or field.value.partition("\n")[0]
    life = lifetime(certificate, at) if field.id == "validity" else None
    return Node(
        key=f"{key}/{field.id}",
        label=field.label,
        summary=life.summary if life else summary[:SUMMARY_LIMIT],
        mark=_worst([*(finding.severity for finding in own), *(child.mark for child in children)]),
        findings=own,
        certificate=certificate,
        field=field,
        children=children,
    )


def _ids(fields: Iterable[Field]) -> Iterable[str]:
    for field in fields:
        yield field.id
        yield from _ids(field.children)


def _nearest(field: str, known: set[str]) -> str:
    """The field itself or the nearest one above it that the certificate has; empty for the certificate."""
    while field and field not in known:
        field = field.rpartition(".")[0]
    return field


def _worst(marks: Iterable[Severity | None]) -> Severity | None:
    present = set(marks)
    return next((severity for severity in _SEVERITIES if severity in present), None)
