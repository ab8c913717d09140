"""The command lines that ask for a certificate, and what does not get into them."""

import shlex
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from tests.trust.authority import Authority
from tlsglass.trust.remedies.certificate_requests import (
    MOST_NAMES,
    certbot_command,
    issuable,
    request_command,
    requested_names,
)

ROOT = Authority.root()


def test_openssl_makes_the_request_that_the_line_says(tmp_path: Path) -> None:
    """With all names, the first as common name, and a key beside it."""
    names = ["*.a.test", "a.test", "192.0.2.1", "2001:db8::1", "xn--bcher-kva.test"]
    subprocess.run(shlex.split(request_command(names)), check=True, cwd=tmp_path, capture_output=True)
    request = x509.load_pem_x509_csr((tmp_path / "wildcard.a.test.csr").read_bytes())
    assert request.is_signature_valid
    assert request.subject.rfc4514_string() == "CN=*.a.test"
    held = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in held] == names
    assert (tmp_path / "wildcard.a.test.key").exists()


def test_a_name_too_long_for_a_common_name_is_an_alternative_name_only() -> None:
    """RFC 5280 appendix A: 64 characters."""
    long = f"{'a' * 60}.example.org"
    assert "-subj / " in request_command([long])
    assert f"-subj /CN={'a' * 52}.example.org " in request_command([f"{'a' * 52}.example.org"])


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b.test",
        "a.test;id",
        "$(id).test",
        "a,DNS:b.test",
        "a.test\n",
        "-a.test",
        "*.*.test",
        "a..test",
        "1.2.3",
        "é.test",
        "a" * 254,
    ],
)
def test_what_is_no_plain_name_gets_into_no_command(name: str) -> None:
    """Names come from strangers; no command is better than a wrong one."""
    assert request_command(["a.test", name]) == ""
    assert certbot_command(["a.test", name]) == ""
    assert not issuable([name])


@given(st.text(max_size=40))
def test_whatever_gets_into_a_command_is_plain(name: str) -> None:
    """Letters, digits and few others, so that quoting is never needed for more than a star or a bracket."""
    line = request_command([name])
    assert line == "" or set(shlex.split(line)[-1]) <= set(
        "subjectAltName=DNS:IP:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*:%"
    )


def test_nothing_and_too_much_make_no_command() -> None:
    """A hundred names are what a certificate is issued for."""
    many = [f"{number}.example.org" for number in range(MOST_NAMES + 1)]
    assert request_command([]) == certbot_command([]) == request_command(many) == certbot_command(many) == ""
    assert not issuable([])


def test_certbot_asks_for_names_that_a_registry_knows() -> None:
    """Not for addresses, nor for what nobody can own; wildcards are proved by DNS."""
    assert certbot_command(["example.org", "www.example.org"]) == "certbot certonly -d example.org -d www.example.org"
    wild = certbot_command(["*.example.org"])
    assert wild == "certbot certonly --manual --preferred-challenges dns -d '*.example.org'"
    assert certbot_command(["192.0.2.1"]) == ""
    assert issuable(["example.org", "*.example.co.uk"])
    assert [issuable([name]) for name in ("a.test", "co.uk", "*.co.uk", "192.0.2.1", "localhost")] == [False] * 5


def test_the_names_to_ask_for_are_those_that_there_are_and_more() -> None:
    """Each once; of a certificate without any its common name."""
    leaf = ROOT.issues("a.test", "192.0.2.1").parsed
    assert requested_names(leaf, "b.test", "a.test") == ("a.test", "192.0.2.1", "b.test")
    bare = ROOT.issues(common_name="c.test", extensions=[]).parsed
    assert requested_names(bare) == ("c.test",)
