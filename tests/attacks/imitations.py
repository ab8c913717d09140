"""Texts that imitate lines of ours where they stand among them, and the attacks that say them wherever a stranger may.

Each begins with something else, so that `FORGED` begins a line only where one was forged.
"""

from tests.attacks.bites import BLANKS, FORGED, WIDE
from tlsglass.text import LINE_ENDS

ORIGIN = "Good CA  from the store"
"""Two blanks in a row, which stand between what a certificate is called and where it is from."""

TEXTS = {
    "line-ends": "a.test" + "".join(f"{end}{FORGED}" for end in (*LINE_ENDS, "\r\n")),
    "blanks": f"a.test{BLANKS}",
    "wide-blanks": "a.test" + "\u3000" * 150 + FORGED,
    "wide-letters": WIDE,
    "words": " ".join(["a.test", *[FORGED] * 15]),
    "origin": ORIGIN,
}
"""By what it is that brings it there: any line end, blanks of one and of two cells, letters of two, or the width."""
