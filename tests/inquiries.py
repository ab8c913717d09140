"""Inquiries about revocation to be made, and what came of them."""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from tests.trust.authority import NOW, Authority, Issued
from tests.trust.cases import judged
from tests.trust.revocation.lists_of import locations
from tests.web import PUBLIC, Web
from tlsglass import events
from tlsglass.inquiry import Answers, ask
from tlsglass.limits import DEFAULTS, Limits
from tlsglass.net.model import Endpoint
from tlsglass.net.stop import Stop
from tlsglass.trust.model import TrustReport
from tlsglass.trust.revocation.cache import ListCache
from tlsglass.trust.revocation.model import RevocationAnswer

ROOT = Authority.root()
OCSP, CRL = "http://ocsp.test", "http://crl.test/a.crl"


@dataclass(kw_only=True)
class Inquiry:
    """An inquiry to be made, and what came of it."""

    web: Web
    lists: ListCache = field(default_factory=ListCache)
    site: str = PUBLIC
    timeout: float = 20.0
    limits: Limits = DEFAULTS
    ends: float = math.inf
    told: list[events.Event] = field(default_factory=list)

    def about(self, report: TrustReport) -> Answers | None:
        """Ask about a path."""
        with Stop() as stop:
            return self._finished(
                ask(
                    report,
                    at=NOW,
                    site=Endpoint(address=self.site, port=443),
                    lists=self.lists,
                    stop=stop,
                    timeout=self.timeout,
                    resolver=self.web.resolve,
                    dialer=self.web.dial,
                    clock=lambda: 1.5,
                    limits=self.limits,
                    ends=self.ends,
                )
            )

    def _finished(self, asking: Generator[events.Event, None, Answers | None]) -> Answers | None:
        while True:
            try:
                self.told.append(next(asking))
            except StopIteration as end:
                answers: Answers | None = end.value
                return answers

    @property
    def asked(self) -> list[str]:
        """Who was asked, by what is told of it."""
        return [event.url for event in self.told if isinstance(event, events.RevocationAsked)]


def leaf_with(
    *, ocsp: Sequence[str] = (), crl: Sequence[str] = (), freshest: Sequence[str] = (), issuer: Authority = ROOT
) -> Issued:
    """A leaf that names these."""
    return issuer.issues("a.test", extensions=locations(ocsp=ocsp, crl=crl, freshest=freshest))


def answers_of(web: Web, leaf: Issued, *others: Issued) -> tuple[list[RevocationAnswer], Inquiry]:
    """What is said of a chain below the root."""
    inquiry = Inquiry(web=web)
    answers = inquiry.about(judged([leaf, *others]))
    assert answers is not None
    answered = [event.answer for event in inquiry.told if isinstance(event, events.RevocationAnswered)]
    assert answered == [answer for answer in answers if answer.url]
    return list(answers), inquiry


def asked_about(web: Web, leaf: Issued) -> tuple[Answers, Inquiry]:
    """What is said of one certificate below the root."""
    inquiry = Inquiry(web=web)
    answers = inquiry.about(judged([leaf]))
    assert answers is not None
    return answers, inquiry
