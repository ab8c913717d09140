"""What is a file and what a site."""

from dataclasses import replace
from pathlib import Path

import pytest

from tlsglass.errors import InputError
from tlsglass.target import Target
from tlsglass.target_file import FileTarget, parse_site_or_file, pasted, together


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files whose names could be something else."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.test", "chain", "my chain", "x_", "folder/site"):
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "/etc/x",
        "./a.test",
        "../x",
        "~/x",
        "C:\\x",
        "chain.pem",
        "CHAIN.PEM",
        "a.test.crt",
        "folder/site",
        "my chain",
        ".",
    ],
)
def test_files(text: str) -> None:
    """Paths, names that end as such files do, and what can't be a site but is there."""
    target = parse_site_or_file(text)
    assert isinstance(target, FileTarget)
    assert (target.text, target.hostname) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "a.test",
        "chain",
        "a.test/x",
        "folder.test/site",
        "https://a.test/x.pem",
        "a.pem:443",
        "[::1]",
        "a.pem.test",
        "192.0.2.1",
    ],
)
def test_sites(text: str) -> None:
    """Also where there is a file of that name: ./ leads to it."""
    assert isinstance(parse_site_or_file(text), Target)


@pytest.mark.parametrize("text", ["", "a b", "x" * 9000, "a\0b", "a_-", "http://a"])
def test_what_can_be_neither_is_refused_as_a_site(text: str) -> None:
    """With the sentence that a site has."""
    with pytest.raises(InputError):
        parse_site_or_file(text)


def test_no_file_has_a_nul_in_its_name() -> None:
    """That is said before it is opened."""
    with pytest.raises(InputError, match="NUL character"):
        parse_site_or_file("./a\0b")


def test_what_a_file_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a headline, and as the beginning of another file's name."""
    monkeypatch.setenv("HOME", "/home/me")
    stdin, file = parse_site_or_file("-"), parse_site_or_file("~/certs/a.pem")
    assert isinstance(stdin, FileTarget)
    assert isinstance(file, FileTarget)
    assert (stdin.origin, stdin.name) == ("standard input", "stdin")
    assert (file.origin, file.name, file.path) == ("~/certs/a.pem", "a.pem", "/home/me/certs/a.pem")


@pytest.mark.parametrize(
    ("hostname", "judged", "address"),
    [
        (None, None, False),
        ("A.Example", "a.example", False),
        ("bücher.example", "xn--bcher-kva.example", False),
        ("[::1]", "::1", True),
    ],
)
def test_the_name_to_judge_by_is_brought_into_its_canonical_form(
    hostname: str | None,
    judged: str | None,
    address: bool,  # noqa: FBT001 - an expectation
) -> None:
    """As that of a site is."""
    target = parse_site_or_file("./x", hostname=hostname)
    assert isinstance(target, FileTarget)
    assert (target.hostname, target.hostname_is_address) == (judged, address)


def test_a_name_that_is_none_is_refused() -> None:
    """Also for a file."""
    with pytest.raises(InputError, match="name to judge by"):
        parse_site_or_file("./x", hostname="a..b")


def test_what_was_pasted_is_a_file_that_need_not_be_read() -> None:
    """It has no name that leads to it later."""
    target = pasted(b"-----BEGIN", "A.example")
    assert (target.data, target.origin, target.name, target.hostname) == (
        b"-----BEGIN",
        "pasted text",
        "pasted",
        "a.example",
    )
    assert target.lasting_text == ""
    assert "BEGIN" not in repr(target)
    assert replace(target, text="loop.pem", of_the_demo=True).lasting_text == "loop.pem", "the demo knows it by name"


def test_several_files_are_one_look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Called by the first; one alone stays what it is."""
    monkeypatch.chdir(tmp_path)
    files = [parse_site_or_file(text) for text in ("./a.pem", "./b.pem", "-")]
    assert all(isinstance(file, FileTarget) for file in files)
    all_files = [file for file in files if isinstance(file, FileTarget)]
    whole = together(all_files)
    assert (whole.origin, whole.name, len(whole.more)) == ("a.pem and 2 more", "a.pem", 2)
    assert together(all_files[:1]) is all_files[0]
    assert all_files[0].lasting_text == str(tmp_path / "a.pem")
    assert all_files[2].lasting_text == ""
