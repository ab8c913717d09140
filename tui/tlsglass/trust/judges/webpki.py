"""What cryptography's verifier makes of the path in use, given to it alone.

It was written apart from OpenSSL, and after the profile of the web's authorities (CA/B Baseline Requirements): in
that it is near to browsers, Go and rustls.
"""

import ipaddress
import warnings
from typing import TYPE_CHECKING

from tlsglass.text import beginning
from tlsglass.trust.case import Case
from tlsglass.trust.model import Opinion

if TYPE_CHECKING:
    from cryptography.x509.verification import Subject

NAME = "cryptography"
"""What it is called."""

_WORDS = 400
"""Characters of what it says; it may quote the certificate."""


def opinion(case: Case) -> Opinion:
    """Ask cryptography's verifier about the path and the name.

    Args:
        case: what is judged; the path leads to an anchor.
    """
    import cryptography  # noqa: PLC0415 - it takes long to load and is first needed here
    from cryptography import x509  # noqa: PLC0415 - as above
    from cryptography.x509 import verification  # noqa: PLC0415 - as above

    version = cryptography.__version__
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd certificates, which our own reading tells of
            leaf, *others = [x509.load_der_x509_certificate(step.certificate.der) for step in case.path.steps]
            anchor = others[-1] if others else leaf
            verifier = (
                verification.PolicyBuilder()
                .store(verification.Store([anchor]))
                .time(case.at)
                .build_server_verifier(_subject(case))
            )
            verifier.verify(leaf, others[:-1])
    except (
        verification.VerificationError,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
        ValueError,
        TypeError,  # a name of a string type that it takes for another attribute only
    ) as error:
        words = beginning(" ".join(str(error).split()), _WORDS) or type(error).__name__
        return Opinion(judge=NAME, version=version, accepts=False, words=words)
    return Opinion(judge=NAME, version=version, accepts=True, words="")


def _subject(case: Case) -> "Subject":
    from cryptography import x509  # noqa: PLC0415 - as above

    if case.is_address:
        return x509.IPAddress(ipaddress.ip_address(case.hostname))
    return x509.DNSName(case.hostname)
