"""Internationalised names are read in both forms, and those that may be taken for others are marked."""

import subprocess
import sys

import idna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.idn import LookAlike, both_forms, look_alike, unicode_form

# ruff: noqa: RUF001 - letters that look like others are the point here


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("example.org", "example.org"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("*.XN--bcher-kva.example", "*.bücher.example"),
        ("xn--pple-43d.test", "аpple.test"),
        ("xn--ls8h.test", "\U0001f4a9.test"),  # IDNA 2008 knows no emoji, browsers do
        ("xn--.test", "xn--.test"),
        (f"xn--{'bcher' * 20}-kva.test", f"xn--{'bcher' * 20}-kva.test"),
        ("xn--99999999999.test", "xn--99999999999.test"),
        ("xn--\xff.test", "xn--\xff.test"),
    ],
)
def test_names_are_read_as_people_read_them(name: str, shown: str) -> None:
    """Each label by itself; what can't be read stays as it is."""
    assert unicode_form(name) == shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xn--pple-43d.test", "mixes Cyrillic and Latin and looks like 'apple'"),
        ("www.раураl.com", "mixes Cyrillic and Latin and looks like 'paypal'"),
        ("ѕсоре.example", "is written in Cyrillic and looks like 'scope'"),
        ("οοο.gr", "is written in Greek and looks like 'ooo'"),
        ("жlatin.test", "mixes Cyrillic and Latin"),
        ("日本жa.test", "mixes Cyrillic and Han and Latin"),
        ("日жaאबก.test", "mixes Cyrillic and Devanagari and Han and Hebrew and 2 more"),
    ],
)
def test_what_looks_like_another_is_marked(name: str, words: str) -> None:
    """UTS #39 §5.1 and §4.1: letters of several scripts in a label, or all of them like those of ASCII."""
    found = look_alike(name)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    "name",
    [
        "example.org",
        "bücher.example",
        "łódź.pl",
        "пример.рф",
        "ελλάδα.gr",
        "例えabcカナ.jp",
        "한국어漢字.kr",
        "ㄅㄆ中文.tw",
        "xn--r8jz45g.test",
        "пример.latin.example",
    ],
)
def test_honest_names_are_not_marked(name: str) -> None:
    """One script a label, or those that are written together; other labels may be of other scripts."""
    assert look_alike(name) is None


def test_both_forms_stand_together() -> None:
    """With the reason to beware where there is one."""
    assert both_forms("a.example") == "a.example"
    assert both_forms("xn--bcher-kva.example") == "xn--bcher-kva.example (bücher.example)"
    assert both_forms("xn--pple-43d.test") == (
        "xn--pple-43d.test (аpple.test, beware: mixes Cyrillic and Latin and looks like 'apple')"
    )


@given(st.text(max_size=30))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_text_can_be_looked_at(name: str) -> None:
    """Nothing raises, and ASCII alone is never marked."""
    found = look_alike(name)
    assert found is None or isinstance(found, LookAlike)
    assert isinstance(both_forms(name), str)
    if unicode_form(name).isascii():
        assert found is None


@given(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=10))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_labels_come_back(label: str) -> None:
    """Whatever IDNA 2008 takes is read again as it was."""
    try:
        a_label = idna.alabel(label).decode()
    except idna.IDNAError:
        return
    assert unicode_form(f"a.{a_label}") == f"a.{label}"


def test_the_tables_are_loaded_for_those_who_need_them() -> None:
    """A look at an ASCII name loads none of it."""
    code = (
        "import sys; from tlsglass.idn import both_forms, look_alike; both_forms('a.test'); look_alike('a.test');"
        "print('idna' in sys.modules, 'confusable_homoglyphs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_long_labels_are_not_decoded() -> None:
    """A certificate may hold a name of a megabyte, and Punycode takes more than linear time."""
    name = f"xn--{'bcher' * 200_000}-kva.test"
    assert both_forms(name) == name
