"""Keys that are too short, and signatures that prove little or nothing."""

from tlsglass.demo.exhibits.model import Bundle, Exhibit, Group

GROUP = Group(
    title="Keys and signatures",
    entries=(
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
            id="two-algorithms",
            title="Two signature algorithms",
            shows="Beside the signature stands SHA-256, within what was signed SHA-384.",
            look_at="The algorithm is named twice so that nobody can exchange it: both places have to agree. The "
            "signature as such is good by the outer one, and clients refuse the certificate all the same.",
        ),
        Bundle(
            id="guessable-key",
            title="A key that can be guessed (ROCA)",
            shows="The key was made as a faulty library made them, so that others can find out the private one.",
            look_at="Nothing in the modulus looks odd, but its remainders by small primes give away how it was made. "
            "Smart cards and TPMs made such keys until 2017 (CVE-2017-15361). Authorities have to refuse them; clients "
            "don't look, so it is trusted with a warning.",
            hostname="guessable-key.demo.test",
        ),
    ),
)
