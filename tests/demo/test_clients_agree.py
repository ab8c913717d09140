"""The table of clients held against the clients that are at hand, on every server of the zoo.

The table is derived from documentation; here Python's ssl and `gnutls-cli` are asked what they do. Where it says that a
family refuses, they have to, and where nothing but the private root speaks against the chain, they have to take it once
they are given that root. What is unknown or depends on versions is left open.
"""

import ssl
import subprocess
from collections.abc import Callable

import pytest

from tests.demo.clients import PATIENCE, address_of, ca_file_of, connect, verifying
from tests.demo.test_exhibits import IDS
from tests.demo.test_zoo_judged import look_at
from tlsglass.demo.zoo import Zoo
from tlsglass.net.stop import Stop
from tlsglass.trust.clients.affected import affected
from tlsglass.trust.clients.libraries import GNUTLS, PYTHON
from tlsglass.trust.clients.model import ClientStanding, Stance
from tlsglass.trust.stores import Store

_NO_CHAIN = frozenset({"client-cert", "hangs-up", "alert", "silent", "slow", "large"})
"""Those that are about something else than their chain."""


def _python(zoo: Zoo, id_: str) -> bool:
    """Whether Python's ssl takes it, by its usual settings and the root of the zoo."""
    with connect(zoo, id_) as connection:
        try:
            verifying(zoo).wrap_socket(connection, server_hostname=f"{id_}.demo.test").close()
        except ssl.SSLError:
            return False
    return True


def _gnutls(zoo: Zoo, id_: str) -> bool:
    """Whether `gnutls-cli` takes it, by the root of the zoo."""
    address, port = address_of(zoo, id_)
    host = f"{id_}.demo.test"
    names = ("--sni-hostname", host, "--verify-hostname", host)
    with ca_file_of(zoo) as ca_file:
        result = subprocess.run(
            ["gnutls-cli", "--x509cafile", str(ca_file), *names, "--port", str(port), address],
            input=b"",
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    return b"- Handshake was completed" in result.stdout


def _expected(standing: ClientStanding) -> bool | None:
    """Whether a client that is given the root has to take the chain; None where that is left open."""
    if standing.stance is Stance.REFUSES:
        return False
    others = [reason for reason in standing.because if "No public list has" not in reason.sentence]
    return True if all(reason.stance is Stance.ACCEPTS for reason in others) else None


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if id_ not in _NO_CHAIN])
def test_clients_do_what_the_table_says(zoo: Zoo, id_: str) -> None:
    """Those that are at hand, each by its row."""
    store = Store.from_der("demo roots", zoo.roots)
    with Stop() as stop:
        report = look_at(zoo, store, stop, f"{id_}.demo.test").trust
    assert report is not None
    table = {standing.family: standing for standing in affected(report)}
    asked: dict[str, Callable[[Zoo, str], bool]] = {PYTHON.name: _python, GNUTLS.name: _gnutls}
    for family, ask in asked.items():
        expected = _expected(table[family])
        assert expected in {None, ask(zoo, id_)}, (family, [reason.sentence for reason in table[family].because])
