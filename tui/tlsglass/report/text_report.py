"""An observation as a report that a person reads in a terminal or a mail: the headline first, then why.

Everything from outside passes through `printable`. Colour marks judgements and titles and nothing else; each judgement
has its word and its mark as well.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from tlsglass.idn import both_forms
from tlsglass.limits import DEFAULTS
from tlsglass.observation import Observation, Timings
from tlsglass.report.anchors import which
from tlsglass.report.lifetime import lifetime
from tlsglass.report.paint import Style
from tlsglass.report.text_beyond import issuers, more_than_taken
from tlsglass.report.text_clients import clients, programs, transparency
from tlsglass.report.text_lines import COLUMN, NO_BREAK, VALUE_LIMIT, Line, fact, fitted
from tlsglass.target import Target
from tlsglass.text import printable
from tlsglass.trust.model import Finding, Severity, TrustReport, Verdict, worst
from tlsglass.trust.profile import Profile
from tlsglass.trust.revocation.model import Status
from tlsglass.x509 import times
from tlsglass.x509.containers.model import Kind, document
from tlsglass.x509.documents.model import Document
from tlsglass.x509.model import Certificate, Name, PublicKey

MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTICE: "·", None: "✓"}
"""The mark before a judgement; None is for what nothing was found about."""

_STYLES = {Severity.ERROR: Style.BAD, Severity.WARNING: Style.DOUBTFUL, Severity.NOTICE: Style.PLAIN, None: Style.GOOD}
_HEADLINES = {
    Verdict.TRUSTED: ("✓ TRUSTED", Style.GOOD),
    Verdict.UNTRUSTED: ("✗ NOT TRUSTED", Style.BAD),
    Verdict.UNKNOWN: ("! NOT JUDGED", Style.DOUBTFUL),
}
_STANDINGS = {
    Status.GOOD: None,
    Status.REVOKED: Severity.ERROR,
    Status.UNKNOWN: Severity.WARNING,
    Status.UNAVAILABLE: Severity.WARNING,
}
"""How an answer about revocation is marked."""

_NAMES_SHOWN = 12
_HEADERS_SHOWN = 40
_ITEMS_LISTED = 200
_ITEMS_OPENED = 10
_FIELDS_SHOWN = 50
_BAR = 24
_KILO = 1000


def to_text(
    observation: Observation, *, color: bool, width: int = 80, said: bytes = b"", in_ascii: bool = False
) -> str:
    """The report, its lines ended by newlines.

    Args:
        observation: what is known.
        color: whether to use ANSI colours.
        width: columns that a line may fill.
        said: the first bytes of an answer without a head, to be shown in its place.
        in_ascii: whether whoever reads it has ASCII alone; escapes are longer than what they stand for.
    """
    parts = (
        _headline(observation),
        _reasons(observation),
        clients(observation),
        more_than_taken(observation),
        _revocation(observation),
        issuers(observation),
        _chain(observation),
        _leaf(observation),
        transparency(observation),
        programs(observation),
        _contents(observation),
        _connection(observation),
        _answer(observation, said),
    )
    fit = partial(fitted, width=width, color=color, in_ascii=in_ascii)
    blocks = ["\n".join(line for styled in part for line in fit(styled)) for part in parts]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _headline(observation: Observation) -> Iterator[Line]:
    target, endpoint = observation.target, observation.endpoint
    contents = observation.contents
    where = f"{endpoint}" if endpoint else f"{contents.form}, {contents.size:,} bytes" if contents else ""
    read_as = f" ({target.display})" if isinstance(target, Target) and target.display != target.host else ""
    yield "", printable(f"{target.origin}{read_as}  {where}".rstrip()), Style.TITLE
    failure, trust = observation.failure, observation.trust
    if failure is not None:
        words = "✗ NO ANSWER  " if isinstance(target, Target) else "✗ NOT READ  "
        yield words, printable(f"{failure.phase}: {failure.message}"), Style.BAD
        if failure.hint:
            yield "  ", printable(failure.hint), Style.PLAIN
    if trust is not None:
        words, style = _HEADLINES[trust.verdict]
        errors = [finding for finding in trust.findings if finding.severity is Severity.ERROR]
        reason = f"{printable(errors[0].title)}{_more(len(errors) - 1)}" if errors else ""
        yield f"{words}  ", reason or _why_not_judged(trust), style
        if trust.hostname:
            rules = "" if trust.profile is Profile.WEBPKI else f" and profile {trust.profile}"
            where = f"for {trust.hostname}, by store {trust.store}{rules}, at {_moment(trust.at)}"
            yield "  ", printable(where), Style.PLAIN
        if trust.seen_at is not None:
            yield "  ", f"which is supposed: it was seen at {_moment(trust.seen_at)}", Style.PLAIN
        for words in trust.supposed.words() if trust.supposed is not None else ():
            yield "  what if ", printable(words), Style.PLAIN


def _why_not_judged(trust: TrustReport) -> str:
    return "" if trust.hostname else trust.checks[0].detail


def _more(count: int) -> str:
    return f" · {count} more reason{'' if count == 1 else 's'}" if count else ""


def _reasons(observation: Observation) -> Iterator[Line]:
    trust = observation.trust
    if trust is None or not trust.findings:
        return
    known = (*observation.judged[: DEFAULTS.judged], *(step.certificate for step in trust.path))
    labels = {certificate.sha256: certificate.label for certificate in known}
    yield "Findings", "", Style.TITLE
    for finding in trust.findings:
        yield from _reason(finding, labels.get(finding.certificate or ""))


def _reason(finding: Finding, whose: str | None) -> Iterator[Line]:
    indent = "    " if finding.cause else "  "
    title = f"{finding.code}: {finding.title}" + (f" ({whose})" if whose and whose not in finding.title else "")
    yield f"{indent}{MARKS[finding.severity]} ", printable(title), _STYLES[finding.severity]
    yield f"{indent}  ", printable(f"{finding.detail} {finding.reference}".strip()), Style.PLAIN
    if finding.fix:
        yield f"{indent}  Fix: ", printable(finding.fix), Style.PLAIN


def _revocation(observation: Observation) -> Iterator[Line]:
    """What was said of revocation: by staples, and by whoever was asked."""
    trust = observation.trust
    if trust is None or not trust.revocation:
        return
    labels = {step.certificate.sha256: step.certificate.label for step in trust.path}
    yield "Revocation", "", Style.TITLE
    for answer in trust.revocation:
        mark = _STANDINGS[answer.status]
        whom = f", {answer.url}" if answer.url else ""
        said = f"{answer.status}: {labels.get(answer.certificate, answer.certificate)} ({answer.source}{whom})"
        yield f"  {MARKS[mark]} ", printable(said), _STYLES[mark]
        dates = (("as of", answer.this_update), ("until", answer.next_update), ("revoked", answer.revoked_at))
        facts = [f"{word} {_moment(when)}" for word, when in dates if when]
        facts += [f"reason {answer.reason}"] if answer.reason else []
        facts += [f"signed by {answer.responder}"] if answer.responder else []
        facts += [f"with delta list {answer.delta_url}"] if answer.delta_url else []
        if facts:
            yield "    ", printable(", ".join(facts)), Style.PLAIN
        if answer.problem:
            yield "    ", printable(answer.problem), Style.PLAIN


def _chain(observation: Observation) -> Iterator[Line]:
    trust, sent = observation.trust, observation.judged
    if (not sent and trust is None) or (observation.contents and not (trust and trust.path)):
        return
    how = "in the file" if observation.contents else "sent"
    yield f"Certificates, {len(sent):,} {how}{_as_supposed(trust)}", "", Style.TITLE
    if trust is None:
        for index, certificate in enumerate(sent):
            yield "  ", f"{_called(certificate)}  sent #{index}", Style.PLAIN
        return
    yield from _path(trust, how)
    yield from _other_paths(trust)
    if observation.contents:
        return
    in_path = {step.sent for path in (trust.path, *(path.steps for path in trust.paths)) for step in path}
    for index, certificate in enumerate(sent):
        if index not in in_path:
            yield "  · ", f"{_called(certificate)}  sent #{index}, not part of the path", Style.PLAIN


def _as_supposed(trust: TrustReport | None) -> str:
    return ", as supposed" if trust is not None and trust.supposed is not None else ""


def _path(trust: TrustReport, how: str) -> Iterator[Line]:
    depth = 0
    if trust.missing is not None:
        yield "  ✗ ", f"missing: {_one_blank(_name(trust.missing))}  not {how}, not in the store", Style.BAD
        depth = 1
    for offset, step in enumerate(reversed(trust.path)):
        mark = _worst(trust, step.certificate)
        if step.sent is None:
            where = f"fetched from {step.fetched_from}" if step.fetched_from else f"from the store{which(trust, step)}"
            where = printable(where)
        elif trust.supposed is not None and step.sent >= trust.supposed.first_added:
            where = "supposed to be sent"
        else:
            where = f"{how} #{step.sent}" + (", out of order" if step.sent in trust.out_of_order else "")
        lead = "  " + "  " * min(depth + offset, 10) + f"{MARKS[mark]} "
        yield lead, f"{_called(step.certificate)}  {where}", _STYLES[mark]


def _other_paths(trust: TrustReport) -> Iterator[Line]:
    """The paths that are not in use, a line each."""
    for place, path in enumerate(trust.paths[1:], start=2):
        names = " < ".join(printable(step.certificate.label) for step in path.steps)
        yield f"  Path {place} of {len(trust.paths)}: ", f"{names} ({printable(path.reason)})", Style.PLAIN


def _worst(trust: TrustReport, certificate: Certificate) -> Severity | None:
    return worst(finding.severity for finding in trust.findings if finding.certificate == certificate.sha256)


def _leaf(observation: Observation) -> Iterator[Line]:
    if not observation.certificates or observation.contents:
        return
    leaf = observation.trust.path[0].certificate if observation.trust and observation.trust.path else None
    leaf = leaf or observation.certificates[0]
    at = observation.trust.at if observation.trust else observation.started
    yield "Certificate of the server", "", Style.TITLE
    yield from _certificate(leaf, at)


def _certificate(leaf: Certificate, at: datetime) -> Iterator[Line]:
    """What a certificate says, in short."""
    yield fact("Subject", _name(leaf.subject))
    yield fact("Issuer", _name(leaf.issuer))
    yield fact("Serial", leaf.serial_hex)
    yield fact("Valid", f"{_moment(leaf.not_before)} to {_moment(leaf.not_after)}")
    life = lifetime(leaf, at)
    if life is not None:
        full = life.bar(_BAR)
        yield f"  {'':{COLUMN}}{'█' * full}{'░' * (_BAR - full)} ", printable(life.summary), Style.PLAIN
    yield fact("Names", _names(leaf))
    yield fact("Public key", _key(leaf.public_key))
    yield fact("Signature", leaf.signature_algorithm.name)
    yield fact("SHA-256", leaf.sha256)
    yield fact("SHA-1", leaf.sha1)
    yield fact("Pin", f"sha256//{leaf.spki_sha256}" if leaf.spki_sha256 else "")
    for problem in leaf.problems:
        yield fact("Problem", problem.text)


def _contents(observation: Observation) -> Iterator[Line]:
    """Everything that a file holds: a line each, then what the first ones say."""
    contents = observation.contents
    if contents is None:
        return
    yield f"Contents, {len(contents.items):,} item{'' if len(contents.items) == 1 else 's'}", "", Style.TITLE
    certificates = iter(observation.certificates)
    shown: list[tuple[str, Certificate | Document]] = []
    for number, found in enumerate(contents.items[:_ITEMS_LISTED], start=1):
        read = next(certificates) if found.kind is Kind.CERTIFICATE else document(found)
        if read is not None:
            shown.append((f"{number}. {found.kind.label}", read))
        what = read.label if read else f"{found.name} - never shown"
        called = f", called '{found.name}'" if read and found.name else ""
        place = f"  {found.place}" if found.place else ""
        line = _one_blank(printable(f"{found.kind.label}: {what}{called}", limit=VALUE_LIMIT))
        yield f"  {number}. ", f"{line}{printable(place)}", Style.PLAIN
    left_out = len(contents.items) - _ITEMS_LISTED
    if left_out > 0:
        yield "  ", f"… and {left_out:,} more", Style.PLAIN
    for note in contents.notes:
        yield "  ! ", printable(note, limit=VALUE_LIMIT), Style.DOUBTFUL
    at = observation.trust.at if observation.trust else observation.started
    yield from _opened(shown, at)


def _opened(shown: Sequence[tuple[str, Certificate | Document]], at: datetime) -> Iterator[Line]:
    """What the first ones say."""
    for heading, read in shown[:_ITEMS_OPENED]:
        yield "", "", Style.PLAIN
        yield heading, "", Style.TITLE
        yield from _certificate(read, at) if isinstance(read, Certificate) else _document(read)
    if len(shown) > _ITEMS_OPENED:
        yield "", "", Style.PLAIN
        yield "", f"What the items after these {_ITEMS_OPENED} say is left out.", Style.PLAIN


def _document(read: Document) -> Iterator[Line]:
    """What is no certificate, field by field."""
    for field in read.fields:
        if not field.problems or field.id != "problems":
            yield fact(field.label, field.summary or ", ".join(field.lines))
        if field.id.startswith(("extensions", "response", "revoked")):
            for child in field.children[:_FIELDS_SHOWN]:
                yield fact("", f"{child.label}: {child.summary or ', '.join(child.lines)}")
            if len(field.children) > _FIELDS_SHOWN:
                yield fact("", f"… those after these {_FIELDS_SHOWN} are left out")
    for problem in read.problems:
        yield fact("Problem", problem.text)


def _called(certificate: Certificate) -> str:
    return _one_blank(printable(certificate.label))


def _one_blank(shown: str) -> str:
    """The same without two blanks in a row, which only we put between what something is called and where it is from."""
    return shown.replace("  ", r" \x20")


def _name(name: Name) -> str:
    return printable(name.rfc4514 or "(empty name)", limit=VALUE_LIMIT)


def _names(leaf: Certificate) -> str:
    shown = ", ".join(both_forms(name.value) if name.kind == "DNS" else str(name) for name in leaf.san[:_NAMES_SHOWN])
    left_out = len(leaf.san) - _NAMES_SHOWN
    return f"{shown} and {left_out} more" if left_out > 0 else shown


def _key(key: PublicKey) -> str:
    size = key.curve or (f"{key.bits} bits" if key.bits else "")
    return f"{key.algorithm} {size}".strip()


def _connection(observation: Observation) -> Iterator[Line]:
    handshake = observation.handshake
    times = _times(observation.timings)
    if (handshake is None and not times) or observation.contents:
        return
    yield "Connection", "", Style.TITLE
    if handshake is not None:
        yield fact("Protocol", handshake.version)
        yield fact("Cipher suite", handshake.cipher_suite)
        yield fact("Group", handshake.group or "")
        yield fact("Signed with", handshake.signature_algorithm or "")
        yield fact("ALPN", handshake.alpn or "")
        yield fact("SNI", handshake.server_name or "")
        if handshake.client_certificate_requested:
            yield fact("Client", "the server asked for a client certificate")
    if times:
        yield f"  {'Times':{COLUMN}}", times, Style.PLAIN


def _times(timings: Timings) -> str:
    steps = (
        ("resolve", timings.resolve),
        ("connect", timings.connect),
        ("TLS", timings.handshake),
        ("first byte", timings.first_byte),
        ("total", timings.total),
    )
    words = [f"{name} {seconds * _KILO:.0f} ms" for name, seconds in steps if seconds is not None]
    return ", ".join(word.replace(" ", NO_BREAK) for word in words)


def _answer(observation: Observation, said: bytes) -> Iterator[Line]:
    response = observation.response
    head = response.head if response else observation.head
    if head is None and response is None and not observation.received:
        return
    size = response.size if response else observation.received
    ending = f", ended by {response.ended_by}" if response else ""
    cut = ", incomplete" if response is None or response.truncated else ""
    yield f"Response, {size:,} bytes{ending}{cut}", "", Style.TITLE
    if response is not None and response.problem:
        yield "  ! ", printable(response.problem), Style.DOUBTFUL
    if head is None:
        words = ["no HTTP"] if response is not None and not response.problem else []
        words += ["begins with"] if size > len(said) > 0 else []
        if said:
            yield "  ", f"{', '.join(words) or 'it says'}: {printable(said, limit=VALUE_LIMIT)}", Style.PLAIN
        elif words:
            yield "  ", words[0], Style.PLAIN
        return
    yield "  ", printable(f"HTTP/{head.version} {head.status} {head.reason}".rstrip()), Style.PLAIN
    for name, value in head.headers[:_HEADERS_SHOWN]:
        yield "  ", printable(f"{name}: {value}", limit=VALUE_LIMIT), Style.PLAIN
    left_out = len(head.headers) - _HEADERS_SHOWN
    if left_out > 0:
        yield "  ", f"… and {left_out} more headers", Style.PLAIN


def _moment(moment: datetime | None) -> str:
    return times.plain(moment) if moment else "(unreadable)"
