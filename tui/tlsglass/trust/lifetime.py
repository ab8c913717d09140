"""For how long certificates are valid and since when, as requirements and programs ask about it."""

from datetime import datetime, timedelta

from tlsglass.x509.model import Certificate

LAST_SECOND = timedelta(seconds=1)
"""What standards count and programs don't."""


def lifetime(certificate: Certificate) -> timedelta | None:
    """For how long a certificate is valid: both ends belong to it. RFC 5280 §4.1.2.5, CA/B BR §1.6.1.

    Args:
        certificate: the certificate.

    Returns:
        None where its dates can't be read.
    """
    begins, ends = certificate.not_before, certificate.not_after
    return None if begins is None or ends is None else ends - begins + LAST_SECOND


def lifetime_by_programs(certificate: Certificate) -> timedelta | None:
    """The same as programs compute it, who take one end from the other and so leave out the last second.

    Chromium does (`HasTooLongValidity`, net/cert/cert_verify_proc.cc), though its documentation speaks of both ends,
    and so do Apple's systems (`SecPolicyCheckValidityPeriodMaximums`, SecPolicyServer.c).

    Args:
        certificate: the certificate.
    """
    whole = lifetime(certificate)
    return None if whole is None else whole - LAST_SECOND


def is_issued_since(certificate: Certificate, day: datetime) -> bool:
    """Whether a certificate says that it was issued on a day or after it; not where its date can't be read.

    Args:
        certificate: the certificate.
        day: the first moment of the day, aware.
    """
    return certificate.not_before is not None and certificate.not_before >= day
