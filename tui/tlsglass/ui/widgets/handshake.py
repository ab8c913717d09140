"""The handshake panel: what was agreed, how the address was found, and the messages that passed."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tlsglass.idn import both_forms
from tlsglass.observation import Observation
from tlsglass.report.left_out import left_out
from tlsglass.target import Target
from tlsglass.tls.model import Direction, Handshake, HandshakeMessage
from tlsglass.ui import content
from tlsglass.ui.widgets.words import Words

_LABEL_CELLS = 20
_AUTHORITIES = 4
"""How many of the authorities are named that a client certificate may be of."""

_ENTRIES = 8
"""How many certificates' staples are listed."""


def facts(observation: Observation, width: int) -> Content:
    """What was agreed and how we came there.

    Args:
        observation: what is known.
        width: cells of a line.
    """
    target, agreed = observation.target, observation.handshake
    shown: list[tuple[str, str]] = [("Target", target.origin)]
    if isinstance(target, Target) and target.display != target.host:
        shown.append(("Reads as", both_forms(target.host)))
    if observation.endpoint is not None:
        shown.append(("Connected to", str(observation.endpoint)))
    if isinstance(target, Target):
        shown.append(("Server name (SNI)", target.sni or "none sent, as for an address"))
    if agreed is not None:
        shown += [*_agreed(agreed), *_came_along(observation, agreed)]
    shown += [("" if number else "Left out", sentence) for number, sentence in enumerate(left_out(observation))]
    parts = [line for label, value in shown if value for line in _fact(label, value, width)]
    times = observation.timings
    spent = (
        ("Resolve", times.resolve),
        ("Connect", times.connect),
        ("TLS handshake", times.handshake),
        ("First byte", times.first_byte),
        ("Total", times.total),
    )
    parts.append(Content(""))
    for label, taken in spent:
        parts += _fact(label, f"{content.duration(taken):>8}", width) if taken is not None else []
    if observation.endpoints:
        parts.append(Content(""))
        failed = {attempt.endpoint: attempt for attempt in observation.attempts}
        for index, endpoint in enumerate(observation.endpoints):
            attempt = failed.get(endpoint)
            state = "connected" if endpoint == observation.endpoint else attempt.message if attempt else "not tried"
            parts += _fact("Addresses" if index == 0 else "", f"{endpoint} {state}", width)
    return content.stack(parts)


def _agreed(agreed: Handshake) -> list[tuple[str, str]]:
    asked = "not asked for"
    if agreed.client_certificate_requested:
        names = agreed.client_certificate_authorities
        further = len(names) + agreed.client_certificate_authorities_left_out - _AUTHORITIES
        more = f" and {further:,} more" if further > 0 else ""
        asked = "asked for" + (f", of {'; '.join(names[:_AUTHORITIES])}{more}" if names else ", of any authority")
    return [
        ("Protocol", agreed.version),
        ("Cipher suite", agreed.cipher_suite),
        ("", f"OpenSSL: {agreed.openssl_cipher}" if agreed.openssl_cipher != agreed.cipher_suite else ""),
        ("Key exchange group", agreed.group or "none (no ephemeral named group)"),
        ("Server signature", agreed.signature_algorithm or "none"),
        ("ALPN", agreed.alpn or "none agreed"),
        ("Session", "resumed" if agreed.resumed else "new"),
        ("Client certificate", asked),
    ]


def _came_along(observation: Observation, agreed: Handshake) -> Iterator[tuple[str, str]]:
    """What came along with the certificates: staples, timestamps, and what can't be read of that."""
    labels = {certificate.der: certificate.label for certificate in observation.certificates}
    staples, timestamps = [], []
    for place, entry in enumerate(agreed.entries):
        whose = f"for #{place}, {labels.get(entry.certificate, 'unread')}"
        if entry.ocsp_staple is not None:
            staples.append(f"{len(entry.ocsp_staple):,} bytes {whose}")
        if entry.problem is not None:
            staples.append(f"{entry.problem} It is {whose}")
        if entry.timestamps is not None:
            timestamps.append(f"{len(entry.timestamps):,} bytes {whose}")
    for label, lines in (("OCSP staple", staples or ["none"]), ("Timestamps", timestamps)):
        left_out = [f"and {len(lines) - _ENTRIES:,} more"] if len(lines) > _ENTRIES else []
        for number, line in enumerate((*lines[:_ENTRIES], *left_out)):
            yield "" if number else label, line


def _fact(label: str, value: str, width: int) -> list[Content]:
    first, *rest = content.indented(content.plain(value, limit=400), width, _LABEL_CELLS)
    return [Content.assemble((f"{label:<{_LABEL_CELLS}}", "$foreground-quiet"), first[_LABEL_CELLS:]), *rest]


def messages(passed: tuple[HandshakeMessage, ...]) -> Content:
    """The messages in their order: who spoke, what, how long, and whether it was encrypted."""
    if not passed:
        return Content.styled("No message has passed yet.", "$text-muted")
    shown = [Content.styled(f"{'Messages':<24}{'bytes':>7}", "$foreground-quiet")]
    for message in passed:
        arrow, who = ("→", "$text-accent") if message.direction is Direction.SENT else ("←", "$foreground-quiet")
        line: list[Content | str | tuple[str, str]] = [
            (f"{arrow} ", who),
            content.plain(message.name, limit=60).pad_right(max(0, 22 - len(message.name))),
            f"{message.length:>7,}",
        ]
        line.append((f"  {'encrypted' if message.encrypted else '':<9}", "$foreground-quiet"))
        if message.detail:
            style = "$text-warning" if message.name == "alert" else "$text-muted"
            line += ["  ", content.plain(message.detail, style, limit=200)]
        shown.append(Content.assemble(*line))
    return content.stack(shown)


class HandshakePanel(VerticalScroll):
    """Facts at the left, messages at the right; under each other on a narrow screen."""

    BINDING_GROUP_TITLE = "Handshake"
    DEFAULT_CSS = """
    HandshakePanel {
        background: $surface;
        padding: 0 1;
        layout: horizontal;
        scrollbar-size-vertical: 1;
        #handshake-facts { width: 4fr; height: auto; padding-right: 2; }
        #handshake-messages { width: 5fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-narrow {
            layout: vertical;
            #handshake-facts { width: 1fr; }
            #handshake-messages { width: 1fr; margin-top: 1; }
        }
    }
    """

    def __init__(self) -> None:
        """Make an empty panel."""
        super().__init__(id="handshake", can_focus=True)
        self._observation: Observation | None = None

    def compose(self) -> ComposeResult:
        """Two texts."""
        yield Words(id="handshake-facts")
        yield Words(id="handshake-messages")

    @property
    def text(self) -> str:
        """All that is shown, as plain text: the facts, then the messages."""
        return "\n".join(str(static.content) for static in self.query(Words))

    def show(self, observation: Observation) -> None:
        """Show what is known.

        Args:
            observation: what is known.
        """
        self._observation = observation
        self._draw()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._draw()

    def _draw(self) -> None:
        observation, width = self._observation, self.size.width - 2
        if observation is None or width <= 0:
            return
        beside = width if self.has_class("-narrow") else width * 4 // 9
        passed = observation.messages or (observation.handshake.messages if observation.handshake else ())
        self.query_one("#handshake-facts", Words).say(facts(observation, beside - 2))
        self.query_one("#handshake-messages", Words).say(messages(passed))
