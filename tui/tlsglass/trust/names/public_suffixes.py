"""Under which suffixes registries let the public register names: `com`, `co.uk`. The list is publicsuffix.org's.

Only what registries run counts here (the ICANN section), as it does for browsers that refuse wildcards: `github.io` is
no suffix in this sense. The list comes with the package publicsuffixlist. To parse all of it takes longer than to judge
a chain, so it is parsed for the top-level domains that are asked for.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_BEGIN, _END = b"===BEGIN ICANN DOMAINS===", b"===END ICANN DOMAINS==="


@lru_cache(maxsize=1024)
def public_suffix(name: str) -> str | None:
    """The longest public suffix of a name; of a name that is one itself, that name.

    Args:
        name: a DNS name in its ASCII form, without a dot at its end.

    Returns:
        In lower case; None where no registry has its top-level domain, or where it is no name.
    """
    rules = _rules(name.lower().rpartition(".")[2])
    return rules.publicsuffix(name) if rules is not None else None


@cache
def _rules(top_level: str) -> "PublicSuffixList | None":
    """The rules for the names below one top-level domain."""
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - few rules ask for it

    lines = _lines().get(top_level)
    return PublicSuffixList(lines, accept_unknown=False) if lines else None


@cache
def _lines() -> dict[str, list[bytes]]:
    """The lines of the list, by the top-level domain that they are about, in its ASCII form."""
    from publicsuffixlist import PSLFILE  # noqa: PLC0415 - as above

    lines: dict[str, list[bytes]] = {}
    section = Path(PSLFILE).read_bytes().partition(_BEGIN)[2].partition(_END)[0]
    for line in section.splitlines():
        if line and not line.startswith(b"//"):
            top_level = line.rpartition(b".")[2]
            ascii_form = top_level if top_level.isascii() else top_level.decode().encode("idna")
            lines.setdefault(ascii_form.decode(), []).append(line)
    return lines
