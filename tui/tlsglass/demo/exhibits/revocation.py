"""Certificates that were called back, and who says so."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Revocation",
    entries=(
        Exhibit(
            id="revoked",
            title="Revoked",
            shows="The issuer has revoked the certificate, and the server itself brings the proof along.",
            look_at="Dates, name and chain are fine. Only the stapled OCSP response says: revoked two days ago, key "
            "compromise. A client that does not ask for the staple notices nothing.",
        ),
        Exhibit(
            id="revoked-ocsp",
            title="Revoked, says the responder",
            shows="Nothing looks wrong until the issuer's OCSP responder is asked.",
            look_at="Trusted, as most clients see it: the server staples nothing, and who does not ask learns nothing. "
            "Ask about revocation, and the responder that the certificate names says: revoked two days ago, "
            "superseded.",
        ),
        Exhibit(
            id="revoked-crl",
            title="Revoked, says the list",
            shows="The certificate names no responder, only a revocation list, and the list has it.",
            look_at="Ask about revocation: the list is fetched from the distribution point in the certificate, its "
            "signature checked against the issuer's key, and the serial number found in it.",
        ),
        Exhibit(
            id="revoked-intermediate",
            title="A revoked intermediate",
            shows="The site's own certificate is good, but the authority that issued it was revoked by the root.",
            look_at="Ask about revocation. The root's list does not have the intermediate yet, but names a delta list "
            "with what is new since, and that one does: CA compromise. All that this authority ever issued falls with "
            "it.",
        ),
        Exhibit(
            id="revoked-issuer-ocsp",
            title="A revoked issuer, says the responder",
            shows="The intermediate names a responder, and that says that it is revoked.",
            look_at="Ask about revocation: each certificate of the path is asked about, the root's excepted. The "
            "site's own is good, the one above it was revoked two days ago.",
        ),
        Exhibit(
            id="revoked-issuer-staple",
            title="A revoked issuer, says its staple",
            shows="Two staples: the one of the site's certificate is good, the one of its issuer says revoked.",
            look_at="TLS 1.3 has room for a staple with each certificate (RFC 8446 §4.4.2.1), and here the root says "
            "that the intermediate was revoked two days ago, CA compromise. A client that reads only the first staple "
            "hears nothing of it. The server is made by hand, to send both.",
        ),
        Exhibit(
            id="no-answer",
            title="Nobody can say",
            shows="The certificate names a responder at an address where nothing is.",
            look_at="Trusted without asking. Ask about revocation, and nobody answers: browsers that ask at all go on "
            "in this case, so whoever can cut off the answer can hide a revocation. That is why it is a warning, and "
            "no error.",
        ),
        Exhibit(
            id="must-staple",
            title="Demands a staple, and there is none",
            shows="The certificate promises a stapled status in each handshake, and the server sends none.",
            look_at="Open the TLS feature extension: status_request. Whoever steals the key can't leave the staple out "
            "unnoticed, but neither can the server's own operator, who forgot to turn it on here (RFC 7633).",
        ),
        Exhibit(
            id="stale-staple",
            title="A stale staple",
            shows="The stapled status should have been replaced yesterday.",
            look_at="The server does staple, but has not fetched a new answer in time. What it says held until "
            "yesterday; most clients pass over such a staple, and some refuse the connection.",
        ),
    ),
)
