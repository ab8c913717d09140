"""Whether the name that was asked for, or one that a certificate gives its holder, may be taken for another.

UTS #39 §4, §5. The certificate may be as good as can be: the name is what deceives, and whoever reads it has to know.
"""

from collections.abc import Iterator

from tlsglass.idn import look_alike, mixed_word, unicode_form
from tlsglass.limits import LONGEST_MIXED, MOST_MIXED
from tlsglass.trust.case import Case, finding, not_checked
from tlsglass.trust.model import Check, Finding, FindingCode, Severity
from tlsglass.trust.topics import FURTHER_WORDS
from tlsglass.trust.wording import named, shortened
from tlsglass.x509.model import Certificate
from tlsglass.x509.oids.attributes import attribute_label

_MIXED = "UTS #39 §5.1, §5.2"
_OF_ONE_SCRIPT = "UTS #39 §4.1"


def examine(case: Case) -> Iterator[Finding | Check]:
    """Look at the letters of the name, one label after the other."""
    found = None if case.is_address else look_alike(case.hostname)
    if found is not None:
        yield finding(
            FindingCode.LOOK_ALIKE_NAME,
            Severity.WARNING,
            None,
            title=f"the name {found.words}",
            detail=f"{shortened(case.hostname)} is read as {shortened(unicode_form(case.hostname))}, and its label "
            f"'{found.label}' {found.words}. Such names are made to be taken for others; some are meant well.",
            reference=_MIXED if len(found.scripts) > 1 else _OF_ONE_SCRIPT,
            fix=None,
        )
    for step in case.certified_steps:
        yield from _of_holder(step.certificate)


def _of_holder(certificate: Certificate) -> Iterator[Finding | Check]:
    """What a certificate calls its holder: the first word of letters that no language puts together."""
    attributes = [attribute for relative in certificate.subject.rdns for attribute in relative]
    for attribute in attributes[:MOST_MIXED]:
        label, found = attribute_label(attribute.oid).lower(), mixed_word(attribute.value)
        if found is not None:
            yield finding(
                FindingCode.LOOK_ALIKE_NAME,
                Severity.WARNING,
                certificate,
                field="subject",
                title=f"a word in the name of its holder {found.words}",
                detail=f"The {label} in the subject is '{shortened(attribute.value)}', "
                f"whose word '{shortened(found.label)}' {found.words}. Such words are made to be taken for others.",
                reference=_MIXED,
                fix=None,
            )
            return
    passed_over = [
        place
        for place, attribute in enumerate(attributes)
        if (place >= MOST_MIXED or len(attribute.value) > LONGEST_MIXED) and not attribute.value.isascii()
    ]
    if passed_over:
        count = "1 attribute was" if len(passed_over) == 1 else f"{len(passed_over):,} attributes were"
        detail = (
            f"In the subject of {named(certificate)}, {count} not searched to the end for words that mix scripts: "
            f"only {LONGEST_MIXED} characters of each of the first {MOST_MIXED} are."
        )
        yield not_checked(FURTHER_WORDS, detail, _MIXED)
