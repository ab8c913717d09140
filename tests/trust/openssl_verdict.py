"""OpenSSL's verdict on a chain alone, without a handshake and without a host's name."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from OpenSSL import crypto

from tests.trust.authority import NOW, Authority, Issued


def refusal(leaf: Issued, others: Sequence[Issued], root: Authority) -> int:
    """The number of OpenSSL's first error; 0 where it has none.

    Args:
        leaf: the certificate to verify.
        others: the intermediates.
        root: the only anchor.
    """
    store = crypto.X509Store()
    store.set_time(NOW)
    store.add_cert(crypto.X509.from_cryptography(root.certificate))
    chain = [crypto.X509.from_cryptography(other.certificate) for other in others]
    try:
        crypto.X509StoreContext(store, crypto.X509.from_cryptography(leaf.certificate), chain).verify_certificate()
    except crypto.X509StoreContextError as error:
        number = error.errors[0]
        assert isinstance(number, int)
        return number
    return 0


def policies_refused(leaf: Issued, others: Sequence[Issued], root: Authority, folder: Path) -> bool:
    """Whether OpenSSL's command refuses a chain when it is asked to check policies, of which any is good.

    OpenSSL takes no policy for none unless told so, for which pyOpenSSL has no way.

    Args:
        leaf: the certificate to verify.
        others: the intermediates.
        root: the only anchor.
        folder: where files may be written.
    """
    files = {
        "root": root.pem,
        "others": b"".join(other.pem for other in others),
        "leaf": leaf.pem,
    }
    for called, content in files.items():
        (folder / called).write_bytes(content)
    command = ["openssl", "verify", "-attime", str(int(NOW.timestamp())), "-policy_check", "-policy", "2.5.29.32.0"]
    command += ["-no-CAfile", "-no-CApath", "-no-CAstore", "-CAfile", "root"]
    command += [*(["-untrusted", "others"] if others else []), "leaf"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 2}, done.stderr
    return done.returncode == 2
