"""What is wrong with what a client said, in the words of the protocol. RFC 8446 §6."""

from enum import IntEnum

WARNING = 1
FATAL = 2
"""The levels. RFC 8446 §6."""


class Alert(IntEnum):
    """The alerts that are sent or looked for here. RFC 8446 §6."""

    CLOSE_NOTIFY = 0
    UNEXPECTED_MESSAGE = 10
    BAD_RECORD_MAC = 20
    RECORD_OVERFLOW = 22
    HANDSHAKE_FAILURE = 40
    ILLEGAL_PARAMETER = 47
    DECODE_ERROR = 50
    DECRYPT_ERROR = 51
    PROTOCOL_VERSION = 70
    INTERNAL_ERROR = 80
    USER_CANCELED = 90
    MISSING_EXTENSION = 109


class AlertError(Exception):
    """The connection can't go on, and this is why."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(alert.name.lower())
        self.alert = alert


class DismissedError(Exception):
    """The client has sent a fatal alert, to which nothing is answered. RFC 8446 §6.2."""
