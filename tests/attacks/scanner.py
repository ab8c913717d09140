"""Reads what a program sends to a terminal, strictly: every sequence must be one that Textual sends of its own accord.

What a server says may stand in it as text only. The list names what Textual 8.2.8, our driver and our clipboard write;
whatever else has come in comes from outside, and so does any sequence with one of the words that the attacks plant.
"""

import re
import unicodedata

PLANTED = "PLANTED"
"""Stands in each sequence that an attack plants; in base64 it is `ENCODED`."""

ENCODED = "UExBTlRFRA=="

_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[(?P<parameters>[0-?]*)(?P<intermediates>[ -/]*)(?P<final>[@-~])"
    r"|(?P<string>[\]P^_X])(?P<content>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<other>[^\[\]P^_X])"
    r")",
    re.DOTALL,
)

_MODE = re.compile(r"\?(?:7|25|1000|1003|1004|1006|1007|1015|1016|1049|2004|2026|2048)")
"""Private modes that Textual sets, resets and asks for: the screen, the mouse, the focus, pasting, drawing at once."""

_ALLOWED = (
    (re.compile(r"[0-9;:]*"), "", "m"),  # colours
    (re.compile(r"[0-9]*(?:;[0-9]*)?"), "", "H"),  # the cursor goes to a place
    (re.compile(r"[0-9]*"), "", "C"),  # and along its line
    (re.compile(r""), "", "K"),  # the rest of a line is erased
    (re.compile(r"[0-9]+"), "", "X"),  # or some cells of it
    (re.compile(r"(?:[0-9]+;[0-9]+)?"), "", "r"),  # lines that are scrolled
    (re.compile(r"[0-9]*"), "", "LM"),  # down, up
    (_MODE, "", "hl"),
    (_MODE, "$", "p"),  # whether it is known
    (re.compile(r">[0-9]*"), "", "u"),  # keys as kitty tells them
    (re.compile(r"<"), "", "u"),
)
_POINTER = re.compile(r"22;[a-z-]*")
"""The mouse pointer's shape, an OSC."""

_BROKEN_OFF = re.compile(r"(?:\x1b(?:\[[0-?]*[ -/]*|[\]P^_X][^\x07\x1b]*\x1b?)?|[\udc80-\udcff]{1,3})\Z")
"""A sequence or a character that has not come whole."""

_LAYOUT = frozenset("\r\n\t")
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Scanner:
    """Scans what comes, cut anywhere."""

    def __init__(self) -> None:
        self._rest = b""

    def complaints(self, written: bytes) -> list[str]:
        """What is wrong with what was sent: sequences that are not ours, and characters that steer a terminal.

        Args:
            written: what the program sent next, in UTF-8.
        """
        text = (self._rest + written).decode("utf-8", "surrogateescape")
        cut = _BROKEN_OFF.search(text)
        whole = text[: cut.start()] if cut else text
        self._rest = text[len(whole) :].encode("utf-8", "surrogateescape")
        found = [
            f"{sequence[0]!r} after {whole[max(0, sequence.start() - 60) : sequence.start()]!r}"
            for sequence in _SEQUENCE.finditer(whole)
            if not _is_ours(sequence)
        ]
        plain = _SEQUENCE.sub("", whole)
        steering = {each for each in set(plain) - _LAYOUT if unicodedata.category(each) in _STEERING}
        return found + [f"{each!r} after {plain.partition(each)[0][-60:]!r}" for each in sorted(steering)]


def complaints(written: bytes) -> list[str]:
    """What is wrong with all that a program sent."""
    scanner = Scanner()
    return scanner.complaints(written + b"\r\n")


def _is_ours(sequence: re.Match[str]) -> bool:
    if PLANTED in sequence[0] or ENCODED in sequence[0]:
        return False
    if sequence["final"]:
        return any(
            sequence["final"] in finals
            and sequence["intermediates"] == between
            and form.fullmatch(sequence["parameters"])
            for form, between, finals in _ALLOWED
        )
    return sequence["string"] == "]" and bool(_POINTER.fullmatch(sequence["content"]))
