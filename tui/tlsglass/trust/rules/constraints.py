"""Whether all names of the path lie where its CAs may issue. RFC 5280 §4.2.1.10, §6.1.3 (b) and (c), §6.1.4 (g)."""

from collections.abc import Iterator, Sequence

from tlsglass.frozen import dataclass
from tlsglass.limits import MOST_COMPARISONS
from tlsglass.trust.case import Case, finding, is_self_issued, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.names.forms import Comparable, base_of, is_within, names_of
from tlsglass.trust.wording import listed, named
from tlsglass.turns import give_way
from tlsglass.x509.elements import DecodeError
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.extensions.constraints import NameSubtree, read_name_constraints
from tlsglass.x509.model import Certificate

_REFERENCE = "RFC 5280 §4.2.1.10"
_ANCHOR_REFERENCE = "RFC 5280 §4.2.1.10, RFC 5937 §3.2"
_OID = "2.5.29.30"
_FIELD = f"extensions.{_OID}"


class _Held:
    """The names of one certificate, held against the constraints of one CA above it."""

    def __init__(self) -> None:
        self.outside: list[Comparable] = []
        self.excluded: list[Comparable] = []
        self.unclear: list[Comparable] = []

    @property
    def refused(self) -> list[Comparable]:
        return [*self.outside, *self.excluded, *self.unclear]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """The subtrees of one CA for one form of name."""

    permitted: tuple[Comparable, ...]
    excluded: tuple[Comparable, ...]
    limited: bool


def examine(case: Case) -> Iterator[Finding | Check]:
    """Hold the names of every certificate against the name constraints of every CA above it, the anchor's too."""
    findings: list[Finding] = []
    constraining = _constraining(case, findings)
    _hold_all(case, constraining, findings)
    yield from findings
    if findings:
        return
    if constraining:
        limiting = listed(named(case.path.steps[place].certificate) for place, _ in constraining)
        yield passed("name constraints", f"All names of the path are such as {limiting} may issue for.", _REFERENCE)
    else:
        yield passed("name constraints", "No issuer of the path is limited to certain names.", _REFERENCE)


def _constraining(case: Case, findings: list[Finding]) -> list[tuple[int, dict[str, _Form]]]:
    """The places of the path that constrain those below them, from the top, and how."""
    found = []
    for place in range(len(case.path.steps) - 1, 0, -1):
        issuer = case.path.steps[place].certificate
        try:
            forms = _forms(issuer)
        except DecodeError as error:
            findings.append(_unreadable(issuer, f"The name constraints of {named(issuer)}", error, field=_FIELD))
            continue
        if forms:
            found.append((place, forms))
    return found


def _hold_all(case: Case, constraining: Sequence[tuple[int, dict[str, _Form]]], findings: list[Finding]) -> None:
    """Every certificate below a constraining one, but those that are self-issued and not the last."""
    steps = case.path.steps
    left = MOST_COMPARISONS
    for below in range(constraining[0][0] if constraining else 0):
        certificate = steps[below].certificate
        if below and is_self_issued(certificate):
            continue
        try:
            names = names_of(certificate)
        except DecodeError as error:
            findings.append(_unreadable(certificate, f"The names of {named(certificate)}", error, field="names"))
            continue
        for place, forms in constraining:
            if place <= below:
                break
            issuer = steps[place].certificate
            is_anchor = case.path.anchored and place == len(steps) - 1
            reference = _ANCHOR_REFERENCE if is_anchor else _REFERENCE
            left -= _work(names, forms)
            if left < 0:
                findings.append(_too_complex(certificate, issuer, reference))
                return
            held = _hold(names, forms)
            if held.refused:
                findings.append(_refused(certificate, issuer, held, reference))


def _forms(issuer: Certificate) -> dict[str, _Form]:
    """The subtrees of a CA by the form of name that they are about."""
    element = extension_value(issuer, _OID)
    subtrees: dict[str, list[tuple[NameSubtree, Comparable]]] = {}
    for subtree in read_name_constraints(element, []) if element else ():
        base = base_of(subtree.base)
        subtrees.setdefault(base.form, []).append((subtree, base))
    return {
        form: _Form(
            permitted=tuple(base for subtree, base in found if not subtree.excluded),
            excluded=tuple(base for subtree, base in found if subtree.excluded),
            limited=any(subtree.limited for subtree, _ in found),
        )
        for form, found in subtrees.items()
    }


def _work(names: Sequence[Comparable], forms: dict[str, _Form]) -> int:
    """How many comparisons it may take, at most."""
    sizes = {form: len(found.permitted) + len(found.excluded) for form, found in forms.items()}
    return sum(sizes.get(name.form, 0) for name in names)


def _hold(names: Sequence[Comparable], forms: dict[str, _Form]) -> _Held:
    held = _Held()
    for name in names:
        give_way()
        form = forms.get(name.form)
        if form is None:
            continue
        permitted = [is_within(name, base, excluding=False) for base in form.permitted]
        excluded = [is_within(name, base, excluding=True) for base in form.excluded]
        if form.limited or None in permitted or None in excluded:
            held.unclear.append(name)
        elif True in excluded:
            held.excluded.append(name)
        elif permitted and True not in permitted:
            held.outside.append(name)
    return held


def _refused(certificate: Certificate, issuer: Certificate, held: _Held, reference: str) -> Finding:
    sentences = []
    if held.outside:
        what = listed(name.text for name in held.outside)
        sentences.append(f"It may not issue for {what}, which lies outside of what it is limited to.")
    if held.excluded:
        what = listed(name.text for name in held.excluded)
        sentences.append(f"It is forbidden to issue for {what}.")
    if held.unclear:
        what = listed(name.text for name in held.unclear)
        sentences.append(
            f"Its constraints are about names such as {what}, but can't be compared with it, and a name that can't be "
            "compared has to be refused."
        )
    first = held.refused[0]
    return finding(
        FindingCode.NAME_NOT_PERMITTED,
        Severity.ERROR,
        certificate,
        field="subject" if first.in_subject else "names",
        title=f"{named(issuer)} may not issue for {listed([first.text])}",
        detail=f"The name constraints of {named(issuer)} don't allow all names of {named(certificate)}. "
        f"{' '.join(sentences)}",
        reference=reference,
        fix=f"Have {named(certificate)} issued without {listed(name.text for name in held.refused)}, or by a CA that "
        "is not limited in this way.",
    )


def _too_complex(certificate: Certificate, issuer: Certificate, reference: str) -> Finding:
    return finding(
        FindingCode.TOO_COMPLEX,
        Severity.ERROR,
        certificate,
        field="names",
        title=f"too many names for the constraints of {named(issuer)}",
        detail=f"To hold all names of the path against all name constraints would take more than {MOST_COMPARISONS:,} "
        f"comparisons; at {named(certificate)} below {named(issuer)} they were given up. Clients have such a limit too "
        "and refuse what goes beyond it.",
        reference=reference,
        fix="Have certificates issued with fewer names each, or by a CA with fewer name constraints.",
    )


def _unreadable(certificate: Certificate, what: str, error: DecodeError, *, field: str) -> Finding:
    return finding(
        FindingCode.UNREADABLE,
        Severity.ERROR,
        certificate,
        field=field,
        title=f"{what[0].lower()}{what[1:]} can't be read",
        detail=f"{what} are not well-formed, so that names can't be held against constraints. {error.problem.text}",
        reference=_REFERENCE,
        fix="Have a certificate issued whose encoding is as RFC 5280 has it.",
    )
