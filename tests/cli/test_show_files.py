"""`tlsglass show` on files: reports, passwords and exit statuses, as processes see them."""

import getpass
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.report.schema import errors
from tests.x509.containers import files_of_others as others
from tlsglass.cli import passwords
from tlsglass.cli.passwords import from_file, from_terminal
from tlsglass.cli.show import Look, write_reports
from tlsglass.errors import Fault, InputError
from tlsglass.trust.profile import Profile
from tlsglass.x509.containers.passwords import Ask, nobody


def _show(*names: str, as_json: bool = False, look: Look | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    targets = [str(others.folder() / name) for name in names]
    status = write_reports(targets, look or Look(), as_json=as_json, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def test_a_file_that_nobody_asked_to_judge_is_0() -> None:
    """And its report says that it was not judged."""
    status, out, err = _show("a.pem", "csr.der")
    assert (status, err) == (0, "")
    assert out.count("! NOT JUDGED  not checked: ") == 2


def test_a_judged_file_is_as_a_site(tmp_path: Path) -> None:
    """0 where it is trusted, 1 where it isn't, 3 where the store can't be read."""
    ca = others.folder() / "ca.pem"
    chain = tmp_path / "chain.pem"
    chain.write_bytes(others.read("a.pem") + ca.read_bytes())
    out, err = io.StringIO(), io.StringIO()
    for look, expected in (
        (Look(hostname="a.example", ca_store=("none",), ca_file=(ca,), profile=Profile.RFC5280), 0),
        (Look(hostname="a.example", ca_store=("none",), ca_file=(ca,), at=datetime(2000, 1, 1, tzinfo=UTC)), 1),
        (Look(hostname="b.example", ca_store=("none",), ca_file=(ca,)), 1),
        (Look(hostname="a.example", ca_store=("none",), profile=Profile.RFC5280), 1),
        (Look(hostname="a.example", ca_file=(tmp_path / "none",)), 3),
        (Look(hostname="a..b"), 2),
    ):
        assert write_reports([str(chain)], look, as_json=True, out=out, err=err) == expected
    documents = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [found["trust"]["verdict"] for found in documents] == [
        "trusted",
        "untrusted",
        "untrusted",
        "unknown",
        "unknown",
        "unknown",
    ]
    assert [error for found in documents for error in errors(found)] == []
    assert [found["trust"]["seen_at"] is None for found in documents[:3]] == [True, False, True]
    assert [found["trust"]["profile"] for found in documents] == [
        "rfc5280",
        "webpki",
        "webpki",
        "rfc5280",
        None,
        None,
    ]
    assert documents[1]["trust"]["at"] == "2000-01-01T00:00:00Z"


def test_what_can_not_be_read_is_3() -> None:
    """With a sentence on standard error, and a document where these are asked for."""
    status, out, err = _show("a.key", "nothing.pem", "")
    assert (status, out) == (3, "")
    assert "which is never shown. A private key is nobody's business" in err
    assert "nothing.pem can't be read: No such file or directory." in err
    assert "is a folder. Name the file in it." in err
    status, out, _ = _show("a.key", as_json=True)
    document = json.loads(out)
    assert (status, document["error"]["code"], errors(document)) == (3, "private-key", [])


def _process(words: list[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tlsglass", *words]
    return subprocess.run(command, input=data, capture_output=True, check=False, cwd=others.folder())


def test_standard_input_and_bare_names() -> None:
    """A process reads its input, and names of files as a shell completes them."""
    done = _process(["show", "--json", "-", "a.pem", "./number"], others.read("a.p7b"))
    assert done.returncode == 3
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["contents"]["form"], len(first["certificates"])) == ("PKCS #7", 2)
    assert first["target"]["file"] == "-"
    assert second["certificates"][0] == first["certificates"][0]
    assert third["error"]["code"] == "bad-file"


def test_a_password_file(tmp_path: Path) -> None:
    """Its first line opens the file; one that does not fit is told."""
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text(f"{others.PASSWORD}\r\nsecond line\n")
    assert (from_file(right)(0), from_file(right)(1)) == (others.PASSWORD, None)
    wrong.write_text("x")
    done = _process(["show", "--json", "a.p12", "--password-file", str(right)])
    assert done.returncode == 0
    assert [found["kind"] for found in json.loads(done.stdout)["contents"]["items"]] == [
        "certificate",
        "certificate",
        "private-key",
    ]
    done = _process(["show", "a.p12", "--password-file", str(wrong)])
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"The password does not open the PKCS #12 file" in done.stderr
    assert others.PASSWORD.encode() not in done.stderr


def test_a_password_file_that_can_not_be_read(tmp_path: Path) -> None:
    """That is said."""
    (tmp_path / "latin").write_bytes(b"\xff\n")
    for name, sentence in (("none", "No such file or directory."), ("latin", "it is no UTF-8 text.")):
        with pytest.raises(InputError) as raised:
            from_file(tmp_path / name)(0)
        assert raised.value.fault is Fault.BAD_PASSWORD
        assert raised.value.message.endswith(sentence)


def test_it_is_asked_for_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without echo, and again where it did not fit."""
    prompts: list[str] = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return others.PASSWORD if len(prompts) == 2 else "x"

    monkeypatch.setattr(passwords, "_TERMINAL", os.devnull)
    monkeypatch.setattr(getpass, "getpass", answer)
    status, out, _ = _show("a.p12", look=Look(password=from_terminal))
    assert status == 0
    assert others.PASSWORD not in out
    assert prompts == ["Password of the PKCS #12 file: ", "It does not fit. Password: "]


@pytest.mark.parametrize("error", [EOFError, KeyboardInterrupt, getpass.GetPassWarning])
def test_nobody_answers(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    """Or can't do so unseen."""

    def leave(_prompt: str) -> str:
        raise error

    monkeypatch.setattr(passwords, "_TERMINAL", os.devnull)
    monkeypatch.setattr(getpass, "getpass", leave)
    assert from_terminal(0) is None


def test_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in a job that runs by itself."""
    monkeypatch.setattr(passwords, "_TERMINAL", str(tmp_path / "none"))
    ask: Ask = from_terminal
    assert ask(0) is None is nobody(0)
    status, _, err = _show("a.p12", look=Look(password=ask))
    assert status == 3
    assert "needs a password. Give it with --password-file" in err
