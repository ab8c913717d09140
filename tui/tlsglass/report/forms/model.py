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


def form(ident: str, label: str, text: str) -> Form:
    """Make a form with its note.

    Args:
        ident: its id.
        label: what it is called.
        text: what is copied.
    """
    short = len(text) <= _NOTE_LIMIT and "\n" not in text
    return Form(id=ident, label=label, text=text, note=text if short else size_text(len(text.encode(errors="replace"))))


def size_text(count: int) -> str:
    """A number of bytes in a few characters: `512 B`, `1.2 kB`, `3.4 MB`."""
    if count < _KILO:
        return f"{count} B"
    if count < _KILO**2:
        return f"{count / _KILO:.1f} kB"
    return f"{count / _KILO**2:.1f} MB"
