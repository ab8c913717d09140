"""Text that bites whoever shows it as it is: what the markup exhibit puts wherever a server may put text.

None of it does harm: the OSC 52 sequence would put a sentence onto the clipboard, the others would change a title or
a colour.
"""

CLOSING_TAG = "[/x]"
"""Ends a tag that was never begun: markup parsers raise at it."""

BOLD = "[bold red on white]not bold[/bold red on white]"
LINK = "[@click=app.quit]press me[/]"
COLOR = "\x1b[31mnot red\x1b[0m"
TITLE = "\x1b]0;not your title\x07"
CLIPBOARD = "\x1b]52;c;Tm90IHlvdXIgY2xpcGJvYXJk\x07"
"""OSC 52: 'Not your clipboard'."""

C1 = "\x9b31mnot red either\x9b0m"
"""The same as the colour with the control sequence introducer of one character."""

BACKWARDS = "\u202egnp.exe\u202c"
"""Reads as 'exe.png' where direction overrides are obeyed."""

NEWLINES = "one line\nIssuer: somebody else\r\nand more\x00\x08"
"""Would add a line of its own to a report."""

EVERYTHING = (CLOSING_TAG, BOLD, LINK, COLOR, TITLE, CLIPBOARD, C1, BACKWARDS, NEWLINES)
