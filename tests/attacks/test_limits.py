"""Each limit that can be set is reached by an attack, and is named wherever the look is told of."""

import json
import re
from dataclasses import dataclass

import pytest

from tests.attacks.looked import details, look, panes
from tests.attacks.registry import ATTACKS
from tests.attacks.stage import Stage
from tlsglass import limits
from tlsglass.limits import Limits
from tlsglass.observation import Observation
from tlsglass.report.json_report import to_json
from tlsglass.report.text_report import to_text
from tlsglass.trust.stores.store import Store

pytestmark = pytest.mark.usefixtures("names")

_WIDE = 500
"""Columns and cells at which hardly anything is wrapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """How a limit is reached."""

    attack: str
    words: tuple[str, ...] = ()
    """Limits as they are typed behind those of the attack, so that it is reached soon."""


_REACHED = {
    "total-time": Reaching(attack="drip", words=("total-time=1s",)),
    "answer-time": Reaching(attack="drip", words=("answer-time=1s",)),
    "download-time": Reaching(attack="responder-drips"),
    "revocation-time": Reaching(attack="responder-drips", words=("revocation-time=1s",)),
    "addresses": Reaching(attack="first-of-thousand"),
    "handshake-bytes": Reaching(attack="padded-handshake"),
    "handshake-records": Reaching(attack="byte-by-byte"),
    "handshake-messages": Reaching(attack="empty-messages"),
    "certificates": Reaching(attack="thousand-scraps"),
    "judged": Reaching(attack="thousand-scraps"),
    "extensions": Reaching(attack="thousand-extensions"),
    "names": Reaching(attack="100-thousand-names"),
    "depth": Reaching(attack="deep-der"),
    "alerts": Reaching(attack="cancelled-between"),
    "later-messages": Reaching(attack="ticket-flood"),
    "empty-records": Reaching(attack="nothing-between"),
    "headers": Reaching(attack="10-thousand-cookies", words=("headers=100",)),
    "header-bytes": Reaching(attack="head-of-10-megabytes"),
    "interim": Reaching(attack="interim-flood"),
    "response": Reaching(attack="endless-body", words=("response=1MB",)),
    "downloads": Reaching(attack="issuer-of-issuer", words=("downloads=2",)),
    "issuer-bytes": Reaching(attack="issuer-endless"),
    "redirects": Reaching(attack="responder-further"),
    "ocsp-bytes": Reaching(attack="responder-huge"),
    "crl-bytes": Reaching(attack="responder-huge", words=("crl-bytes=1MB",)),
    "asked-certificates": Reaching(attack="long-path"),
    "asked-addresses": Reaching(attack="thousand-responders"),
    "file": Reaching(attack="sparse-file"),
    "file-items": Reaching(attack="10-thousand-certificates", words=("file-items=1000",)),
}
"""Every limit, and what reaches it."""

_PASSED_OVER = {
    "MOST_NOTES": ("overfull-documents", "There is more that could not be read and is not listed."),
    "DEEPEST_BAGS": ("deep-pkcs12", "those further in than 4 are not opened"),
    "MOST_AUTHORITIES": ("authorities-by-the-thousand", "only 1,000 are kept"),
    "MOST_VERIFICATION_ERRORS": ("constraining-chain", "errors in the chain; only 1,000 are kept"),
    "MOST_ELEMENTS": ("100-thousand-names", "There are more than 20,000 elements; the rest is not read."),
    "MOST_PROBLEMS": ("doubled-extensions", "more problems are not listed"),
    "MOST_ATTRIBUTES": ("overfull-documents", "There are 70 attributes; only 64 are read."),
    "MOST_SINGLE_RESPONSES": ("overfull-documents", "There are 1,010 responses; only 1,000 are read."),
    "MOST_INCLUDED": ("overfull-documents", "There are 70 certificates; only 64 are taken out."),
    "MOST_HOSTS": ("2-thousand-hosts", "1,001 further names of 'attack.test' were not judged"),
    "LONGEST_MIXED": ("confusable-far-away", "2 attributes were not searched to the end"),
    "MOST_MIXED": ("confusable-far-away", "2 attributes were not searched to the end"),
    "LONGEST_PATH": ("long-line", "the search was ended: a path became longer than 32 certificates"),
    "MOST_PATHS": ("web", "the search was ended: more than 16 paths were found"),
    "MOST_CHECKS": ("mesh", "the search was ended: 200 signatures were checked"),
    "MOST_COMPARISONS": ("constraints", "would take more than 250,000 comparisons"),
    "MOST_TIMESTAMPS": ("40-timestamps", "Only the first 32 of 40 timestamps were checked."),
    "MOST_POINTS": ("thousand-responders", "984 distribution points of 'attack.test' were not asked"),
    "DEEPEST_ISSUERS": ("issuer-of-issuer", "only 4 are fetched one after the other"),
    "MOST_IN_BUNDLE": ("issuer-in-a-crowd", "28 more, which are not looked at"),
    "MOST_ISSUER_ADDRESSES": ("issuer-in-a-crowd", "7 further addresses were not asked for the issuer"),
}
"""Bounds that nobody can set, and beyond which something is passed over: what reaches each, and how that is told."""


_OTHERWISE = {
    "what is longer is refused, and it is said": """
        LONGEST_GUEST_LIST LONGEST_TARGET LARGEST_REQUEST LONGEST_TIMEOUT LONGEST_MOMENT MOST_ADDED MOST_ITERATIONS
        LONGEST_PASSWORD MOST_ATTEMPTS LARGEST_PEM LARGEST_CA_FILE LARGEST_CA_FOLDER MOST_CA_FILES LARGEST_LOG_LIST
        MOST_LOGS MOST_ENTRIES
    """,
    "what is cut is a quotation, which ends with an ellipsis then": "LONGEST_OPENING LONGEST_PROBLEM",
    "nothing is lost: it is read anew, waited for, kept elsewhere or shown as bytes": """
        LARGEST_CACHE SPOOL_MEMORY LONGEST_SILENCE LARGEST_TREE
    """,
    "nothing is claimed of what is beyond": "MOST_SUGGESTED_FROM",
    "a test of its own room reaches it, with a smaller one": """
        MOST_ENTRIES_SHOWN MOST_REASONS MOST_COMPARED MOST_STEPS MOST_REACHED MOST_READ_RESPONSES MOST_STAPLES
        MOST_RESPONDERS
    """,
}
"""All other bounds, by why no attack here has to show that they are told."""


def _screen(seen: Observation) -> str:
    return "\n".join((*panes(seen, _WIDE), *(text for _, text in details(seen, _WIDE))))


def test_each_limit_is_reached_by_an_attack() -> None:
    """A new limit has one, too."""
    assert set(_REACHED) == set(Limits.names_of_all())
    assert {reaching.attack for reaching in _REACHED.values()} <= {attack.id for attack in ATTACKS}


def test_each_bound_is_accounted_for() -> None:
    """A new one has an attack, or a reason why it needs none."""
    otherwise = [bound for bounds in _OTHERWISE.values() for bound in bounds.split()]
    known = [*_PASSED_OVER, *otherwise]
    assert len(known) == len(set(known))
    public = {name for name in vars(limits) if name.isupper() and not name.startswith("_")}
    assert set(known) == {name for name in public if isinstance(getattr(limits, name), int | float)}


@pytest.mark.parametrize("bound", _PASSED_OVER)
def test_what_is_passed_over_is_told(bound: str, stage: Stage, store: Store) -> None:
    """In the JSON, in the text and on the screen."""
    id_, told = _PASSED_OVER[bound]
    attack = next(attack for attack in ATTACKS if attack.id == id_)
    seen, said = look(attack, stage, store)
    assert told in json.dumps(to_json(seen), ensure_ascii=False)
    assert told in to_text(seen, color=False, width=_WIDE, said=said)
    assert told in _screen(seen)


@pytest.mark.parametrize("name", _REACHED)
def test_it_is_named_where_it_is_reached(name: str, stage: Stage, store: Store) -> None:
    """In the JSON, in the text and on the screen."""
    reaching = _REACHED[name]
    attack = next(attack for attack in ATTACKS if attack.id == reaching.attack)
    seen, said = look(attack, stage, store, reaching.words)
    named = re.compile(rf"\blimit\s+{name}(?![\w-])")
    assert named.search(json.dumps(to_json(seen)))
    assert named.search(to_text(seen, color=False, width=_WIDE, said=said))
    assert named.search(_screen(seen))
