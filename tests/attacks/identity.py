"""Who the attacking server is: a CA of its own, and certificates for 127.0.0.1 that it issued."""

import ipaddress
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL, crypto

from tests.x509.der_writer import KEY
from tlsglass.demo.authority import Authority, Leaf, Pointers, distinguished_name
from tlsglass.demo.changes import Change

_one_at_a_time = threading.Lock()
_SUITE = b"TLS_AES_128_GCM_SHA256"
"""The one suite of TLS 1.3 that is agreed to, so that records can be forged."""


@cache
def root() -> Authority:
    """The anchor."""
    return Authority.root("Attacking Root CA", at=datetime.now(UTC).replace(microsecond=0))


@cache
def intermediate() -> Authority:
    """What issues the certificates of servers."""
    return root().authority("Attacking CA")


@contextmanager
def ca_file() -> Iterator[Path]:
    """A file with the anchor in it, for `--ca-file`."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        file = Path(folder, "root.pem")
        file.write_bytes(root().certificate.public_bytes(Encoding.PEM))
        yield file


def leaf(
    pointers: Pointers, *, by: Authority | None = None, changes: Sequence[Change] = (), names: Sequence[str] = ()
) -> Leaf:
    """A certificate for 127.0.0.1.

    Args:
        pointers: where its status is to be had.
        by: who issues it; the intermediate unless given.
        changes: what of its extensions is unusual.
        names: which further hosts it is for.
    """
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    issuer = by or intermediate()
    hosts = [address, *map(x509.DNSName, names)]
    return issuer.leaf(distinguished_name("attack.test"), hosts, pointers=pointers, changes=changes)


@cache
def site_leaf(*names: str) -> Leaf:
    """One that points nowhere, for these further hosts."""
    return leaf(Pointers(base="http://127.0.0.1:9", ocsp=False, crl=False), names=names)


@cache
def site_context(newest: int = SSL.TLS1_3_VERSION) -> SSL.Context:
    """For a server whose chain is in order."""
    return context(site_leaf(), newest=newest)


def context(found: Leaf, *, whole: bool = True, newest: int = SSL.TLS1_3_VERSION) -> SSL.Context:
    """For a server with that certificate.

    Args:
        found: its certificate and key.
        whole: whether the intermediate is sent, too.
        newest: the newest version that is spoken.
    """
    made = _bare_context(newest)
    made.use_certificate(found.certificate)
    made.use_privatekey(found.key)
    if whole:
        made.add_extra_chain_cert(intermediate().certificate)
    return made


def crafted_context(*chain: bytes) -> SSL.Context:
    """For a server with certificates that were written by hand; the first has the key of `tests.x509.der_writer`."""
    made = _bare_context(SSL.TLS1_3_VERSION)
    # The library cryptography refuses what OpenSSL loads, and pyOpenSSL warns of anything else than its certificates.
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        first, *others = (crypto.load_certificate(crypto.FILETYPE_ASN1, der) for der in chain)
        made.use_certificate(first)
        made.use_privatekey(KEY)
        for other in others:
            made.add_extra_chain_cert(other)
    return made


def _bare_context(newest: int) -> SSL.Context:
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.set_max_proto_version(newest)
    made.set_cipher_list(b"ECDHE-ECDSA-AES128-GCM-SHA256:@SECLEVEL=0")
    made.set_tls13_ciphersuites(_SUITE)
    made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    return made
