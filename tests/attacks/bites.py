"""Text that would steer, spoof or break what shows it as it is; each sequence holds a word by which it is found."""

from tests.attacks.scanner import ENCODED, PLANTED

CLIPBOARD = f"\x1b]52;c;{ENCODED}\x07"
TITLE = f"\x1b]0;{PLANTED}\x1b\\"
LINK = f"\x1b]8;;http://{PLANTED}.test\x1b\\{PLANTED}\x1b]8;;\x1b\\"
COLOR = f"\x1b[31;7m{PLANTED}\x1b[0m"
MODES = "\x1b[?47h\x1b[?1049l\x1b[?3h\x1b[?1000l\x1b[4h"
QUERIES = "\x1b[6n\x1b[c\x1b[>q\x1b[21t\x1b]11;?\x07\x05"
RESET = "\x1bc\x1b[!p\x1b#8\x1b[2J\x1b[3J"
STRINGS = f"\x1bPq{PLANTED}\x1b\\\x1b_G{PLANTED}\x1b\\\x1b^{PLANTED}\x1b\\\x1bX{PLANTED}\x1b\\"
C1 = f"\x9b31m\x9d0;{PLANTED}\x9c\x90q{PLANTED}\x9c\x84\x85\x8d"
CONTROLS = "\x00\x07\x08\x0b\x0c\x0e\x0f\x1a\x7f\r\nIssuer: somebody else\r\t"
BACKWARDS = "\u202egnp.exe\u202c\u2066\u2067\u2069\u200f\u061c"
INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad\u2028\u2029\u180e\U000e0041\u3164\u2800"
FLOODS = "a" + "\u0301" * 60 + "\ufdfd" * 10 + "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 5
FORGED = "Issuer: somebody else"
"""What would be a line of its own if a line end, or a line full of blanks, did what it does elsewhere."""

BLANKS = " " * 300 + FORGED
WIDE = "\u682a" * 150 + "\u3000" + FORGED
"""Letters of two cells, by which who counts them as one lets the terminal break the line."""

MARKUP = "[/x][bold red on white]not bold[/bold red on white][@click=app.quit]press me[/][link='http://a.test']"

_STEERING = f"{CLIPBOARD}{TITLE}{LINK}{COLOR}{MODES}{QUERIES}{RESET}{STRINGS}{C1}{CONTROLS}"
EVERYTHING = f"{_STEERING}{BACKWARDS}{INVISIBLE}{FLOODS}{BLANKS}{WIDE}{MARKUP}"
"""All of it in one line of some 1,200 characters."""
