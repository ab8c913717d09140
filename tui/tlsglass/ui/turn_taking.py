"""Keys one after the other: what is typed ahead goes where the key before has led to.

Textual hands a key to the widget in use, from which it goes up to the app, which then does what the key is bound to. A
key that comes meanwhile is handed to the same widget: of `/char` typed in one go, `c` would copy something.
"""

import asyncio
from collections import deque

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

_MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "backspace", "delete"})
"""Keys that lead nowhere else. They don't wait for each other, so that those of a key that is held are drawn once."""

_LONGEST = 0.1
"""Seconds that a key waits for the one before at most, should it be lost with the widget that it was handed to."""


def leads_on(typed: events.Key | events.Paste, used: Widget | None) -> bool:
    """Whether what is typed may lead elsewhere; it doesn't where it moves something, or is text for a line to type in.

    Args:
        typed: a key, or what was pasted.
        used: the widget in use.
    """
    if isinstance(typed, events.Paste):
        return True
    is_text = used is not None and used.check_consume_key(typed.key, typed.character)
    return not is_text and typed.key not in _MOVES


class Followed(Message):
    """A key has gone all the way up, as what follows it has."""

    def __init__(self, number: int) -> None:
        """Make the message.

        Args:
            number: of the key.
        """
        super().__init__()
        self.number = number
        """Of the key."""


class Turns:
    """What is typed while a key is under way."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._held: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._under_way = False
        self._at_last: asyncio.TimerHandle | None = None

    def hold(self, typed: events.Key | events.Paste) -> bool:
        """Keep what is typed where something is under way; whether it is kept."""
        if self._under_way:
            self._held.append(typed)
        return self._under_way

    def begin(self, app: MessagePump) -> int:
        """Take what is typed for under way; the number that ends it. Called in the loop.

        Args:
            app: hears that it has ended should nobody else say so.
        """
        self._under_way = True
        self._number += 1
        number = self._number
        self._at_last = asyncio.get_running_loop().call_later(_LONGEST, app.post_message, Followed(number))
        return number

    def end(self, number: int) -> events.Key | events.Paste | None:
        """Take it for done; what was typed next.

        Args:
            number: of what is done; None comes where it has been done for long.
        """
        if number != self._number or not self._under_way:
            return None
        self.forget()
        return self.next()

    def next(self) -> events.Key | events.Paste | None:
        """What was typed next; None where that is all."""
        return self._held.popleft() if self._held else None

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._under_way = False
        if self._at_last is not None:
            self._at_last.cancel()
            self._at_last = None
