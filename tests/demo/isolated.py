"""`unshare -rn python -m tests.demo.isolated`: gnutls-serv, which listens everywhere, where there is nothing else.

Each line on standard input is an `Isolated` as JSON; each is answered by a line with the report of `tlsglass show`.
"""

import errno
import fcntl
import json
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from tlsglass.cli.front import run

PORT = 4433
"""At which it listens."""

_SERVER = "gnutls-serv"
_SERVING = ("--http", "--port", str(PORT), "--ignore-ocsp-response-errors")
"""Also staples that are old, or say that something was revoked."""

_HEARD: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
"""It says that it listens on one, and what is wrong on the other."""

_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41
"""SIOCSIFFLAGS, IFF_UP and IFF_RUNNING: netdevice(7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolated:
    """A server, and a look at it."""

    serve: list[str]
    """What gnutls-serv is to serve, as options."""

    words: list[str]
    """What follows `tlsglass`."""


def looked_at(cases: Iterable[Isolated]) -> list[dict[str, Any]]:
    """The reports of looks at servers, each alone on a network of its own.

    Raises:
        FileNotFoundError: the server is not installed, or this machine lets nobody have a network of their own.
    """
    if shutil.which(_SERVER) is None:
        raise FileNotFoundError(errno.ENOENT, "not installed", _SERVER)
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        raise FileNotFoundError(errno.ENOENT, "not allowed", "unshare")
    asked = "".join(json.dumps(asdict(case)) + "\n" for case in cases)
    command = ["unshare", "-rn", sys.executable, "-m", "tests.demo.isolated"]
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _main() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP_AND_RUNNING))
    for line in sys.stdin:
        case = Isolated(**json.loads(line))
        command = [_SERVER, *_SERVING, *case.serve]
        with subprocess.Popen(command, **_HEARD, text=True) as server:
            assert server.stdout is not None
            next(said for said in server.stdout if "listening" in said)
            run(case.words)
            sys.stdout.flush()
            server.kill()


if __name__ == "__main__":
    _main()
