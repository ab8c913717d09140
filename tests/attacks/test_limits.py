"""Each limit that can be set is reached by an attack, and is named wherever the look is told of."""

import json
import re
from dataclasses import dataclass

import pytest

from tests.attacks.attack import Attack
from tests.attacks.looked import details, look, panes
from tests.attacks.registry import ATTACKS
from tests.attacks.stage import Stage
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

_FIXED = ("deep-pkcs12", "authorities-by-the-thousand", "constraining-chain", "2-thousand-hosts", "confusable-far-away")
"""Attacks that reach bounds which nobody can set; what they say of these is in `Seen.says`."""


def _screen(seen: Observation) -> str:
    return "\n".join((*panes(seen, _WIDE), *(text for _, text in details(seen, _WIDE))))


def test_each_limit_is_reached_by_an_attack() -> None:
    """A new limit has one, too."""
    assert set(_REACHED) == set(Limits.names_of_all())
    assert {reaching.attack for reaching in _REACHED.values()} <= {attack.id for attack in ATTACKS}


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.id in _FIXED], ids=str)
def test_what_is_passed_over_is_told(attack: Attack, stage: Stage, store: Store) -> None:
    """In the JSON, in the text and on the screen, where it is a bound that has no name."""
    seen, said = look(attack, stage, store)
    assert attack.seen.says in json.dumps(to_json(seen), ensure_ascii=False)
    assert attack.seen.says in to_text(seen, color=False, width=_WIDE, said=said)
    assert attack.seen.says in _screen(seen)


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
