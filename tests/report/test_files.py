"""Saving: names that are safe, and files that are whole or not there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import HEAD, LEAF, TARGET, TRUSTED, certificate
from tlsglass.report.files import (
    certificate_file_name,
    chain_file_name,
    report_file_name,
    response_file_name,
    safe_name,
    write_file,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.example.test", "www.example.test.pem"),
        ("*.example.test", "wildcard.example.test.pem"),
        ("../../etc/passwd", "etc_passwd.pem"),
        ("-rf ~", "rf.pem"),
        (".bashrc", "bashrc.pem"),
        ("a\x1b[31m\u202eb", "a_31m_b.pem"),
        ("a...b", "a.b.pem"),
        ("NUL", "_NUL.pem"),
        ("com1.txt", "_com1.txt.pem"),
        ("console", "console.pem"),
        ("//", "unnamed.pem"),
        ("x" * 300, "x" * 80 + ".pem"),
    ],
)
def test_a_name_is_one_plain_word(text: str, expected: str) -> None:
    """Neither hidden nor an option nor a path nor a device."""
    assert safe_name(text, ".pem") == expected


@settings(derandomize=True, max_examples=300)
@given(st.text())
def test_whatever_a_certificate_calls_itself(text: str) -> None:
    """The name stays in its folder and has only characters that every shell and file system takes."""
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,85}", safe_name(text, ".pem"))
    assert ".." not in safe_name(text, ".pem")


def test_suggested_names() -> None:
    """Each says what is in the file."""
    assert certificate_file_name(LEAF) == "www.example.test.pem"
    assert certificate_file_name(certificate("/", "Root")) == "certificate.pem"
    assert chain_file_name(TRUSTED) == "www.example.test-chain.pem"
    assert report_file_name(TRUSTED) == "www.example.test.json"
    assert report_file_name(replace(TRUSTED, target=replace(TARGET, host="::1"))) == "1.json"
    assert response_file_name(TRUSTED) == "www.example.test-response.bin"


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("text/html; charset=utf-8", ".html"), ("APPLICATION/JSON", ".json"), ("../../x", ".bin"), (None, ".bin")],
)
def test_a_body_is_named_by_its_type(kind: str | None, suffix: str) -> None:
    """Only types that we know; the server does not choose the suffix."""
    head = replace(HEAD, headers=(("content-type", kind),) if kind else ())
    assert response_file_name(replace(TRUSTED, head=head), body_only=True) == f"www.example.test{suffix}"
    assert response_file_name(replace(TRUSTED, head=None), body_only=True) == "www.example.test.bin"
    nameless = replace(TRUSTED, target=replace(TARGET, host="::"))
    assert response_file_name(replace(nameless, head=head), body_only=True) == f"site{suffix}"


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask; nothing else is left in the folder."""
    path = tmp_path / "a.pem"
    assert write_file(path, [b"ab", b"", b"c"]) == 3
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Unless it is to be replaced; a link that leads nowhere is something that is there, too."""
    path = tmp_path / "a.pem"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_file(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert write_file(path, [b"new"], replace=True) == 3
    assert path.read_bytes() == b"new"
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_file(link, [b"new"])
    assert sorted(tmp_path.iterdir()) == [path, link]


def _breaks() -> Iterator[bytes]:
    yield b"half"
    message = "no more"
    raise OSError(message)


@pytest.mark.parametrize("there", [False, True])
def test_what_can_not_be_written_in_whole_is_not_written(tmp_path: Path, *, there: bool) -> None:
    """An old file stays as it was, and no half of a new one is left."""
    path = tmp_path / "a.bin"
    if there:
        path.write_bytes(b"old")
    with pytest.raises(OSError, match="no more"):
        write_file(path, _breaks(), replace=there)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == ([b"old"] if there else [])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is said and not made."""
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "no" / "a.bin", [b""])
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "no" / "a.bin", [b""], replace=True)
