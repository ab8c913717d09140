"""Issuers that the server did not send, had from the addresses that the certificates name. RFC 5280 §4.2.2.1.

Which addresses are asked, how often and what is made of the answers is decided here; how bytes are had from an address
is left to who calls. Nothing that comes is trusted: a certificate only counts where its key signed what is in the path.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tlsglass.errors import TlsglassError
from tlsglass.limits import DEEPEST_ISSUERS, DEFAULTS, MOST_IN_BUNDLE, MOST_ISSUER_ADDRESSES, Limits
from tlsglass.text import beginning
from tlsglass.trust.case import not_checked, passed
from tlsglass.trust.model import Check, FetchedCertificate, TrustReport
from tlsglass.trust.signatures.certificates import is_self_signed
from tlsglass.trust.topics import FETCHING
from tlsglass.trust.wording import named
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.model import Certificate

_REFERENCE = "RFC 5280 §4.2.2.1"
_LONGEST_URL = 200


@dataclass(slots=True)
class _Chase:
    """What was asked and had so far."""

    fetch: Callable[[str], bytes]
    limits: Limits = DEFAULTS
    asked: set[str] = field(default_factory=set)
    had: list[FetchedCertificate] = field(default_factory=list)
    notes: list[Check] = field(default_factory=list)

    def issuers_of(self, certificate: Certificate) -> bool:
        """Ask for the issuer of a certificate. Says whether something came that was not there before."""
        addresses = certificate.ca_issuers
        for url in addresses[:MOST_ISSUER_ADDRESSES]:
            if url in self.asked:
                continue
            if len(self.asked) >= self.limits.downloads:
                self._note(f"{beginning(url, _LONGEST_URL)} was not asked. {self.limits.hint('downloads')}", good=False)
                break
            self.asked.add(url)
            try:
                found, left_out = certificates_in(self.fetch(url))
            except TlsglassError as error:
                self._note(f"The issuer of {named(certificate)} was not had: {error.message}", good=False)
                continue
            known = {each.certificate.der for each in self.had}
            new = [FetchedCertificate(certificate=each, url=url) for each in found if each.der not in known]
            self.had += new
            what = "1 certificate" if len(found) == 1 else f"{len(found)} certificates"
            what += f" and {left_out:,} more, which are not looked at" if left_out else ""
            self._note(
                f"{beginning(url, _LONGEST_URL)}, which {named(certificate)} names for its issuer, gave {what}.",
                good=bool(found),
            )
            if new:
                return True
        further = len(addresses) - MOST_ISSUER_ADDRESSES
        if further > 0:
            were = "address was" if further == 1 else "addresses were"
            only = f"only {MOST_ISSUER_ADDRESSES} of one certificate are"
            self._note(
                f"{further:,} further {were} not asked for the issuer of {named(certificate)}: {only}.", good=False
            )
        return False

    def stop_at(self, certificate: Certificate) -> None:
        """Take note that a fetched certificate's own issuer is not asked for any more."""
        far = f"only {DEEPEST_ISSUERS} are fetched one after the other"
        self._note(f"The issuer of {named(certificate)} was not asked for: {far}.", good=False)

    def _note(self, detail: str, *, good: bool) -> None:
        self.notes.append((passed if good else not_checked)(FETCHING, detail, _REFERENCE))


def certificates_in(data: bytes) -> tuple[tuple[Certificate, ...], int]:
    """The certificates of an answer: one in DER, a PKCS #7 bundle, or either in PEM, which the RFC does not allow.

    Args:
        data: the answer's body.

    Returns:
        The first few of them, parsed, and how many more there are.

    Raises:
        InputError: it holds nothing that can be read.
    """
    held = [item.der for item in unpack(data).items if item.kind is Kind.CERTIFICATE]
    return tuple(map(parse_certificate, held[:MOST_IN_BUNDLE])), max(0, len(held) - MOST_IN_BUNDLE)


def wanted(report: TrustReport) -> tuple[Certificate, ...]:
    """The certificates whose issuers would have to be fetched: the ends of paths that lead nowhere.

    Args:
        report: the judgement.

    Returns:
        None where a path is anchored, or where no certificate at an end names an address.
    """
    paths = [(path.steps, path.anchored) for path in report.paths]
    if any(anchored for _, anchored in paths):
        return ()
    tops = dict.fromkeys(steps[-1].certificate for steps, _ in paths if steps)
    return tuple(top for top in tops if top.ca_issuers and not is_self_signed(top))


def chase(
    report: TrustReport,
    *,
    fetch: Callable[[str], bytes],
    judge_with: Callable[[Sequence[FetchedCertificate]], TrustReport],
    limits: Limits = DEFAULTS,
) -> Iterator[TrustReport]:
    """Fetch the issuers that are missing, and theirs, until a path leads to an anchor or nothing more is to be had.

    Args:
        report: the judgement without them.
        fetch: gives what is at an address; raises a TlsglassError where it can't be had.
        judge_with: judges the same chain with more certificates at hand.
        limits: how many addresses are asked.

    Yields:
        Once the judgement with all that was had, and what was asked as checks; nothing where nothing is to be asked.
    """
    chased = _Chase(fetch, limits)
    for _ in range(DEEPEST_ISSUERS):
        if not [top for top in wanted(report) if chased.issuers_of(top)]:
            break
        report = judge_with(chased.had)
    else:
        for top in wanted(report):
            chased.stop_at(top)
    if chased.asked:
        yield _with_notes(report, chased.notes)


def with_notes_of(report: TrustReport, earlier: TrustReport) -> TrustReport:
    """A judgement made anew, with what an earlier one tells of whom was asked for issuers.

    Args:
        report: the new judgement of the same chain.
        earlier: the one before.
    """
    return _with_notes(report, [check for check in earlier.checks if check.name == FETCHING])


def _with_notes(report: TrustReport, notes: Sequence[Check]) -> TrustReport:
    paths = tuple(replace(path, checks=(*path.checks, *notes)) for path in report.paths)
    return replace(report, checks=(*report.checks, *notes), paths=paths)
