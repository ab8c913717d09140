"""Where trust anchors come from: certifi, the system, and files and folders in PEM or DER.

Files and folders are read within bounds, and nothing is opened that might wait for ever.
"""

import os
import re
import stat
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from tlsglass.errors import Fault, InputError
from tlsglass.limits import LARGEST_CA_FILE, LARGEST_CA_FOLDER, MOST_CA_FILES
from tlsglass.x509 import encoding
from tlsglass.x509.pem import certificates_in_pem

_HINT = "Give a PEM file with one or more CERTIFICATE blocks, or a certificate in DER."
_KEY_HINT = "It holds a private key, which is not needed and should not leave its place; give the CA's certificate."
_FOLDER_HINT = "Give a folder with certificates in PEM or DER, as /etc/ssl/certs is, or one file of them."
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.\d+\Z")
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")


@cache
def mozilla() -> tuple[date | None, tuple[bytes, ...]]:
    """Mozilla's list as certifi has it: its date, where its version tells one, and the certificates in DER."""
    import certifi  # noqa: PLC0415 - it brings importlib.resources, which takes long to load

    version = _VERSION.match(certifi.__version__)
    day = date(*map(int, version.groups())) if version else None
    return day, certificates_in_pem(Path(certifi.where()).read_bytes())


def system() -> tuple[bytes, ...]:
    """The certificates of the system's store in DER, as the ssl module finds them on each platform."""
    import ssl  # noqa: PLC0415 - it brings a second OpenSSL, and few ask for this store

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    ders = dict.fromkeys(context.get_ca_certs(binary_form=True))
    folder = ssl.get_default_verify_paths().capath
    # Debian and others have a folder of hashed names, which OpenSSL reads one by one and the context doesn't list.
    for path in sorted(Path(folder).iterdir()) if folder and Path(folder).is_dir() else ():
        if _HASHED_NAME.match(path.name):
            try:
                ders.update(dict.fromkeys(certificates_in_pem(path.read_bytes())))
            except (OSError, ValueError):
                continue
    return tuple(ders)


def in_file(path: Path) -> tuple[bytes, ...]:
    """The certificates of a CA file in DER.

    Args:
        path: an ordinary file of at most `LARGEST_CA_FILE` bytes: PEM, or one certificate in DER.

    Raises:
        InputError: it can't be read, or holds something else (BAD_CA_FILE).
    """
    data = _read(path)
    try:
        return (encoding.certificate_in(data),)
    except ValueError:
        pass
    try:
        ders = certificates_in_pem(data)
    except ValueError as error:
        hint = _KEY_HINT if b"PRIVATE KEY-----" in data else _HINT
        raise InputError(Fault.BAD_CA_FILE, f"{path} is no CA file. {error}", hint) from error
    for place, der in enumerate(ders, start=1):
        if not _is_certificate(der):
            message = f"{path} is no CA file: what its CERTIFICATE block number {place} holds is no certificate."
            raise InputError(Fault.BAD_CA_FILE, message, _HINT)
    return ders


def in_path(path: Path) -> tuple[bytes, ...]:
    """The certificates of a CA file, or of a folder of such files, in DER and each once.

    Args:
        path: a file as for `in_file`; or a folder, whose files are read in the order of their names. Those of folders
            in it are not, and what is no certificate is passed over, as such folders hold other things too.

    Raises:
        InputError: it can't be read, holds no certificate, or is larger than the bounds (BAD_CA_FILE).
    """
    ders = tuple(dict.fromkeys(_in_folder(path) if path.is_dir() else in_file(path)))
    if not ders:
        raise InputError(Fault.BAD_CA_FILE, f"No file of the folder {path} is a certificate.", _FOLDER_HINT)
    return ders


def _in_folder(folder: Path) -> Iterator[bytes]:
    """What the files of a folder hold; the same file by several names, as of hashed links, is read once."""
    left, seen = LARGEST_CA_FOLDER, set()
    for path in _entries(folder):
        try:
            found = path.stat()
            if not stat.S_ISREG(found.st_mode) or (found.st_dev, found.st_ino) in seen:
                continue
            seen.add((found.st_dev, found.st_ino))
            left -= found.st_size
            if left >= 0:
                yield from in_file(path)
        except (OSError, InputError):  # one that leads nowhere, may not be read or is something else
            continue
        if left < 0:
            message = f"The files of the folder {folder} have more than {LARGEST_CA_FOLDER // 1024**2} MiB together."
            raise InputError(Fault.BAD_CA_FILE, message, _FOLDER_HINT)


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in islice(entries, MOST_CA_FILES + 1))
    except OSError as error:
        raise InputError(
            Fault.BAD_CA_FILE, f"The folder {folder} can't be read: {_why(error)}.", _FOLDER_HINT
        ) from error
    if len(names) > MOST_CA_FILES:
        message = f"The folder {folder} has more than {MOST_CA_FILES:,} entries."
        raise InputError(Fault.BAD_CA_FILE, message, _FOLDER_HINT)
    return [folder / name for name in names]


def _read(path: Path) -> bytes:
    try:
        # A pipe or a device is never opened: that could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not an ordinary file"
            raise InputError(Fault.BAD_CA_FILE, f"The CA file {path} is {what}.", _HINT)
        with path.open("rb") as file:
            data = file.read(LARGEST_CA_FILE + 1)
    except (OSError, ValueError) as error:
        raise InputError(Fault.BAD_CA_FILE, f"The CA file {path} can't be read: {_why(error)}.", _HINT) from error
    if len(data) > LARGEST_CA_FILE:
        message = f"The CA file {path} is larger than {LARGEST_CA_FILE // 1024**2} MiB."
        raise InputError(Fault.BAD_CA_FILE, message, _HINT)
    return data


def _is_certificate(der: bytes) -> bool:
    try:
        encoding.subject_of(der)
    except ValueError:
        return False
    return True


def _why(error: Exception) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
