"""What is made of names and words into commands for a shell, and what is wished for on the command line."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.fuzz import checks, seeds
from tests.fuzz.parser import Form, Parser
from tests.fuzz.text_parsers import text_of
from tests.fuzz.trust_parsers import as_file
from tests.trust.authority import NOW, Authority
from tlsglass.cli.suppositions import judged_as_wished
from tlsglass.errors import InputError
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.report.commands import curl_command, openssl_command
from tlsglass.target import parse_target
from tlsglass.trust.model import TrustReport
from tlsglass.trust.names.public_suffixes import public_suffix
from tlsglass.trust.profile import Profile
from tlsglass.trust.remedies.certificate_requests import certbot_command, request_command, requested_names
from tlsglass.trust.stores.anchors import in_path
from tlsglass.x509.certificate import parse_certificate

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*:")
"""What names may consist of that get into a command."""


def _request(data: bytes) -> tuple[str, str]:
    names = text_of(data).split("\n")
    return request_command(names), certbot_command(names)


def _request_for(data: bytes) -> tuple[str, str]:
    names = requested_names(parse_certificate(data), "a.example")
    return request_command(names), certbot_command(names)


def _check_request(_data: bytes, found: tuple[str, str]) -> None:
    """Names stay names: none is a path, an option, or a second name of another kind."""
    request, certbot = (shlex.split(command) for command in found)
    for command in found:
        _check_command(command)
    if request:
        files = [request[place + 1] for place, word in enumerate(request) if word in {"-keyout", "-out"}]
        assert all(set(file) <= _PLAIN and not file.startswith("-") for file in files), files
        alternatives = request[-1].removeprefix("subjectAltName=").split(",")
        assert all(set(name.partition(":")[2]) <= _PLAIN for name in alternatives), alternatives
        assert len(alternatives) <= 100
    assert all(set(word) <= _PLAIN for word in certbot)


def _check_command(command: str) -> None:
    """One line that a terminal can draw, whose words are those of one command."""
    checks.drawable(command)
    assert "\n" not in command
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    words = list(lexer)
    operators = [word for word in words if word and set(word) <= set("();<>|&")]
    assert operators in ([], ["<"]), operators


def _look(data: bytes) -> tuple[str, str]:
    seen = Observation(target=parse_target(text_of(data)), started=NOW)
    return openssl_command(seen), curl_command(seen)


def _check_look(_data: bytes, found: tuple[str, str]) -> None:
    for command in found:
        _check_command(command)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """What is typed after --drop and --distrust."""

    drop: tuple[str, ...]
    distrust: tuple[str, ...]
    add: tuple[Path, ...] = ()
    profile: Profile = Profile.WEBPKI
    limits: Limits = field(default=DEFAULTS)


@cache
def _seen() -> Observation:
    root = Authority.root()
    return Observation(
        target=parse_target("a.test"), started=NOW, certificates=(root.issues("a.test").parsed, root.parsed)
    )


def _wished(data: bytes) -> TrustReport:
    first, _, second = text_of(data).partition("\n")
    wishes = _Wishes(drop=(first,), distrust=(second,) if second else ())
    with Stop() as stop:
        return judged_as_wished(_seen(), Authority.root().store(), wishes, stop)


def _of_names(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: read(text_of(data))


def _check_suffix(data: bytes, found: str | None) -> None:
    name = text_of(data).lower()
    assert found is None or name == found or name.endswith(f".{found}")


def _folder(data: bytes) -> tuple[bytes, ...]:
    """A folder of three files, one of which is all of the bytes."""
    folder = as_file(b"", "anything").parent / "anchors"
    folder.mkdir(exist_ok=True)
    for name, held in (("a.pem", data), ("b.pem", data[: len(data) // 2]), ("c.txt", data[-20:])):
        (folder / name).write_bytes(held)
    return in_path(folder)


def _check_folder(data: bytes, found: tuple[bytes, ...]) -> None:
    assert found
    assert len(set(found)) == len(found)
    assert sum(map(len, found)) <= 2 * len(data)


PARSERS: tuple[Parser, ...] = (
    Parser(
        name="request-command",
        covers=("trust.remedies.certificate_requests",),
        read=_request,
        seeds=lambda: (b"a.example\n*.b.example", b"192.0.2.1\n2001:db8::1", b"a.example", b"fe80::1%eth0"),
        check=_check_request,
        form=Form.LINES,
        inputs=400,
    ),
    Parser(
        name="request-command-for",
        covers=("trust.remedies.certificate_requests",),
        read=_request_for,
        seeds=seeds.certificates,
        check=_check_request,
        inputs=150,
    ),
    Parser(
        name="command",
        covers=("report.commands",),
        read=_look,
        seeds=lambda: (b"a.example:8443", b"[fe80::1%25eth0]:443", b"https://a.example/x?y='$(z)`;|&", b"192.0.2.1"),
        refuses=(InputError,),
        check=_check_look,
        form=Form.LINES,
    ),
    Parser(
        name="wishes",
        covers=("cli.suppositions",),
        read=_wished,
        seeds=lambda: (b"#0\n", b"1", f"{_seen().certificates[0].sha256}\n{_seen().certificates[1].sha256}".encode()),
        refuses=(InputError,),
        check=checks.nothing,
        form=Form.LINES,
        inputs=150,
        calls=(300_000, 1_000),
    ),
    Parser(
        name="public-suffix",
        covers=("trust.names.public_suffixes",),
        read=_of_names(public_suffix),
        seeds=lambda: (
            b"www.example.co.uk",
            b"a.b.kobe.jp",
            b"xn--85x722f.xn--55qx5d.cn",
            b"com",
            b"\xe5\x85\xac\xe5\x8f\xb8.cn",
        ),
        check=_check_suffix,
        form=Form.LINES,
        calls=(50_000, 400),  # the rules of a top-level domain are read when it is first asked for
    ),
    Parser(
        name="ca-folder",
        covers=("trust.stores.anchors",),
        read=_folder,
        seeds=seeds.pem_files,
        refuses=(InputError,),
        check=_check_folder,
        form=Form.LINES,
        inputs=100,
    ),
)
