"""What is sent beside the certificate, and where it leads."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Chains",
    entries=(
        Exhibit(
            id="self-signed",
            title="Self-signed",
            shows="Issuer and subject are the same: the site vouches for itself.",
            look_at="Subject and issuer are equal, and the signature was made with the certificate's own key. That "
            "proves nothing about who made it. Routers and printers come like this.",
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
            "See under Authority information access where the missing one can be had, or press A to have it fetched "
            "from there. The server should send it.",
        ),
        Exhibit(
            id="wrong-order",
            title="Wrong order, one too many",
            shows="The intermediates come in the wrong order, with one between them that does not belong.",
            look_at="Look at the numbers: #0 is issued by #3, #3 by #1, and #2 leads nowhere. TLS 1.3 clients must "
            "cope, older ones may not, and every visitor downloads the extra certificate for nothing.",
        ),
        Exhibit(
            id="sent-twice",
            title="Sent twice",
            shows="The same intermediate is sent two times in a row.",
            look_at="Look at #1 and #2: the same fingerprint. It happens where a chain file already has the "
            "certificate that is appended to it. It does no harm but to the size of each handshake, and some old "
            "clients refuse it.",
        ),
        Exhibit(
            id="bad-signature",
            title="Altered after it was signed",
            shows="One letter of the name was changed after the authority had signed the certificate.",
            look_at="It was issued for sad-signature.demo.test. Dates, usages and issuer are fine, and the name fits "
            "now, but the signature does not fit the bytes any more: that is what it is for. Compare the signature's "
            "line with that of another site.",
        ),
        Exhibit(
            id="wrong-key-id",
            title="Names another key of its issuer",
            shows="The certificate says that it was signed with a key that its issuer does not have.",
            look_at="Compare the authority key identifier of the certificate with the subject key identifier of the "
            "intermediate. The signature is good all the same. Browsers take the identifier for a hint and go on, "
            "OpenSSL does not, and finds no issuer.",
        ),
    ),
)
