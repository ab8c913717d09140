"""How much is taken from strangers, and for how long it is waited: every bound of the engine stands here.

`Limits` holds those that a person may want to set: each has a name, and whoever says that one was reached names it, so
that it can be raised with `--limit NAME=VALUE`. Below it stand the bounds of single parsers, which nobody needs to set:
they keep work linear and memory small, and nothing that is meant well comes near them. Standard library only.
"""

import re
from dataclasses import Field, field, fields, replace
from enum import Enum
from typing import Any, Self

from tlsglass.frozen import dataclass

_KIB = 1024
_MIB = 1024**2
_GIB = 1024**3


class Unit(Enum):
    """What a limit counts."""

    BYTES = "bytes"
    SECONDS = "seconds"
    COUNT = "count"


_FACTORS: dict[Unit, dict[str, int]] = {
    Unit.BYTES: {
        "": 1, "b": 1, "k": 1000, "kb": 1000, "kib": _KIB, "m": 1000**2, "mb": 1000**2, "mib": _MIB,
        "g": 1000**3, "gb": 1000**3, "gib": _GIB,
    },
    Unit.SECONDS: {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600},
    Unit.COUNT: {"": 1, "k": 1000, "m": 1000**2},
}  # fmt: skip
"""What may follow a number, in lower case."""

_VALUE = r"\s*([0-9]{1,15}(?:[_,][0-9]{3})*|[0-9]{0,15}\.[0-9]{1,6})\s*([A-Za-z]*)\s*"


def _limit(default: int, unit: Unit, most: int, what: str) -> Any:  # noqa: ANN401 - as `dataclasses.field` has it
    """A limit: its value, what it counts, the highest value that may be set, and what it bounds and why."""
    return field(default=default, metadata={"unit": unit, "most": most, "what": what})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits that can be set. The words beside each say what it bounds and why it is where it is."""

    total_time: int = _limit(
        900, Unit.SECONDS, 24 * 3600, "a whole look at a site, from the first name asked for to the last byte"
    )
    answer_time: int = _limit(
        600, Unit.SECONDS, 24 * 3600, "an answer from its first byte to its last, however steadily it drips"
    )
    download_time: int = _limit(
        60, Unit.SECONDS, 3600, "one download of an issuer, a revocation list or an OCSP response, redirects included"
    )
    revocation_time: int = _limit(60, Unit.SECONDS, 3600, "all questions about revocation together")
    addresses: int = _limit(64, Unit.COUNT, 10_000, "addresses of a name that are tried; usual are one to eight")
    handshake_bytes: int = _limit(_MIB, Unit.BYTES, 64 * _MIB, "the server's half of a handshake")
    handshake_records: int = _limit(8_192, Unit.COUNT, 1_000_000, "records that it is cut into, empty ones too")
    handshake_messages: int = _limit(200, Unit.COUNT, 10_000, "messages and alerts in it; a usual one has five")
    certificates: int = _limit(500, Unit.COUNT, 20_000, "certificates of one chain; real ones have fewer than ten")
    judged: int = _limit(200, Unit.COUNT, 2_000, "certificates of a chain or file that take part in its judgement")
    extensions: int = _limit(256, Unit.COUNT, 20_000, "extensions of one certificate; real ones have about ten")
    names: int = _limit(10_000, Unit.COUNT, 20_000, "alternative names of one certificate; real ones have up to 2,000")
    depth: int = _limit(32, Unit.COUNT, 64, "how deep elements of a certificate may be nested; real ones reach 12")
    alerts: int = _limit(10, Unit.COUNT, 1_000, "alerts after the handshake that do not end the connection")
    later_messages: int = _limit(
        100, Unit.COUNT, 100_000, "session tickets, key updates and renegotiations after the handshake; usual are two"
    )
    empty_records: int = _limit(
        1_000, Unit.COUNT, 10_000_000, "records after the handshake that bring nothing of the answer"
    )
    headers: int = _limit(100, Unit.COUNT, 10_000, "header fields of an answer; usual are ten to thirty")
    header_bytes: int = _limit(
        64 * _KIB, Unit.BYTES, 16 * _MIB, "the head of an answer, and each line between its chunks"
    )
    interim: int = _limit(20, Unit.COUNT, 10_000, "interim responses (1xx) before an answer; usual are none or one")
    response: int = _limit(_GIB, Unit.BYTES, 1024 * _GIB, "an answer, which lies in a file without a name on the disk")
    downloads: int = _limit(8, Unit.COUNT, 100, "addresses that are asked for the missing issuers of one chain")
    issuer_bytes: int = _limit(256 * _KIB, Unit.BYTES, 64 * _MIB, "what one of these gives; a certificate has 2 kB")
    redirects: int = _limit(3, Unit.COUNT, 20, "how often one address may send on to another")
    ocsp_bytes: int = _limit(_MIB, Unit.BYTES, 64 * _MIB, "an OCSP response; usual ones have 2 kB")
    crl_bytes: int = _limit(64 * _MIB, Unit.BYTES, _GIB, "a revocation list; the largest in use have some 10 MB")
    asked_certificates: int = _limit(10, Unit.COUNT, 100, "certificates of a path that are asked about")
    asked_addresses: int = _limit(4, Unit.COUNT, 100, "addresses of one kind that are asked about one certificate")
    file: int = _limit(64 * _MIB, Unit.BYTES, 2 * _GIB, "a file that is opened; 10,000 certificates have some 20 MB")
    file_items: int = _limit(50_000, Unit.COUNT, 1_000_000, "certificates, requests, lists and the like in a file")

    @classmethod
    def names_of_all(cls) -> tuple[str, ...]:
        """The names as they are typed: `total-time`."""
        return tuple(_typed(each.name) for each in fields(cls))

    def with_typed(self, text: str) -> Self:
        """The same with one limit set.

        Args:
            text: `NAME=VALUE` as typed: `response=200MB`, `total-time=5m`, `headers=500`.

        Raises:
            ValueError: with a sentence: there is no such limit, or the value is none for it.
        """
        name, separator, value = text.partition("=")
        known = {_typed(each.name): each for each in fields(self)}
        found = known.get(name.strip().lower().replace("_", "-"))
        if not separator or found is None:
            said = f"there is no limit {name.strip()[:40]!r}" if separator else f"{text[:40]!r} is not NAME=VALUE"
            message = f"{said}; the limits are {', '.join(known)}."
            raise ValueError(message)
        return replace(self, **{found.name: _parsed(found, value)})

    def hint(self, name: str) -> str:
        """One sentence that names a limit which was reached, and says how to raise it.

        Args:
            name: the attribute: `total_time`.
        """
        found = next(each for each in fields(self) if each.name == name)
        value = getattr(self, name)
        return f"That is the limit {_typed(name)} ({shown(found, value)}){self._raising(found, value)}."

    def short(self, name: str) -> str:
        """The same in few words, in brackets after the sentence about what was left out."""
        found = next(each for each in fields(self) if each.name == name)
        return f"(limit {_typed(name)}{self._raising(found, getattr(self, name))})"

    def _raising(self, found: "Field[Any]", value: int) -> str:
        most: int = found.metadata["most"]
        if value >= most:
            return ""
        return f"; --limit {_typed(found.name)}={_written(found, min(most, 2 * value))} raises it"

    def lines(self) -> tuple[tuple[str, str], ...]:
        """All limits as a help page has them: `response=1GiB`, and what it bounds."""
        return tuple(
            (f"{_typed(each.name)}={_written(each, getattr(self, each.name))}", each.metadata["what"])
            for each in fields(self)
        )


def _typed(name: str) -> str:
    return name.replace("_", "-")


def _parsed(found: "Field[Any]", text: str) -> int:
    """A value as typed."""
    unit, most = found.metadata["unit"], found.metadata["most"]
    match = re.fullmatch(_VALUE, text)
    factor = _FACTORS[unit].get(match[2].lower()) if match else None
    if match is None or factor is None:
        units = ", ".join(suffix for suffix in _FACTORS[unit] if suffix)
        message = f"{text[:40]!r} is no number for the limit {_typed(found.name)}; it may end in {units}."
        raise ValueError(message)
    number = match[1].replace("_", "").replace(",", "")
    value = int(float(number) * factor) if "." in number else int(number) * factor
    if not 1 <= value <= most:
        message = f"The limit {_typed(found.name)} goes from {_written(found, 1)} to {_written(found, most)}."
        raise ValueError(message)
    return value


def _written(found: "Field[Any]", value: int) -> str:
    """A value as it could be typed, in the largest unit that leaves no fraction."""
    if found.metadata["unit"] is Unit.SECONDS:
        return f"{value}s"
    if found.metadata["unit"] is Unit.BYTES:
        for suffix, factor in (
            ("GiB", _GIB),
            ("GB", 1000**3),
            ("MiB", _MIB),
            ("MB", 1000**2),
            ("KiB", _KIB),
            ("kB", 1000),
        ):
            if value % factor == 0:
                return f"{value // factor}{suffix}"
    return str(value)


def shown(found: "Field[Any]", value: int) -> str:
    """A value as a sentence has it: `900 seconds`, `65,536 bytes`, `256`."""
    unit: Unit = found.metadata["unit"]
    return f"{value:,}" if unit is Unit.COUNT else f"{value:,} {unit.value}"


DEFAULTS = Limits()
"""The limits where nobody set any."""


# ── What is typed. ────────────────────────────────────────────────────────────────────────────────────────────────────

LONGEST_GUEST_LIST = 1 << 20
"""Characters of a list of hosts."""

LONGEST_TARGET = 8192
"""Characters of a target; the longest URL in use has some 2,000."""

LARGEST_REQUEST = 64 * 1024
"""Bytes of a request; servers take far less."""

LONGEST_TIMEOUT = 3600.0
"""Seconds; whoever wants to wait for longer has mistaken the unit."""

LONGEST_MOMENT = 64
"""Characters of a moment as typed."""

# ── Files. ────────────────────────────────────────────────────────────────────────────────────────────────────────────

MOST_ADDED = 32
"""How many certificates of one source are supposed to have been sent; chains have a few."""

MOST_NOTES = 50
"""Sentences about what in a file could not be read."""

MOST_ITERATIONS = 10_000_000
"""Rounds that the keys of a PKCS #12 file may take to be made from a password, all together: some seconds."""

LONGEST_PASSWORD = 1024
"""Characters of a password."""

MOST_ATTEMPTS = 3
"""How often a password is asked for."""

DEEPEST_BAGS = 4
"""How deep bags may lie in bags."""

LARGEST_PEM = 16 * 1024 * 1024
"""How many bytes of PEM are read; Mozilla's whole list has 0.3 million."""

LARGEST_CA_FILE = 16 * 1024 * 1024
"""Bytes of a file with trust anchors; Mozilla's whole list has 0.3 million."""

LARGEST_CA_FOLDER = 64 * 1024 * 1024
"""Bytes of all files of a folder with trust anchors; a system's has 0.5 million."""

MOST_CA_FILES = 10_000
"""Entries of such a folder; a system's has 300."""

LARGEST_LOG_LIST = 8 * 1024 * 1024
"""Bytes of a list that are read at most; Chrome's has 0.1 MiB."""

MOST_LOGS = 10_000
"""Logs of a list that are kept at most; Chrome's has about a hundred."""

# ── TLS. ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

LONGEST_OPENING = 1024
"""Bytes kept of what came first."""

MOST_AUTHORITIES = 1000
"""Names that are kept of one certificate request."""

MOST_VERIFICATION_ERRORS = 1000
"""Verification errors that are kept; a chain has a few per certificate."""

# ── X.509. ────────────────────────────────────────────────────────────────────────────────────────────────────────────

MOST_ELEMENTS = 20_000
"""How many elements are read of one value; real certificates stay below 5,000."""

MOST_PROBLEMS = 100
"""How many problems of one value are told."""

LARGEST_TREE = 1_000
"""Elements of a value of an unknown kind that are shown one by one."""

MOST_ATTRIBUTES = 64
"""How many attributes of one request are read; real ones have one or two."""

MOST_SINGLE_RESPONSES = 1_000
"""How many single responses are read; most responses have one."""

MOST_INCLUDED = 64
"""How many certificates of a response are taken out; most have one or none."""

MOST_ENTRIES_SHOWN = 1_000
"""How many entries of a list are read at once and become fields."""

# ── The judgement. ────────────────────────────────────────────────────────────────────────────────────────────────────

MOST_SUGGESTED_FROM = 200
"""Names of a certificate that are compared letter by letter; real ones have up to a hundred."""

MOST_HOSTS = 1_000
"""Alternative names of one certificate whose form is judged; real ones have up to a hundred."""

LONGEST_MIXED = 256
"""Characters of one attribute of a name in which words of several scripts are looked for; RFC 5280 allows some 64."""

MOST_MIXED = 64
"""Attributes of one name in which they are looked for; real ones have up to ten."""

MOST_REASONS = 12
"""Reasons of one family of clients for taking a chain or not; usual are one to three."""

MOST_COMPARED = 4
"""How many of the paths are given to other judges; a chain rarely has more, and each takes a few milliseconds."""

LONGEST_PATH = 32
"""Certificates of a path; OpenSSL goes to 100, and real paths have up to 6."""

MOST_STEPS = 500
"""How often each of the searches goes one certificate further before it takes what it has found so far."""

MOST_PATHS = 16
"""How many paths are kept."""

MOST_CHECKS = 200
"""How many signatures are checked for one chain. One with a large key counts for several."""

MOST_REACHED = 256
"""How many certificates are looked at to find out which of those beside a path lead elsewhere."""

MOST_COMPARISONS = 250_000
"""How many times a name is held against a constraint in one path, as in Go and rustls; OpenSSL goes to 1,048,576."""

MOST_TIMESTAMPS = 32
"""Timestamps of one source that are checked; real ones have two to five."""

MOST_READ_RESPONSES = 64
"""Single responses in one that are looked at; there is usually one."""

MOST_STAPLES = 32
"""Staples that are read for one chain, over all its paths; real servers send one, or one for each of two or three."""

MOST_RESPONDERS = 8
"""Certificates in one response that are looked at; there is usually one or none."""

MOST_ENTRIES = 4_000_000
"""Entries that are passed over in search of one; no list of the largest size has more that are real."""

MOST_POINTS = 16
"""Distribution points of one certificate that are looked at; real ones have one or two."""

LARGEST_CACHE = 128 * 1024 * 1024
"""Bytes of all lists that are kept together."""

# ── What is fetched. ──────────────────────────────────────────────────────────────────────────────────────────────────

DEEPEST_ISSUERS = 4
"""How often a certificate that was fetched may send on to its own issuer."""

MOST_IN_BUNDLE = 32
"""How many certificates of a bundle are looked at."""

MOST_ISSUER_ADDRESSES = 3
"""How many addresses of one certificate are asked, one after the other, until one gives something."""

LONGEST_PROBLEM = 200
"""Characters of h11's account of what is wrong, in which it repeats what it was given."""

SPOOL_MEMORY = 1 << 20
"""Bytes that stay in memory."""

LONGEST_SILENCE = 2.0
"""Seconds of silence that end an answer that is no HTTP, which nothing else does."""
