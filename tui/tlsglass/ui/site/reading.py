"""Reading a reason of the verdict in full, and what mends it: opens the screens and does what is wanted next."""

from typing import TYPE_CHECKING, Literal

from tlsglass.trust.model import Finding
from tlsglass.trust.topics import Topic, topic_of

if TYPE_CHECKING:
    from tlsglass.ui.dialogs.reason import Wish
    from tlsglass.ui.site.looking import LookingScreen
    from tlsglass.ui.widgets.checks import Row


def read(screen: "LookingScreen", row: "Row") -> None:
    """Show a row of the checks in full.

    Args:
        screen: the screen that has it.
        row: the row.
    """
    from tlsglass.ui.dialogs.reason import ReasonScreen  # noqa: PLC0415 - first needed here

    known, finding = screen.body.shown, row.item if isinstance(row.item, Finding) else None
    if known is None:
        return

    def go_on(wish: "Wish | None") -> None:
        if finding is not None and wish == "go":
            screen.body.go_to(finding)
        elif finding is not None and wish == "fix":
            mend(screen, finding)

    node = screen.body.line_of(finding) if finding is not None else None
    may_go = node is not None or (finding is not None and topic_of(finding) is Topic.SERVER)
    screen.app.push_screen(ReasonScreen(row, known, node, may_go=may_go), go_on)


def mend(screen: "LookingScreen", finding: Finding) -> None:
    """Show what mends a finding.

    Args:
        screen: the screen that has it.
        finding: the finding.
    """
    from tlsglass.report.files import chain_file_name  # noqa: PLC0415 - first needed here
    from tlsglass.trust.remedies.remedy import remedy  # noqa: PLC0415 - as above
    from tlsglass.ui.dialogs.fix import FixScreen  # noqa: PLC0415 - as above

    known = screen.body.shown
    if known is None or known.trust is None:
        return

    def go_on(wish: Literal["fetch"] | None) -> None:
        if wish == "fetch":
            screen.action_look_further("aia")

    report, sent = known.trust, known.judged
    screen.app.push_screen(
        FixScreen(
            finding,
            lambda file: remedy(finding, report, sent, file=file),
            file_name=chain_file_name(known, repaired=True),
            may_save=bool(screen.check_action("save", ())),
            may_fetch=bool(screen.check_action("look_further", ("aia",))),
        ),
        go_on,
    )
