"""Certificates that are for somebody else, or seem to be."""

from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    wrong = leaf(by.intermediate, "wrong-name", names=("www.wrong-name", "mail.wrong-name"))
    return {
        "wrong-name": present(wrong, by.intermediate),
        "cn-only": present(leaf(by.intermediate, "cn-only", names=()), by.intermediate),
    }
