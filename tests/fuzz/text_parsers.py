"""The parsers of what is typed, pasted or kept in small files, and the gate that all text passes to a screen."""

import unicodedata
from collections.abc import Callable
from typing import Any

from textual.content import Content

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.fuzz.trust_parsers import as_file
from tlsglass.cli.passwords import from_file
from tlsglass.errors import InputError
from tlsglass.idn import LookAlike, both_forms, look_alike
from tlsglass.limits import DEFAULTS, LONGEST_PASSWORD, Limits
from tlsglass.net.admission import HostPattern
from tlsglass.report.forms.literals import c_literal, go_literal, python_literal
from tlsglass.report.search import Hit, places, wanted
from tlsglass.target import Target, parse_target
from tlsglass.target_file import FileTarget, parse_site_or_file, pasted
from tlsglass.text import LIMIT, printable
from tlsglass.ui.content import plain
from tlsglass.ui.history import LIMIT as MOST_KEPT
from tlsglass.ui.history import History

_TARGETS = (
    b"example.org", b"example.org:8443", b"[2001:db8::1]:443", b"2001:db8::1", b"192.0.2.1:4433", b"fe80::1%eth0",
    b"https://example.org/a?b=c#d", "https://bücher.example/straße".encode(), b"xn--bcher-kva.example",
    b"[fe80::1%25eth0]:443", b"_dmarc.example.org.", "日本語。jp".encode(), b"chain.pem", b"./leaf.der", b"-",
    b"~/x.pem", b"http://example.org",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Bytes as a command line has them: what is no UTF-8 is there all the same (PEP 383)."""
    return data.decode("utf-8", "surrogateescape")


def _check_printable(data: bytes, found: tuple[str, str]) -> None:
    for text in found:
        checks.drawable(text)
        assert len(text) <= 10 * LIMIT + 40
        text.encode()
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in text)
    assert data or found == ("", "")


def _check_target(data: bytes, found: Target) -> None:
    """It reads the same again, and nothing in it could become a second line or another host."""
    assert found.host.isascii()
    assert 1 <= found.port <= 65535
    assert found.path.startswith("/")
    assert found.path.isascii()
    assert not set(found.host + found.path) & set("\r\n\0 ")
    assert (found.sni is None) is found.is_address
    again = parse_target(found.origin)
    assert (again.host, again.port, again.sni) == (found.host, found.port, found.sni)
    assert len(found.host) <= 300
    assert len(found.path) <= 12 * len(data) + 1


def _check_site_or_file(data: bytes, found: Target | FileTarget) -> None:
    if isinstance(found, Target):
        _check_target(data, found)
    else:
        assert "\0" not in found.path
        assert "/" not in found.name
        found.hostname_is_address  # noqa: B018 - that it can be asked


def _limits(data: bytes) -> Limits:
    return DEFAULTS.with_typed(text_of(data))


def _check_limits(_data: bytes, found: Limits) -> None:
    for line, _ in found.lines():
        name, _, value = line.partition("=")
        assert found.with_typed(f"{name}={value}") == found


def _search(data: bytes) -> tuple[str, list[Hit]]:
    """What is typed stands before a NUL, and what is searched behind it."""
    typed, _, der = data.partition(b"\0")
    text = text_of(typed)
    found = [
        hit for as_bytes in (False, True) if (look := wanted(text, as_bytes=as_bytes)) for hit in places(der, look)
    ]
    return text, found


def _check_search(data: bytes, result: tuple[str, list[Hit]]) -> None:
    for hit in result[1]:
        assert hit.start is not None
        assert hit.end is not None
        assert 0 <= hit.start < hit.end <= len(data)


def _history(data: bytes) -> History:
    found = History(as_file(data, "history"))
    found.completion(text_of(data[:8]))
    return found


def _check_history(_data: bytes, found: History) -> None:
    assert len(found.latest) <= MOST_KEPT
    for target in found.latest:
        assert target.isprintable()
        target.encode()
    assert len(set(found.latest)) == len(found.latest)


def _password(data: bytes) -> str:
    return from_file(as_file(data, "password"))(0) or ""


def _check_password(_data: bytes, found: str) -> None:
    assert len(found) <= 4 * LONGEST_PASSWORD + 2
    assert not found.endswith("\n")


def _pattern(data: bytes) -> HostPattern:
    return HostPattern.parse(text_of(data))


def _literals(data: bytes) -> tuple[str, str, str]:
    return c_literal(data, "it"), go_literal(data, "it"), python_literal(data, "it")


def _check_literals(data: bytes, found: tuple[str, str, str]) -> None:
    assert all(len(text) <= 120 + 8 * len(data) for text in found)
    assert all(text.isascii() for text in found)


def _check_pasted(data: bytes, found: FileTarget) -> None:
    assert found.data == data


def _check_content(_data: bytes, found: Content) -> None:
    checks.drawable(found.plain)
    assert not found.spans


def _texts() -> tuple[bytes, ...]:
    hidden = (
        "a\u202eb\u200b\u0301\u0301\u0301\u0301\u0301\u0301 \x1b]0;x\x07 \x9b31m\ue000\U000e0041\ufeff [/x] 日本\u3164"
    )
    return (hidden.encode(), b"plain", b"\xff\xfe\x80", *seeds.answers()[:3])


def _of(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: read(text_of(data))


def _names(data: bytes) -> tuple[str, LookAlike | None]:
    name = text_of(data)
    return both_forms(name), look_alike(name)


def _check_names(data: bytes, found: tuple[str, LookAlike | None]) -> None:
    shown, like = found
    assert shown.startswith(text_of(data))
    assert len(shown) <= 20 * len(data) + 200
    assert like is None or like.words


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="internationalised-name",
        covers=("idn",),
        read=_names,
        seeds=lambda: (
            b"xn--pple-43d.test",
            b"*.xn--bcher-kva.example",
            b"\xd1\x80\xd0\xb0\xd1\x83\xd1\x80\xd0\xb0l.com",
            b"xn--ls8h",
            b"a.test",
        ),
        check=_check_names,
        form=Form.LINES,
        calls=(40_000, 400),
    ),
    Parser(
        name="printable",
        covers=("text",),
        read=lambda data: (printable(data), printable(text_of(data))),
        seeds=_texts,
        check=_check_printable,
        form=Form.LINES,
    ),
    Parser(
        name="content",
        covers=("ui.content",),
        read=lambda data: plain(text_of(data)),
        seeds=_texts,
        check=_check_content,
        form=Form.LINES,
    ),
    Parser(
        name="target",
        covers=("target",),
        read=_of(parse_target),
        seeds=lambda: _TARGETS,
        refuses=(InputError,),
        check=_check_target,
        form=Form.LINES,
        inputs=800,
        calls=(4_000, 200),
    ),
    Parser(
        name="site-or-file",
        covers=("target_file",),
        read=_of(parse_site_or_file),
        seeds=lambda: _TARGETS,
        refuses=(InputError,),
        check=_check_site_or_file,
        form=Form.LINES,
        calls=(4_000, 200),
    ),
    Parser(
        name="pasted",
        covers=("target_file",),
        read=pasted,
        seeds=lambda: (b"a",),
        check=_check_pasted,
        form=Form.BYTES,
        inputs=50,
    ),
    Parser(
        name="limits",
        covers=("limits",),
        read=_limits,
        seeds=lambda: (b"response=200MB", b"total-time=5m", b"headers=500", b"file=1.5GiB", b"names=1_000"),
        refuses=(ValueError,),
        check=_check_limits,
        form=Form.LINES,
    ),
    Parser(
        name="search",
        covers=("report.search",),
        read=_search,
        seeds=lambda: (
            b"a.example\0..a.EXAMPLE..",
            b"2.5.4.3\0\x55\x04\x03",
            b"0x55 04:03\0\x55\x04\x03",
            "straße\0x".encode(),
        ),
        check=_check_search,
        form=Form.LINES,
        calls=(5_000, 400),
    ),
    Parser(
        name="history",
        covers=("ui.history",),
        read=_history,
        seeds=lambda: (b"example.org\nexample.net:8443\n./chain.pem\n",),
        check=_check_history,
        form=Form.LINES,
    ),
    Parser(
        name="password-file",
        covers=("cli.passwords",),
        read=_password,
        seeds=lambda: (b"opensesame\n", "größer\r\nx".encode()),
        refuses=(InputError,),
        check=_check_password,
        form=Form.LINES,
        inputs=100,
    ),
    Parser(
        name="host-pattern",
        covers=("net.admission",),
        read=_pattern,
        seeds=lambda: (
            b"*.example.org",
            b"example.org:443",
            b"192.0.2.0/24",
            b"[2001:db8::]/32",
            b"xn--bcher-kva.example",
        ),
        refuses=(ValueError,),
        check=checks.nothing,
        form=Form.LINES,
    ),
    Parser(
        name="literals",
        covers=("report.forms.literals",),
        read=_literals,
        seeds=lambda: (bytes(range(256)),),
        check=_check_literals,
        form=Form.BYTES,
        inputs=100,
    ),
)
