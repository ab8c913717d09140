"""Answers that do not come, are not whole, or are no HTTP."""

import errno
import ssl
from collections.abc import Callable

import pytest

from tests import peers
from tests.peers import Peer, answering, peer, tls
from tests.probe.channels import Overdue, hasty, through
from tests.probe.looks import OK, Look, failure, kinds, only, quietly
from tlsglass import events
from tlsglass.errors import Fault, Phase
from tlsglass.exchange.model import Ending
from tlsglass.exchange.spool import Spool, SpoolFile
from tlsglass.limits import Limits


def test_no_answer_in_time(look: Look) -> None:
    """A server that takes the request and says nothing."""
    with peer(tls(quietly)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert only(events.Failed, happened).failure.message == f"{made.endpoint} gave no answer within 20 s."
    assert events.ResponseReceived not in kinds(happened)


def test_an_answer_that_stops(look: Look) -> None:
    """What came is kept and told, then why it is not whole."""

    def half(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK + b"he")
        made.hush()

    with peer(tls(half)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert f"sent {len(OK) + 2} bytes and no more within 20 s" in only(events.Failed, happened).failure.message
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, Ending.TIMEOUT, len(OK) + 2)
    assert response.head is not None
    assert look.spool.read(0, 1000) == OK + b"he"


def test_an_answer_without_end(look: Look) -> None:
    """However steadily it drips, there is a bound on the whole."""
    look.limits = Limits(answer_time=0)
    with peer(tls(quietly)) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    assert "was not done with its answer after 0 bytes within 0 s" in only(events.Failed, happened).failure.message


@pytest.mark.parametrize("said", [OK + b"he", b"* OK and on and on"])
def test_an_answer_without_end_that_never_lets_us_wait(look: Look, said: bytes) -> None:
    """The bound on the whole holds where there is always something to read, and that is no end to anything."""
    look.limits = Limits(answer_time=0)
    look.dialer = through(Overdue, [])

    def talk(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(said)
        made.hush()

    with peer(tls(talk, peers.server_context(highest=ssl.TLSVersion.TLSv1_2))) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TIMEOUT)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, Ending.LIMIT, len(said))


@pytest.mark.parametrize(
    ("answer", "close_notify", "ending"),
    [
        (OK + b"he", True, Ending.CLOSE_NOTIFY),
        (OK + b"he", False, Ending.EOF),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", False, Ending.EOF),
        (b"HTTP/1.1 200 OK\r\n", True, Ending.CLOSE_NOTIFY),
    ],
)
def test_an_answer_that_is_cut(look: Look, answer: bytes, close_notify: bool, ending: Ending) -> None:  # noqa: FBT001 - given by the parameters above
    """Shorter than announced, or ended without a word: that is told apart from a whole one."""
    with peer(answering(answer, close_notify=close_notify)) as made:
        happened = look.at(made)
    assert failure(happened) == (Phase.EXCHANGE, Fault.TRUNCATED)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by, response.size) == (True, ending, len(answer))


def test_an_answer_that_is_reset(look: Look) -> None:
    """What came before the connection was torn down is kept."""

    def tear(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(OK)
        made.quiet.wait(peers.WAIT)
        peers.reset(secured)

    with peer(tls(tear)) as made:
        happened = []
        for event in look.begun(made):
            happened.append(event)
            if isinstance(event, events.ResponseHeadReceived):
                made.quiet.set()
    assert failure(happened) == (Phase.EXCHANGE, Fault.RESET)
    response = only(events.ResponseReceived, happened).response
    assert (response.truncated, response.ended_by) == (True, Ending.RESET)


@pytest.mark.parametrize("close_notify", [True, False])
def test_a_server_that_speaks_no_http(look: Look, close_notify: bool) -> None:  # noqa: FBT001 - as above
    """What it said is kept, and that is no failure."""
    with peer(answering(b"220 mail.example ESMTP\r\n", close_notify=close_notify)) as made:
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert response.head is None
    assert response.problem == ""
    assert look.spool.read(0, 100) == b"220 mail.example ESMTP\r\n"
    assert events.Failed not in kinds(happened)


def test_a_server_that_speaks_no_http_and_waits(look: Look) -> None:
    """Silence is the end of what nothing else ends, and no failure."""

    def greet(made: Peer, secured: ssl.SSLSocket) -> None:
        secured.sendall(b"* OK IMAP\r\n")
        made.hush()

    with peer(tls(greet)) as made:
        look.dialer = hasty(made, after=2)
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert (response.head, response.truncated, response.ended_by) == (None, False, Ending.TIMEOUT)
    assert kinds(happened)[-1] is events.Finished
    assert events.Failed not in kinds(happened)


@pytest.mark.parametrize("close_notify", [True, False])
def test_a_server_that_has_nothing_to_say(look: Look, close_notify: bool) -> None:  # noqa: FBT001 - as above
    """An empty answer is an answer."""
    with peer(answering(b"", close_notify=close_notify)) as made:
        happened = look.at(made)
    response = only(events.ResponseReceived, happened).response
    assert (response.size, response.truncated) == (0, False)
    assert events.Failed not in kinds(happened)


def full_disk() -> Spool:
    """A spool that finds no room."""

    def refuse() -> SpoolFile:
        raise OSError(errno.ENOSPC, "No space left on device")

    return Spool(memory=60, open_file=refuse)


LONG = OK.replace(b"5", b"999")


@pytest.mark.parametrize(
    ("make", "pieces", "fault", "kept"),
    [
        (lambda: Spool(limit=60), (LONG, bytes(100)), Fault.TOO_LARGE, 60),
        (lambda: Spool(limit=60), (LONG + bytes(100),), Fault.TOO_LARGE, 60),
        (full_disk, (LONG, bytes(100)), Fault.DISK, len(LONG)),
    ],
    ids=["limit", "limit in the first piece", "disk"],
)
def test_an_answer_that_cannot_be_kept(
    look: Look, make: Callable[[], Spool], pieces: tuple[bytes, ...], fault: Fault, kept: int
) -> None:
    """What there was room for stays and is read, and what stopped it is told."""

    def say(_: Peer, secured: ssl.SSLSocket) -> None:
        for piece in pieces:
            secured.sendall(piece)

    with make() as spool, peer(tls(say)) as made:
        look.spool = spool
        happened = look.at(made)
        response = only(events.ResponseReceived, happened).response
        assert (response.truncated, response.ended_by, response.size) == (True, Ending.LIMIT, kept)
        assert spool.size == kept
        assert response.head is not None
        assert only(events.ResponseHeadReceived, happened).head == response.head
        assert only(events.ResponseStarted, happened).size > 0
    assert failure(happened) == (Phase.EXCHANGE, fault)
