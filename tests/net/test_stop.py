"""The wish to stop wakes who waits."""

import selectors
import threading

from tlsglass.net.stop import Stop


def test_it_becomes_readable_once_set(stop: Stop) -> None:
    """Any selector can wait for it, again and again, from another thread."""
    with selectors.DefaultSelector() as selector:
        selector.register(stop, selectors.EVENT_READ)
        assert not selector.select(0)
        assert not stop.is_set()
        setter = threading.Thread(target=stop.set)
        setter.start()
        assert selector.select(20)
        setter.join()
        assert selector.select(0)
    assert stop.is_set()


def test_setting_it_twice_is_setting_it_once(stop: Stop) -> None:
    """Impatience does no harm."""
    stop.set()
    stop.set()
    assert stop.is_set()


def test_it_can_be_set_after_it_was_closed() -> None:
    """A screen that leaves late may still press Escape."""
    with Stop() as stop:
        assert stop.fileno() >= 0
    assert stop.fileno() == -1
    stop.set()
    stop.close()
    assert stop.is_set()
