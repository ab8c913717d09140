"""A report of a fault says where it happened, and nothing of what was looked at."""

import sys

import pytest

from tlsglass import fault_report
from tlsglass.fault_report import MOST_CAUSES, MOST_FRAMES, explanation, report, where
from tlsglass.x509.certificate import parse_certificate

_SECRET = "hunter2@secret.example"  # noqa: S105 - nobody's


def _raised(depth: int = 0) -> BaseException:
    """A fault whose message and variables are secrets, so many calls deep, with a cause."""

    def fail(left: int, password: str) -> None:
        if left:
            fail(left - 1, password)
        try:
            int(password)
        except ValueError as error:
            raise RuntimeError(password) from error

    try:
        fail(depth, _SECRET)
    except RuntimeError as error:
        return error
    raise AssertionError


def test_it_holds_places_and_versions_and_no_values() -> None:
    """Neither the message nor a variable is in it, and it says so."""
    text = report(_raised(), "looking at a site")
    assert text.startswith("tlsglass ")
    assert "failed while looking at a site: RuntimeError in test_fault_report.py:" in text
    assert "\nRuntimeError\n" in text
    assert "\nValueError\n" in text
    assert "Python 3." in text
    assert "cryptography " in text
    assert "Not in it are messages, values" in text
    for secret in ("hunter2", "secret.example", "home", "/work", "/tmp"):  # noqa: S108 - no folder is used
        assert secret not in text
    assert all(character == "\n" or (character.isascii() and character.isprintable()) for character in text)


def test_the_innermost_own_place_comes_first() -> None:
    """What broke in a library is told by where we called it, with a path that tells nobody's folders."""
    with pytest.raises(TypeError) as caught:
        parse_certificate(None)  # type: ignore[arg-type]  # a fault of ours, for once
    assert where(caught.value).startswith("TypeError in tlsglass/x509/")


def test_deep_ones_are_shortened_and_chains_have_an_end() -> None:
    """A recursion without end makes no endless report."""
    text = report(_raised(500), "working")
    assert text.count("\n") < 2 * MOST_FRAMES + 20
    assert "more ..." in text
    first = RuntimeError()
    latest: BaseException = first
    for _ in range(20):
        following = RuntimeError()
        following.__cause__ = latest
        latest = following
    assert report(latest, "working").count("\nRuntimeError\n") == MOST_CAUSES


def test_what_was_never_raised_has_no_place() -> None:
    """And a kind that is no built-in is told with its module."""
    assert where(ValueError()) == "ValueError in an unknown place"
    assert where(pytest.UsageError()).startswith("_pytest.config.exceptions.UsageError in")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/home/me/x/tlsglass/tui/tlsglass/text.py", "tlsglass/text.py"),
        ("/v/lib/python9/site-packages/h11/_events.py", "h11/_events.py"),
        (f"/usr/lib/python{sys.version_info.major}.{sys.version_info.minor}/json/decoder.py", "json/decoder.py"),
        ("C:\\Users\\me\\AppData\\site-packages\\idna\\core.py", "idna/core.py"),
        ("<string>", "<string>"),
        ("", ""),
    ],
)
def test_files_are_named_without_the_folders_they_lie_in(name: str, shown: str) -> None:
    """A report tells nobody's name."""
    assert fault_report._file(name) == shown


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be the reason."""
    monkeypatch.setattr(fault_report, "_LIBRARIES", ("no-such-library-at-all",))
    assert "no-such-library-at-all missing" in report(ValueError(), "working")


def test_a_command_says_a_sentence_and_more_when_it_is_asked() -> None:
    """By a variable of the environment."""
    short = explanation(_raised(), {})
    assert short.count("\n") == 1
    assert "TLSGLASS_REPORT_FAULTS=1" in short
    assert "Python 3." in explanation(_raised(), {"TLSGLASS_REPORT_FAULTS": "1"})
