"""Attacks with names: answers of the system's resolver that are too many, late, none, or bite. RFC 1035, RFC 6724.

They are given in the process that is attacked, as `socket.getaddrinfo` is what asks; see `launched`.
"""

import socket
import threading
from collections.abc import Callable, Sequence

from tests.attacks.attack import Attack, Layer, Seen
from tests.attacks.bites import CLIPBOARD, TITLE
from tests.attacks.identity import site_context
from tests.attacks.opponent import Opponent
from tlsglass.demo.stream import Stream
from tlsglass.errors import Fault, Phase

ZONE = ".attack.test"
_LATE = 1.5
"""Seconds that the slow answer takes; the look does not wait for them."""


def _late() -> Sequence[str]:
    threading.Event().wait(_LATE)
    return ["127.0.0.1"]


def _biting() -> Sequence[str]:
    raise socket.gaierror(socket.EAI_FAIL, f"{CLIPBOARD}{TITLE}[/x]\u202e")


def _overlong() -> Sequence[str]:
    raise OSError("e" * 100_000)


_ANSWERS: dict[str, Callable[[], Sequence[str]]] = {
    "thousand-addresses": lambda: [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(1000)],
    "first-of-thousand": lambda: ["127.0.0.1", *(f"127.1.{n // 250}.{n % 250 + 1}" for n in range(1000))],
    "no-address": list,
    "late-address": _late,
    "strange-addresses": lambda: ["255.255.255.255", "ff02::1", "fe80::1", "fe80::1%4294967295"],
    "biting-resolver": _biting,
    "overlong-resolver": _overlong,
}


def answer(host: bytes | str | None, port: object, *_: object, **__: object) -> list[tuple[object, ...]]:
    """What `socket.getaddrinfo` says here: the attacks' own names, and else only what needs no asking."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    label, zone, rest = text.partition(ZONE)
    if zone and not rest:
        return [_address(each, port) for each in _ANSWERS[label]()]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _address(address: str, port: object) -> tuple[object, ...]:
    if ":" in address:
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))


def _page(opponent: Opponent) -> None:
    stream = Stream(opponent, site_context())
    stream.handshake()
    stream.receive()
    stream.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody")
    stream.close()


def _attack(id_: str, plays: str, phase: Phase, fault: Fault, *, timeout: float = 10.0) -> Attack:
    return Attack(
        id=id_,
        layer=Layer.NAMES,
        plays=plays,
        host=f"{id_}{ZONE}",
        seen=Seen(phase=phase, fault=fault),
        timeout=timeout,
    )


ATTACKS = (
    _attack("thousand-addresses", "Leads to 1,000 addresses that all refuse.", Phase.CONNECT, Fault.REFUSED),
    Attack(
        id="first-of-thousand",
        layer=Layer.NAMES,
        plays="Leads to 1,001 addresses, the first of which answers.",
        manner=_page,
        host=f"first-of-thousand{ZONE}",
        seen=Seen(untrusted=True, says="The name has 1,001 addresses; only 64 may be tried"),
    ),
    _attack("no-address", "Leads to no address at all.", Phase.RESOLVE, Fault.NO_SUCH_HOST),
    _attack("late-address", "Is answered too late.", Phase.RESOLVE, Fault.TIMEOUT, timeout=0.5),
    _attack("strange-addresses", "Leads to addresses that nobody has.", Phase.CONNECT, Fault.UNREACHABLE),
    _attack("biting-resolver", "Is refused with a reason that bites.", Phase.RESOLVE, Fault.RESOLVER_FAILED),
    _attack("overlong-resolver", "Is refused with a reason of 100 kB.", Phase.RESOLVE, Fault.RESOLVER_FAILED),
)
