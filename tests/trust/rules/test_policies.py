"""Certificate policies, as RFC 5280 §6.1 and OpenSSL's check of policies have them."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import SERVER_AUTH, Authority, Issued, ec_key, key_usage
from tests.trust.cases import checks_of, codes, findings_of, only
from tests.trust.openssl_verdict import policies_refused
from tlsglass.trust.model import CheckStatus, FindingCode, Severity
from tlsglass.trust.rules import policies

ROOT = Authority.root()
CA = x509.BasicConstraints(ca=True, path_length=None)
ANY, ONE, TWO, THREE = "2.5.29.32.0", "1.2.3.1", "1.2.3.2", "1.2.3.3"


def oid(dotted: str) -> x509.ObjectIdentifier:
    """An OID."""
    return x509.ObjectIdentifier(dotted)


def with_policies(*dotted: str) -> x509.CertificatePolicies:
    """Policies without qualifiers."""
    return x509.CertificatePolicies([x509.PolicyInformation(oid(each), None) for each in dotted])


def encoded(dotted: str) -> bytes:
    """An OID of those above in DER."""
    return {
        ANY: bytes.fromhex("0604551d2000"),
        ONE: bytes.fromhex("06032a0301"),
        TWO: bytes.fromhex("06032a0302"),
        THREE: bytes.fromhex("06032a0303"),
    }[dotted]


def mapping(*pairs: tuple[str, str]) -> x509.UnrecognizedExtension:
    """Policy mappings. RFC 5280 §4.2.1.5."""
    each = b"".join(
        bytes([0x30, len(both)]) + both for both in (encoded(issuer) + encoded(subject) for issuer, subject in pairs)
    )
    return x509.UnrecognizedExtension(oid("2.5.29.33"), bytes([0x30, len(each)]) + each)


def chain(
    levels: Sequence[Sequence[x509.ExtensionType]], *, self_issued: Sequence[bool] = ()
) -> tuple[Issued, list[Authority]]:
    """A leaf with the last extensions, and intermediates with the others, from the top."""
    above, sent = ROOT, []
    for place, extensions in enumerate(levels[:-1]):
        same = place > 0 and place < len(self_issued) and self_issued[place]
        common_name = f"Level {place - 1 if same else place}"
        above = above.intermediate(
            common_name, key=ec_key(20 + place), extensions=[CA, key_usage("key_cert_sign"), *extensions]
        )
        sent.append(above)
    return above.issues("a.test", extensions=[SERVER_AUTH, *levels[-1]]), sent[::-1]


def required(skip: int = 0) -> x509.PolicyConstraints:
    """That there be a policy after so many certificates."""
    return x509.PolicyConstraints(skip, None)


CHAINS: dict[str, tuple[bool, list[list[x509.ExtensionType]]]] = {
    "nothing is asked for": (True, [[], []]),
    "asked for and there": (True, [[with_policies(ONE), required()], [with_policies(ONE)]]),
    "asked for and another": (False, [[with_policies(ONE), required()], [with_policies(TWO)]]),
    "asked for and none": (False, [[with_policies(ONE), required()], []]),
    "none above": (False, [[required()], [with_policies(ONE)]]),
    "any above": (True, [[with_policies(ANY), required()], [with_policies(TWO)]]),
    "any below": (True, [[with_policies(ONE), required()], [with_policies(ANY)]]),
    "any inhibited": (
        False,
        [[with_policies(ONE), required(), x509.InhibitAnyPolicy(0)], [with_policies(ANY)]],
    ),
    "asked for later than the path is long": (True, [[with_policies(ONE), required(5)], []]),
    "asked for after one more": (False, [[with_policies(ONE), required(1)], [with_policies(ONE)], []]),
    "asked for by the leaf itself": (False, [[], [required()]]),
    "asked for by the leaf itself, which has one": (True, [[with_policies(ONE)], [with_policies(ONE), required()]]),
    "mapped": (True, [[with_policies(ONE), mapping((ONE, TWO)), required()], [with_policies(TWO)]]),
    "mapped away": (False, [[with_policies(ONE), mapping((ONE, TWO)), required()], [with_policies(ONE)]]),
    "any mapped": (True, [[with_policies(ANY), mapping((ONE, TWO)), required()], [with_policies(TWO)]]),
    "mapping of another policy": (
        True,
        [[with_policies(ONE), mapping((TWO, THREE)), required()], [with_policies(ONE)]],
    ),
    "mapping inhibited": (
        False,
        [
            [with_policies(ONE), x509.PolicyConstraints(0, 0)],
            [with_policies(ONE), mapping((ONE, TWO))],
            [with_policies(TWO)],
        ],
    ),
}


@pytest.mark.parametrize("named", CHAINS)
def test_a_policy_that_is_asked_for_has_to_be_there(named: str, tmp_path: Path) -> None:
    """As OpenSSL says when it is asked to check policies."""
    good, levels = CHAINS[named]
    leaf, others = chain(levels)
    found = findings_of(policies.examine, [leaf, *others])
    assert codes(found) == ([] if good else [FindingCode.POLICY_NOT_MET])
    assert policies_refused(leaf, others, ROOT, tmp_path) is not good


def test_the_finding_says_who_asks() -> None:
    """And where no policy is left."""
    leaf, others = chain([[with_policies(ONE), required()], [with_policies(TWO)]])
    found = only(findings_of(policies.examine, [leaf, *others]))
    assert (found.severity, found.certificate) == (Severity.ERROR, leaf.parsed.sha256)
    assert found.field == "extensions.2.5.29.32"
    assert found.detail.startswith("'Level 0' requires a certificate policy")


def test_any_policy_cannot_be_mapped(tmp_path: Path) -> None:
    """RFC 5280 §6.1.4 (a)."""
    leaf, others = chain([[with_policies(ANY), mapping((ANY, ONE))], [with_policies(ONE)]])
    found = only(findings_of(policies.examine, [leaf, *others]))
    assert (found.code, found.field) == (FindingCode.POLICY_NOT_MET, "extensions.2.5.29.33")
    assert policies_refused(leaf, others, ROOT, tmp_path)


@pytest.mark.parametrize("number", ["2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"])
@pytest.mark.parametrize("value", [b"", b"\x04\x00", b"\x30\x02\x05\x00"])
def test_policies_that_cannot_be_read_are_an_error(number: str, value: bytes) -> None:
    """They might ask for something."""
    leaf, others = chain([[x509.UnrecognizedExtension(oid(number), value)], []])
    found = only(findings_of(policies.examine, [leaf, *others]))
    assert (found.code, found.field) == (FindingCode.UNREADABLE, f"extensions.{number}")


def test_what_was_checked_is_told() -> None:
    """With a policy asked for, without, and without an anchor."""
    details = []
    for named in ("asked for and there", "nothing is asked for"):
        leaf, others = chain(CHAINS[named][1])
        (check,) = checks_of(policies.examine, [leaf, *others])
        details.append(check.detail)
    assert details == [
        "The path has a valid certificate policy, as an issuer asks for.",
        "No issuer of the path asks for a certificate policy.",
    ]
    (check,) = checks_of(policies.examine, [Authority.root("Other", key=ec_key(3))])
    assert check.status is CheckStatus.NOT_CHECKED


SOME = st.lists(st.sampled_from([ANY, ONE, TWO, THREE]), max_size=3, unique=True)
SKIP = st.one_of(st.none(), st.integers(0, 2))
PAIRS = st.lists(st.tuples(st.sampled_from([ONE, TWO]), st.sampled_from([ONE, TWO, THREE])), max_size=2, unique=True)


@st.composite
def said(draw: st.DrawFn, *, is_leaf: bool) -> list[x509.ExtensionType]:
    """What one certificate says of policies."""
    found: list[x509.ExtensionType] = []
    if chosen := draw(SOME):
        found.append(with_policies(*chosen))
    explicit, mapped = draw(SKIP), draw(SKIP)
    if explicit is not None or mapped is not None:
        found.append(x509.PolicyConstraints(explicit, mapped))
    if (inhibit := draw(SKIP)) is not None:
        found.append(x509.InhibitAnyPolicy(inhibit))
    if not is_leaf and (pairs := draw(PAIRS)):
        found.append(mapping(*pairs))
    return found


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.data())
def test_any_policies_are_judged_as_openssl_judges_them(data: st.DataObject) -> None:
    """Paths of up to four certificates, some of them self-issued."""
    count = data.draw(st.integers(0, 3))
    levels = [data.draw(said(is_leaf=False)) for _ in range(count)]
    leaf, others = chain(
        [*levels, data.draw(said(is_leaf=True))], self_issued=[data.draw(st.booleans()) for _ in levels]
    )
    ours = bool(findings_of(policies.examine, [leaf, *others]))
    with TemporaryDirectory() as folder:
        assert ours == policies_refused(leaf, others, ROOT, Path(folder))
