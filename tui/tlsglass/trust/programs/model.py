"""The standing of a root in the root programs, as values."""

from datetime import date
from enum import StrEnum

from tlsglass.frozen import dataclass


class ProgramStatus(StrEnum):
    """What a program holds of a root."""

    INCLUDED = "included"
    """Its list has it. All bounds of Mozilla's are known; other programs may have some that are not."""

    LIMITED = "limited"
    """Its list has it, for some names only."""

    DISTRUSTED = "distrusted"
    """Its list has it, but a certificate issued after a date is not trusted."""

    NOT_INCLUDED = "not-included"
    ONCE_INCLUDED = "once-included"
    """An old list of it had the root; its present one is not in the data."""

    UNKNOWN = "unknown"
    """The data does not say, or contradicts itself; the detail says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramData:
    """Where all this is known from, and how old it is."""

    name: str
    """'cryptodatahub'."""

    version: str
    """Its version: '1.6.1'."""

    newest: date | None
    """The newest date that it tells of: it was put together on that day or later. It has no date of its own."""

    def __str__(self) -> str:
        """As in a report: `cryptodatahub 1.6.1, of 2026-07-27 or later`."""
        return f"{self.name} {self.version}" + (f", of {self.newest:%Y-%m-%d} or later" if self.newest else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramStanding:
    """What one program holds of a root."""

    program: str
    """'Mozilla', 'Google' (Chrome's own list), 'Android', 'Apple', 'Microsoft', 'OpenJDK' or 'Oracle'."""

    status: ProgramStatus
    distrusted_after: date | None = None
    """Certificates issued after this day (UTC) are not trusted; None where no such date is known."""

    by_timestamp: bool = False
    """Whether the day of the earliest timestamp of public logs counts for that, and not the day of issue."""

    permitted: tuple[str, ...] = ()
    """The only names that are trusted under it: '*.tr'; empty where there is no such bound."""

    certificate: str | None = None
    """SHA-256 of the certificate that its list has of this root, which may be another one of the same name and key;
    None where it has none."""

    detail: str
    """A sentence: what is known, or why it is not. Holds no text from outside."""

    reference: str
    """Where the program publishes its list."""

    bounds_reference: str | None = None
    """Where it says what bounds it sets; None where none is known."""

    year: int | None = None
    """Of which year the list is that once had it; None where its present one tells."""

    @property
    def has_root(self) -> bool:
        """Whether its list has the root, with bounds or without."""
        return self.status in {ProgramStatus.INCLUDED, ProgramStatus.LIMITED, ProgramStatus.DISTRUSTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RootStanding:
    """What all programs hold of a root."""

    root: str
    """SHA-256 of the anchor."""

    public: bool
    """Whether any program has it or had it, by any of the sources."""

    programs: tuple[ProgramStanding, ...]
    """One of each program, in a fixed order."""

    data: ProgramData
    stand_in: bool = False
    """Whether it stands in for a root of public lists in the demo, so that all this is only the demo's word."""

    def root_named(self, name: str) -> str:
        """What a sentence on the programs calls the root: its name, and with it whose word that is, if the demo's."""
        return f"{name} (as the demo has it)" if self.stand_in else name

    @property
    def summary(self) -> str:
        """A line: 'in the list of Mozilla, Google and Microsoft; not of OpenJDK; in an old list of Apple (2021)'."""
        if not self.public:
            return "not a public root: no list that is known has it"
        said = (
            ("in the list of", [each.program for each in self.programs if each.has_root]),
            ("not of", self._with(ProgramStatus.NOT_INCLUDED)),
            ("in an old list of", [f"{each.program} ({each.year})" for each in self.programs if each.year]),
            ("not known of", self._with(ProgramStatus.UNKNOWN)),
        )
        summary = "; ".join(f"{words} {_listed(names)}" for words, names in said if names)
        return f"{summary}; as the demo has it" if self.stand_in else summary

    def _with(self, status: ProgramStatus) -> list[str]:
        return [each.program for each in self.programs if each.status is status]

    def of(self, program: str) -> ProgramStanding:
        """What one program holds of it.

        Args:
            program: its name.

        Raises:
            LookupError: there is no such program.
        """
        for each in self.programs:
            if each.program == program:
                return each
        raise LookupError(program)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
