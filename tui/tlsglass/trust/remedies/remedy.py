"""What can be done about a finding, by whom, and with which words exactly.

A finding says what is wrong and in a sentence what mends it. Here that becomes what can be typed: the chain as it
should be sent, the line of the server's configuration, the request for another certificate. Where nobody at the server
can do anything, that is said.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from tlsglass.frozen import dataclass
from tlsglass.trust.model import Finding, FindingCode, Severity, TrustReport
from tlsglass.trust.remedies.certificate_requests import certbot_command, issuable, request_command, requested_names
from tlsglass.trust.remedies.repair import Repair, repair
from tlsglass.trust.revocation.model import Source
from tlsglass.trust.wording import listed, moment, named, span
from tlsglass.x509.model import Certificate

CHAIN = frozenset(
    {
        FindingCode.MISSING_INTERMEDIATE,
        FindingCode.WRONG_ORDER,
        FindingCode.UNRELATED_CERTIFICATE,
        FindingCode.DUPLICATE_CERTIFICATE,
        FindingCode.ROOT_SENT,
    }
)
"""What is wrong with the list that was sent, and is mended by sending another."""

_NAMES = frozenset({FindingCode.NAME_MISMATCH, FindingCode.NAME_ONLY_IN_CN})
_UNKNOWN = frozenset({FindingCode.SELF_SIGNED, FindingCode.UNKNOWN_ISSUER})
_VALIDITY = frozenset({FindingCode.EXPIRED, FindingCode.EXPIRES_SOON, FindingCode.LIFETIME_TOO_LONG})
_PROGRAMS = frozenset({FindingCode.ROOT_DISTRUSTED, FindingCode.ROOT_LIMITED, FindingCode.NOT_IN_ALL_PROGRAMS})
_NO_REQUEST = frozenset(
    {
        FindingCode.NAME_NOT_PERMITTED,
        FindingCode.WIDE_WILDCARD,
        FindingCode.FORBIDDEN_NAME,
        FindingCode.LOOK_ALIKE_NAME,
        FindingCode.TRANSPARENCY_NOT_MET,
        FindingCode.SCT_INVALID,
    }
)
"""What a certificate for the same names, or any request, would not mend."""

_OTHERS = frozenset({FindingCode.JUDGES_DIFFER, FindingCode.TOO_COMPLEX, FindingCode.REVOCATION_UNAVAILABLE})
"""What says something of those who judge or answer, and nothing that the server could mend."""

_LETS_ENCRYPT = "Let's Encrypt"
"""What that authority calls itself in its certificates."""

_APACHE = "Apache 2.4.8 or later, without SSLCertificateChainFile"
"""Since then the file may hold the intermediates. https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile
"""


class Actor(StrEnum):
    """Who can act."""

    OPERATOR = "the server's operator"
    ISSUER = "the certificate's issuer"
    READER = "you, on this machine"
    NOBODY = "nobody at the server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something to be typed or put into a file."""

    what: str
    """What it is for: 'nginx', 'Request for a certificate'."""

    text: str
    """As it is typed. Holds nothing of a stranger's but names of hosts that are letters, digits, dots and dashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What can be done about a finding."""

    actor: Actor
    steps: tuple[str, ...]
    """What to do, a sentence or two each. Not yet made printable."""

    facts: tuple[tuple[str, str], ...] = ()
    """What one needs to know for it, label and value. Not yet made printable."""

    commands: tuple[Command, ...] = ()
    repair: Repair | None = None
    """The chain as it should be sent, where that is what mends it and all of it is at hand."""

    fetch_from: str | None = None
    """Where the issuer that is missing can be had, by the word of the certificate. Not yet made printable."""


def remedy(finding: Finding, report: TrustReport, sent: Sequence[Certificate], *, file: str) -> Remedy:
    """What can be done about a finding.

    Args:
        finding: one of the report's.
        report: the judgement.
        sent: what was sent, or is supposed to have been; the judgement's indexes count in it.
        file: what a file with the repaired chain is or would be called, as it stands in a server's configuration.
    """
    case = _Case(finding, report, sent, file)
    return next(make for codes, make in _REMEDIES if not codes or finding.code in codes)(case)


class _Case:
    """A finding, with what of its surroundings matters."""

    def __init__(self, finding: Finding, report: TrustReport, sent: Sequence[Certificate], file: str) -> None:
        self.finding = finding
        self.report = report
        self.sent = sent
        self.file = file
        self.leaf = report.path[0].certificate if report.path else None
        steps = (step for step in report.path if step.certificate.sha256 == finding.certificate)
        self.step = next(steps, None)

    @property
    def concerns_leaf(self) -> bool:
        return self.leaf is not None and self.finding.certificate in {None, self.leaf.sha256}

    @property
    def fix(self) -> tuple[str, ...]:
        return (self.finding.fix,) if self.finding.fix else ()

    def request(self, names: Sequence[str]) -> tuple[Command, ...]:
        """What asks for a certificate with some names, by hand and by itself."""
        commands = []
        if by_hand := request_command(names):
            commands.append(Command(what="Request for a certificate, with a new key", text=by_hand))
        if issuable(names) and (by_itself := certbot_command(names)):
            commands.append(Command(what="Or from Let's Encrypt, by certbot", text=by_itself))
        return tuple(commands)

    def names(self, *more: str) -> tuple[str, ...]:
        return requested_names(self.leaf, *more) if self.leaf is not None else more


def _of_chain(case: _Case) -> Remedy:
    report = case.report
    mended = repair(report, case.sent)
    if mended is None:
        top = report.path[-1].certificate if report.path else None
        url = top.ca_issuers[0] if top is not None and report.missing is not None and top.ca_issuers else None
        return Remedy(
            actor=Actor.OPERATOR,
            steps=(*case.fix, *_how_to_get(report, url)),
            facts=(("Missing", report.missing.rfc4514),) if report.missing is not None else (),
            fetch_from=url,
        )
    count = len(mended.chain)
    these = "this one certificate" if count == 1 else f"these {count} certificates, in this order,"
    return Remedy(
        actor=Actor.OPERATOR,
        steps=(f"Put {these} into the server's certificate file, and have the server read it again.",),
        commands=(
            Command(what="nginx", text=f"ssl_certificate {case.file};"),
            Command(what=_APACHE, text=f"SSLCertificateFile {case.file}"),
        ),
        repair=mended,
    )


def _how_to_get(report: TrustReport, url: str | None) -> tuple[str, ...]:
    if report.missing is None:
        return ()
    if url is None:
        return ("No certificate names an address where the missing one can be had: its issuer publishes it.",)
    return ("The missing certificate is not at hand. Once it is fetched, what should be sent is shown here in whole.",)


def _of_validity(case: _Case) -> Remedy:
    step, report = case.step, case.report
    if step is None or step.certificate.not_after is None:
        return _other(case)
    certificate, ends = step.certificate, step.certificate.not_after
    left = ends - report.at
    is_past = ends < report.at
    facts = [
        (
            "Ended" if is_past else "Ends",
            f"{moment(ends)}, " + (f"{span(-left)} ago" if is_past else f"in {span(left)}"),
        ),
        ("Issued by", certificate.issuer.rfc4514),
    ]
    if certificate.not_before is not None:
        facts.append(("Lifetime", span(ends - certificate.not_before)))
    if not case.concerns_leaf:
        if step.sent is None:
            return Remedy(actor=Actor.ISSUER, steps=case.fix, facts=tuple(facts))
        url = certificate.ca_issuers[0] if certificate.ca_issuers else None
        facts += [("Published at", url)] if url else []
        return Remedy(actor=Actor.OPERATOR, steps=case.fix, facts=tuple(facts))
    names = case.names()
    facts.append(("Names", listed(names)))
    by_hand = request_command(names)
    commands = [Command(what="Request for a certificate, with a new key", text=by_hand)] if by_hand else []
    if any(each.value == _LETS_ENCRYPT for rdn in certificate.issuer.rdns for each in rdn):
        commands.insert(0, Command(what="If certbot keeps it", text="certbot renew"))
    return Remedy(actor=Actor.OPERATOR, steps=case.fix, facts=tuple(facts), commands=tuple(commands))


def _not_yet_valid(case: _Case) -> Remedy:
    steps = (*case.fix, "Nothing else mends it: a certificate is not valid before its first moment.")
    command = Command(what="What this machine takes for the time", text="date -u")
    return Remedy(actor=Actor.READER if not case.concerns_leaf else Actor.OPERATOR, steps=steps, commands=(command,))


def _of_names(case: _Case) -> Remedy:
    has = case.names()
    wanted = case.names(case.report.hostname)
    facts = [("Asked for", case.report.hostname), ("It has", listed(has, count=20) if has else "no name of a host")]
    return Remedy(actor=Actor.OPERATOR, steps=case.fix, facts=tuple(facts), commands=case.request(wanted))


def _of_issuer(case: _Case) -> Remedy:
    top = case.report.path[-1].certificate if case.report.path else None
    facts = (("Path ends at", f"{named(top)}, issued by {top.issuer.rfc4514}"),) if top is not None else ()
    commands = case.request(case.names(case.report.hostname))
    for_reader = "Where it is your own authority: whoever is to trust it needs its root, here by --ca-file."
    return Remedy(actor=Actor.OPERATOR, steps=(*case.fix, for_reader), facts=facts, commands=commands)


def _of_protocol(case: _Case) -> Remedy:
    commands = (
        Command(what="nginx", text="ssl_protocols TLSv1.2 TLSv1.3;"),
        Command(what="Apache", text="SSLProtocol -all +TLSv1.2 +TLSv1.3"),
    )
    return Remedy(actor=Actor.OPERATOR, steps=case.fix, commands=commands)


def _of_staple(case: _Case) -> Remedy:
    if any(answer.source is Source.STAPLE for answer in case.report.revocation):
        return Remedy(actor=Actor.OPERATOR, steps=case.fix)
    commands = (
        Command(what="nginx", text="ssl_stapling on;\nssl_stapling_verify on;"),
        Command(
            what="Apache (the second line stands outside of <VirtualHost>)",
            text="SSLUseStapling On\nSSLStaplingCache shmcb:ssl_stapling(32768)",
        ),
    )
    return Remedy(actor=Actor.OPERATOR, steps=case.fix, commands=commands)


def _of_programs(case: _Case) -> Remedy:
    standing = case.report.programs
    facts = (("The root is", standing.summary), ("Known from", str(standing.data))) if standing is not None else ()
    return Remedy(actor=Actor.OPERATOR, steps=case.fix, facts=facts)


def _of_others(case: _Case) -> Remedy:
    steps = case.fix or ("It tells of those who judge or answer. There is nothing in the server's files to be mended.",)
    return Remedy(actor=Actor.NOBODY if not case.finding.fix else Actor.OPERATOR, steps=steps)


def _other(case: _Case) -> Remedy:
    """What another certificate mends: the server's own is asked for anew, an issuer's is its issuer's to replace."""
    is_error = case.finding.severity is Severity.ERROR
    if not case.fix and not is_error:
        return Remedy(actor=Actor.NOBODY, steps=("It is said to be known. Nothing has to be mended for its sake.",))
    if case.concerns_leaf:
        steps = case.fix or ("Have another certificate issued.",)
        commands = () if case.finding.code in _NO_REQUEST else case.request(case.names())
        return Remedy(actor=Actor.OPERATOR, steps=steps, commands=commands)
    whose = named(case.step.certificate) if case.step is not None else "The certificate"
    others = (
        f"{whose} is not the server's own. Who issued it can replace it; the server's operator can have a certificate "
        "issued by another authority."
    )
    return Remedy(actor=Actor.ISSUER, steps=(*case.fix, others))


_REMEDIES: tuple[tuple[frozenset[FindingCode], Callable[[_Case], Remedy]], ...] = (
    (CHAIN, _of_chain),
    (_VALIDITY, _of_validity),
    (frozenset({FindingCode.NOT_YET_VALID}), _not_yet_valid),
    (_NAMES, _of_names),
    (_UNKNOWN, _of_issuer),
    (frozenset({FindingCode.OLD_PROTOCOL}), _of_protocol),
    (frozenset({FindingCode.STAPLE_UNUSABLE}), _of_staple),
    (_PROGRAMS, _of_programs),
    (_OTHERS, _of_others),
    (frozenset(), _other),
)
"""How each kind is mended; the last is for all that no other is for."""
