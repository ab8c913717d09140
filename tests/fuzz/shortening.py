"""Making an input that fails as short as it can be made, with the failure staying the same."""

from collections.abc import Callable

_MOST_TRIES = 3_000


def shortened(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Leave out pieces, large ones first, and then make the rest zeros, as long as it still fails.

    Args:
        data: the input, which fails.
        fails: whether an input fails in the same way.
    """
    tries = 0
    size = max(1, len(data) // 2)
    while size:
        at = 0
        while at < len(data) and tries < _MOST_TRIES:
            candidate = data[:at] + data[at + size :]
            tries += 1
            if fails(candidate):
                data = candidate
            else:
                at += size
        size //= 2
    for at in range(min(len(data), _MOST_TRIES - tries)):
        candidate = data[:at] + b"\0" + data[at + 1 :]
        if data[at] and fails(candidate):
            data = candidate
    return data
