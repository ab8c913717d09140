"""Chains that lead to more than one place, and what becomes of a verdict when one of the ways is closed."""

from tlsglass.demo.exhibits.model import Bundle, Exhibit, Group

GROUP = Group(
    title="Several paths",
    entries=(
        Exhibit(
            id="cross-signed",
            title="Cross-signed",
            shows="The issuer is certified by two roots: a new one, and the one that your store has.",
            look_at="Press p to go through the paths. Two certificates of one name and one key are sent: one leads to "
            "Demo Next Root CA, which your store does not know yet, the other to Demo Root CA. That is how a new root "
            "can be used before all clients have it.",
        ),
        Exhibit(
            id="cross-signed-late",
            title="The way that OpenSSL takes",
            shows="The same two certificates, the one for the new root first: good for browsers, not for curl.",
            look_at="Trusted, as there is a good path, with a warning: OpenSSL takes the first issuer that fits, finds "
            "no root there, and does not go back to try the second. Try it with curl and tlsglass demo --serve, and "
            "compare the order with that of cross-signed.",
        ),
        Exhibit(
            id="cross-expired",
            title="An expired cross-sign",
            shows="One of the two ways to a root has expired, the other is fine: still trusted.",
            look_at="Of two certificates for the same intermediate one ran out last week. Press p to see what is wrong "
            "with that path. When the old cross-sign of Let's Encrypt ran out in 2021, clients that took the expired "
            "way and looked no further, such as OpenSSL 1.0.2, refused a large part of the web.",
        ),
        Exhibit(
            id="cross-both-expired",
            title="All ways expired",
            shows="The issuer is certified by two authorities, and neither certificate is current.",
            look_at="Press p: each path is refused for an expired certificate, and there is no third. The verdict "
            "names what is wrong with the path that comes nearest; the other's reason stands beside it.",
        ),
        Exhibit(
            id="renewed",
            title="A renewed intermediate, and the old one",
            shows="The authority renewed its certificate with the same key, and the server sends both.",
            look_at="Both certificates fit the site's, as they have one name and one key; the old one has expired. "
            "Clients take the current one. The server should send that alone, but nothing is broken.",
        ),
        Bundle(
            id="loop",
            title="Two authorities that certify each other",
            shows="A chain that goes round in a circle and never reaches a root.",
            look_at="Each of the two was issued by the other, so that names and signatures fit as often as one likes "
            "to go round. A client must notice that it has been there before. No root comes of it: the issuer is not "
            "known.",
            hostname="loop.demo.test",
        ),
        Bundle(
            id="thicket",
            title="Too many ways to see all",
            shows="Eleven authorities that all certify each other: more ways than anybody would try.",
            look_at="110 certificates can be joined to so many paths that the search is ended, as in other clients, "
            "lest a server keep them busy. That is a finding of its own, since a good path may be among those that "
            "nobody has seen.",
            hostname="thicket.demo.test",
        ),
    ),
)
