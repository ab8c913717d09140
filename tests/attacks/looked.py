"""A look at an attack in this process, and all that the app shows of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tests.attacks.attack import Attack
from tests.attacks.publications import ASKING
from tests.attacks.stage import Stage
from tlsglass.exchange.spool import Spool
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.target_file import FileTarget, parse_site_or_file
from tlsglass.trust.remedies.remedy import remedy
from tlsglass.trust.stores.store import Store
from tlsglass.ui.dialogs.fix import remedy_text
from tlsglass.ui.dialogs.reason import in_full
from tlsglass.ui.widgets.checks.rows import groups
from tlsglass.ui.widgets.detail import detail
from tlsglass.ui.widgets.handshake import facts, messages
from tlsglass.ui.widgets.headline import headline
from tlsglass.ui.widgets.response import words

_SAID = 400
"""Bytes of an answer that is no HTTP which a report shows."""

_LINES = 60
"""Lines of the tree whose detail is looked at."""

_ROWS = 20
"""Rows of each group of the checks that are read in full."""


def look(attack: Attack, stage: Stage, store: Store, limits: Sequence[str] = ()) -> tuple[Observation, bytes]:
    """Look from beginning to end, as the report and the app do.

    Args:
        attack: what is looked at.
        stage: plays it.
        store: the trust anchors.
        limits: as they are typed, behind those of the attack.

    Returns:
        What is known, and the beginning of the answer.
    """
    bounds, asks = _bounds(attack, limits), attack.words[: len(ASKING)] == ASKING
    target = parse_site_or_file(stage.target(attack))
    observation = Observation(target=target, started=datetime.now(UTC))
    with Stop() as stop, Spool(limit=bounds.response) as spool:
        events = (
            load(target, store=None, stop=stop, password=lambda _: None, limits=bounds)
            if isinstance(target, FileTarget)
            else probe(
                target,
                store=store,
                spool=spool,
                stop=stop,
                timeout=attack.timeout,
                aia=asks,
                revocation=asks,
                limits=bounds,
            )
        )
        for event in events:
            observation = observation.after(event)
        return observation, spool.read(0, _SAID)


def _bounds(attack: Attack, words: Sequence[str]) -> Limits:
    bounds = DEFAULTS
    for word in (*(word for word in attack.words if "=" in word), *words):
        bounds = bounds.with_typed(word)
    return bounds


def panes(seen: Observation, width: int) -> Iterator[str]:
    """What stands in the app's panes, but for the detail, with that many cells a line."""
    yield headline(seen, 1.0, width).plain
    yield facts(seen, width).plain
    yield messages(seen.messages).plain
    if seen.trust is not None:
        for group in groups(seen.trust):
            yield from (in_full(row, seen, None, width).plain for row in group.rows[:_ROWS])
        for finding in seen.trust.findings[:_ROWS]:
            made = remedy(finding, seen.trust, seen.judged, file="chain.pem")
            yield remedy_text(finding, made, width, may_fetch=True).plain
    if seen.response is not None:
        yield words.ending_words(seen.response)


def details(seen: Observation, width: int) -> Iterator[tuple[Node, str]]:
    """Lines of the tree and of those below them, each with its detail."""
    lines = outline(seen)
    for top in (*lines[:_LINES], *lines[-1:]):
        for line in (top, *top.children[:_LINES]):
            yield line, detail(line, seen.started, width).plain


def found(line: Node, seen: Observation, width: int) -> str:
    """What the detail has of a line's findings, below whatever value."""
    return detail(replace(line, field=None, certificate=None, summary="value"), seen.started, width).plain
