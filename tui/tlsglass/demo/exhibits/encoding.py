"""Certificates that are not written as they should be."""

from tlsglass.demo.exhibits.model import Bundle, Exhibit, Group

GROUP = Group(
    title="Encoding",
    entries=(
        Exhibit(
            id="twice",
            title="An extension twice",
            shows="The certificate has its key usage two times, and they differ.",
            look_at="Which of the two would count? A client that takes the first and one that takes the last would "
            "disagree, so that all refuse. Open the extensions, and see both.",
        ),
        Bundle(
            id="thirteenth-month",
            title="The thirteenth month",
            shows="The last moment of the certificate is in a month that does not exist.",
            look_at="Whether it has expired can't be said, so it is not trusted. Open the validity: what can't be read "
            "is shown as the bytes that stand there, and everything else is shown as usual.",
            hostname="thirteenth-month.demo.test",
        ),
        Bundle(
            id="negative-serial",
            title="A negative serial number",
            shows="The first bit of the serial number is set, so that it is a negative number.",
            look_at="Some makers forget that INTEGERs in ASN.1 have a sign. OpenSSL and browsers don't mind, Go "
            "refuses such certificates since 2024, and so does one of the other judges, cryptography.",
            hostname="negative-serial.demo.test",
        ),
        Bundle(
            id="no-key-ids",
            title="Without key identifiers",
            shows="The certificate does not say which key of its issuer signed it.",
            look_at="Every authority has to say so (RFC 5280 section 4.2.1.1), and clients do without. They may try "
            "wrong paths where an issuer has several keys. One of the other judges, cryptography, refuses the "
            "certificate.",
            hostname="no-key-ids.demo.test",
        ),
    ),
)
