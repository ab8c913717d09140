"""One look at one file: events in their order, reading that ends, judging where a name was given."""

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trust.authority import NOW, Authority
from tests.x509.der_writer import SPKI
from tlsglass import events
from tlsglass import load as module
from tlsglass.errors import Fault, InputError, Phase
from tlsglass.limits import DEFAULTS
from tlsglass.load import load, read_source
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target_file import FileTarget, together
from tlsglass.trust.model import CheckStatus, FindingCode, Verdict
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate
from tlsglass.x509.pem import to_pem

_TARGET = FileTarget(text="x.pem", path="x.pem", hostname=None)


def _pem(*certificates: Certificate) -> bytes:
    return "".join(to_pem(found.der) for found in certificates).encode()


def _events(data: bytes, target: FileTarget = _TARGET, store: Store | None = None) -> list[events.Event]:
    ticks = iter(range(100))
    with Stop() as stop:
        return list(
            load(
                target,
                store=store,
                stop=stop,
                source=lambda _target, _stop: data,
                clock=lambda: next(ticks),
                now=lambda: NOW,
            )
        )


def _look(data: bytes, target: FileTarget = _TARGET, store: Store | None = None) -> Observation:
    observation = Observation(target=target, started=NOW)
    for event in _events(data, target, store):
        observation = observation.after(event)
    return observation


def _chain() -> tuple[Authority, list[Certificate]]:
    root = Authority.root()
    middle = root.intermediate("Middle")
    leaf = middle.issues("a.test")
    return root, [leaf.parsed, middle.parsed]


def test_events_come_in_their_order() -> None:
    """As the module says."""
    _, chain = _chain()
    seen = _events(_pem(*chain))
    assert [type(event) for event in seen] == [
        events.PhaseStarted,
        events.FileRead,
        events.CertificatesReceived,
        events.TrustJudged,
        events.Finished,
    ]
    assert [event.at for event in seen] == sorted(event.at for event in seen)
    observation = _look(_pem(*chain))
    assert list(observation.certificates) == chain
    assert observation.contents is not None
    assert observation.contents.form == "PEM"
    assert observation.finished


def test_without_a_name_nothing_is_judged() -> None:
    """The verdict is unknown, and a check says why."""
    root, chain = _chain()
    for store in (None, root.store()):
        trust = _look(_pem(*chain), store=store).trust
        assert trust is not None
        assert (trust.verdict, trust.hostname, trust.path, trust.findings) == (Verdict.UNKNOWN, "", (), ())
        (check,) = trust.checks
        assert check.status is CheckStatus.NOT_CHECKED
        assert check.detail.startswith("not checked: no name given.")


def test_what_holds_no_certificate_is_not_judged() -> None:
    """Whatever name was given."""
    observation = _look(
        to_pem(SPKI, "PUBLIC KEY").encode(), replace(_TARGET, hostname="a.test"), Authority.root().store()
    )
    assert observation.trust is not None
    assert observation.trust.checks[0].detail.startswith("not checked: there is no certificate.")
    assert observation.certificates == ()


def test_a_chain_is_judged_as_a_site_sends_it() -> None:
    """The first certificate is the leaf. No handshake is missed."""
    root, chain = _chain()
    target = replace(_TARGET, hostname="a.test")
    good = _look(_pem(*chain), target, root.store()).trust
    assert good is not None
    assert (good.verdict, [step.sent for step in good.path]) == (Verdict.TRUSTED, [0, 1, None])
    said = [check.detail for check in good.checks if check.status is CheckStatus.NOT_CHECKED]
    assert "Files make no handshake, so nobody has proved to hold the key." in said
    assert "A file has no staple." in said
    bad = _look(_pem(*chain), replace(_TARGET, hostname="b.test"), root.store()).trust
    assert bad is not None
    assert [found.code for found in bad.findings] == [FindingCode.NAME_MISMATCH]


def test_a_long_bundle_is_judged_by_its_first_certificates() -> None:
    """And that is said."""
    root, chain = _chain()
    many = _pem(*chain) + _pem(chain[1]) * DEFAULTS.judged
    trust = _look(many, replace(_TARGET, hostname="a.test"), root.store()).trust
    assert trust is not None
    assert (
        trust.checks[-1].detail
        == "2 further certificates took no part: only the first 200 do (limit judged; --limit judged=400 raises it)."
    )


def test_what_can_not_be_read_is_a_failure() -> None:
    """Of the input, with a sentence; the look ends all the same."""
    observation = _look(b"hello")
    assert observation.failure is not None
    assert (observation.failure.phase, observation.failure.fault) == (Phase.INPUT, Fault.BAD_FILE)
    assert observation.finished
    assert observation.contents is None


def _read(path: str | Path) -> bytes:
    with Stop() as stop:
        return read_source(FileTarget(text=str(path), path=str(path), hostname=None), stop)


def test_files_are_read(tmp_path: Path) -> None:
    """Up to one byte more than may be, so that who reads it sees that it is too large."""
    path = tmp_path / "x"
    path.write_bytes(b"content")
    assert _read(path) == b"content"
    with Stop() as stop:
        assert read_source(FileTarget(text="x", path=str(path), hostname=None), stop, 3) == b"cont"
    with pytest.raises(InputError, match="can't be read: No such file"):
        _read(tmp_path / "y")
    with pytest.raises(InputError, match="is a folder"):
        _read(tmp_path)
    with pytest.raises(InputError, match="No file is called a\0b"):
        _read("a\0b")
    with pytest.raises(InputError, match=r"can't be read: .*surrogates not allowed"):
        _read("\ud800")


def test_pipes_are_read_to_their_end(tmp_path: Path) -> None:
    """As a shell hands them over for `<(openssl …)`; a named one as soon as somebody writes."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"content",))
    writer.start()
    try:
        assert _read(path) == b"content"
    finally:
        writer.join()


@pytest.mark.parametrize("waits", [True, False])
def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, waits: bool) -> None:  # noqa: FBT001 - both ways
    """Also where a pipe can't be waited for together with something else."""
    reader, writer = os.pipe()
    os.write(writer, b"content")
    os.close(writer)
    monkeypatch.setattr(module, "_WAITS_FOR_FILES", waits)
    with os.fdopen(reader) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert _read("-") == b"content"


def test_waiting_ends_when_stopping_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, though nothing comes."""
    reader, writer = os.pipe()
    with os.fdopen(reader) as stdin, os.fdopen(writer, "w"), Stop() as stop:
        monkeypatch.setattr(sys, "stdin", stdin)
        stop.set()
        with pytest.raises(InputError) as raised:
            read_source(replace(_TARGET, path="-"), stop)
    assert raised.value.fault is Fault.CANCELLED


def test_what_is_here_already_is_not_read() -> None:
    """Such as what was pasted."""
    with Stop() as stop:
        assert read_source(replace(_TARGET, path="", data=b"x"), stop) == b"x"


def _together(**files: bytes) -> Observation:
    """A look at several files; an empty one can't be read."""
    targets = [FileTarget(text=name, path=name, hostname=None, data=data) for name, data in files.items()]
    target = together(targets)

    def source(file: FileTarget, _stop: Stop) -> bytes:
        if not file.data:
            raise InputError(Fault.BAD_FILE, "It is a folder.", "")
        return file.data

    observation = Observation(target=target, started=NOW)
    with Stop() as stop:
        for event in load(target, store=None, stop=stop, source=source):
            observation = observation.after(event)
    return observation


def test_several_files_are_looked_at_together() -> None:
    """Each thing says which file it is from; what can't be read is a note among what can."""
    _, (leaf, middle) = _chain()
    seen = _together(a=_pem(leaf), b=b"", c=middle.der, d=b"nothing known")
    assert seen.failure is None
    assert seen.contents is not None
    assert seen.contents.form == "4 files"
    assert [found.place for found in seen.contents.items] == ["a, block 1, line 1", "c"]
    assert [note.partition(":")[0] for note in seen.contents.notes] == ["b", "d"]
    assert seen.contents.size == len(_pem(leaf)) + len(middle.der)
    assert [found.sha256 for found in seen.certificates] == [leaf.sha256, middle.sha256]


def test_several_files_of_which_none_can_be_read() -> None:
    """A failure, as for one."""
    seen = _together(a=b"", b=b"")
    assert seen.failure is not None
    assert seen.failure.message == "It is a folder."
