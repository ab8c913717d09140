"""The logs of certificate transparency by their ids, from cryptodatahub's list. RFC 6962 §3.2."""

import json
from binascii import a2b_base64
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One log."""

    name: str
    """As its operator calls it: "Google 'Argon2026h1' log"."""

    operator: str
    """Who runs it: 'Google'."""


def log_of(log_id: bytes) -> Log | None:
    """The log with an id, which is the SHA-256 of its public key; None where it is not listed."""
    return _logs().get(log_id)


@cache
def _logs() -> dict[bytes, Log]:
    """All logs; read when the first timestamp is met, as most of what runs here never meets one."""
    from importlib.resources import files  # noqa: PLC0415 - costs more than parsing a certificate does

    folder = files("cryptodatahub").joinpath("common")
    logs: dict[str, dict[str, str]] = json.loads(
        folder.joinpath("certificate-transparency-log.json").read_text(encoding="utf-8")
    )
    operators: dict[str, dict[str, str]] = json.loads(folder.joinpath("entity.json").read_text(encoding="utf-8"))
    return {
        a2b_base64(log["log_id"]): Log(name=log["description"], operator=operators[log["operator"]]["name"])
        for log in logs.values()
    }
