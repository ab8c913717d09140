"""Who may issue what, and who went beyond it."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Limits of authorities",
    entries=(
        Exhibit(
            id="policy",
            title="Without the policy asked for",
            shows="The issuer requires a policy that the whole path shares; the certificate has another one.",
            look_at="Demo Strict CA has policy constraints and the policy domain-validated; the certificate claims to "
            "be organization-validated. Chrome and Go refuse this. Firefox does not look at it, and OpenSSL says "
            "nothing, as it looks at policies only when asked to.",
        ),
        Exhibit(
            id="critical",
            title="An unknown critical extension",
            shows="The certificate says something that nobody understands, and that nobody may ignore.",
            look_at="Open the extensions: 1.3.6.1.4.1.32473.1 is marked as critical. A client that does not know such "
            "an extension has to refuse the certificate; were it not critical, the client would pass over it.",
        ),
        Exhibit(
            id="no-ca",
            title="Issued by no authority",
            shows="The certificate was issued with the key of another site, which is no authority.",
            look_at="Whoever has a certificate has a key, and can sign with it; that is why authorities are marked. "
            "Look at the basic constraints of the issuer here: CA is false. In 2002 Internet Explorer did not look, "
            "and trusted this.",
        ),
        Exhibit(
            id="no-cert-sign",
            title="An authority that may not sign",
            shows="The issuer is an authority, but its key usage lacks keyCertSign.",
            look_at="Look at the key usage of Demo Quiet CA: digitalSignature and cRLSign. Its basic constraints do "
            "say that it is an authority; both have to allow it.",
        ),
        Exhibit(
            id="path-length",
            title="Too many below an authority",
            shows="The upper authority may have no other authority below it, and has one.",
            look_at="Demo Upper CA has a path length of 0, so it may issue for sites only. It has issued for Demo "
            "Lower CA all the same, and whatever comes from there is refused.",
        ),
        Exhibit(
            id="self-issued",
            title="A new key of the same authority",
            shows="Path length 0, and still two authorities in the path: one of them is self-issued and does not "
            "count.",
            look_at="The authority certified its own new key with its old one: issuer and subject are the same name. "
            "Such certificates do not count towards the path length (RFC 5280 section 4.2.1.9), so this chain is good. "
            "One of the other judges, cryptography, counts them all the same; the checks say so.",
        ),
        Exhibit(
            id="self-issued-too-long",
            title="A new key, and one authority too many",
            shows="The self-issued certificate does not count towards the path length, the one below it does.",
            look_at="As with self-issued.demo.test the authority has certified its new key, which is fine. But below "
            "that key stands one more authority, and a path length of 0 allows none.",
        ),
        Exhibit(
            id="wrong-usage",
            title="Not for servers",
            shows="The certificate was issued for clients: its extended key usage is clientAuth alone.",
            look_at="Look at the extended key usage. Name, dates and chain are fine; the certificate shows who a "
            "client is to a server, and not the other way round. Where a server takes it for one of its own, it was "
            "copied to the wrong place.",
        ),
        Exhibit(
            id="wrong-key-usage",
            title="A key that may not shake hands",
            shows="The key usage allows to sign certificates alone, and a handshake needs digitalSignature.",
            look_at="The extended key usage says server, the key usage says otherwise: both have to fit. Some clients "
            "look at one of the two only, so a site like this may work here and fail there.",
        ),
        Exhibit(
            id="intermediate-usage",
            title="An authority for e-mail",
            shows="The issuer may issue for e-mail alone, and has issued for a site.",
            look_at="The extended key usage of an authority limits all that is below it. Demo Mail CA has "
            "emailProtection there, so that what it issues is good for signed mail and not for servers.",
        ),
        Exhibit(
            id="upper-usage",
            title="An authority for e-mail, further up",
            shows="The issuer may issue for servers, and its own issuer for e-mail alone.",
            look_at="A limit holds for all that is below it, however far. Demo Post Web CA says serverAuth, as the "
            "certificate does, but Demo Post CA above them has emailProtection alone.",
        ),
    ),
)
