"""The folder that other programs are pointed at: whose it is, and which are removed."""

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tlsglass.demo import folder as folder_module
from tlsglass.demo.folder import folder_of

FILES = {"ca.pem": b"a root", "chain.pem": b"a chain"}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, with nothing in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_files_are_there_until_the_end(temporary: Path) -> None:
    """With what they should hold, and nobody else gets at them."""
    with folder_of(FILES) as folder:
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
        assert folder.stat().st_mode & 0o777 == 0o700
        with folder_of({}) as another:
            assert set(temporary.iterdir()) == {folder, another}
        assert list(temporary.iterdir()) == [folder]
    assert list(temporary.iterdir()) == []


def test_only_what_nobody_holds_is_removed(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither links nor files, and no folder of another user."""
    stale, strange = temporary / "tlsglass-demo-stale", temporary / "other"
    for each in (stale, strange):
        each.mkdir()
        (each / "file").touch()
    (temporary / "tlsglass-demo-link").symlink_to(strange)
    (temporary / "tlsglass-demo-file").touch()
    kept = {"other", "tlsglass-demo-link", "tlsglass-demo-file"}
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: stale.stat().st_uid + 1)
        with folder_of({}) as folder:
            assert {path.name for path in temporary.iterdir()} == {*kept, stale.name, folder.name}
    with folder_of({}) as folder:
        assert {path.name for path in temporary.iterdir()} == {*kept, folder.name}
    assert (strange / "file").exists()


@pytest.mark.parametrize("when", ["before it is opened", "before it is locked"])
def test_one_that_was_taken_for_stale_is_made_anew(temporary: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """Between making and locking it another process may have started."""
    made: list[Path] = []

    def removed_once(original: Callable[..., object]) -> Callable[..., object]:
        def do(*arguments: object, **options: object) -> object:
            result = original(*arguments, **options)
            if not made:
                made.extend(temporary.iterdir())
                made[0].rmdir()
            return result

        return do

    if when == "before it is opened":
        monkeypatch.setattr(tempfile, "mkdtemp", removed_once(tempfile.mkdtemp))
    else:
        monkeypatch.setattr(fcntl, "flock", removed_once(fcntl.flock))
    with folder_of(FILES) as folder:
        assert list(temporary.iterdir()) == [folder]
        assert folder not in made
        assert (folder / "ca.pem").exists()
    assert made


@pytest.mark.parametrize("lacking", ["the system", "the file system"])
def test_where_nothing_can_be_locked_nothing_is_stale(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    """One that still serves might have made it."""
    stale = temporary / "tlsglass-demo-stale"
    stale.mkdir()
    if lacking == "the system":
        monkeypatch.setattr(folder_module, "_LOCKS", False)
    else:

        def refuse(_descriptor: int, _how: int) -> None:
            raise OSError

        monkeypatch.setattr(fcntl, "flock", refuse)
    with folder_of(FILES) as folder:
        assert set(temporary.iterdir()) == {stale, folder}
    assert list(temporary.iterdir()) == [stale]
