"""Files and folders that are no stores: each is refused with a sentence, and none is waited for."""

import os
import ssl
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.stores.folders import ROOT, folder_of_certificates
from tlsglass.errors import Fault, InputError, Phase
from tlsglass.limits import LARGEST_CA_FILE
from tlsglass.trust.stores import anchors, load_store


def _refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_store("none", path)
    assert caught.value.fault is Fault.BAD_CA_FILE
    assert caught.value.phase is Phase.INPUT
    assert caught.value.hint
    return caught.value


def test_a_ca_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the reason."""
    assert _refused(tmp_path / "no.pem").message.endswith("no.pem can't be read: No such file or directory.")


def test_a_folder_or_a_device_is_refused_unopened(tmp_path: Path) -> None:
    """Reading a pipe could wait for ever."""
    assert _refused(tmp_path).message.endswith("is a folder.")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _refused(pipe).message.endswith("is not an ordinary file.")


def test_a_ca_file_with_an_impossible_name_is_refused() -> None:
    """NUL can't be in a file name; the system call is never made."""
    assert "can't be read" in _refused(Path("a\0b")).message


def test_a_ca_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal of the system is told, whoever runs the tests."""
    path = tmp_path / "ca.pem"
    path.write_bytes(ROOT.pem)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert _refused(path).message.endswith("can't be read: Permission denied.")


def test_a_ca_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """A sparse file of one byte too many."""
    path = tmp_path / "large.pem"
    with path.open("wb") as file:
        file.truncate(LARGEST_CA_FILE + 1)
    assert _refused(path).message.endswith("is larger than 16 MiB.")


def test_a_private_key_is_refused_with_a_warning(tmp_path: Path) -> None:
    """It is the wrong file, and one that should not be passed around."""
    path = tmp_path / "key.pem"
    path.write_bytes(ROOT.key_pem)
    assert "private key" in _refused(path).hint


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff" * 100, b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"]
)
def test_what_holds_no_certificate_is_refused(data: bytes, tmp_path: Path) -> None:
    """Empty, binary or garbled."""
    path = tmp_path / "ca.pem"
    path.write_bytes(data)
    assert "is no CA file" in _refused(path).message


def test_a_block_that_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    """Well-formed PEM around other bytes; the block is counted."""
    path = tmp_path / "ca.pem"
    path.write_bytes(ROOT.pem + ssl.DER_cert_to_PEM_cert(b"\x30\x00").encode())
    assert "block number 2" in _refused(path).message


def _no_store(store: Path | str) -> InputError:
    with pytest.raises(InputError) as caught:
        load_store(str(store))
    assert caught.value.fault is Fault.BAD_CA_FILE
    return caught.value


def test_a_word_that_is_no_store_is_refused_with_those_that_are() -> None:
    """A misspelt name leads to no file."""
    error = _no_store("mozila")
    assert error.message == "The CA file mozila can't be read: No such file or directory."
    assert error.hint.endswith("Or name a store: mozilla, system or none.")


def test_what_is_no_store_is_refused_unopened(tmp_path: Path) -> None:
    """Pipes, devices, links that go round in a circle, and names that no file can have."""
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    assert _no_store(pipe).message.endswith("is not an ordinary file.")
    assert _no_store("/dev/zero").message.endswith("is not an ordinary file.")
    assert _no_store(loop).message.endswith("can't be read: Too many levels of symbolic links.")
    assert "can't be read" in _no_store("a\0b").message


def test_a_folder_without_certificates_is_refused(tmp_path: Path) -> None:
    """Empty, or with other things in it."""
    assert _no_store(tmp_path).message == f"No file of the folder {tmp_path} is a certificate."
    (tmp_path / "README").write_text("Nothing.")
    assert "/etc/ssl/certs" in _no_store(tmp_path).hint


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal of the system is told, whoever runs the tests."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert _no_store(tmp_path).message.endswith("can't be read: Permission denied.")


def test_folders_are_read_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many entries, and so many bytes together."""
    folder = folder_of_certificates(tmp_path)
    monkeypatch.setattr(anchors, "MOST_CA_FILES", 3)
    assert _no_store(folder).message.endswith("has more than 3 entries.")
    monkeypatch.setattr(anchors, "MOST_CA_FILES", 20)
    monkeypatch.setattr(anchors, "LARGEST_CA_FOLDER", len(ROOT.pem))
    assert "MiB together" in _no_store(folder).message


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 600), st.integers(0, 255))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes, place: int, octet: int) -> None:
    """Bytes of any kind, and certificates with one byte changed: nothing but certificates, or a sentence."""
    damaged = bytearray(ROOT.der)
    damaged[place % len(damaged)] = octet
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ca"
        for content in (data, bytes(damaged), ROOT.pem[: place % len(ROOT.pem)] + data):
            path.write_bytes(content)
            with suppress(InputError):
                assert anchors.in_path(path)
