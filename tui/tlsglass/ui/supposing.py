"""What if it were another day, or another name: the chain on the screen is judged again, without a connection."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from tlsglass.text import printable
from tlsglass.trust.changes import changes
from tlsglass.trust.model import Finding, TrustReport
from tlsglass.trust.revocation.model import RevocationAnswer, Source
from tlsglass.ui.judgements import WORDS

if TYPE_CHECKING:
    from tlsglass.observation import Observation
    from tlsglass.ui.means import Means
    from tlsglass.ui.screens.site import SiteScreen
    from tlsglass.ui.screens.what_if import Supposition

_SAID = 3
"""Findings of each kind that a toast names."""


class Supposed(Message):
    """A chain was judged again."""

    def __init__(self, run: int, report: TrustReport) -> None:
        """Make the message.

        Args:
            run: the number of the run whose chain it is.
            report: the new judgement.
        """
        super().__init__()
        self.run = run
        """The number of the run whose chain it is."""

        self.report = report
        """The new judgement."""


def ask(screen: "SiteScreen", means: "Means") -> None:
    """Ask what to suppose and judge by it, in a thread; the screen gets a `Supposed`.

    Args:
        screen: shows a site or a file that was judged.
        means: the store, and by whose rules to judge.
    """
    from tlsglass.ui.screens.what_if import WhatIfScreen  # noqa: PLC0415 - first needed here

    run = screen.run
    if run is None or run.observation.trust is None:
        return
    observation, trust = run.observation, run.observation.trust
    truth = observation.target.hostname or ""
    at = f"{trust.at:%Y-%m-%dT%H:%M:%SZ}" if trust.seen_at not in {None, trust.at} else ""
    hostname = trust.hostname if trust.hostname != truth else ""

    def judge(supposed: "Supposition | None") -> None:
        if supposed is not None:
            work = partial(_judge_in_thread, screen, means, run.number, observation, supposed)
            screen.run_worker(work, thread=True, group="what-if", name="judging again", exit_on_error=False)

    screen.app.push_screen(WhatIfScreen(at, hostname, name_needed=not truth), judge)


def said(before: TrustReport, after: TrustReport) -> str:
    """What a supposition changes, in a sentence or two. Printable."""
    change = changes(before, after)
    word = WORDS[after.verdict][0].partition(" ")[2]
    verdict = f"Still {word}." if before.verdict is after.verdict else f"Now {word}."
    return " ".join([verdict, *_listed("New", change.appeared), *_listed("Gone", change.gone)])


def _listed(what: str, findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    codes = list(dict.fromkeys(found.code.value for found in findings))
    more = f" and {len(codes) - _SAID} more" if len(codes) > _SAID else ""
    return [f"{what}: {printable(', '.join(codes[:_SAID]))}{more}."]


def _judge_in_thread(
    screen: "SiteScreen", means: "Means", run: int, observation: "Observation", supposed: "Supposition"
) -> None:
    screen.post_message(Supposed(run, judged_again(observation, means, supposed)))


def judged_again(observation: "Observation", means: "Means", supposed: "Supposition") -> TrustReport:
    """The judgement of what was seen, for another time or another name.

    Args:
        observation: what was seen; it was judged, or nobody named a site.
        means: the store, and by whose rules to judge.
        supposed: what to suppose; where that is nothing, the judgement is that of what was seen.

    Raises:
        InputError: the store can't be read.
    """
    from tlsglass.target import is_address  # noqa: PLC0415 - first needed here
    from tlsglass.target_file import FileTarget  # noqa: PLC0415 - as above
    from tlsglass.trust.judge import judge  # noqa: PLC0415 - as above

    trust = observation.trust
    moment = observation.started if trust is None else trust.seen_at or trust.at
    hostname = supposed.hostname or observation.target.hostname or ""
    at = supposed.at or moment
    report = judge(
        observation.certificates,
        hostname=hostname,
        is_address=is_address(hostname),
        store=means.store(),
        handshake=observation.handshake,
        at=at,
        profile=means.profile,
        from_file=isinstance(observation.target, FileTarget),
        seen_at=moment,
        fetched=trust.fetched if trust is not None else (),
        revocation=_asked(trust),
        limits=means.settings.limits,
    )
    as_it_is = at == moment and hostname == observation.target.hostname
    return replace(report, seen_at=None) if as_it_is else report


def _asked(trust: TrustReport | None) -> "tuple[RevocationAnswer, ...] | None":
    """What responders and lists have said, if they were asked: they are not asked again."""
    said = trust.revocation if trust is not None else ()
    return tuple(answer for answer in said if answer.source is not Source.STAPLE) or None
