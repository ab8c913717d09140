"""What findings and checks are about."""

import pytest

from tests.trust.authority import Authority
from tests.trust.cases import bare_finding, judged
from tlsglass.trust.case import passed
from tlsglass.trust.model import FindingCode
from tlsglass.trust.topics import Topic, topic_of

ROOT = Authority.root()


def test_codes_have_a_topic() -> None:
    """One that says itself what it is about needs no entry."""
    assert topic_of(bare_finding(FindingCode.EXPIRED)) is Topic.VALIDITY
    assert topic_of(bare_finding(FindingCode.LOOK_ALIKE_NAME)) is Topic.NAMES


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("name constraints", Topic.NAMES),
        ("Chrome CT policy", Topic.TRANSPARENCY),
        ("key identifiers matching", Topic.SIGNATURES),
        ("root programs", Topic.PROGRAMS),
        ("judged by OpenSSL", Topic.JUDGES),
        ("handshake timestamps", Topic.TRANSPARENCY),
        ("issuer", Topic.USAGE),
        ("server, not authority", Topic.USAGE),
        ("RSA numbers", Topic.SIGNATURES),
        ("something new", Topic.ENCODING),
    ],
)
def test_checks_are_known_by_the_words_of_their_name(name: str, topic: Topic) -> None:
    """The more telling word decides."""
    assert topic_of(passed(name, "", "")) is topic


def test_a_usual_chain_has_checks_of_nearly_all_topics() -> None:
    """So that a group without a line is an exception."""
    middle = ROOT.intermediate()
    checks = judged([middle.issues("a.test"), middle]).checks
    assert set(Topic) - {topic_of(check) for check in checks} <= {Topic.CLIENTS, Topic.PROGRAMS}
