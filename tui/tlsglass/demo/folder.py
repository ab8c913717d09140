"""A folder for what other programs are pointed at: the one thing of the demo that a killed process leaves behind.

So each is locked for as long as its process lives, and whoever makes the next one removes those that nobody holds.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

_PREFIX = "tlsglass-demo-"
_LOCKS = find_spec("fcntl") is not None
"""Whether a folder can be opened and locked here; where not, none is taken for stale."""


@contextmanager
def folder_of(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A new folder that only its owner may enter, in the system's folder for temporary files, until the end.

    Args:
        files: what lies in it, by name.
    """
    _remove_stale()
    with ExitStack() as stack:
        folder = _made(stack)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        yield folder


def _made(stack: ExitStack) -> Path:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        held = _opened(folder) if _LOCKS else None
        if held is not None:
            stack.callback(os.close, held)
            _lock(held, wait=True)
        # Until it was locked, another that starts might have taken it for stale.
        if not _LOCKS or (held is not None and _is_at(folder, held)):
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            return folder


def _remove_stale() -> None:
    """Remove the folders of this user that no process holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*") if _LOCKS else ():
        held = _opened(folder)
        if held is None:
            continue
        try:
            if os.fstat(held).st_uid == os.geteuid() and _lock(held, wait=False):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(held)


def _opened(folder: Path) -> int | None:
    """A descriptor of a folder; None where there is none by that name, but a link, say."""
    with suppress(OSError):
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    return None


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Lock a folder for this process, where its file system can; whether that was done."""
    import fcntl  # noqa: PLC0415 - not everywhere

    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        return True
    return False


def _is_at(folder: Path, descriptor: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(folder.lstat(), os.fstat(descriptor))
    return False
