"""What OpenSSL makes of the path in use, given to it alone: the leaf, what is between, and the one anchor.

Programs such as curl, nginx and Python judge with it. Given only one path it can't take another, so that its word is
about the same certificates as ours. The name and the purpose are not among what it can be asked through pyOpenSSL's
public interface, and it is not said to have judged them.
"""

from typing import TYPE_CHECKING

from tlsglass.tls.verification import verification_error_name
from tlsglass.trust.case import Case
from tlsglass.trust.model import Opinion
from tlsglass.x509.certificate import parse_certificate

if TYPE_CHECKING:
    from OpenSSL.crypto import X509

NAME = "OpenSSL"
"""What it is called."""


def opinion(case: Case) -> Opinion:
    """Ask OpenSSL about the path.

    Args:
        case: what is judged; the path leads to an anchor.
    """
    from OpenSSL import SSL, crypto  # noqa: PLC0415 - it takes long to load and is first needed here

    version = SSL.OpenSSL_version(SSL.OPENSSL_VERSION).decode("ascii", "replace").split()[1]
    steps = case.path.steps
    try:
        certificates = [_loaded(step.certificate.der) for step in steps]
    except crypto.Error:
        return Opinion(judge=NAME, version=version, accepts=False, words="it can't read a certificate of the path")
    store = crypto.X509Store()
    store.add_cert(certificates[-1])
    store.set_time(case.at)
    if not case.path.self_signed:
        store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
    context = crypto.X509StoreContext(store, certificates[0], certificates[1:-1])
    try:
        context.verify_certificate()
    except crypto.X509StoreContextError as error:
        code, depth, words = error.errors
        said = f"{words} ({verification_error_name(code)} at depth {depth})"
        try:
            der = crypto.dump_certificate(crypto.FILETYPE_ASN1, error.certificate)
        except crypto.Error:  # it holds certificates that it can't write, as those with a damaged key
            return Opinion(judge=NAME, version=version, accepts=False, words=said)
        certificate = parse_certificate(der).sha256
        return Opinion(judge=NAME, version=version, accepts=False, words=said, certificate=certificate)
    return Opinion(judge=NAME, version=version, accepts=True, words="")


def _loaded(der: bytes) -> "X509":
    from OpenSSL import crypto  # noqa: PLC0415 - as above

    return crypto.load_certificate(crypto.FILETYPE_ASN1, der)
