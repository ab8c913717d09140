"""A channel carries bytes, in time, until somebody closes, breaks or stops."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from tests.net.conftest import endpoint_of
from tlsglass.errors import ChannelError, Fault
from tlsglass.net.channel import SocketChannel
from tlsglass.net.stop import Stop


def far() -> float:
    """A deadline that no test reaches."""
    return time.monotonic() + 60


@pytest.fixture
def pair(listener: socket.socket, stop: Stop) -> Iterator[tuple[SocketChannel, socket.socket]]:
    """A channel and its other end."""
    connection = socket.create_connection(listener.getsockname())
    with contextlib.closing(SocketChannel(connection, endpoint_of(listener), stop)) as channel:
        peer, _ = listener.accept()
        with peer:
            peer.settimeout(20)
            yield channel, peer


def reset(peer: socket.socket) -> None:
    """Tear the connection down: with no time to linger, closing sends RST."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def test_bytes_pass_both_ways(pair: tuple[SocketChannel, socket.socket]) -> None:
    """At most as many as were asked for come, and the end of them is told."""
    channel, peer = pair
    channel.send(b"question", far())
    assert peer.recv(100) == b"question"
    peer.sendall(b"answer")
    assert channel.receive(3, far()) == b"ans"
    assert channel.receive(100, far()) == b"wer"
    peer.shutdown(socket.SHUT_WR)
    assert channel.receive(100, far()) == b""
    assert channel.receive(100, far()) == b""


def test_nothing_is_sent_where_there_is_nothing_to_send(pair: tuple[SocketChannel, socket.socket]) -> None:
    """A session with nothing to say costs nothing."""
    channel, peer = pair
    channel.send(b"", time.monotonic())
    peer.settimeout(0)
    with pytest.raises(BlockingIOError):
        peer.recv(1)


def test_it_waits_for_bytes(pair: tuple[SocketChannel, socket.socket]) -> None:
    """A wait ends when something comes."""
    channel, peer = pair
    later = threading.Timer(0.01, peer.sendall, [b"late"])
    later.start()
    assert channel.receive(100, far()) == b"late"
    later.join()


def test_more_is_sent_than_buffers_hold(pair: tuple[SocketChannel, socket.socket]) -> None:
    """Sending waits for a slow reader and loses nothing."""
    channel, peer = pair
    data = bytes(range(256)) * 65536
    taken = bytearray()

    def take() -> None:
        while len(taken) < len(data):
            taken.extend(peer.recv(1 << 20))

    reader = threading.Thread(target=take)
    reader.start()
    channel.send(data, far())
    reader.join(20)
    assert bytes(taken) == data


def test_silence_ends_by_the_deadline(pair: tuple[SocketChannel, socket.socket]) -> None:
    """No wait lasts for ever, for reading as for writing."""
    channel, _ = pair
    with pytest.raises(ChannelError, match="did not answer in time") as caught:
        channel.receive(100, time.monotonic() + 0.01)
    assert caught.value.fault is Fault.TIMEOUT
    with pytest.raises(ChannelError) as caught:
        channel.send(bytes(1 << 26), time.monotonic() + 0.01)
    assert caught.value.fault is Fault.TIMEOUT


def test_who_never_lets_us_wait_is_out_of_time_all_the_same(pair: tuple[SocketChannel, socket.socket]) -> None:
    """After the deadline nothing is taken any more, even where it is there."""
    channel, peer = pair
    peer.sendall(b"and on and on")
    assert channel.receive(6, far()) == b"and on"
    with pytest.raises(ChannelError) as caught:
        channel.receive(7, time.monotonic() - 1)
    assert caught.value.fault is Fault.TIMEOUT
    assert channel.receive(100, far()) == b" and on"


def test_a_reset_is_told(pair: tuple[SocketChannel, socket.socket]) -> None:
    """Who tears the connection down is named."""
    channel, peer = pair
    reset(peer)
    with pytest.raises(ChannelError, match=r"127\.0\.0\.1:\d+ reset the connection") as caught:
        channel.receive(100, far())
    assert caught.value.fault is Fault.RESET
    with pytest.raises(ChannelError) as caught:
        channel.send(b"x", far())
    assert caught.value.fault is Fault.RESET


def test_any_other_break_is_told(pair: tuple[SocketChannel, socket.socket]) -> None:
    """Whatever else the system says is part of the sentence."""
    channel, _ = pair
    channel.close()
    channel.close()
    with pytest.raises(ChannelError, match=r"broke: Bad file descriptor\.") as caught:
        channel.receive(100, far())
    assert caught.value.fault is Fault.UNREACHABLE


def test_it_can_be_stopped(pair: tuple[SocketChannel, socket.socket], stop: Stop) -> None:
    """The wait ends at once when somebody wishes so, and no other begins."""
    channel, peer = pair
    setter = threading.Timer(0.01, stop.set)
    setter.start()
    with pytest.raises(ChannelError) as caught:
        channel.receive(100, far())
    setter.join()
    assert caught.value.fault is Fault.CANCELLED
    peer.sendall(b"too late")
    with pytest.raises(ChannelError) as caught:
        channel.send(b"x", far())
    assert caught.value.fault is Fault.CANCELLED
