"""The zoo as a whole: opened with one call, with names of its own, and gone without a trace when it is closed."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from tlsglass.demo.authority import Authority
from tlsglass.demo.contexts import server_context
from tlsglass.demo.exhibits import BUNDLES, EXHIBITS, ZONE, Bundle, Exhibit
from tlsglass.demo.manners import Manner, hang_up, http, mail, refuse, stay_silent
from tlsglass.demo.plain import published
from tlsglass.demo.presentations import Authorities, Presentation, files, servers
from tlsglass.demo.publications import HOSTS, Publications
from tlsglass.demo.server import Server
from tlsglass.demo.stream import Secure, Stream
from tlsglass.demo.tls13.stream import HandmadeStream, identity_of
from tlsglass.errors import Fault, ResolveError
from tlsglass.net.model import Endpoint
from tlsglass.net.resolve import resolve
from tlsglass.net.stop import Stop
from tlsglass.x509.pem import to_pem

_PUBLICATIONS = "publications"
"""The server that is no exhibit."""

_WITHOUT_TLS: dict[str, Manner] = {"hangs-up": hang_up, "alert": refuse, "silent": stay_silent}


class Zoo:
    """All servers, each at a port of its own on loopback, and all files, from the moment it is made until `close`.

    Attributes:
        exhibits: the servers with their endpoints, in the order of the tour.
        bundles: the files with what they hold, in the order of the tour. They lie in memory alone: a process that is
            killed could not remove them.
        roots: the certificates of the roots in DER: the private one, then those that stand in for roots of public
            lists.
        standing: makes a store that has all roots take all but the first, and the zoo's logs, for public ones.
        publications: where the authorities tell, over plain HTTP, what they revoked.
    """

    def __init__(self, *, at: datetime | None = None) -> None:
        """Make a new CA with all certificates, and open.

        Args:
            at: the moment that all validity periods are relative to, aware; now unless given.
        """
        moment = (at or datetime.now(UTC)).replace(microsecond=0)
        with ExitStack() as stack:
            server = Server((_PUBLICATIONS, *(exhibit.id for exhibit in EXHIBITS)))
            stack.callback(server.close)
            endpoints = server.endpoints
            self.publications = endpoints[_PUBLICATIONS]
            books = Publications(f"http://{self.publications}")
            root = Authority.root("Demo Root CA", at=moment, publications=books)
            authorities = Authorities.below(root)
            manners = {_PUBLICATIONS: published(books), **dict(_manners(authorities))}
            self.roots = authorities.roots
            self.exhibits = tuple(replace(exhibit, endpoint=endpoints[exhibit.id]) for exhibit in EXHIBITS)
            self.standing = authorities.standing
            chains = files(authorities)
            self.bundles = tuple(
                replace(bundle, data="".join(map(to_pem, chains[bundle.id])).encode()) for bundle in BUNDLES
            )
            server.start(manners)
            self._closing = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all conversations, and give back ports and threads. Again it changes nothing."""
        self._closing.close()

    @property
    def endpoints(self) -> frozenset[Endpoint]:
        """Where the exhibits and the publications are."""
        return frozenset({self.publications, *(exhibit.endpoint for exhibit in self.exhibits if exhibit.endpoint)})

    def exhibit(self, host: str) -> Exhibit | None:
        """The exhibit that answers under a name: under its own, and under all names below that.

        Args:
            host: a name in its ASCII form.
        """
        labels = host.lower().removesuffix(".").split(".")
        name = ".".join(labels[-3:])
        return next((exhibit for exhibit in self.exhibits if exhibit.host == name), None)

    def bundle(self, text: str) -> Bundle | None:
        """The file that is called so.

        Args:
            text: its name, without a folder.
        """
        return next((bundle for bundle in self.bundles if bundle.text == text), None)

    def resolver(self, host: str, port: int, stop: Stop, deadline: float) -> tuple[Endpoint, ...]:
        """A resolver that knows the exhibits, and asks the system about all names outside of demo.test.

        Args:
            host: a name in its ASCII form, or an address.
            port: the port asked for. An exhibit has one port, which is taken whatever is asked for here, since
                nobody can know it beforehand.
            stop: ends the wait for the system.
            deadline: when that wait ends, by `time.monotonic`.

        Raises:
            ResolveError: there is no such exhibit, or the system's resolver gave no address.
        """
        exhibit = self.exhibit(host)
        if exhibit is not None and exhibit.endpoint is not None:
            return (exhibit.endpoint,)
        name = host.lower().removesuffix(".")
        if name in HOSTS:
            return (self.publications,)
        if name == ZONE or name.endswith(f".{ZONE}"):
            raise ResolveError(
                Fault.NO_SUCH_HOST,
                f"There is no '{host}' in the demo.",
                f"The list of the demo has all names, such as {self.exhibits[0].host}.",
            )
        return resolve(host, port, stop, deadline)


def _manners(authorities: Authorities) -> Iterator[tuple[str, Manner]]:
    presented = servers(authorities)
    for exhibit in EXHIBITS:
        if exhibit.id in _WITHOUT_TLS:
            yield exhibit.id, _WITHOUT_TLS[exhibit.id]
            continue
        secure = _securing(presented[exhibit.id])
        yield exhibit.id, mail(secure) if exhibit.id == "no-http" else http(exhibit, secure)


def _securing(presented: Presentation) -> Secure:
    """Speak TLS through OpenSSL, and by hand where more is stapled than OpenSSL can."""
    if any(presented.staples[1:]):
        identity = identity_of(presented)
        return lambda peer: HandmadeStream(peer, identity)
    context = server_context(presented)
    return lambda peer: Stream(peer, context)
