"""The spool gives back what it got, finds its lines, and knows its limits."""

import errno
import itertools
import os
import tempfile
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import ExchangeError, Fault
from tlsglass.exchange.spool import BLOCK, Spool


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
    """Nothing came, so there is nothing to read and no line."""
    assert (spool.size, spool.line_count, spool.finished) == (0, 0, False)
    assert spool.read(0, 100) == b""
    assert spool.line_start(0) == 0
    assert spool.line_start(1) == 0
    assert spool.line_at(5) == 0


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
    assert (spool.size, spool.line_count, spool.read(0, 10)) == (0, 0, b"")
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
        spool.append(b"01\n3")
        spool.append(b"456")
        with pytest.raises(ExchangeError, match="No space left on device") as caught:
            spool.append(b"7\n9abcdef")
        assert caught.value.fault is Fault.DISK
        assert "TMPDIR" in caught.value.hint
        assert spool.read(0, 100) == b"01\n34567\n9ab"
        assert spool.line_count == 3
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


@pytest.mark.parametrize(
    ("data", "starts"),
    [
        (b"one", [0]),
        (b"one\n", [0]),
        (b"\n", [0]),
        (b"\n\n", [0, 1]),
        (b"one\ntwo", [0, 4]),
        (b"one\r\ntwo\r\n\r\nthree", [0, 5, 10, 12]),
    ],
)
def test_lines_are_found(data: bytes, starts: list[int]) -> None:
    """A line ends after its newline; the last one needs none; nothing after a final newline is no line."""
    with Spool() as spool:
        spool.append(data)
        assert spool.line_count == len(starts)
        assert [spool.line_start(line) for line in range(spool.line_count)] == starts
        assert spool.line_start(spool.line_count) == len(data)
        assert spool.line_start(10**12) == len(data)
        assert spool.line_start(-1) == 0
        assert [spool.line_at(offset) for offset in starts] == list(range(len(starts)))


def test_lines_are_found_while_it_grows() -> None:
    """What was found once is found anew when its block has grown."""
    with Spool() as spool:
        spool.append(b"a\nb")
        assert spool.line_start(1) == 2
        spool.append(b"c\nd")
        assert [spool.line_start(line) for line in range(4)] == [0, 2, 5, 6]


@given(st.lists(st.binary(max_size=200) | st.sampled_from([b"\n" * BLOCK, b"x" * (BLOCK - 1), b"y\n"]), max_size=5))
@settings(derandomize=True, max_examples=25, deadline=None)
def test_whatever_is_added_is_what_is_read(pieces: list[bytes]) -> None:
    """The bytes, the lines and their offsets agree with those of one string, however they came."""
    whole = b"".join(pieces)
    with Spool(memory=BLOCK) as spool:
        for piece in pieces:
            spool.append(piece)
        assert spool.size == len(whole)
        assert spool.read(0, len(whole)) == whole
        ends = list(itertools.accumulate(len(line) for line in whole.split(b"\n")))
        starts = [0, *(end + number + 1 for number, end in enumerate(ends[:-1]))]
        assert spool.line_count == len(starts) - (not whole or whole.endswith(b"\n"))
        for line in {0, 1, 2, len(starts) // 2, len(starts) - 1} & set(range(len(starts))):
            assert spool.line_start(line) == starts[line]
        for offset in (0, len(whole) // 3, len(whole) - 1, len(whole)):
            assert spool.line_at(offset) == whole[: max(0, offset)].count(b"\n")


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
            size, lines = spool.size, spool.line_count
            wrong += spool.read(size - 16, 16) != (line if size else b"")
            wrong += lines > 0 and spool.line_start(lines - 1) != (lines - 1) * 16
        writer.join()
        assert wrong == 0
        assert spool.size == 320_000


def test_the_index_of_nothing_but_newlines_is_small() -> None:
    """A million lines or one, the index is eight bytes a block, and one scanned block at most."""
    newlines = b"\n" * (1 << 20)
    with Spool(memory=0) as spool:
        tracemalloc.start()
        try:
            for _ in range(16):
                spool.append(newlines)
            assert spool.line_start(9_999_999) == 9_999_999
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert spool.line_count == 16 << 20
    assert held < 1 << 20
