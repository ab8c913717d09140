"""The standing of an anchor in each root program, by the data of cryptodatahub and, for Mozilla, by certifi as well."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from tlsglass import __version__
from tlsglass.trust.programs.data import (
    PROGRAMS,
    Bounds,
    ListedRoot,
    OldList,
    old_lists,
    program_data,
    roots_like,
    roots_named,
)
from tlsglass.trust.programs.known_bounds import known_bounds
from tlsglass.trust.programs.model import ProgramData, ProgramStanding, ProgramStatus, RootStanding
from tlsglass.trust.stores import Store, load_store
from tlsglass.x509.model import Certificate

MOZILLA = "Mozilla"

_REFERENCES = {
    MOZILLA: "https://wiki.mozilla.org/CA/Included_Certificates",
    "Google": "https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.md",
    "Android": "https://android.googlesource.com/platform/system/ca-certificates/",
    "Apple": "https://support.apple.com/en-us/103272",
    "Microsoft": "https://ccadb.my.salesforce-sites.com/microsoft/IncludedRootsPEMCSVForMSFT?MicrosoftEKUs=Server%20Authentication",
    "OpenJDK": "https://github.com/openjdk/jdk/tree/master/src/java.base/share/data/cacerts",
    "Oracle": "https://www.oracle.com/java/technologies/javase/carootcertsprogram.html",
}
"""Where each program says which roots it has."""

_MOZILLAS_BOUNDS = "https://wiki.mozilla.org/CA/Additional_Trust_Changes"
_BOUNDLESS = "Whether it sets bounds to it is not in the data."


@lru_cache(maxsize=256)
def standing_of(anchor: Certificate) -> RootStanding:
    """What all programs hold of an anchor. Asks nobody.

    Another certificate of the same name and key counts as the same root: who has that trusts the same chains.

    Args:
        anchor: a certificate of a store, public or not.
    """
    listed = roots_like(anchor)
    programs = tuple(_standing(program, listed, anchor) for program in PROGRAMS)
    return RootStanding(
        root=anchor.sha256,
        public=bool(listed) or any(each.has_root for each in programs),
        programs=programs,
        data=program_data(),
    )


def standing_in(anchor: Certificate, programs: Mapping[str, Bounds]) -> RootStanding:
    """What all programs would hold of a root of the demo that stands in for one of theirs; it says whose word that is.

    Args:
        anchor: the root, which no list has in truth.
        programs: those that have it, by name, and how far they trust it.
    """
    listed = ListedRoot(sha256=anchor.sha256, der=anchor.der, programs=programs)
    return RootStanding(
        root=anchor.sha256,
        public=True,
        programs=tuple(_stood_in(program, listed) for program in PROGRAMS),
        data=ProgramData(name="the demo of tlsglass", version=__version__, newest=None),
        stand_in=True,
    )


def read_ahead() -> None:
    """Read the data, which the first standing would do else: that takes some 50 ms."""
    roots_named(b"")
    program_data()
    _mozilla().named(b"")


def _standing(program: str, listed: Sequence[ListedRoot], anchor: Certificate) -> ProgramStanding:
    having = next((root for root in listed if program in root.programs), None)
    if program in old_lists():
        return _of_old(program, having, old_lists()[program])
    if program == MOZILLA:
        namesakes = _mozilla().named(anchor.subject.der)
        same = next((each for each in namesakes if each.public_key.der == anchor.public_key.der), None)
        if (same is None) != (having is None):
            return _contradicted(same)
    if having is None:
        return _said(program, ProgramStatus.NOT_INCLUDED, "Not in the list.")
    bounds = having.programs[program]
    detail = "In the list"
    detail += "." if having.sha256 == anchor.sha256 else " with another certificate of the same name and key."
    if bounds.unclear:
        return _said(program, ProgramStatus.UNKNOWN, f"{detail} Its bounds are of a kind that is not known here.")
    found = _bounded(program, having, bounds, detail)
    if program == MOZILLA or found.bounds_reference is not None:
        return found
    return replace(found, detail=f"{found.detail} {_BOUNDLESS}")


def _stood_in(program: str, listed: ListedRoot) -> ProgramStanding:
    if program not in listed.programs:
        return _said(program, ProgramStatus.NOT_INCLUDED, "As the demo has it: not in the list.")
    return _bounded(program, listed, listed.programs[program], "As the demo has it: in the list.")


def _of_old(program: str, having: ListedRoot | None, old: OldList) -> ProgramStanding:
    detail = f"The data has no present list of {program}, but {old.called}, which "
    if having is None:
        return _said(program, ProgramStatus.UNKNOWN, f"{detail}does not have it.")
    return replace(_said(program, ProgramStatus.ONCE_INCLUDED, f"{detail}has it.", having.sha256), year=old.year)


def _bounded(program: str, having: ListedRoot, bounds: Bounds, detail: str) -> ProgramStanding:
    known = known_bounds().get((program, having.sha256))
    day = known.distrusted_after if known else bounds.distrusted_after
    by_timestamp = known is not None and known.by_timestamp
    if day is not None:
        what = "that public logs first saw" if by_timestamp else "issued"
        detail = f"{detail} Certificates {what} after {day:%Y-%m-%d} are not trusted."
    if bounds.permitted:
        detail = f"{detail} Trusted for these names only: {', '.join(bounds.permitted)}."
    is_bounded = day is not None or bool(bounds.permitted)
    limited = ProgramStatus.LIMITED if bounds.permitted else ProgramStatus.INCLUDED
    return ProgramStanding(
        program=program,
        status=limited if day is None else ProgramStatus.DISTRUSTED,
        distrusted_after=day,
        by_timestamp=by_timestamp,
        permitted=bounds.permitted,
        certificate=having.sha256,
        detail=detail,
        reference=_REFERENCES[program],
        bounds_reference=known.reference if known else _MOZILLAS_BOUNDS if is_bounded else None,
    )


def _contradicted(in_certifi: Certificate | None) -> ProgramStanding:
    """Where the two sources on Mozilla's list differ. What certifi lacks may have been left out by itself."""
    day = _mozilla().label.date
    certifi, data = f"certifi{f' of {day:%Y-%m-%d}' if day else ''}", program_data()
    if in_certifi is not None:
        detail = f"{certifi} has it; {data} does not."
        return _said(MOZILLA, ProgramStatus.INCLUDED, detail, in_certifi.sha256)
    detail = f"{data} has it and {certifi} does not: it was taken out of the list, or left out there."
    return _said(MOZILLA, ProgramStatus.UNKNOWN, detail)


def _said(program: str, status: ProgramStatus, detail: str, certificate: str | None = None) -> ProgramStanding:
    return ProgramStanding(
        program=program, status=status, certificate=certificate, detail=detail, reference=_REFERENCES[program]
    )


@cache
def _mozilla() -> Store:
    return load_store("mozilla")
