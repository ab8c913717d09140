"""What there is to see in the zoo, in the order of the tour, in words alone.

Nothing heavy is imported, so that the list can be shown before OpenSSL is loaded. How each exhibit comes to show what
it shows is left to the rest of this room.
"""

from dataclasses import dataclass

from tlsglass.net.model import Endpoint

ZONE = "demo.test"
"""The domain of all exhibits. No resolver outside of this program knows it: RFC 6761 §6.2 reserves `test`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One server of the zoo."""

    id: str
    """Stable: the first label of its name."""

    title: str
    """What it is, in a few words."""

    shows: str
    """One line: what it shows."""

    look_at: str
    """The guide's words: what to look at, and why it matters."""

    endpoint: Endpoint | None = None
    """Where it answers; None while the zoo is closed."""

    @property
    def host(self) -> str:
        """The name that it answers under: `expired.demo.test`."""
        return f"{self.id}.{ZONE}"

    @property
    def port(self) -> int | None:
        """The TCP port that it answers at; None while the zoo is closed."""
        return None if self.endpoint is None else self.endpoint.port


EXHIBITS = (
    Exhibit(
        id="good",
        title="A healthy site",
        shows="P-256 key, complete chain, current certificate, stapled status: nothing to complain about.",
        look_at="Start here to know what good looks like. The path runs from the certificate of the site over the "
        "intermediate, both sent by the server, up to Demo Root CA, which only the store has. Under Handshake see the "
        "stapled OCSP response: the issuer's word, a few hours old, that the certificate is not revoked.",
    ),
    Exhibit(
        id="good-rsa",
        title="A healthy site with an RSA key",
        shows="RSA 2048, issued by an RSA intermediate: still the most widely understood kind.",
        look_at="Compare the public key and the signature with those of good.demo.test: 256 bytes of signature here, "
        "about 71 there. Key usage has keyEncipherment as well, which only the key exchange of TLS 1.2 without "
        "forward secrecy would need.",
    ),
    Exhibit(
        id="good-ed25519",
        title="A healthy site with an Ed25519 key",
        shows="A key of 32 bytes, a modern scheme; public CAs don't issue these, and browsers refuse them.",
        look_at="Look at the signature algorithm under Handshake: ed25519. The certificate itself is signed with "
        "ECDSA, by its issuer: the key in a certificate and the signature on it need not be of one kind.",
    ),
    Exhibit(
        id="tls12",
        title="TLS 1.2 only",
        shows="The older of the two versions in good standing: the certificates cross the wire in the clear.",
        look_at="Compare the messages under Handshake with those of good.demo.test: there is a ServerKeyExchange, "
        "nothing before ChangeCipherSpec is encrypted, and it takes one round trip more.",
    ),
    Exhibit(
        id="pq",
        title="TLS 1.3 with a post-quantum group",
        shows="The key exchange is X25519MLKEM768: what is recorded today stays secret from tomorrow's computers.",
        look_at="Look at the group on the status line and at the lengths of ClientHello and ServerHello: the hybrid "
        "key shares take over a kilobyte each way. The certificate has an ordinary key; signatures can wait until "
        "such computers exist, secrecy can't. A client that can't do it gets X25519 instead.",
    ),
    Exhibit(
        id="expired",
        title="Expired",
        shows="The certificate ran out three days ago; the renewal did not happen.",
        look_at="The classic. Look at Not after and at the bar of its lifetime: 90 days of 90 are "
        "spent. The chain is fine otherwise, so there is one reason only.",
    ),
    Exhibit(
        id="not-yet-valid",
        title="Not yet valid",
        shows="The certificate becomes valid in three days: installed too early, or a clock is wrong.",
        look_at="Look at Not before, and at the bar of its lifetime, which has not begun. If every site looked like "
        "this one, it would be your clock.",
    ),
    Exhibit(
        id="wrong-name",
        title="Wrong name",
        shows="The certificate is for www.wrong-name.demo.test, and you asked for wrong-name.demo.test.",
        look_at="Look at the names it does have, then open www.wrong-name.demo.test: the same server and the same "
        "certificate, and all is well. A name must be in the list itself: www does not stand for the bare name.",
    ),
    Exhibit(
        id="self-signed",
        title="Self-signed",
        shows="Issuer and subject are the same: the site vouches for itself.",
        look_at="Subject and issuer are equal, and the signature was made with the certificate's own key. That proves "
        "nothing about who made it. Routers and printers come like this.",
    ),
    Exhibit(
        id="unknown-root",
        title="Unknown root",
        shows="A complete chain up to a root that your store does not have.",
        look_at="Every signature fits, and the last certificate is a proper root, but nobody told this machine to "
        "trust Unlisted Root CA. A company's own CA looks like this on a machine that it does not manage; "
        "--ca-file would add the root.",
    ),
    Exhibit(
        id="missing-intermediate",
        title="Missing intermediate",
        shows="The server sends its own certificate alone; the link to the root is missing.",
        look_at="Works in browsers, which remember intermediates or fetch them, and fails in curl and in programs. "
        "See under Authority information access where the missing one could be had. The server should send it.",
    ),
    Exhibit(
        id="wrong-order",
        title="Wrong order, one too many",
        shows="The intermediates come in the wrong order, with one between them that does not belong.",
        look_at="Look at the numbers: #0 is issued by #3, #3 by #1, and #2 leads nowhere. TLS 1.3 clients must cope, "
        "older ones may not, and every visitor downloads the extra certificate for nothing.",
    ),
    Exhibit(
        id="sha1",
        title="Signed with SHA-1",
        shows="The issuer's signature uses a hash function for which collisions can be made.",
        look_at="Look at the signature algorithm: sha1WithRSAEncryption. With a collision one signature fits two "
        "certificates. Public CAs stopped in 2016; old appliances and company CAs did not.",
    ),
    Exhibit(
        id="rsa1024",
        title="RSA with 1024 bits",
        shows="A key that is too short: within reach of those with much money.",
        look_at="Look at the size of the public key. 2048 bits are the least since 2014 (CA/Browser Forum), and "
        "OpenSSL accepts no less at security level 2, its default since version 3.2.",
    ),
    Exhibit(
        id="cn-only",
        title="Name only in the common name",
        shows="The certificate has no subject alternative names; its name stands only where nobody looks any more.",
        look_at="The subject says CN=cn-only.demo.test, and still the name does not match: clients read only the "
        "subject alternative names, which are missing here (RFC 9525).",
    ),
    Exhibit(
        id="wildcard",
        title="Wildcard",
        shows="One certificate for *.demo.test, so for every name one level below.",
        look_at="The star stands for exactly one label: it covers wildcard.demo.test, but neither demo.test nor "
        "a.wildcard.demo.test. Open the latter, which leads to the same server, and see.",
    ),
    Exhibit(
        id="idn",
        title="Names in other scripts",
        shows="Internationalized names: bücher.idn.demo.test, 例え.idn.demo.test and one that only looks like apple.",
        look_at="The certificate holds the ASCII form, such as xn--bcher-kva; see both forms in the names. In "
        "xn--pple-43d.idn.demo.test the first letter is Cyrillic. Open bücher.idn.demo.test, it leads here too.",
    ),
    Exhibit(
        id="many-names",
        title="500 names",
        shows="A certificate with 500 subject alternative names, as hosting companies have them.",
        look_at="Open the names, and search them. Each visitor downloads all of it: compare the size of the "
        "Certificate message with that of good.demo.test.",
    ),
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
        look_at="Trusted, as most clients see it: the server staples nothing, and who does not ask learns nothing. Ask "
        "about revocation, and the responder that the certificate names says: revoked two days ago, superseded.",
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
        look_at="Ask about revocation. The root's list does not have the intermediate yet, but names a delta list with "
        "what is new since, and that one does: CA compromise. All that this authority ever issued falls with it.",
    ),
    Exhibit(
        id="name-constraints",
        title="Outside of its issuer's limits",
        shows="The issuer may only issue for shop.demo.test and below, and issued for another name.",
        look_at="Open the name constraints of Demo Shop CA: one permitted subtree, shop.demo.test. The name of this "
        "site lies outside of it, so that clients refuse the certificate, although its signature is good.",
    ),
    Exhibit(
        id="too-complex",
        title="Too many names to compare",
        shows="600 names below a CA with 600 name constraints: 360,000 comparisons, which clients don't make.",
        look_at="Each name would have to be held against each constraint. Go, rustls and browsers give up at about "
        "250,000 comparisons, lest a server keep them busy, and refuse; OpenSSL goes on up to a million.",
    ),
    Exhibit(
        id="critical",
        title="An unknown critical extension",
        shows="The certificate says something that nobody understands, and that nobody may ignore.",
        look_at="Open the extensions: 1.3.6.1.4.1.32473.1 is marked as critical. A client that does not know such an "
        "extension has to refuse the certificate; were it not critical, the client would pass over it.",
    ),
    Exhibit(
        id="policy",
        title="Without the policy asked for",
        shows="The issuer requires a policy that the whole path shares; the certificate has another one.",
        look_at="Demo Strict CA has policy constraints and the policy domain-validated; the certificate claims to be "
        "organization-validated. Browsers and Go refuse this. OpenSSL says nothing, as it looks at policies only when "
        "asked to.",
    ),
    Exhibit(
        id="two-algorithms",
        title="Two signature algorithms",
        shows="Beside the signature stands SHA-256, within what was signed SHA-384.",
        look_at="The algorithm is named twice so that nobody can exchange it: both places have to agree. The signature "
        "as such is good by the outer one, and clients refuse the certificate all the same.",
    ),
    Exhibit(
        id="client-cert",
        title="Wants a certificate from you",
        shows="The server asks for a client certificate and ends the connection without one.",
        look_at="The certificates of the server are there all the same. In TLS 1.3 the refusal comes after the "
        "handshake: certificate_required, in place of an answer. The request names the CA it would accept.",
    ),
    Exhibit(
        id="tls10",
        title="TLS 1.0 only",
        shows="A version of 1999 that was retired in 2021 (RFC 8996).",
        look_at="The certificate is fine, the protocol is not: browsers refuse it before you see anything, and the "
        "cipher suites on offer are CBC with SHA-1.",
    ),
    Exhibit(
        id="long-chain",
        title="A long chain",
        shows="Six certificates are sent, and the root makes seven.",
        look_at="Each level may have fewer below it: see the path length in the basic constraints count down to 0. "
        "All of it crosses the wire in each full handshake.",
    ),
    Exhibit(
        id="large",
        title="A large answer",
        shows="50 MB of numbered lines, as fast as they can be sent.",
        look_at="Scroll while it arrives, jump to the end, search for 'line 499999'. Escape stops it.",
    ),
    Exhibit(
        id="slow",
        title="A slow answer",
        shows="The head comes at once, then a line every fifth of a second, for 20 seconds.",
        look_at="Lines appear as they arrive. Each is a chunk of its own: the numbers between them are part of the "
        "answer as it came, the lengths of the chunks in hexadecimal.",
    ),
    Exhibit(
        id="no-http",
        title="No HTTP",
        shows="TLS, but the server behind it is a mail server of sorts and takes HTTP for nonsense.",
        look_at="It greets before it is asked, then complains about each line of the request. The certificates, the "
        "handshake and the verdict do not depend on what is spoken afterwards.",
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
        look_at="Watch the headline count until the time runs out, or stop with Escape, which works at once. A plain "
        "service on a TLS port that waits for the client to speak looks the same.",
    ),
    Exhibit(
        id="markup",
        title="Names that bite",
        shows="Markup, escape sequences, direction overrides and newlines, in the certificate and in the answer.",
        look_at="Everything is shown as escapes: no colour changes, nothing is written backwards, and your clipboard "
        "keeps its contents. Copying a value copies it as it truly is.",
    ),
)
"""All exhibits, in the order of the tour."""
