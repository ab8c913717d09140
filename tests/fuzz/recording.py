"""Sessions with the zoo as they were once: what each server sent in its handshake, and its answer.

`python -m tests.fuzz.recording` records them anew. What is recorded does not change from run to run, as what is made
of it by fuzzing does not then either.
"""

import json
import sys
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from tlsglass.demo.zoo import Zoo
from tlsglass.errors import TlsglassError
from tlsglass.exchange.answer import AnswerReader
from tlsglass.exchange.http import encode_request
from tlsglass.exchange.model import Request
from tlsglass.exchange.spool import Spool
from tlsglass.net.channel import Channel
from tlsglass.net.dial import dial
from tlsglass.net.stop import Stop
from tlsglass.target import parse_target
from tlsglass.tls.session import Session
from tlsglass.tls.witness import Witness

_FILE = Path(__file__).with_name("recorded") / "zoo.json"
_EXHIBITS = frozenset(
    {
        "good", "good-rsa", "tls12", "tls10", "pq", "expired", "cn-only", "idn", "many-names", "revoked", "revoked-crl",
        "name-constraints", "critical", "policy", "two-algorithms", "client-cert", "long-chain", "slow", "no-http",
        "alert", "markup",
    }
)  # fmt: skip
"""Those that differ in what is read; the others differ in what is judged."""

_LARGEST_FLIGHT = 6_000
_LARGEST_ANSWER = 3_000
_SECRET = b"SERVER_HANDSHAKE_TRAFFIC_SECRET"
_PATIENCE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One session."""

    flight: bytes
    """All that the server sent up to the end of the handshake."""

    keylog: bytes
    """The line of the key log with the server's handshake secret; empty before TLS 1.3."""

    certificates: tuple[bytes, ...]
    answer: bytes
    """The start of the HTTP answer, decrypted."""


@cache
def recorded() -> dict[str, Recorded]:
    """All sessions, by the exhibit."""
    return {
        name: Recorded(
            flight=b64decode(said["flight"]),
            keylog=said["keylog"].encode(),
            certificates=tuple(map(b64decode, said["certificates"])),
            answer=b64decode(said["answer"]),
        )
        for name, said in json.loads(_FILE.read_text(encoding="utf-8")).items()
    }


def _record(channel: Channel, host: str) -> Recorded:
    """Shake hands, ask for the page, and keep what came."""
    lines: list[bytes] = []
    heard = Witness.keylog

    def listen(witness: Witness, line: bytes) -> None:
        lines.append(line)
        heard(witness, line)

    flight, answer = b"", b""
    with patch.object(Witness, "keylog", listen):
        session = Session(server_name=host)
        try:
            while not session.handshake():
                channel.send(session.outgoing(), _deadline())
                data = channel.receive(1 << 16, _deadline())
                flight += data
                session.incoming(data)
                if not data:
                    session.eof()
            answer = _ask(session, channel, host)
        except TlsglassError as error:
            sys.stderr.write(f"{host}: {error}\n")
    return Recorded(
        flight=flight[:_LARGEST_FLIGHT],
        keylog=next((line for line in lines if line.startswith(_SECRET)), b""),
        certificates=session.certificates or (),
        answer=answer[:_LARGEST_ANSWER],
    )


def _ask(session: Session, channel: Channel, host: str) -> bytes:
    request = Request(method="GET", path="/", headers=(("Host", host),))
    session.write(encode_request(request, parse_target(host)))
    with Spool() as spool:
        reader = AnswerReader(request, spool)
        while not reader.done and spool.size < _LARGEST_ANSWER:
            channel.send(session.outgoing(), _deadline())
            data = session.read()
            if data is None:
                received = channel.receive(1 << 16, _deadline())
                session.incoming(received)
                if not received:
                    session.eof()
            elif not data:
                break
            else:
                reader.feed(data)
        return spool.read(0, _LARGEST_ANSWER)


def _deadline() -> float:
    return time.monotonic() + _PATIENCE


def main() -> None:
    """Record them."""
    said = {}
    with Zoo(at=datetime(2026, 11, 23, 12, tzinfo=UTC)) as zoo, Stop() as stop:
        for exhibit in zoo.exhibits:
            if exhibit.id not in _EXHIBITS:
                continue
            endpoints = () if exhibit.endpoint is None else (exhibit.endpoint,)
            channel = dial(endpoints, stop=stop, timeout=_PATIENCE, on_failure=lambda *_: None)
            found = _record(channel, exhibit.host)
            channel.close()
            if found.flight:
                said[exhibit.id] = {
                    "flight": _text(found.flight),
                    "keylog": found.keylog.decode(),
                    "certificates": [_text(der) for der in found.certificates if len(der) < _LARGEST_FLIGHT],
                    "answer": _text(found.answer),
                }
    _FILE.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def _text(data: bytes) -> str:
    return b64encode(data).decode()


if __name__ == "__main__":
    main()
