"""Earlier targets, kept across starts in the user's state folder.

A convenience and nothing more: a file that can't be read counts as empty, one that can't be written is left alone.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from platformdirs import user_state_path

LIMIT = 500
"""Targets kept; the oldest go first."""

_LONGEST = 2048
"""Characters of a line that may be a target; what is longer was not written by this program."""


def default_file() -> Path:
    """Where the history is kept unless the settings say otherwise."""
    return user_state_path("tlsglass", appauthor=False) / "history"


class History:
    """The targets that were looked at, the latest last, each once."""

    def __init__(self, file: Path | None) -> None:
        """Read the history.

        Args:
            file: where it is kept, one target a line; need not exist. None keeps it here only, until the end.
        """
        self._file = file
        self._targets = _read(file) if file is not None else []

    @property
    def latest(self) -> tuple[str, ...]:
        """The targets, the latest first."""
        return tuple(reversed(self._targets))

    def add(self, target: str) -> None:
        """Remember a target as the latest one, here and in the file.

        Args:
            target: what was typed. A line break in it would be two targets, so such a one is not kept.
        """
        if not target or len(target) > _LONGEST or not target.isprintable():
            return
        if self._file is None:
            self._targets = [*(line for line in self._targets if line != target), target][-LIMIT:]
            return
        # Another window may have written meanwhile: its targets are kept, and ours is the latest.
        merged = _read(self._file) or self._targets
        self._targets = [*(line for line in merged if line != target), target][-LIMIT:]
        with contextlib.suppress(OSError):
            _write(self._file, self._targets)

    def completion(self, typed: str) -> str | None:
        """The latest target that begins with what is typed.

        Args:
            typed: the text so far, in any case.

        Returns:
            The whole target; None where nothing fits.
        """
        start = typed.casefold()
        if not start:
            return None
        return next((target for target in self.latest if target.casefold().startswith(start) and target != typed), None)


def _read(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            text = stream.read(LIMIT * _LONGEST).decode("utf-8", "replace")
    except OSError:
        return []
    lines = (line.strip() for line in text.split("\n"))
    kept = [line for line in lines if line and len(line) <= _LONGEST and line.isprintable() and "\ufffd" not in line]
    return list(dict.fromkeys(reversed(kept)))[:LIMIT][::-1]


def _write(file: Path, targets: list[str]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file is made with mode 0600: what one looks at is nobody else's business.
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".history-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("".join(f"{target}\n" for target in targets))
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
