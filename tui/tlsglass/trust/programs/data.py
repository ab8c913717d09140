"""The roots that cryptodatahub lists, with the programs that have them; read when the first anchor is met.

It takes them from where the programs publish them: Mozilla's and Microsoft's reports of the CCADB (those for servers),
Chrome's and Android's repositories, a page of Apple's, and the `cacerts` of OpenJDK and of Oracle's JDK. Two things in
it are not what they seem.

What it calls the action DISTRUST stands for two columns of Mozilla's report. With a date it is 'Distrust for TLS After
Date'. With domains it is 'Mozilla Applied Constraints', whose wildcards are the *permitted* names, as Mozilla says in
https://groups.google.com/a/ccadb.org/g/public/c/TlDivISPVT4. Of other programs it has no such bounds, though some have.

The page of Apple's, https://support.apple.com/en-us/103254, is the archived list of iOS 15.1 and macOS 12.1. It tells
what was so in 2021, and nothing of today. It is known by its lack of ISRG Root X2: should the data have that root with
Apple's name one day, its list is a later one.
"""

import json
from binascii import a2b_base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache

from tlsglass.frozen import dataclass
from tlsglass.trust.programs.model import ProgramData
from tlsglass.trust.transparency.log_list import known_logs
from tlsglass.x509 import encoding
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

_OWNERS = {
    "MOZILLA": "Mozilla",
    "GOOGLE": "Google",
    "ANDROID": "Android",
    "APPLE": "Apple",
    "MICROSOFT": "Microsoft",
    "OPENJDK": "OpenJDK",
    "ORACLE": "Oracle",
}

PROGRAMS = tuple(_OWNERS.values())
"""The programs of which the data tells, in the order in which they are shown."""


_ISRG_ROOT_X2 = "69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a program trusts a root that its list has."""

    distrusted_after: date | None = None
    """Certificates issued after this day (UTC) are not trusted."""

    permitted: tuple[str, ...] = ()
    """The only names that are trusted: '*.tr'; empty where all are."""

    unclear: bool = False
    """Whether there is a bound of a kind that is not known here, so that nothing can be said."""


_BOUNDLESS = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRoot:
    """One root of the data."""

    sha256: str
    """In lower-case hex."""

    der: bytes
    programs: Mapping[str, Bounds]
    """Those that have it, by name."""


@cache
def listed_roots() -> Mapping[str, ListedRoot]:
    """All roots of the data by their SHA-256 in lower-case hex."""
    from importlib.resources import files  # noqa: PLC0415 - costs more than parsing a certificate does

    # All that is read of it is in ASCII; the names in other letters would make the whole text twice as wide.
    data = files("cryptodatahub").joinpath("common", "root-certificate.json").read_bytes().decode("latin-1")
    found = {}
    for entry in json.loads(data).values():
        sha256 = entry["_meta"]["_fingerprints"]["SHA2_256"].replace(":", "").lower()
        found[sha256] = ListedRoot(
            sha256=sha256,
            der=a2b_base64("".join(entry["certificate"][1:-1])),
            programs={
                _OWNERS[each["owner"]]: _bounds(each["constraints"])
                for each in entry["trust_stores"]
                if each["owner"] in _OWNERS
            },
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OldList:
    """A list of a program that is not its present one."""

    called: str
    """In a sentence: 'that of iOS 15.1 and macOS 12.1, of 2021'."""

    year: int


@cache
def old_lists() -> Mapping[str, OldList]:
    """The programs whose list in the data is an old one, and which that is."""
    known = listed_roots().get(_ISRG_ROOT_X2)
    if known is None or "Apple" not in known.programs:
        return {"Apple": OldList(called="that of iOS 15.1 and macOS 12.1, of 2021", year=2021)}
    return {}


def roots_like(certificate: Certificate) -> tuple[ListedRoot, ...]:
    """The roots of the data that have a certificate's name and key, itself first where it is one of them.

    A client that has any of them takes the same chains. RFC 5280 §6.1.1: an anchor is a name and a key.
    """
    same = [
        listed
        for listed in _by_name().get(encoding.matching_key(certificate.subject.der), ())
        if _parsed(listed.der).public_key.der == certificate.public_key.der
    ]
    return tuple(sorted(same, key=lambda listed: listed.sha256 != certificate.sha256))


def roots_named(name: bytes) -> tuple[Certificate, ...]:
    """The roots of the data that have a name.

    Args:
        name: a Name as encoded.
    """
    return tuple(_parsed(listed.der) for listed in _by_name().get(encoding.matching_key(name), ()))


@cache
def program_data() -> ProgramData:
    """Which data it is, and how old at most."""
    from importlib.metadata import version  # noqa: PLC0415 - takes longer than most judgements

    return ProgramData(name="cryptodatahub", version=version("cryptodatahub"), newest=known_logs().date)


@cache
def _by_name() -> Mapping[bytes, list[ListedRoot]]:
    named: dict[bytes, list[ListedRoot]] = {}
    for listed in listed_roots().values():
        named.setdefault(encoding.matching_key(encoding.subject_of(listed.der)), []).append(listed)
    return named


@lru_cache(maxsize=256)
def _parsed(der: bytes) -> Certificate:
    return parse_certificate(der)


def _bounds(constraints: list[dict[str, object]]) -> Bounds:
    bounds = _BOUNDLESS
    for constraint in constraints:
        match constraint:
            case {"action": "DISTRUST", "domains": [], "date": str(text)}:
                bounds = replace(bounds, distrusted_after=datetime.fromisoformat(text).date())
            case {"action": "DISTRUST", "domains": [_, *_] as domains} if "date" not in constraint:
                # One text may hold several, as the report has them.
                names = tuple(name.strip() for text in domains for name in str(text).split(","))
                bounds = replace(bounds, permitted=names)
            case _:
                bounds = replace(bounds, unclear=True)
    return bounds
