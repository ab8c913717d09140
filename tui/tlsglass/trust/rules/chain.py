"""Where the path ends, whether each signature of it holds, and what else was sent. RFC 5280 §6.1, RFC 8446 §4.4.2.

TLS 1.2 binds servers to the order of the list (RFC 5246 §7.4.2), TLS 1.3 advises it.
"""

from collections.abc import Iterator

from tlsglass.text import beginning
from tlsglass.trust.case import Case, finding, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.signatures.certificates import is_self_signed
from tlsglass.trust.wording import listed, named, shortened
from tlsglass.x509.model import Certificate, Name

_PATH = "RFC 5280 §6.1"
_ORDER = "RFC 8446 §4.4.2, RFC 5246 §7.4.2"
_CROSS = "RFC 4158 §1.5.3"
_LONGEST_URL = 200
_SIGNATURE = "RFC 5280 §6.1.3 (a)(1)"


def examine_end(case: Case) -> Iterator[Finding | Check]:
    """Judge where the path ends: in an anchor, in itself, or nowhere."""
    top = case.path.steps[-1].certificate
    yield from _not_sent(case)
    if case.path.anchored:
        names = " < ".join(named(step.certificate) for step in case.path.steps)
        stands_in = " It stands in for a root of a public list here." if case.store.origin(top) == "stand-in" else ""
        yield passed("path", f"The store {case.store.label} has the end of the path: {names}.{stands_in}", _PATH)
    elif not case.store.size:
        yield not_checked(
            "path",
            f"No store was chosen that has certificates ({case.store.label}), so no issuer can be known. The path ends "
            f"at {named(top)}{', which is self-signed' if case.path.self_signed else ''}.",
            _PATH,
        )
    elif case.path.self_signed and top is case.leaf:
        yield finding(
            FindingCode.SELF_SIGNED,
            Severity.ERROR,
            top,
            field="issuer",
            title="self-signed",
            detail=f"{named(top)} vouches for itself, and the store {case.store.label} does not have it.",
            reference=_PATH,
            fix="Have a certificate issued by a CA that clients know, or give this one to the clients to trust.",
        )
    elif _has_gap(case):
        yield _missing_intermediate(case, top)
    else:
        yield _unknown_issuer(case, top)


def examine_signatures(case: Case) -> Iterator[Finding | Check]:
    """Judge the signature between each two steps of the path."""
    steps = case.path.steps
    for step, issuer, link in zip(steps, case.issuers, case.path.links, strict=False):
        who = f"{named(step.certificate)} by {named(issuer.certificate)}"
        if link.valid:
            yield passed("signature", f"The signature of {who} is good.", _SIGNATURE)
        elif link.valid is None:
            yield not_checked("signature", f"The signature of {who} was not checked: {link.reason}.", _SIGNATURE)
        else:
            yield finding(
                FindingCode.BAD_SIGNATURE,
                Severity.ERROR,
                step.certificate,
                field="signature",
                title=f"the signature of {named(step.certificate)} is wrong",
                detail=f"It names {named(issuer.certificate)} as its issuer, but that key did not sign it: it was "
                "altered, or signed by another key of that name.",
                reference=_SIGNATURE,
                fix="Install the certificate as it was issued, with the issuer's certificate that belongs to it.",
            )


def examine_sent(case: Case) -> Iterator[Finding | Check]:
    """Judge the list that was sent: its order, and what need not be in it."""
    path, sent = case.path, case.certificates
    if path.out_of_order:
        places = listed(f"#{index}" for index in sorted(path.out_of_order))
        order = listed((f"#{step.sent}" for step in path.steps if step.sent is not None), count=32)
        yield finding(
            FindingCode.WRONG_ORDER,
            Severity.WARNING,
            sent[min(path.out_of_order)],
            title="sent in the wrong order",
            detail=f"Each certificate should certify the one before it; {places} stand elsewhere. The path takes them "
            f"as {order}. Many clients sort them, some refuse.",
            reference=_ORDER,
            fix="Put the server's certificate first in the chain file, then its issuer, then the issuer's issuer."
            + _repaired(case),
        )
    else:
        in_path = sum(step.sent is not None for step in path.steps)
        yield passed("order", f"{_counted(in_path)} sent in the order of the path.", _ORDER)
    for index in sorted(path.unrelated):
        yield from _beside(case, index)
    for index, certificate in enumerate(sent[1:], start=1):
        if certificate.is_ca and index not in path.duplicates and is_self_signed(certificate):
            yield finding(
                FindingCode.ROOT_SENT,
                Severity.NOTICE,
                certificate,
                title=f"sends the root {named(certificate)} too",
                detail="Clients have the root in their store or don't trust it; sending it only costs bytes.",
                reference=_ORDER,
                fix=f"Leave it out of the chain file.{_repaired(case)}",
            )


def _beside(case: Case, index: int) -> Iterator[Finding | Check]:
    """What to say of one certificate that is not in the path."""
    certificate = case.certificates[index]
    if index in case.path.duplicates:
        yield finding(
            FindingCode.DUPLICATE_CERTIFICATE,
            Severity.WARNING,
            certificate,
            title=f"{named(certificate)} is sent more than once",
            detail=f"#{index} is the same certificate as an earlier one.",
            reference=_ORDER,
            fix=f"Leave it out of the chain file.{_repaired(case)}",
        )
    elif index in case.path.alternative:
        detail = (
            f"#{index} {named(certificate)} is not needed here, but leads to {_called(certificate.issuer)} for clients "
            "with another store."
        )
        yield passed("alternative path", detail, _CROSS)
    elif case.path.bound:
        detail = f"Whether #{index} {named(certificate)} leads anywhere was not found out: {case.path.bound}."
        yield not_checked("alternative path", detail, _CROSS)
    else:
        yield finding(
            FindingCode.UNRELATED_CERTIFICATE,
            Severity.WARNING,
            certificate,
            title=f"{named(certificate)} has nothing to do with the path",
            detail=f"#{index} issued none of the others. It costs bytes, and some clients refuse such a list.",
            reference=_ORDER,
            fix=f"Leave it out of the chain file.{_repaired(case)}",
        )


def _repaired(case: Case) -> str:
    """Where what the server should send stands ready, which it does where all of it is at hand."""
    said = " What it should send stands ready: f shows it in the app, show --pem repaired writes it."
    return "" if case.path.missing else said


def _not_sent(case: Case) -> Iterator[Finding]:
    """What of the path had to be fetched. Clients that fetch go on; the others see a gap."""
    for step, issuer in zip(case.path.steps, case.issuers, strict=False):
        if issuer.fetched_from is None or is_self_signed(issuer.certificate):
            continue
        what, whose = named(issuer.certificate), named(step.certificate)
        where = beginning(issuer.fetched_from, _LONGEST_URL)
        yield finding(
            FindingCode.MISSING_INTERMEDIATE,
            Severity.ERROR,
            step.certificate,
            field="issuer",
            title=f"does not send {what}",
            detail=f"The server sent no certificate for the issuer {what} of {whose}. It was fetched from "
            f"{where}, the address in {whose}, and belongs there. Browsers that fetch what is missing may "
            "trust the site; OpenSSL, curl and Go don't fetch, and refuse it.",
            reference=_ORDER,
            fix=f"Add the certificate of {what} to the server's chain file.{_repaired(case)}",
        )


def _has_gap(case: Case) -> bool:
    """Whether a certificate between the path's end and a root seems to be left out."""
    if case.path.missing is None:
        return False
    if len(case.path.steps) == 1:
        return True
    beside = case.path.unrelated - case.path.alternative - case.path.duplicates
    return any(case.certificates[i].is_ca and is_self_signed(case.certificates[i]) for i in beside)


def _missing_intermediate(case: Case, top: Certificate) -> Finding:
    what = f"The server sent no certificate for the issuer {_called(top.issuer)} of {named(top)}, and the store "
    what += f"{case.store.label} has none. {_namesakes(case)}"
    return finding(
        FindingCode.MISSING_INTERMEDIATE,
        Severity.ERROR,
        top,
        field="issuer",
        title=f"does not send {_called(top.issuer)}",
        detail=f"{what}Usually that is an intermediate certificate that was left out of the server's chain file; "
        "if it is a root, then one that the store does not know.",
        reference=_ORDER,
        fix=f"Add the certificate of {_called(top.issuer)} to the server's chain file{_found_at(top)}.",
    )


def _unknown_issuer(case: Case, top: Certificate) -> Finding:
    if case.path.endless:
        title = f"no root above {named(top)}"
        why = f"The issuer of {named(top)} leads back into the path or further than it may be long, never to a root."
    elif case.path.self_signed:
        title = f"the root {named(top)} is not known"
        why = f"The path ends in the root {named(top)}, which the store {case.store.label} does not have."
    else:
        title = f"the issuer {_called(top.issuer)} is not known"
        why = f"{named(top)} was issued by {_called(top.issuer)}, which was not sent and which the store "
        why += f"{case.store.label} does not have. {_namesakes(case)}"
    return finding(
        FindingCode.UNKNOWN_ISSUER,
        Severity.ERROR,
        top,
        field="issuer",
        title=title,
        detail=why.strip(),
        reference=_PATH,
        fix="Have a certificate issued by a CA that clients know, or add its root to the store (--ca-file).",
    )


def _namesakes(case: Case) -> str:
    if not case.path.namesakes:
        return ""
    return f"There is a certificate of that name, but with another key: {named(case.path.namesakes[0])}. "


def _found_at(certificate: Certificate) -> str:
    """Where the issuer's certificate can be had, by the certificate's own word. RFC 5280 §4.2.2.1."""
    return f" (it can be had at {beginning(certificate.ca_issuers[0], _LONGEST_URL)})" if certificate.ca_issuers else ""


def _called(name: Name) -> str:
    return f"'{shortened(name.label)}'"


def _counted(count: int) -> str:
    return "1 certificate was" if count == 1 else f"{count} certificates were"
