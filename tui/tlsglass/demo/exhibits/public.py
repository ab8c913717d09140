"""What browsers ask of authorities on public lists only. Roots and logs of the demo stand in for those."""

from tlsglass.demo.exhibits.model import Bundle, Group

GROUP = Group(
    title="Below a public root",
    entries=(
        Bundle(
            id="logged",
            title="Known to public logs",
            shows="Issued below a root that stands in for a public one, with timestamps of two logs.",
            look_at="All that browsers ask for is there. Open the timestamps, and see in the checks that their "
            "signatures were verified and that the policies of Chrome and Apple would be met. Demo Public Root CA and "
            "the logs stand in for real ones, whose keys nobody here has.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="not-logged",
            title="Known to no log",
            shows="A public authority issued it without telling any public log.",
            look_at="Chrome and Safari refuse such a certificate below a public root, so that none can be issued in "
            "secret; curl and Python don't ask. The same certificate below a private root would be fine.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="wrong-timestamp",
            title="Another's timestamp",
            shows="One of the three timestamps was given for another certificate.",
            look_at="Each timestamp is a signature over the certificate as it was to be issued. The one of Demo Log C "
            "is not about this certificate, so it proves nothing. The other two are enough for browsers, so it is "
            "trusted with a warning.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="reserved-name",
            title="A name that belongs to nobody",
            shows="A public authority certified a name that everybody may use at home.",
            look_at="Names below .test mean another host in each network, so no authority can make sure whose they "
            "are. Chrome refuses a public certificate when the site is reached by such a name. A private authority may "
            "well certify it: all other sites here are below one.",
            hostname="reserved-name.demo.test",
        ),
        Bundle(
            id="other-common-name",
            title="Another common name",
            shows="The common name says Shop, which is not among the alternative names.",
            look_at="Browsers have not looked at the common name for years, but people do, so that a public authority "
            "has to repeat one of the alternative names there, or leave it out. Clients accept it.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="short-serial",
            title="A short serial number",
            shows="The serial number has three octets, and 64 random bits don't fit into them.",
            look_at="Who can tell the serial number beforehand can prepare a collision, as was done with MD5 in 2008. "
            "At least 64 bits of it have to be random since 2016. Clients accept it; who issued it has to replace it.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="no-policy",
            title="Without a policy",
            shows="The certificate does not say how the holder was validated.",
            look_at="Public authorities have to say whether only the domain was validated, or an organization or a "
            "person, by an object identifier of the CA/Browser Forum. It is missing here. Clients don't mind.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="unvalidated-holder",
            title="A holder that nobody validated",
            shows="Only the domain was validated, and the subject names an organization.",
            look_at="By its policy the authority only made sure of the domain. It then may put a country and a common "
            "name into the subject and nothing else, so that nobody takes it for a word on who that is. Clients don't "
            "look at it.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="distrusted-root",
            title="A root that is on its way out",
            shows="Its root stands in for one of which Mozilla trusts older certificates only.",
            look_at="A root program may set a day, and trust what was issued up to it until it ends, so that sites "
            "have time to move. This certificate is younger. OpenSSL knows no such days and accepts it. Look at the "
            "root programs and the clients among the checks.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="limited-root",
            title="A root for some names only",
            shows="Its root stands in for one that Mozilla trusts below example.net only.",
            look_at="Some authorities of states are trusted for the names of their country only. The bound stands in "
            "Mozilla's list, not in the root, so nothing in the chain tells of it, and programs that take the list "
            "without its bounds accept the certificate.",
            hostname="shop.example.com",
        ),
        Bundle(
            id="not-in-java",
            title="A root that Java lacks",
            shows="Its root stands in for one that browsers have, and OpenJDK and Oracle don't.",
            look_at="It is trusted, and a notice tells that Java refuses it: each root program decides by itself, and "
            "takes months to years for a new root. Look at who is affected among the checks, and at each program's "
            "standing. Of real roots the same is told from real lists.",
            hostname="shop.example.com",
        ),
    ),
)
