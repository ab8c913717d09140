"""Certificates that are for somebody else, or seem to be."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Names",
    entries=(
        Exhibit(
            id="wrong-name",
            title="Wrong name",
            shows="The certificate is for www.wrong-name.demo.test, and you asked for wrong-name.demo.test.",
            look_at="Look at the names it does have, then open www.wrong-name.demo.test: the same server and the same "
            "certificate, and all is well. A name must be in the list itself: www does not stand for the bare name.",
        ),
        Exhibit(
            id="cn-only",
            title="Name only in the common name",
            shows="The certificate has no subject alternative names; its name stands only where nobody looks any more.",
            look_at="The subject says CN=cn-only.demo.test, and still the name does not match: clients read only the "
            "subject alternative names, which are missing here (RFC 9525).",
        ),
    ),
)
