"""The logs that count: the list that comes with cryptodatahub, or a file in the format of Chrome's list, version 3.

Format: https://www.gstatic.com/ct/log_list/v3/log_list_schema.json. A file does not say whose states it has: they
are taken for Chrome's, so Apple's policy is not checked by one.
"""

import hashlib
import json
import os
import stat
from binascii import a2b_base64
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tlsglass.errors import Fault, InputError
from tlsglass.limits import LARGEST_LOG_LIST, MOST_LOGS
from tlsglass.text import beginning
from tlsglass.trust.transparency.model import LogList
from tlsglass.x509.ct_logs import Log, LogState, listed_logs

_HINT = "Give Chrome's list in its version 3: https://www.gstatic.com/ct/log_list/v3/log_list.json."

_SHOWN = 200
"""Characters of what is wrong, in which the list may be repeated."""


@cache
def known_logs() -> LogList:
    """The list of cryptodatahub; its date is that of the newest change of state that it tells of."""
    logs = listed_logs()
    changes = [state.since for log in logs.values() for state in log.states if state.since]
    return LogList(
        name="cryptodatahub",
        date=max(changes).date(),
        logs=logs,
        programs=frozenset(state.program for log in logs.values() for state in log.states),
    )


def read_log_list(path: Path) -> LogList:
    """Read a file in the format of Chrome's log_list.json, version 3.

    Args:
        path: an ordinary file of at most `LARGEST_LOG_LIST` bytes.

    Raises:
        InputError: it can't be read or is no such list (BAD_LOG_LIST).
    """
    data = _read(path)
    try:
        document = json.loads(data)
        logs = dict(_logs(document))
        day = document.get("log_list_timestamp")
        dated = None if day is None else _moment(day).date()
    except RecursionError as error:
        raise InputError(Fault.BAD_LOG_LIST, f"{path} is no list of logs: it is nested too deep.", _HINT) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else beginning(str(error), _SHOWN)
        raise InputError(Fault.BAD_LOG_LIST, f"{path} is no list of logs: {what}.", _HINT) from error
    if not logs:
        raise InputError(Fault.BAD_LOG_LIST, f"{path} lists no log.", _HINT)
    return LogList(name=path.name, date=dated, logs=logs, programs=frozenset({"Google"}))


def _logs(document: dict[str, list[dict[str, object]]]) -> Iterator[tuple[bytes, Log]]:
    count = 0
    for operator in document["operators"]:
        name = _text(operator["name"])
        for kind in ("logs", "tiled_logs"):
            for entry in _list(operator.get(kind, [])):
                count += 1
                if count > MOST_LOGS:
                    text = f"it has more than {MOST_LOGS:,} logs"
                    raise ValueError(text)
                log = _log(entry, name, tiled=kind == "tiled_logs")
                yield hashlib.sha256(log.key).digest(), log


def _log(entry: dict[str, object], operator: str, *, tiled: bool) -> Log:
    key = a2b_base64(_text(entry["key"]))
    if "log_id" in entry and a2b_base64(_text(entry["log_id"])) != hashlib.sha256(key).digest():
        text = f"the id of the log {entry.get('description')!r} is not the SHA-256 of its key"
        raise ValueError(text)
    interval = _object(entry.get("temporal_interval", {}))
    states = tuple(
        LogState(program="Google", state=state, since=_moment(_object(facts)["timestamp"]))
        for state, facts in _object(entry.get("state", {})).items()
    )
    return Log(
        name=_text(entry["description"]),
        operator=operator,
        key=key,
        states=states[:1],
        tiled=tiled,
        begins=_moment(interval["start_inclusive"]) if interval else None,
        ends=_moment(interval["end_exclusive"]) if interval else None,
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    text = f"{value!r:.40} stands where a text should"
    raise ValueError(text)


def _object(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    text = f"{value!r:.40} stands where an object should"
    raise ValueError(text)


def _list(value: object) -> list[dict[str, object]]:
    if isinstance(value, list):
        return [_object(each) for each in value]
    text = f"{value!r:.40} stands where a list should"
    raise ValueError(text)


def _moment(value: object) -> datetime:
    """A moment as RFC 3339 has it."""
    moment = datetime.fromisoformat(_text(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _read(path: Path) -> bytes:
    try:
        # A pipe or a device is never opened: that could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(Fault.BAD_LOG_LIST, f"The list of logs {path} is not an ordinary file.", _HINT)
        with path.open("rb") as file:
            data = file.read(LARGEST_LOG_LIST + 1)
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise InputError(Fault.BAD_LOG_LIST, f"The list of logs {path} can't be read: {reason}.", _HINT) from error
    if len(data) > LARGEST_LOG_LIST:
        message = f"The list of logs {path} is larger than {LARGEST_LOG_LIST // 1024**2} MiB."
        raise InputError(Fault.BAD_LOG_LIST, message, _HINT)
    return data
