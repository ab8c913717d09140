"""The parsers of the view of an answer: charsets, rows, and what is searched in it."""

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.fuzz.text_parsers import text_of
from tlsglass.ui.widgets.response.charset import Charset, boundary, characters, charset_of, drawn
from tlsglass.ui.widgets.response.rows import HexRows, TextRows
from tlsglass.ui.widgets.response.search import query, scan

_CODECS = ("utf-8", "iso8859-1", "shift_jis", "euc_jp", "gb18030", "big5", "cp1252", "koi8-r", "ascii")


class _Held:
    """Bytes as a source."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """Bytes held."""
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        """Some of them."""
        assert offset >= 0
        return self._data[offset : offset + length]


def _check_charset(_data: bytes, found: Charset) -> None:
    checks.drawable(found.label)
    assert len(found.label) <= 500
    list(characters(b"a\xe4\xff", found.codec))


def _drawn(data: bytes) -> list[list[tuple[int, str, int]]]:
    return [list(drawn(data[:500], codec)) for codec in _CODECS]


def _check_drawn(data: bytes, found: list[list[tuple[int, str, int]]]) -> None:
    for codec, cells in zip(_CODECS, found, strict=True):
        offsets = [at for at, _, _ in cells]
        assert offsets == sorted(offsets), codec
        assert not offsets or 0 <= offsets[0] <= offsets[-1] < len(data), codec
        text = "".join(shown for _, shown, _ in cells)
        checks.drawable(text)
        assert all(width >= 0 for _, _, width in cells)
    for at in range(min(len(data), 40)):
        assert 0 <= boundary(data, at, "utf-8") <= at


def _rows(data: bytes) -> list[list[tuple[int, int]]]:
    """All rows, in every way in which they are cut."""
    found = []
    for wrap, codec in ((None, "utf-8"), (20, "utf-8"), (7, "shift_jis"), (80, "iso8859-1")):
        rows = TextRows(_Held(data), wrap=wrap, codec=codec)
        rows.settle(0, max(1, rows.total * 3))
        for offset in range(0, len(data), max(1, len(data) // 7)):
            start, stop = rows.extent(rows.row_of(offset))
            assert start <= offset < stop
        found.append([rows.extent(number) for number in range(rows.total)])
    hexadecimal = HexRows(_Held(data), 16)
    return [*found, [hexadecimal.extent(number) for number in range(hexadecimal.total)]]


def _check_rows(data: bytes, found: list[list[tuple[int, int]]]) -> None:
    for rows in found:
        checks.covers_all(rows, len(data))


def _search(data: bytes) -> list[tuple[int, int]]:
    """What is typed stands before a NUL, and what is searched behind it."""
    typed, _, held = data.partition(b"\0")
    found: list[tuple[int, int]] = []
    for as_bytes in (False, True):
        for codec in ("utf-8", "shift_jis"):
            look = query(text_of(typed), codec=codec, as_bytes=as_bytes)
            for step in scan(_Held(held), look, 0, lambda: False) if look else ():
                found += zip(step.starts, step.stops, strict=True)
    return found


def _check_search(data: bytes, found: list[tuple[int, int]]) -> None:
    assert all(0 <= start < stop <= len(data) for start, stop in found)


def _pages() -> tuple[bytes, ...]:
    odd = "日本語\tx\u0301\u0301\u0301\u0301\u0301\r\n\u202e\x1b[2J".encode()
    return (*seeds.answers(), odd, "日本語".encode("shift_jis"), "中文".encode("gb18030"), b"\xff\xfe\x00", b"\n" * 50)


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="charset",
        covers=("ui.widgets.response.charset",),
        read=lambda data: charset_of(data.decode("latin-1")),
        seeds=lambda: (
            b"text/html; charset=utf-8",
            b'text/plain;charset="iso-8859-15"',
            b"text/html; charset=shift_jis",
            b"text/html; charset=hex",
            b"text/html; charset=utf-7",
        ),
        check=_check_charset,
        form=Form.LINES,
    ),
    Parser(
        name="drawn",
        covers=("ui.widgets.response.charset",),
        read=_drawn,
        seeds=_pages,
        check=_check_drawn,
        form=Form.LINES,
        calls=(5_000, 400),
    ),
    Parser(
        name="rows",
        covers=("ui.widgets.response.rows",),
        read=_rows,
        seeds=_pages,
        check=_check_rows,
        form=Form.LINES,
        calls=(5_000, 400),
    ),
    Parser(
        name="answer-search",
        covers=("ui.widgets.response.search",),
        read=_search,
        seeds=lambda: (
            b"Hello\0...hello...HELLO",
            b"0d 0a\0\r\n\r\n",
            "straße\0STRASSE straße".encode(),
            b"0x0d:0a\0\r\n",
        ),
        check=_check_search,
        form=Form.LINES,
        calls=(5_000, 400),
    ),
)
