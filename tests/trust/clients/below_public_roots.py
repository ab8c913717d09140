"""Chains below a root that all programs have, and what families of clients make of them."""

from dataclasses import replace
from datetime import timedelta

from tests.trust.authority import Authority, Issued
from tests.trust.cases import judged
from tests.trust.clients.chains import EVERYWHERE, about, listed, stances, table
from tests.trust.logs import log, log_list
from tlsglass.trust.clients.affected import FAMILIES
from tlsglass.trust.clients.model import Stance
from tlsglass.trust.model import FindingCode, StoreLabel, TrustReport
from tlsglass.trust.stores import Store

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()
DAY = timedelta(days=1)
A, B = log(1, "A"), log(2, "B")
REFUSES, ACCEPTS, DEPENDS, UNKNOWN = Stance.REFUSES, Stance.ACCEPTS, Stance.DEPENDS, Stance.UNKNOWN

CHROME, EDGE, SAFARI, FIREFOX, ANDROID = (family.name for family in FAMILIES[:5])
CURL, GO, JAVA, PYTHON, REQUESTS, GNUTLS, WINDOWS = (family.name for family in FAMILIES[5:])


def public(*sent: Issued, hostname: str = "a.test", with_logs: bool = False) -> TrustReport:
    """A chain under a root that all programs have."""
    store = Store(StoreLabel(name="t", date=None), [ROOT.der], log_list=log_list(A, B))
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        report = judged(sent, store=store, hostname=hostname, is_address=hostname[0].isdigit())
    return report if with_logs else replace(report, transparency=None)


def said_of(report: TrustReport, code: FindingCode) -> dict[str, Stance]:
    """What each family makes of a code, where it makes anything of it."""
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        return {family: said[0][0] for family in table(report) if (said := about(report, family, code))}


def stances_of(report: TrustReport) -> dict[str, Stance]:
    """The stances under a root that all programs have."""
    with listed({ROOT: EVERYWHERE}, mozilla=[ROOT]):
        return stances(report)
