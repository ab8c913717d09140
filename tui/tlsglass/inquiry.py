"""Asks responders and lists about the certificates of a path: the only place from which others hear what is looked at.

Nothing here happens unless `probe` was told to. A responder is asked first; the lists only where it gave no answer that
can be believed. Each question is told by an event before it is sent, and its answer by another.
"""

import math
import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from tlsglass import events
from tlsglass.errors import DownloadError, Fault
from tlsglass.exchange.download import Download, download
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.dial import Dialer
from tlsglass.net.model import Endpoint
from tlsglass.net.reach import is_public
from tlsglass.net.resolve import Resolver
from tlsglass.net.stop import Stop
from tlsglass.trust.model import TrustReport
from tlsglass.trust.revocation.cache import ListCache
from tlsglass.trust.revocation.crl import Delta, judge_list
from tlsglass.trust.revocation.lists import ListError, ReadList, read_list
from tlsglass.trust.revocation.model import RevocationAnswer, Source, Status
from tlsglass.trust.revocation.questions import NONCE_LENGTH, REQUEST_TYPE, RESPONSE_TYPE, get_url, ocsp_request
from tlsglass.trust.revocation.sources import DistributionPoint, sources
from tlsglass.trust.wording import named
from tlsglass.x509.model import Certificate

_LIST_TYPE = "application/pkix-crl"
_SCHEME = "http://"
_GET_FAILS = frozenset({Fault.HTTP_STATUS, Fault.PEER_MISBEHAVED, Fault.CLOSED})
"""Where a responder may know no GET, so that it is asked once more by POST."""

_DEFINITE = frozenset({Status.GOOD, Status.REVOKED})


Answers = tuple[RevocationAnswer, ...]
_Asking = Generator[events.Event, None, RevocationAnswer]


def ask(  # noqa: PLR0913 - what asking needs from outside, each by name
    report: TrustReport,
    *,
    at: datetime,
    site: Endpoint,
    lists: ListCache,
    stop: Stop,
    timeout: float,
    resolver: Resolver,
    dialer: Dialer,
    clock: Callable[[], float],
    limits: Limits = DEFAULTS,
    ends: float = math.inf,
) -> Generator[events.Event, None, Answers | None]:
    """Ask about every certificate of the path in use but its anchor.

    Args:
        report: the judgement with the path.
        at: the moment for which answers must be current, aware and in UTC.
        site: where the site is; only one that is inside this network may lead to addresses inside it.
        lists: the lists that were had before.
        stop: ends every wait.
        timeout: seconds for each wait.
        resolver: names to endpoints.
        dialer: endpoints to a channel.
        clock: the seconds since the start of the look, to stamp events with.
        limits: how many are asked, and after which time no further question is begun.
        ends: when all has to be over, as `time.monotonic` has it.

    Yields:
        `RevocationAsked` before each question that is sent, and `RevocationAnswered` with each answer.

    Returns:
        The answers; None where stopping was asked for.
    """
    fetch = partial(
        download,
        stop=stop,
        timeout=timeout,
        resolver=resolver,
        dialer=dialer,
        allow_private=not is_public(site.address),
        limits=limits,
        ends=ends,
    )
    inquiry = _Inquiry(at, fetch, lists, limits, clock, ends)
    answers: list[RevocationAnswer] = []
    steps = [step.certificate for step in report.path]
    issuers: list[Certificate | None] = [*steps[1:], None]
    ends = report.anchored or (bool(steps) and report.missing is None)
    subjects = steps[:-1] if ends else steps
    try:
        for place, (certificate, issuer) in enumerate(zip(subjects, issuers, strict=False)):
            if place < limits.asked_certificates:
                answers.extend((yield from inquiry.about(certificate, issuer)))
            else:
                answers.extend(_past_the_most(certificate, limits))
    except DownloadError:  # stopped: all others are answers
        return None
    return tuple(answers)


class _Inquiry:
    """What all questions of one inquiry share."""

    def __init__(  # noqa: PLR0913, PLR0917 - handed on from `ask`, once
        self,
        at: datetime,
        fetch: Callable[..., Download],
        lists: ListCache,
        limits: Limits,
        clock: Callable[[], float],
        ends: float,
    ) -> None:
        self._at = at
        self._fetch = fetch
        self._lists = lists
        self._limits = limits
        self._most = limits.asked_addresses
        own = time.monotonic() + limits.revocation_time
        self._deadline = min(ends, own)
        self._time_limit = limits.short("total_time" if ends < own else "revocation_time")
        self._clock = clock

    def about(
        self, certificate: Certificate, issuer: Certificate | None
    ) -> Generator[events.Event, None, list[RevocationAnswer]]:
        """Ask about one certificate, until one source knows."""
        found = sources(certificate)
        if issuer is None:
            if not found.urls:
                return []
            return [_nothing(certificate, _first_source(found.ocsp), None, _no_issuer(certificate))]
        answers: list[RevocationAnswer] = []
        urls = _web_first(found.ocsp)
        for url in urls[: self._most]:
            answers.append((yield from self._told(self._ask_responder(url, certificate, issuer))))
            if answers[-1].status in _DEFINITE:
                return answers
        answers.extend(self._not_asked(len(urls), certificate, Source.OCSP))
        deltas = [url for point in found.freshest for url in point.urls]
        for point in found.points[: self._most]:
            answers.extend((yield from self._ask_point(point, deltas, certificate, issuer)))
            if answers[-1].status is Status.REVOKED or (answers[-1].status is Status.GOOD and not answers[-1].reasons):
                return answers
        answers.extend(self._not_asked(len(found.points), certificate, Source.CRL))
        return answers

    def _not_asked(self, count: int, certificate: Certificate, source: Source) -> Iterator[RevocationAnswer]:
        """That more places are named than are asked, where those that were asked knew nothing for certain."""
        if further := self._further(count):
            yield _nothing(certificate, source, None, f"{further}.")

    def _further(self, count: int) -> str:
        """How many of so many places are not asked, in words; empty where all are."""
        if count <= self._most:
            return ""
        left = f"{count - self._most:,} more that the certificate names {'was' if count - self._most == 1 else 'were'}"
        return f"{left} not asked: no more than {self._most:,} of one kind are {self._limits.short('asked_addresses')}"

    def _ask_point(
        self, point: DistributionPoint, deltas: Sequence[str], certificate: Certificate, issuer: Certificate
    ) -> Generator[events.Event, None, list[RevocationAnswer]]:
        """One distribution point: its addresses lead to the same list, so that the first that has it is enough."""
        if not point.urls:
            text = "The certificate names the list by a directory's name alone, and no directory is asked from here."
            return [_nothing(certificate, Source.CRL, None, text)]
        answers: list[RevocationAnswer] = []
        urls = _web_first(point.urls)
        for url in urls[: self._most]:
            answers.append((yield from self._told(self._ask_list(url, point, deltas, certificate, issuer))))
            if answers[-1].status in _DEFINITE:
                return answers[-1:]
        return [*answers, *self._not_asked(len(urls), certificate, Source.CRL)]

    def _told(self, asking: _Asking) -> _Asking:
        answer = yield from asking
        yield events.RevocationAnswered(at=self._clock(), answer=answer)
        return answer

    def _ask_responder(self, url: str, certificate: Certificate, issuer: Certificate) -> _Asking:
        try:
            question = ocsp_request(certificate, issuer)
        except ValueError as error:
            return _nothing(certificate, Source.OCSP, url, f"{url} can't be asked: {error}.")
        nonce: bytes | None = None
        by_get = get_url(url, question)
        try:
            got = None
            if by_get is not None:
                got = yield from self._got_by_get(url, by_get, certificate)
            if got is None:
                nonce = secrets.token_bytes(NONCE_LENGTH)
                got = yield from self._get(
                    url, certificate, Source.OCSP, body=ocsp_request(certificate, issuer, nonce), accept=RESPONSE_TYPE
                )
        except DownloadError as error:
            return _failed(certificate, Source.OCSP, url, error)
        from tlsglass.trust.revocation.ocsp import judge_response  # noqa: PLC0415 - needs cryptography

        return judge_response(
            got.data, certificate=certificate, issuer=issuer, at=self._at, source=Source.OCSP, url=url, nonce=nonce
        )

    def _got_by_get(
        self, url: str, by_get: str, certificate: Certificate
    ) -> Generator[events.Event, None, Download | None]:
        """The answer by GET, which caches on the way may give; None where it is to be tried by POST."""
        try:
            return (yield from self._get(url, certificate, Source.OCSP, instead=by_get, accept=RESPONSE_TYPE))
        except DownloadError as error:
            if error.fault not in _GET_FAILS:
                raise
            return None

    def _ask_list(
        self,
        url: str,
        point: DistributionPoint,
        deltas: Sequence[str],
        certificate: Certificate,
        issuer: Certificate,
    ) -> _Asking:
        try:
            found = yield from self._list(url, certificate)
        except DownloadError as error:
            return _failed(certificate, Source.CRL, url, error)
        except ListError as error:
            return _nothing(certificate, Source.CRL, url, f"The list of {url} can't be relied on: {error}.")
        newer = [*deltas, *(further for other in found.freshest for further in other.urls)]
        delta = (yield from self._delta(newer, certificate)) if found.base is None and newer else None
        answer = judge_list(
            found, certificate=certificate, issuer=issuer, point=point, url=url, at=self._at, delta=delta
        )
        if answer.signature_valid:
            self._lists.put(url, found)
        return answer

    def _delta(self, urls: Sequence[str], certificate: Certificate) -> Generator[events.Event, None, Delta]:
        """The first difference that is to be had; else why none is."""
        last = Delta(url=urls[0], found=None, problem="no address of it could be asked")
        found = _web_first(urls)
        for url in found[: self._most]:
            try:
                return Delta(url=url, found=(yield from self._list(url, certificate)))
            except DownloadError as error:
                if error.fault is Fault.CANCELLED:
                    raise
                last = Delta(url=url, found=None, problem=error.message.removesuffix("."))
            except ListError as error:
                last = Delta(url=url, found=None, problem=str(error))
        further = self._further(len(found))
        return replace(last, problem=f"{last.problem}, and {further}") if further else last

    def _list(self, url: str, certificate: Certificate) -> Generator[events.Event, None, ReadList]:
        kept = self._lists.get(url, self._at)
        if kept is not None:
            return kept
        got = yield from self._get(url, certificate, Source.CRL, accept=_LIST_TYPE, limit="crl_bytes")
        return read_list(got.data)

    def _get(  # noqa: PLR0913 - what a question consists of, by name
        self,
        url: str,
        certificate: Certificate,
        source: Source,
        *,
        accept: str,
        instead: str | None = None,
        body: bytes | None = None,
        limit: str = "ocsp_bytes",
    ) -> Generator[events.Event, None, Download]:
        if time.monotonic() >= self._deadline:
            raise DownloadError(
                Fault.TIMEOUT,
                f"{url} was not asked: the time for all questions is over {self._time_limit}.",
            )
        yield events.RevocationAsked(at=self._clock(), certificate=certificate.sha256, source=source, url=url)
        return self._fetch(
            instead or url,
            body=body,
            content_type=None if body is None else REQUEST_TYPE,
            accept=accept,
            limit=limit,
        )


def _web_first(urls: Iterable[str]) -> list[str]:
    """The addresses that can be asked before those that can't, of which it is then said why."""
    return sorted(dict.fromkeys(urls), key=lambda url: not url.lower().startswith(_SCHEME))


def _past_the_most(certificate: Certificate, limits: Limits) -> Iterator[RevocationAnswer]:
    """That it was not asked about a certificate, where somebody could have been."""
    found = sources(certificate)
    if found.urls:
        most = f"no more than {limits.asked_certificates:,} of a path are {limits.short('asked_certificates')}"
        text = f"Nobody was asked about {named(certificate)}: {most}."
        yield _nothing(certificate, _first_source(found.ocsp), None, text)


def _first_source(responders: Sequence[str]) -> Source:
    return Source.OCSP if responders else Source.CRL


def _no_issuer(certificate: Certificate) -> str:
    return f"The issuer of {named(certificate)} is not known, so that no answer could be checked, and nobody was asked."


def _failed(certificate: Certificate, source: Source, url: str, error: DownloadError) -> RevocationAnswer:
    """The failure as an answer; a wish to stop is none."""
    if error.fault is Fault.CANCELLED:
        raise error
    return _nothing(certificate, source, url, error.message)


def _nothing(certificate: Certificate, source: Source, url: str | None, problem: str) -> RevocationAnswer:
    return RevocationAnswer(
        certificate=certificate.sha256, source=source, url=url, status=Status.UNAVAILABLE, problem=problem
    )
