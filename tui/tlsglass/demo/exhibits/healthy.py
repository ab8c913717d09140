"""Sites with which nothing is wrong, and what is worth seeing in them."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="In good health",
    entries=(
        Exhibit(
            id="good",
            title="A healthy site",
            shows="P-256 key, complete chain, current certificate, stapled status: nothing to complain about.",
            look_at="Start here to know what good looks like. The path runs from the certificate of the site over the "
            "intermediate, both sent by the server, up to Demo Root CA, which only the store has. Under Handshake see "
            "the stapled OCSP response: the issuer's word, a few hours old, that the certificate is not revoked.",
        ),
        Exhibit(
            id="good-rsa",
            title="A healthy site with an RSA key",
            shows="RSA 2048, issued by an RSA intermediate: still the most widely understood kind.",
            look_at="Compare the public key and the signature with those of good.demo.test: 256 bytes of signature "
            "here, about 71 there. Key usage has keyEncipherment as well, which only the key exchange of TLS 1.2 "
            "without forward secrecy would need.",
        ),
        Exhibit(
            id="good-ed25519",
            title="A healthy site with an Ed25519 key",
            shows="A key of 32 bytes, a modern scheme; public CAs don't issue these, and browsers refuse them.",
            look_at="Look at the signature algorithm under Handshake: ed25519. The certificate itself is signed with "
            "ECDSA, by its issuer: the key in a certificate and the signature on it need not be of one kind. The "
            "warning says that browsers don't take it; by rfc5280 (i, or --profile) there is none.",
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
            look_at="Look at the group on the status line and at the lengths of ClientHello and ServerHello: the "
            "hybrid key shares take over a kilobyte each way. The certificate has an ordinary key; signatures can wait "
            "until such computers exist, secrecy can't. A client that can't do it gets X25519 instead.",
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
            shows="Internationalized names: bücher.idn.demo.test, 例え.idn.demo.test and one that only looks like "
            "apple.",
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
            id="long-chain",
            title="A long chain",
            shows="Six certificates are sent, and the root makes seven.",
            look_at="Each level may have fewer below it: see the path length in the basic constraints count down to 0. "
            "All of it crosses the wire in each full handshake.",
        ),
    ),
)
