"""Servers that speak no TLS: they are quoted, recognised where they tell, and a way out is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.errors import Fault, Phase
from tlsglass.tls.plaintext import not_tls


@pytest.mark.parametrize(
    ("opening", "name", "hint"),
    [
        (b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n", "HTTP", "plain HTTP"),
        (b"\n<html><body>", "HTTP", "plain HTTP"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SSH", "SSH server"),
        (b"220 (vsFTPd 3.0.3)\r\n", "FTP", "990"),
        (b"220 mail.example ESMTP Postfix\r\n", "SMTP", "STARTTLS"),
        (b"220 mail.example ESMTP Postfix\r\n", "SMTP", "465"),
        (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "IMAP", "993"),
        (b"+OK POP3 ready\r\n", "POP3", "995"),
        (b"<?xml version='1.0'?><stream:stream>", "XMPP", "5223"),
        (b"200 news.example ready\r\n", "NNTP", "563"),
    ],
)
def test_protocols_are_recognised(opening: bytes, name: str, hint: str) -> None:
    """RFC 5321 §4.2, RFC 9051 §7.1, RFC 1939 §3, RFC 6120 §4.2, RFC 4253 §4.2: servers that speak first."""
    error = not_tls(opening)
    assert (error.fault, error.phase) == (Fault.NOT_TLS, Phase.HANDSHAKE)
    assert f"({name})" in error.message
    assert hint in error.hint


def test_the_first_line_is_quoted() -> None:
    """One line, of bounded length."""
    assert not_tls(b"220 mail.example ESMTP\r\n250 more\r\n").message.endswith("It said: 220 mail.example ESMTP")
    assert not_tls(b"x" * 1000).message.endswith(f"It said: {'x' * 200}…")


@pytest.mark.parametrize("opening", [b"J\0\0\0\x0a8.0.36", b"\xff\xfd\x18", b"\x1b[31mred"])
def test_binary_is_quoted_in_hex(opening: bytes) -> None:
    """Bytes that are no text stay readable."""
    error = not_tls(opening)
    assert error.message.endswith(f"bytes {opening.hex(' ')}")
    assert not_tls(opening + bytes(40)).message.endswith(" 00 …")
    assert "may want STARTTLS" in error.hint


@settings(derandomize=True, max_examples=100, deadline=None)
@given(opening=st.binary(max_size=1024))
def test_anything_makes_a_sentence(opening: bytes) -> None:
    """No escape sequence comes through, and no length."""
    error = not_tls(opening)
    assert len(error.message) < 300
    assert "\x1b" not in error.message
    assert error.hint.endswith(".")
