"""Under which suffixes registries let the public register names: `com`, `co.uk`. The list is publicsuffix.org's.

Only what registries run counts here (the ICANN section), as it does for browsers that refuse wildcards: `github.io` is
no suffix in this sense. The list comes with the package publicsuffixlist. To parse all of it takes longer than to judge
a chain, so what it says of the top-level domains that are asked for is looked up in its bytes, and only that is parsed.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_BEGIN, _END = b"===BEGIN ICANN DOMAINS===", b"===END ICANN DOMAINS==="
_LABEL = re.compile("[a-z0-9-]+")


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

    lines = [*_lines(top_level)]
    return PublicSuffixList(lines, accept_unknown=False, accept_encoded_idn=False) if lines else None


def _lines(top_level: str) -> Iterator[bytes]:
    """The rules of the list for one top-level domain, all in ASCII."""
    listed = _as_listed(top_level)
    if listed is None:
        return
    text, at = _registries(), 0
    while (at := text.find(listed + b"\n", at)) >= 0:
        begin, end = text.rfind(b"\n", 0, at) + 1, at + len(listed)
        if text[at - 1 : at] in {b"\n", b"."} and not text.startswith(b"//", begin):
            yield _in_ascii(text[begin:end])
        at = end


def _in_ascii(rule: bytes) -> bytes:
    """A rule as names are asked for. Of most nothing is to be done, and to find that out is slow in the codec."""
    if rule.isascii():
        return rule
    exception, domain = rule[:1] == b"!", rule.removeprefix(b"!")
    return b"!" * exception + domain.decode().encode("idna")


def _as_listed(top_level: str) -> bytes | None:
    """A top-level domain as the list writes it, in its own script; None where it is no label."""
    if _LABEL.fullmatch(top_level) is None:
        return None
    label = top_level.encode()
    try:
        return label.decode("idna").encode() if label.startswith(b"xn--") else label
    except UnicodeError:
        return None


@cache
def _registries() -> bytes:
    """The section of the list that registries run, each rule as a line of its own."""
    from publicsuffixlist import PSLFILE  # noqa: PLC0415 - as above

    return Path(PSLFILE).read_bytes().partition(_BEGIN)[2].partition(_END)[0]
