"""Earlier targets: kept in order, bounded, for their owner only, and never a reason to fail."""

import stat
from pathlib import Path

import pytest

from tlsglass.ui.history import LIMIT, History, default_file


def test_the_latest_comes_first_and_each_stands_once(tmp_path: Path) -> None:
    """A target that is looked at again moves to the front."""
    history = History(tmp_path / "history")
    for target in ("a.test", "b.test", "a.test"):
        history.add(target)
    assert history.latest == ("a.test", "b.test")


def test_it_outlives_the_process_and_is_private(tmp_path: Path) -> None:
    """The next start reads what this one wrote; what one looks at is nobody else's business."""
    file = tmp_path / "deep" / "folder" / "history"
    History(file).add("a.test")
    History(file).add("b.test")
    assert History(file).latest == ("b.test", "a.test")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["history"]


def test_it_is_bounded(tmp_path: Path) -> None:
    """The oldest go first."""
    file = tmp_path / "history"
    file.write_text("".join(f"{number}.test\n" for number in range(LIMIT + 50)))
    history = History(file)
    assert len(history.latest) == LIMIT
    history.add("new.test")
    assert len(History(file).latest) == LIMIT
    assert History(file).latest[:2] == ("new.test", f"{LIMIT + 49}.test")


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00", b"\x1b]0;x\x07\n", b"x" * 5000, b"\n\n  \n", b"a\x9bb\n"])
def test_a_damaged_file_counts_for_what_is_readable(tmp_path: Path, garbage: bytes) -> None:
    """Whatever is in the file, its good lines are read and nothing else reaches the screen."""
    file = tmp_path / "history"
    file.write_bytes(garbage + b"\ngood.test\n")
    assert History(file).latest == ("good.test",)


def test_a_file_that_cannot_be_read_or_written_is_left_alone(tmp_path: Path) -> None:
    """A folder in the file's place is no reason to fail; this start remembers all the same."""
    history = History(tmp_path)
    history.add("a.test")
    assert history.latest == ("a.test",)
    below_a_file = tmp_path / "file"
    below_a_file.write_text("x")
    other = History(below_a_file / "history")
    other.add("b.test")
    assert other.latest == ("b.test",)
    assert below_a_file.read_text() == "x"


@pytest.mark.parametrize("target", ["", "a\nb", "a\x1b[31m", "x" * 3000])
def test_what_would_spoil_the_file_is_not_kept(tmp_path: Path, target: str) -> None:
    """A line break would make two targets of one."""
    history = History(tmp_path / "history")
    history.add(target)
    assert history.latest == ()


def test_another_window_loses_nothing(tmp_path: Path) -> None:
    """Two apps that are open at once keep what both looked at."""
    file = tmp_path / "history"
    one, other = History(file), History(file)
    one.add("one.test")
    other.add("other.test")
    assert set(History(file).latest) == {"one.test", "other.test"}


def test_completion_takes_the_latest_that_fits(tmp_path: Path) -> None:
    """In any case; what is typed in full needs no completion."""
    history = History(tmp_path / "history")
    for target in ("example.org", "example.com", "other.test"):
        history.add(target)
    assert history.completion("EXA") == "example.com"
    assert history.completion("example.o") == "example.org"
    assert history.completion("other.test") is None
    assert history.completion("nothing") is None
    assert history.completion("") is None


def test_it_is_kept_in_the_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the platform keeps such things, which the user may move."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_file().name == "history"
    assert "tlsglass" in default_file().parts
