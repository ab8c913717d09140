"""OpenSSL's verdict on a chain alone, without a handshake and without a host's name."""

from collections.abc import Sequence

from OpenSSL import crypto

from tests.trust.authority import NOW, Authority, Issued


def refusal(leaf: Issued, others: Sequence[Issued], root: Authority, *, flags: int = 0) -> int:
    """The number of OpenSSL's first error; 0 where it has none.

    Args:
        leaf: the certificate to verify.
        others: the intermediates.
        root: the only anchor.
        flags: those of `X509StoreFlags`.
    """
    store = crypto.X509Store()
    store.set_time(NOW)
    store.set_flags(flags)
    store.add_cert(crypto.X509.from_cryptography(root.certificate))
    chain = [crypto.X509.from_cryptography(other.certificate) for other in others]
    try:
        crypto.X509StoreContext(store, crypto.X509.from_cryptography(leaf.certificate), chain).verify_certificate()
    except crypto.X509StoreContextError as error:
        number = error.errors[0]
        assert isinstance(number, int)
        return number
    return 0
