"""Certificates, keys, extensions and moments as they stand in the JSON report."""

from datetime import UTC, datetime
from functools import lru_cache

from tlsglass.x509.model import Algorithm, Certificate, Extension, Problem, PublicKey
from tlsglass.x509.pem import to_pem

Json = dict[str, object]
"""A JSON object."""


def certificate_json(certificate: Certificate) -> Json:
    """One certificate as it stands in the report."""
    return {
        "sha256": certificate.sha256,
        "sha1": certificate.sha1,
        "spki_sha256": certificate.spki_sha256,
        "version": certificate.version,
        "serial": certificate.serial_hex,
        "subject": certificate.subject.rfc4514,
        "issuer": certificate.issuer.rfc4514,
        "not_before": moment_json(certificate.not_before),
        "not_after": moment_json(certificate.not_after),
        "san": [str(name) for name in certificate.san],
        "public_key": key_json(certificate.public_key),
        "signature_algorithm": algorithm_json(certificate.signature_algorithm),
        "extensions": [extension_json(extension) for extension in certificate.extensions],
        "problems": [problem_json(problem) for problem in certificate.problems],
        "pem": _pem(certificate.der),
    }


@lru_cache(maxsize=64)
def _pem(der: bytes) -> str:
    return to_pem(der)


def extension_json(extension: Extension) -> Json:
    """One extension, decoded as far as it goes."""
    return {
        "oid": extension.oid,
        "name": extension.name,
        "critical": extension.critical,
        "value": extension.value,
        "problem": problem_json(extension.problem) if extension.problem else None,
    }


def problem_json(problem: Problem) -> Json:
    """What is wrong with an encoding, and where."""
    return {"text": problem.text, "offset": problem.offset}


def key_json(key: PublicKey) -> Json:
    """A public key in short."""
    return {"algorithm": key.algorithm, "bits": key.bits, "curve": key.curve}


def algorithm_json(algorithm: Algorithm) -> Json:
    """A signature algorithm."""
    return {"oid": algorithm.oid, "name": algorithm.name}


def moment_json(moment: datetime | None, precision: str = "seconds") -> str | None:
    """A moment as RFC 3339 has it, in UTC; None stays None.

    Args:
        moment: aware.
        precision: how fine it is written, as `datetime.isoformat` has it.
    """
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"
