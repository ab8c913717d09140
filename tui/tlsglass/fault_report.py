"""A fault of the program itself, as a report that may be given away: where it happened, and in which versions.

A traceback as Python writes it quotes messages, and some libraries quote the values of every variable: with them names
of sites, passwords and keys. This report quotes none. Standard library only, so that whatever breaks can be reported.
"""

import platform
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import PurePath
from types import TracebackType

from tlsglass import __version__

STATUS = 70
"""The exit status that says that the program itself failed, as sysexits.h has it (EX_SOFTWARE)."""

ASKED_FOR_BY = "TLSGLASS_REPORT_FAULTS"
"""The variable of the environment that has `show` write the report."""

MOST_FRAMES = 40
"""Places of one traceback that are listed: the outermost and the innermost halves of these."""

MOST_CAUSES = 5
"""Exceptions that led to one another that are listed."""

_LIBRARIES = ("textual", "cryptography", "pyopenssl", "h11", "idna", "click")


def where(error: BaseException) -> str:
    """The fault in a few words: its kind, and the innermost place in this program.

    Args:
        error: what was raised.
    """
    places = _places(error.__traceback__)
    own = [place for place in places if place.startswith("tlsglass/")]
    return f"{_kind(error)} in {(own or places or ['an unknown place'])[-1]}"


def explanation(error: BaseException, environment: Mapping[str, str], doing: str = "working") -> str:
    """What a command says of a fault: a sentence, and the report if it is asked for.

    Args:
        error: what was raised.
        environment: the process's; `TLSGLASS_REPORT_FAULTS` asks for the report where it is not empty.
        doing: what went on, in our own words.
    """
    said = f"tlsglass: this is a bug in tlsglass: {where(error)}."
    if environment.get(ASKED_FOR_BY):
        return f"{said}\n\n{report(error, doing)}"
    return f"{said} {ASKED_FOR_BY}=1 in the environment makes it write a report.\n"


def report(error: BaseException, doing: str) -> str:
    """The report, some lines of printable ASCII.

    Args:
        error: what was raised.
        doing: what went on, in our own words: 'looking at a site'.
    """
    lines = [
        f"tlsglass {__version__} failed while {doing}: {where(error)}.",
        "",
        "In this report are places in the program and versions. Not in it are messages, values,",
        "names of sites, addresses, keys and passwords.",
    ]
    found: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if found is None:
            break
        lines += ["", _kind(found), *(f"  {place}" for place in _shortened(_places(found.__traceback__)))]
        found = found.__cause__ or found.__context__
    lines += ["", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}", _versions(), ""]
    return "\n".join(lines).encode("ascii", "backslashreplace").decode("ascii")


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _places(trace: TracebackType | None) -> list[str]:
    """File, line and function of each frame, the outermost first."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_file(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def _file(name: str) -> str:
    """A file without the folders that tell whose machine it is."""
    parts = PurePath(name.replace("\\", "/")).parts
    for root in ("site-packages", "dist-packages", f"python{sys.version_info.major}.{sys.version_info.minor}"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    if "tlsglass" in parts:
        last = len(parts) - 1 - parts[::-1].index("tlsglass")
        return "/".join(parts[last:])
    return parts[-1] if parts else ""


def _shortened(places: list[str]) -> list[str]:
    if len(places) <= MOST_FRAMES:
        return places
    half = MOST_FRAMES // 2
    return [*places[:half], f"... {len(places) - 2 * half:,} more ...", *places[-half:]]


def _versions() -> str:
    found = []
    for library in _LIBRARIES:
        try:
            found.append(f"{library} {metadata.version(library)}")
        except metadata.PackageNotFoundError:
            found.append(f"{library} missing")
    return ", ".join(found)
