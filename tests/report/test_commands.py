"""The commands of other tools: they are what a shell makes of them."""

import shlex
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import EMPTY, TARGET, TRUSTED, judged
from tlsglass.exchange.model import Request
from tlsglass.net.model import Endpoint
from tlsglass.report.commands import curl_command, openssl_command
from tlsglass.target import Target
from tlsglass.trust.model import Verdict

_V6 = replace(TARGET, text="[::1]:8443", host="::1", port=8443, sni=None, hostname="::1", is_address=True)


@pytest.mark.parametrize(
    ("target", "endpoint", "expected"),
    [
        (
            TARGET,
            Endpoint(address="127.0.0.1", port=44301),
            (
                "openssl s_client -connect 127.0.0.1:44301 -servername www.example.test"
                " -verify_hostname www.example.test -showcerts </dev/null"
            ),
        ),
        (_V6, None, "openssl s_client -connect '[::1]:8443' -noservername -verify_ip ::1 -showcerts </dev/null"),
        (
            replace(_V6, text="[fe80::1%eth0]", host="fe80::1%eth0", port=443, hostname="fe80::1%eth0"),
            None,
            "openssl s_client -connect '[fe80::1%eth0]:443' -noservername -verify_ip fe80::1 -showcerts </dev/null",
        ),
        (
            replace(TARGET, address="::1", hostname="192.0.2.1"),
            None,
            (
                "openssl s_client -connect '[::1]:443' -servername www.example.test -verify_ip 192.0.2.1 -showcerts"
                " </dev/null"
            ),
        ),
        (
            replace(TARGET, address="192.0.2.7"),
            None,
            (
                "openssl s_client -connect 192.0.2.7:443 -servername www.example.test"
                " -verify_hostname www.example.test -showcerts </dev/null"
            ),
        ),
        (
            replace(TARGET, sni="other.test"),
            None,
            (
                "openssl s_client -connect www.example.test:443 -servername other.test"
                " -verify_hostname www.example.test -showcerts </dev/null"
            ),
        ),
    ],
)
def test_openssl(target: Target, endpoint: Endpoint | None, expected: str) -> None:
    """The same server, the same name asked for and the same one judged by."""
    assert openssl_command(replace(EMPTY, target=target, endpoint=endpoint)) == expected


def test_curl_asks_the_same_server_for_the_same() -> None:
    """Without --insecure where curl would agree with the verdict."""
    assert curl_command(TRUSTED) == (
        "curl --include --http1.1 --connect-to www.example.test:443:192.0.2.1:443 --header 'User-Agent: tlsglass'"
        " https://www.example.test:443/"
    )


def test_curl_reads_an_answer_whatever_the_certificate() -> None:
    """A bad one is a finding and no hindrance; an address is bracketed, a method named."""
    untrusted = judged(verdict=Verdict.UNTRUSTED)
    head = replace(untrusted, target=_V6, endpoint=None, request=Request(method="HEAD", path="/a?b=c d", headers=()))
    assert curl_command(head) == (
        "curl --include --http1.1 --insecure --connect-to '[::1]:8443:[::1]:8443' --head 'https://[::1]:8443/a?b=c d'"
    )
    options = replace(head, request=Request(method="OPTIONS", path="*", headers=(("Connection", "close"),)))
    assert "--request OPTIONS" in curl_command(options)
    assert "Connection" not in curl_command(options)


def test_curl_asks_for_another_server_name_by_its_url() -> None:
    """The Host header then says the host."""
    command = curl_command(replace(EMPTY, target=replace(TARGET, sni="other.test", path="/x")))
    assert command == (
        "curl --include --http1.1 --insecure --connect-to other.test:443:www.example.test:443"
        " --header 'Host: www.example.test:443' https://other.test:443/x"
    )


@settings(derandomize=True, max_examples=100)
@given(st.text(), st.text())
def test_no_value_escapes_its_quotes(path: str, value: str) -> None:
    """A path or a header that was typed or pasted is one word to the shell."""
    request = Request(method="GET", path=path, headers=(("A", value),))
    words = shlex.split(curl_command(replace(TRUSTED, request=request)))
    assert words[-1] == f"https://www.example.test:443{path}"
    assert f"A: {value}" in words
