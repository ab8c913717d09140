"""Files made by others: those of the package cryptography-vectors."""

from importlib.resources import files
from pathlib import Path

from tlsglass.x509.containers.pem_blocks import blocks


def folder() -> Path:
    """Where the vectors lie."""
    return Path(str(files("cryptography_vectors")))


def vectors(*patterns: str) -> list[str]:
    """The names of the files that fit any of these patterns, in order; at least one each."""
    found: list[str] = []
    for pattern in patterns:
        names = sorted(str(path.relative_to(folder())) for path in folder().glob(pattern) if path.is_file())
        assert names, pattern
        found.extend(names)
    return found


def vector(name: str) -> bytes:
    """The bytes of one file."""
    return folder().joinpath(name).read_bytes()


def vector_der(name: str) -> bytes:
    """The DER of one file: its first PEM block, or all of it."""
    data = vector(name)
    der = next((block.der for block in blocks(data)), data)
    assert der is not None
    return der
