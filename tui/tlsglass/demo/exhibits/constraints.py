"""Authorities that may issue for certain names only, in every form of name that there is."""

from tlsglass.demo.exhibits.model import Bundle, Exhibit, Group

GROUP = Group(
    title="Name constraints",
    entries=(
        Exhibit(
            id="name-constraints",
            title="Outside of its issuer's limits",
            shows="The issuer may only issue for shop.demo.test and below, and issued for another name.",
            look_at="Open the name constraints of Demo Shop CA: one permitted subtree, shop.demo.test. The name of "
            "this site lies outside of it, so that clients refuse the certificate, although its signature is good.",
        ),
        Exhibit(
            id="too-complex",
            title="Too many names to compare",
            shows="600 names below a CA with 600 name constraints: 360,000 comparisons, which clients don't make.",
            look_at="Each name would have to be held against each constraint. Go, rustls and browsers give up at about "
            "250,000 comparisons, lest a server keep them busy, and refuse; OpenSSL goes on up to a million.",
        ),
        Bundle(
            id="constraints-kept",
            title="All within its limits",
            shows="An authority limited in all five forms of name, and a certificate that keeps to all of them.",
            look_at="Open the name constraints of the authority: a domain, a network, a mail domain, the hosts of URIs "
            "and the beginning of a directory name. Each name of the certificate lies within. One of the other judges, "
            "cryptography, does not know all five forms and refuses them; the checks say so.",
            hostname="constraints-kept.demo.test",
        ),
        Bundle(
            id="excluded-name",
            title="A forbidden name",
            shows="The authority may issue for demo.test, but not for excluded-name.demo.test.",
            look_at="There is a permitted and an excluded subtree, and the name lies in both. What is excluded stays "
            "so, whatever is permitted (RFC 5280 section 4.2.1.10).",
            hostname="excluded-name.demo.test",
        ),
        Bundle(
            id="outside-address",
            title="An address outside of the network",
            shows="The authority may issue for 192.0.2.0/24, and issued for 198.51.100.7.",
            look_at="The permitted subtree is an address with a mask. A certificate for an address is held against it, "
            "one for names is not: had it a DNS name beside, that would be free.",
            hostname="198.51.100.7",
        ),
        Bundle(
            id="excluded-address",
            title="A forbidden address",
            shows="The authority must not issue for 198.51.100.0/24, and did.",
            look_at="Such constraints are how public authorities limit a company's own one: no addresses at all, by "
            "excluding 0.0.0.0/0 and ::/0. Here one network is excluded, and the certificate has an address in it.",
            hostname="198.51.100.7",
        ),
        Bundle(
            id="outside-mail",
            title="A mail address outside",
            shows="The authority may issue for mail at example.com, and the certificate has one at example.net.",
            look_at="A certificate of a site may name mail addresses, too, and each name of it is held against the "
            "constraints of its form. The host's name is fine; the mail address beside it is not.",
            hostname="outside-mail.demo.test",
        ),
        Bundle(
            id="excluded-mail",
            title="A forbidden mail address",
            shows="The authority must not issue for mail at example.net and below, and did.",
            look_at="With a dot at its beginning a mail constraint stands for all hosts of a domain, without one for "
            "that host alone. The excluded one here is example.net, and so is the certificate's.",
            hostname="excluded-mail.demo.test",
        ),
        Bundle(
            id="outside-directory",
            title="A directory name outside",
            shows="The authority may issue for O=Demo Shop, and the subject says O=Demo Bank.",
            look_at="Directory names are compared from their beginning: the subject has to begin as the permitted name "
            "does. The subject itself is held against it, beside what stands among the alternative names.",
            hostname="outside-directory.demo.test",
        ),
        Bundle(
            id="excluded-directory",
            title="A forbidden directory name",
            shows="The authority must not issue for O=Demo Bank, and the subject says so.",
            look_at="The excluded name is one attribute long, and the subject begins with it; what comes after it, "
            "here the common name, does not matter.",
            hostname="excluded-directory.demo.test",
        ),
        Bundle(
            id="outside-uri",
            title="A URI outside",
            shows="The authority may issue for URIs at example.com, and the certificate has one at example.net.",
            look_at="Only the host of a URI is held against the constraint, not its scheme and not its path. Services "
            "that know each other by URIs, as SPIFFE has them, are limited in this way.",
            hostname="outside-uri.demo.test",
        ),
        Bundle(
            id="excluded-uri",
            title="A forbidden URI",
            shows="The authority must not issue for URIs at hosts below example.net, and did.",
            look_at="With a dot at its beginning a URI constraint stands for all hosts below a domain, and not for the "
            "domain itself. The certificate has https://shop.example.net/.",
            hostname="excluded-uri.demo.test",
        ),
    ),
)
