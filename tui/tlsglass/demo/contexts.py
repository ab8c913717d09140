"""OpenSSL's settings for what an exhibit presents."""

from OpenSSL import SSL, crypto

from tlsglass.demo.presentations import Presentation
from tlsglass.demo.tls13.hello import HTTP_1_1


def server_context(presentation: Presentation) -> SSL.Context:
    """A context with which a server presents what it should. It may serve any number of connections at once."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(presentation.oldest)
    context.set_max_proto_version(presentation.newest)
    if presentation.weak:
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_session_id(b"tlsglass demo")
    leaf, *others = presentation.chain
    context.use_certificate(leaf)
    context.use_privatekey(presentation.key)
    for other in others:
        context.add_extra_chain_cert(other)
    # Where it isn't offered, the handshake goes on without ALPN.
    context.set_alpn_select_callback(
        lambda _connection, offered: HTTP_1_1 if HTTP_1_1 in offered else SSL.NO_OVERLAPPING_PROTOCOLS
    )
    if presentation.staples:
        # It is asked about the server's own certificate only.
        context.set_ocsp_server_callback(lambda _connection, _data: presentation.staples[0])
    authority = presentation.client_authority
    if authority is not None and (store := context.get_cert_store()) is not None:
        store.add_cert(crypto.X509.from_cryptography(authority))
        context.add_client_ca(authority)
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    return context
