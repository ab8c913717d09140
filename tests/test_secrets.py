"""Passwords, logins, private keys and session keys are nowhere to be seen: neither in reports nor in files."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.authority import Authority, ec_key
from tlsglass.cli.passwords import from_file
from tlsglass.cli.show import Look, write_reports
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import InputError
from tlsglass.net.stop import Stop
from tlsglass.target import parse_target, without_login

PASSWORD = "correct horse battery"  # noqa: S105 - nobody's


def _show(*targets: str, as_json: bool, look: Look | None = None) -> str:
    out, err = io.StringIO(), io.StringIO()
    write_reports(targets, look or Look(), as_json=as_json, out=out, err=err)
    return out.getvalue() + err.getvalue()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://user:secret@a.test/x", "https://…@a.test/x"),
        ("user:secret@a.test", "…@a.test"),
        ("//secret@a.test", "//…@a.test"),
        ("https://secret@secret@a.test", "https://…@a.test"),
        ("http://user:sec ret@a.test", "http://…@a.test"),
        ("https://a.test/@name", "https://a.test/@name"),
        ("a.test/?x=a@b", "a.test/?x=a@b"),
        ("a.test", "a.test"),
    ],
)
def test_a_login_is_left_out_where_a_target_is_shown(typed: str, shown: str) -> None:
    """RFC 3986 §3.2.1: it stands before the last @ of the authority, and nowhere else."""
    assert without_login(typed) == shown


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "typed", ["https://user:secret@a.test/", "user:secret@a.test:x", "http://user:secret@a.test", "x:sec ret@a.test"]
)
def test_no_report_repeats_a_login(typed: str, as_json: bool) -> None:  # noqa: FBT001 - a table
    """Neither the sentence on standard error nor the JSON, whatever else is wrong with the target."""
    said = _show(typed, as_json=as_json)
    assert "secret" not in said
    assert "ret@" not in said
    assert "user name or password before @" in said


@given(st.text(st.characters(exclude_characters="/?#@", exclude_categories=["Cs"]), min_size=4, max_size=20))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_no_error_quotes_a_login(login: str) -> None:
    """Whatever it is made of."""
    with pytest.raises(InputError) as caught:
        parse_target(f"https://{login}@a.test")
    assert login.strip() == "" or login not in caught.value.message.removeprefix("A user name or password") + "x"
    assert caught.value.message == "A user name or password before @ is never sent from here."


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A PKCS #12 file with a certificate and its private key, and its password in a file beside it."""
    issued = Authority.root().issues("a.test", key=ec_key(7))
    data = pkcs12.serialize_key_and_certificates(
        b"name", ec_key(7), issued.certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )
    file = tmp_path / "bundle.p12"
    file.write_bytes(data)
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    return file


@pytest.mark.parametrize("as_json", [False, True])
def test_reports_of_key_files_hold_neither_key_nor_password(key_file: Path, as_json: bool) -> None:  # noqa: FBT001
    """The certificates are shown, that there is a key is said, and no more."""
    said = _show(str(key_file), as_json=as_json, look=Look(password=from_file(key_file.parent / "password")))
    private = ec_key(7).private_numbers().private_value
    number = private.to_bytes(32, "big")
    assert "a.test" in said
    for secret in (PASSWORD, number.hex(), number.hex(":"), str(private)):
        assert secret.lower() not in said.lower()
    if as_json:
        assert json.loads(said)["contents"] is not None


def test_session_keys_are_written_nowhere(tmp_path: Path) -> None:
    """SSLKEYLOGFILE, which other programs obey in silence, is none of ours."""
    log = tmp_path / "keys"
    code = (
        "import sys; from tlsglass.cli.front import run;"
        "raise SystemExit(run(['show', '--json', '--address', '127.0.0.1', sys.argv[1]]))"
    )
    with Zoo() as zoo, Stop() as stop:
        port = zoo.resolver("good.demo.test", 443, stop, time.monotonic())[0].port
        done = subprocess.run(
            [sys.executable, "-c", code, f"good.demo.test:{port}"],
            env=os.environ | {"SSLKEYLOGFILE": str(log)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert json.loads(done.stdout)["handshake"]["version"] == "TLSv1.3"
    assert not log.exists()
    assert "TRAFFIC_SECRET" not in done.stdout + done.stderr
