"""OCSP responses for tests, as a CA or whom it delegated to would give them."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.trust.authority import DAY, NOW, Authority, Issued, ec_key
from tlsglass.x509.encoding import joined

OCSP_SIGNING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])


def responder_of(
    authority: Authority, *, may_sign: bool = True, not_after: datetime = NOW + DAY, no_check: bool = True
) -> Issued:
    """A responder that the authority delegated to, or that only claims so."""
    extensions: list[x509.ExtensionType] = [OCSP_SIGNING] if may_sign else []
    if no_check:
        extensions.append(x509.OCSPNoCheck())
    return authority.issues(common_name="Responder", key=ec_key(50), extensions=extensions, not_after=not_after)


def staple_of(  # noqa: PLR0913 - each is one way to be odd
    leaf: Issued,
    issuer: Authority,
    *,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    revoked: datetime | None = None,
    reason: x509.ReasonFlags | None = None,
    this_update: datetime = NOW - DAY,
    next_update: datetime | None = NOW + DAY,
    signer: Issued | None = None,
    brings: Sequence[Issued] = (),
    algorithm: hashes.HashAlgorithm | None = None,
    nonce: bytes | None = None,
    by_name: bool = False,
) -> bytes:
    """A signed response about a leaf in DER, by its issuer unless another signer is given.

    It names its signer by key, or `by_name`.
    """
    signer = signer or issuer
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=leaf.certificate,
        issuer=issuer.certificate,
        algorithm=algorithm or hashes.SHA1(),  # noqa: S303 - what OCSP names certificates by
        cert_status=status,
        this_update=this_update,
        next_update=next_update,
        revocation_time=revoked,
        revocation_reason=reason,
    )
    how = ocsp.OCSPResponderEncoding.NAME if by_name else ocsp.OCSPResponderEncoding.HASH
    builder = builder.responder_id(how, signer.certificate)
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    if brings:
        builder = builder.certificates([each.certificate for each in brings])
    hashing = isinstance(signer.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return builder.sign(signer.key, hashes.SHA256() if hashing else None).public_bytes(Encoding.DER)


def revoked_staple(leaf: Issued, issuer: Authority, *, since: datetime = NOW - 2 * DAY) -> bytes:
    """A response that says that the key was compromised."""
    return staple_of(
        leaf,
        issuer,
        status=ocsp.OCSPCertStatus.REVOKED,
        revoked=since,
        reason=x509.ReasonFlags.key_compromise,
    )


def steady(response: bytes, signer: Issued) -> bytes:
    """A response as if signed at `NOW`, so that it is the same in every run."""
    produced = ocsp.load_der_ocsp_response(response).produced_at_utc
    then, now = (f"{when:%Y%m%d%H%M%SZ}".encode() for when in (produced, NOW))
    return resigned(response, then, now, signer)


def resigned(response: bytes, old: bytes, new: bytes, signer: Issued) -> bytes:
    """A response with something else in its signed part, which is as long, and signed anew by the same EC key."""
    assert isinstance(signer.key, ec.EllipticCurvePrivateKey)
    signed = ocsp.load_der_ocsp_response(response).tbs_response_bytes
    assert old in signed
    assert len(old) == len(new)
    signed = signed.replace(old, new)
    signature = joined(0x03, b"\0", signer.key.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    basic = joined(0x30, signed, algorithm, signature)
    kind = bytes.fromhex("06092b0601050507300101")
    return joined(0x30, b"\x0a\x01\x00", joined(0xA0, joined(0x30, kind, joined(0x04, basic))))
