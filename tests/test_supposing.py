"""What was seen, judged again for another chain or another store, and how that is shown and reported."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.report.schema import errors
from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key
from tests.trust.cases import DONE, codes, parsed
from tlsglass.errors import Fault, InputError
from tlsglass.limits import DEFAULTS, MOST_ADDED
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.json_report import to_json
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.supposing import certificates_of, judge_again
from tlsglass.target import parse_target
from tlsglass.target_file import FileTarget, pasted
from tlsglass.trust.aia import with_notes_of
from tlsglass.trust.model import Check, CheckStatus, FindingCode, TrustReport, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposition
from tlsglass.trust.topics import FETCHING
from tlsglass.x509.containers.unpack import unpack

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test")
OTHER = Authority.root("Other Root", key=ec_key(9))
STORE = ROOT.store()


def seen(sent: Sequence[Issued], store: Store = STORE) -> Observation:
    """What was seen of a site that sent something, judged as it was."""
    bare = Observation(
        target=parse_target("a.test"), started=NOW, certificates=parsed(sent), handshake=DONE, finished=True
    )
    return replace(bare, trust=judge_again(bare, store, Supposition()))


def supposed(observation: Observation, store: Store = STORE, **what: object) -> Observation:
    """The same, with something supposed."""
    return replace(observation, trust=judge_again(observation, store, Supposition(**what)))  # type: ignore[arg-type]  # as the test names them


def judgement(observation: Observation) -> TrustReport:
    """Its judgement."""
    assert observation.trust is not None
    return observation.trust


def check(report: TrustReport, name: str) -> Check:
    """A check of a report."""
    return next(each for each in report.checks if each.name == name)


def test_nothing_supposed_is_the_truth() -> None:
    """Neither does what was never sent or is no anchor count as supposed to be away."""
    good = seen([LEAF, MIDDLE])
    report = judgement(good)
    assert (report.verdict, report.supposed, report.seen_at) == (Verdict.TRUSTED, None, None)
    again = supposed(good, dropped=frozenset({7, -1}), distrusted=(OTHER.parsed,), trusted=(ROOT.parsed,))
    assert again.trust == report
    assert again.judged is good.certificates
    assert not Supposition().is_of_chain


def test_who_was_asked_for_issuers_is_told_all_the_same() -> None:
    """That is a fact, whatever is supposed; of each path, and where nothing is left of the chain."""
    told = Check(
        name=FETCHING, status=CheckStatus.PASSED, detail="http://a.test gave 1 certificate.", reference="RFC 1"
    )
    good = seen([LEAF, MIDDLE])
    truth = with_notes_of(judgement(good), replace(judgement(good), checks=(told,)))
    fetched = replace(good, trust=truth)
    assert judgement(supposed(fetched)) == truth
    for what in (
        {"at": NOW - DAY},
        {"dropped": frozenset({1})},
        {"dropped": frozenset({0, 1})},
        {"hostname": "b.test"},
    ):
        report = judgement(supposed(fetched, **what))
        assert report != truth
        assert report.checks[-1] == told
        assert all(path.checks[-1] == told for path in report.paths)


def test_a_certificate_that_was_not_sent() -> None:
    """The indexes of the judgement count in what is left; what OpenSSL said in the handshake is not."""
    good = seen([LEAF, MIDDLE, OTHER])
    what_if = supposed(good, dropped=frozenset({1}))
    report = judgement(what_if)
    assert (report.verdict, report.seen_at, report.at) == (Verdict.UNTRUSTED, NOW, NOW)
    assert codes(report.findings)[0] is FindingCode.MISSING_INTERMEDIATE
    assert what_if.judged == parsed([LEAF, OTHER])
    assert report.unrelated == {1}
    assert "not what is supposed" in check(report, "OpenSSL").detail
    assert report.supposed is not None
    assert report.supposed.dropped == (MIDDLE.parsed,)
    assert [report.supposed.place_of(place) for place in range(3)] == [0, None, 1]
    assert report.supposed.words() == ("'Test Intermediate CA' were not sent",)


def test_a_certificate_that_was_sent_as_well() -> None:
    """It mends what was missing."""
    bad = seen([LEAF])
    what_if = supposed(bad, added=(MIDDLE.parsed,))
    report = judgement(what_if)
    assert (judgement(bad).verdict, report.verdict) == (Verdict.UNTRUSTED, Verdict.TRUSTED)
    assert report.supposed is not None
    assert (report.supposed.first_added, report.supposed.place_of(0), report.supposed.place_of(1)) == (1, 0, None)
    assert report.supposed.words() == ("'Test Intermediate CA' were sent",)


def test_an_anchor_that_is_not_there_and_one_that_is() -> None:
    """The label of the store says that it is supposed."""
    good = seen([LEAF, MIDDLE])
    report = judgement(supposed(good, distrusted=(ROOT.parsed,)))
    assert report.verdict is Verdict.UNKNOWN  # a store without certificates gives no verdict
    assert str(report.store).endswith("as supposed")
    both = judgement(supposed(good, distrusted=(ROOT.parsed,), trusted=(MIDDLE.parsed,)))
    assert both.verdict is Verdict.TRUSTED
    assert [step.certificate for step in both.path] == list(parsed([LEAF, MIDDLE]))
    assert both.supposed is not None
    assert both.supposed.words() == (
        "'Test Root CA' were not in the store",
        "'Test Intermediate CA' were in the store",
    )


def test_nothing_left_is_nothing_judged() -> None:
    """And all of it can be brought back."""
    what_if = supposed(seen([LEAF, MIDDLE]), dropped=frozenset({0, 1}))
    assert judgement(what_if).verdict is Verdict.UNKNOWN
    assert what_if.judged == ()
    assert _notes(what_if) == [("leaf", "supposed not to be sent"), ("Test Intermediate CA", "supposed not to be sent")]
    assert _json(what_if)["trust"]["supposed"]["certificates"] == []


def test_more_than_take_part_are_counted() -> None:
    """What is added takes part in any case, and what then has no place is said to have none."""
    many = seen([LEAF, *[OTHER] * (DEFAULTS.judged + 5)])
    report = judgement(supposed(many, added=(MIDDLE.parsed,), dropped=frozenset({1, 2})))
    assert report.anchored
    assert check(report, "further certificates").detail.startswith("5 further certificates took no part")
    assert report.supposed is not None
    assert len(report.supposed.certificates) == DEFAULTS.judged
    assert report.supposed.place_of(DEFAULTS.judged + 1) is None


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.field is None:
            yield node
        yield from _all(node.children)


def _notes(observation: Observation) -> list[tuple[str, str]]:
    return [(node.label, node.note) for node in _all(outline(observation))]


def test_the_tree_says_what_is_supposed() -> None:
    """What is away is shown below, so that it can be brought back; what was added says so."""
    what_if = supposed(
        seen([LEAF, MIDDLE]),
        dropped=frozenset({1}),
        added=(MIDDLE.parsed, OTHER.parsed),
        distrusted=(ROOT.parsed,),
        trusted=(OTHER.parsed,),
    )
    assert _notes(what_if) == [
        ("missing: CN=Test Root CA", "not sent, not in the store"),
        ("Test Intermediate CA", "supposed to be sent"),
        ("leaf", "sent #0"),
        ("Other Root", "supposed to be sent, not in this path"),
        ("Test Intermediate CA", "supposed not to be sent"),
        ("Test Root CA", "supposed not to be in the store"),
    ]
    keys = [node.key for node in _all(outline(what_if))]
    assert keys[-3:] == [
        f"{OTHER.parsed.sha256}@added",
        f"{MIDDLE.parsed.sha256}@dropped",
        f"{ROOT.parsed.sha256}@distrusted",
    ]


def test_other_rules_can_be_supposed() -> None:
    """That the report is by others than were asked for is said; the same ones suppose nothing."""
    good = seen([LEAF, MIDDLE])
    private = supposed(good, profile=Profile.RFC5280).trust
    assert private is not None
    assert (private.profile, private.profile_supposed, private.seen_at) == (Profile.RFC5280, True, NOW)
    assert supposed(good, profile=Profile.WEBPKI) == good


def test_an_anchor_that_is_supposed_says_so() -> None:
    """Whether it was sent, or is only in the store."""
    good = seen([LEAF, MIDDLE, OTHER])
    sent = supposed(good, trusted=(MIDDLE.parsed,), distrusted=(ROOT.parsed,))
    assert _notes(sent)[0] == ("Test Intermediate CA", "sent #1, supposed to be in the store")
    elsewhere = Store.from_der("other", [OTHER.der])
    not_sent = supposed(seen([LEAF, MIDDLE], elsewhere), elsewhere, trusted=(ROOT.parsed,))
    assert _notes(not_sent)[0] == ("Test Root CA", "supposed to be in the store")


def test_a_file_shows_what_it_is_supposed_to_hold() -> None:
    """Its lines keep the place of what is in it."""
    data = LEAF.pem + MIDDLE.pem + OTHER.pem
    target = pasted(data, "a.test")
    contents = unpack(data)
    bare = Observation(target=target, started=NOW, contents=contents, certificates=contents.certificates())
    good = replace(bare, trust=judge_again(bare, STORE, Supposition()))
    what_if = supposed(good, dropped=frozenset({1}), added=(MIDDLE.parsed, ROOT.parsed), distrusted=(ROOT.parsed,))
    assert _notes(what_if) == [
        ("Test Root CA", "supposed to be sent, not in the store"),
        ("Test Intermediate CA", "supposed to be sent"),
        ("leaf", "in the file #0"),
        ("Other Root", "block 3, line 23"),
        ("Test Intermediate CA", "supposed not to be sent"),
        ("Test Root CA", "supposed not to be in the store"),
    ]


def _json(observation: Observation) -> Any:  # noqa: ANN401 - JSON is anything
    document = to_json(observation)
    assert errors(document) == []
    return document


def test_reports_say_what_is_supposed() -> None:
    """As text a line each, as JSON a key that is null in truth; facts stay facts."""
    good = seen([LEAF, MIDDLE])
    assert _json(good)["trust"]["supposed"] is None
    what_if = supposed(good, added=(OTHER.parsed,), dropped=frozenset({1}), distrusted=(ROOT.parsed,))
    document = _json(what_if)
    assert [each["sha256"] for each in document["certificates"]] == [each.sha256 for each in good.certificates]
    told = document["trust"]["supposed"]
    assert told["certificates"] == [LEAF.parsed.sha256, OTHER.parsed.sha256]
    assert told["dropped"] == [MIDDLE.parsed.sha256]
    assert [each["subject"] for each in told["added"] + told["distrusted"]] == ["CN=Other Root", "CN=Test Root CA"]
    text = to_text(what_if, color=False)
    assert "  what if 'Test Intermediate CA' were not sent\n" in text
    assert "\nCertificates, 2 sent, as supposed\n" in text
    mended = supposed(seen([LEAF]), added=(MIDDLE.parsed,))
    assert "Test Intermediate CA  supposed to be sent\n" in to_text(mended, color=False)


@pytest.fixture
def stop() -> Iterator[Stop]:
    """Nobody stops."""
    with Stop() as made:
        yield made


def test_certificates_of_files_and_of_what_was_pasted(tmp_path: Path, stop: Stop) -> None:
    """Each once, and no more than a chain could have."""
    file = tmp_path / "more.pem"
    file.write_bytes(MIDDLE.pem + OTHER.pem + MIDDLE.pem)
    source = FileTarget(text="more.pem", path=str(file), hostname=None)
    assert certificates_of(source, stop) == parsed([MIDDLE, OTHER])
    many = b"".join(ROOT.issues(f"{number}.test").pem for number in range(MOST_ADDED + 1))
    with pytest.raises(InputError, match=f"There are {MOST_ADDED + 1} certificates in .*; up to {MOST_ADDED} can be"):
        certificates_of(pasted(many), stop)
    assert len(certificates_of(pasted(ROOT.issues("0.test").pem * (MOST_ADDED + 1)), stop)) == 1


def test_a_source_without_certificates_is_complained_about(tmp_path: Path, stop: Stop) -> None:
    """As one that can't be read is."""
    crl = b"-----BEGIN PUBLIC KEY-----\n"
    with pytest.raises(InputError):
        certificates_of(pasted(crl), stop)
    with pytest.raises(InputError, match="can't be read"):
        certificates_of(FileTarget(text="no", path=str(tmp_path / "no"), hostname=None), stop)
    key = LEAF.certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(InputError, match="There is no certificate in pasted text") as caught:
        certificates_of(pasted(key), stop)
    assert caught.value.fault is Fault.BAD_FILE
