"""Handshakes that are old, or that want something of the client."""

from OpenSSL import SSL

from tlsglass.demo.authority import Authority
from tlsglass.demo.presentations.model import Authorities, Presentation, leaf, present


def servers(by: Authorities) -> dict[str, Presentation]:
    """What each presents, by its id; those that never get as far as a certificate are not among them."""
    client_authority = Authority.root("Demo Client CA", at=by.at, publications=by.root.publications)
    return {
        "tls10": present(
            leaf(by.rsa_intermediate, "tls10", key=by.rsa_key),
            by.rsa_intermediate,
            oldest=SSL.TLS1_VERSION,
            newest=SSL.TLS1_VERSION,
            weak=True,
        ),
        "client-cert": present(
            leaf(by.intermediate, "client-cert"), by.intermediate, client_authority=client_authority.certificate
        ),
    }
