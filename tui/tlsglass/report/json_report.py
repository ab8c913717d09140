"""An observation as one JSON document, version 1. `schema.json` beside this module describes every key.

Values are the true ones, not made printable: writing them with `to_line` escapes whatever a terminal would act on.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from tlsglass.errors import Failure
from tlsglass.exchange.model import ResponseHead
from tlsglass.observation import Observation, Timings
from tlsglass.report.clients import clients_json
from tlsglass.report.files import chain_file_name
from tlsglass.report.json_parts import Json, certificate_json, moment_json
from tlsglass.report.left_out import left_out
from tlsglass.report.programs import programs_json
from tlsglass.report.remedies import remedy_json
from tlsglass.report.transparency import transparency_json
from tlsglass.target import Target, without_login
from tlsglass.target_file import FileTarget
from tlsglass.tls.model import CertificateEntry, Handshake, HandshakeMessage
from tlsglass.trust.clients.affected import affected
from tlsglass.trust.model import Check, Finding, Opinion, StoreLabel, TrustReport, Verdict
from tlsglass.trust.remedies.remedy import remedy
from tlsglass.trust.remedies.repair import repaired_chain
from tlsglass.trust.revocation.model import RevocationAnswer
from tlsglass.trust.supposition.model import Supposed
from tlsglass.x509.containers.model import FileContents

SCHEMA = "tlsglass/1"
"""The name of this form of report; keys may be added to it, none is taken away or changed."""

_NOWHERE: Json = dict.fromkeys(("text", "host", "port", "sni", "address", "hostname", "file", "unicode"))


def to_json(observation: Observation) -> Json:
    """The report of one look at a site, as values that `json` writes."""
    handshake = observation.handshake
    messages = observation.messages or (handshake.messages if handshake else ())
    return {
        "schema": SCHEMA,
        "target": _target(observation.target),
        "started": moment_json(observation.started, "milliseconds"),
        "error": _error(observation.failure),
        "endpoint": str(observation.endpoint) if observation.endpoint else None,
        "endpoints": [str(endpoint) for endpoint in observation.endpoints],
        "attempts": [{"endpoint": str(a.endpoint), "message": a.message} for a in observation.attempts],
        "handshake": _handshake(handshake) if handshake else None,
        "messages": [_message(message) for message in messages],
        "left_out": list(left_out(observation)),
        "contents": _contents(observation.contents),
        "certificates": [certificate_json(certificate) for certificate in observation.certificates],
        "trust": _trust(observation.trust, _remedies(observation)),
        "response": _response(observation),
        "timings": _timings(observation.timings),
    }


def unusable_target(text: str, failure: Failure, at: datetime) -> Json:
    """The report on a target that could not be understood, so that nothing was sent.

    Args:
        text: what was typed; a user name and password in it are left out.
        failure: why it can't be used.
        at: the moment, aware and in UTC.
    """
    return {
        "schema": SCHEMA,
        "target": _NOWHERE | {"text": without_login(text)},
        "started": moment_json(at, "milliseconds"),
        "error": _error(failure),
        "endpoint": None,
        "endpoints": [],
        "attempts": [],
        "handshake": None,
        "messages": [],
        "left_out": [],
        "contents": None,
        "certificates": [],
        "trust": _trust(None),
        "response": None,
        "timings": _timings(Timings()),
    }


def to_line(document: Json) -> str:
    """A document as one line of ASCII that holds no control character, without the line's end."""
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).replace("\x7f", "\\u007f")


def _target(target: Target | FileTarget) -> Json:
    if isinstance(target, FileTarget):
        return _NOWHERE | {"text": target.text, "hostname": target.hostname, "file": target.path}
    return _NOWHERE | {
        "text": target.text,
        "host": target.host,
        "port": target.port,
        "sni": target.sni,
        "address": target.address,
        "hostname": target.hostname,
        "unicode": target.display,
    }


def _error(failure: Failure | None) -> Json | None:
    if failure is None:
        return None
    return {
        "phase": str(failure.phase),
        "code": str(failure.fault),
        "message": failure.message,
        "hint": failure.hint,
    }


def _handshake(handshake: Handshake) -> Json:
    first = handshake.entries[0] if handshake.entries else None
    return {
        "version": handshake.version,
        "cipher_suite": handshake.cipher_suite,
        "openssl_cipher": handshake.openssl_cipher,
        "group": handshake.group,
        "signature_algorithm": handshake.signature_algorithm,
        "alpn": handshake.alpn,
        "resumed": handshake.resumed,
        "server_name": handshake.server_name,
        "ocsp_staple": _hex(first.ocsp_staple) if first else None,
        "entries": [_entry(entry) for entry in handshake.entries],
        "client_certificate_requested": handshake.client_certificate_requested,
        "client_certificate_authorities": list(handshake.client_certificate_authorities),
        "verification_errors": [
            {"code": error.code, "name": error.name, "depth": error.depth} for error in handshake.verification_errors
        ],
    }


def _entry(entry: CertificateEntry) -> Json:
    return {
        "certificate": hashlib.sha256(entry.certificate).hexdigest(),
        "ocsp_staple": _hex(entry.ocsp_staple),
        "timestamps": _hex(entry.timestamps),
        "problem": entry.problem,
    }


def _hex(data: bytes | None) -> str | None:
    return None if data is None else data.hex()


def _message(message: HandshakeMessage) -> Json:
    return {
        "direction": str(message.direction),
        "name": message.name,
        "length": message.length,
        "encrypted": message.encrypted,
        "detail": message.detail,
    }


def _contents(contents: FileContents | None) -> Json | None:
    if contents is None:
        return None
    from tlsglass.report.contents_json import contents_json  # noqa: PLC0415 - sites need none of what files do

    return contents_json(contents)


def _remedies(observation: Observation) -> list[Json]:
    """What can be done about each finding, in their order."""
    trust, file = observation.trust, chain_file_name(observation, repaired=True)
    if trust is None:
        return []
    return [remedy_json(remedy(each, trust, observation.judged, file=f"/etc/ssl/{file}")) for each in trust.findings]


def _trust(trust: TrustReport | None, remedies: Sequence[Json] = ()) -> Json:
    """The judgement; of a chain that was not judged it says `unknown`."""
    if trust is None:
        return {
            "verdict": str(Verdict.UNKNOWN),
            "store": None,
            "store_date": None,
            "profile": None,
            "at": None,
            "seen_at": None,
            "supposed": None,
            "hostname": None,
            "anchored": False,
            "missing": None,
            "paths": [],
            "path_reasons": [],
            "from_store": [],
            "fetched": [],
            "repaired_chain": None,
            "out_of_order": [],
            "unrelated": [],
            "findings": [],
            "checks": [],
            "judges": [],
            "revocation": [],
            "transparency": None,
            "programs": None,
            "clients": [],
            "stores": [],
            "anchor_stores": [],
        }
    return {
        "verdict": str(trust.verdict),
        "store": trust.store.names,
        "store_date": trust.store.date.isoformat() if trust.store.date else None,
        "profile": str(trust.profile) if trust.hostname else None,
        "at": moment_json(trust.at),
        "seen_at": moment_json(trust.seen_at) if trust.seen_at else None,
        "supposed": _supposed(trust.supposed) if trust.supposed else None,
        "hostname": trust.hostname or None,
        "anchored": trust.anchored,
        "missing": trust.missing.rfc4514 if trust.missing else None,
        **_paths(trust),
        "out_of_order": sorted(trust.out_of_order),
        "unrelated": sorted(trust.unrelated),
        "findings": [_finding(each) | {"remedy": made} for each, made in zip(trust.findings, remedies, strict=True)],
        "checks": [_check(check) for check in trust.checks],
        "judges": [_opinion(opinion) for opinion in trust.opinions],
        "revocation": [_revocation(answer) for answer in trust.revocation],
        "transparency": transparency_json(trust.transparency) if trust.transparency else None,
        "programs": programs_json(trust.programs) if trust.programs else None,
        "clients": clients_json(affected(trust)),
        "stores": _stores(trust.store),
        "anchor_stores": [name for step in trust.path[-1:] for name in step.stores],
    }


def _stores(label: StoreLabel) -> list[Json]:
    added = [] if label.added is None else [StoreLabel(name=label.added, date=None)]
    return [
        {"name": each.name, "date": each.date.isoformat() if each.date else None}
        for each in (label, *label.also, *added)
    ]


def _paths(trust: TrustReport) -> Json:
    """All paths, the certificates in them that were not sent, and what should have been sent."""
    paths = [path.steps for path in trust.paths] or ([trust.path] if trust.path else [])
    not_sent = {step.certificate.sha256: step for path in paths for step in path if step.sent is None}.values()
    repaired = repaired_chain(trust)
    return {
        "paths": [[step.certificate.sha256 for step in path] for path in paths],
        "path_reasons": [path.reason for path in trust.paths],
        "from_store": [certificate_json(step.certificate) for step in not_sent if step.fetched_from is None],
        "fetched": [
            {"url": step.fetched_from, "certificate": certificate_json(step.certificate)}
            for step in not_sent
            if step.fetched_from is not None
        ],
        "repaired_chain": None if repaired is None else [certificate.sha256 for certificate in repaired],
    }


def _supposed(supposed: Supposed) -> Json:
    return {
        "certificates": [certificate.sha256 for certificate in supposed.certificates],
        "dropped": [certificate.sha256 for certificate in supposed.dropped],
        "added": [certificate_json(certificate) for certificate in supposed.added],
        "trusted": [certificate_json(certificate) for certificate in supposed.trusted],
        "distrusted": [certificate_json(certificate) for certificate in supposed.distrusted],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": str(finding.code),
        "severity": str(finding.severity),
        "certificate": finding.certificate,
        "field": finding.field,
        "title": finding.title,
        "detail": finding.detail,
        "reference": finding.reference,
        "fix": finding.fix,
        "cause": str(finding.cause) if finding.cause else None,
    }


def _opinion(opinion: Opinion) -> Json:
    return {
        "name": opinion.judge,
        "version": opinion.version,
        "verdict": "accepted" if opinion.accepts else "refused",
        "words": opinion.words or None,
        "certificate": opinion.certificate,
    }


def _check(check: Check) -> Json:
    return {"name": check.name, "status": str(check.status), "detail": check.detail, "reference": check.reference}


def _revocation(answer: RevocationAnswer) -> Json:
    return {
        "certificate": answer.certificate,
        "source": str(answer.source),
        "url": answer.url,
        "status": str(answer.status),
        "this_update": moment_json(answer.this_update),
        "next_update": moment_json(answer.next_update),
        "revoked_at": moment_json(answer.revoked_at),
        "reason": answer.reason,
        "responder": answer.responder,
        "signature_valid": answer.signature_valid,
        "problem": answer.problem,
        "delta_url": answer.delta_url,
    }


def _response(observation: Observation) -> Json | None:
    """The answer, or what came of it where it was broken off; None where nothing came."""
    response = observation.response
    head = response.head if response else observation.head
    if response is None and head is None and not observation.received:
        return None
    return {
        **_head(head),
        "bytes": response.size if response else observation.received,
        "truncated": response.truncated if response else True,
        "ended_by": str(response.ended_by) if response else None,
        "problem": (response.problem or None) if response else None,
    }


def _head(head: ResponseHead | None) -> Json:
    if head is None:
        return {"status": None, "reason": None, "version": None, "headers": [], "content_type": None}
    return {
        "status": head.status,
        "reason": head.reason,
        "version": f"HTTP/{head.version}",
        "headers": [[name, value] for name, value in head.headers],
        "content_type": head.header("content-type"),
    }


def _timings(timings: Timings) -> Json:
    return {
        "resolve": _milliseconds(timings.resolve),
        "connect": _milliseconds(timings.connect),
        "handshake": _milliseconds(timings.handshake),
        "first_byte": _milliseconds(timings.first_byte),
        "total": _milliseconds(timings.total),
    }


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 3)
