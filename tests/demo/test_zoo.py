"""The zoo as a whole: its names, and that nothing is left of it."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.clients import connect, everything, secured
from tlsglass.demo import zoo as zoo_module
from tlsglass.demo.exhibits import EXHIBITS
from tlsglass.demo.zoo import Zoo
from tlsglass.errors import Fault, ResolveError
from tlsglass.net.model import Endpoint
from tlsglass.net.resolve import Resolver
from tlsglass.net.stop import Stop
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The wish to stop, not yet felt."""
    with Stop() as made:
        yield made


def test_exhibits_are_open(zoo: Zoo) -> None:
    """All of the list, in its order, each at a port of its own on loopback."""
    assert [exhibit.id for exhibit in zoo.exhibits] == [exhibit.id for exhibit in EXHIBITS]
    assert {exhibit.endpoint.address for exhibit in zoo.exhibits if exhibit.endpoint} == {"127.0.0.1"}
    assert len({exhibit.port for exhibit in zoo.exhibits}) == len(EXHIBITS)
    assert zoo.endpoints == {zoo.publications, *(exhibit.endpoint for exhibit in zoo.exhibits)}
    assert [exhibit.text for exhibit in zoo.exhibits] == [exhibit.host for exhibit in zoo.exhibits]


def test_roots(zoo: Zoo) -> None:
    """The private one first; then those that stand in for public ones, and say so."""
    private, *public = zoo.roots
    assert parse_certificate(private).label == "Demo Root CA"
    labels = [parse_certificate(each).label for each in public]
    assert labels == [f"Demo {name} Root CA" for name in ("Public", "Distrusted", "Limited", "Partial")]
    store = zoo.standing(Store.from_der("demo roots", zoo.roots))
    assert [store.is_public(parse_certificate(each)) for each in (private, *public)] == [False, *4 * [True]]
    assert "with the demo's logs" in str(store.log_list)


@pytest.mark.parametrize("host", ["good.demo.test", "GOOD.demo.test.", "a.b.good.demo.test"])
def test_names_lead_to_exhibits(zoo: Zoo, stop: Stop, host: str) -> None:
    """Under their own name and all below it, in any case; the port is the exhibit's."""
    resolver: Resolver = zoo.resolver
    exhibit = zoo.exhibit(host)
    assert exhibit is not None
    assert exhibit.id == "good"
    assert resolver(host, 443, stop, 0.0) == (exhibit.endpoint,)


@pytest.mark.parametrize("host", ["demo.test", "missing.demo.test", "other.missing.demo.test."])
def test_name_that_is_not_in_the_demo(zoo: Zoo, stop: Stop, host: str) -> None:
    """No resolver is asked about names under demo.test."""
    with pytest.raises(ResolveError, match=f"There is no '{host}' in the demo") as raised:
        zoo.resolver(host, 443, stop, 0.0)
    assert raised.value.fault is Fault.NO_SUCH_HOST
    assert "good.demo.test" in raised.value.hint


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "::1", "notdemo.test", "good.demo.test.org"])
def test_other_names_are_the_systems(zoo: Zoo, stop: Stop, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """The app of the demo can look at other sites as well."""
    asked = []
    answer = (Endpoint(address="192.0.2.1", port=8443),)

    def resolve(*arguments: object) -> tuple[Endpoint, ...]:
        asked.append(arguments)
        return answer

    monkeypatch.setattr(zoo_module, "resolve", resolve)
    assert zoo.resolver(host, 8443, stop, 1.0) == answer
    assert asked == [(host, 8443, stop, 1.0)]


def _descriptors() -> set[int]:
    """The open descriptors; each is asked, since listing them would take one more."""
    return {number for number in range(1024) if _is_open(number)}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def test_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread and no descriptor, though conversations of all kinds are going on; and files are never made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    descriptors = _descriptors()
    threads = set(threading.enumerate())
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    opened = Zoo()
    with (
        connect(opened, "silent") as silent,
        connect(opened, "good") as undecided,
        secured(opened, "good") as idle,
        secured(opened, "slow") as slow,
        secured(opened, "large") as large,
    ):
        slow.sendall(request)
        large.sendall(request)
        assert slow.recv(1) == large.recv(1) == b"H"
        assert list(tmp_path.iterdir()) == []
        opened.close()
        assert set(threading.enumerate()) <= threads
        assert everything(silent) == everything(undecided) == everything(idle) == b""
    opened.close()
    assert _descriptors() <= descriptors
    assert list(tmp_path.iterdir()) == []


def test_every_start_is_anew(zoo: Zoo) -> None:
    """No key is ever used again."""
    with Zoo() as another:
        assert not set(another.roots) & set(zoo.roots)


def test_opens_at_once() -> None:
    """Five seconds would be far too long, and allow for a machine that is busy with something else."""
    began = time.process_time()
    Zoo().close()
    assert time.process_time() - began < 5
