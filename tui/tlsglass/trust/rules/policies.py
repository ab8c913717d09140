"""Whether the path has a certificate policy where its CAs ask for one. RFC 5280 §6.1, RFC 9618.

Any policy is good to us (the user-initial-policy-set is any-policy), so a path fails only where one of its CAs requires
that there be a valid policy and there is none. For this the levels of the policy graph of RFC 9618 are enough, each a
set of policies: what grows exponentially in the tree of RFC 5280 grows with the certificates' size here.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from tlsglass.frozen import dataclass
from tlsglass.trust.case import Case, finding, is_self_issued, not_checked, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.wording import listed, named
from tlsglass.x509.elements import DecodeError, Element
from tlsglass.x509.extension_values import extension_value
from tlsglass.x509.extensions.constraints import (
    PolicyConstraints,
    read_inhibit_any_policy,
    read_policy_constraints,
)
from tlsglass.x509.extensions.policies import read_policies, read_policy_mappings
from tlsglass.x509.model import Certificate

_REFERENCE = "RFC 5280 §6.1.3 (f), §6.1.5 (g), RFC 9618 §5"
_POLICIES, _MAPPINGS, _CONSTRAINTS, _INHIBIT_ANY = "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"
_ANY = "2.5.29.32.0"
_NO_CONSTRAINTS = PolicyConstraints(require_explicit=None, inhibit_mapping=None)

_Said = TypeVar("_Said")


class _UnreadableError(Exception):
    """An extension that policies depend on can't be read."""

    def __init__(self, oid: str, text: str) -> None:
        super().__init__(text)
        self.oid = oid


@dataclass(frozen=True, slots=True, kw_only=True)
class _Policies:
    """What one certificate says of policies."""

    policies: frozenset[str]
    mappings: tuple[tuple[str, str], ...]
    constraints: PolicyConstraints
    inhibit_any: int | None


class _State:
    """The state variables of RFC 5280 §6.1.2."""

    def __init__(self, length: int) -> None:
        self.expected = frozenset({_ANY})
        """All policies that the last level of the graph expects of the next certificate; empty when it is NULL."""

        self.explicit_policy = self.policy_mapping = self.inhibit_any = length + 1


def examine(case: Case) -> Iterator[Finding | Check]:
    """Go down the path from the anchor, as RFC 5280 §6.1 does."""
    if not case.path.anchored:
        yield not_checked("policies", "The path has no anchor from which policies could be followed.", _REFERENCE)
        return
    certificates = [step.certificate for step in reversed(case.certified_steps)]
    state = _State(len(certificates))
    for left, certificate in zip(range(len(certificates) - 1, -1, -1), certificates, strict=True):
        try:
            said = _said(certificate)
        except _UnreadableError as error:
            yield _unreadable(certificate, error)
            return
        valid = _valid(certificate, said, state, is_last=not left)
        if not left:
            _finish(said, state)
        if not valid and not state.explicit_policy:
            yield _not_met(case, certificate)
            return
        if left and any(_ANY in mapping for mapping in said.mappings):
            yield _maps_any(certificate)
            return
        if left:
            _prepare(certificate, said, state, valid)
    if state.explicit_policy:
        yield passed("policies", "No issuer of the path asks for a certificate policy.", _REFERENCE)
    else:
        yield passed("policies", "The path has a valid certificate policy, as an issuer asks for.", _REFERENCE)


def _said(certificate: Certificate) -> _Policies:
    return _Policies(
        policies=frozenset(_read(certificate, _POLICIES, read_policies) or ()),
        mappings=_read(certificate, _MAPPINGS, read_policy_mappings) or (),
        constraints=_read(certificate, _CONSTRAINTS, read_policy_constraints) or _NO_CONSTRAINTS,
        inhibit_any=_read(certificate, _INHIBIT_ANY, read_inhibit_any_policy),
    )


def _read(certificate: Certificate, oid: str, reader: Callable[[Element], _Said]) -> _Said | None:
    try:
        element = extension_value(certificate, oid)
        return reader(element) if element else None
    except DecodeError as error:
        raise _UnreadableError(oid, error.problem.text) from None


def _valid(certificate: Certificate, said: _Policies, state: _State, *, is_last: bool) -> frozenset[str]:
    """The policies of this level of the graph. RFC 5280 §6.1.3 (d) and (e)."""
    valid = said.policies - {_ANY} if _ANY in state.expected else said.policies & state.expected - {_ANY}
    if _ANY in said.policies and (state.inhibit_any > 0 or (not is_last and is_self_issued(certificate))):
        valid |= state.expected
    return valid


def _prepare(certificate: Certificate, said: _Policies, state: _State, valid: frozenset[str]) -> None:
    """Get ready for the next certificate. RFC 5280 §6.1.4 (b), (h), (i) and (j)."""
    mapped = {issuer for issuer, _ in said.mappings}
    expected = valid - mapped
    if state.policy_mapping:
        expected |= {subject for issuer, subject in said.mappings if issuer in valid or _ANY in valid}
    state.expected = expected
    if not is_self_issued(certificate):
        state.explicit_policy = max(0, state.explicit_policy - 1)
        state.policy_mapping = max(0, state.policy_mapping - 1)
        state.inhibit_any = max(0, state.inhibit_any - 1)
    state.explicit_policy = _lower(state.explicit_policy, said.constraints.require_explicit)
    state.policy_mapping = _lower(state.policy_mapping, said.constraints.inhibit_mapping)
    state.inhibit_any = _lower(state.inhibit_any, said.inhibit_any)


def _finish(said: _Policies, state: _State) -> None:
    """What the last certificate still changes. RFC 5280 §6.1.5 (a) and (b)."""
    state.explicit_policy = max(0, state.explicit_policy - 1)
    if said.constraints.require_explicit == 0:
        state.explicit_policy = 0


def _lower(current: int, limit: int | None) -> int:
    return current if limit is None else max(0, min(current, limit))


def _not_met(case: Case, certificate: Certificate) -> Finding:
    asking = [
        named(step.certificate)
        for step in case.certified_steps
        if any(extension.oid == _CONSTRAINTS for extension in step.certificate.extensions)
    ]
    return finding(
        FindingCode.POLICY_NOT_MET,
        Severity.ERROR,
        certificate,
        field=f"extensions.{_POLICIES}",
        title=f"{named(certificate)} has no policy that its issuers accept",
        detail=f"{listed(asking)} requires a certificate policy which all certificates of the path share, and at "
        f"{named(certificate)} none is left. Chrome and Go refuse this; Firefox does not look at it, and OpenSSL "
        "only when asked.",
        reference=_REFERENCE,
        fix="Have a certificate issued under a policy that the issuer's own certificate has.",
    )


def _maps_any(certificate: Certificate) -> Finding:
    return finding(
        FindingCode.POLICY_NOT_MET,
        Severity.ERROR,
        certificate,
        field=f"extensions.{_MAPPINGS}",
        title=f"{named(certificate)} maps any policy",
        detail=f"The policy mappings of {named(certificate)} contain anyPolicy, which can't be mapped.",
        reference="RFC 5280 §6.1.4 (a)",
        fix="Use an issuer whose policy mappings don't contain anyPolicy.",
    )


def _unreadable(certificate: Certificate, error: _UnreadableError) -> Finding:
    return finding(
        FindingCode.UNREADABLE,
        Severity.ERROR,
        certificate,
        field=f"extensions.{error.oid}",
        title=f"the policies of {named(certificate)} can't be read",
        detail=f"What {named(certificate)} says of certificate policies is not well-formed. {error}",
        reference="RFC 5280 §6.1.3 (d)",
        fix="Have a certificate issued whose encoding is as RFC 5280 has it.",
    )
