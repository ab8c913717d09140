"""What there is to see in the zoo, in the order of the tour, in words alone.

Nothing heavy is imported, so that the list can be shown before OpenSSL is loaded. How each exhibit comes to show what
it shows is left to the rest of this room.
"""

from tlsglass.demo.exhibits import (
    answers,
    chains,
    constraints,
    dates,
    encoding,
    healthy,
    keys,
    limits,
    names,
    paths,
    protocol,
    public,
    requirements,
    revocation,
)
from tlsglass.demo.exhibits.model import ZONE, Bundle, Entry, Exhibit, Group

__all__ = ("BUNDLES", "ENTRIES", "EXHIBITS", "GROUPS", "ZONE", "Bundle", "Entry", "Exhibit", "Group")

GROUPS = (
    healthy.GROUP,
    dates.GROUP,
    names.GROUP,
    chains.GROUP,
    paths.GROUP,
    keys.GROUP,
    limits.GROUP,
    constraints.GROUP,
    requirements.GROUP,
    public.GROUP,
    encoding.GROUP,
    revocation.GROUP,
    protocol.GROUP,
    answers.GROUP,
)
"""All groups, in the order of the tour."""

ENTRIES: tuple[Entry, ...] = tuple(entry for group in GROUPS for entry in group.entries)
"""All that there is to see, in the order of the tour."""

EXHIBITS = tuple(entry for entry in ENTRIES if isinstance(entry, Exhibit))
"""The servers."""

BUNDLES = tuple(entry for entry in ENTRIES if isinstance(entry, Bundle))
"""The files."""
