"""What every test is held to: no traffic leaves this machine, and what it lacks is skipped."""

import ipaddress
import socket
import sys
from collections.abc import Generator

import pytest

from tests.installed import skip_or_fail


class LeftLoopbackError(AssertionError):
    """A test tried to reach, or to look up, something that is not on this machine."""


def _is_loopback(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if text in {"", "localhost", "0.0.0.0", "::"}:  # noqa: S104 - binding there sends nothing
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_to_leave(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        peer, address = arguments[0], arguments[1]
        family = getattr(peer, "family", None)
        if family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple) and not _is_loopback(address[0]):
            message = f"{event} to {address!r}"
            raise LeftLoopbackError(message)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and not _is_loopback(arguments[0]):
        message = f"{event} of {arguments[0]!r}"
        raise LeftLoopbackError(message)


sys.addaudithook(_refuse_to_leave)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    """Skip what needs a program that is not there."""
    try:
        yield
    except FileNotFoundError as error:
        skip_or_fail(error)


pytest_runtest_call = pytest_runtest_setup


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call bytes by their argument's name: certificates made anew would give a test another name at each collection."""
    return argname if isinstance(val, bytes) else None


_AROUND = (
    *("NO_COLOR", "COLUMNS", "LINES", "ESCDELAY", "LC_ALL", "LC_CTYPE"),
    *("SSH_TTY", "SSH_CONNECTION", "TMUX", "STY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "TLSGLASS_REPORT_FAULTS"),
)
"""Variables by which the program, or what it is made with, does something else."""


@pytest.fixture(autouse=True)
def neutral_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The terminal, the session and the user's folders that happen to be around don't matter to a test."""
    for name in _AROUND:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
