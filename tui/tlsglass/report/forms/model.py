"""One form of something, and how its size is said."""

from tlsglass.frozen import dataclass

_NOTE_LIMIT = 60
_KILO = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to copy something."""

    id: str
    """Stable: 'certificate-pem'."""

    label: str
    """What it is called: 'Certificate, PEM'."""

    text: str
    """What is copied."""

    note: str
    """The text itself where it is short, else its size. Not yet made printable."""

    in_lines: bool = True
    """Whether the line feeds in it are ours; else it is one value, and whoever copies it is told of any."""


def form(ident: str, label: str, text: str, *, in_lines: bool = True) -> Form:
    """Make a form with its note.

    Args:
        ident: its id.
        label: what it is called.
        text: what is copied.
        in_lines: whether the line feeds in it are ours.
    """
    short = len(text) <= _NOTE_LIMIT and not (in_lines and "\n" in text)
    note = text if short else size_text(len(text.encode(errors="replace")))
    return Form(id=ident, label=label, text=text, note=note, in_lines=in_lines)


def size_text(count: int) -> str:
    """A number of bytes in a few characters: `512 B`, `1.2 kB`, `3.4 MB`."""
    if count < _KILO:
        return f"{count} B"
    if count < _KILO**2:
        return f"{count / _KILO:.1f} kB"
    return f"{count / _KILO**2:.1f} MB"
