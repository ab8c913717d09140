"""Each limit that can be set is reached by an attack, and is named wherever the look is told of."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.attacks.attack import Attack
from tests.attacks.names import answer
from tests.attacks.publications import ASKING
from tests.attacks.registry import ATTACKS
from tests.attacks.stage import Stage
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.report.json_report import to_json
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.target_file import FileTarget, parse_site_or_file
from tlsglass.trust.stores import load_store
from tlsglass.trust.stores.store import Store
from tlsglass.ui.dialogs.reason import in_full
from tlsglass.ui.widgets.checks.rows import groups
from tlsglass.ui.widgets.detail import detail
from tlsglass.ui.widgets.handshake import facts, messages
from tlsglass.ui.widgets.headline import headline
from tlsglass.ui.widgets.response import words

_WIDE = 500
"""Columns and cells at which hardly anything is wrapped."""

_LINES = 60
"""Lines of the tree whose detail is looked at."""

_ROWS = 20
"""Rows of each group of the checks that are read in full."""


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


@pytest.fixture(scope="module")
def store(ca_file: Path) -> Store:
    """The attacking servers' anchor."""
    return load_store(("none",), (ca_file,), None)


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the attacks' names lead to."""
    monkeypatch.setattr(socket, "getaddrinfo", answer)


def _limits(attack: Attack, words: tuple[str, ...]) -> Limits:
    limits = DEFAULTS
    for word in (*(word for word in attack.words if "=" in word), *words):
        limits = limits.with_typed(word)
    return limits


def _look(attack: Attack, reaching: Reaching, stage: Stage, store: Store) -> tuple[Observation, bytes]:
    """Look from beginning to end, as the report and the app do."""
    limits, asks = _limits(attack, reaching.words), attack.words[: len(ASKING)] == ASKING
    target = parse_site_or_file(stage.target(attack))
    observation = Observation(target=target, started=datetime.now(UTC))
    with Stop() as stop, Spool(limit=limits.response) as spool:
        look = (
            load(target, store=None, stop=stop, password=lambda _: None, limits=limits)
            if isinstance(target, FileTarget)
            else probe(
                target,
                store=store,
                spool=spool,
                stop=stop,
                timeout=attack.timeout,
                aia=asks,
                revocation=asks,
                limits=limits,
            )
        )
        for event in look:
            observation = observation.after(event)
        return observation, spool.read(0, 200)


def _screen(seen: Observation) -> Iterator[str]:
    """All panes of the app."""
    yield headline(seen, 1.0, _WIDE).plain
    yield facts(seen, _WIDE).plain
    yield messages(seen.messages).plain
    for group in groups(seen.trust) if seen.trust is not None else ():
        yield from (in_full(row, seen, None, _WIDE).plain for row in group.rows[:_ROWS])
    if seen.response is not None:
        yield words.ending_words(seen.response)
    lines = outline(seen)
    for line in (*lines[:_LINES], *lines[-1:]):
        yield detail(line, seen.started, _WIDE).plain
        yield from (detail(child, seen.started, _WIDE).plain for child in line.children[:_LINES])


def test_each_limit_is_reached_by_an_attack() -> None:
    """A new limit has one, too."""
    assert set(_REACHED) == set(Limits.names_of_all())
    assert {reaching.attack for reaching in _REACHED.values()} <= {attack.id for attack in ATTACKS}


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.id in _FIXED], ids=str)
def test_what_is_passed_over_is_told(attack: Attack, stage: Stage, store: Store) -> None:
    """In the JSON, in the text and on the screen, where it is a bound that has no name."""
    seen, said = _look(attack, Reaching(attack=attack.id), stage, store)
    assert attack.seen.says in json.dumps(to_json(seen), ensure_ascii=False)
    assert attack.seen.says in to_text(seen, color=False, width=_WIDE, said=said)
    assert attack.seen.says in "\n".join(_screen(seen))


@pytest.mark.parametrize("name", _REACHED)
def test_it_is_named_where_it_is_reached(name: str, stage: Stage, store: Store) -> None:
    """In the JSON, in the text and on the screen."""
    reaching = _REACHED[name]
    attack = next(attack for attack in ATTACKS if attack.id == reaching.attack)
    seen, said = _look(attack, reaching, stage, store)
    named = re.compile(rf"\blimit\s+{name}(?![\w-])")
    assert named.search(json.dumps(to_json(seen)))
    assert named.search(to_text(seen, color=False, width=_WIDE, said=said))
    assert named.search("\n".join(_screen(seen)))
