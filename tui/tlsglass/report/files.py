"""Saving what was seen: safe names for files, made from what strangers call themselves, and whole writes."""

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tlsglass.exchange.http import media_type
from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.x509.model import Certificate

_LENGTH = 80
"""Characters of a name without its suffix; any file system takes that, and a person still reads it."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DOTS = re.compile(r"\.{2,}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
"""Names that mean a device on Windows, whatever follows the first dot."""

_SUFFIXES = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/css": ".css",
    "text/csv": ".csv",
    "text/javascript": ".js",
    "application/javascript": ".js",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/svg+xml": ".svg",
}


def safe_name(text: str, suffix: str = "", *, otherwise: str = "unnamed") -> str:
    """A file name that is one plain word, whatever the text holds.

    Args:
        text: what to call it, from outside; a wildcard's star becomes 'wildcard'.
        suffix: our own ending, with its dot.
        otherwise: the name where nothing of the text can be kept.

    Returns:
        Letters, digits, dots, dashes and underscores; neither hidden nor an option nor a path nor a device.
    """
    name = _UNSAFE.sub("_", text.replace("*", "wildcard"))
    name = _DOTS.sub(".", name)[:_LENGTH].strip("._-") or otherwise
    return f"{'_' if _RESERVED.match(name) else ''}{name}{suffix}"


def certificate_file_name(certificate: Certificate) -> str:
    """A name for a file that holds one certificate in PEM."""
    return safe_name(certificate.label, ".pem", otherwise="certificate")


def chain_file_name(observation: Observation, *, repaired: bool = False) -> str:
    """A name for a file that holds the certificates as sent in PEM, or as they should be sent."""
    return _named(observation, "-repaired.pem" if repaired else "-chain.pem")


def report_file_name(observation: Observation) -> str:
    """A name for a file that holds the JSON report."""
    return _named(observation, ".json")


def response_file_name(observation: Observation, *, body_only: bool = False) -> str:
    """A name for a file that holds the answer, as raw bytes with its head, or its body alone by the type it says."""
    if not body_only:
        return _named(observation, "-response.bin")
    kind = media_type(observation.head) if observation.head is not None else None
    return _named(observation, _SUFFIXES.get(kind or "", ".bin"))


def _named(observation: Observation, suffix: str) -> str:
    """A name after the site's host, or after the file's name without its ending."""
    target = observation.target
    return safe_name(target.host if isinstance(target, Target) else Path(target.name).stem, suffix, otherwise="site")


def write_file(path: Path, chunks: Iterable[bytes], *, replace: bool = False) -> int:
    """Write a file that only its owner may read, so that it is there in whole or not at all.

    Args:
        path: where to; its folder must exist.
        chunks: the content, in pieces.
        replace: whether a file that is there may be replaced.

    Returns:
        How many bytes were written.

    Raises:
        FileExistsError: there is one, and it is not to be replaced; nothing was changed.
        OSError: it can't be written; nothing is left behind.
    """
    if not replace:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        return _write_beside(path, chunks)
    except BaseException:
        if not replace:
            with suppress(FileNotFoundError):
                path.unlink()
        raise


def _write_beside(path: Path, chunks: Iterable[bytes]) -> int:
    """Write into a temporary file of the same folder, then give it the name in one step."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".tlsglass-")
    written = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                written += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    return written
