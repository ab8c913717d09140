"""What of a certificate's basic fields clients refuse, and what is only against the rules. RFC 5280 §4.1.

What can be read though it is encoded wrongly is told by `readability`, as a warning; here is what has consequences.
"""

import re
from collections.abc import Iterator

from tlsglass.trust.case import Case, finding, passed
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.profile import Profile
from tlsglass.trust.wording import named
from tlsglass.x509.certificate import ALGORITHMS_DIFFER, NUMBERED_WRONGLY, TOO_OLD_FOR_EXTENSIONS
from tlsglass.x509.encoding import has_unique_ids
from tlsglass.x509.model import Certificate
from tlsglass.x509.structure import locate

_SUBJECT_ALTERNATIVE_NAME = "2.5.29.17"
_TIMES = {"UTCTime": re.compile(rb"\d{12}Z\Z"), "GeneralizedTime": re.compile(rb"\d{14}Z\Z")}
_FIX = "Have a certificate issued that is as RFC 5280 has it."
_FIELDS = (("validity.not_before", "first"), ("validity.not_after", "last"))


def examine(case: Case) -> Iterator[Finding | Check]:
    """Judge the basic fields of every certificate of the path; of the anchor only its times."""
    found: list[Finding] = []
    for place, step in enumerate(case.path.steps):
        found.extend(_times(step.certificate))
        if place < len(case.certified_steps):
            found.extend(_algorithms(step.certificate))
            found.extend(_serial(step.certificate))
            found.extend(_version(case, step.certificate))
            found.extend(_unique_ids(step.certificate))
            found.extend(_names(step.certificate))
    yield from found
    if not found:
        detail = "Versions, numbers, names, times and algorithms are as they should be."
        yield passed("basic fields", detail, "RFC 5280 §4.1")


def _times(certificate: Certificate) -> Iterator[Finding]:
    """Times without seconds, with fractions or in other zones are refused by OpenSSL, Go and Chrome alike."""
    if not certificate.problems:
        return
    validity = locate(certificate.der, certificate.limits).validity
    for (field, which), element in zip(_FIELDS, validity.children if validity else (), strict=False):
        form = _TIMES.get(element.tag)
        if form is not None and not form.match(element.content):
            yield finding(
                FindingCode.UNREADABLE,
                Severity.ERROR,
                certificate,
                field=field,
                title=f"a time of {named(certificate)} is not written as clients want it",
                detail=f"The {which} moment of {named(certificate)} is not given with seconds, without fractions of "
                "them, and with a Z at its end. It can be understood, but clients refuse it.",
                reference="RFC 5280 §4.1.2.5",
                fix="Have a certificate issued whose times are as RFC 5280 has them.",
            )


def _algorithms(certificate: Certificate) -> Iterator[Finding]:
    if any(problem.text == ALGORITHMS_DIFFER for problem in certificate.problems):
        yield finding(
            FindingCode.SIGNATURE_ALGORITHM_MISMATCH,
            Severity.ERROR,
            certificate,
            field="signature",
            title=f"{named(certificate)} names two signature algorithms",
            detail=f"Beside its signature {named(certificate)} names {certificate.signature_algorithm.name}, but "
            "within what was signed it names another. They have to be the same, so that nobody can exchange the "
            "algorithm, and clients refuse the certificate.",
            reference="RFC 5280 §4.1.1.2",
            fix="Have the certificate issued anew.",
        )


def _serial(certificate: Certificate) -> Iterator[Finding]:
    """Go refuses negative ones since its version 1.23, and cryptography does; no browser does."""
    wrong = [problem.text for problem in certificate.problems if problem.text.endswith(NUMBERED_WRONGLY)]
    if wrong and certificate.serial is not None:
        kind = "too long" if certificate.serial > 0 else "negative" if certificate.serial < 0 else "zero"
        yield finding(
            FindingCode.INVALID_SERIAL,
            Severity.WARNING,
            certificate,
            field="serial",
            title=f"the serial number of {named(certificate)} is {kind}",
            detail=f"{' '.join(wrong)} Numbers have to be positive and of at most 20 octets. Some clients refuse "
            "others, Go and what is written in it among them where they are negative.",
            reference="RFC 5280 §4.1.2.2",
            fix="Have a certificate issued with a proper serial number.",
        )


def _version(case: Case, certificate: Certificate) -> Iterator[Finding]:
    """Chrome refuses extensions in old versions (`ParseTbsCertificate` in BoringSSL's parse_certificate.cc)."""
    if any(problem.text.endswith(TOO_OLD_FOR_EXTENSIONS) for problem in certificate.problems):
        yield finding(
            FindingCode.UNREADABLE,
            Severity.ERROR if case.profile is Profile.WEBPKI else Severity.WARNING,
            certificate,
            field="version",
            title=f"{named(certificate)} has extensions, which its version does not have",
            detail=f"{named(certificate)} says that it is of version {certificate.version}, which has no extensions, "
            "and has some. Chrome refuses it; OpenSSL reads them all the same.",
            reference="RFC 5280 §4.1.2.9",
            fix="Have a certificate of version 3 issued.",
        )


def _unique_ids(certificate: Certificate) -> Iterator[Finding]:
    """No client looks at them."""
    if has_unique_ids(certificate.der):
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.NOTICE,
            certificate,
            field="version",
            title=f"{named(certificate)} has unique identifiers",
            detail=f"{named(certificate)} has unique identifiers beside its names, as was thought of in 1993. "
            "Authorities must not give them any more; clients pass them over.",
            reference="RFC 5280 §4.1.2.8",
            fix=_FIX,
        )


def _names(certificate: Certificate) -> Iterator[Finding]:
    if certificate.issuer.der and not certificate.issuer.rdns:
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.WARNING,
            certificate,
            field="issuer",
            title=f"{named(certificate)} names no issuer",
            detail="The name of its issuer is empty, which it must not be. Clients may not find the issuer.",
            reference="RFC 5280 §4.1.2.4",
            fix=_FIX,
        )
    if certificate.subject.rdns or not certificate.subject.der:
        return
    names = next((each for each in certificate.extensions if each.oid == _SUBJECT_ALTERNATIVE_NAME), None)
    if certificate.is_ca:
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.WARNING,
            certificate,
            field="subject",
            title="a CA without a name",
            detail="The subject of this CA's certificate is empty, which it must not be. Clients may not find it as "
            "the issuer of others.",
            reference="RFC 5280 §4.1.2.6",
            fix=_FIX,
        )
    elif names is None:
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.WARNING,
            certificate,
            field="subject",
            title="names nobody at all",
            detail="The subject is empty and there are no alternative names.",
            reference="RFC 5280 §4.2.1.6",
            fix=_FIX,
        )
    elif not names.critical:
        yield finding(
            FindingCode.NONCONFORMING,
            Severity.NOTICE,
            certificate,
            field=f"extensions.{_SUBJECT_ALTERNATIVE_NAME}",
            title="its only names are not critical",
            detail="The subject is empty, so the alternative names are all that names the holder. They have to be "
            "critical then; clients accept it all the same.",
            reference="RFC 5280 §4.1.2.6",
            fix=_FIX,
        )
