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

from tlsglass.trust.names import public_suffixes
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


@cache
def _rules() -> tuple[str, ...]:
    """All of the section that registries run, each as a name that it is about, in ASCII."""
    text = Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8")
    section = text.partition("===BEGIN ICANN DOMAINS===")[2].partition("===END ICANN DOMAINS===")[0]
    rules = re.findall(r"^(?!//)\S+", section, re.MULTILINE)
    return tuple(rule.lstrip("!").replace("*", "any").encode("idna").decode() for rule in rules)


_LABELS = st.sampled_from(["a", "www", "city", "kobe", "co", "uk", "jp", "ck", "com", "test", "xn--p1ai", "no", "oslo"])
_NAMES = st.lists(_LABELS, min_size=1, max_size=5).map(".".join)
_BELOW_RULES = st.builds(lambda labels, rule: ".".join([*labels, rule]), st.lists(_LABELS), st.sampled_from(_rules()))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(_NAMES | _BELOW_RULES)
def test_reading_parts_of_the_list_is_as_good_as_reading_it_all(name: str) -> None:
    """The rules of one top-level domain say nothing of others."""
    assert public_suffix(name) == _whole().publicsuffix(name)


def test_no_rule_of_the_list_is_overlooked() -> None:
    """Whatever is written around it, and in whatever script."""
    assert len(_rules()) > 5000
    names = [f"{below}{rule}" for rule in _rules() for below in ("", "a.")]
    assert [public_suffix(name) for name in names] == [_whole().publicsuffix(name) for name in names]


@pytest.mark.parametrize("name", ["a.b.xn--fiqs8s", "a.xn--kb-cja6b.xn--fiqs8s", "a.b.fiqs8s", "a.xn--", "a.//"])
def test_a_list_of_other_forms_is_read_likewise(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions in other scripts, comments that end like rules, a label that no name has."""
    text = "// ===BEGIN ICANN DOMAINS===\n中国\n*.中国\n!kôbé.中国\n//comment\n// ===END ICANN DOMAINS===\nru\n"
    written = tmp_path / "list.dat"
    written.write_text(text, encoding="utf-8")
    monkeypatch.setattr(publicsuffixlist, "PSLFILE", str(written))
    monkeypatch.setattr(public_suffixes, "_registries", public_suffixes._registries.__wrapped__)
    monkeypatch.setattr(public_suffixes, "_rules", public_suffixes._rules.__wrapped__)
    expected = PublicSuffixList(text, only_icann=True, accept_unknown=False).publicsuffix(name)
    assert public_suffix.__wrapped__(name) == expected


def test_the_list_is_read_by_those_only_who_ask() -> None:
    """Judging a usual chain below a private root does not."""
    code = "import sys; from tests.trust.cases import judged; from tests.trust.authority import Authority\n"
    code += "judged([Authority.root().issues('a.test')]); print('publicsuffixlist' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
