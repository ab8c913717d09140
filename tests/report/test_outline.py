"""The certificate tree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.report.samples import (
    EMPTY,
    HANDSHAKE,
    LEAF,
    MIDDLE,
    ROOT,
    STRANGER,
    TRUST,
    TRUSTED,
    UNJUDGED,
    certificate,
    finding,
    judged,
)
from tlsglass.report.lines import SUMMARY_LIMIT, Node
from tlsglass.report.outline import outline
from tlsglass.trust.model import CertificationPath, FindingCode, PathStep, Severity, Verdict


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _find(nodes: Sequence[Node], key: str) -> Node:
    return next(node for node in _all(nodes) if node.key == key)


def _certificates(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    return [(node.label, node.note) for node in _all(nodes) if node.field is None]


def test_nothing_seen_is_an_empty_tree() -> None:
    """A run that has just begun has no lines."""
    assert outline(EMPTY) == ()


def test_before_the_judgement_certificates_stand_as_sent() -> None:
    """No path is claimed before there is one."""
    nodes = outline(UNJUDGED)
    assert [(node.label, node.note) for node in nodes] == [(LEAF.label, "sent #0"), ("Middle", "sent #1")]
    assert [node.mark for node in nodes] == [None, None]


def test_the_path_is_nested_from_the_anchor_to_the_leaf() -> None:
    """Each certificate lies in the one that issued it, the anchor on top."""
    nodes = outline(TRUSTED)
    assert _certificates(nodes) == [("Root", "from the store"), ("Middle", "sent #1"), (LEAF.label, "sent #0")]
    (root,) = nodes
    folded, middle = root.children
    assert folded.field is not None
    assert folded.field.value.startswith("Subject: CN=Root\nIssuer: CN=Root\n")
    assert [child.label for child in folded.children] == [child.label for child in middle.children[1].children]
    assert all(node.certificate is ROOT for node in _all((folded,)))


def test_each_certificate_opens_to_its_fields() -> None:
    """A field's line has its label, a summary of one line and the field itself."""
    node = _find(outline(TRUSTED), f"{LEAF.sha256}/subject")
    assert (node.label, node.summary) == ("Subject", f"CN={LEAF.label}")
    assert node.certificate is LEAF
    assert node.field is not None
    assert node.field.id == "subject"


def test_validity_says_what_is_left_of_it() -> None:
    """The judgement's moment decides, or the start where nothing was judged."""
    key = f"{LEAF.sha256}/validity"
    assert _find(outline(TRUSTED), key).summary == "59 days left, 33 % of 90 days spent"
    assert _find(outline(UNJUDGED), key).summary == "59 days left, 33 % of 90 days spent"
    broken = replace(certificate("Undated", "Root"), not_after=None)
    assert "left" not in _find(outline(replace(EMPTY, certificates=(broken,))), f"{broken.sha256}/validity").summary


def test_keys_are_unique_and_stay() -> None:
    """An expanded line stays so when the judgement comes, and no two lines are confused, even of one certificate."""
    observation = replace(judged(), certificates=(LEAF, MIDDLE, LEAF, STRANGER, ROOT))
    keys = [node.key for node in _all(outline(observation))]
    assert len(keys) == len(set(keys))
    before = {node.key for node in _all(outline(replace(observation, trust=None)))}
    assert f"{LEAF.sha256}/validity.not_after" in before & set(keys)


def test_what_is_beside_the_path_follows_it_and_says_why() -> None:
    """Unrelated certificates and repetitions stand after the path in the order sent."""
    observation = replace(judged(unrelated=frozenset({2})), certificates=(LEAF, MIDDLE, STRANGER, LEAF, STRANGER))
    assert _certificates(outline(observation))[3:] == [
        ("Stranger", "sent #2, unrelated"),
        (LEAF.label, "sent #3, again"),
        ("Stranger", "sent #4, again"),
    ]


def test_what_is_out_of_order_is_marked_where_it_is() -> None:
    """RFC 8446 §4.4.2: each certificate should certify the one before it."""
    path = (PathStep(certificate=LEAF, sent=0), PathStep(certificate=MIDDLE, sent=2))
    nodes = outline(replace(judged(path=path, out_of_order=frozenset({2})), certificates=(LEAF, STRANGER, MIDDLE)))
    assert _certificates(nodes)[0] == ("Middle", "sent #2, out of order, in the store")


def test_a_path_that_ends_in_itself() -> None:
    """A self-signed certificate that the store does not know says so."""
    nodes = outline(replace(judged(path=(PathStep(certificate=ROOT, sent=0),), anchored=False), certificates=(ROOT,)))
    assert _certificates(nodes) == [("Root", "sent #0, not in the store")]


def test_a_missing_issuer_is_a_line_on_top() -> None:
    """What should have been sent stands where it would have stood, with the findings about it."""
    path = (PathStep(certificate=LEAF, sent=0),)
    about = finding(FindingCode.MISSING_INTERMEDIATE, certificate=LEAF, field="issuer")
    nodes = outline(
        replace(
            judged(path=path, anchored=False, missing=LEAF.issuer, findings=(about, finding())), certificates=(LEAF,)
        )
    )
    assert _certificates(nodes) == [
        ("missing: CN=Middle", "not sent, not in the store"),
        (LEAF.label, "sent #0"),
    ]
    assert nodes[0].findings == (about,)
    assert nodes[0].mark is Severity.ERROR
    nameless = judged(path=path, anchored=False, missing=certificate("", "x").subject, findings=())
    assert outline(nameless)[0].label == "missing: (empty name)"
    assert outline(nameless)[0].mark is Severity.ERROR


def test_nothing_but_a_judgement() -> None:
    """A server that sent no certificate was judged all the same; there is no path to draw."""
    assert outline(replace(judged(path=()), certificates=())) == ()


def test_findings_stand_at_their_field_and_mark_what_is_above() -> None:
    """The worst below a line is its mark; an issuer is not blamed for what it issued."""
    worse, lesser = finding(), finding(FindingCode.EXPIRES_SOON, Severity.NOTICE, field="validity.not_before")
    nodes = outline(judged(findings=(worse, lesser)))
    assert _find(nodes, f"{LEAF.sha256}/validity.not_after").findings == (worse,)
    assert _find(nodes, f"{LEAF.sha256}/validity.not_before").mark is Severity.NOTICE
    assert _find(nodes, f"{LEAF.sha256}/validity").mark is Severity.ERROR
    assert _find(nodes, f"{LEAF.sha256}/validity").findings == ()
    assert _find(nodes, f"{LEAF.sha256}/subject").mark is None
    assert _find(nodes, LEAF.sha256).mark is Severity.ERROR
    assert _find(nodes, MIDDLE.sha256).mark is None
    assert nodes[0].mark is None


def test_a_finding_about_an_issuer_marks_its_folded_fields() -> None:
    """The fold shows that there is something in it."""
    nodes = outline(judged(findings=(finding(FindingCode.WEAK_KEY, certificate=MIDDLE, field="public_key"),)))
    assert _find(nodes, f"{MIDDLE.sha256}/").mark is Severity.ERROR
    assert _find(nodes, MIDDLE.sha256).mark is Severity.ERROR
    assert _find(nodes, LEAF.sha256).mark is None


def test_a_finding_about_an_absent_field_goes_to_what_is_above_it() -> None:
    """An extension that should be there and isn't is shown at the extensions, anything else at the certificate."""
    absent, unknown, whole = (
        finding(FindingCode.WRONG_USAGE, field="extensions.2.5.29.37"),
        finding(FindingCode.UNREADABLE, field="nowhere.at.all"),
        finding(FindingCode.SELF_SIGNED, field=None),
    )
    nodes = outline(judged(findings=(absent, unknown, whole)))
    assert _find(nodes, f"{LEAF.sha256}/extensions").findings == (absent,)
    assert _find(nodes, LEAF.sha256).findings == (unknown, whole)


def test_events_that_do_not_matter_give_the_same_nodes() -> None:
    """A response that grows rebuilds nothing."""
    assert outline(replace(TRUSTED, received=5, handshake=HANDSHAKE, trust=replace(TRUST))) is outline(TRUSTED)


def test_a_line_is_short_whatever_the_value() -> None:
    """The whole value is in the field; the line keeps what could be seen."""
    long = certificate("x", "Root", names=tuple("a" * 60 + f"{n}.example.test" for n in range(500)))
    nodes = outline(replace(EMPTY, certificates=(long,)))
    assert max(len(node.summary) for node in _all(nodes)) <= SUMMARY_LIMIT
    assert len([node for node in _all(nodes) if node.key.startswith(f"{long.sha256}/names.")]) == 500


def test_what_was_fetched_or_leads_elsewhere_says_so() -> None:
    """Beside the path in use: a certificate of another path is not unrelated."""
    steps = (
        PathStep(certificate=LEAF, sent=0),
        PathStep(certificate=MIDDLE, sent=None, fetched_from="http://ca.test/middle.cer"),
        PathStep(certificate=ROOT, sent=None),
    )
    other = replace(_PATH, steps=(PathStep(certificate=LEAF, sent=0), PathStep(certificate=STRANGER, sent=1)))
    observation = replace(
        judged(path=steps, paths=(replace(_PATH, steps=steps), other), unrelated=frozenset({1})),
        certificates=(LEAF, STRANGER),
    )
    assert _certificates(outline(observation)) == [
        ("Root", "from the store"),
        ("Middle", "fetched, not sent"),
        (LEAF.label, "sent #0"),
        ("Stranger", "sent #1, in another path"),
    ]
    assert observation.trust is not None
    assert [each.url for each in observation.trust.fetched] == ["http://ca.test/middle.cer"]
    along = replace(observation, trust=observation.trust.along(1))
    assert _certificates(outline(along))[0] == ("Stranger", "sent #1, not in the store")


_PATH = CertificationPath(
    steps=(),
    in_use=False,
    reason="",
    verdict=Verdict.UNTRUSTED,
    anchored=False,
    missing=None,
    out_of_order=frozenset(),
    unrelated=frozenset(),
    findings=(),
    checks=(),
)
