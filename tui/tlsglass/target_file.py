"""Files as targets, and how they are told from hosts.

A file is `-` for standard input, a path that begins with `/`, `./` or `../`, or a bare name that ends as files of
certificates do and as no top-level domain does, such as `chain.pem`. A relative path with a slash in it is a file if
there is one. Of what else is typed, whatever can be a site is one, and the rest is a file if there is one.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path

from tlsglass.errors import Fault, InputError
from tlsglass.frozen import dataclass
from tlsglass.target import Target, is_address, parse_hostname, parse_target

STANDARD_INPUT = "-"

_ENDINGS = frozenset(
    {"pem", "crt", "cer", "der", "csr", "p10", "crl", "p7b", "p7c", "p7s", "spc", "p12", "pfx", "key", "ocsp", "sct"}
)
"""What files are called that hold certificates and the like; none of these is a top-level domain."""

_PATH = re.compile(r"\.{0,2}[/\\]|[A-Za-z]:[/\\]|~/")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTarget:
    """One file to look at."""

    text: str
    """As typed."""

    path: str
    """Where it lies; `-` is standard input."""

    hostname: str | None
    """The name or address that what is in it is judged by; None where it is not judged."""

    data: bytes | None = field(default=None, repr=False)
    """Its bytes, where they are here already, as what was pasted is; None where it is to be read."""

    more: "tuple[FileTarget, ...]" = ()
    """Other files that are looked at together with it."""

    of_the_demo: bool = False
    """Whether it is one of the demo's, which are read by their name alone."""

    @property
    def origin(self) -> str:
        """What to call it in a headline."""
        if self.more:
            return self.text
        return "standard input" if self.path == STANDARD_INPUT else self.text

    @property
    def name(self) -> str:
        """Its name without the folder; what to call a file that is made from it."""
        return {STANDARD_INPUT: "stdin", "": "pasted"}.get(self.path) or Path(self.path).name

    @property
    def lasting_text(self) -> str:
        """What leads to it from any folder; empty for what was pasted or piped in."""
        if self.of_the_demo:
            return self.text
        is_kept = self.data is None and self.path not in {"", STANDARD_INPUT}
        return str(Path(self.path).absolute()) if is_kept else ""

    @property
    def hostname_is_address(self) -> bool:
        """Whether it is judged by an address rather than a name."""
        return self.hostname is not None and is_address(self.hostname)


def parse_site_or_file(
    text: str, *, sni: str | None = None, address: str | None = None, hostname: str | None = None
) -> Target | FileTarget:
    """Read what was typed, be it a site or a file.

    Args:
        text: the target.
        sni: the server name to send to a site.
        address: the address to connect to instead of resolving a site's host.
        hostname: the name or address to judge by.

    Returns:
        A file where the module says so. That it can be read is not looked at.

    Raises:
        InputError: with BAD_TARGET, where it can be neither.
    """
    if _is_path(text) or ("/" in text and "://" not in text and _exists(text)):
        return _file(text, hostname)
    try:
        return parse_target(text, sni=sni, address=address, hostname=hostname)
    except InputError:
        if _exists(text):
            return _file(text, hostname)
        raise


def pasted(data: bytes, hostname: str | None = None) -> FileTarget:
    """What was pasted, as a file.

    Args:
        data: the text, encoded.
        hostname: the name or address to judge by.
    """
    return replace(_file("pasted text", hostname), path="", data=data)


def together(files: Sequence[FileTarget]) -> FileTarget:
    """Several files as one look.

    Args:
        files: at least one.
    """
    first, *more = files
    if not more:
        return first
    return replace(first, text=f"{first.name} and {len(more)} more", more=tuple(more))


def _is_path(text: str) -> bool:
    """Whether it is a path whatever lies there."""
    if text == STANDARD_INPUT or _PATH.match(text):
        return True
    name, dot, ending = text.rpartition(".")
    return bool(name and dot) and ending.lower() in _ENDINGS and not re.search(r"[/:\[\]]", text)


def _exists(text: str) -> bool:
    try:
        return text != "" and Path(text).exists()
    except (OSError, ValueError):
        return False


def _file(text: str, hostname: str | None) -> FileTarget:
    if "\0" in text:
        message = "The name of the file has a NUL character in it."
        raise InputError(Fault.BAD_TARGET, message, "No file can be called so.")
    judged = parse_hostname(hostname) if hostname is not None else None
    return FileTarget(text=text, path=os.path.expanduser(text), hostname=judged)  # noqa: PTH111 - `-` and `./x` stay so
