"""The status line: how long each phase took, what was received, from where; and what was negotiated."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from tlsglass.ui import content

if TYPE_CHECKING:
    from tlsglass.observation import Observation


def timings(observation: "Observation") -> list[Content]:
    """Each phase that has ended and how long it took."""
    times = observation.timings
    named = (
        ("resolve", times.resolve),
        ("connect", times.connect),
        ("TLS", times.handshake),
        ("first byte", times.first_byte),
        ("total", times.total),
    )
    return [
        Content.assemble((f"{name} ", "$text-muted"), content.duration(taken))
        for name, taken in named
        if taken is not None
    ]


def negotiated(observation: "Observation | None", width: int) -> Content:
    """Protocol, cipher suite, group and ALPN protocol; the longest of them is left out first where room is short.

    Args:
        observation: what is known.
        width: cells that there are.
    """
    if observation is None or observation.handshake is None:
        return Content("")
    agreed = observation.handshake
    whole = (agreed.version, agreed.cipher_suite, agreed.group, agreed.alpn)
    for chosen in (whole, (agreed.version, agreed.cipher_suite, agreed.group), (agreed.version, agreed.group)):
        shown = content.plain(" · ".join(fact for fact in chosen if fact), "$text-muted", limit=200)
        if shown.cell_length <= width:
            return shown
    return content.cut(content.plain(agreed.version, "$text-muted"), width)


def status(observation: "Observation | None", width: int) -> Content:
    """The line at a width: on a narrow screen negotiated facts come before the single timings.

    Args:
        observation: what is known; None before the first look.
        width: cells of the line.
    """
    if observation is None:
        return Content("")
    spans = timings(observation)
    where = [content.plain(str(observation.endpoint), "$text-muted")] if observation.endpoint else []
    received = [Content(f"{content.size(observation.received)} received")] if observation.received else []
    gap = Content("   ")
    for left, right in (
        (spans, received + where),
        (spans, where),
        (spans[-1:], received + where),
        (spans[-1:], where),
    ):
        first, last = Content("  ").join(left), gap.join(right)
        if first.cell_length + last.cell_length + 3 <= width:
            return content.row(first, last, width)
    return content.cut(Content("  ").join(spans[-1:]), width)


class StatusLine(Widget):
    """One line at the bottom, or two on a narrow screen where the top bar has no room for the negotiated facts."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        color: $foreground;
        background: $panel;
    }
    """

    observation: var["Observation | None"] = var(None)
    """What is known."""

    narrow: var[bool] = var(default=False)
    """Whether the negotiated facts stand here because the top bar has no room for them."""

    def watch_observation(self) -> None:
        """Show what is known now."""
        self.refresh()

    def watch_narrow(self) -> None:
        """Show what fits."""
        self.refresh()

    def render(self) -> Content:
        """The line at the width that there is."""
        width = max(10, self.content_size.width)
        if not self.narrow or self.observation is None or self.observation.handshake is None:
            return status(self.observation, width)
        total = Content("  ").join(timings(self.observation)[-1:])
        return content.row(negotiated(self.observation, width - total.cell_length - 2), total, width)


class Negotiated(Widget):
    """What was agreed, at the right of the top bar."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Negotiated {
        height: 1;
        width: auto;
        padding: 0 1;
    }
    """

    observation: var["Observation | None"] = var(None)
    """What is known."""

    def watch_observation(self) -> None:
        """Show what is known now; all of the screen is laid out only where its width differs."""
        self.refresh(layout=self._width() != self.content_size.width)

    def get_content_width(self, container: object, viewport: object) -> int:  # noqa: ARG002 - the base's signature
        """As wide as the facts, but at most half of the screen so that a target can be read."""
        return self._width()

    def _width(self) -> int:
        return negotiated(self.observation, max(0, self.app.size.width // 2)).cell_length

    def render(self) -> Content:
        """The facts."""
        return negotiated(self.observation, max(0, self.app.size.width // 2))
