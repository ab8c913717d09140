"""No line end of a stranger begins a line in a report or in a text that is copied."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import EMPTY
from tests.report.saying import file_saying, site_saying
from tests.x509.saying import harmless
from tests.x509.test_line_ends import BITING
from tlsglass.observation import Observation
from tlsglass.report.asn1 import asn1_outline
from tlsglass.report.forms import forms
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.text import LINE_ENDS

_WIDE = 1_000_000
"""Columns that nothing is wrapped at, as an escape is longer than what it stands for."""

_SAYING: dict[str, Callable[[str], Observation]] = {"site": site_saying, "file": file_saying}


def every_line(nodes: Sequence[Node]) -> Iterator[Node]:
    """All lines of an outline, and the ASN.1 elements of those at the top."""
    for node in nodes:
        yield node
        yield from every_line(node.children)


def _lines(text: str) -> int:
    """How many lines there are for whatever program they are pasted into."""
    return len(f"{text}.".splitlines())


@pytest.mark.parametrize("kind", _SAYING)
@given(text=BITING)
@settings(derandomize=True, max_examples=20, deadline=None, database=None)
def test_the_text_report_has_as_many_lines_as_without_line_ends(kind: str, text: str) -> None:
    """Whatever says it: certificates, findings, responders, heads, failures."""
    biting, calm = (to_text(_SAYING[kind](each), color=False, width=_WIDE) for each in (text, harmless(text)))
    assert _lines(biting) == _lines(calm)


@pytest.mark.parametrize("kind", _SAYING)
@given(text=BITING)
@settings(derandomize=True, max_examples=20, deadline=None, database=None)
def test_the_json_is_one_line(kind: str, text: str) -> None:
    """And holds the true values."""
    line = to_line(to_json(_SAYING[kind](text)))
    assert _lines(line) == 1
    assert line.isascii()
    assert f"DNS:{text}" in json.loads(line)["certificates"][0]["san"]


@pytest.mark.parametrize("kind", _SAYING)
@pytest.mark.parametrize("text", [f"a{LINE_ENDS}b", "\r\n"], ids=["all", "network"])
def test_each_text_that_is_copied_has_as_many_lines_as_without_line_ends(kind: str, text: str) -> None:
    """In all forms of all lines; only a value alone is what was said, and whoever copies it is told."""
    biting, calm = _SAYING[kind](text), _SAYING[kind](harmless(text))
    true = 0
    for node, like in zip(every_line(outline(biting)), every_line(outline(calm)), strict=True):
        # What is offered of the whole site or file is the same at each line.
        of, like_of = (EMPTY, EMPTY) if node.field is not None else (biting, calm)
        for form, alike in zip(forms(of, node), forms(like_of, like), strict=True):
            assert (form.id, form.in_lines) == (alike.id, alike.in_lines)
            if form.in_lines and not form.id.startswith("report-"):
                assert _lines(form.text) == _lines(alike.text), (node.key, form.id)
            true += not form.in_lines and text in form.text
    assert true


@given(text=BITING)
@settings(derandomize=True, max_examples=10, deadline=None, database=None)
def test_elements_have_a_line_each(text: str) -> None:
    """The tree of ASN.1 elements, where each string is a line of its own."""
    (top, *_), (like, *_) = outline(site_saying(text)), outline(site_saying(harmless(text)))
    biting, calm = every_line(asn1_outline(top)), every_line(asn1_outline(like))
    for node, alike in zip(biting, calm, strict=True):
        assert node.field is not None
        assert alike.field is not None
        assert len(node.field.lines) == len(alike.field.lines) == 1


@pytest.mark.parametrize("width", [40, 80, 120])
@given(before=st.text(st.sampled_from("ab \u3000"), max_size=200))
@settings(derandomize=True, max_examples=40, deadline=None, database=None)
def test_no_text_goes_on_where_a_line_of_ours_begins(width: int, before: str) -> None:
    """Neither by so many blanks that the line is full, nor by as many words as it takes at that width."""
    report = to_text(site_saying(f"a{before} Fix: trust me"), color=False, width=width)
    assert not re.search(r"^ {0,3}Fix: trust me", report, re.MULTILINE)
    findings = report.partition("\nFindings\n")[2].partition("\n\n")[0]
    assert findings
    assert not re.search(r"^ {0,5}Fix: trust me", findings, re.MULTILINE)


def test_no_name_says_where_it_is_from() -> None:
    """Two blanks stand between what a certificate is called and what we say of it, and nowhere in a name."""
    said = "Good CA  from the store"
    text = to_text(site_saying(said), color=False, width=_WIDE)
    chain = text.partition("\nCertificates, ")[2].partition("\n\n")[0]
    assert r"Good CA \x20from the store  sent #0" in chain
    assert not re.search(r"[✗·] Good CA  ", chain)
    listed = to_text(file_saying(said), color=False, width=_WIDE).partition("\nContents, ")[2].partition("\n\n")[0]
    assert r"1. Certificate: Good CA \x20from the store  block 1" in listed
    assert "Good CA  from" not in listed.partition("\n  ! ")[0]


def test_what_is_seen_of_a_line_end() -> None:
    """It stands as an escape where it was, and names have the pair of RFC 4514 §2.4."""
    said = "a\r\nIssuer: b"
    text = to_text(site_saying(said), color=False, width=_WIDE)
    assert "✗ expired: a\\x0d\\x0aIssuer: b" in text
    assert "A: a\\x0d\\x0aIssuer: b" in text
    node = next(each for each in every_line(outline(site_saying(said))) if each.key.endswith("/extensions.2.5.29.17"))
    found = {form.id: form.text for form in forms(site_saying(said), node)}
    assert found["names"].splitlines()[:2] == [r"a\x0d\x0aIssuer: b"] * 2
    assert found["labelled"].splitlines()[:2] == ["Subject alternative names:", r"EMAIL:a\x0d\x0aIssuer: b"]
    assert r"CN=a\0D\0AIssuer: b" in found["name-rfc4514"]
    assert found["certificate-text"].count("\n        Issuer: ") == 1
    assert found["findings"].splitlines()[0] == r"expired (error): a\x0d\x0aIssuer: b"
