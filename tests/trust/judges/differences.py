"""What differs between our verdict and those of the other judges and is not explained: each would be a bug of ours."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.x509 import verification

from tests.trust.authority import NOW
from tests.trust.cases import DONE
from tlsglass.trust.judge import judge
from tlsglass.trust.judges import openssl, webpki
from tlsglass.trust.judges.comparison import passed_over
from tlsglass.trust.model import FindingCode, Severity, TrustReport, Verdict
from tlsglass.trust.profile import Profile
from tlsglass.trust.stores import Store
from tlsglass.x509.model import Certificate


def judged(sent: Sequence[Certificate], store: Store, profile: Profile = Profile.WEBPKI) -> TrustReport:
    """Our verdict, and the other judges' on the same path."""
    return judge(sent, hostname="a.test", is_address=False, store=store, handshake=DONE, at=NOW, profile=profile)


def unexplained(report: TrustReport) -> list[str]:
    """What another judge says of the same path, where no rule explains it.

    By the profile rfc5280 cryptography, which knows the web's only, is no judge.
    """
    if report.profile is Profile.RFC5280:
        accepted = next((each.accepts for each in report.opinions if each.judge == openssl.NAME), True)
        assert accepted or report.verdict is not Verdict.TRUSTED
    differing = (found for found in report.findings if found.code is FindingCode.JUDGES_DIFFER)
    alone = (found for found in report.findings if found.code is FindingCode.VERIFICATION_FAILED)
    return [found.detail for found in (*differing, *alone) if "rule" in found.detail]


def missed(sent: Sequence[Certificate], store: Store) -> list[str]:
    """A good path that cryptography finds among all that was sent and that we refuse for no reason that it passes over.

    It goes through all paths, as we do; OpenSSL does not.

    Args:
        sent: the certificates, leaf first.
        store: the anchors.
    """
    report = judged(sent, store)
    if report.verdict is Verdict.TRUSTED or not _is_accepted(sent, store):
        return []
    explained = passed_over(webpki.NAME, sent[0]).keys()
    found = [
        {found.code for found in path.findings if found.severity is Severity.ERROR} - explained for path in report.paths
    ]
    left = sorted(code.value for code in min(found, key=len))
    return [f"cryptography finds a path and accepts it; here there is {left}"] if left else []


def _is_accepted(sent: Sequence[Certificate], store: Store) -> bool:
    try:
        leaf, *others = (x509.load_der_x509_certificate(each.der) for each in sent)
        anchors = verification.Store([each.to_cryptography() for each in store.anchors()])
        builder = verification.PolicyBuilder().store(anchors).time(NOW)
        builder.build_server_verifier(x509.DNSName("a.test")).verify(leaf, others)
    except (verification.VerificationError, ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return False
    return True
