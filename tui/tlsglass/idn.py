"""Internationalised names as people read them, and whether they look like another. RFC 5890 §2.3.2.1, UTS #39.

The ASCII form of a name is what is sent and compared; the other form is what is read. Two things make it deceive:
letters of several scripts in one label, and letters that all look like those of ASCII. Both are found here by the
Unicode property Script and by Unicode's table of confusable characters, label by label; neither is proof of anything.
The libraries that know these tables are loaded for the few names that need them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from tlsglass.frozen import dataclass
from tlsglass.limits import LONGEST_MIXED

_PREFIX = "xn--"
_LONGEST_LABEL = 63
"""Octets of a label; decoding longer ones would take more than linear time. RFC 1035 §2.3.4."""

_ANY = frozenset({"COMMON", "INHERITED", "UNKNOWN"})
"""Characters of the first two go with every script, and of the last none is known. UAX #24, UTS #39 §5.1."""

_TOGETHER = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA", "LATIN"}),
    frozenset({"HAN", "BOPOMOFO", "LATIN"}),
    frozenset({"HAN", "HANGUL", "LATIN"}),
)
"""What is written together without deceiving anybody: the level 'highly restrictive'. UTS #39 §5.2."""

_FIRST_OTHER = "\u0370"
"""The first character that is of another script than Latin."""

MOST_SCRIPTS_NAMED = 4
"""Scripts that a sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """Why a name may be taken for another."""

    label: str
    """The label that it is about, as it is read. Not yet made printable."""

    scripts: tuple[str, ...]
    """The scripts that its letters are of, as Unicode calls them: 'Cyrillic', 'Latin'."""

    reading: str
    """What it may be read as in ASCII; empty where it looks like nothing in particular."""

    @property
    def words(self) -> str:
        """The same as the end of a sentence: `mixes Cyrillic and Latin and looks like 'apple'`."""
        further = len(self.scripts) - MOST_SCRIPTS_NAMED
        named = " and ".join(self.scripts[:MOST_SCRIPTS_NAMED]) + (f" and {further:,} more" if further > 0 else "")
        if len(self.scripts) == 1:
            return f"is written in {named} and looks like '{self.reading}'"
        return f"mixes {named}" + (f" and looks like '{self.reading}'" if self.reading else "")


def unicode_form(name: str) -> str:
    """A DNS name as people read it.

    Args:
        name: in its ASCII form, with `*` or whatever else a certificate may have.

    Returns:
        The name with the U-label in place of each A-label that has one; the name itself where none has.
    """
    if _PREFIX not in name.lower():
        return name
    return ".".join(map(_u_label, name.split(".")))


def both_forms(name: str) -> str:
    """A DNS name as it is sent, with the form that people read and why that may deceive, where it has one.

    Args:
        name: in its ASCII form.
    """
    shown = unicode_form(name)
    if shown == name:
        return name
    found = look_alike(shown)
    return f"{name} ({shown})" if found is None else f"{name} ({shown}, beware: {found.words})"


def look_alike(name: str) -> LookAlike | None:
    """Whether a name may be taken for another.

    Args:
        name: in its ASCII form, or as people read it.

    Returns:
        What is wrong with the first such label; None where no label mixes scripts that are not written together, nor
        consists of letters that all look like those of ASCII.
    """
    shown = unicode_form(name)
    if shown.isascii():
        return None
    return next((found for label in shown.split(".") if (found := _examined(label)) is not None), None)


@lru_cache(maxsize=256)
def mixed_word(text: str) -> LookAlike | None:
    """Whether a word of a name that is no host's mixes scripts, as no language does within one.

    Words that are of another script as a whole are none: companies have such names, and abbreviations all look like
    something.

    Args:
        text: what a person or an organization is called.

    Returns:
        The first such word; None where none of those at its beginning is one.
    """
    if all(character < _FIRST_OTHER for character in text):
        return None
    words = re.findall(r"[^\W\d_]+", text[:LONGEST_MIXED])
    return next((found for word in words if (found := _examined(word)) is not None and len(found.scripts) > 1), None)


def _examined(label: str) -> LookAlike | None:
    if label.isascii():
        return None
    from confusable_homoglyphs import categories  # noqa: PLC0415 - its tables are needed for very few names

    scripts = dict.fromkeys(categories.alias(character) for character in label)
    own = tuple(script for script in scripts if script not in _ANY)
    reading = _read_as_ascii(label)
    mixed = len(own) > 1 and not any(allowed.issuperset(own) for allowed in _TOGETHER)
    # Letters of Latin with marks are words of many languages: only other scripts deceive as a whole.
    if not mixed and not (reading and own and "LATIN" not in own):
        return None
    return LookAlike(label=label, scripts=tuple(sorted(map(_titled, own))), reading=reading)


def _read_as_ascii(label: str) -> str:
    """What a label looks like in ASCII letters; empty where one of its characters looks like none."""
    from confusable_homoglyphs import confusables  # noqa: PLC0415 - as above

    found = confusables.is_confusable(label, greedy=True, preferred_aliases=[]) or ()
    like = {each["character"]: _ascii_letter(each["homoglyphs"]) for each in found}
    read = [character if character.isascii() else like.get(character, "") for character in label]
    return "".join(read) if all(read) else ""


def _ascii_letter(homoglyphs: Iterable[dict[str, str]]) -> str:
    """The first of them that a host name may have."""
    return next((each["c"] for each in homoglyphs if each["c"].isascii() and each["c"].isalnum()), "")


def _titled(script: str) -> str:
    return script.replace("_", " ").title()


def _u_label(label: str) -> str:
    """A label as people read it: by IDNA 2008, or by Punycode alone where that refuses it and browsers may not."""
    import idna  # noqa: PLC0415 - its tables are needed for few names

    if not label.lower().startswith(_PREFIX) or not len(_PREFIX) < len(label) <= _LONGEST_LABEL:
        return label
    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        pass
    try:
        return label[len(_PREFIX) :].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
