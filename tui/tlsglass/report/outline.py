"""An observation as an outline: the certificate tree that the screen draws, the report prints and copying reads.

The path stands as it is trusted: the anchor on top, in it what it issued, down to the leaf. What the server sent
beside the path follows. Until the chain was judged, the certificates stand in the order in which they came.

What a file holds stands in its order, but for the path of its first certificate where that was judged. Its lines are
made when somebody looks at them, so that a bundle of thousands has an outline at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial

from tlsglass.observation import Observation
from tlsglass.report.anchors import which
from tlsglass.report.lifetime import lifetime
from tlsglass.report.lines import SUMMARY_LIMIT, Node, Nodes
from tlsglass.text import beginning, one_a_line
from tlsglass.trust.model import Finding, FindingCode, PathStep, Severity, TrustReport, worst
from tlsglass.trust.supposition.model import Supposed
from tlsglass.turns import give_way
from tlsglass.x509.containers.model import FileContents, Item, Kind, document
from tlsglass.x509.fields import certificate_fields
from tlsglass.x509.model import Certificate, Field, Name
from tlsglass.x509.pem import to_pem

_ABOUT_ISSUER = frozenset({FindingCode.UNKNOWN_ISSUER, FindingCode.MISSING_INTERMEDIATE})
_IN_STORE, _FETCHED = "@store", "@fetched"
"""What tells the keys of certificates that were not sent from those of sent ones."""

ADDED, DROPPED, DISTRUSTED = "@added", "@dropped", "@distrusted"
"""What tells the keys of certificates that are supposed to be sent, not to be sent, not to be in the store."""


def outline(observation: Observation) -> Sequence[Node]:
    """The certificate tree of an observation.

    Events that bring neither certificates nor a judgement give the very same nodes again.
    """
    at = observation.trust.at if observation.trust else observation.started
    if observation.contents is not None:
        if not observation.certificates and any(found.kind is Kind.CERTIFICATE for found in observation.contents.items):
            return ()  # those of a large file take a while, and come with the next event
        return _file_outline(observation.contents, observation.certificates, observation.trust, at)
    return _outline(tuple(observation.judged), observation.trust, at)


@lru_cache(maxsize=8)
def _outline(certificates: tuple[Certificate, ...], trust: TrustReport | None, at: datetime) -> tuple[Node, ...]:
    supposed = trust.supposed if trust is not None else None
    sent = len(certificates) if supposed is None else supposed.first_added
    keys = _keys(certificate.sha256 for certificate in certificates[:sent]) + _added_keys(supposed)
    if trust is None:
        return tuple(
            _certificate_node(certificate, key, f"sent #{index}", (), at)
            for index, (certificate, key) in enumerate(zip(certificates, keys, strict=True))
        )
    nodes = [_path_node(trust, keys, at)] if trust.path else []
    in_path = {step.sent for step in trust.path}
    elsewhere = {step.sent for path in trust.paths for step in path.steps}
    for index in range(sent):
        if index not in in_path:
            certificate = certificates[index]
            again = keys[index] != certificate.sha256 or any(s.certificate == certificate for s in trust.path)
            note = f"sent #{index}, {'again' if again else 'in another path' if index in elsewhere else 'unrelated'}"
            nodes.append(_certificate_node(certificate, keys[index], note, trust.findings, at))
    return (*nodes, *_supposed_nodes(trust, at))


def _added_keys(supposed: Supposed | None) -> tuple[str, ...]:
    return _keys(f"{certificate.sha256}{ADDED}" for certificate in supposed.added) if supposed is not None else ()


def _supposed_nodes(trust: TrustReport, at: datetime) -> tuple[Node, ...]:
    """What is supposed and has no place in the path: also what is away, so that it can be taken back."""
    supposed = trust.supposed
    if supposed is None:
        return ()
    in_path = {step.sent for step in trust.path}
    added = enumerate(zip(supposed.added, _added_keys(supposed), strict=True), start=supposed.first_added)
    nodes = [
        _certificate_node(certificate, key, "supposed to be sent, not in this path", trust.findings, at)
        for place, (certificate, key) in added
        if place not in in_path
    ]
    away = [(certificate, DROPPED, "supposed not to be sent") for certificate in supposed.dropped]
    away += [(certificate, DISTRUSTED, "supposed not to be in the store") for certificate in supposed.distrusted]
    keys = _keys(f"{certificate.sha256}{suffix}" for certificate, suffix, _ in away)
    for (certificate, _, note), key in zip(away, keys, strict=True):
        nodes.append(replace(_certificate_node(certificate, key, note, (), at), mark=Severity.NOTICE))
    return tuple(nodes)


def _keys(fingerprints: Iterable[str]) -> tuple[str, ...]:
    """A key for each certificate: its fingerprint, and which one it is where the same was sent before."""
    seen: dict[str, int] = {}
    keys = []
    for fingerprint in fingerprints:
        count = seen[fingerprint] = seen.get(fingerprint, 0) + 1
        keys.append(fingerprint if count == 1 else f"{fingerprint}#{count}")
    return tuple(keys)


@lru_cache(maxsize=8)
def _file_outline(
    contents: FileContents, certificates: Sequence[Certificate], trust: TrustReport | None, at: datetime
) -> Nodes:
    keys = _keys(found.sha256 for found in contents.items)
    findings = trust.findings if trust else ()
    supposed = trust.supposed if trust else None
    makers: list[Callable[[], Node]] = []
    shown: list[str] = []
    if trust is not None and trust.path:
        own = tuple(key for found, key in zip(contents.items, keys, strict=True) if found.kind is Kind.CERTIFICATE)
        path = _path_node(trust, own if supposed is None else _supposed_keys(own, supposed), at, "in the file")
        makers.append(lambda: path)
        shown.append(path.key)
    in_path = {step.sent for step in trust.path} if trust else set()
    dropped = supposed.dropped_places if supposed else frozenset()
    index = 0
    for number, (found, key) in enumerate(zip(contents.items, keys, strict=True)):
        give_way()
        if found.kind is not Kind.CERTIFICATE:
            makers.append(partial(_item_node, found, key or f"key.{number}"))
            shown.append(key or f"key.{number}")
            continue
        place = index if supposed is None else supposed.place_of(index)
        if index not in dropped and (place is None or place not in in_path):
            makers.append(partial(_entry_node, certificates, index, key, found.place, findings, at))
            shown.append(key)
        index += 1
    for node in _supposed_nodes(trust, at) if trust is not None else ():
        makers.append(partial(_made, node))
        shown.append(node.key)
    makers.extend(partial(_note_node, number, note) for number, note in enumerate(contents.notes))
    shown.extend(f"note.{number}" for number in range(len(contents.notes)))
    return Nodes(makers, shown)


def _made(node: Node) -> Node:
    return node


def _supposed_keys(own: Sequence[str], supposed: Supposed) -> tuple[str, ...]:
    """The keys of a file's certificates, and of those that it is supposed to hold, in the order of the judgement."""
    kept = [key for place, key in enumerate(own) if supposed.place_of(place) is not None]
    return (*kept, *_added_keys(supposed))


def _entry_node(  # noqa: PLR0913, PLR0917 - what `_certificate_node` needs, with the certificate not yet parsed
    certificates: Sequence[Certificate],
    index: int,
    key: str,
    note: str,
    findings: tuple[Finding, ...],
    at: datetime,
) -> Node:
    return _certificate_node(certificates[index], key, note, findings, at)


def _item_node(found: Item, key: str) -> Node:
    """A thing of a file that is no certificate, with its fields."""
    read = document(found)
    if read is None:
        text = "A private key: it is never shown, copied or saved."
        field = Field(id="private_key", label=found.kind.label, value=found.name, meaning=text)
        return Node(key=key, label=found.kind.label, summary=found.name, note=found.place, field=field, item=found)
    label = found.kind.pem_label
    value = to_pem(found.der, label) if label else found.der.hex()
    field = Field(id="", label=found.kind.label, value=value, in_lines=True, summary=read.label, problems=read.problems)
    return Node(
        key=key,
        label=found.kind.label,
        summary=beginning(found.name or read.label, SUMMARY_LIMIT),
        note=found.place,
        field=field,
        item=found,
        children=tuple(_plain_node(child, key, found) for child in read.fields),
    )


def _plain_node(field: Field, key: str, found: Item) -> Node:
    return Node(
        key=f"{key}/{field.id}",
        label=field.label,
        summary=beginning(field.summary or field.lines[0], SUMMARY_LIMIT),
        field=field,
        item=found,
        children=tuple(_plain_node(child, key, found) for child in field.children),
    )


def _note_node(number: int, note: str) -> Node:
    field = Field(id="note", label="Note", value=note, meaning="What of the file could not be read, or was left out.")
    return Node(key=f"note.{number}", label=field.label, summary=beginning(note, SUMMARY_LIMIT), field=field)


def _path_node(trust: TrustReport, keys: tuple[str, ...], at: datetime, place: str = "sent") -> Node:
    """The path as one nested node, made from the leaf upwards."""
    inner: Node | None = None
    for position, step in enumerate(trust.path):
        suffix = _IN_STORE if step.fetched_from is None else _FETCHED
        key = f"{step.certificate.sha256}{suffix}" if step.sent is None else keys[step.sent]
        node = _certificate_node(step.certificate, key, _note(trust, position, step, place), trust.findings, at)
        inner = node if inner is None else replace(node, children=(_fields_node(node), inner))
    assert inner is not None  # noqa: S101 - the caller has looked that the path isn't empty
    return inner if trust.missing is None else _missing_node(trust.missing, trust.findings, inner, place)


def _note(trust: TrustReport, position: int, step: PathStep, place: str) -> str:
    if step.sent is None and step.fetched_from is not None:
        return f"fetched, not {place}"
    is_trusted = trust.supposed is not None and step.certificate in trust.supposed.trusted
    if step.sent is None:
        return "supposed to be in the store" if is_trusted else f"from the store{which(trust, step)}"
    is_added = trust.supposed is not None and step.sent >= trust.supposed.first_added
    words = ["supposed to be sent" if is_added else f"{place} #{step.sent}"]
    if step.sent in trust.out_of_order:
        words.append("out of order")
    if position == len(trust.path) - 1:
        if trust.anchored:
            words.append("supposed to be in the store" if is_trusted else f"in the store{which(trust, step)}")
        elif trust.missing is None:
            words.append("not in the store")
    return ", ".join(words)


def _missing_node(name: Name, findings: tuple[Finding, ...], below: Node, place: str) -> Node:
    about = tuple(finding for finding in findings if finding.code in _ABOUT_ISSUER)
    return Node(
        key="missing",
        label=f"missing: {name.rfc4514 or '(empty name)'}",
        summary="",
        note=f"not {place}, not in the store",
        mark=Severity.ERROR,
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
    field = Field(
        id="",
        label="Fields",
        value=one_a_line(f"{child.label}: {child.summary}" for child in node.children),
        in_lines=True,
        meaning="What this certificate says, field by field.",
    )
    return Node(
        key=f"{node.key}/",
        label=field.label,
        summary=str(len(node.children)),
        mark=worst(child.mark for child in node.children),
        certificate=node.certificate,
        field=field,
        children=node.children,
    )


@lru_cache(maxsize=64)
def _opened(certificate: Certificate, key: str, findings: tuple[Finding, ...], at: datetime) -> Node:
    """A certificate with all its fields. Cached, as it is what costs."""
    fields = certificate_fields(certificate)
    known = set(_ids(fields)) if findings else set()
    by_field: dict[str, list[Finding]] = {}
    for finding in findings:
        by_field.setdefault(_nearest(finding.field or "", known), []).append(finding)
    children = tuple(_field_node(field, certificate, key, by_field, at) for field in fields)
    own = tuple(by_field.get("", ()))
    return Node(
        key=key,
        label=certificate.label,
        summary="",
        mark=worst([*(finding.severity for finding in own), *(child.mark for child in children)]),
        findings=own,
        certificate=certificate,
        children=children,
    )


def _field_node(
    field: Field, certificate: Certificate, key: str, findings: Mapping[str, list[Finding]], at: datetime
) -> Node:
    give_way()
    children = tuple(_field_node(child, certificate, key, findings, at) for child in field.children)
    own = tuple(findings.get(field.id, ()))
    summary = field.summary or field.lines[0]
    life = lifetime(certificate, at) if field.id == "validity" else None
    return Node(
        key=f"{key}/{field.id}",
        label=field.label,
        summary=life.summary if life else beginning(summary, SUMMARY_LIMIT),
        mark=worst([*(finding.severity for finding in own), *(child.mark for child in children)]),
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
