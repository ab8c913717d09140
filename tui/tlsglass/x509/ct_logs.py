"""The logs of certificate transparency by their ids, from cryptodatahub's list. RFC 6962 §3.2."""

import json
from binascii import a2b_base64
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """What a browser's program holds of a log, and since when."""

    program: str
    """'Google' or 'Apple'."""

    state: str
    """'pending', 'qualified', 'usable', 'readonly', 'retired' or 'rejected', as Chrome's list has it."""

    since: datetime | None
    """Aware and in UTC; None where the list does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One log."""

    name: str
    """As its operator calls it: "Google 'Argon2026h1' log"."""

    operator: str
    """Who runs it: 'Google'."""

    key: bytes
    """The SubjectPublicKeyInfo of its key in DER; its SHA-256 is the log's id."""

    states: tuple[LogState, ...] = ()
    """At most one of each program."""

    begins: datetime | None = None
    """It takes certificates that end at this moment or later; None where there is no such bound."""

    ends: datetime | None = None
    """It takes certificates that end before this moment; None where there is no such bound."""

    tiled: bool = False
    """Whether it is read by tiles (C2SP static-ct-api) instead of RFC 6962's interface."""

    def state_of(self, program: str) -> LogState | None:
        """What a program holds of it; None where its list does not have the log."""
        return next((state for state in self.states if state.program == program), None)


def log_of(log_id: bytes) -> Log | None:
    """The log with an id, which is the SHA-256 of its public key; None where it is not listed."""
    return listed_logs().get(log_id)


@cache
def listed_logs() -> Mapping[bytes, Log]:
    """All logs by id; read when the first timestamp is met, as most of what runs here never meets one."""
    from importlib.resources import files  # noqa: PLC0415 - costs more than parsing a certificate does

    folder = files("cryptodatahub").joinpath("common")
    logs = json.loads(folder.joinpath("certificate-transparency-log.json").read_bytes())
    operators: dict[str, dict[str, str]] = json.loads(folder.joinpath("entity.json").read_bytes())
    found = {}
    for log in logs.values():
        interval = log.get("temporal_interval") or {}
        found[a2b_base64(log["log_id"])] = Log(
            name=log["description"],
            operator=operators[log["operator"]]["name"],
            key=a2b_base64(log["key"]),
            states=tuple(
                LogState(
                    program=operators[store["owner"]]["name"],
                    state=store["log_state"]["state_type"].lower(),
                    since=_moment(store["log_state"].get("timestamp")),
                )
                for store in log["trust_stores"]
                if store["log_state"]
            ),
            begins=_moment(interval.get("start_inclusive")),
            ends=_moment(interval.get("end_exclusive")),
            tiled="url" not in log,
        )
    return found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
