"""`tlsglass show`: looks at one target after the other and writes each report as soon as it is whole."""

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from tlsglass.characters import as_started, lacks_utf8
from tlsglass.cli.loading import loaded
from tlsglass.cli.output import Output, OutputGoneError
from tlsglass.errors import Failure, Fault, InputError, Phase
from tlsglass.frozen import dataclass
from tlsglass.look_options import LookOptions
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.json_parts import Json
from tlsglass.report.json_report import to_json, to_line, unusable_target
from tlsglass.target import Target, without_login
from tlsglass.target_file import FileTarget, parse_site_or_file
from tlsglass.text import printable
from tlsglass.trust.model import Severity, Verdict
from tlsglass.x509.containers.passwords import Ask, nobody

TRUSTED = 0
UNTRUSTED = 1
BAD_TARGET = 2
UNREACHABLE = 3
INTERRUPTED = 130

if TYPE_CHECKING:
    from tlsglass.cli.pem import Which
    from tlsglass.trust.revocation.cache import ListCache
    from tlsglass.trust.stores import Store

_WIDTH = 80
_WIDEST = 100
_SAID = 400
"""Bytes of an answer that is no HTTP which the report shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(LookOptions):
    """How to look at each target, and what to write of it."""

    password: Ask = nobody
    """Gives the password of a PKCS #12 file."""

    drop: tuple[str, ...] = ()
    """Certificates that are supposed not to have been sent, by number or fingerprint."""

    add: tuple[Path, ...] = ()
    """Files whose certificates are supposed to have been sent, too."""

    distrust: tuple[str, ...] = ()
    """Anchors that are supposed not to be in the store, by fingerprint."""

    pem: "Which | None" = None
    """Which certificates to write in PEM instead of a report; None writes reports."""

    @property
    def supposes(self) -> bool:
        """Whether another chain or store is supposed."""
        return bool(self.drop or self.add or self.distrust)


def write_reports(targets: Sequence[str], look: Look, *, as_json: bool, out: TextIO, err: TextIO) -> int:
    """Report on each target in turn.

    Args:
        targets: as typed.
        look: how to look at them.
        as_json: one JSON document a line instead of text.
        out: where reports go.
        err: where it is said in one sentence what prevented us from seeing.

    Returns:
        The exit status, the highest of all.
    """
    output = Output(out)
    status = TRUSTED
    with Stop() as stop, _interrupts(stop):
        reporter = _Reporter(look, stop, output, err, as_json=as_json)
        try:
            for text in targets:
                status = max(status, reporter.attempt(text))
                loaded()  # whatever a look needs is there after the first
                if stop.is_set():
                    return INTERRUPTED
        except OutputGoneError as error:
            if error.message:
                reporter.complain(error.message)
            return error.status
    return status


def exit_status(observation: Observation) -> int:
    """What a look that ended says to a shell."""
    trust = observation.trust
    if observation.failure is not None:
        return UNREACHABLE
    if trust is not None and observation.contents is not None and not trust.hostname:
        return TRUSTED  # nobody asked for a judgement
    if trust is None or trust.verdict is not Verdict.TRUSTED:
        return UNTRUSTED
    return UNTRUSTED if any(finding.severity is Severity.ERROR for finding in trust.findings) else TRUSTED


@contextmanager
def _interrupts(stop: Stop) -> Iterator[None]:
    """Let the first Ctrl+C end the look in an orderly way, so that what was seen is written; a second one is final."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Reporter:
    """Looks and writes; holds what all targets share."""

    def __init__(self, look: Look, stop: Stop, output: Output, err: TextIO, *, as_json: bool) -> None:
        self._look = look
        self._stop = stop
        self._output = output
        self._err = err
        self._as_json = as_json
        self._store: Store | None = None
        self._lists: ListCache | None = None
        self._first = True

    def attempt(self, text: str) -> int:
        """The same as `report`; a fault of our own is said, and does not keep the next target from being looked at."""
        try:
            return self.report(text)
        except OutputGoneError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of ours, and the traceback has secrets
            from tlsglass import fault_report  # noqa: PLC0415 - hardly ever needed

            if self._as_json:
                failure = Failure(phase=Phase.INPUT, fault=Fault.INTERNAL, message=fault_report.where(error), hint="")
                self._write_json(unusable_target(text, failure, datetime.now(UTC)))
            self._err.write(fault_report.explanation(error, os.environ, "looking at a target"))
            self._err.flush()
            return fault_report.STATUS

    def report(self, text: str) -> int:
        """Look at one target, write what was seen, and give its exit status."""
        look, started = self._look, datetime.now(UTC)
        try:
            target = parse_site_or_file(text, sni=look.sni, address=look.address, hostname=look.hostname)
        except InputError as error:
            if self._as_json:
                self._write_json(unusable_target(text, error.failure(), started))
            self._explain(text, error.failure())
            return BAD_TARGET
        observation, said = self._look_at(target, Observation(target=target, started=started))
        if look.supposes:
            observation = self._supposed(observation)
        if look.pem is not None:
            return self._write_pem(text, observation, look.pem)
        if self._as_json:
            self._write_json(to_json(observation))
        elif observation.failure is None or _saw_something(observation):
            self._write_text(observation, said)
        if observation.failure is not None:
            self._explain(text, observation.failure)
        return exit_status(observation)

    def complain(self, message: str) -> None:
        """Say a sentence on standard error, in one line unless a terminal would break that where it likes."""
        said = f"tlsglass: {printable(message)}"
        if self._err.isatty():
            from tlsglass.report.text_lines import wrapped  # noqa: PLC0415 - JSON alone does not need it

            said = "\n".join(wrapped(said, _columns()))
        self._err.write(f"{said}\n")
        self._err.flush()

    def _look_at(self, target: Target | FileTarget, observation: Observation) -> tuple[Observation, bytes]:
        """What is known after the look, and the first bytes of an answer that is no HTTP."""
        if isinstance(target, FileTarget) and target.hostname is None:
            return self._read(target, observation, None), b""
        from tlsglass.trust.stores import load_store  # noqa: PLC0415 - files that are not judged need none of it

        try:
            store = self._store = self._store or load_store(
                self._look.ca_store, self._look.ca_file, self._look.ct_log_list
            )
        except InputError as error:
            return replace(observation, failure=error.failure(), finished=True), b""
        if isinstance(target, FileTarget):
            return self._read(target, observation, store), b""
        return self._probe(target, observation, store)

    def _probe(self, target: Target, observation: Observation, store: "Store") -> tuple[Observation, bytes]:
        from tlsglass.exchange.spool import Spool  # noqa: PLC0415 - files need none of what a connection does
        from tlsglass.probe import probe  # noqa: PLC0415 - as above

        if self._look.revocation and self._lists is None:
            from tlsglass.trust.revocation.cache import ListCache  # noqa: PLC0415 - few ask about revocation

            self._lists = ListCache()
        with Spool(limit=self._look.limits.response) as spool:
            look = probe(
                target,
                store=store,
                spool=spool,
                stop=self._stop,
                timeout=self._look.timeout,
                at=self._look.at,
                profile=self._look.profile,
                aia=self._look.aia,
                revocation=self._look.revocation,
                lists=self._lists,
                limits=self._look.limits,
            )
            for event in look:
                observation = observation.after(event)
            return observation, b"" if observation.head else spool.read(0, _SAID)

    def _read(self, target: FileTarget, observation: Observation, store: "Store | None") -> Observation:
        from tlsglass.load import load  # noqa: PLC0415 - sites need none of what files do

        look = self._look
        read = load(
            target,
            store=store,
            stop=self._stop,
            password=look.password,
            at=look.at,
            profile=look.profile,
            limits=look.limits,
        )
        for event in read:
            observation = observation.after(event)
        return observation

    def _supposed(self, observation: Observation) -> Observation:
        """What was seen, with the judgement that supposes something."""
        from tlsglass.cli.suppositions import NOT_JUDGED, judged_as_wished  # noqa: PLC0415 - few suppose something

        if self._store is None or observation.trust is None:
            return replace(observation, failure=observation.failure or NOT_JUDGED)
        try:
            return replace(observation, trust=judged_as_wished(observation, self._store, self._look, self._stop))
        except InputError as error:
            return replace(observation, failure=observation.failure or error.failure())

    def _write_pem(self, text: str, observation: Observation, which: "Which") -> int:
        """Write certificates; the status says whether they could be had, not what they are worth."""
        from tlsglass.cli.pem import chain_pem  # noqa: PLC0415 - few want it

        if observation.failure is not None:
            self._explain(text, observation.failure)
        try:
            self._output.write(chain_pem(observation, which))
        except ValueError as error:
            self.complain(f"{text}: {error}")
            return UNTRUSTED if observation.failure is None else UNREACHABLE
        return TRUSTED

    def _write_json(self, document: Json) -> None:
        self._output.write(to_line(document) + "\n")

    def _write_text(self, observation: Observation, said: bytes) -> None:
        from tlsglass.report.text_report import to_text  # noqa: PLC0415 - JSON does not need it

        terminal = self._output.is_terminal
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        width = _columns() if terminal else _WIDTH
        in_ascii = lacks_utf8(as_started(os.environ))
        text = to_text(observation, color=terminal and not plain, width=width, said=said, in_ascii=in_ascii)
        self._output.write(text if self._first else f"\n{text}")
        self._first = False

    def _explain(self, text: str, failure: Failure) -> None:
        """Say in one line what went wrong with a target, and what to try."""
        self.complain(f"{without_login(text)}: {failure.phase}: {failure.message} {failure.hint}".rstrip())


def _columns() -> int:
    """Of the terminal, as far as they are used."""
    return min(shutil.get_terminal_size((_WIDTH, 0)).columns, _WIDEST)


def _saw_something(observation: Observation) -> bool:
    """Whether a report would say more than the sentence on standard error does."""
    return bool(observation.endpoint or observation.certificates)
