"""Handshakes that are old, refused, or never end."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Protocol",
    entries=(
        Exhibit(
            id="tls10",
            title="TLS 1.0 only",
            shows="A version of 1999 that was retired in 2021 (RFC 8996).",
            look_at="The certificate is fine, the protocol is not: browsers refuse it before you see anything, and the "
            "cipher suites on offer are CBC with SHA-1.",
        ),
        Exhibit(
            id="client-cert",
            title="Wants a certificate from you",
            shows="The server asks for a client certificate and ends the connection without one.",
            look_at="The certificates of the server are there all the same. In TLS 1.3 the refusal comes after the "
            "handshake: certificate_required, in place of an answer. The request names the CA it would accept.",
        ),
        Exhibit(
            id="hangs-up",
            title="Hangs up",
            shows="The server reads the ClientHello and closes the connection without a word.",
            look_at="An error with its phase: the connection stood, the handshake ended. Firewalls and servers that do "
            "not know the name asked for do this.",
        ),
        Exhibit(
            id="alert",
            title="Refuses with an alert",
            shows="The server answers the ClientHello with handshake_failure.",
            look_at="A refusal with a code: the server says that it found nothing in common. The name of the alert is "
            "all it tells.",
        ),
        Exhibit(
            id="silent",
            title="Says nothing",
            shows="The server accepts the connection and never says anything.",
            look_at="Watch the headline count until the time runs out, or stop with Escape, which works at once. A "
            "plain service on a TLS port that waits for the client to speak looks the same.",
        ),
    ),
)
