"""Bytes of an answer become characters that are safe to draw, and each knows its byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.text import holds_hidden
from tlsglass.ui.widgets.response.charset import boundary, charset_of, drawn, is_plain


@pytest.mark.parametrize(
    ("content_type", "codec", "understood"),
    [
        (None, "utf-8", True),
        ("text/html", "utf-8", True),
        ("text/html; charset=UTF-8", "utf-8", True),
        ('text/html;charset="shift_jis"', "shift_jis", True),
        ("text/plain; format=flowed; charset=ISO-8859-1", "iso8859-1", True),
        ("text/plain; charset=utf-16", "utf-8", False),
        ("text/plain; charset=rot13", "utf-8", False),
        ("text/plain; charset=zlib_codec", "utf-8", False),
        ("text/plain; charset=../../etc", "utf-8", False),
        ("text/plain; charset=x\0y", "utf-8", False),
    ],
)
def test_only_text_charsets_are_used(content_type: str | None, codec: str, understood: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """A server can't name a codec that decompresses, imports or doesn't keep line ends; what it named stays known."""
    charset = charset_of(content_type)
    assert (charset.codec, charset.understood) == (codec, understood)
    assert not holds_hidden(charset.label)


@given(data=st.binary(max_size=300), codec=st.sampled_from(["utf-8", "iso8859-1", "shift_jis", "gb18030", "cp1252"]))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_nothing_that_is_drawn_is_hidden(data: bytes, codec: str) -> None:
    """Whatever bytes a server sends, only visible characters are drawn, at rising offsets within the bytes."""
    pieces = list(drawn(data, codec))
    offsets = [at for at, _, _ in pieces]
    assert offsets == sorted(offsets)
    assert all(0 <= at < len(data) for at in offsets)
    assert not holds_hidden("".join(text for _, text, _ in pieces))


@given(text=st.text(max_size=80))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_each_character_knows_its_first_byte(text: str) -> None:
    """The offsets of UTF-8 characters are where these begin."""
    data = text.encode("utf-8", "replace")
    starts = [at for at, _, _ in drawn(data, "utf-8")]
    assert starts == [at for at, byte in enumerate(data) if not 0x80 <= byte < 0xC0]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"a\tb", "a       b"),
        (b"\x1b[31m", "\\x1b[31m"),
        (b"caf\xc3\xa9 \xff", "café \\xff"),
        ("evil\u202etxt".encode(), "evil\\u202etxt"),
        (("e" + "\u0301" * 6).encode(), "e" + "\u0301" * 4 + "\\u0301" * 2),
    ],
)
def test_what_cannot_be_drawn_stands_as_an_escape(data: bytes, shown: str) -> None:
    """Control characters, bytes that are no text, bidirectional overrides and floods of marks are made visible."""
    assert "".join(text for _, text, _ in drawn(data, "utf-8")) == shown


def test_a_double_byte_charset_is_read() -> None:
    """Two bytes of Shift JIS are one character of two cells; half of one is an escape."""
    assert list(drawn("a日x".encode("shift_jis") + b"\x81", "shift_jis")) == [
        (0, "a", 1),
        (1, "日", 2),
        (3, "x", 1),
        (4, "\\x81", 4),
    ]


def test_utf8_is_cut_between_characters() -> None:
    """A cut goes back to the first byte of a character, unless the bytes are no UTF-8."""
    data = "日本".encode()
    assert [boundary(data, at, "utf-8") for at in (3, 4, 5, 6, 9)] == [3, 3, 3, 6, 6]
    assert boundary(b"\x80" * 9, 5, "utf-8") == 5
    assert boundary(data, 4, "iso8859-1") == 4


def test_plain_is_visible_ascii() -> None:
    """Where bytes, characters and cells are one, the quick way is taken."""
    assert is_plain(b"GET / ~")
    assert not is_plain(b"\t")
    assert not is_plain(b"\n")
    assert not is_plain(b"\xe9")
