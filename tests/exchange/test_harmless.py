"""What guests may ask a server for."""

from dataclasses import replace

import pytest

from tlsglass.errors import Fault, InputError
from tlsglass.exchange.harmless import check_harmless
from tlsglass.exchange.http import default_request
from tlsglass.target import parse_target

TARGET = parse_target("https://a.test:8443/x")
USUAL = default_request(TARGET)


def test_what_only_reads_is_open() -> None:
    """The request that is sent unasked, other paths, other representations."""
    check_harmless(USUAL, TARGET)
    check_harmless(replace(USUAL, method="HEAD", path="/y?z"), TARGET)
    check_harmless(replace(USUAL, headers=(("accept-LANGUAGE", "de"), ("Range", "bytes=0-9"))), TARGET)


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "TRACE", "CONNECT", "get", "X" * 100])
def test_what_changes_something_is_not(method: str) -> None:
    """Nor is a method whose meaning nobody here knows."""
    with pytest.raises(InputError) as error:
        check_harmless(replace(USUAL, method=method), TARGET)
    assert error.value.fault is Fault.NOT_ALLOWED
    assert repr(method[:40]) in error.value.message


@pytest.mark.parametrize(
    "header",
    [
        ("Host", "internal.test"),
        ("host", "a.test"),
        ("Authorization", "Basic eA=="),
        ("Cookie", "a"),
        ("X-Real-IP", "::1"),
    ],
)
def test_headers_that_choose_another_site_or_log_in_are_not(header: tuple[str, str]) -> None:
    """The site is the one that may be looked at."""
    with pytest.raises(InputError) as error:
        check_harmless(replace(USUAL, headers=(header,)), TARGET)
    assert error.value.fault is Fault.NOT_ALLOWED
    assert repr(header[0]) in error.value.message
