"""What is sent beside the certificate, and where it leads."""

from cryptography import x509

from tlsglass.demo.alterations import tampered
from tlsglass.demo.authority import Authority, Leaf, new_key, self_signed
from tlsglass.demo.changes import having
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id."""
    return {
        "self-signed": present(self_signed(f"self-signed.{ZONE}", at=by.at)),
        "unknown-root": _unknown_root(by),
        "missing-intermediate": present(leaf(by.intermediate, "missing-intermediate")),
        "wrong-order": _wrong_order(by),
        "sent-twice": present(leaf(by.intermediate, "sent-twice"), by.intermediate, by.intermediate),
        "bad-signature": _bad_signature(by),
        "wrong-key-id": _wrong_key_id(by),
    }


def _unknown_root(by: Authorities) -> Presentation:
    """The root is sent as well, so that it is clear that the chain is complete and merely not trusted."""
    root = Authority.root("Unlisted Root CA", at=by.at, publications=by.root.publications)
    intermediate = root.authority("Unlisted Intermediate CA")
    return present(leaf(intermediate, "unknown-root"), intermediate, root)


def _wrong_order(by: Authorities) -> Presentation:
    issuing = by.intermediate.authority("Demo Issuing CA")
    stranger = Authority.root("Unrelated Root CA", at=by.at, publications=by.root.publications)
    return present(leaf(issuing, "wrong-order"), by.intermediate, stranger.authority("Unrelated CA"), issuing)


def _bad_signature(by: Authorities) -> Presentation:
    issued = leaf(by.intermediate, "sad-signature")
    altered = tampered(issued.certificate, b"sad-signature", b"bad-signature")
    return present(Leaf(certificate=altered, key=issued.key), by.intermediate)


def _wrong_key_id(by: Authorities) -> Presentation:
    another = x509.AuthorityKeyIdentifier.from_issuer_public_key(new_key().public_key())
    return present(leaf(by.intermediate, "wrong-key-id", changes=[having(another)]), by.intermediate)
