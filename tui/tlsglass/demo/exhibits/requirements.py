"""Certificates that keep to the standards, and that browsers refuse all the same."""

from tlsglass.demo.exhibits.model import Bundle, Exhibit, Group

GROUP = Group(
    title="Rules of the web",
    entries=(
        Exhibit(
            id="long-lived",
            title="Valid for too long",
            shows="The certificate is valid for 1,000 days, as a company's authority may think handy.",
            look_at="curl is content, Apple's devices are not: they refuse more than 825 days below any root. Look at "
            "the bar of its lifetime, and have it judged by rfc5280, which is for private authorities (by i, or "
            "--profile): there is no such limit there.",
        ),
        Exhibit(
            id="ca-as-server",
            title="An authority for a server",
            shows="The certificate of the site says of itself that it may issue others.",
            look_at="Look at its basic constraints: CA:TRUE. Whoever breaks into the server could issue certificates "
            "for any name. Firefox refuses it; OpenSSL, curl and Chrome don't mind.",
        ),
        Exhibit(
            id="no-purpose",
            title="A certificate for no purpose",
            shows="The certificate does not say that it is for servers: it has no extended key usage.",
            look_at="By the standard it may be used for anything then, and most clients take it. Apple's devices want "
            "serverAuth in what was issued after 1 July 2019, below any root. Again, rfc5280 asks for less.",
        ),
        Exhibit(
            id="shared-key",
            title="One key for two",
            shows="The site has the same key as the authority that issued its certificate.",
            look_at="Compare the pins of the two (SPKI SHA-256, under Fingerprints). No client minds, so it is "
            "trusted; but the key that signs certificates now lies on a web server.",
        ),
        Bundle(
            id="long-exponent",
            title="A long RSA exponent",
            shows="The public exponent of the key has 41 bits, where nearly all keys have 65537.",
            look_at="Open the public key and look at the exponent. The key is sound, and verifying with it takes a "
            "little longer. Chrome takes no exponent of more than 33 bits, so it refuses the certificate.",
            hostname="long-exponent.demo.test",
        ),
        Bundle(
            id="wide-wildcard",
            title="A wildcard for all of co.uk",
            shows="The certificate stands for every name under a suffix that anybody can register names in.",
            look_at="Browsers know the suffixes of registries and take no wildcard for one; other programs take it. "
            "By the profile rfc5280 it is a warning.",
            hostname="shop.co.uk",
        ),
    ),
)
