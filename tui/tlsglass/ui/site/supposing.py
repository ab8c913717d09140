"""What if it were otherwise: what is on the screen is judged again for what is supposed, without a connection."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from tlsglass.errors import InputError
from tlsglass.report.outline import ADDED, DROPPED
from tlsglass.text import printable
from tlsglass.trust.model import Finding, TrustReport
from tlsglass.trust.supposition.changes import changes
from tlsglass.trust.supposition.model import Supposition
from tlsglass.turns import giving_way
from tlsglass.ui.judgements import WORDS
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.model import Certificate

if TYPE_CHECKING:
    from tlsglass.observation import Observation
    from tlsglass.report.lines import Node
    from tlsglass.ui.engine import Run
    from tlsglass.ui.means import Means
    from tlsglass.ui.site.looking import LookingScreen

_SAID = 3
"""Findings of each kind that a message names."""


class Supposed(Message):
    """What was seen was judged again."""

    def __init__(self, run: int, report: TrustReport, supposition: Supposition) -> None:
        """Make the message.

        Args:
            run: the number of the run that saw it.
            report: the new judgement.
            supposition: what it supposes.
        """
        super().__init__()
        self.run = run
        """The number of the run that saw it."""

        self.report = report
        """The new judgement."""

        self.supposition = supposition
        """What it supposes."""


def ask(screen: "LookingScreen", means: "Means") -> None:
    """Ask what to suppose and judge by it, in a thread; the screen gets a `Supposed`.

    Args:
        screen: shows a site or a file that was judged.
        means: the store, and by whose rules to judge.
    """
    from tlsglass.ui.dialogs.what_if import WhatIfScreen  # noqa: PLC0415 - first needed here

    run = screen.run
    trust = run.observation.trust if run is not None else None
    if run is None or trust is None:
        return
    try:
        store = means.store()
    except InputError as error:
        screen.notify(printable(f"{error.message} {error.hint}".rstrip()), severity="error", markup=False)
        return

    def judge(supposed: Supposition | None) -> None:
        if supposed is not None:
            suppose(screen, means, supposed)

    truth = run.truth
    changed = (
        f"As supposed: {said(truth.trust, trust)}" if truth.trust is not None and trust.seen_at is not None else ""
    )
    may_read = not means.is_kiosk
    screen.app.push_screen(WhatIfScreen(truth, run.supposition, store, changed=changed, may_read=may_read), judge)


def suppose(screen: "LookingScreen", means: "Means", supposition: Supposition) -> None:
    """Judge by a supposition, in a thread; the screen gets a `Supposed`.

    Args:
        screen: shows a site or a file that was judged.
        means: the store, and by whose rules to judge.
        supposition: all that is supposed; nothing brings the truth back.
    """
    if screen.run is not None:
        work = partial(_judge_in_thread, screen, means, screen.run, supposition)
        screen.run_worker(work, thread=True, group="what-if", name="judging again", exit_on_error=False)


def suppose_sending(screen: "LookingScreen", means: "Means", node: "Node") -> None:
    """Suppose that a certificate was not sent, or that it was; a message says where that makes no sense.

    Args:
        screen: shows a site or a file that was judged.
        means: the store, and by whose rules to judge.
        node: the line of the certificate.
    """
    supposition = with_other_sending(screen.run, node) if screen.run is not None else None
    if supposition is not None:
        suppose(screen, means, supposition)


def suppose_store(screen: "LookingScreen", means: "Means", node: "Node") -> None:
    """Suppose that a certificate is not in the store, or that it is.

    Args:
        screen: shows a site or a file that was judged.
        means: the store, and by whose rules to judge.
        node: the line of the certificate.
    """
    if screen.run is None or node.certificate is None:
        return
    is_anchor = means.store().contains(node.certificate)
    suppose(screen, means, with_other_store(screen.run.supposition, node.certificate, is_anchor=is_anchor))


def back_to_truth(screen: "LookingScreen", means: "Means") -> None:
    """Suppose nothing any more.

    Args:
        screen: shows something that is supposed.
        means: the store, and by whose rules to judge.
    """
    suppose(screen, means, Supposition())


def with_other_sending(run: "Run", node: "Node") -> Supposition | None:
    """What is supposed now, and that a certificate was not sent; or that it was, if it is supposed not to have been.

    Args:
        run: what was seen, and what is supposed now.
        node: the line that the cursor is on.

    Returns:
        None where the line is about nothing that was sent, or could have been.
    """
    now, certificate = run.supposition, node.certificate
    if certificate is None:
        return None
    key = node.key.partition("/")[0]
    if ADDED in key:
        return replace(now, added=tuple(each for each in now.added if each != certificate))
    sent = [place for place, each in enumerate(_fingerprints(run.truth)) if each == certificate.sha256]
    copy = int(key.rpartition("#")[2]) - 1 if "#" in key else 0
    if DROPPED in key:
        return replace(now, dropped=now.dropped - {sorted(now.dropped & set(sent))[copy]})
    left = [place for place in sent if place not in now.dropped]
    if "@" in key:  # of the store, or fetched: it could have been sent
        return replace(now, added=(*now.added, certificate))
    return replace(now, dropped=now.dropped | {left[copy]}) if copy < len(left) else None


def _fingerprints(seen: "Observation") -> Iterable[str]:
    """The SHA-256 of what was sent, without reading all of a file's certificates."""
    if seen.contents is None:
        return (certificate.sha256 for certificate in seen.certificates)
    return (item.sha256 for item in seen.contents.items if item.kind is Kind.CERTIFICATE)


def with_other_store(now: Supposition, certificate: Certificate, *, is_anchor: bool) -> Supposition:
    """What is supposed now, and that a certificate is not in the store; or that it is, if it is not.

    Args:
        now: what is supposed now.
        certificate: the certificate.
        is_anchor: whether the store has it in truth.
    """
    if is_anchor:
        rest = tuple(each for each in now.distrusted if each != certificate)
        return replace(now, distrusted=rest if certificate in now.distrusted else (*rest, certificate))
    rest = tuple(each for each in now.trusted if each != certificate)
    return replace(now, trusted=rest if certificate in now.trusted else (*rest, certificate))


def said(before: TrustReport, after: TrustReport) -> str:
    """What a supposition changes, in a sentence or two. Printable."""
    change = changes(before, after)
    word = WORDS[after.verdict][0].partition(" ")[2]
    verdict = f"Still {word}." if before.verdict is after.verdict else f"Now {word}."
    path = []
    if change.path is not None:
        names = " < ".join(printable(certificate.label, limit=60) for certificate in change.path)
        path = [f"The path is now {names}{'' if after.anchored else ', to no anchor'}."]
    return " ".join([verdict, *_listed("New", change.appeared), *_listed("Gone", change.gone), *path])


def _listed(what: str, findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    codes = list(dict.fromkeys(found.code.value for found in findings))
    more = f" and {len(codes) - _SAID} more" if len(codes) > _SAID else ""
    return [f"{what}: {printable(', '.join(codes[:_SAID]))}{more}."]


def _judge_in_thread(screen: "LookingScreen", means: "Means", run: "Run", supposition: Supposition) -> None:
    from tlsglass.supposing import judge_again  # noqa: PLC0415 - first needed here

    settings = means.settings
    with giving_way(means.precedence.wait):
        report = judge_again(
            run.truth, means.store(), supposition, profile=means.settings.profile, limits=settings.limits
        )
    screen.post_message(Supposed(run.number, report, supposition))
