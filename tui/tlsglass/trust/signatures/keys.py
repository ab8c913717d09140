"""Whether a key made a signature: the one place of the path that needs cryptography, which is slow to import.

Import it where a signature is to be checked, not before: `signatures.certificates` does.
"""

import warnings

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, mldsa, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tlsglass.x509.algorithms import PssParameters

HASHES: dict[str, hashes.HashAlgorithm] = {
    "MD5": hashes.MD5(),  # noqa: S303 - it is checked, and found weak elsewhere
    "SHA1": hashes.SHA1(),  # noqa: S303 - it is checked, and found weak elsewhere
    "SHA224": hashes.SHA224(),
    "SHA256": hashes.SHA256(),
    "SHA384": hashes.SHA384(),
    "SHA512": hashes.SHA512(),
    "SHA3-224": hashes.SHA3_224(),
    "SHA3-256": hashes.SHA3_256(),
    "SHA3-384": hashes.SHA3_384(),
    "SHA3-512": hashes.SHA3_512(),
}
"""The hash functions with which signatures can be checked, by name."""


class NotCheckable(Exception):  # noqa: N818 - it is no error of anyone: the answer is 'not checked'
    """The signature can't be checked; the message says why."""


def is_signed(  # noqa: PLR0913 - all that a signature consists of, by name
    spki: bytes, *, scheme: str, hash_name: str, signature: bytes, signed: bytes, pss: PssParameters | None = None
) -> bool:
    """Whether a key made a signature.

    Args:
        spki: the SubjectPublicKeyInfo in DER.
        scheme: 'RSA', 'RSA-PSS', 'ECDSA', 'DSA', or 'own' where the key's algorithm brings its own hash.
        hash_name: a key of `HASHES`; empty where the scheme is 'own'.
        signature: the signature's bits.
        signed: what was signed.
        pss: the parameters of a signature with RSASSA-PSS; where they are not known, the mask's hash is taken to be
            the signature's, and any salt is good.

    Raises:
        NotCheckable: the key or the algorithm is not supported.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of keys that the library will drop: nobody asked it to judge them
            key = load_der_public_key(spki)
        if scheme == "RSA-PSS" and isinstance(key, rsa.RSAPublicKey):
            algorithm = _hash(hash_name)
            if pss and pss.salt_length > len(signature):
                return False  # there is no place for it, nor in cryptography's numbers
            key.verify(signature, signed, _pss_padding(algorithm, pss), algorithm)
        else:
            _verify(key, scheme, HASHES.get(hash_name), signature, signed)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError) as error:
        text = f"the key or the algorithm is not supported ({error})"
        raise NotCheckable(text) from error
    return True


def is_no_point(spki: bytes) -> bool:
    """Whether what should be a key of an elliptic curve is none, as it is no point of the curve. SEC 1 §2.3.4.

    Args:
        spki: the SubjectPublicKeyInfo in DER, of a curve that has a name.
    """
    try:
        load_der_public_key(spki)
    except UnsupportedAlgorithm:
        return False
    except ValueError:
        return True
    return False


def _hash(name: str) -> hashes.HashAlgorithm:
    algorithm = HASHES.get(name)
    if algorithm is None:
        text = f"the hash function {name or 'without a name'} is not supported"
        raise NotCheckable(text)
    return algorithm


def _pss_padding(algorithm: hashes.HashAlgorithm, pss: PssParameters | None) -> padding.PSS:
    """RFC 4055 §3.1: one mask generation function and one trailer are defined."""
    if pss is None:
        return padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
    if pss.mask_hash is None or pss.trailer != 1:
        text = "the parameters of RSASSA-PSS are not supported"
        raise NotCheckable(text)
    return padding.PSS(padding.MGF1(_hash(pss.mask_hash)), pss.salt_length)


def _verify(key: object, scheme: str, algorithm: hashes.HashAlgorithm | None, signature: bytes, signed: bytes) -> None:
    match scheme, key, algorithm:
        case "RSA", rsa.RSAPublicKey(), hashes.HashAlgorithm():
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        case "ECDSA", ec.EllipticCurvePublicKey(), hashes.HashAlgorithm():
            key.verify(signature, signed, ec.ECDSA(algorithm))
        case "DSA", dsa.DSAPublicKey(), hashes.HashAlgorithm():
            key.verify(signature, signed, algorithm)
        case (
            "own",
            ed25519.Ed25519PublicKey()
            | ed448.Ed448PublicKey()
            | mldsa.MLDSA44PublicKey()
            | mldsa.MLDSA65PublicKey()
            | mldsa.MLDSA87PublicKey(),
            None,
        ):
            key.verify(signature, signed)
        case _:
            # The issuer's key is of another kind than the signature, so it can't have made it.
            raise InvalidSignature
