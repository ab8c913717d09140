"""Under which suffixes the public registers names, with the whole list and its own test data as oracles."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import publicsuffixlist
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from tlsglass.trust.names.public_suffixes import public_suffix


@cache
def _whole() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True, accept_unknown=False)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("com", "com"),
        ("example.com", "com"),
        ("A.B.CO.UK", "co.uk"),
        ("a.city.kobe.jp", "kobe.jp"),
        ("a.b.c.kobe.jp", "c.kobe.jp"),
        ("www.ck", "ck"),
        ("a.other.ck", "other.ck"),
        ("x.xn--p1ai", "xn--p1ai"),
        ("github.io", "io"),
        ("a.test", None),
        ("intranet", None),
        ("a..com", None),
        ("", None),
    ],
)
def test_known_suffixes(name: str, suffix: str | None) -> None:
    """Those of registries, with their exceptions; of companies that give names away none."""
    assert public_suffix(name) == suffix


_LABELS = st.sampled_from(["a", "www", "city", "kobe", "co", "uk", "jp", "ck", "com", "test", "xn--p1ai", "no", "oslo"])


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(_LABELS, min_size=1, max_size=5).map(".".join))
def test_reading_parts_of_the_list_is_as_good_as_reading_it_all(name: str) -> None:
    """The rules of one top-level domain say nothing of others."""
    assert public_suffix(name) == _whole().publicsuffix(name)


def test_the_lists_own_suffixes_are_suffixes() -> None:
    """All of them that are plain."""
    text = Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8")
    section = text.partition("===BEGIN ICANN DOMAINS===")[2].partition("===END ICANN DOMAINS===")[0]
    plain = re.findall(r"^[a-z0-9][a-z0-9.-]*$", section, re.MULTILINE)
    assert len(plain) > 5000
    sample = plain[::97]
    assert [public_suffix(each) for each in sample] == sample


def test_the_list_is_read_by_those_only_who_ask() -> None:
    """Judging a usual chain below a private root does not."""
    code = "import sys; from tests.trust.cases import judged; from tests.trust.authority import Authority\n"
    code += "judged([Authority.root().issues('a.test')]); print('publicsuffixlist' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
