"""The spool gives back what it got, and knows its limits."""

import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import ExchangeError, Fault
from tlsglass.exchange.spool import Spool


class FullDisk:
    """A file on a disk with room for so many bytes, which are all it ever takes."""

    def __init__(self, room: int) -> None:
        self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the spool closes it
        self.room = room
        self.closed = False

    def seek(self, offset: int, /) -> int:
        """Go to an offset."""
        return self.file.seek(offset)

    def read(self, count: int, /) -> bytes | None:
        """Read at most so many bytes."""
        return self.file.read(count)

    def write(self, data: memoryview, /) -> int:
        """Write what there is room for."""
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = self.file.write(data[: self.room]) or 0
        self.room -= written
        return written

    def close(self) -> None:
        """Let the file vanish."""
        self.closed = True
        self.file.close()


@pytest.fixture
def spool() -> Iterator[Spool]:
    """One that goes to a file soon."""
    with Spool(memory=1000) as made:
        yield made


def test_it_is_empty_at_first(spool: Spool) -> None:
    """Nothing came, so there is nothing to read."""
    assert (spool.size, spool.finished) == (0, False)
    assert spool.read(0, 100) == b""


def test_small_ones_make_no_file() -> None:
    """A usual answer never touches the disk."""

    def refuse() -> FullDisk:
        raise AssertionError

    with Spool(memory=10, open_file=refuse) as spool:
        spool.append(b"0123456789")
        spool.append(b"")
        assert spool.read(3, 4) == b"3456"


def test_large_ones_go_to_a_file_that_nobody_else_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is the owner's alone and its name is gone where the system can do without."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool(memory=4) as spool:
        spool.append(b"0123")
        spool.append(b"456789")
        assert spool.read(0, 100) == b"0123456789"
        assert list(tmp_path.iterdir()) == []
        spool.append(b"ab")
        assert spool.read(8, 100) == b"89ab"
        assert spool.read(12, 1) == b""
        assert spool.read(-1, 1) == b""


def test_it_ends(spool: Spool) -> None:
    """Who reads can tell that no more will come; who adds after the end of all is told."""
    spool.append(bytes(2000))
    spool.finish()
    assert spool.finished
    spool.close()
    spool.close()
    assert (spool.size, spool.read(0, 10)) == (0, b"")
    with pytest.raises(ExchangeError) as caught:
        spool.append(b"late")
    assert caught.value.fault is Fault.CANCELLED


def test_the_limit_holds_and_what_fits_is_kept() -> None:
    """An answer without end ends here."""
    with Spool(limit=10, memory=4) as spool:
        spool.append(b"01234567")
        with pytest.raises(ExchangeError, match="longer than 10 bytes") as caught:
            spool.append(b"89abc")
        assert caught.value.fault is Fault.TOO_LARGE
        assert spool.read(0, 100) == b"0123456789"
        with pytest.raises(ExchangeError):
            spool.append(b"x")
        assert spool.size == 10


def test_a_full_disk_keeps_what_was_written() -> None:
    """What came before stays readable, to the very byte."""
    disk = FullDisk(room=12)
    with Spool(memory=4, open_file=lambda: disk) as spool:
        spool.append(b"0123")
        spool.append(b"456")
        with pytest.raises(ExchangeError, match="No space left on device") as caught:
            spool.append(b"789abcdef")
        assert caught.value.fault is Fault.DISK
        assert "TMPDIR" in caught.value.hint
        assert spool.read(0, 100) == b"0123456789ab"
    assert disk.closed


def test_a_disk_that_is_full_at_once_leaves_all_in_memory() -> None:
    """Where not even what was in memory fits, it stays there."""
    disk = FullDisk(room=2)
    with Spool(memory=4, open_file=lambda: disk) as spool:
        spool.append(b"0123")
        with pytest.raises(ExchangeError):
            spool.append(b"456")
        assert disk.closed
        assert spool.read(0, 100) == b"0123"


def test_a_file_that_cannot_be_made() -> None:
    """The same where there is no folder for it."""

    def refuse() -> FullDisk:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    with Spool(memory=4, open_file=refuse) as spool, pytest.raises(ExchangeError) as caught:
        spool.append(b"01234")
    assert caught.value.fault is Fault.DISK


@given(st.lists(st.binary(max_size=200) | st.sampled_from([bytes(1000), b"x" * 999]), max_size=5))
@settings(derandomize=True, max_examples=50, deadline=None)
def test_whatever_is_added_is_what_is_read(pieces: list[bytes]) -> None:
    """The bytes are those of one string, however they came and wherever they are kept."""
    whole = b"".join(pieces)
    with Spool(memory=1000) as spool:
        for piece in pieces:
            spool.append(piece)
        assert spool.size == len(whole)
        assert spool.read(0, len(whole)) == whole
        third = len(whole) // 3
        assert spool.read(third, third + 1) == whole[third : 2 * third + 1]


def test_one_adds_while_another_reads() -> None:
    """A reader never sees bytes that are not those that were added, nor fewer than the size says."""
    with Spool(memory=3000) as spool:
        line = b"0123456789abcde\n"

        def add() -> None:
            for _ in range(20_000):
                spool.append(line)
            spool.finish()

        writer = threading.Thread(target=add)
        writer.start()
        wrong = 0
        while not spool.finished:
            size = spool.size
            wrong += spool.read(size - 16, 16) != (line if size else b"")
        writer.join()
        assert wrong == 0
        assert spool.size == 320_000
