"""Judged chains for the table of clients, under roots that are taken for public ones."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from unittest import mock

from tests.trust.authority import Authority
from tlsglass.trust.clients.affected import affected
from tlsglass.trust.clients.model import ClientStanding, Stance
from tlsglass.trust.model import FindingCode, TrustReport
from tlsglass.trust.programs import data
from tlsglass.trust.programs.data import PROGRAMS, Bounds, ListedRoot
from tlsglass.trust.programs.standing import standing_of

EVERYWHERE = dict.fromkeys((program for program in PROGRAMS if program != "Mozilla"), Bounds())
"""The programs that can be said to have a root; Mozilla's standing is held against certifi, too."""


@contextmanager
def listed(
    roots: Mapping[Authority, Mapping[str, Bounds]],
    *,
    mozilla: Sequence[Authority] = (),
    old: Mapping[str, data.OldList] = MappingProxyType({}),
) -> Iterator[None]:
    """Let roots be listed by programs for a while, and nothing else be.

    Args:
        roots: each with the programs that have it.
        mozilla: those that Mozilla's list and certifi have, without bounds unless these are among the roots'.
        old: the programs of which only an old list is known, and which that is.
    """
    known = {
        root.parsed.sha256: ListedRoot(
            sha256=root.parsed.sha256,
            der=root.der,
            programs={**({"Mozilla": Bounds()} if root in mozilla else {}), **programs},
        )
        for root, programs in roots.items()
    }
    store = Authority.root("Nobody").store().with_anchors([root.der for root in mozilla])
    with (
        mock.patch.object(data, "listed_roots", return_value=known),
        mock.patch("tlsglass.trust.programs.standing.old_lists", return_value=old),
        mock.patch("tlsglass.trust.programs.standing._mozilla", return_value=store),
    ):
        _forget()
        yield
    _forget()


def _forget() -> None:
    standing_of.cache_clear()
    data._by_name.cache_clear()


def table(report: TrustReport) -> dict[str, ClientStanding]:
    """The table by the names of the families."""
    return {each.family: each for each in affected(report)}


def stances(report: TrustReport) -> dict[str, Stance]:
    """The stances by the names of the families."""
    return {each.family: each.stance for each in affected(report)}


def about(report: TrustReport, family: str, code: FindingCode) -> list[tuple[Stance, str]]:
    """What a family makes of findings of a code."""
    standing = table(report)[family]
    return [(reason.stance, reason.sentence) for reason in standing.because if code in reason.codes]
