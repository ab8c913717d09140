"""Which name somebody may have meant who asked for one that a certificate does not have. In bounded work."""

from collections.abc import Iterator, Sequence

from tlsglass.limits import MOST_SUGGESTED_FROM
from tlsglass.x509.model import GeneralName

_MOST_EDITS = 2
_LONGEST_COMPARED = 40
"""Letters between the first and the last difference, past which two names are taken for two, not for a slip."""

_LETTERS_AN_EDIT = 3
"""Letters that a label has to have for each that is wrong, so that short names are not taken for each other."""

_FEWEST_WITHOUT_DOT = 8
"""Letters of a name for a dot in it to be taken for one too many, or for forgotten."""


def meant_name(names: Sequence[GeneralName], hostname: str) -> str | None:
    """The name that comes nearest to a host, if one is near.

    Args:
        names: of a certificate, none of which covers the host.
        hostname: in its ASCII form.

    Returns:
        The host with `www.` before it or without; else what it is when one or two letters are mistyped; else the name
        that is the only one of the same domain. A wildcard is never given, but a name that it covers. None where there
        is none of these.
    """
    host = hostname.lower().removesuffix(".")
    offered = [name.value.lower().removesuffix(".") for name in names[:MOST_SUGGESTED_FROM] if name.kind == "DNS"]
    variant = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    if variant in offered:
        return variant
    parent = host.partition(".")[2]
    if f"*.{host}" in offered:
        return variant  # the wildcard covers names below the host, not the host
    plain = [name for name in offered if "*" not in name]
    near = list(_mistyped(host, [*plain, *_covered(host, offered)]))
    if near:
        return min(near)[1]
    siblings = [name for name in plain if parent.count(".") and (name == parent or name.partition(".")[2] == parent)]
    return siblings[0] if len(siblings) == 1 else None


def _covered(host: str, offered: Sequence[str]) -> Iterator[str]:
    """The host's first label under each wildcard, as it would be if its domain was mistyped."""
    label, _, rest = host.partition(".")
    for name in offered:
        if name.startswith("*.") and name[2:] != rest:
            yield f"{label}.{name[2:]}"


def _mistyped(host: str, names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The names that differ in a few letters, with the number of these."""
    labels = host.split(".")
    for name in names:
        others = name.split(".")
        if len(others) != len(labels):
            if len(host) >= _FEWEST_WITHOUT_DOT and edits(host, name, 1) is not None:
                yield 1, name
            continue
        counts = [_edits_of_label(*pair) for pair in zip(labels, others, strict=True)]
        known = [count for count in counts if count is not None]
        if len(known) == len(counts) and sum(known) <= _MOST_EDITS:
            yield sum(known), name


def _edits_of_label(one: str, other: str) -> int | None:
    return edits(one, other, min(_MOST_EDITS, max(len(one), len(other)) // _LETTERS_AN_EDIT))


def edits(one: str, other: str, most: int) -> int | None:
    """How many letters have to be added, left out, changed or swapped with the next to make one text of another.

    Args:
        one: a text.
        other: another.
        most: how many are of interest.

    Returns:
        None where it would be more than that, or where the texts differ over a long stretch.
    """
    if abs(len(one) - len(other)) > most:
        return None
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(one) - len(other))
    one, other = one[start:], other[start:]
    end = next((at for at, pair in enumerate(zip(one[::-1], other[::-1], strict=False)) if pair[0] != pair[1]), None)
    kept = min(len(one), len(other)) if end is None else end
    one, other = one[: len(one) - kept], other[: len(other) - kept]
    if max(len(one), len(other)) > _LONGEST_COMPARED:
        return None
    count = _distance(one, other)
    return count if count <= most else None


def _distance(one: str, other: str) -> int:
    """The optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        above, row, two_above = row, [place], before
        before = above
        for at, wanted in enumerate(other, start=1):
            best = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (letter != wanted))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == wanted:
                best = min(best, two_above[at - 2] + 1)
            row.append(best)
    return row[-1]
