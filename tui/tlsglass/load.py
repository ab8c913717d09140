"""One look at one file: read it, find out what it holds, judge it if a name was given. What `probe` is to a site.

What a listener can rely on, in this order: `PhaseStarted` of the input; `FileRead`; `CertificatesReceived` where there
are any; `TrustJudged` after that; or else one `Failed` at the place of what could not be done; `Finished` last, always.
The certificates of the events are parsed when somebody looks at them, so that a bundle of thousands opens at once.
"""

import os
import select
import stat
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from tlsglass import events
from tlsglass.errors import Fault, InputError, Phase, TlsglassError
from tlsglass.events import Event
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.stop import Stop
from tlsglass.target_file import STANDARD_INPUT, FileTarget
from tlsglass.trust.model import TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.unjudged import not_judged
from tlsglass.x509.containers.model import Certificates, FileContents, Item
from tlsglass.x509.containers.passwords import Ask, nobody
from tlsglass.x509.containers.unpack import unpack

if TYPE_CHECKING:
    from tlsglass.trust.stores import Store

_CHUNK = 1024 * 1024
_WAITS_FOR_FILES = sys.platform != "win32"
"""Whether `select` takes pipes and terminals."""

Source = Callable[[FileTarget, Stop], bytes]
"""Gives the bytes of a file; raises InputError."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


def read_source(target: FileTarget, stop: Stop, largest: int = DEFAULTS.file) -> bytes:
    """The bytes of a file or of standard input, at most one more than are looked at.

    Args:
        target: the file; it may be a pipe.
        stop: ends waiting for a pipe or a terminal.
        largest: bytes of it that are looked at.

    Raises:
        InputError: it is not there, a folder, can't be read, or stopping was asked for.
    """
    if target.data is not None:
        return target.data
    try:
        if target.path == STANDARD_INPUT:
            return _read_all(sys.stdin.fileno(), stop, largest)
        if "\0" in target.path:  # of which each version of Python says something else
            text = f"No file is called {target.origin}."
            raise InputError(Fault.BAD_FILE, text, "A name holds no NUL.")
        # Opening a pipe that nobody writes to would wait without end.
        descriptor = os.open(target.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                text = f"{target.origin} is a folder."
                raise InputError(Fault.BAD_FILE, text, "Name the file in it.")
            return _read_all(descriptor, stop, largest)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        text = f"{target.origin} can't be read: {reason}."
        raise InputError(Fault.BAD_FILE, text, "Check its name and who may read it.") from error


def load(  # noqa: PLR0913 - what a look needs from outside, each by name
    target: FileTarget,
    *,
    store: "Store | None",
    stop: Stop,
    password: Ask = nobody,
    source: Source | None = None,
    at: datetime | None = None,
    profile: Profile = Profile.WEBPKI,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = _utc_now,
    limits: Limits = DEFAULTS,
) -> Generator[Event, None, None]:
    """Look at one file once.

    Nothing that a file holds raises here.

    Args:
        target: the file.
        store: what its certificates are judged by; None where they are not to be judged, as without a name.
        stop: ends waiting for standard input or a pipe, from any thread.
        password: gives the password of a PKCS #12 file that has one; called in this thread.
        source: gives the bytes; None reads the file.
        at: the moment that the certificates are judged for, aware and in UTC; None judges for the moment that it is.
        profile: by whose rules they are judged.
        clock: stamps the events, in seconds.
        now: the moment that it is.
        limits: how much of it is read.

    Yields:
        What happens, as it happens; the module says in which order.
    """
    began = clock()
    yield events.PhaseStarted(at=0.0, phase=Phase.INPUT)
    try:
        contents = _unpack_all(target, source or partial(read_source, largest=limits.file), stop, password, limits)
        yield events.FileRead(at=clock() - began, contents=contents)
        certificates = contents.certificates(limits)
        if certificates:
            yield events.CertificatesReceived(at=clock() - began, certificates=certificates)
        report = _judged(target, certificates, store, at, now(), profile, limits)
        yield events.TrustJudged(at=clock() - began, report=report)
    except TlsglassError as error:
        yield events.Failed(at=clock() - began, failure=error.failure())
    yield events.Finished(at=clock() - began)


def _unpack_all(target: FileTarget, source: Source, stop: Stop, password: Ask, limits: Limits) -> FileContents:
    """What the file holds, or all files that are looked at together; one that can't be read does not hide the rest."""
    if not target.more:
        return unpack(source(target, stop), password, limits)
    files = (replace(target, more=()), *target.more)
    items: list[Item] = []
    notes: list[str] = []
    size = unread = 0
    for file in files:
        try:
            found = unpack(source(file, stop), password, limits)
        except InputError as error:
            unread += 1
            if error.fault is Fault.CANCELLED or unread == len(files):
                raise
            notes.append(f"{file.name}: {error.message}")
            continue
        size += found.size
        items += (replace(item, place=f"{file.name}, {item.place}".removesuffix(", ")) for item in found.items)
        notes += (f"{file.name}: {note}" for note in found.notes)
    return FileContents(form=f"{len(files)} files", size=size, items=tuple(items), notes=tuple(notes))


def _read_all(descriptor: int, stop: Stop, largest: int) -> bytes:
    chunks: list[bytes] = []
    left = largest + 1
    waits = _WAITS_FOR_FILES and not stat.S_ISREG(os.fstat(descriptor).st_mode)
    while left > 0:
        if waits:
            select.select([descriptor, stop.fileno()], [], [])
        if stop.is_set():
            raise InputError(Fault.CANCELLED, "Reading the file was stopped.")
        chunk = os.read(descriptor, min(_CHUNK, left))
        if not chunk:
            break
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _judged(  # noqa: PLR0913, PLR0917 - handed on from `load`, once
    target: FileTarget,
    certificates: Certificates,
    store: "Store | None",
    at: datetime | None,
    now: datetime,
    profile: Profile,
    limits: Limits,
) -> TrustReport:
    if not certificates:
        return not_judged("there is no certificate", "Only certificates are judged.", at or now)
    if target.hostname is None or store is None:
        remedy = "Give one with --hostname, and it is judged as a site's chain is."
        return not_judged("no name given", remedy, at or now)
    from tlsglass.trust.judge import judge  # noqa: PLC0415 - it takes long to load, and few files are judged

    return judge(
        certificates,
        hostname=target.hostname,
        is_address=target.hostname_is_address,
        store=store,
        handshake=None,
        at=at or now,
        profile=profile,
        from_file=True,
        seen_at=now if at else None,
        limits=limits,
    )
