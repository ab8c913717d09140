"""Standard output that goes away."""

import io
import os
from collections.abc import Iterator
from typing import TextIO

import pytest

from tlsglass.cli.output import Output, OutputGoneError


@pytest.fixture
def broken() -> Iterator[TextIO]:
    """A pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="ascii") as stream:  # noqa: PTH123 - a descriptor has no path
        yield stream


def test_a_reader_that_has_had_enough(broken: TextIO) -> None:
    """141, as of a program that SIGPIPE ended; what is still buffered goes nowhere, without a complaint."""
    output = Output(broken)
    with pytest.raises(OutputGoneError) as gone:
        output.write("text")
    assert (gone.value.status, gone.value.message) == (141, "")
    broken.flush()


def test_a_full_disk() -> None:
    """It is said in a sentence."""
    with open("/dev/full", "w", encoding="ascii") as full:  # noqa: PTH123 - not a file
        output = Output(full)
        with pytest.raises(OutputGoneError) as gone:
            output.write("text")
        assert (gone.value.status, gone.value.message) == (3, "standard output: No space left on device")


def test_characters_that_the_encoding_lacks_are_escaped() -> None:
    """A Latin-1 terminal gets a report all the same."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1")
    Output(stream).write("✗ é")
    assert raw.getvalue() == b"\\u2717 \xe9"


def test_any_text_stream_will_do() -> None:
    """Each text is handed on at once; only a terminal is one."""
    stream = io.StringIO()
    output = Output(stream)
    output.write("a")
    assert stream.getvalue() == "a"
    assert not output.is_terminal
