"""What failed once does not fail again, and the room itself: its store, its edits and its counting."""

import random

import pytest

from tests.fuzz import found
from tests.fuzz.edits import LARGEST, Edit, edited, random_edits
from tests.fuzz.parser import Form, FoundError, Parser, examine
from tests.fuzz.registry import PARSERS
from tests.fuzz.shortening import shortened
from tlsglass.x509.der import read

_CASES = [pytest.param(parser, data, id=parser.name) for parser in PARSERS for data in found.kept(parser.name)]


@pytest.mark.parametrize(("parser", "data"), _CASES)
def test_what_failed_once_is_mended(parser: Parser, data: bytes) -> None:
    """Every input that fuzzing found is read again at each run."""
    examine(parser, data)


def test_each_file_of_what_was_found_has_its_parser() -> None:
    """A parser that gets another name takes what it once failed on along."""
    assert {file.stem for file in found.FOLDER.glob("*.txt")} <= {parser.name for parser in PARSERS}


def _parser(read_one: object, **more: object) -> Parser:
    return Parser(name="x", covers=(), read=read_one, seeds=lambda: (b"",), check=lambda *_: None, **more)  # type: ignore[arg-type]  # any of them


def test_faults_are_found() -> None:
    """An exception that is not announced, a refusal without a word, a check that fails, and too much work."""

    def quadratic(data: bytes) -> None:
        for _ in data:
            for _ in data:
                bytes.fromhex("")
                random.Random(data)  # noqa: S311 - any function of Python's own

    examine(_parser(bytes.decode, refuses=(UnicodeDecodeError,)), b"\xff")
    for broken, data in (
        (_parser(bytes.decode), b"\xff"),
        (_parser(lambda _: [].pop(), refuses=(KeyError,)), b""),
        (_parser(lambda _: int(""), refuses=()), b""),
        (_parser(quadratic, calls=(10, 10)), bytes(100)),
    ):
        with pytest.raises(FoundError, match=r"^x "):
            examine(broken, data)
    examine(_parser(quadratic, calls=(10, 210)), bytes(100))


def test_a_silent_refusal_is_a_fault() -> None:
    """Whoever refuses says why, in a sentence or two."""

    def silent(_data: bytes) -> None:
        raise ValueError

    with pytest.raises(FoundError, match="refuses with 0 characters"):
        examine(_parser(silent, refuses=(ValueError,)), b"")


@pytest.mark.parametrize("form", Form)
def test_edits_fit_whatever_they_meet(form: Form) -> None:
    """They never fail, are bounded, and are the same for the same seed of the generator."""
    source, again = random.Random(5), random.Random(5)  # noqa: S311 - no secrets
    data = b"\x30\x0a\x02\x01\x05\x04\x05\x30\x03\x02\x01\x07"
    seen = set()
    for _ in range(400):
        made = edited(data, random_edits(source, form), form, [data, b"\x30\x03\x02\x01\x01", b""])
        assert made == edited(data, random_edits(again, form), form, [data, b"\x30\x03\x02\x01\x01", b""])
        assert len(made) <= LARGEST
        seen.add(made)
    assert len(seen) > 200


def test_lengths_around_an_element_are_made_right() -> None:
    """Most damage to elements leaves something that can still be opened, so that what lies deeper is reached."""
    source = random.Random(7)  # noqa: S311 - no secrets
    data = b"\x30\x0a\x02\x01\x05\x04\x05\x30\x03\x02\x01\x07"
    whole = 0
    for _ in range(300):
        made = edited(data, random_edits(source, Form.ELEMENTS, 1)[:1], Form.ELEMENTS, [data])
        whole += not read(made).problems
    assert whole > 100


def test_whole_records_change_places() -> None:
    """One left out, one again, two the other way round, and all in another order."""
    first, second = b"\x16\x03\x03\0\1a", b"\x15\x03\x03\0\2bc"
    number = next(kind for kind in range(20) if _made(kind, 6, first + second) == second + first)
    assert [_made(number, size, first + second) for size in (0, 1, 2)] == [
        second,
        first + first + second,
        second + first,
    ]
    assert _made(number, 1, b"\x0b\0\0\1x") == b"\x0b\0\0\1x" * 2
    assert _made(number, 1, b"") == b""


def _made(kind: int, size: int, data: bytes) -> bytes:
    return edited(data, [Edit(kind, 0, size, b"")], Form.RECORDS, [data])


def test_what_fails_is_made_short() -> None:
    """Only what matters is left of it."""
    assert shortened(b"abc" * 50 + b"x" + b"def" * 50 + b"y", lambda data: b"x" in data and b"y" in data) == b"xy"
    assert shortened(b"aab", lambda data: len(data) > 1) == b"\0\0"


def test_what_was_found_is_kept_once(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same input is not kept again; the empty one can be kept."""
    monkeypatch.setattr(found, "FOLDER", tmp_path)
    for data in (b"\0\1", b"", b"\0\1"):
        found.keep("x", data, "It\nfailed.")
    assert found.kept("x") == (b"\0\1", b"")
    assert found.kept("y") == ()
