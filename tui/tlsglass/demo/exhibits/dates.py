"""Certificates before and after their time."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Dates",
    entries=(
        Exhibit(
            id="expired",
            title="Expired",
            shows="The certificate ran out three days ago; the renewal did not happen.",
            look_at="The classic. Look at Not after and at the bar of its lifetime: 90 days of 90 are spent. The chain "
            "is fine otherwise, so there is one reason only.",
        ),
        Exhibit(
            id="not-yet-valid",
            title="Not yet valid",
            shows="The certificate becomes valid in three days: installed too early, or a clock is wrong.",
            look_at="Look at Not before, and at the bar of its lifetime, which has not begun. If every site looked "
            "like this one, it would be your clock.",
        ),
        Exhibit(
            id="expires-soon",
            title="Expires soon",
            shows="Four days of ninety are left: automatic renewal seems to have stopped.",
            look_at="Trusted still, with a warning: the bar of its lifetime is nearly full. Issuers advise to renew "
            "when a third is left, so that a renewal which fails leaves weeks to notice. Ask with --at +5d, or by i, "
            "what will be seen next week.",
        ),
        Exhibit(
            id="expired-intermediate",
            title="An expired intermediate",
            shows="The certificate itself is current, but that of the authority that issued it ran out yesterday.",
            look_at="The finding stands at the intermediate, not at the site's certificate. Servers keep sending what "
            "was once put into their chain file. Who runs the site need not renew anything, only fetch the authority's "
            "current certificate.",
        ),
    ),
)
