"""Name constraints in all forms: held by OpenSSL's verdict where it has one."""

import ipaddress
from collections.abc import Sequence

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import SERVER_AUTH, Authority, Issued, ec_key, key_usage, name
from tests.trust.cases import case, checks_of, codes, findings_of, only, statuses
from tests.trust.openssl_verdict import refusal
from tlsglass.trust.model import CheckStatus, FindingCode
from tlsglass.trust.rules import constraints
from tlsglass.x509.certificate import parse_certificate

ROOT = Authority.root()
CA = x509.BasicConstraints(ca=True, path_length=None)
SIGN = key_usage("key_cert_sign")
NAME_CONSTRAINTS = x509.ObjectIdentifier("2.5.29.30")
SAN = x509.ObjectIdentifier("2.5.29.17")
SMTP_UTF8_MAILBOX = x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9")

PERMITTED_VIOLATION, EXCLUDED_VIOLATION, MINMAX, UNKNOWN_TYPE, UNKNOWN_NAME = 47, 48, 49, 51, 53

DNS, URI, MAIL = x509.DNSName, x509.UniformResourceIdentifier, x509.RFC822Name


def ip(text: str) -> x509.IPAddress:
    """An address, or a network."""
    return x509.IPAddress(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))


def directory(*values: str) -> x509.Name:
    """A name of organizations, the topmost first."""
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, value) for value in values])


def limited(limits: x509.ExtensionType, common_name: str = "Limited", *, by: Authority = ROOT) -> Authority:
    """An intermediate with name constraints."""
    return by.intermediate(common_name, key=ec_key(1), extensions=[CA, SIGN, limits])


def issue(by: Authority, *names: x509.GeneralName, subject: x509.Name | None = None) -> Issued:
    """A leaf with names, and without alternative names where there are none."""
    extensions: list[x509.ExtensionType] = [SERVER_AUTH]
    if names:
        extensions.append(x509.SubjectAlternativeName(names))
    return by.issues(subject=subject or x509.Name([]), extensions=extensions)


def tlv(tag: int, *contents: bytes) -> bytes:
    """An element of less than 128 octets."""
    content = b"".join(contents)
    assert len(content) < 128
    return bytes([tag, len(content)]) + content


def raw(*subtrees: bytes, tag: int = 0xA0) -> x509.UnrecognizedExtension:
    """Name constraints of which cryptography would make none."""
    return x509.UnrecognizedExtension(NAME_CONSTRAINTS, tlv(0x30, tlv(tag, *subtrees)))


PERMITTED: list[tuple[x509.GeneralName, x509.GeneralName, bool]] = [
    # what may be issued for, a name, and whether it may be
    (DNS("b.test"), DNS("b.test"), True),
    (DNS("b.test"), DNS("www.B.test"), True),
    (DNS("B.test"), DNS("*.b.test"), True),
    (DNS("b.test"), DNS("bb.test"), False),
    (DNS("b.test"), DNS("test"), False),
    (DNS("www.b.test"), DNS("*.b.test"), False),
    (DNS(".b.test"), DNS("www.b.test"), True),
    (DNS(".b.test"), DNS("b.test"), False),
    (DNS(""), DNS("a.test"), True),
    (MAIL("b.test"), MAIL("me@B.test"), True),
    (MAIL("b.test"), MAIL("me@www.b.test"), False),
    (MAIL(".b.test"), MAIL("me@www.b.test"), True),
    (MAIL(".b.test"), MAIL("me@b.test"), False),
    (MAIL("me@b.test"), MAIL("me@b.test"), True),
    (MAIL("me@b.test"), MAIL("Me@b.test"), False),
    (MAIL("me@b.test"), MAIL("me@c.test"), False),
    (URI("b.test"), URI("https://b.test/x?y#z"), True),
    (URI("b.test"), URI("https://b.test:443/x"), True),
    (URI("b.test"), URI("https://B.test"), True),
    (URI("b.test"), URI("https://www.b.test/"), False),
    (URI(".b.test"), URI("https://www.b.test/"), True),
    (URI(".b.test"), URI("https://b.test/"), False),
    (ip("192.0.2.0/24"), ip("192.0.2.200"), True),
    (ip("192.0.2.0/24"), ip("192.0.3.1"), False),
    (ip("0.0.0.0/0"), ip("2001:db8::1"), False),
    (ip("2001:db8::/33"), ip("2001:db8:7fff::1"), True),
    (ip("2001:db8::/33"), ip("2001:db8:8000::1"), False),
    (x509.DirectoryName(directory("A")), x509.DirectoryName(directory("a", "b")), True),
    (x509.DirectoryName(directory("A")), x509.DirectoryName(directory("B")), False),
    (x509.DirectoryName(directory("A", "B")), x509.DirectoryName(directory("A")), False),
    (x509.DirectoryName(x509.Name([])), x509.DirectoryName(directory("A")), True),
    # Constraints are only for their own form.
    (DNS("b.test"), ip("192.0.2.1"), True),
    (URI("b.test"), MAIL("me@c.test"), True),
]


@pytest.mark.parametrize(("base", "named", "good"), PERMITTED)
def test_a_name_lies_within_what_is_permitted(base: x509.GeneralName, named: x509.GeneralName, good: bool) -> None:  # noqa: FBT001 - a table
    """RFC 5280 §4.2.1.10, and OpenSSL agrees on each."""
    middle = limited(x509.NameConstraints([base], None))
    leaf = issue(middle, named)
    found = findings_of(constraints.examine, [leaf, middle])
    assert codes(found) == ([] if good else [FindingCode.NAME_NOT_PERMITTED])
    assert refusal(leaf, [middle], ROOT) == (0 if good else PERMITTED_VIOLATION)


@pytest.mark.parametrize(("base", "named", "within"), PERMITTED)
def test_a_name_lies_within_what_is_excluded(base: x509.GeneralName, named: x509.GeneralName, within: bool) -> None:  # noqa: FBT001 - a table
    """The same names, forbidden; where the form is another one or a wildcard reaches in, it is told below."""
    middle = limited(x509.NameConstraints(None, [base]))
    leaf = issue(middle, named)
    found = findings_of(constraints.examine, [leaf, middle])
    if type(base) is not type(named):
        assert not found
    elif named.value == "*.b.test":
        assert codes(found) == [FindingCode.NAME_NOT_PERMITTED]
    else:
        assert codes(found) == ([FindingCode.NAME_NOT_PERMITTED] if within else [])
        assert refusal(leaf, [middle], ROOT) == (EXCLUDED_VIOLATION if within else 0)


def test_a_wildcard_is_excluded_where_a_name_that_it_covers_is() -> None:
    """`*.b.test` is good for www.b.test. OpenSSL compares it as it is written; Go, Chrome and rustls don't."""
    middle = limited(x509.NameConstraints(None, [DNS("www.b.test")]))
    leaf = issue(middle, DNS("*.b.test"))
    assert codes(findings_of(constraints.examine, [leaf, middle])) == [FindingCode.NAME_NOT_PERMITTED]
    assert refusal(leaf, [middle], ROOT) == 0
    assert not findings_of(constraints.examine, [issue(middle, DNS("*.c.test")), middle])


def test_the_finding_says_who_may_not_issue_for_what() -> None:
    """Names outside, names excluded and names that compare with nothing, each apart."""
    limits = x509.NameConstraints([DNS("b.test"), URI("b.test")], [DNS("no.b.test")])
    middle = limited(limits)
    leaf = issue(middle, DNS("c.test"), DNS("no.b.test"), URI("urn:x"), DNS("b.test"))
    found = only(findings_of(constraints.examine, [leaf, middle]))
    assert (found.certificate, found.field) == (leaf.parsed.sha256, "names")
    assert found.title == "'Limited' may not issue for DNS:c.test"
    assert "may not issue for DNS:c.test, which lies outside" in found.detail
    assert "forbidden to issue for DNS:no.b.test." in found.detail
    assert "names such as URI:urn:x, but can't be compared" in found.detail
    assert found.fix is not None
    assert "without DNS:c.test, DNS:no.b.test and URI:urn:x" in found.fix


def test_permitted_names_are_a_union_of_one_ca_and_an_intersection_of_several() -> None:
    """RFC 5280 §6.1.4 (g)."""
    upper = limited(x509.NameConstraints([DNS("b.test"), DNS("c.test")], None), "Upper")
    lower = upper.intermediate(
        "Lower", key=ec_key(2), extensions=[CA, SIGN, x509.NameConstraints([DNS("c.test"), DNS("d.test")], None)]
    )
    for host, good in {"b.test": False, "c.test": True, "d.test": False}.items():
        leaf = issue(lower, DNS(host))
        assert bool(findings_of(constraints.examine, [leaf, lower, upper])) is not good
        assert refusal(leaf, [lower, upper], ROOT) == (0 if good else PERMITTED_VIOLATION)


def test_an_anchors_constraints_count_too() -> None:
    """RFC 5937 §3.2; OpenSSL has it so."""
    root = Authority.root(extensions=[CA, SIGN, x509.NameConstraints([DNS("b.test")], None)])
    leaf = issue(root, DNS("a.test"))
    assert only(findings_of(constraints.examine, [leaf], store=root.store())).reference.endswith("RFC 5937 §3.2")
    assert refusal(leaf, [], root) == PERMITTED_VIOLATION


def test_self_issued_intermediates_are_exempt_but_not_a_self_issued_leaf() -> None:
    """RFC 5280 §6.1.3 (b): a CA that renews its key keeps its name."""
    limits = x509.NameConstraints(None, [x509.DirectoryName(name("Limited"))])
    upper = limited(limits)
    renewed = upper.intermediate("Limited", key=ec_key(2), extensions=[CA, SIGN])
    leaf = issue(renewed, DNS("a.test"))
    assert not findings_of(constraints.examine, [leaf, renewed, upper])
    assert refusal(leaf, [renewed, upper], ROOT) == 0
    own = issue(renewed, DNS("a.test"), subject=name("Limited"))
    found = only(findings_of(constraints.examine, [own, renewed, upper]))
    assert (found.code, found.field) == (FindingCode.NAME_NOT_PERMITTED, "subject")
    assert refusal(own, [renewed, upper], ROOT) == EXCLUDED_VIOLATION
    other = upper.intermediate("Other", key=ec_key(2), extensions=[CA, SIGN])
    strict = limited(x509.NameConstraints(None, [x509.DirectoryName(name("Other"))]))
    other = strict.intermediate("Other", key=ec_key(2), extensions=[CA, SIGN])
    assert only(findings_of(constraints.examine, [issue(other, DNS("a.test")), other, strict])).certificate == (
        other.parsed.sha256
    )


def test_a_mail_address_in_the_subject_counts_without_alternative_names() -> None:
    """RFC 5280 §4.2.1.10. The common name never does."""
    middle = limited(x509.NameConstraints([MAIL("b.test"), DNS("b.test")], None))
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "a"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "me@a.test"),
        ]
    )
    leaf = issue(middle, subject=subject)
    found = only(findings_of(constraints.examine, [leaf, middle]))
    assert (found.title, found.field) == ("'Limited' may not issue for EMAIL:me@a.test", "subject")
    assert refusal(leaf, [middle], ROOT) == PERMITTED_VIOLATION
    assert not findings_of(constraints.examine, [issue(middle, DNS("b.test"), subject=subject), middle])
    assert not findings_of(constraints.examine, [issue(middle, subject=name("c.test")), middle])


NUMBER = x509.RegisteredID(x509.ObjectIdentifier("1.2.3"))
OTHER = x509.OtherName(x509.ObjectIdentifier("1.2.3"), b"\x05\x00")


@pytest.mark.parametrize(
    ("base", "named"),
    [
        (URI("b.test"), URI("urn:a")),
        (URI("b.test"), URI("https:///path")),
        (URI("b.test"), URI("https://[2001:db8::1]/")),
        (URI("b.test"), URI("https://192.0.2.1/")),
        (MAIL("b.test"), MAIL("nobody")),
        (NUMBER, NUMBER),
        (OTHER, OTHER),
    ],
)
def test_a_name_that_compares_with_nothing_is_refused(base: x509.GeneralName, named: x509.GeneralName) -> None:
    """As RFC 5280 §4.2.1.10 has it, and as it says of URIs without a host name."""
    middle = limited(x509.NameConstraints([base], None))
    leaf = issue(middle, named)
    found = only(findings_of(constraints.examine, [leaf, middle]))
    assert (found.code, "can't be compared" in found.detail) == (FindingCode.NAME_NOT_PERMITTED, True)
    assert refusal(leaf, [middle], ROOT) in {PERMITTED_VIOLATION, UNKNOWN_TYPE, UNKNOWN_NAME}


def test_other_names_are_told_apart_by_their_kind() -> None:
    """A constraint on one kind says nothing of another."""
    middle = limited(x509.NameConstraints([x509.OtherName(x509.ObjectIdentifier("1.2.3"), b"\x05\x00")], None))
    leaf = issue(middle, x509.OtherName(x509.ObjectIdentifier("1.2.4"), b"\x05\x00"))
    assert not findings_of(constraints.examine, [leaf, middle])
    assert refusal(leaf, [middle], ROOT) == 0


def test_internationalized_mail_addresses_are_constrained_as_mail_addresses() -> None:
    """RFC 9598 §6."""
    middle = limited(x509.NameConstraints([MAIL("b.test")], None))
    for host, good in {"b.test": True, "c.test": False}.items():
        address = tlv(0x0C, f"bücher@{host}".encode())
        leaf = issue(middle, x509.OtherName(SMTP_UTF8_MAILBOX, address))
        assert bool(findings_of(constraints.examine, [leaf, middle])) is not good
        assert refusal(leaf, [middle], ROOT) == (0 if good else PERMITTED_VIOLATION)


@pytest.mark.parametrize(
    ("limits", "good"),
    [([tlv(0x80, b"\0")], True), ([tlv(0x80, b"\1")], False), ([tlv(0x81, b"\5")], False)],
)
def test_limits_of_a_subtree_are_not_supported(limits: Sequence[bytes], good: bool) -> None:  # noqa: FBT001 - a table
    """RFC 5280 §4.2.1.10: minimum 0, no maximum; else the certificate is refused where a name of the form appears."""
    middle = limited(raw(tlv(0x30, tlv(0x82, b"b.test"), *limits)))
    leaf = issue(middle, DNS("b.test"))
    assert bool(findings_of(constraints.examine, [leaf, middle])) is not good
    assert refusal(leaf, [middle], ROOT) == (0 if good else MINMAX)
    assert not findings_of(constraints.examine, [issue(middle, MAIL("me@b.test")), middle])


@pytest.mark.parametrize(
    ("form", "named"),
    [
        (tlv(0x87, b"\1\2\3"), ip("192.0.2.1")),
        (tlv(0x87, bytes(10)), ip("192.0.2.1")),
        (tlv(0xA4, tlv(0x30, b"\x31")), x509.DirectoryName(directory("A"))),
    ],
)
def test_a_constraint_that_makes_no_sense_is_not_met(form: bytes, named: x509.GeneralName) -> None:
    """It is not known what it means, so it can't be held."""
    middle = limited(raw(tlv(0x30, form)))
    assert len(findings_of(constraints.examine, [issue(middle, named), middle])) == 1


@pytest.mark.parametrize("value", [b"", b"\x05\x00", b"\x30\x00\x30\x00", tlv(0x30, tlv(0xA0, b"\x30\x00"))])
def test_constraints_that_cannot_be_read_are_an_error(value: bytes) -> None:
    """What a CA may do isn't known then."""
    middle = limited(x509.UnrecognizedExtension(NAME_CONSTRAINTS, value))
    found = only(findings_of(constraints.examine, [issue(middle, DNS("a.test")), middle]))
    assert (found.code, found.certificate) == (FindingCode.UNREADABLE, middle.parsed.sha256)
    assert found.field == "extensions.2.5.29.30"


def test_names_that_cannot_be_read_are_an_error_below_constraints() -> None:
    """And nowhere else."""
    middle = limited(x509.NameConstraints([DNS("b.test")], None))
    leaf = middle.issues(extensions=[x509.UnrecognizedExtension(SAN, tlv(0x30, tlv(0x89, b"x")))])
    found = only(findings_of(constraints.examine, [leaf, middle]))
    assert (found.code, found.field) == (FindingCode.UNREADABLE, "names")
    free = ROOT.issues(extensions=[x509.UnrecognizedExtension(SAN, tlv(0x30, tlv(0x89, b"x")))])
    assert not findings_of(constraints.examine, [free])


def test_too_many_comparisons_are_not_made() -> None:
    """501 names and 500 constraints are too many; 500 and 500 are the most."""
    bases = [DNS(f"{number}.test") for number in range(499)]
    middle = limited(x509.NameConstraints([DNS("b.test"), *bases], None))
    names = [DNS(f"{number}.b.test") for number in range(501)]
    assert not findings_of(constraints.examine, [issue(middle, *names[:500]), middle])
    leaf = issue(middle, *names)
    found = only(findings_of(constraints.examine, [leaf, middle]))
    assert (found.code, found.certificate) == (FindingCode.TOO_COMPLEX, leaf.parsed.sha256)
    assert refusal(leaf, [middle], ROOT) == 0


def test_what_was_checked_is_told() -> None:
    """With constraints and without."""
    middle = limited(x509.NameConstraints([DNS("a.test")], None))
    (check,) = checks_of(constraints.examine, [issue(middle, DNS("a.test")), middle])
    assert check.detail == "All names of the path are such as 'Limited' may issue for."
    assert statuses(checks_of(constraints.examine, [ROOT.issues("a.test")])) == {CheckStatus.PASSED}


LABELS = st.sampled_from(["a", "b", "ab"])
HOSTS = st.lists(LABELS, min_size=1, max_size=3).map(".".join)
DNS_BASES = st.tuples(st.sampled_from(["", "."]), HOSTS).map("".join)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(DNS_BASES, max_size=3), st.lists(DNS_BASES, max_size=2), st.lists(HOSTS, min_size=1, max_size=3))
def test_any_host_names_are_judged_as_openssl_judges_them(
    permitted: list[str], excluded: list[str], hosts: list[str]
) -> None:
    """Names and constraints of few labels, so that they meet."""
    if not permitted and not excluded:
        permitted = ["a"]
    limits = x509.NameConstraints([DNS(base) for base in permitted] or None, [DNS(base) for base in excluded] or None)
    middle = limited(limits)
    leaf = issue(middle, *map(DNS, hosts))
    assert bool(findings_of(constraints.examine, [leaf, middle])) == bool(refusal(leaf, [middle], ROOT))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.data())
def test_damaged_constraints_are_judged_without_an_error_of_ours(data: st.DataObject) -> None:
    """Any byte of them changed."""
    bases = [DNS("b.test"), ip("192.0.2.0/24"), x509.DirectoryName(directory("A")), URI("b.test"), MAIL("x@b.test")]
    middle = limited(x509.NameConstraints(bases, bases))
    names = [
        DNS("b.test"),
        ip("192.0.2.1"),
        x509.DirectoryName(directory("A")),
        URI("https://b.test"),
        MAIL("x@b.test"),
    ]
    leaf = issue(middle, *names)
    sent = []
    for issued in (leaf, middle):
        der = bytearray(issued.der)
        signed = issued.certificate.tbs_certificate_bytes
        first = len(signed) // 2
        der[data.draw(st.integers(first, len(signed)))] = data.draw(st.integers(0, 255))
        sent.append(parse_certificate(bytes(der)))
    assert list(constraints.examine(case(sent)))
    assert leaf.certificate.public_bytes(Encoding.DER) == leaf.der
