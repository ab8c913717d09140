"""No network request happens that the user did not ask for, whatever addresses certificates hold.

What happens is seen by an audit hook of the interpreter, which no code can get around by another function or thread:
connections, datagrams, look-ups and programs that are started. The zoo's certificates name responders, lists and
issuers, some of them on loopback where somebody would answer.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo.clients import ca_file_of
from tlsglass import events
from tlsglass.cli.show import Look, write_reports
from tlsglass.demo.zoo import Zoo
from tlsglass.exchange.spool import Spool
from tlsglass.net.channel import Channel
from tlsglass.net.dial import dial
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.probe import probe
from tlsglass.target import parse_target
from tlsglass.trust.revocation.sources import sources
from tlsglass.trust.stores import Store
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.settings import Settings
from tlsglass.x509.pem import to_pem

_OUTWARD = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.gethost", "socket.getaddrinfo", "urllib.")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
SITES = ("good", "missing-intermediate", "revoked", "revoked-ocsp", "revoked-crl", "revoked-intermediate", "long-chain")


@dataclass(kw_only=True)
class Spy:
    """Notes what goes out of this process while it watches."""

    watching: bool = False
    connected: list[tuple[str, int]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """An event of the interpreter."""
        if not self.watching:
            return
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self.connected.append((str(arguments[1][0]), int(arguments[1][1])))
        elif event.startswith((*_OUTWARD, *_PROGRAMS)):
            self.other.append(f"{event} {arguments!r}")


_SPY = Spy()
sys.addaudithook(_SPY.note)


@pytest.fixture
def spy() -> Iterator[Spy]:
    """Watches for as long as the test lasts."""
    _SPY.connected.clear()
    _SPY.other.clear()
    _SPY.watching = True
    yield _SPY
    _SPY.watching = False


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    """Servers whose certificates name addresses of all kinds."""
    with Zoo() as opened:
        yield opened


@pytest.fixture(scope="module")
def ca_file(zoo: Zoo) -> Iterator[Path]:
    """The roots of these servers, as `--ca-file` takes them."""
    with ca_file_of(zoo) as file:
        yield file


def _port(zoo: Zoo, id_: str) -> int:
    exhibit = zoo.exhibit(f"{id_}.demo.test")
    assert exhibit is not None
    assert exhibit.port is not None
    return exhibit.port


def _looked(zoo: Zoo, id_: str, *, revocation: bool) -> tuple[Observation, list[str], list[Endpoint]]:
    """A probe, with the names that it looked up and the endpoints that it dialled."""
    names: list[str] = []
    dialled: list[Endpoint] = []

    def resolver(host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
        names.append(host)
        return zoo.resolver(host, port, stop, deadline)

    def dialer(
        endpoints: Sequence[Endpoint],
        *,
        stop: Stop,
        timeout: float,
        on_failure: Callable[[Endpoint, str], None],
    ) -> Channel:
        dialled.extend(endpoints)
        return dial(endpoints, stop=stop, timeout=timeout, on_failure=on_failure)

    target = parse_target(f"{id_}.demo.test")
    seen = Observation(target=target, started=datetime.now(UTC))
    store = Store.from_der("demo roots", zoo.roots)
    with Spool() as spool, Stop() as stop:
        for event in probe(
            target, store=store, spool=spool, stop=stop, resolver=resolver, dialer=dialer, revocation=revocation
        ):
            seen = seen.after(event)
    return seen, names, dialled


@pytest.mark.parametrize("id_", SITES)
def test_a_probe_asks_the_site_and_nobody_else(zoo: Zoo, spy: Spy, id_: str) -> None:
    """One name, one connection, nothing besides."""
    seen, names, dialled = _looked(zoo, id_, revocation=False)
    assert any(sources(certificate).urls or certificate.ca_issuers for certificate in seen.certificates)
    assert names == [f"{id_}.demo.test"]
    assert [endpoint.port for endpoint in dialled] == [_port(zoo, id_)]
    assert spy.connected == [("127.0.0.1", _port(zoo, id_))]
    assert spy.other == []
    assert seen.asking is None


@pytest.mark.parametrize("as_json", [False, True])
def test_show_asks_the_sites_and_nobody_else(zoo: Zoo, ca_file: Path, spy: Spy, *, as_json: bool) -> None:
    """One connection each, and not even a look-up, as the address is given."""
    look = Look(address="127.0.0.1", ca_store=("none",), ca_file=(ca_file,))
    targets = [f"{id_}.demo.test:{_port(zoo, id_)}" for id_ in SITES]
    out = io.StringIO()
    write_reports(targets, look, as_json=as_json, out=out, err=io.StringIO())
    assert spy.connected == [("127.0.0.1", _port(zoo, id_)) for id_ in SITES]
    assert spy.other == []
    assert "Nobody was asked" in out.getvalue() or not as_json


def test_files_ask_nobody_at_all(zoo: Zoo, ca_file: Path, spy: Spy, tmp_path: Path) -> None:
    """Also where they are judged."""
    seen, _, _ = _looked(zoo, "revoked-ocsp", revocation=False)
    spy.connected.clear()
    file = tmp_path / "chain.pem"
    file.write_text("".join(to_pem(certificate.der) for certificate in seen.certificates))
    look = Look(hostname="revoked-ocsp.demo.test", ca_store=("none",), ca_file=(ca_file,))
    assert write_reports([str(file)], look, as_json=False, out=io.StringIO(), err=io.StringIO()) == 0
    assert (spy.connected, spy.other) == ([], [])


def test_who_asks_is_told_whom(zoo: Zoo, spy: Spy) -> None:
    """With revocation there are connections to the publications, as many as events say; so the spy can see them."""
    target = parse_target("revoked-intermediate.demo.test")
    with Spool() as spool, Stop() as stop:
        look = probe(
            target,
            store=Store.from_der("demo roots", zoo.roots),
            spool=spool,
            stop=stop,
            resolver=zoo.resolver,
            revocation=True,
        )
        told = [event.url for event in look if isinstance(event, events.RevocationAsked)]
    publications = ("127.0.0.1", zoo.publications.port)
    assert len(told) == 3
    assert spy.connected == [("127.0.0.1", _port(zoo, "revoked-intermediate")), *[publications] * 3]
    assert spy.other == []


def test_show_asks_when_told_to(zoo: Zoo, ca_file: Path, spy: Spy) -> None:
    """And reports who said what."""
    out = io.StringIO()
    look = Look(address="127.0.0.1", ca_store=("none",), ca_file=(ca_file,), revocation=True)
    target = f"revoked-crl.demo.test:{_port(zoo, 'revoked-crl')}"
    assert write_reports([target, target], look, as_json=True, out=out, err=io.StringIO()) == 1
    first, second = (json.loads(line)["trust"] for line in out.getvalue().splitlines())
    assert [answer["status"] for answer in first["revocation"]] == ["revoked", "good"]
    assert [answer["source"] for answer in second["revocation"]] == ["crl", "ocsp"]
    to_publications = [port for _, port in spy.connected if port == zoo.publications.port]
    assert len(to_publications) == 3  # the list is fetched once for both


async def test_the_app_asks_nobody_at_its_start(spy: Spy, tmp_path: Path) -> None:
    """Neither a server nor a program, however long it waits for a target: no telemetry, no look for a newer version."""
    app = TlsglassApp(None, Settings(history_file=tmp_path / "history"))
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("f1", "escape", "ctrl+p", "escape")
        await app.workers.wait_for_complete()
    assert (spy.connected, spy.other) == ([], [])
